"""Tables whose cells are coloured areas, with white between them or nothing: the sides of the areas are the rules."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.lattice.shapes import Box, Rule

_CELLS = 12
"""A table has at least so many cells ..."""
_FRAMES = 40
"""Only so many of the largest areas are looked at for what lies on them."""
_PLACES = 3
"""... which begin at so many places at least: stripes behind rows begin at one."""


def _without_frames(grounds: Sequence[Box]) -> list[Box]:
    """The areas but for the largest that lie behind others: those of the page, of a table, of a row."""
    ordered = sorted(grounds, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    middles = [((x0 + x1) / 2, (top + bottom) / 2) for x0, top, x1, bottom in grounds]
    frames = {
        box for box in ordered[:_FRAMES] if sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in middles) > 2
    }
    return [box for box in grounds if box not in frames]


def add_sides(grounds: Sequence[Box], horizontal: list[Rule], vertical: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """The rules, with the sides of the areas if these are the cells of a table.

    >>> areas = [(50 * column, 20 * row, 50 * column + 49, 20 * row + 19) for row in range(4) for column in range(3)]
    >>> level, upright = add_sides(areas, [], [])
    >>> len(level), len(upright), level[0], upright[0]
    (24, 24, Rule(at=0, start=0, end=49), Rule(at=0, start=0, end=19))
    >>> add_sides(areas[:9], [], [])
    ([], [])
    """
    grounds = _without_frames(grounds)
    if len(grounds) < _CELLS or len({round(box[0]) for box in grounds}) < _PLACES:
        return horizontal, vertical
    level = [Rule(at, x0, x1) for x0, top, x1, bottom in grounds for at in (top, bottom)]
    upright = [Rule(at, top, bottom) for x0, top, x1, bottom in grounds for at in (x0, x1)]
    return horizontal + level, vertical + upright
