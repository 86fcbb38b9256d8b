"""An HTML table, or what style makes one, as rows of cells with their spans and paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.readers.grid import MAX_COLUMNS, MAX_ROWSPAN, SpannedCell, read_span
from gouji.readers.htmldamage import KNOWN
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
_SPECIAL = frozenset(("input", "textarea", "img", "del", "s", "strike"))
_APART = frozenset(("sup", "sub"))
"""A footnote mark behind a number is no digit of it."""
PICTURE = "\ufffc"
"""Stands for a picture in a cell: something is printed there, and it is not blank."""
BREAKS = frozenset(("br", "hr"))
BROKEN = "\ufffd"
"""Stands where a tag was that HTML does not have: what it parts may have been something else."""
_DEEPEST = 200
_CELLS = ("td", "th")


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


def _special_text(element: Element) -> str:
    """What shows where there is no text: the content of a field, a picture; nothing for what is struck out."""
    tag = element.tag
    if tag == "input":
        shown = (element.get("type") or "text").lower() in ("text", "number")
        return (element.get("value") or "") if shown else ""
    if tag == "textarea":
        return element.text or ""
    if tag == "img":
        tiny = any((element.get(side) or "").strip() in ("0", "1", "2") for side in ("width", "height"))
        return "" if tiny else element.get("alt") or PICTURE
    return ""


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
        elif tag in _SPECIAL:
            parts.append(_special_text(child))
        elif tag not in SKIPPED and not (roles and roles.get(child) is Role.HIDDEN):
            if tag not in KNOWN and ":" not in str(tag):
                parts.append(BROKEN)
            if tag in BLOCKS or tag in _APART:
                parts.append(LINE)
                collect(child, parts, roles=roles, depth=depth + 1)
                parts.append(LINE)
            else:
                collect(child, parts, roles=roles, depth=depth + 1)
        if child.tail:
            parts.append(child.tail)


def read_rows(
    table: Element, path: str, *, roles: Mapping[Element, Role], stray: list[str]
) -> Iterator[list[SpannedCell]]:
    """The rows of a ``<table>``, whatever stands between table, row and cell.

    Args:
        table: One that holds no other, but for tables of one cell.
        path: Its XPath.
        roles: What style makes of elements.
        stray: Gets the text that stands in the table and in no row: captions, and what broken markup left outside.
    """
    row: list[SpannedCell] = []
    for item in _walk(table, path, roles=roles, stray=stray):
        if isinstance(item, SpannedCell):
            row.append(item)
        elif row or item == _END:
            yield row
            row = []
    if row:
        yield row


_START, _END = 1, 2


def _walk(
    parent: Element,
    path: str,
    *,
    roles: Mapping[Element, Role],
    stray: list[str],
    in_row: bool = False,
    depth: int = 0,
) -> Iterator[SpannedCell | int]:
    """Cells, and where rows start and end. Text that broken markup left in a row stands in a cell of its own."""
    counts: dict[object, int] = {}
    if parent.text and not parent.text.isspace():
        yield from _loose(parent.text, path, stray=None if in_row else stray)
    for child in parent:
        tag = child.tag
        index = counts[tag] = counts.get(tag, 0) + 1
        if roles and roles.get(child) is Role.HIDDEN:
            pass
        elif tag in _CELLS:
            yield _read_cell(child, f"{path}/{tag!s}[{index}]", roles)
        elif tag == "tr":
            yield _START
            if depth < _DEEPEST:
                inner = f"{path}/tr[{index}]"
                yield from _walk(child, inner, roles=roles, stray=stray, in_row=True, depth=depth + 1)
            yield _END
        elif depth < _DEEPEST and next(child.iter("tr", "td", "th"), None) is not None:
            inner = f"{path}/{tag!s}[{index}]"
            yield from _walk(child, inner, roles=roles, stray=stray, in_row=in_row, depth=depth + 1)
        elif tag not in SKIPPED:
            yield from _loose(cell_text(child, roles), path, stray=None if in_row else stray)
        if child.tail and not child.tail.isspace():
            yield from _loose(child.tail, path, stray=None if in_row else stray)


def _loose(text: str, path: str, *, stray: list[str] | None) -> Iterator[SpannedCell]:
    """Text outside any cell."""
    if stray is not None:
        stray.extend((text, LINE))
    elif text:
        yield SpannedCell(_mark(" ".join(text.split())), 1, 1, path)


def _mark(text: str) -> str:
    """A number outside any cell may be what is left of one."""
    return text + BROKEN if any(char.isdigit() for char in text) else text


def _read_cell(element: Element, path: str, roles: Mapping[Element, Role]) -> SpannedCell:
    down, right = element.get("rowspan"), element.get("colspan")
    return SpannedCell(
        cell_text(element, roles),
        1 if down is None else read_span(down, limit=MAX_ROWSPAN),
        1 if right is None else read_span(right, limit=MAX_COLUMNS) or 1,
        path,
    )


def read_styled_rows(table: Element, *, roles: Mapping[Element, Role]) -> list[list[SpannedCell]]:
    """The rows of a table made by ``display: table``; a cell outside any row starts one."""
    tree = table.getroottree()
    rows: list[list[SpannedCell]] = []
    loose = True
    for element in table.iterdescendants():
        role = roles.get(element)
        if role is Role.ROW:
            rows.append(_styled_row(element, roles))
            loose = True
        elif role is Role.CELL and not _is_inside(element, roles):
            if loose:
                rows.append([])
                loose = False
            rows[-1].append(SpannedCell(cell_text(element, roles), 1, 1, tree.getpath(element)))
    return [row for row in rows if row]


def _styled_row(row: Element, roles: Mapping[Element, Role]) -> list[SpannedCell]:
    """The cells of a row; anything else with text in it is a cell of its own, as browsers have it."""
    tree = row.getroottree()
    cells: list[SpannedCell] = []
    _add_loose(row.text, row, cells)
    for child in row:
        role = roles.get(child)
        if role is not Role.HIDDEN and child.tag not in SKIPPED:
            text = cell_text(child, roles)
            if role is Role.CELL or text:
                cells.append(SpannedCell(text, 1, 1, tree.getpath(child)))
        _add_loose(child.tail, row, cells)
    return cells


def _add_loose(text: str | None, row: Element, cells: list[SpannedCell]) -> None:
    """Text that stands in a row between its cells."""
    if text and not text.isspace():
        cells.append(SpannedCell(_mark(" ".join(text.split())), 1, 1, row.getroottree().getpath(row)))


def _is_inside(element: Element, roles: Mapping[Element, Role]) -> bool:
    """Whether a cell stands inside another, or in something hidden."""
    for parent in element.iterancestors():
        role = roles.get(parent)
        if role is Role.TABLE:
            return False
        if role in (Role.CELL, Role.HIDDEN, Role.ROW):
            return True
    return False
