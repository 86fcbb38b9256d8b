"""The raised numbers of remarks: put in brackets, so that they never become digits of the figure they stand at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gouji.readers.lattice.shapes import Glyph

_SMALL = 0.85
"""A raised digit is smaller than this share of the one it stands at ..."""
_LIFT = (0.12, 0.9)
"""... and set off from its baseline by this much of its height ..."""
_NEAR = (-0.2, 0.4)
"""... and begins this far from its end."""
_CELL = 4.0


def bracket_raised(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Small digits set above (or below) the end of a number, in brackets and on its baseline.

    >>> [glyph.text for glyph in bracket_raised([Glyph("3", 0, 5, 20, 10), Glyph("1", 5, 8, 16, 6)])]
    ['3', '[1]']
    >>> [glyph.text for glyph in bracket_raised([Glyph("3", 0, 5, 20, 10), Glyph("1", 5, 10, 20, 10)])]
    ['3', '1']
    """
    digits = [index for index, glyph in enumerate(glyphs) if "0" <= glyph[0][-1] <= "9"]
    sizes = {glyphs[index].size for index in digits}
    if len(sizes) < 2 or min(sizes) >= _SMALL * max(sizes):
        return glyphs
    ends: dict[int, list[Glyph]] = defaultdict(list)
    for index in digits:
        ends[int(glyphs[index].x1 // _CELL)].append(glyphs[index])
    marked = list(glyphs)
    for index in digits:
        glyph = glyphs[index]
        if glyph.size < _SMALL * max(sizes) and glyph.text.isdigit():
            base = _base_of(glyph, ends)
            if base is not None:
                marked[index] = Glyph(f"[{glyph.text}]", glyph.x0, glyph.x1, base.y, base.size)
    return marked


def _base_of(glyph: Glyph, ends: dict[int, list[Glyph]]) -> Glyph | None:
    """The number that a small digit stands at."""
    at = int(glyph.x0 // _CELL)
    for place in range(at - 2, at + 2):
        for base in ends.get(place, ()):
            least, most = _LIFT[0] * base.size, _LIFT[1] * base.size
            near = _NEAR[0] * base.size <= glyph.x0 - base.x1 <= _NEAR[1] * base.size
            if near and glyph.size < _SMALL * base.size and least < abs(base.y - glyph.y) < most:
                return base
    return None
