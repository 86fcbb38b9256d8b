"""What is drawn beside numbers and is no text: a minus sign that is a line, digits that are outlines or pictures.

A line where a minus sign stands is one. Whatever else is drawn in the cell of a number, or alone in a cell, may be a
part of the number, or be it: then the cell holds no number that can be read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from gouji.readers.lattice.rules import NEAR, Net
from gouji.readers.lattice.shapes import Box, Glyph, PageContent, Piece, PieceCell, Rule
from gouji.readers.lattice.words import DOUBT
from gouji.text.numbers import is_number_like

_LONGEST = 12.0
"""A stroke longer than this is part of no character (points)."""
_SHORTEST = 1.5
"""And one shorter than this is dust."""
_MINUS = (0.12, 0.55)
"""A minus sign stands this much (of the size of the digits) above the baseline."""
_GAP = (-0.1, 0.6)
"""And so far (of their size) before the first digit."""
_FLAT = 2.0
"""It is longer than thick by this factor."""
_FILLS = 0.8
"""What fills this share of a cell's width and height is its ground or its border."""
_RULE = 0.5
_OVER, _LINE = 0.3, (-0.4, 0.7)
"""A line through or under a character shares this much of the length of either, at these heights over its baseline."""


def find_ink(page: PageContent, nets: Iterable[Net]) -> list[Box]:
    """What is drawn as small as characters are: marks, and short strokes that are no part of any table's rules."""
    nets = list(nets)
    level = sorted({rule.at for net in nets for rule in net.horizontal})
    upright = sorted({rule.at for net in nets for rule in net.vertical})
    horizontal, vertical = _strokes(page.horizontal, level), _strokes(page.vertical, upright)
    if not (horizontal or vertical or page.figures):
        return []
    boxes = [
        (stroke.start, stroke.at - _RULE / 2, stroke.end, stroke.at + _RULE / 2)
        for stroke in horizontal
        if not any(_is_line_of(stroke, glyph) for glyph in page.glyphs)
    ]
    boxes += [(at - _RULE / 2, start, at + _RULE / 2, end) for at, start, end in vertical]
    figures = (box for box in page.figures if max(box[2] - box[0], box[3] - box[1]) >= _SHORTEST)
    return boxes + [
        box
        for box in figures
        if not _is_near((box[1] + box[3]) / 2, level) and not _is_near((box[0] + box[2]) / 2, upright)
    ]


def _strokes(rules: Iterable[Rule], places: Sequence[float]) -> list[Rule]:
    """Rules as short as a part of a character that belong to no table."""
    return [rule for rule in rules if _SHORTEST <= rule.end - rule.start <= _LONGEST and not _is_near(rule.at, places)]


def _is_line_of(stroke: Rule, glyph: Glyph) -> bool:
    """Whether a stroke runs under or through a character."""
    _, left, right, base, size = glyph
    over = min(stroke.end, right) - max(stroke.start, left)
    return (
        over > _OVER * min(stroke.end - stroke.start, right - left)
        and _LINE[0] * size < base - stroke.at < _LINE[1] * size
    )


def _is_near(at: float, places: Sequence[float]) -> bool:
    return bisect_left(places, at - NEAR) < bisect_right(places, at + NEAR)


def add_signs(glyphs: list[Glyph], ink: list[Box]) -> list[Glyph]:
    """The glyphs with minus signs for the lines before numbers; these are taken out of ``ink``.

    >>> ink = [(0, 16.5, 4, 17)]
    >>> add_signs([Glyph("5", 5, 10, 20, 9)], ink), ink
    ([Glyph(text='-', x0=0, x1=4, y=20, size=9), Glyph(text='5', x0=5, x1=10, y=20, size=9)], [])
    """
    signs: list[Glyph] = []
    for box in [box for box in ink if box[2] - box[0] >= _FLAT * (box[3] - box[1])]:
        number = next((glyph for glyph in glyphs if glyph.text[0].isdigit() and _is_sign_of(box, glyph)), None)
        if number is not None:
            signs.append(Glyph("-", box[0], box[2], number.y, number.size))
            ink.remove(box)
    return signs + glyphs


def _is_sign_of(box: Box, number: Glyph) -> bool:
    _, left, _, base, size = number
    rise = base - (box[1] + box[3]) / 2
    return (
        _MINUS[0] * size <= rise <= _MINUS[1] * size
        and _GAP[0] * size <= left - box[2] <= _GAP[1] * size
        and box[2] - box[0] <= size
    )


def doubt_inked(pieces: Iterable[Piece], ink: Iterable[Box]) -> None:
    """Add doubt to the cells that hold a number, or nothing, and in which something is drawn."""
    for box in ink:
        for cell in _cells_around(pieces, box):
            x0, top, x1, bottom = cell.box
            if (box[2] - box[0]) >= _FILLS * (x1 - x0) and (box[3] - box[1]) >= _FILLS * (bottom - top):
                continue
            if not cell.text or is_number_like(cell.text):
                cell.text += DOUBT


def _cells_around(pieces: Iterable[Piece], box: Box) -> Iterator[PieceCell]:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for piece in pieces:
        if piece.box[0] <= x <= piece.box[2] and piece.box[1] <= y <= piece.box[3]:
            yield from (cell for cell in piece.cells if cell.box[0] < x < cell.box[2] and cell.box[1] < y < cell.box[3])
