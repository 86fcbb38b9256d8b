"""Choosing among placements by column sums."""

from gouji.normalizer.joint import keep_balanced, keep_consistent


def test_only_choices_that_add_up_remain() -> None:
    options = {"a": [(1, 0), (0, 1)], "b": [(2, 0), (0, 2)], "t": [(1, 2)]}
    assert keep_consistent(options, details=["a", "b"], total="t") == {"a": {0}, "b": {1}, "t": {0}}


def test_what_does_not_add_up_is_not_narrowed() -> None:
    options = {"a": [(1, 0), (0, 1)], "t": [(5, 5)]}
    assert keep_consistent(options, details=["a"], total="t") is None


def test_too_many_choices_are_only_those_that_some_columns_allow() -> None:
    many = [(i, 400 - i) for i in range(400)]
    options = {str(row): many for row in range(8)} | {"t": [(1600, 1600)], "one": [(0, 0), (1601, 0)]}
    details = [*map(str, range(8)), "one"]
    kept = keep_consistent(options, details=details, total="t")
    assert kept is not None
    assert kept["one"] == {0}
    assert kept["7"] == set(range(400))
    options["t"] = [(1600, 1601)]
    assert keep_consistent(options, details=details, total="t") is None


def test_twenty_rows_of_twenty_placements_are_searched() -> None:
    rows = [tuple(10 + row if place == row % 5 else 0 for place in range(5)) for row in range(20)]
    options = {str(row): [(*real[at:], *real[:at]) for at in range(5)] for row, real in enumerate(rows)}
    options["t"] = [tuple(map(sum, zip(*rows, strict=True)))]
    kept = keep_consistent(options, details=list(map(str, range(20))), total="t")
    assert kept is not None
    assert all(0 in kept[str(row)] for row in range(20))


def test_numbers_below_zero_are_not_searched() -> None:
    assert keep_consistent({"a": [(-1,), (0,)], "t": [(-1,)]}, details=["a"], total="t") is None


def test_the_balance_narrows_too() -> None:
    options = {"l": [(3, 0)], "m": [(0, 1), (1, 0)], "r": [(4, 0)], "s": [(0, 0)]}
    assert keep_balanced(options, left=["l", "m"], right=["r", "s"]) == {"l": {0}, "m": {1}, "r": {0}, "s": {0}}
    assert keep_balanced({**options, "m": [(0, 5)]}, left=["l", "m"], right=["r", "s"]) is None
