"""An HTML table, or what style makes one, as rows of cells with their spans and paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.readers.grid import MAX_COLUMNS, MAX_ROWSPAN, SpannedCell, read_span
from gouji.readers.htmltree import Element, Role

LINE = "\x00"
"""Stands for a line break that was asked for, until white space has been collapsed; parsed text has no NUL."""
SKIPPED = frozenset(
    (
        "script", "style", "noscript", "template", "head", "select", "option", "textarea", "svg", "math", "object",
        "embed", "iframe", "frame", "frameset", "audio", "video", "canvas", "noframes", "xmp", "datalist", "title",
        "meta", "link", "base",
    )
)  # fmt: skip
BLOCKS = frozenset(
    (
        "html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
        "article", "header", "footer", "main", "nav", "aside", "center", "form", "fieldset", "blockquote", "pre",
        "figure", "figcaption", "address", "details", "summary", "caption", "tr", "td", "th", "tbody", "thead",
        "tfoot", "table", "menu", "dir", "hgroup", "search", "legend",
    )
)  # fmt: skip
BREAKS = frozenset(("br", "hr"))
_DEEPEST = 200
_SECTIONS = ("table", "tbody", "thead", "tfoot")


def collapse(text: str) -> str:
    r"""White space as a browser shows it; line breaks that were asked for stay, empty lines do not.

    >>> collapse(" a\n b" + LINE + LINE + "c")
    'a b\nc'
    """
    if LINE not in text:
        return " ".join(text.split())
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split(LINE)) if line)


def cell_text(cell: Element, roles: Mapping[Element, Role]) -> str:
    """The text of a cell: inline elements joined as they are, blocks and ``<br>`` as line breaks."""
    if not len(cell):
        text = cell.text
        return " ".join(text.split()) if text else ""
    parts: list[str] = []
    collect(cell, parts, roles=roles)
    return collapse("".join(parts))


def collect(element: Element, parts: list[str], *, roles: Mapping[Element, Role], depth: int = 0) -> None:
    """Gather the text of an element; what nests deeper than any page does is left to the C library."""
    if element.text:
        parts.append(element.text)
    if depth > _DEEPEST:
        parts.extend(element.itertext())
        return
    for child in element:
        tag = child.tag
        if tag in BREAKS:
            parts.append(LINE)
        elif tag not in SKIPPED and not (roles and roles.get(child) is Role.HIDDEN):
            if tag in BLOCKS:
                parts.append(LINE)
                collect(child, parts, roles=roles, depth=depth + 1)
                parts.append(LINE)
            else:
                collect(child, parts, roles=roles, depth=depth + 1)
        if child.tail:
            parts.append(child.tail)


def read_rows(table: Element, path: str, *, roles: Mapping[Element, Role]) -> Iterator[list[SpannedCell]]:
    """The rows of a ``<table>`` that holds no other, whatever stands between table, row and cell."""
    row: list[SpannedCell] = []
    started = hidden = False
    prefix = path
    counts: dict[object, int] = {}
    sections: dict[object, tuple[str, dict[object, int]]] = {table: (path, {})}
    for element in table.iter("tr", "td", "th"):
        tag = element.tag
        if tag == "tr":
            if started and not hidden:
                yield row
            row, started, counts = [], True, {}
            hidden = bool(roles) and roles.get(element) is Role.HIDDEN
            prefix = _row_path(element, sections)
            continue
        started = True
        index = counts[tag] = counts.get(tag, 0) + 1
        if roles and roles.get(element) is Role.HIDDEN:
            continue
        down, right = element.get("rowspan"), element.get("colspan")
        row.append(
            SpannedCell(
                cell_text(element, roles),
                1 if down is None else read_span(down, limit=MAX_ROWSPAN),
                1 if right is None else read_span(right, limit=MAX_COLUMNS) or 1,
                f"{prefix}/{tag!s}[{index}]",
            )
        )
    if started and not hidden:
        yield row


def _row_path(row: Element, sections: dict[object, tuple[str, dict[object, int]]]) -> str:
    """The path of a row: in the table, or in a ``<tbody>`` of it; anything else is asked of the tree."""
    parent = row.getparent()
    if parent is None:
        return ""
    known = sections.get(parent)
    if known is None:
        if parent.tag in _SECTIONS and (above := sections.get(parent.getparent())) is not None:
            above[1][parent.tag] = above[1].get(parent.tag, 0) + 1
            known = sections[parent] = (f"{above[0]}/{parent.tag!s}[{above[1][parent.tag]}]", {})
        else:
            known = sections[parent] = (parent.getroottree().getpath(parent), {})
    path, counts = known
    counts["tr"] = counts.get("tr", 0) + 1
    return f"{path}/tr[{counts['tr']}]"


def read_styled_rows(table: Element, *, roles: Mapping[Element, Role]) -> list[list[SpannedCell]]:
    """The rows of a table made by ``display: table``; a cell outside any row starts one."""
    tree = table.getroottree()
    rows: list[list[SpannedCell]] = []
    for element in table.iterdescendants():
        role = roles.get(element)
        if role is Role.ROW:
            rows.append([])
        elif role is Role.CELL and not _is_inside_cell(element, table, roles):
            if not rows:
                rows.append([])
            rows[-1].append(SpannedCell(cell_text(element, roles), 1, 1, tree.getpath(element)))
    return [row for row in rows if row]


def _is_inside_cell(element: Element, table: Element, roles: Mapping[Element, Role]) -> bool:
    for parent in element.iterancestors():
        if parent is table:
            return False
        if roles.get(parent) in (Role.CELL, Role.HIDDEN, Role.TABLE):
            return True
    return False
