"""Tables printed the other way round: what the form puts in a row stands in a column."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.raw import Cell, Grid
from gouji.normalizer.grids_lines import Line


def runs_wrong(lines: Sequence[Line], number: int, *, across: bool) -> bool:
    """Whether the table is transposed.

    Row labels should stand below one another; in a table printed across it is the column labels that should stand
    beside one another.
    """
    beside = 0
    by_column: dict[tuple[int, int], int] = {}
    for line in lines:
        here = 0
        for cell, hits in line.own:
            if number in (hits.columns if across else hits.rows):
                here += 1
                place = (id(line.grid), cell.column)
                by_column[place] = by_column.get(place, 0) + 1
        beside = max(beside, here)
    below = max(by_column.values(), default=0)
    return below > beside if across else beside > max(below, 2)


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
