"""Values that stand under the labels of their columns, centred or flush: where they stand says which column is blank.

lynx and other programs centre every cell, so that no two values of a column begin at the same place and
:mod:`gouji.normalizer.aligned` sees no columns. The header still does: the middle of a value is that of its label.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from gouji.normalizer.cells import BLANK, RESTORED, SEEN, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.edition import HEAD_REACH
from gouji.normalizer.placing import Placement, parts_of
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.vocabulary import Match
from gouji.text.width import text_width

_LEAST_ROWS = 3
_LEAST_CELLS = 8
_LEAST_COLUMNS = 3
"""So much must agree before a place means a column; less may be chance."""
_APART = 4
"""Half columns between the labels of neighbouring columns, at least."""


class Setting(NamedTuple):
    """How values stand under their labels.

    Attributes:
        displayed: Places are columns of a terminal, on which a Chinese character takes two; else they are characters.
        begin: How much the beginning of a text counts.
        end: How much its end counts; both for centred text, in half columns.
        slack: By how many half columns a value may miss its label.
        shift: By how many half columns all values stand right of their labels.
    """

    displayed: bool
    begin: int
    end: int
    slack: int
    shift: int = 0


_SETTINGS = tuple(
    Setting(displayed, *edges, shift)
    for shift in (0, 2, -2)
    for displayed in (True, False)
    for edges in ((1, 1, 1), (2, 0, 0), (0, 2, 0))
)


def set_under_heads(
    rows: Sequence[StreamRow], stream: Stream, lines: Sequence[str], *, known: Setting | None = None
) -> tuple[list[StreamRow], Setting | None]:
    """Put the blanks back into rows whose values stand under the labels of their columns.

    Args:
        rows: Of one table.
        stream: The tokens.
        lines: The text.
        known: How another table of the text is set.

    Returns:
        The rows, as they were where nothing is certain, and how the table is set when it shows that.
    """
    done: list[StreamRow] = []
    shown: Setting | None = None
    for _, group in groupby(rows, key=lambda row: (row.columns, row.head)):
        block = list(group)
        setting, placed = _set_block(block, stream, lines, known=known or shown)
        shown = shown or setting
        done.extend(placed)
    return done, shown


def _set_block(
    block: list[StreamRow], stream: Stream, lines: Sequence[str], *, known: Setting | None
) -> tuple[Setting | None, list[StreamRow]]:
    count = len(block[0].columns)
    short = any(sum(cell.kind is not BLANK for cell in row.cells) != count for row in block)
    if not short or not all((row.inline or not row.cells) and row.bare for row in block):
        return None, block
    heads = _heads_of(block[0], stream)
    if heads is None:
        return None, block
    values = [[part for cell in row.cells for part in parts_of(cell)] for row in block]
    for setting in _SETTINGS:
        if known in (None, setting):
            places = [_place(token, lines, setting) for token in heads]
            found = [_columns_under(row, places, lines=lines, setting=setting) for row in values]
            if all(column is not None for column in found) and (known or _is_enough([row for row in found if row])):
                return setting, [
                    row._replace(cells=tuple(_with_blanks(cells, columns, count)))
                    for row, cells, columns in zip(block, values, found, strict=True)
                    if columns is not None
                ]
    return None, block


def set_one_row(
    cells: Sequence[CellToken], heads: Sequence[CellToken], *, lines: Sequence[str], known: Setting | None
) -> list[CellToken] | None:
    """Put the blanks back into a lone row of values, all on one line.

    Args:
        cells: The row.
        heads: The labels of its columns, in any order.
        lines: The text.
        known: How another table of the text is set; without it, a row of this length must fit by itself.

    Returns:
        A cell for every label, from left to right; ``None`` where nothing is certain.
    """
    if sum(cell.kind is not BLANK for cell in cells) == len(heads):
        return None
    values = [part for cell in cells for part in parts_of(cell)]
    if len({cell.line for cell in values if cell.kind is not BLANK}) != 1:
        return None
    for setting in _SETTINGS:
        if known in (None, setting):
            places = sorted(_place(token, lines, setting) for token in heads)
            columns = _columns_under(values, places, lines=lines, setting=setting)
            if columns is not None and (known or len(columns) >= _LEAST_CELLS):
                return list(_with_blanks(values, columns, len(heads)))
    return None


def _is_enough(rows: Sequence[Sequence[int]]) -> bool:
    cells = [column for row in rows for column in row]
    return len(rows) >= _LEAST_ROWS and len(cells) >= _LEAST_CELLS and len(set(cells)) >= _LEAST_COLUMNS


def _heads_of(row: StreamRow, stream: Stream) -> list[CellToken] | None:
    """The label of every column above a row, each on one line; ``None`` if one is not, or stands there twice."""
    table = row.label.item.table
    found: dict[str, CellToken] = {}
    start = row.head[0] if row.head else max(0, row.label.start - HEAD_REACH)
    first = bisect_left(stream.columns, start)
    for index in reversed(stream.columns[first : bisect_left(stream.columns, row.label.start)]):
        for token, match in labels_at(index, stream):
            keys = {item.key for item in match.columns if item.table == table}
            for column in row.columns:
                if column.key in keys:
                    if column.key in found:
                        return None
                    found[column.key] = token
    heads = [found[column.key] for column in row.columns if column.key in found]
    return heads if len(heads) == len(row.columns) else None


def labels_at(index: int, stream: Stream) -> Iterator[tuple[CellToken, Match]]:
    """The label that a token is, or else the one that it begins, its pieces on one line (``总 计``) as one token."""
    first, match = stream.tokens[index], stream.matches[index]
    if match is not None:
        yield first, match
        return
    for end, joined in stream.joined.get(index, ()):
        last = stream.tokens[end - 1]
        if last.line == first.line:
            gap = last.column - first.column - len(first.text)
            yield first._replace(text=first.text + " " * gap + last.text), joined


def _place(token: CellToken, lines: Sequence[str], setting: Setting) -> int:
    """Where a token stands, in half columns."""
    measure = text_width if setting.displayed else len
    begin = measure(lines[token.line][: token.column])
    return begin * setting.begin + (begin + measure(token.text)) * setting.end


def _columns_under(
    cells: Sequence[CellToken], places: Sequence[int], *, lines: Sequence[str], setting: Setting
) -> list[int] | None:
    """The column each value of a row stands under; ``None`` when one stands between, or two under the same."""
    if any(after - before < _APART for before, after in pairwise(places)):
        return None
    found: list[int] = []
    for cell in cells:
        if cell.kind is BLANK:
            continue
        at = _place(cell, lines, setting) - setting.shift
        under = min(range(len(places)), key=lambda column: abs(places[column] - at))
        if abs(places[under] - at) > setting.slack or (found and under <= found[-1]):
            return None
        found.append(under)
    return found


def _with_blanks(cells: Sequence[CellToken], columns: Sequence[int], count: int) -> Iterator[CellToken]:
    filled = [cell for cell in cells if cell.kind is not BLANK]
    by_column = dict(zip(columns, filled, strict=True))
    last = filled[-1] if filled else None
    for column in range(count):
        cell = by_column.get(column)
        if cell is not None:
            yield cell._replace(nth=column)
        elif last is not None:
            yield CellToken("", BLANK, last.line, last.column + len(last.text), SEEN, column)


def misses_labels(row: StreamRow, option: Placement, *, stream: Stream, lines: Sequence[str]) -> bool:
    """Whether some value of a row stands nearer to the label of another column than to its own.

    On a terminal as well as in characters; on one of them is enough where the lines show more columns than the table
    has. Without labels to compare, places found by comparing lines prove nothing.
    """
    labels = [_label_of(column.key, row, stream) for column in row.columns]
    found = [(token, label) for token, label in zip(option, labels, strict=True) if _is_value(token)]
    if None in labels:
        return any(cell.gap == RESTORED for cell in row.cells)
    held = [
        all(_nearest(token, labels, lines=lines, measure=measure) is label for token, label in found)
        for measure in (text_width, len)
    ]
    return not all(held) if len(row.cells) > len(row.columns) + 1 else not any(held)


def _is_value(token: CellToken | None) -> bool:
    return token is not None and token.kind is not BLANK


def _label_of(key: str, row: StreamRow, stream: Stream) -> tuple[CellToken, CellToken] | None:
    """The first and last token of a column's label above a row; ``None`` if it is not there on one line."""
    table = row.label.item.table
    for index in range(*row.head) if row.head else ():
        match = stream.matches[index]
        ways = [*stream.joined.get(index, ()), *([(index + 1, match)] if match else [])]
        for end, found in ways:
            if any(item.key == key and item.table == table for item in found.columns):
                first, last = stream.tokens[index], stream.tokens[end - 1]
                return (first, last) if first.line == last.line else None
    return None


def _nearest(
    token: CellToken | None,
    labels: Sequence[tuple[CellToken, CellToken] | None],
    *,
    lines: Sequence[str],
    measure: Callable[[str], int],
) -> tuple[CellToken, CellToken] | None:
    """The label that stands nearest to a value, from edge to edge."""

    def reach(first: CellToken, last: CellToken) -> tuple[int, int]:
        line = lines[first.line]
        return measure(line[: first.column]), measure(line[: last.column + len(last.text)])

    if token is None:
        return None
    begin, end = reach(token, token)
    apart = {}
    for label in labels:
        if label is not None:
            left, right = reach(*label)
            apart[label] = max(left - end, begin - right)
    return min(apart, key=apart.__getitem__, default=None)
