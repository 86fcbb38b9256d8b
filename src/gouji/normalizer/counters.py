"""Rows that a program has counted (``0,规章,1,2``): its numbers stand before the labels and belong to no cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from gouji.normalizer.cells import BLANK, NUMBER, CellToken

if TYPE_CHECKING:
    from gouji.model.raw import Cell
    from gouji.normalizer.grids_lines import Line

_LEAST = 4
"""So many lines in a row, each counted one more than the line before, are counted."""
_NEARLY = 0.7
_LEAST_CELLS = 3
"""Fewer, where a whole column counts them."""


def without_counters(tokens: Sequence[CellToken]) -> list[CellToken] | None:
    """The tokens without the numbers that count the lines; ``None`` where no lines are counted."""
    rows = [list(row) for _, row in groupby(tokens, key=attrgetter("line"))]
    counted = {index for run in _runs(rows) for index in run if len(run) >= _LEAST}
    if not counted:
        return None
    return [
        token._replace(nth=token.nth - 1) if index in counted else token
        for index, row in enumerate(rows)
        for token in (row[1:] if index in counted else row)
    ]


def _runs(rows: Sequence[Sequence[CellToken]]) -> Iterator[list[int]]:
    """Runs of neighbouring rows that begin with numbers rising by one, and hold more than the number."""
    run: list[int] = []
    last = None
    for index, row in enumerate(rows):
        number = int(row[0].text) if row[0].kind is NUMBER and row[0].text.isdecimal() and len(row) > 1 else None
        if run and (number is None or number - 1 != last):
            yield run
            run = []
        if number is not None:
            run.append(index)
        last = number
    if run:
        yield run


def find_counters(tokens: Sequence[CellToken], starts: Sequence[int]) -> dict[int, int]:
    """For labels of rows the place of the number before each that counts it, where such numbers count nearly all.

    The first one has no row before it, whose value it could be. Of a group's label and its first row's, one is
    counted.

    Args:
        tokens: Of a text.
        starts: Where the labels begin, in order.
    """
    found: dict[int, int] = {}
    last = 0
    for start in starts:
        at = start - 1
        while at > 0 and tokens[at].kind is BLANK and tokens[at].line == tokens[start].line:
            at -= 1
        text = tokens[at].text if at >= 0 and tokens[at].kind is NUMBER else ""
        if text in (str(last + 1), "1"):
            found[start], last = at, int(text)
        elif not found:
            break
    return found if len(found) >= max(_LEAST, _NEARLY * len(starts)) else {}


def counting_cells(lines: Sequence[Line]) -> set[int]:
    """Identities of the cells that count the rows of a grid: the numbers of its first column, each one more."""
    columns: dict[int, list[Cell]] = {}
    for line in lines:
        first = line.numbers[0] if line.numbers else None
        if first is not None and first.column == 0 and first.text.isdecimal():
            columns.setdefault(id(line.grid), []).append(first)
    return {
        id(cell)
        for cells in columns.values()
        if len(cells) >= _LEAST_CELLS
        and all(int(below.text) == int(above.text) + 1 for above, below in pairwise(cells))
        for cell in cells
    }
