"""Which contents of rows some columns by themselves allow: sums of subsets, kept as the bits of a number.

The placements of twenty rows are too many to try together, but one column, or a few of small sums, can be looked at
alone: what cannot add up there whatever the other rows hold is left out, and the search over all columns gets short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import mul

Vector = tuple[int, ...]
Choices = dict[str, set[Vector]]
_MOST_ROUNDS = 8
_MOST_BITS = 250_000
_MOST_WORK = 40_000_000


class View:
    """The sums of some columns, as one number: each column a digit of it that has room for two sums.

    So a sum that is too large, or below zero, sets a digit beyond its limit and is masked out.

    Args:
        columns: That are looked at.
        limits: The largest sum of each column of the table.
    """

    def __init__(self, columns: Sequence[int], limits: Sequence[int]) -> None:
        weights = [0] * len(limits)
        base, mask = 1, 1
        for column in columns:
            weights[column] = base
            mask = _repeat(mask, times=limits[column] + 1, stride=base)
            base *= 2 * limits[column] + 1
        self._weights = weights
        self._mask = mask

    def code(self, numbers: Vector) -> int:
        """The digits of some numbers."""
        return sum(map(mul, numbers, self._weights))

    def holds(self, sums: int, numbers: Vector) -> int:
        """Whether numbers are among sums."""
        return sums >> self.code(numbers) & 1

    def codes(self, options: set[Vector]) -> set[int]:
        """The digits of every option of a row."""
        return {self.code(option) for option in options}

    def add(self, sums: int, values: set[int]) -> int:
        """The sums when a row adds one of some values."""
        reached = 0
        for value in values:
            reached |= sums << value
        return reached & self._mask

    def allowed(self, rows: Sequence[str], choices: Mapping[str, set[Vector]], targets: set[Vector]) -> list[int]:
        """For every place in the order of the rows the sums from which the rows that follow can reach a target."""
        layers = [sum(1 << code for code in self.codes(targets))]
        for row in reversed(rows):
            before = 0
            for value in self.codes(choices[row]):
                before |= layers[-1] >> value
            layers.append(before & self._mask)
        return layers[::-1]

    def costs(self, choices: Choices) -> int:
        """How much work it is to narrow by this view."""
        return self._mask.bit_length() * sum(len(self.codes(options)) for options in choices.values())

    def narrow(self, choices: Choices, details: Sequence[str], total: str) -> None:
        """Leave out options with which these columns cannot add up, whatever the other rows hold."""
        targets = self.codes(choices[total])
        values = [self.codes(choices[row]) for row in details]
        others = self._sums_of_others(values)
        for row, sums in zip(details, others, strict=True):
            good = {value for value in self.codes(choices[row]) if self._reaches(sums, targets, value)}
            choices[row] = {option for option in choices[row] if self.code(option) in good}
        sums = self.add(others[0], values[0])
        choices[total] = {option for option in choices[total] if self.holds(sums, option)}

    @staticmethod
    def _reaches(sums: int, targets: set[int], value: int) -> bool:
        return any(target >= value and sums >> (target - value) & 1 for target in targets)

    def _sums_of_others(self, values: Sequence[set[int]]) -> list[int]:
        """For every row the sums that the other rows can make."""
        found = [0] * len(values)

        def halve(start: int, stop: int, sums: int) -> None:
            if stop - start == 1:
                found[start] = sums
                return
            middle = (start + stop) // 2
            for lower, upper, rest in ((start, middle, values[middle:stop]), (middle, stop, values[start:middle])):
                reached = sums
                for row in rest:
                    reached = self.add(reached, row)
                halve(lower, upper, reached)

        halve(0, len(values), 1)
        return found


def _repeat(bits: int, *, times: int, stride: int) -> int:
    """Bits that fit into ``stride``, so many times one after another.

    >>> bin(_repeat(0b01, times=3, stride=2))
    '0b10101'
    """
    repeated, done = bits, 1
    while done < times:
        more = min(done, times - done)
        repeated |= (repeated & ((1 << more * stride) - 1)) << done * stride
        done += more
    return repeated


def leave_possible(choices: Choices, details: Sequence[str], total: str) -> tuple[Choices, list[View]] | None:
    """Leave out options with which one column, or the columns of small sums together, cannot add up.

    Args:
        choices: For every row its possible contents, one number a column.
        details: Rows that add up.
        total: The row they add up to.

    Returns:
        What remains, and the views by which it was found; ``None`` where a row is left without any, or holds a number
        below zero, of which no sums are kept.
    """
    if any(number < 0 for row in choices for option in choices[row] for number in option):
        return None
    limits = [max(column) for column in zip(*choices[total], strict=True)]
    for row in details:
        choices[row] = {option for option in choices[row] if all(map(_fits, option, limits))}
    views = [view for view in _views(limits) if view.costs(choices) < _MOST_WORK]
    for _ in range(_MOST_ROUNDS):
        before = sum(map(len, choices.values()))
        for view in views:
            if not all(choices.values()):
                return None
            view.narrow(choices, details, total)
        if sum(map(len, choices.values())) == before:
            break
    return (choices, views) if all(choices.values()) else None


def _fits(number: int, limit: int) -> bool:
    return number <= limit


def _views(limits: Sequence[int]) -> list[View]:
    """One for every column whose sums can be kept, and one for as many of small sums as can be kept together."""
    order = sorted(range(len(limits)), key=limits.__getitem__)
    together: list[int] = []
    bits = 1
    for column in order:
        bits *= 2 * limits[column] + 1
        if bits > _MOST_BITS:
            break
        together.append(column)
    alone = [(column,) for column in order if limits[column] <= _MOST_BITS]
    return [View(columns, limits) for columns in (*alone, tuple(together)) if columns]
