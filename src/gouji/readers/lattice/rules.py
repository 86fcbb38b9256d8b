"""Ruling lines: scattered strokes to whole rules, rules to tables. Pure geometry, points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.readers.lattice.shapes import Box, Rule

THIN = 3.2
"""A box not thicker than this is a rule."""
NEAR = 2.6
"""Parallel strokes closer than this are one rule (double borders, borders of neighbouring cells)."""
GAP = 3.2
"""Strokes in line with a gap up to this are one rule."""
TOUCH = 3.2
"""A rule ending this near to a crossing one touches it."""
DOT = 8.0
"""Strokes shorter than this are dashes or dots: they make a rule only when several lie in line."""
DOTS = 4
"""How many of them."""
SPECKS = 64
"""More tiny boxes than this on a page are dotted borders."""
CHARACTER = 20.0
"""A shape not larger than this may be a character's outline."""
_RECTANGLE, _NOTHING = 5, 0.01
_new = tuple.__new__
"""What the constructor of a named tuple comes to, in half its time."""


@dataclass(slots=True)
class Strokes:
    """What is drawn on a page besides text, as far as it makes tables or may be read; whichever way y runs.

    Attributes:
        horizontal: Horizontal rules.
        vertical: Vertical rules.
        dots: Tiny boxes.
        figures: What is drawn as small as characters are, and is no rule.
    """

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    figures: list[Box] = field(default_factory=list)

    def add_box(self, box: Box) -> bool:
        """Take a thin box as a rule, a tiny one as a dot; False when it is neither.

        >>> strokes = Strokes()
        >>> strokes.add_box((0, 10, 90, 10.5)), strokes.add_box((0, 0, 90, 40)), strokes.horizontal
        (True, False, [Rule(at=10.25, start=0, end=90)])
        """
        x0, y0, x1, y1 = box
        if y1 - y0 <= THIN:
            if x1 - x0 <= THIN:
                self.dots.append(box)
            else:
                self.horizontal.append(_new(Rule, ((y0 + y1) / 2, x0, x1)))
            return True
        if x1 - x0 <= THIN:
            self.vertical.append(_new(Rule, ((x0 + x1) / 2, y0, y1)))
            return True
        return False

    def add_figure(self, shapes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Take what is as small as a character and no rectangle as a figure, given by the corners of its parts.

        >>> strokes = Strokes()
        >>> strokes.add_figure([[(0, 0), (5, 0), (2, 9)]])
        >>> strokes.add_figure([[(0, 0), (5, 0), (5, 9), (0, 9)]])
        >>> strokes.figures
        [(0, 0, 5, 9)]
        """
        if not any(_is_figure(points) for points in shapes):
            return
        xs = [x for points in shapes for x, _ in points]
        ys = [y for points in shapes for _, y in points]
        if max(max(xs) - min(xs), max(ys) - min(ys)) <= CHARACTER:
            self.figures.append((min(xs), min(ys), max(xs), max(ys)))

    def finish(self) -> None:
        """Turn rows of dots into rules; a few dots are figures, too."""
        if len(self.dots) >= DOTS:
            level, upright = rules_of_dots([((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in self.dots])
            self.horizontal += level
            self.vertical += upright
        if len(self.dots) <= SPECKS:
            self.figures += self.dots
        self.dots.clear()


def _is_figure(points: Sequence[tuple[float, float]]) -> bool:
    """Whether a shape has more corners than a rectangle, or a side that runs aslant."""
    return len(points) > _RECTANGLE or any(
        abs(x1 - x0) > _NOTHING < abs(y1 - y0) for (x0, y0), (x1, y1) in pairwise(points)
    )


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join what lies in line, and what runs so near side by side that it is one border.

    >>> merge_rules([Rule(10, 0, 50), Rule(10.4, 52, 92), Rule(40, 0, 90)])
    [Rule(at=10.178, start=0, end=92), Rule(at=40.0, start=0, end=90)]
    """
    ordered = sorted(rules)
    merged: list[Rule] = []
    first = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index].at - ordered[first].at > NEAR:
            merged.extend(_join(ordered[first:index]))
            first = index
    return merged


