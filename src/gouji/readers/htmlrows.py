"""The rows of an HTML table, or of what style makes one: cells with their spans and paths."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.readers.grid import MAX_COLUMNS, MAX_ROWSPAN, Spanned, read_span
from gouji.readers.htmldamage import KNOWN
from gouji.readers.htmlrole import Role
from gouji.readers.htmltable import BLOCKS, BROKEN, DEEPEST, LINE, SKIPPED, cell_text
from gouji.readers.htmltree import Element

_STEPS = tuple(f"/td[{number}]" for number in range(MAX_COLUMNS + 1))
"""The last step of a cell's path, by its number in the row: a page asks for hundreds of the same few."""


def read_rows(
    table: Element, path: str, *, roles: Mapping[Element, Role], stray: list[str], most: int
) -> list[list[Spanned]]:
    """The rows of a ``<table>``, whatever stands between table, row and cell.

    Args:
        table: One that holds no other, but for tables of one cell.
        path: Its XPath.
        roles: What style makes of elements.
        stray: Gets the text that stands in the table and in no row: captions, and what broken markup left outside.
        most: With the row that reaches so many cells it stops.
    """
    reader = _Rows(roles, stray, most)
    reader.walk(table, path, in_row=False, depth=0)
    reader.end_row()
    if table.find("thead") is None and table.find("tfoot") is None:
        return reader.rows
    return _as_shown(reader.rows, path)


def _as_shown(rows: list[list[Spanned]], path: str) -> list[list[Spanned]]:
    """The rows in the order in which they show: the head first, the foot last; and no cell goes on in another part."""
    parts: list[tuple[str, list[list[Spanned]]]] = []
    for row in rows:
        name = (row[0][3] or "")[len(path) + 1 :].partition("/")[0] if row else ""
        name = name if name[:5] in ("thead", "tbody", "tfoot") else ""
        if not parts or (row and name != parts[-1][0]):
            parts.append((name, []))
        parts[-1][1].append(row)
    parts.sort(key=lambda part: _ORDER.get(part[0], 1))
    return [
        [(text, down if 0 < down <= left else left, right, place) for text, down, right, place in row]
        for _, rows_of in parts
        for left, row in zip(range(len(rows_of), 0, -1), rows_of, strict=True)
    ]


_ORDER = {"thead[1]": 0, "tfoot[1]": 2}


def hidden_columns(table: Element, roles: Mapping[Element, Role]) -> set[int]:
    """The columns (0-based) that a ``<col>`` hides, as spreadsheets do."""
    hidden: set[int] = set()
    at = 0
    for column in table.iterchildren("col", "colgroup"):
        for part in [*column.iterchildren("col")] or [column]:
            wide = read_span(part.get("span"), limit=MAX_COLUMNS) or 1
            if Role.HIDDEN in (roles.get(part), roles.get(column)):
                hidden.update(range(at, at + wide))
            at = min(at + wide, MAX_COLUMNS)
    return hidden


class _Rows:
    """Gathers rows; text that broken markup left in a row stands in a cell of its own."""

    __slots__ = ("_left", "_roles", "_row", "_stray", "rows")

    def __init__(self, roles: Mapping[Element, Role], stray: list[str], most: int) -> None:
        self.rows: list[list[Spanned]] = []
        self._left = most
        self._row: list[Spanned] = []
        self._roles = roles
        self._stray = stray

    def end_row(self) -> None:
        """End a row that has cells; one without any counts only where there was an element for it."""
        if self._row:
            self._put_row()

    def _put_row(self) -> None:
        self.rows.append(self._row)
        self._left -= len(self._row)
        self._row = []

    def walk(self, parent: Element, path: str, *, in_row: bool, depth: int) -> None:
        """Everything in an element of the table; cells are read here, without a call each."""
        roles, row = self._roles, self._row
        counts: dict[object, int] = {}
        cells = 0
        text = parent.text
        if text and not text.isspace():
            self._loose(text, path, in_row=in_row)
        for child in parent:
            tag = child.tag
            if tag == "td":
                cells += 1
                place = path + (_STEPS[cells] if cells <= MAX_COLUMNS else f"/td[{cells}]")
            else:
                index = counts[tag] = counts.get(tag, 0) + 1
                place = f"{path}/{tag!s}[{index}]"
            if roles and roles.get(child) is Role.HIDDEN:
                pass
            elif tag == "td" or tag == "th":  # noqa: PLR1714 - twice as fast
                down = right = 1
                names = child.keys()
                if names:
                    if "rowspan" in names:
                        down = read_span(child.get("rowspan"), limit=MAX_ROWSPAN)
                    if "colspan" in names:
                        right = read_span(child.get("colspan"), limit=MAX_COLUMNS) or 1
                if roles or len(child):
                    text = cell_text(child, roles)
                else:
                    text = child.text or ""
                    if text and not text.isalnum():
                        text = " ".join(text.split())
                row.append((text, down, right, place))
            else:
                self._walk_into(child, place, in_row=in_row, depth=depth)
                row = self._row
            text = child.tail
            if text and not text.isspace():
                self._loose(text, path, in_row=in_row)

    def _walk_into(self, child: Element, path: str, *, in_row: bool, depth: int) -> None:
        """A row, something that holds rows or cells, or something that stands where only they should."""
        if in_row and child.tag not in KNOWN and ":" not in str(child.tag):
            self._doubt_row(path)
        if child.tag == "tr":
            if self._row:
                self._put_row()
            if depth < DEEPEST and self._left > 0:
                self.walk(child, path, in_row=True, depth=depth + 1)
            self._put_row()
        elif depth < DEEPEST and next(child.iter("tr", "td", "th"), None) is not None:
            self.walk(child, path, in_row=in_row, depth=depth + 1)
        elif child.tag not in SKIPPED:
            self._loose(cell_text(child, self._roles), path.rpartition("/")[0], in_row=in_row)

    def _doubt_row(self, path: str) -> None:
        """A tag that HTML does not have may have been that of a cell."""
        if self._row:
            _doubt_last(self._row)
        else:
            self._loose(BROKEN, path.rpartition("/")[0], in_row=True)

    def _loose(self, text: str, path: str, *, in_row: bool) -> None:
        """Text outside any cell."""
        if not in_row:
            if text[:1].isdigit() and self.rows and self.rows[-1]:  # right behind a row: perhaps of its last number
                _doubt_last(self.rows[-1])
            self._stray.extend((text, LINE))
        elif text:
            self._row.append((_mark(" ".join(text.split())), 1, 1, path))


