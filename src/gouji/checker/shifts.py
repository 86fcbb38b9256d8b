"""One slip over several cells of a row or a column: moved, exchanged, split, shifted, lost, repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checker.code import Changes, Code

Shift = tuple[str, str, tuple[str, ...]]
"""Kind, its name in the weights, and further weights to add."""

LAYOUT_KINDS = ("split", "split_shift", "dropped_blank", "extra_token")
"""What an extractor does to a row of tokens, and an author does not."""

MOVE_KINDS = ("moved_column", "moved_row", "exchanged_columns", "exchanged_rows")


def find_shift(code: Code, values: Sequence[int], changes: Changes) -> Shift | None:
    """The one slip that explains all these changes, if there is one.

    Args:
        code: Of the table.
        values: What stands in each cell.
        changes: Cell to how much it is too large.
    """
    places = [code.place[cell] for cell in changes]
    one_row = len({row for row, _ in places}) == 1
    if len(changes) == 2 and (one_row or len({column for _, column in places}) == 1):
        exchange = _find_exchange(code, values, changes, axis="column" if one_row else "row")
        if exchange is not None:
            return exchange
    if one_row:
        return _find_row_slip(code, values, changes, row=places[0][0])
    return _find_rows_exchanged(code, values, changes)


def _find_exchange(code: Code, values: Sequence[int], changes: Changes, *, axis: str) -> Shift | None:
    (a, delta_a), (b, delta_b) = sorted(changes.items())
    if values[a] - delta_a != values[b] or values[b] - delta_b != values[a]:
        return None
    line = code.lines[code.place[a][0 if axis == "column" else 1]]
    near = abs(line.index(a) - line.index(b)) == 1
    filled = bool(values[a] and values[b])
    kind = f"exchanged_{axis}s" if filled else f"moved_{axis}"
    name = f"moved_{axis}" if near else f"far_{axis}"
    extra = (("both_filled",) if filled else ()) + (("sum_column",) if {a, b} & code.sums else ())
    return kind, name, extra


def _find_row_slip(code: Code, values: Sequence[int], changes: Changes, *, row: int) -> Shift | None:
    cells = code.lines[row]
    old = [values[cell] for cell in cells]
    new = [values[cell] - changes.get(cell, 0) for cell in cells]
    if _is_split(old, new):
        return "split", "split", ()
    if _is_split_shift(old, new):
        return "split_shift", "split_shift", ()
    if dropped := _count_dropped(old, new):
        return "dropped_blank", "dropped_blank", ("both_filled",) * (dropped - 1)
    if any(new[i:-1] == old[i + 1 :] and new[:i] == old[:i] for i in range(len(old) - 1)):
        return "extra_token", "extra_token", ()
    if not any(old):
        return "row_lost", "row_lost", ()
    above = code.lines[row - 1] if row else ()
    if [values[cell] for cell in above] == old:
        return "row_repeated", "row_repeated", ()
    return None


def _join(left: int, right: int) -> int:
    return int(f"{left}{right}")


def _is_split(old: Sequence[int], new: Sequence[int]) -> bool:
    """12 | 0 written as 1 | 2."""
    return any(
        old[i] > 0
        and new[i] == _join(old[i], old[i + 1])
        and new[i + 1] == 0
        and new[:i] == old[:i]
        and new[i + 2 :] == old[i + 2 :]
        for i in range(len(old) - 1)
    )


def _is_split_shift(old: Sequence[int], new: Sequence[int]) -> bool:
    """12 | a | b written as 1 | 2 | a, the tail lost."""
    return any(
        old[i] > 0 and new[i] == _join(old[i], old[i + 1]) and new[:i] == old[:i] and new[i + 1 : -1] == old[i + 2 :]
        for i in range(len(old) - 1)
    )


def _count_dropped(old: Sequence[int], new: Sequence[int]) -> int:
    """How many zeros of the true row were dropped, so that the rest moved left; 0 if that is not what happened."""
    for count in (1, 2, 3):
        if not any(old[-count:]) and _drops_zeros(new, old[: len(old) - count]):
            return count
    return 0


def _drops_zeros(long: Sequence[int], short: Sequence[int]) -> bool:
    """Whether ``short`` is ``long`` without some zeros."""
    at = 0
    for value in long:
        if at < len(short) and short[at] == value:
            at += 1
        elif value:
            return False
    return at == len(short)


def _find_rows_exchanged(code: Code, values: Sequence[int], changes: Changes) -> Shift | None:
    rows = sorted({code.place[cell][0] for cell in changes})
    if len(rows) != 2:
        return None
    first, second = (code.lines[row] for row in rows)
    fits = len(first) == len(second) and all(
        values[a] - changes.get(a, 0) == values[b] and values[b] - changes.get(b, 0) == values[a]
        for a, b in zip(first, second, strict=True)
    )
    return ("rows_exchanged", "rows_exchanged", ()) if fits else None


def undo_row(old: Sequence[int]) -> Iterator[list[int]]:
    """Rows that add up and may have become this one by a slip of layout.

    >>> list(undo_row([5, 0, 0, 0, 0, 5, 0]))[0]
    [5, 0, 0, 0, 0, 0, 5]
    """
    seen: set[tuple[int, ...]] = {tuple(old)}
    for row in _rows_before(list(old)):
        if sum(row[:-1]) == row[-1] and tuple(row) not in seen:
            seen.add(tuple(row))
            yield row


def _rows_before(old: list[int]) -> Iterator[list[int]]:
    last = len(old) - 1
    if old[last] == 0:
        yield from ([*old[:i], 0, *old[i:last]] for i in range(last, -1, -1))
    for i in range(last):
        if old[i] > 0:
            joined = _join(old[i], old[i + 1])
            yield [*old[:i], joined, 0, *old[i + 2 :]]
            inner = [*old[:i], joined, *old[i + 2 :]]
            yield [*inner, sum(inner)]
        inner = [*old[:i], *old[i + 1 :]]
        yield [*inner, sum(inner)]
