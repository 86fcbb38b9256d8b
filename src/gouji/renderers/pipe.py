"""Report to text in every layout that extractors produce. The layouts are data, see :mod:`gouji.renderers.layout`."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.forms.spec import Form
from gouji.model.report import Report
from gouji.renderers.drawn import draw_sheet
from gouji.renderers.flattened import cell_lines, row_lines
from gouji.renderers.frame import Paragraph, compose
from gouji.renderers.layout import LAYOUTS, Layout
from gouji.renderers.look import Look, narrow
from gouji.renderers.sheet import Sheet
from gouji.renderers.words import traditional, words


def render_text(
    report: Report,
    *,
    layout: Layout = LAYOUTS["seed"],
    look: Look | None = None,
    forms: Mapping[str, Form] | None = None,
) -> str:
    """The report as a text.

    Args:
        report: Parsed or invented; absent rows are left out.
        layout: One of :data:`~gouji.renderers.layout.LAYOUTS`, or your own.
        look: The author's ways, whatever the format.
        forms: Forms by edition, when they are not the built-in ones.
    """
    lines: list[str] = list(words().navigation) if layout.navigation else []
    pending = ""
    for part in compose(report, look=look or Look(), forms=forms):
        if isinstance(part, Sheet):
            lines, pending = _with(lines, [pending] if pending else [], layout=layout), ""
            lines = _with(lines, sheet_lines(part, layout=layout), layout=layout)
        elif layout.headings == "inline" and part.role in ("heading", "text"):
            pending = f"{pending} {part.text}".strip()
        else:
            lines, pending = _with(lines, [pending] if pending else [], layout=layout), ""
            lines = _with(lines, [_paragraph(part, layout=layout)], layout=layout)
    lines = _with(lines, [pending] if pending else [], layout=layout)
    return _finish(lines, layout=layout)


def _with(lines: list[str], more: list[str], *, layout: Layout) -> list[str]:
    """The lines and a further paragraph or table, with what stands between them."""
    if not more:
        return lines
    gap = [""] * layout.paragraph_gap if lines else []
    wrapper = ["|", "|" * layout.wrapper] if layout.wrapper else []
    return [*lines, *gap, *more, *wrapper]


def _paragraph(part: Paragraph, *, layout: Layout) -> str:
    if part.role == "heading" and layout.headings not in ("", "inline"):
        return layout.headings + part.text
    return part.text


def sheet_lines(sheet: Sheet, *, layout: Layout) -> list[str]:
    """One table as lines."""
    if layout.drawn:
        return draw_sheet(sheet, layout=layout)
    if layout.line == "cell":
        return cell_lines(sheet, layout=layout)
    return row_lines(sheet, layout=layout)


def _finish(lines: list[str], *, layout: Layout) -> str:
    if layout.repeats_dropped:
        lines = list(dict.fromkeys(line for line in lines if line))
    if layout.indent:
        lines = [" " * layout.indent + line if line else line for line in lines]
    text = layout.divider.join(lines) if layout.line == "page" else "\n".join(lines)
    if layout.narrow:
        text = narrow(text)
    if layout.traditional:
        text = traditional(text, regional=layout.regional)
    return text + "\n"
