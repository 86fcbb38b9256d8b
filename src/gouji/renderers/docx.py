"""Report to a Word document (OOXML), written with the standard library: a zip of four small XML files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from gouji.forms.spec import Form
from gouji.model.report import Report
from gouji.renderers.frame import Paragraph, Part, compose
from gouji.renderers.look import Look
from gouji.renderers.sheet import Box, Sheet

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIXED = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxStyle:
    """How the document is written.

    Attributes:
        look: The author's ways.
        runs: Every text is cut in two runs, as Word does wherever the cursor was.
        nested: All tables stand in a cell of a layout table.
    """

    look: Look = field(default_factory=Look)
    runs: bool = False
    nested: bool = False


def render_docx(report: Report, *, style: DocxStyle | None = None, forms: Mapping[str, Form] | None = None) -> bytes:
    """The report as the bytes of a ``.docx``, the same for the same report.

    Args:
        report: Parsed or invented; absent rows are left out.
        style: How it is written.
        forms: Forms by edition, when they are not the built-in ones.
    """
    style = style or DocxStyle()
    parts = compose(report, look=style.look, forms=forms)
    body = "".join(_part(part, style=style) for part in parts)
    document = f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_FIXED, "word/document.xml": document}.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text)
    return buffer.getvalue()


def _part(part: Part, *, style: DocxStyle) -> str:
    if isinstance(part, Paragraph):
        return _paragraph(part.text, style=style)
    table = _table(part, style=style)
    if style.nested:
        row = f"<w:tr><w:tc>{table}<w:p/></w:tc></w:tr>"
        return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row}</w:tbl><w:p/>"
    return f"{table}<w:p/>"


def _paragraph(text: str, *, style: DocxStyle) -> str:
    at = (len(text) + 1) // 2 if style.runs and len(text) > 1 and "\n" not in text else len(text)
    pieces = [piece for piece in (text[:at], text[at:]) if piece]
    return f"<w:p>{''.join(map(_run, pieces))}</w:p>"


def _run(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def _table(sheet: Sheet, *, style: DocxStyle) -> str:
    columns = '<w:gridCol w:w="900"/>' * sheet.columns
    rows = []
    for number, places in enumerate(sheet.covered()):
        cells = []
        for column, box in enumerate(places):
            if box is not None and box.column == column:
                cells.append(_cell(box, row=number, style=style))
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(box: Box, *, row: int, style: DocxStyle) -> str:
    spans = f'<w:gridSpan w:val="{box.colspan}"/>' if box.colspan > 1 else ""
    if box.rowspan > 1:
        spans += '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    text = box.text if row == box.row else ""
    return f"<w:tc><w:tcPr>{spans}</w:tcPr>{_paragraph(text, style=style)}</w:tc>"
