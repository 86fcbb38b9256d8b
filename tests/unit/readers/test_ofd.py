"""OFD as different programs write it: the same table must come out each time."""

import pytest

from gouji.errors import ReadError
from gouji.model.raw import Grid, RawDocument, TextBlock
from gouji.readers.ofd import read_ofd
from gouji.readers.ofd_page import read_deltas
from tests.unit.readers.ofd_builder import (
    HIGH,
    LEFT,
    NAMESPACE,
    ROWS,
    SIZE,
    TOP,
    WIDE,
    lines,
    ofd,
    page,
    path,
    rules,
    text,
    words,
)  # fmt: skip
from tests.unit.readers.word_builder import package


def table(document: RawDocument) -> list[list[str]]:
    (grid,) = document.grids
    return [[cell.text for cell in row] for row in grid.by_row]


def read(data: bytes) -> RawDocument:
    return read_ofd(data, path="a.ofd")


EXPECTED = [list(row) for row in ROWS]


def test_plain() -> None:
    title = text(60, 20, "某某局2023年政府信息公开工作年度报告")
    document = read(ofd(page(title + rules() + words())))
    assert table(document) == EXPECTED
    first = document.blocks[0]
    assert isinstance(first, TextBlock)
    assert first.text == "某某局2023年政府信息公开工作年度报告"
    assert [(field.name, field.value) for field in document.meta] == [("Title", "年报")]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    assert grid.cells[4].where.page == 1
    points = 72 / 25.4
    box = grid.cells[4].where.bbox
    assert box is not None
    expected = (LEFT + WIDE, TOP + HIGH, LEFT + 2 * WIDE, TOP + 2 * HIGH)
    assert box == pytest.approx([value * points for value in expected], abs=0.2)


def scaled() -> str:
    """Objects in units of their own, brought to size by CTM."""
    out = ""
    for x0, y0, x1, y1 in lines(2, 3):
        out += path(
            f"M 0 0 L {(x1 - x0) * 4} {(y1 - y0) * 4}", boundary=f"{x0} {y0} 1 1", attributes='CTM="0.25 0 0 0.25 0 0"'
        )
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            steps = " ".join("1" if char > "\u2000" else "0.5" for char in value[:-1])
            code = f'<ofd:TextCode X="0" Y="1" DeltaX="{steps}">{value}</ofd:TextCode>'
            at = f"{LEFT + column * WIDE + 2} {TOP + row * HIGH + 3} 30 5"
            out += f'<ofd:TextObject Boundary="{at}" CTM="4 0 0 4 0 0" Size="1">{code}</ofd:TextObject>'
    return out


def sideways() -> str:
    """All of it turned a quarter clockwise: the text reads downward."""
    turned = "".join(path(f"M {250 - y0} {x0} L {250 - y1} {x1}") for x0, y0, x1, y1 in lines(2, 3))
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            x, y = LEFT + column * WIDE + 2, TOP + row * HIGH + 7
            steps = " ".join(str(SIZE if char > "\u2000" else SIZE / 2) for char in value[:-1])
            code = f'<ofd:TextCode X="0" Y="0" DeltaX="{steps}">{value}</ofd:TextCode>'
            turned += f'<ofd:TextObject Boundary="{250 - y} {x} 5 30" CTM="0 1 -1 0 0 0" Size="{SIZE}">{code}</ofd:TextObject>'
    return turned


def rectangles() -> str:
    """Rules as thin filled rectangles, some as one compound path; and shading, which is no rule."""
    out = path("M 20 40 L 140 40 L 140 50 L 20 50 C", attributes='Stroke="false" Fill="true"')
    compound = ""
    for x0, y0, x1, y1 in lines(2, 3):
        compound += f"M {x0} {y0} L {x1 + 0.2} {y0} L {x1 + 0.2} {y1 + 0.2} L {x0} {y1 + 0.2} C "
    return out + path(compound, attributes='Stroke="false" Fill="true"')


def cells_as_boxes() -> str:
    return "".join(
        path(f"M {x} {y} L {x + WIDE} {y} L {x + WIDE} {y + HIGH} L {x} {y + HIGH} C")
        for y in (TOP, TOP + HIGH)
        for x in (LEFT, LEFT + WIDE, LEFT + 2 * WIDE)
    )


def one_code_a_character() -> str:
    out = ""
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            codes, x = "", 0.0
            for char in value:
                codes += f'<ofd:TextCode X="{x}" Y="{SIZE}">{char}</ofd:TextCode>'
                x += SIZE if char > "\u2000" else SIZE / 2
            out += text(LEFT + column * WIDE + 2, TOP + row * HIGH + 7, value, code=codes)
    return out


