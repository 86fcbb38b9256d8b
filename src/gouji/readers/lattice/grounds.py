"""Tables whose cells are coloured areas, with white between them or nothing: the sides of the areas are the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.readers.lattice.shapes import Box, Glyph, Rule
from gouji.text.numbers import is_number_like

_CELLS = 12
"""A table has at least so many cells ..."""
_FILLED = 2
"""Numbers, or marks for none, stand in so many cells of a table, at least."""
_APART = 9.0
"""Tables are further apart than this (points)."""
_COVER = 0.75
"""The cells of a table take this share of its extent."""
_FRAMES = 40
"""Only so many of the largest areas are looked at for what lies on them."""
_PLACES = 3
"""... which begin at so many places at least: stripes behind rows begin at one."""


def find_tiled(grounds: Sequence[Box]) -> list[list[Box]]:
    """The areas that are the cells of tables, table by table; whichever way y runs.

    >>> areas = [(50 * column, 20 * row, 50 * column + 49, 20 * row + 19) for row in range(4) for column in range(3)]
    >>> len(find_tiled([*areas, (0, 0, 150, 80)])[0]), find_tiled(areas[:9]), find_tiled(areas[::3] * 3)
    (12, [], [])
    """
    if len(grounds) < _CELLS:
        return []
    return [table for table in _tables(_without_frames(grounds)) if _is_tiled(table)]


def sides_of(table: Sequence[Box]) -> tuple[list[Rule], list[Rule]]:
    """The sides of a table's cells as horizontal and vertical rules."""
    level = [Rule(at, x0, x1) for x0, top, x1, bottom in table for at in (top, bottom)]
    upright = [Rule(at, top, bottom) for x0, top, x1, bottom in table for at in (x0, x1)]
    return level, upright


def holds_values(table: Sequence[Box], glyphs: Iterable[Glyph]) -> bool:
    """Whether numbers stand in some cells: of tables whose labels alone are coloured, the numbers stand elsewhere."""
    places = [(2 * y - 0.5 * size, x0 + x1, text) for text, x0, x1, y, size in glyphs]
    filled = 0
    for x0, top, x1, bottom in table:
        text = "".join(text for y, x, text in places if 2 * top < y < 2 * bottom and 2 * x0 < x < 2 * x1)
        filled += bool(text) and is_number_like(text)
    return filled >= _FILLED


def _tables(grounds: Sequence[Box]) -> list[list[Box]]:
    """The areas of one table after the other, down the page."""
    tables: list[list[Box]] = []
    end = float("-inf")
    for box in sorted(grounds, key=lambda box: box[1]):
        if not tables or box[1] - end > _APART:
            tables.append([])
        tables[-1].append(box)
        end = max(end, box[3])
    return tables


def _is_tiled(grounds: Sequence[Box]) -> bool:
    """Whether areas are the cells of a whole table: not its labels alone, nor stripes."""
    if len(grounds) < _CELLS or len({round(box[0]) for box in grounds}) < _PLACES:
        return False
    wide = max(box[2] for box in grounds) - min(box[0] for box in grounds)
    high = max(box[3] for box in grounds) - min(box[1] for box in grounds)
    return sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in grounds) >= _COVER * wide * high


def _without_frames(grounds: Sequence[Box]) -> list[Box]:
    """The areas but for the largest that lie behind others: those of the page, of a table, of a row."""
    ordered = sorted(grounds, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    middles = [((x0 + x1) / 2, (top + bottom) / 2) for x0, top, x1, bottom in grounds]
    frames = {
        box for box in ordered[:_FRAMES] if sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in middles) > 2
    }
    return [box for box in grounds if box not in frames]
