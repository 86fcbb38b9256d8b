"""Reports as PDF, drawn by reportlab in many styles: rules or none, dotted, doubled, sideways, rows cut over pages."""

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from gouji.forms import TableSpec, editions
from gouji.normalizer.grids import read_grids
from gouji.readers.lattice.formgrid import draw_table
from gouji.readers.lattice.tokens import Token
from gouji.readers.pdf import read_pdf

FONT = "STSong-Light"
_ALIGN: dict[str, Literal[0, 1, 2]] = {"left": 0, "center": 1, "right": 2}
Number = int | str | None
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
PROSE = (
    "本机关按照《中华人民共和国政府信息公开条例》的要求编制本年度报告，所列数据的统计期限自2023年1月1日起至"
    "2023年12月31日止。全年及时回应社会关切，进一步提高公开质量和服务水平，健全工作机制，明确责任分工。"
)


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a report is set.

    Attributes:
        rules: ``all``, ``none``, ``level`` (horizontal only), ``open`` (no outer sides), ``dotted``, ``double``, ``thick``.
        size: Of the tables' type, in points.
        valign: TOP, MIDDLE or BOTTOM.
        align: Of the values.
        wide: Landscape.
        rotate: The page's /Rotate, with everything drawn so that it stands upright when shown.
        repeat: Header rows repeated after a page break.
        cut: Rows may be cut by a page break.
        before: Lines of prose before the tables, to move the page breaks.
        padding: Of the cells, in points.
        label_width: Of each of the label columns, in points.
    """

    rules: str = "all"
    size: float = 8
    valign: str = "MIDDLE"
    align: Literal["left", "center", "right"] = "center"
    wide: bool = False
    rotate: int = 0
    repeat: int = 0
    cut: bool = False
    before: int = 0
    padding: float = 2
    label_width: float = 62


def consistent_values(edition: str, seed: int, *, largest: int = 9999, blank: str | None = None) -> dict[str, Number]:
    """Values of all three tables that satisfy every sum; some zeros of the request table are ``blank`` instead."""
    chance = random.Random(seed)
    values: dict[str, Number] = {}
    for table in editions()[edition].tables:
        for slot in table.slots.values():
            values[slot.id] = chance.choice([0, 0, 1, 7, 12, 340, largest])
            if slot.column.kind == "money":
                values[slot.id] = f"{chance.randrange(9999) / 100:.2f}"
    spec = editions()[edition].table("requests")
    (block,) = spec.blocks
    ends = ("received", "carried_in", "outcome_total", "carried_over")
    for column in block.columns[:-1]:
        outcomes = sum(number(values[f"requests.{row.key}.{column.key}"]) for row in block.rows if row.key not in ends)
        over, before = chance.choice([0, 3, 25]), chance.choice([0, 2, 31])
        before = min(before, outcomes + over)
        new = dict(zip(ends, (outcomes + over - before, before, outcomes, over), strict=True))
        values.update({f"requests.{key}.{column.key}": value for key, value in new.items()})
    for row in block.rows:
        values[f"requests.{row.key}.total"] = sum(
            number(values[f"requests.{row.key}.{column.key}"]) for column in block.columns[:-1]
        )
    (across,) = editions()[edition].table("review").blocks
    for row in across.rows:
        keys = [f"review.{row.key}.{column.key}" for column in across.columns]
        values[keys[-1]] = sum(number(values[key]) for key in keys[:-1])
    if blank is not None:
        for key, value in values.items():
            if key.startswith("requests.") and value == 0 and chance.random() < 0.3:
                values[key] = blank or None
    return values


def number(value: Number) -> int:
    return value if isinstance(value, int) else 0


def make_pdf(
    values: Mapping[str, Number],
    *,
    edition: str = "2021",
    style: Style = Style(),
    title: str = "某某市统计局2023年政府信息公开工作年度报告",
    password: str | None = None,
    owner: str | None = None,
) -> bytes:
    """One report as PDF; ``password`` is asked for on opening, ``owner`` only forbids copying."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    page = landscape(A4) if style.wide else A4
    template = SimpleDocTemplate(
        buffer,
        pagesize=page,
        leftMargin=50,
        rightMargin=50,
        encrypt=StandardEncryption(password or "", ownerPassword=owner, canCopy=0) if password or owner else None,
    )
    body = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontSize=14, spaceBefore=8, spaceAfter=6)
    story: list[Flowable] = [Paragraph(title, ParagraphStyle("t", parent=body, fontSize=18, leading=26, alignment=1))]
    form = editions()[edition]
    for index, heading in enumerate(HEADINGS, 1):
        story.append(Paragraph(heading, head))
        specs = [table for table in form.tables if table.section == index]
        story += [_table(spec, values, style, width=page[0] - 100) for spec in specs]
        if not specs:
            story += [Paragraph(PROSE, body)] * (1 + style.before * (index == 1))
        story.append(Spacer(1, 6))
    template.build(story, onFirstPage=_decorate(style), onLaterPages=_decorate(style))
    return buffer.getvalue()


