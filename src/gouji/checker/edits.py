"""How one number may have become another: the kind of slip and what it costs."""

from __future__ import annotations

from collections.abc import Mapping

_CONFUSABLE = frozenset(
    pair for text in ("08", "17", "38", "56", "68", "69", "35", "49", "14", "27") for pair in (text, text[::-1])
)


def find_edit(old: int, new: int, costs: Mapping[str, float]) -> tuple[str, float]:
    """The cheapest slip that turns ``new``, the true number, into ``old``, which stands there.

    Args:
        old: What stands there.
        new: What should.
        costs: The table ``edit`` of the weights.

    >>> from gouji.checker.weights import load_weights
    >>> costs = load_weights("extraction").edit
    >>> find_edit(1828, 1288, costs), find_edit(46, 146, costs), find_edit(0, 12, costs), find_edit(5, 6, costs)
    (('transposition', 0.8), ('dropped_digit', 0.9), ('lost', 0.3), ('confusable', 0.6))
    """
    if old == 0:
        return "lost", costs["lost"]
    found = [_by_digits(str(old), str(new), costs)] if old > 0 else []
    if abs(old - new) <= 2:
        found.append(("miscount", costs["miscount"]))
    gap = abs(len(str(old)) - len(str(new)))
    found.append(("other", costs["other"] + costs["other_per_digit"] * gap))
    return min((edit for edit in found if edit is not None), key=lambda edit: edit[1])


def _by_digits(old: str, new: str, costs: Mapping[str, float]) -> tuple[str, float] | None:
    if len(old) == len(new):
        return _same_length(old, new, costs)
    if len(old) + 1 == len(new) and _drops_one(new, old):
        return "dropped_digit", costs["dropped_digit"]
    if len(old) == len(new) + 1 and _drops_one(old, new):
        return "extra_digit", costs["extra_digit"]
    return None


def _same_length(old: str, new: str, costs: Mapping[str, float]) -> tuple[str, float] | None:
    places = [i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if len(places) == 1:
        kind = "confusable" if old[places[0]] + new[places[0]] in _CONFUSABLE else "digit"
        return kind, costs[kind]
    if len(places) == 2 and old[places[0]] == new[places[1]] and old[places[1]] == new[places[0]]:
        kind = "transposition" if places[1] == places[0] + 1 else "far_transposition"
        return kind, costs[kind]
    return None


def _drops_one(long: str, short: str) -> bool:
    """Whether ``short`` is ``long`` without one digit."""
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
