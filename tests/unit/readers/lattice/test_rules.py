"""Strokes to rules, rules to nets."""

from gouji.readers.lattice import Rule
from gouji.readers.lattice.rules import find_nets, merge_rules, rules_of_dots


def test_two_strokes_of_a_double_border_are_one_rule() -> None:
    merged = merge_rules([Rule(100, 0, 50), Rule(102, 0, 50)])
    assert merged == [Rule(101, 0, 50)]


def test_strokes_in_line_join_over_a_small_gap_only() -> None:
    assert merge_rules([Rule(10, 0, 20), Rule(10, 22, 40)]) == [Rule(10, 0, 40)]
    assert merge_rules([Rule(10, 0, 20), Rule(10, 60, 90)]) == [Rule(10, 0, 20), Rule(10, 60, 90)]


def test_dashes_join_when_there_are_several_and_a_lone_one_is_nothing() -> None:
    dashes = [Rule(10, start, start + 3) for start in range(0, 60, 6)]
    assert merge_rules(dashes) == [Rule(10, 0, 57)]
    assert merge_rules([Rule(10, 0, 3)]) == []


def test_dots_in_line_make_a_rule_in_either_direction() -> None:
    level, upright = rules_of_dots([(20.0, float(y)) for y in range(0, 40, 2)])
    assert level == []
    assert upright == [Rule(20, 0, 38)]


def test_three_dots_are_no_rule() -> None:
    assert rules_of_dots([(0, 0), (2, 0), (4, 0)]) == ([], [])


def test_tables_that_do_not_touch_are_two_nets() -> None:
    level = [Rule(0, 0, 50), Rule(20, 0, 50), Rule(100, 0, 50), Rule(120, 0, 50)]
    upright = [Rule(0, 0, 20), Rule(50, 0, 20), Rule(0, 100, 120), Rule(50, 100, 120)]
    nets = find_nets(level, upright)
    assert [net.box for net in nets] == [(0, 0, 50, 20), (0, 100, 50, 120)]


def test_a_line_under_a_heading_is_no_net() -> None:
    assert find_nets([Rule(10, 0, 500)], [Rule(300, 100, 200)]) == []


def test_a_loose_upright_beside_a_table_joins_it() -> None:
    level = [Rule(0, 50, 90), Rule(20, 50, 90), Rule(40, 50, 90)]
    upright = [Rule(50, 0, 40), Rule(90, 0, 40), Rule(10, 0, 40)]
    assert len(find_nets(level, upright)[0].vertical) == 3