def _decorate(style: Style) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        if style.rotate:
            canvas.setPageRotation(style.rotate)
            wide, high = document.pagesize
            if style.rotate == 90:
                canvas.setPageSize((high, wide))
                canvas.rotate(90)
                canvas.translate(0, -high)
            elif style.rotate == 270:
                canvas.setPageSize((high, wide))
                canvas.rotate(-90)
                canvas.translate(-wide, 0)
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(document.pagesize[0] / 2, 24, f"- {document.page} -")

    return draw


def _table(spec: TableSpec, values: Mapping[str, Number], style: Style, *, width: float) -> Table:
    tokens = {
        (slot.row.key, slot.column.key): [Token(str(value), 0, 0, 0, 1, 0)]
        for slot in spec.slots.values()
        if (value := values[slot.id]) is not None
    }
    rows = {row.key for block in spec.blocks for row in block.rows}
    piece = draw_table(spec, tokens, rows=rows, place=(1, (0, 0, 0, 0)))
    across = spec.layout == "across"
    across_or_small = across or piece.columns < 8
    labels = 0 if across_or_small else piece.columns - len(spec.blocks[0].columns)
    rest = (width - style.label_width * labels) / (piece.columns - labels)
    data: list[list[Any]] = [[""] * piece.columns for _ in range(piece.rows)]
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), style.valign),
        ("LEFTPADDING", (0, 0), (-1, -1), style.padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), style.padding),
        *_rules(style),
    ]
    words = ParagraphStyle(
        "words",
        fontName=FONT,
        fontSize=style.size,
        leading=style.size * 1.2,
        alignment=0 if labels else 1,
        wordWrap="CJK",
    )
    numbers = ParagraphStyle("numbers", parent=words, alignment=_ALIGN[style.align])
    written = {token.text for (token,) in tokens.values()}
    for cell in piece.cells:
        font = numbers if cell.text in written else words
        data[cell.row][cell.column] = Paragraph(cell.text, font)
        end = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
        if cell.rowspan * cell.colspan > 1:
            commands.append(("SPAN", (cell.column, cell.row), end))
    widths = [style.label_width] * labels + [rest] * (piece.columns - labels)
    return Table(
        data,
        colWidths=widths,
        style=commands,
        repeatRows=style.repeat if piece.columns > 8 and not across else 0,
        splitInRow=int(style.cut),
    )


def _rules(style: Style) -> list[tuple[Any, ...]]:
    everything = (0, 0), (-1, -1)
    black = (0, 0, 0)
    if style.rules == "none":
        return []
    if style.rules == "level":
        return [("LINEABOVE", *everything, 0.5, black), ("LINEBELOW", *everything, 0.5, black)]
    if style.rules == "dotted":
        return [("GRID", *everything, 0.7, black, 1, (0.7, 1.4))]
    if style.rules == "dashed":
        return [("GRID", *everything, 0.5, black, 0, (4, 3))]
    if style.rules == "double":
        return [("GRID", *everything, 0.4, black, 0, None, 0, 2, 1.6)]
    if style.rules == "thick":
        return [("GRID", *everything, 2.4, black)]
    if style.rules == "open":
        return [
            ("INNERGRID", *everything, 0.5, black),
            ("LINEABOVE", (0, 0), (-1, 0), 1, black),
            ("LINEBELOW", (0, -1), (-1, -1), 1, black),
        ]
    return [("GRID", *everything, 0.5, black)]


def values_read(data: bytes) -> dict[str, Number]:
    """What the grids of a PDF say: counts, and money as text."""
    forms = tuple(editions().values())
    document = read_pdf(data, path="x.pdf")
    cells = {key: cell for reading in read_grids(document, forms) for key, cell in reading.cells.items()}
    return {key: str(cell.value) if isinstance(cell.value, Decimal) else cell.value for key, cell in cells.items()}
