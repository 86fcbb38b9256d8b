"""Report to HTML as government sites publish it: clean, Word soup, layout tables, tables made of ``<div>``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from gouji.forms.spec import Form
from gouji.model.report import Report
from gouji.renderers.frame import Paragraph, Part, compose
from gouji.renderers.look import Look
from gouji.renderers.sheet import Box, Sheet
from gouji.renderers.words import traditional, words

_SOUP_CELL = ' width="56" valign="center" style="border:1px solid windowtext;padding:0cm 5.4pt"'
_SOUP_LATIN = '<span lang="EN-US" style="font-size:10.5pt;font-family:\'Times New Roman\'">'
_SOUP_HAN = "<span style=\"font-family:宋体;mso-spacerun:'yes'\">"


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlStyle:
    """How the page is marked up.

    Attributes:
        look: The author's ways.
        soup: Word's markup: a paragraph and spans in every cell, numbers and labels cut over spans.
        blank: Markup of an empty cell: ``""``, ``"&nbsp;"``, ``"<br>"``, ``"<p>&nbsp;</p>"``.
        headers: ``"td"``, or ``"th"`` for header cells in a ``<thead>``.
        tables: ``"table"``, or ``"div"`` for CSS tables without spans.
        wrapper: ``"article"``; ``"table"`` puts all into a cell of a layout table, ``"nested"`` two deep.
        centred: Every cell's text stands in a ``<p>``.
        hidden: An old table in a comment, and hidden text beside the report.
        unclosed: No ``</td>`` and ``</tr>``.
        meta: ``<meta>`` elements and an info box.
        breaks: Prose divided by ``<br>`` instead of ``<p>``.
        traditional: In traditional characters.
        charset: The declared encoding; ``None`` declares none.
    """

    look: Look = field(default_factory=Look)
    soup: bool = False
    blank: str = ""
    headers: str = "td"
    tables: str = "table"
    wrapper: str = "article"
    centred: bool = False
    hidden: bool = False
    unclosed: bool = False
    meta: bool = False
    breaks: bool = False
    traditional: bool = False
    charset: str | None = "utf-8"


STYLES: Mapping[str, HtmlStyle] = {
    "official": HtmlStyle(),
    "word_soup": HtmlStyle(soup=True, blank="<p class=MsoNormal>&nbsp;</p>"),
    "repeat_labels": HtmlStyle(look=Look(repeat_labels=True)),
    "wide_total": HtmlStyle(look=Look(wide_total=True), centred=True),
    "layout_table": HtmlStyle(wrapper="table", meta=True),
    "nested_layout": HtmlStyle(wrapper="nested", blank="&nbsp;", hidden=True),
    "article_tables": HtmlStyle(look=Look(split="article")),
    "split": HtmlStyle(look=Look(split="two")),
    "split_headed": HtmlStyle(look=Look(split="two_headed", repeat_labels=True)),
    "half_bare": HtmlStyle(look=Look(numerals="half", narrow=True)),
    "thousands": HtmlStyle(look=Look(thousands=True), headers="th"),
    "broken_labels": HtmlStyle(look=Look(break_headers=2, break_labels=8, spaced=True)),
    "units": HtmlStyle(look=Look(units=True, money="yuan", change="words")),
    "trailing_column": HtmlStyle(look=Look(trailing_column=True, money="unit", change="plus"), blank="<br>"),
    "extra_row": HtmlStyle(look=Look(extra_row=True)),
    "unclosed": HtmlStyle(unclosed=True, breaks=True),
    "div_tables": HtmlStyle(tables="div"),
    "traditional": HtmlStyle(traditional=True),
}


def render_html(report: Report, *, style: HtmlStyle | None = None, forms: Mapping[str, Form] | None = None) -> str:
    """A page that carries the report.

    Args:
        report: Parsed or invented; absent rows are left out.
        style: One of :data:`STYLES`, or your own.
        forms: Forms by edition, when they are not the built-in ones.
    """
    style = style or HtmlStyle()
    parts = compose(report, look=style.look, forms=forms)
    body = "\n".join(_render_part(part, style=style) for part in parts)
    page = f"{_head(report, style=style)}<body>{_wrap(report, body, style=style)}</body></html>"
    return traditional(page) if style.traditional else page


def _head(report: Report, *, style: HtmlStyle) -> str:
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={style.charset}">' if style.charset else ""
    facts = {"ArticleTitle": report.title, "PubDate": report.meta.signed, "ContentSource": report.agency}
    meta = "".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in facts.items() if text)
    title = escape(report.title or "")
    return f"<!DOCTYPE html><html><head>{charset}{meta if style.meta else ''}<title>{title}</title></head>"


def _wrap(report: Report, body: str, *, style: HtmlStyle) -> str:
    links = "".join(f'<li><a href="#">{word}</a></li>' for word in words().navigation)
    footer = words().footer[0].format(agency=escape(report.agency or ""))
    if style.hidden:
        old = "<table><tr><td>规章</td><td>99</td><td>98</td><td>97</td></tr></table>"
        body = f'<!-- {old} --><div style="display:none">{old}</div><script>var rows = "{old}";</script>{body}'
    if style.wrapper == "article":
        return f'<div class="nav"><ul>{links}</ul></div><div class="article" id="zoom">{body}</div>'
    inner = f'<div id="zoom">{body}</div>'
    box = ""
    if style.meta:
        date = report.meta.signed or ""
        box = f"<table><tr><td>索引号</td><td>0113-00012</td><td>发布日期</td><td>{date}</td></tr></table>"
    if style.wrapper == "nested":
        inner = f'<table width="90%"><tr><td>&nbsp;</td></tr><tr><td colspan="2">{inner}</td></tr></table>'
    menu = f'<td width="200"><ul>{links}</ul></td>'
    page = f'<table width="100%" border="0"><tr>{menu}<td>{box}{inner}</td></tr></table>'
    return f'{page}<div class="footer">{footer}</div>'


def _render_part(part: Part, *, style: HtmlStyle) -> str:
    if isinstance(part, Sheet):
        return _div_table(part, style=style) if style.tables == "div" else _table(part, style=style)
    return _paragraph(part, style=style)


def _paragraph(part: Paragraph, *, style: HtmlStyle) -> str:
    text = escape(part.text, quote=False)
    if part.role == "title":
        return f"<h1>{text}</h1>"
    if style.soup:
        return f'<p class="MsoNormal" style="text-indent:32pt">{_soup(part.text)}<o:p></o:p></p>'
    if part.role == "heading":
        return f"<p><strong>{text}</strong></p>"
    return f"{text}<br>" if style.breaks else f"<p>{text}</p>"


def _table(sheet: Sheet, *, style: HtmlStyle) -> str:
    rows = []
    for number, line in enumerate(sheet.lines()):
        header = style.headers == "th" and number < sheet.head and sheet.table != "disclosure"
        cells = "".join(_cell(box, tag="th" if header else "td", style=style) for box in line)
        rows.append(f"<tr>{cells}" if style.unclosed else f"<tr>{cells}</tr>")
    return '<table border="1" cellspacing="0" cellpadding="0"><tbody>' + "\n".join(rows) + "</tbody></table>"


def _cell(box: Box, *, tag: str, style: HtmlStyle) -> str:
    spans = (f' rowspan="{box.rowspan}"' if box.rowspan > 1 else "") + (
        f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    )
    content = _content(box, style=style)
    end = "" if style.unclosed else f"</{tag}>"
    return f"<{tag}{spans}{_SOUP_CELL if style.soup else ''}>{content}{end}"


def _content(box: Box, *, style: HtmlStyle) -> str:
    if not box.text:
        return style.blank
    if style.soup:
        return f'<p class="MsoNormal" align="center">\n  {_soup(box.text)}<o:p></o:p></p>'
    text = escape(box.text, quote=False).replace("\n", "<br>")
    return f'<p style="text-align:center">{text}</p>' if style.centred else text


def _soup(text: str) -> str:
    """Cut in two over spans, as Word does wherever the font or the cursor changed."""
    text = text.replace("\n", "")
    if len(text) < 2:
        return escape(text, quote=False)
    at = (len(text) + 1) // 2
    span = _SOUP_LATIN if text.isascii() else _SOUP_HAN
    return "".join(f"{span}{escape(piece, quote=False)}</span>" for piece in (text[:at], text[at:]))


def _div_table(sheet: Sheet, *, style: HtmlStyle) -> str:
    """A CSS table: no spans, so every place is a cell and a spanned place an empty one."""
    rows = []
    for number, places in enumerate(sheet.covered()):
        cells = []
        for column, box in enumerate(places):
            text = ""
            if box is not None and (box.row, box.column) == (number, column):
                text = _content(box, style=style)
            cells.append(f'<div style="display:table-cell">{text}</div>')
        rows.append(f'<div style="display:table-row">{"".join(cells)}</div>')
    return '<div style="display:table;width:100%">' + "\n".join(rows) + "</div>"
