"""Choosing among placements by column sums."""

from gouji.normalizer.joint import keep_balanced, keep_consistent


def test_only_choices_that_add_up_remain() -> None:
    options = {"a": [(1, 0), (0, 1)], "b": [(2, 0), (0, 2)], "t": [(1, 2)]}
    assert keep_consistent(options, details=["a", "b"], total="t") == {"a": {0}, "b": {1}, "t": {0}}


def test_what_does_not_add_up_is_not_narrowed() -> None:
    options = {"a": [(1, 0), (0, 1)], "t": [(5, 5)]}
    assert keep_consistent(options, details=["a"], total="t") is None


def test_the_search_is_bounded() -> None:
    many = [(i, 400 - i) for i in range(400)]
    options = {str(row): many for row in range(8)} | {"t": [(1600, 1600)]}
    assert keep_consistent(options, details=[str(row) for row in range(8)], total="t") is None


def test_the_balance_narrows_too() -> None:
    options = {"l": [(3, 0)], "m": [(0, 1), (1, 0)], "r": [(4, 0)], "s": [(0, 0)]}
    assert keep_balanced(options, left=["l", "m"], right=["r", "s"]) == {"l": {0}, "m": {1}, "r": {0}, "s": {0}}
    assert keep_balanced({**options, "m": [(0, 5)]}, left=["l", "m"], right=["r", "s"]) is None
