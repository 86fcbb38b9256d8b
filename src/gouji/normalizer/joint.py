"""Choose among the placements of all rows together, by the column sums and the balance, with a bound on the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add, sub

from gouji.normalizer.subsets import Vector, leave_possible

_MOST_STEPS = 6_000
_MOST_WAYS_ON = 200
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
        For every row the indices of the options that remain possible: those of all choices that add up, or, where these
        are too many to follow, those that some columns by themselves allow, if at least one choice adds up. ``None``
        when none does, or was found.
    """
    found = leave_possible({row: set(options[row]) for row in (*details, total)}, details, total)
    if found is None:
        return None
    choices, views = found
    rows = sorted(details, key=lambda row: (len(choices[row]), row))
    allowed = [view.allowed(rows, choices, choices[total]) for view in views]
    layers: list[set[Vector]] = [{(0,) * len(options[total][0])}]
    whole = True
    """Every sum that the rows can make was followed."""
    for number, row in enumerate(rows, start=1):
        if len(layers[-1]) * len(choices[row]) > _MOST_STEPS:
            layers[-1], whole = set(sorted(layers[-1])[:_MOST_WAYS_ON]), False
        following = {tuple(map(add, before, option)) for before in layers[-1] for option in choices[row]}
        for view, sums in zip(views, allowed, strict=True):
            following = {state for state in following if view.holds(sums[number], state)}
        layers.append(following)
    if not whole and not layers[-1].isdisjoint(choices[total]):
        return {row: {at for at, option in enumerate(options[row]) if option in choices[row]} for row in choices}
    return _walk_back(rows, options, layers=layers, total=total)


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
