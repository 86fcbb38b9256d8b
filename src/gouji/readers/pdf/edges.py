"""What the edge of a page cuts off: a table too wide for its page, marks of printers beside it."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.lattice.shapes import Glyph, Rule
from gouji.readers.lattice.words import DOUBT

_BEYOND = 1.0
"""Characters hang over the edge of a page by this much (points), no more."""


def drop_off_page(
    glyphs: list[Glyph], *, size: tuple[float, float], horizontal: Sequence[Rule]
) -> tuple[list[Glyph], list[str]]:
    """The glyphs within a page, and what stands off it.

    The edge of the page cuts a number: no number is left of it. Nor is a cell blank that a table's rules show in part.

    Args:
        glyphs: All that the file has.
        size: Width and height of the page.
        horizontal: Its horizontal rules, as they are in the file.

    >>> words = [Glyph("12", 80, 90, 9, 9), Glyph("345", 95, 110, 9, 9), Glyph("6", 200, 205, 9, 9)]
    >>> drop_off_page(words, size=(100, 100), horizontal=())
    ([Glyph(text='12', x0=80, x1=90, y=9, size=9), Glyph(text='?', x0=95, x1=100, y=9, size=9)], ['6'])
    """
    wide, high = size
    left, right = -_BEYOND, wide + _BEYOND
    off = {g for g in glyphs if g[1] < left or g[2] > right or not 0 <= g[3] - 0.25 * g[4] <= high}
    if not off:
        return glyphs, []
    first = min((rule.start for rule in horizontal), default=0.0)
    last = max((rule.end for rule in horizontal), default=wide)
    kept: list[Glyph] = []
    gone: list[str] = []
    for glyph in glyphs:
        text, x0, x1, y, em = glyph
        is_level = 0 <= y - 0.25 * em <= high
        step = (x1 - x0) / len(text)
        if glyph not in off or (is_level and len(text) > 1 and not text.isdigit() and 0 <= x0 <= wide):
            kept.append(glyph)
        elif is_level and text.isdigit() and min(first, -step) < x1 and x0 < max(wide + step, last):
            kept.append(Glyph(DOUBT, max(min(x0, wide - 1), 0.0), min(max(x1, 1.0), wide), y, em))
        else:
            gone.append(text)
    return kept, gone


def crop_rules(
    horizontal: list[Rule], vertical: list[Rule], *, size: tuple[float, float]
) -> tuple[list[Rule], list[Rule]]:
    """The rules within a page: where a page break cuts a row, some programs draw the row's borders off both pages.

    >>> crop_rules([Rule(-9, 0, 80), Rule(30, 0, 120)], [Rule(50, -9, 30)], size=(100, 100))
    ([Rule(at=30, start=0, end=100)], [Rule(at=50, start=0.0, end=30)])
    """
    wide, high = size
    return _cropped(horizontal, across=high, along=wide), _cropped(vertical, across=wide, along=high)


def _cropped(rules: list[Rule], *, across: float, along: float) -> list[Rule]:
    low, up, end = -_BEYOND, across + _BEYOND, along + _BEYOND
    if not any(rule[1] < low or rule[2] > end or not low <= rule[0] <= up for rule in rules):
        return rules
    return [
        Rule(rule.at, max(rule.start, 0.0), min(rule.end, along))
        for rule in rules
        if low <= rule.at <= up and rule.end > 0 and rule.start < along
    ]