def without_deltas() -> str:
    return "".join(
        text(
            LEFT + column * WIDE + 2,
            TOP + row * HIGH + 7,
            value,
            code=f'<ofd:TextCode X="0" Y="4">\n{value}\n</ofd:TextCode>',
        )
        for row, values in enumerate(ROWS)
        for column, value in enumerate(values)
    )


def with_glyphs() -> str:
    glyphs = '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>17 18</ofd:Glyphs></ofd:CGTransform>'
    return words().replace("<ofd:TextCode", glyphs + "<ofd:TextCode")


PAGES = {
    "ctm": page(scaled()),
    "sideways": page(sideways()),
    "rectangles": page(rectangles() + words()),
    "boxes": page(cells_as_boxes() + words()),
    "codes": page(rules() + one_code_a_character()),
    "no deltas": page(rules() + without_deltas()),
    "glyph numbers beside the text": page(rules() + with_glyphs()),
    "offset box": page(
        rules() + words(), area="<ofd:Area><ofd:PhysicalBox>10 10 210 297</ofd:PhysicalBox></ofd:Area>"
    ),
    "nested block": page(f"<ofd:PageBlock>{rules()}{words()}</ofd:PageBlock>"),
    "invisible": page(rules() + words() + text(LEFT + 2, TOP + 7, "999", attributes='Visible="false"')),
    "white border": page(
        rules() + words()
        + path("M 30 35 L 30 65").replace("</ofd:Path", '<ofd:StrokeColor Value="255 255 255"/></ofd:Path')
    ),
    "not drawn": page(rules() + words() + path("M 30 35 L 30 65", attributes='Stroke="false"')),
    "other namespace": page(rules() + words()).replace("/2016", ""),
    "no namespace": page(rules() + words()).replace(NAMESPACE, "").replace("ofd:", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_the_same_table_in_every_manner(name: str) -> None:
    assert table(read(ofd(PAGES[name]))) == EXPECTED


def test_a_sideways_page_tells_boxes_as_displayed() -> None:
    (grid,) = read(ofd(page(sideways()))).grids
    box = grid.cells[0].where.bbox
    assert box is not None
    points = 72 / 25.4
    assert box == pytest.approx([v * points for v in (250 - TOP - HIGH, LEFT, 250 - TOP, LEFT + WIDE)], abs=0.2)


def test_template_holds_the_form_and_the_page_the_figures() -> None:
    template = page(
        rules() + "".join(text(LEFT + 2, TOP + row * HIGH + 7, values[0]) for row, values in enumerate(ROWS))
    )
    figures = "".join(
        text(LEFT + column * WIDE + 2, TOP + row * HIGH + 7, ROWS[row][column]) for row in (0, 1) for column in (1, 2)
    )
    use = '<ofd:Template TemplateID="7" ZOrder="Background"/>'
    data = ofd(
        page(figures, before=use),
        common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>',
        parts={"Doc_0/Tpls/T.xml": template},
    )
    assert table(read(data)) == EXPECTED


def test_composite_objects() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="9" Width="210" Height="297"><ofd:Content>{rules()}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = (
        f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>'
    )
    data = ofd(
        page('<ofd:CompositeObject ResourceID="9" Boundary="0 0 210 297"/>' + words()),
        common="<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>",
        parts={"Doc_0/PublicRes.xml": resources},
    )
    assert table(read(data)) == EXPECTED


@pytest.mark.parametrize("base", ["/Doc_0/Pages/", "Doc_0/Pages/", "./Pages/"])
def test_places_are_written_in_several_ways(base: str) -> None:
    assert table(read(ofd(page(rules() + words()), base=base))) == EXPECTED


def test_pages_are_put_together() -> None:
    more = (("行政许可", "7", "8"),)
    document = read(ofd(page(rules() + words()), page(rules(1) + words(more))))
    assert table(document) == [*EXPECTED, ["行政许可", "7", "8"]]
    assert {cell.where.page for cell in document.grids[0].cells} == {1, 2}


def test_several_documents_in_one_file_count_their_pages_on() -> None:
    first = ofd(page(text(60, 20, "封面")))
    other = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData/><ofd:Pages><ofd:Page BaseLoc='P.xml'/></ofd:Pages></ofd:Document>"
    )
    body = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
    root = (
        f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>{body}</ofd:OFD>"
    )
    parts = {"Doc_1/Document.xml": other, "Doc_1/P.xml": page(rules() + words()), "OFD.xml": root}
    document = read(repack(first, parts))
    assert table(document) == EXPECTED
    assert document.grids[0].where.page == 2


def repack(data: bytes, changes: dict[str, str]) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return package({**parts, **changes})


def test_the_current_version_is_read() -> None:
    data = ofd(page(text(60, 20, "旧")))
    versions = '<ofd:Versions><ofd:Version ID="1" Current="true" BaseLoc="Doc_0/V1.xml"/></ofd:Versions>'
    root = f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{versions}</ofd:DocBody></ofd:OFD>"
    new = f"<ofd:Document {NAMESPACE}><ofd:Pages><ofd:Page BaseLoc='N.xml'/></ofd:Pages></ofd:Document>"
    version = f"<ofd:DocVersion {NAMESPACE}><ofd:DocRoot>New.xml</ofd:DocRoot></ofd:DocVersion>"
    parts = {
        "OFD.xml": root,
        "Doc_0/V1.xml": version,
        "Doc_0/New.xml": new,
        "Doc_0/N.xml": page(text(60, 20, "新的正文")),
    }
    assert read(repack(data, parts)).text() == "新的正文"


def test_text_without_characters_is_noted() -> None:
    document = read(ofd(page(text(60, 20, "\ue001\ue002\ue003\ue004"))))
    assert [note.code for note in document.notes] == ["TEXT-UNMAPPED"]
    assert document.notes[0].where.page == 1


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(data)
    return caught.value.code


def test_refusals() -> None:
    whole = ofd(page(words()))
    assert refused(whole[: len(whole) // 2]) == "READ-DAMAGED"
    assert refused(package({"a": "b"})) == "READ-DAMAGED"
    assert refused(package({"Encryptions.xml": "<a/>"})) == "READ-ENCRYPTED"
    assert refused(repack(whole, {"Encryptions.xml": "<a/>"})) == "READ-ENCRYPTED"
    assert refused(ofd()) == "READ-DAMAGED"
    assert refused(ofd(page(words()), base="Nowhere/")) == "READ-DAMAGED"
    assert refused(repack(whole, {"OFD.xml": f"<ofd:OFD {NAMESPACE}/>"})) == "READ-DAMAGED"


def test_deltas_that_break_off() -> None:
    assert read_deltas("1 g 2") == [1.0]
    assert read_deltas("1 x 2") == [1.0]
    assert read_deltas(None) == []


def coloured(value: str, *, more: str = "", words: str = "7") -> str:
    deltas = f'<ofd:TextCode X="0" Y="{SIZE}">{words}</ofd:TextCode>'
    return text(LEFT + WIDE + 7, TOP + 7, words, code=f'<ofd:FillColor Value="{value}" {more}/>{deltas}')


@pytest.mark.parametrize(
    "hidden",
    [
        coloured("255 255 255"),
        coloured("255"),
        coloured("0 0 0 0"),
        coloured("0 0 0", more='Alpha="0"'),
        text(LEFT + WIDE + 7, TOP + 7, "7", attributes='Alpha="0"'),
        text(LEFT + WIDE + 7, TOP + 7, "7", attributes='Fill="false"'),
    ],
)
def test_text_that_nobody_sees_is_left_out_and_noted(hidden: str) -> None:
    document = read(ofd(page(rules() + words() + hidden)))
    assert (table(document), [note.code for note in document.notes]) == (EXPECTED, ["TEXT-UNSEEN"])


def test_white_text_on_a_dark_ground_is_read() -> None:
    ground = path(
        "M 0 0 L 39 0 L 39 9 L 0 9 C", boundary=f"{LEFT + WIDE} {TOP} {WIDE} {HIGH}", attributes='Fill="true"'
    )
    rows = [["规章", "", "345"], list(ROWS[1])]
    document = read(ofd(page(rules() + ground + words(rows) + coloured("255 255 255"))))
    assert table(document)[0] == ["规章", "7", "345"]


def test_struck_through_text_is_left_out_and_noted() -> None:
    x, y = LEFT + WIDE + 2, TOP + 7 - SIZE / 4
    document = read(ofd(page(rules() + words() + path(f"M {x} {y} L {x + SIZE / 2} {y}"))))
    assert (table(document)[0], [note.code for note in document.notes]) == (["规章", "2", "345"], ["TEXT-STRUCK"])


def test_a_line_before_a_number_is_its_sign_and_an_outline_in_a_blank_cell_may_be_one() -> None:
    x, y = LEFT + WIDE + 0.3, TOP + 7 - SIZE / 4
    minus = path(f"M {x} {y} L {x + SIZE / 3} {y}")
    assert table(read(ofd(page(rules() + words() + minus))))[0] == ["规章", "-12", "345"]
    left, top = LEFT + WIDE + 4, TOP + 3
    seven = path(f"M {left} {top} L {left + 2} {top} L {left + 1} {top + 3}")
    rows = [["规章", "", "345"], list(ROWS[1])]
    assert table(read(ofd(page(rules() + words(rows) + seven))))[0] == ["规章", "?", "345"]
