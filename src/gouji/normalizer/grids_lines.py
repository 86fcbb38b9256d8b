"""Which rows of which grids belong to which statutory table: every row votes with its labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gouji.model.raw import Block, Cell, Grid, TextBlock
from gouji.normalizer.grids_vocab import NO_HITS, UNSEEN, VALUE, Hits, Lexicon, is_damaged, is_value
from gouji.text.numbers import is_unit


class Line:
    """One grid row, with what its cells may be.

    Attributes:
        grid: The grid it stands in.
        block: Index of that grid in the document.
        row: 0-based row in the grid.
        cells: Cells of the row, also those that span from above; not those that hold the unit of others.
        labelled: Those of them that are labels of the form, with what they may be.
        own: The labels that start in this row.
        heads: Whether one of those may be a header's or a title.
        words: Its cells with words in them, known ones or not.
        numbers: The cells that start in this row in which something like a value is printed.
        sound: Whether no piece of markup stands in any cell of its grid.
        units: The units that stand in cells of their own.
        caption: The short line above its grid, if there is one.
    """

    __slots__ = (
        "_known", "block", "caption", "cells", "grid", "heads", "labelled", "numbers", "own", "row", "sound", "units",
        "words",
    )  # fmt: skip

    def __init__(self, grid: Grid, block: int, row: int, *, words: Lexicon, sound: bool) -> None:
        self.grid = grid
        self.block = block
        self.row = row
        self.cells = grid.by_row[row]
        self.sound = sound
        self._known = known = words.hits
        self.labelled: list[tuple[Cell, Hits]] = []
        self.own: list[tuple[Cell, Hits]] = []
        self.heads = False
        self.words: list[Cell] = []
        self.numbers: list[Cell] = []
        self.units: list[str] = []
        self.caption = ""
        for cell in self.cells:
            text = cell.text
            if not text:
                continue
            hits = VALUE if text.isdigit() else known[text]  # most are numbers, and need not be looked up
            if hits is VALUE:
                if cell.row == row:
                    self.numbers.append(cell)
                continue
            if hits is NO_HITS:
                if is_unit(text):
                    self.units.append(text)
                    continue
            elif hits is UNSEEN:
                continue
            else:
                self.labelled.append((cell, hits))
                if cell.row == row:
                    self.own.append((cell, hits))
                    self.heads = self.heads or hits.heads
            self.words.append(cell)
        if self.units:
            self.cells = tuple(cell for cell in self.cells if not is_unit(cell.text))

    def hits(self, cell: Cell) -> Hits:
        """What a cell of this row may be."""
        return self._known[cell.text]


@dataclass(kw_only=True)
class Segment:
    """Consecutive lines that belong to one table."""

    table: str
    lines: list[Line] = field(default_factory=list)


def read_segments(blocks: Sequence[Block], words: Lexicon) -> list[Segment]:
    """Part the rows of all grids into runs that belong to one table each; rows of other tables are left out."""
    segments: list[Segment] = []
    last = -2
    for index, grid in grids_of(blocks):
        runs = _vote(grid, index, words)
        if not runs and segments and _follows(blocks, last, index) and _like_a_rest(grid):
            segments[-1].lines.extend(read_lines(grid, index, words))
            last = index
            continue
        caption = _caption(blocks, index) if runs else ""
        for line in runs[0].lines if caption else ():
            line.caption = caption
        for run in runs:
            if segments and segments[-1].table == run.table:
                segments[-1].lines.extend(run.lines)
            else:
                segments.append(run)
        if runs:
            last = index
    return segments


def _caption(blocks: Sequence[Block], index: int) -> str:
    """The line right above a grid, if it is short."""
    above = blocks[index - 1] if index else None
    return above.text if isinstance(above, TextBlock) and len(above.text) <= _CAPTION else ""


def grids_of(blocks: Sequence[Block]) -> Iterator[tuple[int, Grid]]:
    """The grids with their indices."""
    return ((index, block) for index, block in enumerate(blocks) if isinstance(block, Grid))


def read_lines(grid: Grid, block: int, words: Lexicon) -> list[Line]:
    """The rows of a grid."""
    sound = not is_damaged("\t".join([cell.text for cell in grid.cells]))
    return [Line(grid, block, row, words=words, sound=sound) for row in range(grid.rows)]


def _vote(grid: Grid, block: int, words: Lexicon) -> list[Segment]:
    """Runs of rows; a row without a vote goes with the row above it, the first ones with the row below."""
    if not any(words.hits[cell.text].table for cell in grid.cells):
        return []
    runs: list[Segment] = []
    waiting: list[Line] = []
    for line in read_lines(grid, block, words):
        table = _speaks_for(line)
        if table is None and not runs:
            waiting.append(line)
            continue
        if table is None or (runs and runs[-1].table == table):
            runs[-1].lines.append(line)
        else:
            runs.append(Segment(table=table, lines=[*waiting, line]))
            waiting = []
    return runs


def _speaks_for(line: Line) -> str | None:
    """The table of which the labels of a row are, or most of them."""
    table = None
    for _, hits in line.own:
        if hits.table != table and hits.table is not None:
            if table is not None:
                return _most_voted(line)
            table = hits.table
    return table


def _most_voted(line: Line) -> str | None:
    """The table of most of the labels of a row; nothing when two have as many."""
    votes = Counter([hits.table for _, hits in line.own if hits.table is not None])
    (table, most), (_, next_most) = votes.most_common(2)
    return None if next_most == most else table


_PASSING = 60
_CAPTION = 40


def _follows(blocks: Sequence[Block], last: int, index: int) -> bool:
    """Whether nothing but page numbers and running heads stands between two blocks."""
    if last < 0:
        return False
    between = blocks[last + 1 : index]
    return all(not isinstance(block, Grid) and len(block.text) <= _PASSING for block in between) and len(between) <= 4


def _like_a_rest(grid: Grid) -> bool:
    """Whether a grid without any known label could be the rest of a table: mostly values."""
    texts = [cell.text for cell in grid.cells]
    values = sum(1 for text in texts if is_value(text))
    return values * 2 >= len(texts) and any(text and is_value(text) for text in texts)