def _join(band: Sequence[Rule]) -> list[Rule]:
    """Join the strokes of one band along its direction."""
    joined: list[Rule] = []
    strokes = sorted(band, key=_start)
    total = at = 0.0
    start = end = strokes[0].start
    pieces = shorts = 0
    for stroke in (*strokes, None):
        where, begin, stop = stroke or (0.0, float("inf"), float("inf"))
        length = stop - begin if stroke else 0.0
        if pieces and begin - end > GAP and (length > DOT or begin - end > max(GAP, min(2.5 * length, DOT))):
            if end - start > DOT or (shorts >= DOTS and end - start > GAP):
                joined.append(Rule(round(at / total, 3), start, end))
            total = at = 0.0
            pieces = shorts = 0
            start = end = begin
        weight = max(0.1, length)
        total += weight
        at += where * weight
        pieces += 1
        shorts += length <= DOT
        end = max(end, stop)
    return joined


def _start(rule: Rule) -> float:
    return rule.start


def rules_of_dots(dots: Iterable[tuple[float, float]]) -> tuple[list[Rule], list[Rule]]:
    """Rows and columns of dots (centres x, y) as horizontal and vertical rules: dotted borders.

    >>> rules_of_dots([(10 + 2 * step, 50) for step in range(10)])
    ([Rule(at=50, start=10, end=28)], [])
    """
    points = list(dots)
    return _runs([(y, x) for x, y in points]), _runs(points)


def _runs(points: list[tuple[float, float]]) -> list[Rule]:
    bands: dict[int, list[tuple[float, float]]] = {}
    for at, along in points:
        bands.setdefault(round(at * 2), []).append((along, at))
    rules: list[Rule] = []
    for band in bands.values():
        if len(band) < DOTS:
            continue
        band.sort()
        start = previous = band[0][0]
        count = 1
        for along, at in (*band[1:], (float("inf"), 0.0)):
            if along - previous > 1.5 * GAP:
                if count >= DOTS and previous - start > DOT:
                    rules.append(Rule(band[0][1], start, previous))
                start, count = along, 0
            previous = along
            count += 1
            del at
    return rules


@dataclass(slots=True)
class Net:
    """Rules that hang together: the skeleton of one table."""

    horizontal: list[Rule]
    vertical: list[Rule]

    @property
    def box(self) -> Box:
        """Extent of all its rules."""
        xs = [rule.at for rule in self.vertical] + [end for rule in self.horizontal for end in rule[1:]]
        ys = [rule.at for rule in self.horizontal] + [end for rule in self.vertical for end in rule[1:]]
        return min(xs), min(ys), max(xs), max(ys)


def find_nets(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Net]:
    """Group merged rules into tables by what crosses what, top to bottom.

    A vertical rule that touches nothing but runs along a table joins it: the open label column of a continuation page.
    """
    roots = list(range(len(horizontal) + len(vertical)))

    def find(node: int) -> int:
        while roots[node] != node:
            roots[node] = roots[roots[node]]
            node = roots[node]
        return node

    touched = [False] * len(roots)
    for number, upright in enumerate(vertical, len(horizontal)):
        top, bottom = upright.start - TOUCH, upright.end + TOUCH
        left, right = upright.at + TOUCH, upright.at - TOUCH
        for index, level in enumerate(horizontal):
            if top <= level.at <= bottom and level.start <= left and level.end >= right:
                touched[index] = touched[number] = True
                roots[find(number)] = find(index)
    nets: dict[int, Net] = {}
    for index, level in enumerate(horizontal):
        if touched[index]:
            nets.setdefault(find(index), Net([], [])).horizontal.append(level)
    loose: list[Rule] = []
    for number, upright in enumerate(vertical, len(horizontal)):
        if touched[number]:
            nets[find(number)].vertical.append(upright)
        else:
            loose.append(upright)
    found = sorted(nets.values(), key=lambda net: net.box[1])
    for upright in loose:
        _attach(upright, found)
    return found


def _attach(upright: Rule, nets: Sequence[Net]) -> None:
    for net in nets:
        left, top, right, bottom = net.box
        shared = min(bottom, upright.end) - max(top, upright.start)
        height = max(upright.end - upright.start, 1.0)
        if shared > 0.6 * height and shared > 0.3 * (bottom - top) and left - 200 < upright.at < right + 200:
            net.vertical.append(upright)
            return
