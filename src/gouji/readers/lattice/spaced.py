"""Letter-spaced figures (``1 2 3``): if all numbers of a table stand with digits evenly apart, they are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.readers.lattice.shapes import Box, Glyph, Piece
from gouji.readers.lattice.words import split_lines
from gouji.text.numbers import is_number_like

_APART = re.compile(r"[+-]?\s*\d(?:\s+\d|\s*[.,]\s*\d)+")
_TOGETHER = re.compile(r"\d\d")
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_WIDEST = 2.5
"""Digits of a number are no further apart than this many of their widths: columns are."""
_EVEN = 0.15
"""The gaps of a number differ by less than this share of a digit's width."""
_LEAST = 3
"""So many cells of three or more characters show it, where no table above has shown it ..."""
_ALIKE = 6
"""... or this many gaps that are all alike."""


def join_spaced(piece: Piece, *, expected: bool = False) -> bool:
    """Join the digits in all cells of a table if they are letter-spaced; tell whether they were.

    It is ``expected`` where a table above was.

    Several numbers that stand in one cell for want of a rule are not taken for one: columns are further apart, and
    among their numbers some have two digits together, or the first of a cell is a zero.
    """
    apart = [(cell, re.sub(r"\s+", "", cell.text)) for cell in piece.cells if _APART.fullmatch(cell.text)]
    if not apart or any(_LEADING_ZERO.match(text) for _, text in apart):
        return False
    if any(_TOGETHER.search(cell.text) and is_number_like(cell.text) for cell in piece.cells):
        return False
    gaps = [list(_gaps(piece.glyphs, cell.box)) for cell, _ in apart]
    if not all(map(_are_even, gaps)):
        return False
    every = [gap for some in gaps for gap in some]
    is_long = sum(len(text) >= _LEAST for _, text in apart) >= _LEAST
    if not (expected or is_long or (len(every) >= _ALIKE and _are_even(every))):
        return False
    for cell, text in apart:
        cell.text = text
    return True


def _are_even(gaps: Sequence[float]) -> bool:
    return not gaps or (max(gaps) <= _WIDEST and max(gaps) - min(gaps) <= _EVEN)


def _gaps(glyphs: Sequence[Glyph], box: Box) -> Iterator[float]:
    """From digit to digit of a cell, in widths of a digit; points and commas have widths of their own."""
    x0, top, x1, bottom = box
    inside = [glyph for glyph in glyphs if x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.y <= bottom]
    for line in split_lines(inside):
        wide = max(glyph.x1 - glyph.x0 for glyph in line)
        for last, glyph in pairwise(line):
            if last.text.isdigit() and glyph.text.isdigit():
                yield (glyph.x0 - last.x1) / wide
