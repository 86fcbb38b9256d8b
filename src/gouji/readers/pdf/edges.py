"""What the edge of a page cuts off: a table too wide for its page, marks of printers beside it."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.lattice.shapes import Box, Glyph, Rule
from gouji.readers.lattice.words import DOUBT

_BEYOND = 1.0
"""Characters hang over the edge of a page by this much (points), no more."""
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


def drop_off_page(
    glyphs: list[Glyph], *, size: tuple[float, float], rules: tuple[Sequence[Rule], Sequence[Rule]]
) -> tuple[list[Glyph], list[str]]:
    """The glyphs within a page, and what stands off it.

    The edge of the page cuts a number: no number is left of it. Nor is a cell blank of which the page shows a part only.

    Args:
        glyphs: All that the file has.
        size: Width and height of the page.
        rules: Its horizontal and vertical rules.

    >>> words = [Glyph("12", 80, 90, 9, 9), Glyph("345", 95, 110, 9, 9), Glyph("6", 200, 205, 9, 9)]
    >>> drop_off_page(words, size=(100, 100), rules=((), ()))
    ([Glyph(text='12', x0=80, x1=90, y=9, size=9), Glyph(text='?', x0=95, x1=100, y=9, size=9)], ['6'])
    """
    wide, high = size
    left, right = -_BEYOND, wide + _BEYOND
    off = {g for g in glyphs if g[1] < left or g[2] > right or not 0 <= g[3] - 0.25 * g[4] <= high}
    if not off:
        return glyphs, []
    table = _cut_table(*rules, size=size)
    kept: list[Glyph] = []
    gone: list[str] = []
    for glyph in glyphs:
        text, x0, x1, y, em = glyph
        is_level = 0 <= y - 0.25 * em <= high
        step = (x1 - x0) / len(text)
        if glyph not in off or (is_level and len(text) > 1 and not text.isdigit() and 0 <= x0 <= wide):
            kept.append(glyph)
        elif is_level and text.isdigit() and -step < x1 and x0 < wide + step:
            kept.append(Glyph(DOUBT, max(min(x0, wide - 1), 0.0), min(max(x1, 1.0), wide), y, em))
        elif table[0] <= x0 <= table[2] and table[1] <= y <= table[3] and table != _NOWHERE:
            kept.append(glyph._replace(text=DOUBT))
        else:
            gone.append(text)
    return kept, gone


def _cut_table(horizontal: Sequence[Rule], vertical: Sequence[Rule], *, size: tuple[float, float]) -> Box:
    """The extent of the rules, if any of them goes on beyond the edge of the page."""
    wide, high = size
    is_cut = any(start < -_BEYOND or end > wide + _BEYOND for _, start, end in horizontal) or any(
        start < -_BEYOND or end > high + _BEYOND for _, start, end in vertical
    )
    if not is_cut or not horizontal or not vertical:
        return _NOWHERE
    xs = [x for rule in horizontal for x in rule[1:]]
    ys = [y for rule in vertical for y in rule[1:]]
    return min(xs), min(ys), max(xs), max(ys)
