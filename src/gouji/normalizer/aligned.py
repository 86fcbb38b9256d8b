"""Text whose cells stand under one another: where a cell begins says which column it is, so blanks can be seen.

inscriptis, pandoc and ``pdftotext -layout`` set every cell of a column at the same display column, and leave nothing
space where a cell is blank. Putting the blanks back as tokens lets the rest of the reading treat such a row like one
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.normalizer.cells import CellKind, CellToken
from gouji.text.width import text_width

_LEAST_LINES = 3
_LEAST_CELLS = 2
_MOST_COLUMNS = 40


def restore_blanks(tokens: Sequence[CellToken], lines: Sequence[str]) -> list[CellToken]:
    """Add blank tokens where a line leaves a column empty, in every block of lines that is set in columns.

    Args:
        tokens: In reading order.
        lines: The lines they were cut from.
    """
    done: list[CellToken] = []
    for block, is_table in _blocks(tokens, lines):
        columns = _columns_of(block, lines) if is_table else None
        if columns is None:
            done.extend(token for row in block for token in row)
        else:
            for row in block:
                done.extend(_with_blanks(row, lines, columns))
    return done


def _blocks(tokens: Sequence[CellToken], lines: Sequence[str]) -> Iterator[tuple[list[list[CellToken]], bool]]:
    """Runs of neighbouring lines that bare spaces cut, and everything else."""
    block: list[list[CellToken]] = []
    last_is_table = False
    for row in _rows(tokens):
        line = lines[row[0].line]
        is_table = "  " in line.strip() and "|" not in line and "\t" not in line
        is_table = is_table or (last_is_table and len(row) == 1 and line[:1] == " " and row[0].gap == 0)
        if block and (is_table != last_is_table or (is_table and row[0].gap > 1)):
            yield block, last_is_table
            block = []
        block.append(row)
        last_is_table = is_table
    if block:
        yield block, last_is_table


def _rows(tokens: Sequence[CellToken]) -> Iterator[list[CellToken]]:
    row: list[CellToken] = []
    for token in tokens:
        if row and row[0].line != token.line:
            yield row
            row = []
        row.append(token)
    if row:
        yield row


def _columns_of(block: Sequence[Sequence[CellToken]], lines: Sequence[str]) -> list[int] | None:
    """Display columns at which cells begin; ``None`` when some cell reaches into the next column."""
    if sum(1 for row in block if len(row) >= _LEAST_CELLS) < _LEAST_LINES:
        return None
    extents = [_extent(token, lines) for row in block for token in row]
    starts = sorted({start for start, _ in extents})
    if len(starts) > _MOST_COLUMNS:
        return None
    following = dict(zip(starts, [*starts[1:], 10**9], strict=True))
    return starts if all(end <= following[start] for start, end in extents) else None


def _extent(token: CellToken, lines: Sequence[str]) -> tuple[int, int]:
    start = text_width(lines[token.line][: token.column])
    return start, start + text_width(token.text)


def _with_blanks(row: Sequence[CellToken], lines: Sequence[str], columns: Sequence[int]) -> Iterator[CellToken]:
    by_start = {_extent(token, lines)[0]: token for token in row}
    end = len(lines[row[0].line])
    for nth, start in enumerate(columns):
        token = by_start.get(start)
        if token is not None:
            yield token._replace(nth=nth)
        else:
            yield CellToken("", CellKind.BLANK, row[0].line, end, 0, nth)
