"""Tables printed the other way round: what the form puts in a row stands in a column."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.raw import Cell, Grid
from gouji.normalizer.grids_lines import Line

_FEW = 2
"""So many row labels stand beside one another in tables that stand upright: a group and its first row."""


def runs_wrong(lines: Sequence[Line], number: int, *, across: bool) -> bool:
    """Whether the table is transposed.

    Row labels should stand below one another; in a table printed across it is the column labels that should stand
    beside one another. One grid in which they stand as they should speaks for all: a table is printed one way, and a
    row with labels side by side in another grid is damage.
    """
    by_grid: dict[int, list[Line]] = {}
    for line in lines:
        by_grid.setdefault(id(line.grid), []).append(line)
    wrong = False
    for here in by_grid.values():
        beside, below = _count_labels(here, number, across=across)
        along, athwart = (beside, below) if across else (below, beside)
        if along > athwart:
            return False
        wrong = wrong or athwart > max(along, 0 if across else _FEW)
    return wrong


def _count_labels(lines: Sequence[Line], number: int, *, across: bool) -> tuple[int, int]:
    """The most labels that stand beside one another in these lines of one grid, and the most below one another."""
    beside = 0
    by_column: dict[int, int] = {}
    for line in lines:
        here = 0
        for cell, hits in line.own:
            if number in (hits.columns if across else hits.rows):
                here += 1
                by_column[cell.column] = by_column.get(cell.column, 0) + 1
        beside = max(beside, here)
    return beside, max(by_column.values(), default=0)


def transpose(grid: Grid) -> Grid:
    """Rows to columns; every cell keeps its place in the source.

    >>> grid = transpose(Grid(cells=(Cell(text="a", row=0, column=0, colspan=2),), rows=1, columns=2))
    >>> grid.rows, grid.columns, grid.cells[0].rowspan
    (2, 1, 2)
    """
    cells = [
        Cell(
            text=cell.text,
            row=cell.column,
            column=cell.row,
            rowspan=cell.colspan,
            colspan=cell.rowspan,
            where=cell.where,
            confidence=cell.confidence,
        )
        for cell in grid.cells
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(cells=tuple(cells), rows=grid.columns, columns=grid.rows, where=grid.where, nested=grid.nested)
