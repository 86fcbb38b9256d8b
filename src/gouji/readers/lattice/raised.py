"""The raised numbers of remarks: put in brackets, so that they never become digits of the figure they stand at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gouji.readers.lattice.shapes import Glyph

_SMALL = (0.4, 0.85)
"""A raised digit has this share of the height of the one it stands at ..."""
_OFF = (0.12, 0.9)
"""... and is set off from its baseline by this much of that height ..."""
_LIFT = 0.7
"""... up to this much upwards, as a remark's number is ..."""
_NEAR = (-0.2, 0.4)
"""... and begins this far from its end."""
_CELL = 4.0


def bracket_raised(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Small digits set off from the end of a number, on its baseline: ``[1]`` for a remark's number, else ``(1)``.

    >>> [glyph.text for glyph in bracket_raised([Glyph("3", 0, 5, 20, 10), Glyph("1", 5, 8, 16, 6)])]
    ['3', '[1]']
    >>> [glyph.text for glyph in bracket_raised([Glyph("3", 0, 5, 20, 10), Glyph("1", 5, 10, 20, 10)])]
    ['3', '1']
    """
    digits = [index for index, glyph in enumerate(glyphs) if "0" <= glyph[0][-1] <= "9"]
    sizes = {glyphs[index].size for index in digits}
    if len(sizes) < 2 or min(sizes) >= _SMALL[1] * max(sizes):
        return glyphs
    ends: dict[int, list[Glyph]] = defaultdict(list)
    for index in digits:
        ends[int(glyphs[index].x1 // _CELL)].append(glyphs[index])
    marked = list(glyphs)
    for index in digits:
        glyph = glyphs[index]
        if glyph.size < _SMALL[1] * max(sizes) and glyph.text.isdigit():
            base = _base_of(glyph, ends)
            if base is not None:
                text = f"[{glyph.text}]" if 0 < base.y - glyph.y < _LIFT * base.size else f"({glyph.text})"
                marked[index] = Glyph(text, glyph.x0, glyph.x1, base.y, base.size)
    return marked


def _base_of(glyph: Glyph, ends: dict[int, list[Glyph]]) -> Glyph | None:
    """The number that a small digit stands at."""
    at = int(glyph.x0 // _CELL)
    for place in range(at - 2, at + 2):
        for base in ends.get(place, ()):
            size = base.size
            if (
                _SMALL[0] * size <= glyph.size < _SMALL[1] * size
                and _NEAR[0] * size <= glyph.x0 - base.x1 <= _NEAR[1] * size
                and _OFF[0] * size < abs(base.y - glyph.y) < _OFF[1] * size
            ):
                return base
    return None
