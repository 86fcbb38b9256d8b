"""Strokes found in a picture to the ruling lines of tables: what belongs to characters is cut off or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gouji.readers.lattice.rules import TOUCH, Net, find_nets, merge_rules
from gouji.readers.lattice.shapes import Box, Rule
from gouji.readers.ocr_strokes import PAPER, find_strokes

if TYPE_CHECKING:
    import numpy as np

    Image = np.ndarray[Any, np.dtype[np.uint8]]

_SHORTEST_LEVEL, _SHORTEST_UPRIGHT = 26.0, 14.0
"""Points. Shorter strokes belong to characters; horizontal rules run over several columns."""
_STICKS_OUT = 5.0
_LONG = 90.0
_HANGS = 24.0
_PRUNINGS = 4
_INSIDE = 1.0, 2.2
"""Points from a border within which the side of a cell is drawn, and characters are not."""
_ASIDE = 1.0
"""Points to both sides in which a rule is looked for: a page is never quite straight."""
_REACHES = 0.4
"""Share of the borders on its way that a vertical rule reaches, dashed or not."""
_SMALLEST_TABLE = (150.0, 14.0)
"""Points, width and height; smaller nets of lines are the strokes of large characters."""


def find_rules(grey: Image, ink: Image, *, scale: float) -> tuple[list[Rule], list[Rule], Image]:
    """The ruling lines of tables, in points, and a mask of their pixels.

    Long thin strokes count, and only where they cross others to make the net of a table: strokes of characters do not.
    """
    import cv2
    import numpy as np

    level_mask, level = find_strokes(grey, ink, scale=scale, shortest=_SHORTEST_LEVEL)
    upright_mask, upright = find_strokes(grey.T, ink.T, scale=scale, shortest=_SHORTEST_UPRIGHT)
    upright_mask = upright_mask.T
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for net in _tables(level, upright, grey=grey, scale=scale):
        horizontal += net.horizontal
        vertical += net.vertical
    mask = np.zeros_like(ink)
    reach = max(2, round(1.2 * scale))
    for rule in horizontal:
        y = round(rule.at * scale)
        x0, x1 = max(round(rule.start * scale), 0), round(rule.end * scale)
        mask[max(y - reach, 0) : y + reach + 1, x0:x1] |= level_mask[max(y - reach, 0) : y + reach + 1, x0:x1]
    for rule in vertical:
        x = round(rule.at * scale)
        y0, y1 = max(round(rule.start * scale), 0), round(rule.end * scale)
        mask[y0:y1, max(x - reach, 0) : x + reach + 1] |= upright_mask[y0:y1, max(x - reach, 0) : x + reach + 1]
    return horizontal, vertical, np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def trim(net: Net) -> Net:
    """Cut off what sticks out above the first and below the last horizontal rule, unless most vertical rules do.

    Where most do, a page break left the cells open; a few are strokes of characters that touch the table.
    """
    levels = [rule.at for rule in net.horizontal]
    first, last = min(levels), max(levels)
    if not _is_open([first - rule.start for rule in net.vertical if rule.end > first + TOUCH]):
        cut = [rule._replace(start=max(rule.start, first)) for rule in net.vertical]
        net.vertical = [rule for rule in cut if rule.end - rule.start > TOUCH]
    if not _is_open([rule.end - last for rule in net.vertical if rule.start < last - TOUCH]):
        cut = [rule._replace(end=min(rule.end, last)) for rule in net.vertical]
        net.vertical = [rule for rule in cut if rule.end - rule.start > TOUCH]
    return net


def _tables(level: Sequence[Rule], upright: Sequence[Rule], *, grey: Image, scale: float) -> list[Net]:
    """The nets of rules that make tables: wide enough, and not within another one (strokes of its characters)."""
    kept: list[Net] = []
    nets = find_nets(merge_rules(level), merge_rules(upright))
    for net in sorted(nets, key=lambda net: net.box[0] - net.box[2]):
        prune(net)
        net.vertical = [rule for rule in net.vertical if reaches_borders(rule, net.horizontal, grey, scale=scale)]
        if len(net.horizontal) < 2 or not net.vertical or not trim(net).vertical:
            continue
        left, top, right, bottom = net.box
        large = right - left >= _SMALLEST_TABLE[0] and bottom - top >= _SMALLEST_TABLE[1]
        if large and not any(_is_within(net.box, other.box) for other in kept):
            kept.append(net)
    return kept


def reaches_borders(rule: Rule, levels: Sequence[Rule], grey: Image, *, scale: float) -> bool:
    """Whether a vertical rule is drawn close to the horizontal ones it crosses, as the side of a cell is.

    In low rows, strokes of characters that stand under one another (left-aligned labels, a column of zeros) look like
    a dashed rule; but they keep their distance from the borders, above and below, in every row.
    """
    import numpy as np

    middle, reach = round(rule.at * scale), max(1, round(_ASIDE * scale))
    top, bottom = max(round(rule.start * scale), 0), round(rule.end * scale)
    strip = grey[top:bottom, max(middle - reach, 0) : middle + reach + 1]
    if not strip.size:
        return False
    dark = PAPER - np.minimum(strip, PAPER).min(axis=1).astype(np.float32)
    drawn = dark > 0.4 * np.percentile(dark, 75)
    near, far = (round(part * scale) for part in _INSIDE)
    ends = []
    for level in levels:
        at = round(level.at * scale) - top
        if level.start - TOUCH <= rule.at <= level.end + TOUCH:
            ends += [
                drawn[a:b] for a, b in ((at - far, at - near), (at + near, at + far)) if a >= 0 and b <= len(drawn)
            ]
    return sum(bool(end.any()) for end in ends) >= _REACHES * len(ends)


def _is_within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - TOUCH
        and inner[1] >= outer[1] - TOUCH
        and inner[2] <= outer[2] + TOUCH
        and inner[3] <= outer[3] + TOUCH
    )


def prune(net: Net) -> Net:
    """Cut rules where they cross their last one, and drop short ones that cross fewer than two.

    What goes on beyond, or hangs there alone, are strokes of characters that touch a border.
    """
    for _ in range(_PRUNINGS):
        before = [*net.horizontal, *net.vertical]
        if not net.horizontal or not net.vertical:
            break
        net.horizontal = _drop_short_edges(net.horizontal)
        net.vertical = _prune(net.vertical, net.horizontal)
        net.horizontal = _prune(net.horizontal, net.vertical)
        if before == [*net.horizontal, *net.vertical]:
            break
    return net


def _drop_short_edges(levels: list[Rule]) -> list[Rule]:
    """Drop the first and last horizontal rules that run along less than half of the table: its edges run along all."""
    levels = sorted(levels)
    width = max(rule.end for rule in levels) - min(rule.start for rule in levels)

    def drawn(at: float) -> float:
        return sum(rule.end - rule.start for rule in levels if abs(rule.at - at) <= TOUCH)

    while levels and drawn(levels[-1].at) < 0.5 * width:
        levels.pop()
    while levels and drawn(levels[0].at) < 0.5 * width:
        levels.pop(0)
    return levels


def _prune(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[Rule]:
    if not crossing:
        return []
    first, last = min(rule.at for rule in crossing), max(rule.at for rule in crossing)
    kept = []
    for rule in rules:
        held = [
            other.at
            for other in crossing
            if other.start - TOUCH <= rule.at <= other.end + TOUCH
            and rule.start - TOUCH <= other.at <= rule.end + TOUCH
        ]
        if len(held) < 2:
            if rule.end - rule.start >= _LONG or (held and _is_half_open(rule, held[0], edges=(first, last))):
                kept.append(rule)
            continue
        start, end = rule.start, rule.end
        if first < min(held) and min(held) - start < _HANGS:
            start = min(held)
        if max(held) < last and end - max(held) < _HANGS:
            end = max(held)
        kept.append(rule._replace(start=start, end=end))
    return kept


def _is_half_open(rule: Rule, held: float, *, edges: tuple[float, float]) -> bool:
    """Whether a rule crosses only the outermost one, from inside: the cell that a page break left open."""
    first, last = edges
    return (held >= last - TOUCH and rule.end > last + TOUCH and rule.start < last - TOUCH) or (
        held <= first + TOUCH and rule.start < first - TOUCH and rule.end > first + TOUCH
    )


def _is_open(beyond: Sequence[float]) -> bool:
    """Whether most of the rules that reach the edge stick out beyond it."""
    reaching = [length for length in beyond if length > -TOUCH]
    return 2 * sum(length > _STICKS_OUT for length in reaching) > len(reaching)
