"""Numbers of tables that were not found: a report that lacks a table, or rows of one, may print them otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.forms import Form
from gouji.model.raw import Grid, Lines, RawDocument, read_lines
from gouji.model.report import Leftover
from gouji.normalizer.cells import MARK, NUMBER, CellToken, read_cells
from gouji.normalizer.reading import TableReading
from gouji.normalizer.stream import vocabulary_of
from gouji.text.numbers import is_number_like

_LEAST = 2
"""So many numbers make a table."""


def find_unread(document: RawDocument, readings: Sequence[TableReading], forms: Sequence[Form]) -> list[Leftover]:
    """The numbers of grids that no reading used, and of rows of text outside the tables that were read.

    Args:
        document: What the reader saw.
        readings: The tables that were found.
        forms: The editions that were looked for.
    """
    used = {block for reading in readings for block in reading.blocks}
    grids = [block for index, block in enumerate(document.blocks) if isinstance(block, Grid) and index not in used]
    found = [leftover for grid in grids for leftover in _of_grid(grid)]
    lines = read_lines(document)
    taken = {index for reading in readings if reading.lines for index in range(*reading.lines)}
    tokens = read_cells(lines.texts, is_label=vocabulary_of(forms).is_label)
    numbers = (token for token in _in_rows(tokens, lines) if token.line not in taken)
    return [*found, *(Leftover(raw=token.text, where=lines.where(token.line, token.column)) for token in numbers)]


def _of_grid(grid: Grid) -> list[Leftover]:
    found = [
        Leftover(raw=cell.text, where=cell.where)
        for cell in grid.cells
        if is_number_like(cell.text) and any(char.isdigit() for char in cell.text)
    ]
    return found if len(found) >= _LEAST else []


def _in_rows(tokens: Sequence[CellToken], lines: Lines) -> Iterator[CellToken]:
    """The numbers that stand between marks, or next to other values; one alone in a line may be that of a page."""
    beside: set[int] = set()
    for index, (left, right) in enumerate(pairwise(tokens)):
        if left.kind in _VALUES and right.kind in _VALUES and right.gap <= 1:
            beside |= {index, index + 1}
    for index, token in enumerate(tokens):
        if token.kind is NUMBER and (index in beside or _is_divided(lines.texts[token.line])):
            yield token


_VALUES = (NUMBER, MARK)


def _is_divided(line: str) -> bool:
    return "|" in line or "\t" in line
