"""Row and column spans to a rectangular :class:`~gouji.model.raw.Grid` that remembers the spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from gouji.model.raw import Block, Cell, Grid
from gouji.model.source import NOWHERE, Where

MAX_COLUMNS = 1000
"""The widest a table may be; HTML's own limit for one colspan."""
MAX_ROWSPAN = 65_534
_FEW_ROWS = 3
_MOST_DIGITS = 12
_WHOLE = re.compile(rf"\s*([0-9]{{1,{_MOST_DIGITS}}})")

_column = attrgetter("column")

Spanned = tuple[str, int, int, str | None]
"""A cell as the source gives it: text, ``rowspan`` (0: to the end of its rows), ``colspan`` and XPath."""


def resolve_spans(
    rows: Sequence[Sequence[Spanned]],
    *,
    table: int | None = None,
    where: Where = NOWHERE,
    nested: bool = False,
    first: int = 0,
) -> Grid:
    """Lay cells out as a browser does.

    A cell takes the first free column of its row. A rowspan ends with the rows there are; a colspan ends where a cell
    from above stands in the way, so that spans never overlap.

    Args:
        rows: For every row its cells in source order.
        table: Number of the table in the document (1-based), for the places of its cells.
        where: The table's place.
        nested: Whether it stood inside a cell of another table.
        first: Number of the first row in the source's table (0-based), when these are not its first.

    >>> grid = resolve_spans([[("a", 9, 1, None), ("b", 1, 2, None)], [("c", 1, 1, None)]])
    >>> grid.rows, grid.columns, [(cell.text, cell.row, cell.column, cell.rowspan) for cell in grid.cells]
    (2, 3, [('a', 0, 0, 2), ('b', 0, 1, 1), ('c', 1, 1, 1)])
    """
    cells: list[Cell] = []
    put, make = cells.append, tuple.__new__  # half the time of Cell(...) and Where(...), hundreds of times a page
    taken: dict[int, int] = {}
    columns = 0
    count = len(rows)
    by_row: list[list[Cell]] = [[] for _ in rows]
    for index, row in enumerate(rows):
        here = by_row[index]
        mixed = bool(here)
        at = 0
        number = first + index + 1
        for text, down, right, xpath in row:
            while at in taken:
                at += 1
            if at >= MAX_COLUMNS:
                break
            width = 1 if right == 1 else _free_width(right, at, taken)
            height = 1 if down == 1 else min(down or count, count - index)
            place = make(Where, (None, at + 1, xpath, None, None, table, number, None))
            cell = make(Cell, (text, index, at, height, width, place, None))
            put(cell)
            here.append(cell)
            if height > 1:
                taken.update(dict.fromkeys(range(at, at + width), index + height))
                for below in by_row[index + 1 : index + height]:
                    below.append(cell)
            at += width
        if mixed:
            here.sort(key=_column)
        columns = max(columns, at)
        if index + 1 in taken.values():
            taken = {column: until for column, until in taken.items() if until > index + 1}
    grid = Grid(cells=tuple(cells), rows=count, columns=columns, where=where, nested=nested)
    grid.__dict__["by_row"] = tuple(map(tuple, by_row))  # what the property would find, while it is at hand
    return grid


def _free_width(wanted: int, at: int, taken: Collection[int]) -> int:
    """How many columns of those wanted are free from one on."""
    wanted = min(wanted, MAX_COLUMNS - at)
    width = 1
    while width < wanted and at + width not in taken:
        width += 1
    return width


def without_columns(grid: Grid, hidden: Collection[int]) -> Grid:
    """The same grid as it shows when some of its columns (0-based) do not; cells that stand in no other go."""
    left = [column for column in range(grid.columns) if column not in hidden]
    cells: list[Cell] = []
    for cell in grid.cells:
        start = bisect_left(left, cell.column)
        end = bisect_left(left, cell.column + cell.colspan)
        if end > start:
            cells.append(cell._replace(column=start, colspan=end - start))
    return replace(grid, cells=tuple(cells), columns=len(left))


def stack_rows(blocks: Sequence[Block]) -> list[Block]:
    """Tables of one row each, as wide as one another and with nothing between them, as the rows of one table."""
    stacked: list[Block] = []
    for _, run in groupby(blocks, key=lambda block: (block.columns, block.rows) if isinstance(block, Grid) else None):
        grids = [*run]
        first = grids[0]
        if not isinstance(first, Grid) or first.rows > 1 or first.columns == 1 or len(grids) < _FEW_ROWS:
            stacked += grids
            continue
        rows = [grid.cells for grid in grids if isinstance(grid, Grid)]
        cells = tuple([cell._replace(row=number) for number, row in enumerate(rows) for cell in row])
        stacked.append(replace(first, cells=cells, rows=len(rows)))
    return stacked


def read_span(raw: str | None, *, limit: int) -> int:
    """A span attribute: a whole number, at least 1; nonsense is 1.

    >>> read_span("3", limit=1000), read_span(" 2px", limit=1000), read_span("-1", limit=9), read_span("1e9", limit=9)
    (3, 2, 1, 1)
    """
    if raw is None:
        return 1
    if raw.isascii() and raw.isdigit() and len(raw) <= _MOST_DIGITS:  # nearly always
        return min(int(raw), limit)
    match = _WHOLE.match(raw)
    return min(int(match[1]), limit) if match else 1
