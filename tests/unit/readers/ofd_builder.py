"""OFD files written by hand, in the manners of different programs."""

from collections.abc import Sequence

from tests.unit.readers.word_builder import package

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROWS = (("规章", "12", "345"), ("行政规范性文件", "0", "6"))
LEFT, TOP, WIDE, HIGH, SIZE = 20.0, 40.0, 40.0, 10.0, 4.0


def text(x: float, y: float, words: str, *, attributes: str = "", code: str = "") -> str:
    """One TextObject whose baseline begins at x, y (mm)."""
    deltas = " ".join(str(SIZE if char > "\u2000" else SIZE / 2) for char in words[:-1])
    code = code or f'<ofd:TextCode X="0" Y="{SIZE}" DeltaX="{deltas}">{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y - SIZE} 60 5" Font="2" Size="{SIZE}" {attributes}>{code}</ofd:TextObject>'


def path(data: str, *, boundary: str = "0 0 210 297", attributes: str = "") -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{boundary}" LineWidth="0.2" {attributes}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def lines(rows: int, columns: int) -> list[tuple[float, float, float, float]]:
    """The rules of a table as x0, y0, x1, y1 in millimetres."""
    right, bottom = LEFT + columns * WIDE, TOP + rows * HIGH
    level = [(LEFT, TOP + row * HIGH, right, TOP + row * HIGH) for row in range(rows + 1)]
    return level + [(LEFT + column * WIDE, TOP, LEFT + column * WIDE, bottom) for column in range(columns + 1)]


def rules(rows: int = 2, columns: int = 3) -> str:
    return "".join(path(f"M {x0} {y0} L {x1} {y1}") for x0, y0, x1, y1 in lines(rows, columns))


def words(rows: Sequence[Sequence[str]] = ROWS) -> str:
    return "".join(
        text(LEFT + column * WIDE + 2, TOP + row * HIGH + 7, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    )


def page(content: str, *, before: str = "", area: str = "") -> str:
    return f'<ofd:Page {NAMESPACE}>{before}{area}<ofd:Content><ofd:Layer ID="3">{content}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(
    *pages: str,
    common: str = "",
    parts: dict[str, str | bytes] | None = None,
    folder: str = "Doc_0",
    base: str = "Pages/",
) -> bytes:
    """An OFD of these pages (each a whole Page element)."""
    places = "".join(f'<ofd:Page ID="{number}" BaseLoc="{base}P{number}.xml"/>' for number in range(len(pages)))
    document = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{places}</ofd:Pages></ofd:Document>"
    )
    root = (
        f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>年报</ofd:Title>'
        f"</ofd:DocInfo><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    return package(
        {
            "OFD.xml": root,
            f"{folder}/Document.xml": document,
            **{f"{folder}/Pages/P{number}.xml": content for number, content in enumerate(pages)},
            **(parts or {}),
        }
    )
