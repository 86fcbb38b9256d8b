"""Report to PDF with reportlab and its built-in font STSong-Light (extra ``render``); imported only when called."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gouji.forms.spec import Form
from gouji.model.report import Report
from gouji.renderers.frame import Paragraph, Part, compose
from gouji.renderers.look import Look
from gouji.renderers.sheet import Sheet

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_FONT = "STSong-Light"
_MARGIN = 40.0
_LABEL_SHARE = 0.16


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfStyle:
    """How the pages look.

    Attributes:
        look: The author's ways.
        ruled: Whether the tables have lines.
        landscape: The page lies on its side.
        size: Of the tables' type, in points.
    """

    look: Look = field(default_factory=Look)
    ruled: bool = True
    landscape: bool = False
    size: float = 7.0


def render_pdf(report: Report, *, style: PdfStyle | None = None, forms: Mapping[str, Form] | None = None) -> bytes:
    """The report as the bytes of a PDF, the same for the same report.

    Args:
        report: Parsed or invented; absent rows are left out.
        style: How the pages look.
        forms: Forms by edition, when they are not the built-in ones.
    """
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate

    style = style or PdfStyle()
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    page = landscape(A4) if style.landscape else A4
    parts = compose(report, look=style.look, forms=forms)
    story = [flowable for part in parts for flowable in _part(part, style=style, width=page[0] - 2 * _MARGIN)]
    buffer = io.BytesIO()
    margins: dict[str, Any] = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _MARGIN)
    SimpleDocTemplate(buffer, pagesize=page, title=report.title or "", invariant=1, **margins).build(story)
    return buffer.getvalue()


def _part(part: Part, *, style: PdfStyle, width: float) -> list[Flowable]:
    from reportlab.platypus import Spacer

    if isinstance(part, Paragraph):
        return [_paragraph(part.text, size=16 if part.role == "title" else 11)]
    return [_table(part, style=style, width=width), Spacer(1, 8)]


def _paragraph(text: str, *, size: float) -> Flowable:
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph as Words

    look = ParagraphStyle("text", fontName=_FONT, fontSize=size, leading=size * 1.3, wordWrap="CJK")
    return Words(escape(text).replace("\n", "<br/>"), look)


def _table(sheet: Sheet, *, style: PdfStyle, width: float) -> Flowable:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    data: list[list[Any]] = [[""] * sheet.columns for _ in range(sheet.rows)]
    commands: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("FONT", (0, 0), (-1, -1), _FONT, style.size),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    if style.ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    for box in sheet.boxes:
        data[box.row][box.column] = _paragraph(box.text, size=style.size)
        if box.rowspan > 1 or box.colspan > 1:
            end = (box.column + box.colspan - 1, box.row + box.rowspan - 1)
            commands.append(("SPAN", (box.column, box.row), end))
    return Table(data, colWidths=_widths(sheet, width=width), style=commands)


def _widths(sheet: Sheet, *, width: float) -> list[float]:
    """Label columns wide, value columns equal."""
    labels = max((box.column + 1 for box in sheet.boxes if box.role == "label"), default=0)
    if not labels:
        return [width / sheet.columns] * sheet.columns
    wide = width * _LABEL_SHARE
    return [wide] * labels + [(width - wide * labels) / (sheet.columns - labels)] * (sheet.columns - labels)
