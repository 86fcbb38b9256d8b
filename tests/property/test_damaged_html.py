"""Pages damaged at random: no crash, no hang, no wrong number."""

import random
import time
from functools import cache

import pytest

from gouji.errors import ReadError
from gouji.model.report import Report, State
from gouji.pipeline import parse_bytes
from gouji.renderers.html import STYLES, render_html
from tests.generate import Wish, invent

LONGEST = 2.0
"""Seconds of processor time a damaged page may take."""
SNIPS = (
    b"<td>",
    b"</td>",
    b"<tr>",
    b"</tr>",
    b"<table>",
    b"</table>",
    b"<!--",
    b"-->",
    b"<script>",
    b"<div>",
    b"&",
    b"\x00",
)


@cache
def page(seed: int, style: str) -> tuple[Report, bytes]:
    report = invent(seed, wish=Wish(size="middle", zeros="0", prose=False))
    return report, render_html(report, style=STYLES[style]).encode()


def damage(data: bytes, rng: random.Random) -> bytes:
    """Cut out, repeat or insert something, or end too early; the digits of the tables stay as they are."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(1, len(made) - 1)
        kind = rng.randrange(5)
        start, end = made.find(b"<", at), made.find(b">", at)
        plain = not any(chr(made[place]).isdigit() for place in (at - 1, at, at + 1))
        if kind == 0 and plain:
            made[at:at] = rng.choice(SNIPS)
        elif kind == 1 and 0 <= start < end and made.count(b"<", start, end) == 1:
            del made[start : end + 1]
        elif kind == 2 and rng.random() < 0.3 and at > len(made) // 3:
            del made[at:]
        elif kind == 3 and 0 <= start < end and plain:
            made[at:at] = made[start : end + 1]
        elif kind == 4 and plain:
            made[at] = rng.choice(b"<>\"'&/ \xff")
    return bytes(made)


def wrong_after(style: str, chance: int) -> dict[str, object]:
    """Cells that a damaged page gives as reported, with another number than the sound one."""
    report, data = page(chance % 40, style)
    damaged = damage(data, random.Random(chance))
    begun = time.process_time()
    try:
        got = parse_bytes(damaged, check=False)
    except ReadError:
        return {}
    assert time.process_time() - begun < LONGEST
    return {
        key: (chance, cell.value, report.cells[key].value)
        for key, cell in got.cells.items()
        if cell.state is State.REPORTED and key in report.cells and cell.value != report.cells[key].value
    }


@pytest.mark.parametrize("style", sorted(STYLES))
def test_damage_is_never_a_wrong_number(style: str) -> None:
    for chance in range(20):
        assert wrong_after(style, chance) == {}


@pytest.mark.slow
@pytest.mark.parametrize("style", sorted(STYLES))
def test_much_damage_is_seldom_a_wrong_number(style: str) -> None:
    """Ten thousand pages in all. Damage can make a page that says something else, so a few in a thousand may."""
    wrong = [chance for chance in range(1000, 1560) if wrong_after(style, chance)]
    assert len(wrong) <= 4, wrong
