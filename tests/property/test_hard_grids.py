"""Tables as authors and machines damage them: what can still be read is read, and no number is ever wrong."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.pipeline import parse_bytes
from tests.generate import Wish, invent
from tests.judge import Verdict, judge
from tests.property.hard_grids import FAITHFUL, HARSH, page_of, tables_of

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=max(4, settings().max_examples // 12))


def read_back(seed: int, names: list[str]) -> Verdict:
    report = invent(seed, wish=Wish(prose=False))
    rng = random.Random(seed)
    tables = tables_of(report)
    for name in names:
        tables = HARSH[name](tables, rng)
    return judge(report, parse_bytes(page_of(report, tables).encode(), check=False))


@pytest.mark.parametrize("name", FAITHFUL)
@given(seed=SEEDS)
@FEW
def test_what_can_be_read_is_read(name: str, seed: int) -> None:
    verdict = read_back(seed, [name])
    assert verdict.wrong == {}
    assert len(verdict.missed) <= 1  # a zero beside a lost span may stay open; seed 34 of short spans shows one


@pytest.mark.parametrize("name", sorted(set(HARSH) - set(FAITHFUL)))
@given(seed=SEEDS)
@FEW
def test_no_number_is_wrong(name: str, seed: int) -> None:
    assert read_back(seed, [name]).wrong == {}
