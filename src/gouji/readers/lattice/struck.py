"""Struck-through text: what a line runs through is left out, as in Word, and never joins the figure beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from gouji.readers.lattice.rules import NEAR, TOUCH, Net
from gouji.readers.lattice.shapes import Glyph, Rule

_LOW, _HIGH = 0.12, 0.5
"""A line that strikes text out runs above its baseline by at least and at most these shares of its height."""
_JOIN = 1.0
"""Strokes in line with a gap up to this strike out as one."""


_LONGEST = 60.0
"""A stroke that begins or ends at no vertical rule, and is shorter than this, is a rule only if no text is below it."""


def take_strikes(net: Net, glyphs: Sequence[Glyph]) -> None:
    """Take out of a table's rules the lines through text that happen to begin or end close to a vertical rule."""
    loose = [rule for rule in net.horizontal if rule.end - rule.start < _LONGEST and not _is_fitted(rule, net.vertical)]
    through = [rule for rule in loose if any(_runs_through(rule, glyph) for glyph in glyphs)]
    if through and len(through) < len(net.horizontal):
        net.horizontal = [rule for rule in net.horizontal if rule not in through]


def _is_fitted(rule: Rule, uprights: Iterable[Rule]) -> bool:
    """Whether a rule goes from one vertical rule to another."""
    places = [upright.at for upright in uprights]
    return all(any(abs(end - at) <= TOUCH for at in places) for end in (rule.start, rule.end))


def _runs_through(rule: Rule, glyph: Glyph) -> bool:
    _, x0, x1, base, size = glyph
    return rule.start < x1 and rule.end > x0 and _LOW * size <= base - rule.at <= _HIGH * size


def find_strikes(strokes: Sequence[Rule], nets: Iterable[Net]) -> list[Rule]:
    """The horizontal strokes that are no rules of any table: lines through text, and under it.

    >>> net = Net([Rule(0, 0, 90), Rule(20, 0, 90)], [])
    >>> find_strikes([Rule(0, 0, 45), Rule(0, 45, 90), Rule(11, 30, 35), Rule(11, 35, 38), Rule(20, 0, 90)], [net])
    [Rule(at=11, start=30, end=38)]
    """
    drawn = sorted({rule.at for net in nets for rule in net.horizontal})
    loose = {at for at in {stroke[0] for stroke in strokes} if not _is_near(at, drawn)}
    if not loose:
        return []
    strikes: list[Rule] = []
    for stroke in sorted(stroke for stroke in strokes if stroke.at in loose):
        last = strikes[-1] if strikes else None
        if last and last.at == stroke.at and stroke.start <= last.end + _JOIN:
            strikes[-1] = last._replace(end=max(last.end, stroke.end))
        else:
            strikes.append(stroke)
    return strikes


def _is_near(at: float, places: Sequence[float]) -> bool:
    index = bisect_left(places, at - NEAR)
    return index < len(places) and places[index] <= at + NEAR


def drop_struck(glyphs: Iterable[Glyph], strikes: Sequence[Rule], *, struck: list[str]) -> list[Glyph]:
    """The glyphs that no line runs through; what it runs through is added to ``struck``.

    >>> struck = []
    >>> drop_struck([Glyph("57", 0, 10, 20, 10), Glyph("x", 30, 35, 20, 10)], [Rule(17, 0, 5)], struck=struck)
    [Glyph(text='7', x0=5.0, x1=10, y=20, size=10), Glyph(text='x', x0=30, x1=35, y=20, size=10)]
    >>> struck
    ['5']
    """
    heights = [strike.at for strike in strikes]
    kept: list[Glyph] = []
    for glyph in glyphs:
        _, _, _, base, size = glyph
        first, last = bisect_left(heights, base - _HIGH * size), bisect_right(heights, base - _LOW * size)
        if first == last:
            kept.append(glyph)
        else:
            kept += _unstruck(glyph, strikes[first:last], struck=struck)
    return kept


def _unstruck(glyph: Glyph, strikes: Sequence[Rule], *, struck: list[str]) -> Iterator[Glyph]:
    """What is left of a glyph, which may be a run of characters of one width."""
    text, left, right, _, _ = glyph
    wide = (right - left) / len(text)
    hit = [any(start <= left + (index + 0.5) * wide <= end for _, start, end in strikes) for index in range(len(text))]
    if not any(hit):
        yield glyph
        return
    struck.append("".join(char for char, is_hit in zip(text, hit, strict=True) if is_hit))
    start = 0
    for index in range(len(text) + 1):
        if index == len(text) or hit[index]:
            if index > start:
                x1 = right if index == len(text) else left + index * wide
                yield glyph._replace(text=text[start:index], x0=left + start * wide, x1=x1)
            start = index + 1
