"""Cells parted by one space each, so that a run of spaces counts the blank cells in it.

``" ".join(cells)`` leaves two spaces for one blank cell, three for two; a browser that gives up a table's columns
(lynx) writes one space for a blank cell as well, and so three, and five. Where every row of a table counts to its
columns, and several do so with blanks, that is no chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from gouji.normalizer.cells import BLANK, COUNTED, TEXT, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.placing import parts_of
from gouji.normalizer.rows import StreamRow

_STEPS = (2, 1)
"""Spaces that a blank cell adds: its own and the next one's, or only that."""
_VALUE_BEHIND = re.compile(r"\s\d\S{0,3}$")
"""A number that was taken for a part of the label."""
_LEAST_ROWS = 3
_LEAST_COLUMNS = 5


def set_by_spaces(
    rows: Sequence[StreamRow], stream: Stream, lines: Sequence[str], *, known: int | None = None
) -> tuple[list[StreamRow], int | None]:
    """Put the blanks back into rows whose spaces count them.

    Args:
        rows: Of one table.
        stream: The tokens.
        lines: The text.
        known: Spaces that a blank cell adds, as another table of the text shows.

    Returns:
        The rows, as they were where nothing is certain, and what the table shows of its spaces.
    """
    done: list[StreamRow] = []
    for _, group in groupby(rows, key=lambda row: row.columns):
        block = list(group)
        known, placed = _set_block(block, stream, lines, known=known)
        done.extend(placed)
    return done, known


def set_row_by_spaces(
    cells: Sequence[CellToken], count: int, lines: Sequence[str], *, step: int
) -> list[CellToken] | None:
    """Put the blanks back into a lone row of values without a label, whose first and last columns are filled.

    Args:
        cells: The row.
        count: Of its columns.
        lines: The text.
        step: Spaces that a blank cell adds.
    """
    values = [part for cell in cells if cell.kind is not BLANK for part in parts_of(cell)]
    if not values or len(values) == count or values[0].line != values[-1].line:
        return None
    columns = _columns_of(values, lines, behind=None, step=step)
    return list(_with_blanks(values, columns, count)) if columns is not None and columns[-1] == count - 1 else None


def _set_block(
    block: list[StreamRow], stream: Stream, lines: Sequence[str], *, known: int | None
) -> tuple[int | None, list[StreamRow]]:
    count = len(block[0].columns)
    values = [_values_of(row) for row in block]
    short = [len(row) != count for row in values if row]
    worded = sum(bool(row.cells) for row in block) - len(short)
    if not any(short) or 4 * worded > len(short) or not all(map(_is_bare, block)):
        return known, block
    for step in _STEPS if known is None else (known,):
        found = [
            _columns_of(row, lines, behind=stream.tokens[of.label.end - 1], step=step) if row else []
            for of, row in zip(block, values, strict=True)
        ]
        fits = all(columns is not None and columns[-1:] < [count] for columns in found)
        whole = sum(columns is not None and columns[-1:] == [count - 1] and len(columns) < count for columns in found)
        shown = count >= _LEAST_COLUMNS and whole >= _LEAST_ROWS and 2 * whole > sum(short)
        if fits and (shown or known is not None):
            return step, [
                row._replace(cells=tuple(_with_blanks(cells, columns, count))) if columns else row
                for row, cells, columns in zip(block, values, found, strict=True)
            ]
    return known, block


def _is_bare(row: StreamRow) -> bool:
    """Whether a row is empty, or nothing but spaces part its values, which stand on the line of its label."""
    return not row.cells or (row.inline and row.bare and row.cells[0].line == row.cells[-1].line)


def _values_of(row: StreamRow) -> list[CellToken]:
    """The values of a row; none where words stand among them."""
    values = [part for cell in row.cells if cell.kind is not BLANK for part in parts_of(cell)]
    return values if all(value.kind is not TEXT for value in values) else []


def _columns_of(
    values: Sequence[CellToken], lines: Sequence[str], *, behind: CellToken | None, step: int
) -> list[int] | None:
    """The column of each value, by the spaces before it; ``None`` where they do not come out even.

    Args:
        values: Of a row.
        lines: The text.
        behind: What the first column stands behind; without it, the first value is in the first column.
        step: Spaces that a blank cell adds.
    """
    if behind is not None and _VALUE_BEHIND.search(behind.text):
        return None
    columns = [] if behind is not None else [0]
    for before, after in pairwise(values if behind is None else (behind, *values)):
        gap = lines[after.line][before.column + len(before.text) : after.column]
        if not gap or gap.strip(" ") or (len(gap) - 1) % step:
            return None
        columns.append((columns[-1] if columns else -1) + 1 + (len(gap) - 1) // step)
    return columns


def _with_blanks(values: Sequence[CellToken], columns: Sequence[int], count: int) -> Iterator[CellToken]:
    by_column = dict(zip(columns, values, strict=True))
    last = values[-1]
    for column in range(count):
        cell = by_column.get(column)
        yield (cell or CellToken("", BLANK, last.line, last.column + len(last.text), COUNTED, 0))._replace(nth=column)
