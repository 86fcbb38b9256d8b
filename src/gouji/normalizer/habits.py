"""What the rows of a text table that are full, and its header, show of how all of them are set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gouji.normalizer.cells import BLANK, COUNTED, NUMBER, RESTORED, SEEN, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.edition import HEAD_REACH
from gouji.normalizer.placing import Habit, is_remark
from gouji.normalizer.rows import StreamRow, ends_twice, filled_places

_LEAST_GLUED = 3
_LEAST_ROOM = 2


def read_habit(rows: Sequence[StreamRow], stream: Stream, *, merged: bool, summed: bool = False) -> Habit:
    """The habit of a table, from its rows in printed order; ``merged`` and ``summed`` are those of :class:`Habit`."""
    firsts: Counter[int] = Counter()
    after = before = full = 0
    begins: set[int] = set()
    keeps = padded = False
    places = [filled_places(row) for row in rows]
    widest = max((filled[-1] - filled[0] + 1 for filled in places if filled), default=0)
    inline = 0
    for row, filled in zip(rows, places, strict=True):
        inline += row.inline
        full += len(filled) == len(row.columns)
        if not filled:
            continue
        padded = padded or (
            _is_shown_blank(row.cells[-1]) and _ends_behind_blank(row, len(filled), last=row is rows[-1])
        )
        begin, span = filled[0], filled[-1] - filled[0] + 1
        if span > len(filled) and any(map(_is_shown_blank, row.cells[begin : begin + span])):
            keeps = True
        if span == len(row.columns) and widest <= span:
            firsts[row.cells[begin].nth] += 1
            after += begin == 0
            begins.update([row.cells[0].nth] if begin == 0 else [])
            before += begin > 0
    first = None
    if before and len(firsts) == 1:
        first = next(iter(firsts))
    elif not firsts:
        first = _first_from_head(rows, stream)
    if first is not None and _stand_before(rows, places, first):
        first = None
    return Habit(
        first=first,
        after=bool(after) and not before,
        begins=frozenset(begins),
        keeps_blanks=keeps,
        whole_rows=2 * inline > len(rows),
        merged=merged,
        uneven=_is_uneven(rows),
        regular=len({len(row.cells) for row in rows if row.cells}) == 1
        and all(row.inline for row in rows if row.cells),
        summed=summed,
        zeros=_show_zeros(rows),
        torn=not summed and _is_torn(rows),
        padded=padded and not any(_ends_whole(row) for row in rows[:-1]),
        doubled=any(row.bare and len(row.columns) < len(filled_places(row)) and ends_twice(row) for row in rows),
        beside=_beside_labels(rows, stream),
        firm=bool(full) or (first is not None and not all(row.bare for row in rows)),
    )


def _beside_labels(rows: Sequence[StreamRow], stream: Stream) -> frozenset[int]:
    """Places of labels that are so long that two spaces at most part one of them from the next column.

    Only where the same columns run through all rows, kept by spaces: a column of blanks alone would show there.
    """
    shown = [row for row in rows if row.cells]
    if len({row.cells[-1].nth for row in shown}) != 1 or not any(_is_restored(row) for row in shown):
        return frozenset()
    ends = {cell.nth for row in shown for cell in row.cells if cell.kind is not BLANK}
    found = set()
    for row in filter(_is_restored, shown):
        label, first = stream.tokens[row.label.end - 1], row.cells[0]
        room = first.column - label.column - len(label.text)
        next_to_it = label.line == first.line and first.nth == label.nth + 1 and 0 < room <= _LEAST_ROOM
        if first.kind is not BLANK and next_to_it and max(ends) > first.nth:
            found.add(label.nth)
    return frozenset(found)


def _is_restored(row: StreamRow) -> bool:
    return row.inline and any(cell.gap == RESTORED for cell in row.cells)


def _stand_before(rows: Sequence[StreamRow], places: Sequence[Sequence[int]], first: int) -> bool:
    """Whether some row has a value before what other rows show as the first column."""
    return any(
        filled and row.inline and row.cells[filled[0]].nth < first for row, filled in zip(rows, places, strict=True)
    )


def _show_zeros(rows: Sequence[StreamRow]) -> bool:
    """Whether some row is all zeros, or several whose digits ran together hold as many as no number does."""
    shown = ["".join([cell.text for cell in row.cells]) for row in rows]
    if any(digits == "0" * len(row.columns) for digits, row in zip(shown, rows, strict=True)):
        return True
    glued = [digits for digits, row in zip(shown, rows, strict=True) if len(row.cells) == 1 < len(row.columns)]
    return sum("000" in digits for digits in glued) >= _LEAST_GLUED


def _is_torn(rows: Sequence[StreamRow]) -> bool:
    """Whether a space stands in every number of two digits and more."""
    numbers = [cell.text.lstrip("+-") for row in rows for cell in row.cells if cell.kind is NUMBER]
    long = [" " in text for text in numbers if len(text) > 1]
    return bool(long) and all(long)


def _ends_behind_blank(row: StreamRow, filled: int, *, last: bool) -> bool:
    """Whether the blank at a row's end is none of its cells: the row is full, or has too few cells all the same."""
    return filled == len(row.columns) or (len(row.cells) < len(row.columns) and not last)


def _ends_whole(row: StreamRow) -> bool:
    """Whether a row has all its cells and no blank behind them."""
    return len(row.cells) == len(row.columns) and not _is_shown_blank(row.cells[-1])


def _is_uneven(rows: Sequence[StreamRow]) -> bool:
    """Whether some bare row has another number of cells than the form: blanks were dropped, or values doubled.

    Digits that one space parts among wide gaps may be several cells. The last row may be cut off, or numbers that are
    not the table's follow it, unless they stand on its own line. Not where the places of all values show the blanks.
    """
    if any(cell.gap in (SEEN, COUNTED) for row in rows for cell in row.cells):
        return False
    return any(
        row.bare
        and row.cells
        and (
            (row is not rows[-1] and sum(len(cell.text.split()) or 1 for cell in row.cells) < len(row.columns))
            or (_count_values(row) > len(row.columns) and (row is not rows[-1] or _is_on_one_line(row)))
        )
        for row in rows
    )


def _count_values(row: StreamRow) -> int:
    """How many values a row has; words are a piece of its label that was broken across lines, or a remark."""
    return sum(cell.kind is not BLANK and not is_remark(cell) for cell in row.cells)


def _is_on_one_line(row: StreamRow) -> bool:
    return row.inline and row.cells[0].line == row.cells[-1].line


def _is_shown_blank(cell: CellToken) -> bool:
    return cell.kind is BLANK and cell.gap not in (RESTORED, SEEN, COUNTED)


def _first_from_head(rows: Sequence[StreamRow], stream: Stream) -> int | None:
    """In a padded grid the header's labels stand over their columns: the index of the first one."""
    if not rows or not all(row.inline for row in rows):
        return None
    first_key, last_key = rows[0].columns[0].key, rows[0].columns[-1].key
    count = len(rows[0].columns)
    places: dict[str, set[int]] = {}
    for index in range(max(0, rows[0].label.start - HEAD_REACH), rows[0].label.start):
        match = stream.matches[index]
        for item in match.columns if match else ():
            if item.key in (first_key, last_key):
                places.setdefault(item.key, set()).add(stream.tokens[index].nth)
    for first in sorted(places.get(first_key, ())):
        if first + count - 1 in places.get(last_key, ()):
            return first
    return None
