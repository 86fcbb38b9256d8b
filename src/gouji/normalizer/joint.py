"""Choose among the placements of all rows together, by the column sums and the balance, with a bound on the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add, gt, lt, sub

Vector = tuple[int, ...]
_MOST_STATES = 3000
_MOST_STEPS = 50_000
_MOST_WAYS = 10_000


def keep_consistent(
    options: Mapping[str, Sequence[Vector]], *, details: Sequence[str], total: str
) -> dict[str, set[int]] | None:
    """Which options of each row take part in some choice for which, per column, the details add up to the total.

    Args:
        options: For every row its possible contents (blanks as 0), one number a column.
        details: Rows that add up.
        total: The row they add up to.

    Returns:
        For every row the indices of the options that remain possible; ``None`` when no choice adds up, or the search
        was given up at its bound.
    """
    targets = options[total]
    rows = sorted(details, key=lambda row: len(options[row]))
    bounds = _remaining(rows, options)
    highest = tuple(max(column) for column in zip(*targets, strict=True))
    lowest = tuple(min(column) for column in zip(*targets, strict=True))
    layers: list[set[Vector]] = [{(0,) * len(highest)}]
    steps = 0
    for index, row in enumerate(rows):
        least, most = bounds[index + 1]
        ceiling = tuple(map(sub, highest, least))
        floor = tuple(map(sub, lowest, most))
        own = set(options[row])
        steps += len(layers[-1]) * len(own)
        if steps > _MOST_STEPS:
            return None
        following = set()
        for before in layers[-1]:
            for option in own:
                state = tuple(map(add, before, option))
                if not (any(map(gt, state, ceiling)) or any(map(lt, state, floor))):
                    following.add(state)
        if not following or len(following) > _MOST_STATES:
            return None
        layers.append(following)
    return _walk_back(rows, options, layers=layers, total=total)


def _remaining(rows: Sequence[str], options: Mapping[str, Sequence[Vector]]) -> list[tuple[Vector, Vector]]:
    """For every place in the order the least and the most that the rows from there on can add, per column."""
    width = len(next(iter(options.values()))[0])
    bounds: list[tuple[Vector, Vector]] = [((0,) * width, (0,) * width)]
    for row in reversed(rows):
        columns = list(zip(*options[row], strict=True))
        least, most = bounds[-1]
        bounds.append(
            (
                tuple(have + min(column) for have, column in zip(least, columns, strict=True)),
                tuple(have + max(column) for have, column in zip(most, columns, strict=True)),
            )
        )
    return bounds[::-1]


def _walk_back(
    rows: Sequence[str], options: Mapping[str, Sequence[Vector]], *, layers: list[set[Vector]], total: str
) -> dict[str, set[int]] | None:
    alive = {state for state in layers[-1] if state in set(options[total])}
    if not alive:
        return None
    kept = {total: {index for index, option in enumerate(options[total]) if option in alive}}
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        chosen: set[int] = set()
        earlier: set[Vector] = set()
        for number, option in enumerate(options[row]):
            for state in alive:
                before = tuple(map(sub, state, option))
                if before in layers[index]:
                    chosen.add(number)
                    earlier.add(before)
        kept[row] = chosen
        alive = earlier
    return kept


def keep_balanced(
    options: Mapping[str, Sequence[Vector]], *, left: Sequence[str], right: Sequence[str]
) -> dict[str, set[int]] | None:
    """Which options of four or so rows take part in some choice for which the left ones equal the right ones.

    Returns:
        As :func:`keep_consistent`.
    """
    rows = [*left, *right]
    signs = [1] * len(left) + [-1] * len(right)
    width = len(options[rows[0]][0])
    states: dict[Vector, list[list[int]]] = {(0,) * width: [[]]}
    steps = 0
    for row, sign in zip(rows, signs, strict=True):
        following: dict[Vector, list[list[int]]] = {}
        for state, ways in states.items():
            for number, option in enumerate(options[row]):
                key = tuple(have + sign * add for have, add in zip(state, option, strict=True))
                following.setdefault(key, []).extend([*way, number] for way in ways)
                steps += len(ways)
                if steps > _MOST_WAYS:
                    return None
        states = following
    balanced = states.get((0,) * width)
    if not balanced:
        return None
    return {row: {way[index] for way in balanced} for index, row in enumerate(rows)}
