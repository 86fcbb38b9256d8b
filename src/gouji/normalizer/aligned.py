"""Text whose cells stand under one another: where a cell begins says which column it is, so blanks can be seen.

inscriptis, pandoc and ``pdftotext -layout`` set every cell of a column at the same display column, and leave nothing
space where a cell is blank. Putting the blanks back as tokens lets the rest of the reading treat such a row like one
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from gouji.normalizer.cells import BLANK, RESTORED, CellToken
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
    if not any(map(is_aligned, lines)):
        return list(tokens)
    blocks = [(block, _columns_of(block, lines) if is_table else {}) for block, is_table in _blocks(tokens, lines)]
    usual = _usual_measure([found for _, found in blocks])
    done: list[CellToken] = []
    for block, found in blocks:
        starts = _starts_of(block, found, lines, usual=usual)
        if starts is None:
            done.extend(token for row in block for token in row)
        else:
            columns = sorted({start for row in starts for start in row})
            for row, begins in zip(block, starts, strict=True):
                done.extend(_with_blanks(row, begins, columns))
    return done


def _usual_measure(found: Sequence[Mapping[Measure, list[int]]]) -> Measure | None:
    """By which measure most blocks are set that can be told: under the right one, cells begin at fewer places."""
    votes = Counter(best[0] for one in found if len(best := _fewest(one)) == 1)
    ranked = votes.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _fewest(found: Mapping[Measure, list[int]]) -> list[Measure]:
    least = min(map(len, found.values()), default=0)
    return [measure for measure, starts in found.items() if len(starts) == least]


def _starts_of(
    block: Sequence[Sequence[CellToken]],
    found: Mapping[Measure, list[int]],
    lines: Sequence[str],
    *,
    usual: Measure | None,
) -> list[list[int]] | None:
    """Where every token of a block begins; ``None`` where it has no columns, or two measures set them differently."""
    best = _fewest(found)
    if usual in best:
        best = [usual]
    ways = [[[measure(token, lines)[0] for token in row] for row in block] for measure in best]
    if not ways or any(_ranked(way) != _ranked(ways[0]) for way in ways):
        return None
    return ways[0]


def _ranked(starts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same, with the number of the column instead of its place."""
    order = {start: number for number, start in enumerate(sorted({start for row in starts for start in row}))}
    return [[order[start] for start in row] for row in starts]


def _blocks(tokens: Sequence[CellToken], lines: Sequence[str]) -> Iterator[tuple[list[list[CellToken]], bool]]:
    """Runs of neighbouring lines that bare spaces cut, and everything else."""
    block: list[list[CellToken]] = []
    last_is_table = False
    for row in _rows(tokens):
        line = lines[row[0].line]
        is_table = is_aligned(line) and all(token.kind is not BLANK for token in row)  # else it is cut by columns
        is_table = is_table or (last_is_table and len(row) == 1 and line[:1] == " " and row[0].gap == 0)
        if block and (is_table != last_is_table or (is_table and row[0].gap > 1)):
            yield block, last_is_table
            block = []
        block.append(row)
        last_is_table = is_table
    if block:
        yield block, last_is_table


def is_aligned(line: str) -> bool:
    """Whether nothing but wide gaps parts the texts of a line."""
    return "  " in line and "  " in line.strip() and "|" not in line and "\t" not in line


def _rows(tokens: Sequence[CellToken]) -> Iterator[list[CellToken]]:
    row: list[CellToken] = []
    for token in tokens:
        if row and row[0].line != token.line:
            yield row
            row = []
        row.append(token)
    if row:
        yield row


def _columns_of(block: Sequence[Sequence[CellToken]], lines: Sequence[str]) -> dict[Measure, list[int]]:
    """Where cells begin, on a terminal and in characters; neither where some cell reaches into the next column."""
    found: dict[Measure, list[int]] = {}
    if sum(1 for row in block if len(row) >= _LEAST_CELLS) < _LEAST_LINES:
        return found
    for measure in (_displayed, _counted):
        extents = [measure(token, lines) for row in block for token in row]
        starts = sorted({start for start, _ in extents})
        following = dict(zip(starts, [*starts[1:], 10**9], strict=True))
        if len(starts) <= _MOST_COLUMNS and all(end <= following[start] for start, end in extents):
            found[measure] = starts
    return found


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
            yield CellToken("", BLANK, row[0].line, end, RESTORED, nth)
