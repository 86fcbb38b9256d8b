"""Word table rows to a rectangular grid: column edges from the spans, slivers fused, vertical merges followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.model.raw import Cell, Grid
from gouji.model.source import Where

SLIVER = 120
"""Twips. A column narrower than 2 mm holds no figure: it is the trace of a border dragged or of a round trip."""
_SLACK = (360, 240)
"""Wider gaps between borders that nearly line up, fused only where no cell would lose its only column."""


@dataclass(slots=True)
class WordCell:
    """One ``w:tc``: its text and grid columns as written (0-based, half-open), and its place in a vertical merge.

    Attributes:
        merge: ``""`` for none, ``"start"``, or ``"go on"``.
        text: Its paragraphs, divided by line breaks.
        left: First grid column.
        right: Column after the last.
    """

    text: str
    left: int
    right: int
    merge: str = ""


@dataclass(slots=True)
class WordTable:
    """The rows of a ``w:tbl`` and the widths of its grid columns (twips; may be missing or too few)."""

    rows: list[list[WordCell]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)


def resolve_table(table: WordTable, *, number: int, nested: bool = False) -> tuple[Grid, tuple[str, ...]]:
    """Resolve to a :class:`Grid`, whose places are 1-based in ``where``.

    Returns:
        The grid, and the texts of cells that a vertical merge hides (Word does not print them).

    >>> cells = [
    ...     [WordCell("a", 0, 1, "start"), WordCell("b", 1, 2)],
    ...     [WordCell("", 0, 1, "go on"), WordCell("c", 1, 2)],
    ... ]
    >>> grid, _ = resolve_table(WordTable(rows=cells, widths=[900, 900]), number=1)
    >>> [(cell.text, cell.rowspan) for cell in grid.cells]
    [('a', 2), ('b', 1), ('c', 1)]
    """
    places = _places(table)
    hidden: list[str] = []
    cells: list[_Placed] = []
    above: dict[int, _Placed] = {}
    for index, row in enumerate(table.rows):
        below: dict[int, _Placed] = {}
        free = 0
        for cell in row:
            left, right = max(places[cell.left], free), places[cell.right]
            if right <= left:
                if not cell.text.strip():
                    continue
                right = left + 1  # cannot happen after fusing; never lose a text
            free = right
            start = above.get(left) if cell.merge == "go on" else None
            if start is not None and start.right == right:
                start.bottom = index + 1
                if cell.text.strip():
                    hidden.append(cell.text)
            else:
                start = _Placed(cell.text, index, index + 1, left, right)
                cells.append(start)
            if cell.merge:
                below[left] = start
        above = below
    columns = max((cell.right for cell in cells), default=0)
    place = Where(table=number)
    grid = Grid(
        cells=tuple(cell.finish(number) for cell in cells),
        rows=len(table.rows),
        columns=columns,
        where=place,
        nested=nested,
    )
    return grid, tuple(hidden)


@dataclass(slots=True)
class _Placed:
    text: str
    top: int
    bottom: int
    left: int
    right: int

    def finish(self, table: int) -> Cell:
        return Cell(
            text=self.text,
            row=self.top,
            column=self.left,
            rowspan=self.bottom - self.top,
            colspan=self.right - self.left,
            where=Where(table=table, row=self.top + 1, column=self.left + 1),
        )


def _places(table: WordTable) -> dict[int, int]:
    """For every column edge as written the edge it becomes: unused edges vanish, edges that nearly coincide are one."""
    last = max((cell.right for row in table.rows for cell in row), default=0)
    used = sorted({edge for row in table.rows for cell in row for edge in (cell.left, cell.right)})
    at = _positions(table.widths, last)
    kept = list(range(len(used)))
    if at is not None:
        for slack in (*_SLACK, SLIVER):
            fused = _fuse([at[edge] for edge in used], slack)
            if not _collapsed(table.rows, used, fused):
                kept = fused
                break
        else:
            kept = _fuse_slivers(table.rows, used, [at[edge] for edge in used])
    return dict(zip(used, kept, strict=True))


def _positions(widths: Sequence[int], last: int) -> list[int] | None:
    """Twips of every edge; ``None`` when the widths are missing, too few, or plainly not widths."""
    if len(widths) < last or last == 0:
        return None
    if sum(width < SLIVER for width in widths[:last]) * 2 > last:
        return None
    at = [0]
    for width in widths[:last]:
        at.append(at[-1] + max(width, 0))
    return at


def _fuse(at: Sequence[int], slack: int) -> list[int]:
    """Number the edges, one number for those closer than ``slack``.

    >>> _fuse([0, 900, 910, 2000], 120)
    [0, 1, 1, 2]
    """
    numbers = [0]
    for before, here in pairwise(at):
        numbers.append(numbers[-1] + (here - before >= slack))
    return numbers


def _collapsed(rows: Sequence[Sequence[WordCell]], used: Sequence[int], numbers: Sequence[int]) -> bool:
    """Whether any cell would be left without a column; an empty one as narrow as a sliver may be."""
    number = dict(zip(used, numbers, strict=True))
    return any(number[cell.left] == number[cell.right] for row in rows for cell in row)


def _fuse_slivers(rows: Sequence[Sequence[WordCell]], used: Sequence[int], at: Sequence[int]) -> list[int]:
    """Fuse slivers, but none that is the only place of a text."""
    taken = {(cell.left, cell.right) for row in rows for cell in row if cell.text.strip()}
    numbers = [0]
    for index in range(1, len(used)):
        sliver = at[index] - at[index - 1] < SLIVER and (used[index - 1], used[index]) not in taken
        numbers.append(numbers[-1] + (not sliver))
    return numbers
