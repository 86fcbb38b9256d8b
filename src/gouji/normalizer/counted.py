"""Cells parted by one space or one line each, so that a run of spaces, or of empty lines, counts the blank cells in it.

``" ".join(cells)`` leaves two spaces for one blank cell, three for two; a browser that gives up a table's columns
(lynx) writes one space for a blank cell as well, and so three, and five. Where a cell is a line, docx2txt does the same
with empty lines. Where every row of a table counts to its columns, and several do so with blanks, that is no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from gouji.normalizer.cells import BLANK, COUNTED, TEXT, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.placing import parts_of
from gouji.normalizer.rows import StreamRow


class Step(NamedTuple):
    """What parts two cells: so many spaces or lines, and so many more for a blank cell between them."""

    lines: bool
    least: int
    blank: int


_SPACES = (Step(lines=False, least=1, blank=2), Step(lines=False, least=1, blank=1))
_LINES = (
    Step(lines=True, least=1, blank=1),
    Step(lines=True, least=2, blank=2),
    Step(lines=True, least=2, blank=1),
    Step(lines=True, least=3, blank=3),
)
_VALUE_BEHIND = re.compile(r"\s\d\S{0,3}$")
"""A number that was taken for a part of the label."""
_LEAST_ROWS = 3
_LEAST_COLUMNS = 5


def set_by_steps(
    rows: Sequence[StreamRow], stream: Stream, lines: Sequence[str], *, known: Step | None = None
) -> tuple[list[StreamRow], Step | None]:
    """Put the blanks back into rows whose spaces or lines count them.

    Args:
        rows: Of one table.
        stream: The tokens.
        lines: The text.
        known: What parts the cells, as another table of the text shows.

    Returns:
        The rows, as they were where nothing is certain, and what the table shows of what parts its cells.
    """
    done: list[StreamRow] = []
    for _, group in groupby(rows, key=lambda row: row.columns):
        block = list(group)
        known, placed = _set_block(block, stream, lines, known=known)
        done.extend(placed)
    return done, known


def set_row_by_steps(
    cells: Sequence[CellToken], count: int, lines: Sequence[str], *, step: Step
) -> list[CellToken] | None:
    """Put the blanks back into a lone row of values without a label, whose first and last columns are filled.

    Args:
        cells: The row.
        count: Of its columns.
        lines: The text.
        step: What parts the cells.
    """
    values = [part for cell in cells if cell.kind is not BLANK for part in parts_of(cell)]
    if not values or len(values) == count:
        return None
    columns = _columns_of(values, lines, behind=None, step=step)
    return list(_with_blanks(values, columns, count)) if columns is not None and columns[-1] == count - 1 else None


def _set_block(
    block: list[StreamRow], stream: Stream, lines: Sequence[str], *, known: Step | None
) -> tuple[Step | None, list[StreamRow]]:
    count = len(block[0].columns)
    values = [_values_of(row) for row in block]
    short = [len(row) != count for row in values if row]
    worded = sum(bool(row.cells) for row in block) - len(short)
    by_lines = not any(row.inline for row in block)
    if not any(short) or 4 * worded > len(short) or not all(map(_stands_by_itself if by_lines else _is_bare, block)):
        return known, block
    for step in (_LINES if by_lines else _SPACES) if known is None else (known,):
        found = [
            _columns_of(row, lines, behind=stream.tokens[of.label.end - 1], step=step) if row else []
            for of, row in zip(block, values, strict=True)
        ]
        fits = all(columns is not None and columns[-1:] < [count] for columns in found)
        if by_lines:
            fits = fits and all(_fill_room(row, stream, step, last=row is block[-1]) for row in block)
        whole = sum(
            columns is not None and (by_lines or columns[-1:] == [count - 1]) and 0 < len(columns) < count
            for columns in found
        )
        shown = count >= _LEAST_COLUMNS and whole >= _LEAST_ROWS and 2 * whole > sum(short)
        if by_lines:  # rows that are all alike may owe their empty lines to anything
            shown = shown and len({tuple(columns) for columns in found if columns}) >= _LEAST_ROWS
        if fits and (shown or known is not None):
            return step, [
                row._replace(cells=tuple(_with_blanks(cells, columns, count))) if columns else row
                for row, cells, columns in zip(block, values, found, strict=True)
            ]
    return known, block


def _is_bare(row: StreamRow) -> bool:
    """Whether a row is empty, or nothing but spaces part its values, which stand on the line of its label."""
    return not row.cells or (row.inline and row.bare and row.cells[0].line == row.cells[-1].line)


def _stands_by_itself(row: StreamRow) -> bool:
    """Whether every value of a row has a line of its own, below the label's, and no mark shows a blank cell."""
    return (
        row.bare
        and all(cell.kind is not BLANK for cell in row.cells)
        and all(before.line < after.line for before, after in pairwise(row.cells))
    )


def _fill_room(row: StreamRow, stream: Stream, step: Step, *, last: bool) -> bool:
    """Whether as many cells as the row has columns find room between its label and the next text.

    Below the last row the room may be larger, and the text may end.
    """
    tokens = stream.tokens
    below = next((token for token in tokens[row.label.end :] if token.kind is TEXT), None)
    if below is None:
        return last
    shown = [tokens[row.label.end - 1], *(cell for cell in row.cells if cell.kind is not BLANK), below]
    found = [_blanks_between(before, after, step=step) for before, after in pairwise(shown)]
    if None in found:
        return False
    room = len(shown) - 2 + sum(filter(None, found))
    return room == len(row.columns) or (last and room > len(row.columns))


def _values_of(row: StreamRow) -> list[CellToken]:
    """The values of a row; none where words stand among them."""
    values = [part for cell in row.cells if cell.kind is not BLANK for part in parts_of(cell)]
    return values if all(value.kind is not TEXT for value in values) else []


def _columns_of(
    values: Sequence[CellToken], lines: Sequence[str], *, behind: CellToken | None, step: Step
) -> list[int] | None:
    """The column of each value, by the spaces before it; ``None`` where they do not come out even.

    Args:
        values: Of a row.
        lines: The text.
        behind: What the first column stands behind; without it, the first value is in the first column.
        step: What parts the cells.
    """
    if behind is not None and _VALUE_BEHIND.search(behind.text):
        return None
    columns = [] if behind is not None else [0]
    for before, after in pairwise(values if behind is None else (behind, *values)):
        blanks = _blanks_between(before, after, step=step, lines=lines)
        if blanks is None:
            return None
        columns.append((columns[-1] if columns else -1) + 1 + blanks)
    return columns


def _blanks_between(before: CellToken, after: CellToken, *, step: Step, lines: Sequence[str] = ()) -> int | None:
    """How many blank cells stand between two; ``None`` where what parts them does not come out even."""
    if step.lines:
        wide = after.line - before.line
    elif before.line == after.line:
        gap = lines[after.line][before.column + len(before.text) : after.column]
        wide = 0 if gap.strip(" ") else len(gap)
    else:
        return None
    blanks, over = divmod(wide - step.least, step.blank)
    return blanks if blanks >= 0 and not over else None


def _with_blanks(values: Sequence[CellToken], columns: Sequence[int], count: int) -> Iterator[CellToken]:
    by_column = dict(zip(columns, values, strict=True))
    last = values[-1]
    for column in range(count):
        cell = by_column.get(column)
        yield (cell or CellToken("", BLANK, last.line, last.column + len(last.text), COUNTED, 0))._replace(nth=column)
