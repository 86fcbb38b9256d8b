"""Pages damaged at random: no crash, no hang, no number reported that is not printed in that cell."""

import random
import time
from collections.abc import Mapping
from functools import cache

import pytest

from gouji.errors import ReadError
from gouji.model.report import Report, State
from gouji.pipeline import parse_bytes
from gouji.renderers.html import STYLES, render_html
from tests.damage import Place, damage, find_places, judge_damaged
from tests.generate import Wish, invent

LONGEST = 2.0
"""Seconds of processor time a damaged page may take."""


@cache
def page(seed: int, style: str) -> tuple[bytes, Report, Mapping[str, Place]]:
    data = render_html(invent(seed, wish=Wish(prose=False)), style=STYLES[style]).encode()
    truth = parse_bytes(data, check=False)
    return data, truth, find_places(data, truth)


def wrong_after(style: str, chance: int) -> dict[str, object]:
    """Cells that a damaged page gives as reported, with another number than the sound one, that is not printed there."""
    data, truth, places = page(chance % 40, style)
    damaged = damage(data, random.Random(chance))
    begun = time.process_time()
    try:
        got = parse_bytes(damaged.data, check=False)
    except ReadError:
        return {}
    assert time.process_time() - begun < LONGEST
    wrong = judge_damaged(truth, got, damaged, places=places).wrong
    return {key: (chance, pair) for key, pair in wrong.items() if got.cells[key].state is State.REPORTED}


@pytest.mark.parametrize("style", sorted(STYLES))
def test_damage_is_never_a_wrong_number(style: str) -> None:
    for chance in range(20):
        assert wrong_after(style, chance) == {}


@pytest.mark.slow
@pytest.mark.parametrize("style", sorted(STYLES))
def test_much_damage_is_hardly_ever_a_wrong_number(style: str) -> None:
    """Ten thousand pages in all; `tests/bench/stress_html.py` runs as many as wished, on the fixtures too."""
    wrong = [chance for chance in range(1000, 1560) if wrong_after(style, chance)]
    assert len(wrong) <= 1, wrong
