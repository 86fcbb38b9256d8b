"""Tables that only a style sheet or a screen reader knows of: rows of ``<div>``, ``<li>``, ``<dd>``.

Where the words of the form stand each in an element of its own, what holds such an element is a row, and what holds
rows and nothing else is a table. Only pages without a statutory table are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gouji.readers.htmlrole import Role
from gouji.readers.htmltree import Element
from gouji.readers.known import is_known

_FEWEST_WORDS = 3
_FEWEST_ROWS = 3
_MOST = 200
"""Elements that are looked at as possible tables."""
_LONGEST = 120
"""Characters of a cell; a table's longest label has some sixty."""
_ARIA: Mapping[str, Role] = {
    **dict.fromkeys(("table", "grid", "treegrid"), Role.TABLE),
    "row": Role.ROW,
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader"), Role.CELL),
}
_REAL = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_INLINE = frozenset(("span", "a", "b", "strong", "em", "i", "font", "u", "label", "small", "sub", "sup"))
_BOX = re.compile(r"inline-block|inline-flex|float\s*:|(?:^|[;\s])(?:min-)?width\s*:|flex\s*:", re.IGNORECASE)
_REORDERED = re.compile(r"-reverse|(?:^|[;\s])order\s*:", re.IGNORECASE)


def find_boxes(root: Element) -> dict[Element, Role]:
    """The elements that are tables, rows and cells: by their ``role``, else by what they hold.

    Args:
        root: Of a page.
    """
    told = {
        element: role
        for element in root.iter()
        if (name := element.get("role")) and (role := _ARIA.get(name)) and element.tag not in _REAL
    }
    if any(role is Role.ROW and _is_reordered(element) for element, role in told.items()):
        return {}
    if Role.TABLE in told.values() and Role.ROW in told.values():
        return told
    roles: dict[Element, Role] = {}
    for table, rows in _find_tables(root).items():
        roles[table] = Role.TABLE
        for row in rows:
            roles[row] = Role.ROW
            roles.update(dict.fromkeys(row, Role.CELL))
    return roles


def _find_tables(root: Element) -> dict[Element, list[Element]]:
    """Tables and their rows; groups of rows side by side are one table."""
    words: dict[Element, set[str]] = {}
    for element in root.iter():
        word = "".join((element.text or "").split()) if not len(element) else ""
        if 0 < len(word) <= _LONGEST and is_known(word):
            group = _group_of(element)
            if group is not None and (group in words or len(words) < _MOST):
                words.setdefault(group, set()).add(word)
    groups = {group: [*group] for group in words if _are_rows(group)}
    tables: dict[Element, list[Element]] = {}
    for group, rows in groups.items():
        parent = group.getparent()
        whole = parent is not None and len(parent) > 1 and all(child in groups for child in parent)
        tables.setdefault(parent if whole and parent is not None else group, []).extend(rows)
    return {
        table: rows
        for table, rows in tables.items()
        if len(rows) >= _FEWEST_ROWS
        and len(set().union(*(found for group, found in words.items() if group in (table, *table)))) >= _FEWEST_WORDS
    }


def _group_of(element: Element) -> Element | None:
    """What holds the row of the cell whose only content an element is."""
    cell = element
    row = cell.getparent()
    while row is not None and len(row) == 1 and not _has_text(row):
        cell, row = row, row.getparent()
    return row.getparent() if row is not None else None


def _are_rows(group: Element) -> bool:
    """Whether an element holds nothing but rows of short cells, most of them with several."""
    if _has_text(group) or group.tag in _REAL:
        return False
    several = 0
    for row in group:
        if not len(row) or _has_text(row) or _is_reordered(row) or not all(map(_is_cell, row)):
            return False
        several += len(row) > 1
    return 2 * several > len(group)


def _is_reordered(row: Element) -> bool:
    """Whether style shows the cells in another order than they are written in."""
    return any(_REORDERED.search(element.get("style") or "") for element in (row, *row))


def _is_cell(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _REAL:
        return False
    if element.tag in _INLINE and not element.get("class") and not _BOX.search(element.get("style") or ""):
        return False
    left = _LONGEST
    for text in element.itertext():
        left -= len(text.strip())
        if left < 0:
            return False
    return True


def _has_text(element: Element) -> bool:
    """Whether text stands in an element beside its children."""
    return any(map(_shows, (element.text, *(child.tail for child in element))))


def _shows(text: str | None) -> bool:
    return text is not None and bool(text.strip())
