"""Text whose cells stand under one another: where a cell begins says which column it is, so blanks can be seen.

inscriptis, pandoc and ``pdftotext -layout`` set every cell of a column at the same display column, and leave nothing
space where a cell is blank. Putting the blanks back as tokens lets the rest of the reading treat such a row like one
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gouji.normalizer.cells import RESTORED, CellKind, CellToken
from gouji.text.width import text_width

Measure = Callable[[CellToken, Sequence[str]], tuple[int, int]]
"""Where a token begins and ends in its line."""

_LEAST_LINES = 3
_LEAST_CELLS = 2
_MOST_COLUMNS = 40


def restore_blanks(tokens: Sequence[CellToken], lines: Sequence[str]) -> list[CellToken]:
    """Add blank tokens where a line leaves a column empty, in every block of lines that is set in columns.

    Args:
        tokens: In reading order.
        lines: The lines they were cut from.
    """
    if not any("  " in line and _is_aligned(line) for line in lines):
        return list(tokens)
    done: list[CellToken] = []
    for block, is_table in _blocks(tokens, lines):
        found = _columns_of(block, lines) if is_table else None
        if found is None:
            done.extend(token for row in block for token in row)
        else:
            measure, columns = found
            for row in block:
                done.extend(_with_blanks(row, [measure(token, lines)[0] for token in row], columns))
    return done


def _blocks(tokens: Sequence[CellToken], lines: Sequence[str]) -> Iterator[tuple[list[list[CellToken]], bool]]:
    """Runs of neighbouring lines that bare spaces cut, and everything else."""
    block: list[list[CellToken]] = []
    last_is_table = False
    for row in _rows(tokens):
        line = lines[row[0].line]
        is_table = _is_aligned(line)
        is_table = is_table or (last_is_table and len(row) == 1 and line[:1] == " " and row[0].gap == 0)
        if block and (is_table != last_is_table or (is_table and row[0].gap > 1)):
            yield block, last_is_table
            block = []
        block.append(row)
        last_is_table = is_table
    if block:
        yield block, last_is_table


def _is_aligned(line: str) -> bool:
    """Whether nothing but wide gaps parts the texts of a line."""
    return "  " in line.strip() and "|" not in line and "\t" not in line


def _rows(tokens: Sequence[CellToken]) -> Iterator[list[CellToken]]:
    row: list[CellToken] = []
    for token in tokens:
        if row and row[0].line != token.line:
            yield row
            row = []
        row.append(token)
    if row:
        yield row


def _columns_of(block: Sequence[Sequence[CellToken]], lines: Sequence[str]) -> tuple[Measure, list[int]] | None:
    """Where cells begin, on a terminal or in characters; ``None`` when some cell reaches into the next column."""
    if sum(1 for row in block if len(row) >= _LEAST_CELLS) < _LEAST_LINES:
        return None
    best: tuple[Measure, list[int]] | None = None
    for measure in (_displayed, _counted):
        extents = [measure(token, lines) for row in block for token in row]
        starts = sorted({start for start, _ in extents})
        following = dict(zip(starts, [*starts[1:], 10**9], strict=True))
        if len(starts) <= _MOST_COLUMNS and all(end <= following[start] for start, end in extents):
            best = min(best or (measure, starts), (measure, starts), key=lambda found: len(found[1]))
    return best


def _counted(token: CellToken, lines: Sequence[str]) -> tuple[int, int]:
    del lines
    return token.column, token.column + len(token.text)


def _displayed(token: CellToken, lines: Sequence[str]) -> tuple[int, int]:
    start = text_width(lines[token.line][: token.column])
    return start, start + text_width(token.text)


def _with_blanks(row: Sequence[CellToken], starts: Sequence[int], columns: Sequence[int]) -> Iterator[CellToken]:
    by_start = dict(zip(starts, row, strict=True))
    end = row[-1].column + len(row[-1].text)
    for nth, start in enumerate(columns):
        token = by_start.get(start)
        if token is not None:
            yield token._replace(nth=nth)
        else:
            yield CellToken("", CellKind.BLANK, row[0].line, end, RESTORED, nth)
