"""The invented reports keep every rule of the form: otherwise no test on top of them means anything."""

import random

import pytest

from gouji.forms.evaluate import evaluate
from gouji.forms.load import find_edition
from gouji.model.report import State
from tests.generate import SIZES, ZEROS, Wish, claims, invent, invent_numbers, with_value


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("size", SIZES)
def test_every_sum_holds(edition: str, size: str) -> None:
    form = find_edition(edition)
    for seed in range(20):
        numbers = invent_numbers(form, rng=random.Random(seed), requests=SIZES[size])
        assert set(numbers) == set(form.slots)
        balances = [evaluate(equation, numbers) for table in form.tables for equation in table.equations]
        assert all(balance.holds for balance in balances)
        assert all(value >= 0 for key, value in numbers.items() if not key.endswith(".change"))


def test_the_same_seed_gives_the_same_report() -> None:
    assert invent(7) == invent(7)
    assert invent(7).values() != invent(8).values()


@pytest.mark.parametrize("zeros", ZEROS)
def test_zeros_are_printed_as_wished(zeros: str) -> None:
    report = invent(3, wish=Wish(zeros=zeros, size="small"))
    states = {cell.state for cell in report.cells.values()}
    expected = {
        "0": {State.REPORTED},
        "blank": {State.REPORTED, State.BLANK},
        "slash": {State.REPORTED, State.NOT_APPLICABLE},
        "dash": {State.REPORTED, State.NOT_APPLICABLE},
        "totals": {State.REPORTED, State.BLANK},
        "mixed": {State.REPORTED, State.BLANK},
    }
    assert states == expected[zeros]
    if zeros == "blank":
        assert 0 not in report.values().values()


def test_the_prose_claims_what_the_table_says() -> None:
    report = invent(5, wish=Wish(zeros="0", size="middle"))
    numbers = report.values()
    assert f"申请{numbers['requests.received.total']}件" in report.sections[0].text
    assert "未收到" in claims(dict.fromkeys(numbers, 0))


def test_an_absent_row() -> None:
    report = invent(5, wish=Wish(absent=True))
    absent = [key for key, cell in report.cells.items() if cell.state is State.ABSENT]
    assert absent
    assert 1 <= len({key.rpartition(".")[0] for key in absent}) <= 3


def test_with_value_changes_one_cell_only() -> None:
    report = invent(5, wish=Wish(zeros="0"))
    other = with_value(report, "requests.received.total", 9999)
    assert {key for key in report.cells if report.cells[key] != other.cells[key]} == {"requests.received.total"}
