"""Numbers as they are typed into cells."""

from decimal import Decimal

import pytest

from gouji.model.report import State
from gouji.text.numbers import read_change, read_count, read_money


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("1,204", 1204),
        ("１２", 12),
        (" 5 ", 5),
        ("12件", 12),
        ("11398889", 11398889),
        ("3.0", 3),
        ("-2", -2),
        ("〇", 0),
        ("12(件)", 12),
    ],
)
def test_counts(raw: str, value: int) -> None:
    assert read_count(raw).value == value


@pytest.mark.parametrize(
    "raw",
    ["约30", "0/0", "12 a", "000", "1,20", "1.5", "1,2,3", "无(0)", "12-3", "0x1", "3.000", "3（2）", "\u202e21\u202c"],
)
def test_what_is_no_count_is_unreadable(raw: str) -> None:
    assert read_count(raw).state is State.UNREADABLE


@pytest.mark.parametrize("raw", ["¹3", "3①", "3⑴", "3\n①", "3[1]2", "3[2023]"])
def test_what_may_be_the_mark_of_a_remark_is_no_digit_of_the_figure(raw: str) -> None:
    assert read_count(raw).state is State.UNREADABLE
    assert read_change(raw).state is State.UNREADABLE
    assert read_money(raw).state is State.UNREADABLE


@pytest.mark.parametrize("raw", ["3¹", "3²", "3₁₂", "3[1]"])
def test_a_raised_number_is_the_mark_of_a_remark(raw: str) -> None:
    assert read_count(raw).value == 3
    assert read_change(raw).value == 3
    assert read_money(raw).value == 3


@pytest.mark.parametrize("raw", ["/", "-", "—", "——", "无", "\\", "／"])
def test_marks_for_not_applicable(raw: str) -> None:
    assert read_count(raw).state is State.NOT_APPLICABLE


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\xa0", "\u200b"])
def test_blank_is_not_zero(raw: str) -> None:
    assert read_count(raw).state is State.BLANK
    assert read_count(raw).value is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [("+96", 96), ("-4", -4), ("减12", -12), ("增加3", 3), ("减少3项", -3), ("－8", -8), ("+0", 0), ("0", 0)],
)
def test_changes(raw: str, value: int) -> None:
    assert read_change(raw).value == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("96400元", "9.64"),
        ("96400（元）", "9.64"),
        ("9.64（万元）", "9.64"),
        ("0.52万元", "0.52"),
        ("19.8万", "19.8"),
        ("316441.5", "316441.5"),
        ("1.2亿元", "12000"),
        ("512.48(不含工程)", "512.48"),
        ("147123.80", "147123.80"),
        ("100元", "0.01"),
    ],
)
def test_money_is_exact_in_wan_yuan(raw: str, value: str) -> None:
    amount = read_money(raw).value
    assert isinstance(amount, Decimal)
    assert format(amount, "f") == value


def test_a_header_in_yuan_scales_bare_numbers_only() -> None:
    assert read_money("5000", unit="元").value == Decimal("0.5")
    assert read_money("5万元", unit="元").value == Decimal(5)


@pytest.mark.parametrize("raw", ["约5万元", "5-6", "1.2.3", "007", "5万元6"])
def test_doubtful_money_is_unreadable(raw: str) -> None:
    assert read_money(raw).state is State.UNREADABLE