def _doubt_last(row: list[Spanned]) -> None:
    """The last cell of a row may not be all there."""
    text, down, right, place = row[-1]
    if BROKEN not in text:
        row[-1] = (text + BROKEN, down, right, place)


def _mark(text: str) -> str:
    """A number outside any cell may be what is left of one."""
    return text + BROKEN if BROKEN not in text and any(char.isdigit() for char in text) else text


class _Styled:
    """Gathers the rows of a table that style makes; a cell outside any row starts one."""

    __slots__ = ("_left", "_loose", "_roles", "rows")

    def __init__(self, roles: Mapping[Element, Role], most: int) -> None:
        self.rows: list[list[Spanned]] = []
        self._roles = roles
        self._left = most
        self._loose: list[Spanned] = []

    def walk(self, parent: Element, path: str, *, depth: int = 0) -> None:
        """Everything that is in the table, and in no row or cell of it."""
        counts: dict[object, int] = {}
        for child in parent:
            index = counts[child.tag] = counts.get(child.tag, 0) + 1
            if self._left <= 0:
                return
            role = self._roles.get(child)
            if role is Role.HIDDEN:
                continue
            inner = f"{path}/{child.tag!s}[{index}]"
            if role is Role.ROW:
                self._loose = []
                self.rows.append(self._row(child, inner))
            elif role is Role.CELL:
                if not self._loose:
                    self.rows.append(self._loose)
                self._loose.append((cell_text(child, self._roles), *_spans(child), inner))
                self._left -= 1
            elif depth < DEEPEST:
                self.walk(child, inner, depth=depth + 1)

    def _row(self, row: Element, path: str) -> list[Spanned]:
        """The cells of a row; anything else with text in it is a cell of its own, as browsers have it."""
        cells: list[Spanned] = []
        counts: dict[object, int] = {}
        _add_loose(row.text, path, cells)
        for child in row:
            index = counts[child.tag] = counts.get(child.tag, 0) + 1
            role = self._roles.get(child)
            if role is not Role.HIDDEN and child.tag not in SKIPPED:
                text = cell_text(child, self._roles)
                if role is Role.CELL or text or child.tag in BLOCKS:
                    cells.append((text, *_spans(child), f"{path}/{child.tag!s}[{index}]"))
            _add_loose(child.tail, path, cells)
            if len(cells) >= self._left:
                break
        self._left -= len(cells)
        return cells


def _spans(cell: Element) -> tuple[int, int]:
    """How many rows and columns a cell says that it takes, to those who do not see it."""
    down = read_span(cell.get("aria-rowspan"), limit=MAX_ROWSPAN)
    return down, read_span(cell.get("aria-colspan"), limit=MAX_COLUMNS) or 1


def _add_loose(text: str | None, path: str, cells: list[Spanned]) -> None:
    """Text that stands in a row between its cells."""
    if text and not text.isspace():
        cells.append((_mark(" ".join(text.split())), 1, 1, path))


def read_styled_rows(table: Element, path: str, *, roles: Mapping[Element, Role], most: int) -> list[list[Spanned]]:
    """The rows of a table made by ``display: table``.

    Args:
        table: The element that is the table.
        path: Its XPath.
        roles: What style makes of elements.
        most: After so many cells it stops.
    """
    reader = _Styled(roles, most)
    reader.walk(table, path)
    return [row for row in reader.rows if row]
