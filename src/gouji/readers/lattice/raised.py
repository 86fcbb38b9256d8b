"""The raised numbers of remarks: put in brackets, so that they never become digits of the figure they stand at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gouji.readers.lattice.shapes import Glyph
from gouji.text.marks import read_remark

_SMALL = (0.4, 0.85)
"""A raised digit has this share of the height of the one it stands at ..."""
_OFF = (0.12, 0.9)
"""... and is set off from its baseline by this much of that height ..."""
_LIFT = 0.7
"""... up to this much upwards, as a remark's number is ..."""
_NEAR = (-0.2, 0.4)
"""... and begins this far from its end."""
_CELL = 4.0
_SIGNS = frozenset("()[]*＊※（）〔〕①②③④⑤⑥⑦⑧⑨⑩")
"""What marks of remarks are made of, beside digits."""


def bracket_raised(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Small digits set off from the end of a number, on its baseline: ``[1]`` for the mark of a remark, else ``(1)``.

    >>> [glyph.text for glyph in bracket_raised([Glyph("3", 0, 5, 20, 10), Glyph("1", 5, 8, 16, 6)])]
    ['3', '[1]']
    >>> [glyph.text for glyph in bracket_raised([Glyph("3", 0, 5, 20, 10), Glyph("1", 5, 10, 20, 10)])]
    ['3', '1']
    """
    digits = [index for index, glyph in enumerate(glyphs) if "0" <= glyph[0][-1] <= "9"]
    signs = [index for index, glyph in enumerate(glyphs) if glyph[0] in _SIGNS]
    sizes = {glyphs[index].size for index in (*digits, *signs)}
    if len(sizes) < 2 or min(sizes) >= _SMALL[1] * max(sizes):
        return glyphs
    ends: dict[int, list[Glyph]] = defaultdict(list)
    for index in digits:
        ends[int(glyphs[index].x1 // _CELL)].append(glyphs[index])
    small = [i for i in (*digits, *signs) if glyphs[i].size < _SMALL[1] * max(sizes) and not _is_word(glyphs[i])]
    marked: list[Glyph | None] = list(glyphs)
    for base, mark in _marks(glyphs, sorted(small, key=lambda index: (glyphs[index].y, glyphs[index].x0)), ends):
        first, last = glyphs[mark[0]], glyphs[mark[-1]]
        text = "".join([glyphs[index].text for index in mark])
        is_raised = 0 < base.y - first.y < _LIFT * base.size
        text = (read_remark(text) if is_raised else "") or (f"({text})" if text.isdigit() else "")
        if text:
            marked[mark[0]] = Glyph(text, first.x0, last.x1, base.y, base.size)
            for index in mark[1:]:
                marked[index] = None
    return [glyph for glyph in marked if glyph is not None]


def _is_word(glyph: Glyph) -> bool:
    return not glyph.text.isdigit() and glyph.text not in _SIGNS


def _marks(
    glyphs: Sequence[Glyph], small: Iterable[int], ends: dict[int, list[Glyph]]
) -> Iterator[tuple[Glyph, list[int]]]:
    """Every number with the small characters that stand at its end, by their indices."""
    base, mark = None, list[int]()
    for index in small:
        glyph = glyphs[index]
        if base is not None and _follows(glyphs[mark[-1]], glyph):
            mark.append(index)
            continue
        if base is not None:
            yield base, mark
        base, mark = _base_of(glyph, ends), [index]
    if base is not None:
        yield base, mark


def _follows(last: Glyph, glyph: Glyph) -> bool:
    near = _NEAR[0] * glyph.size <= glyph.x0 - last.x1 <= _NEAR[1] * glyph.size
    return near and glyph.y == last.y


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
