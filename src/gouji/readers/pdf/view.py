"""PDF user space (y upward, perhaps sideways) to upright points from the top left."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.lattice.shapes import Box, Glyph, Rule
from gouji.readers.pdf.paths import Drawing


class View:
    """How a page must be looked at for its text to stand upright.

    Args:
        box: The page's box in user space: left, bottom, right, top.
        turns: Quarter turns clockwise that set the text upright.
    """

    def __init__(self, box: Box, *, turns: int) -> None:
        self._left, self._bottom, self._right, self._top = left, bottom, right, top = box
        self.turns = turns
        size = right - left, top - bottom
        self.width, self.height = size if turns % 2 == 0 else size[::-1]

    @property
    def corner(self) -> tuple[float, float]:
        """The top left corner in user space."""
        return self._left, self._top

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space.

        >>> View((0, 0, 600, 800), turns=0).point(10, 790), View((0, 0, 600, 800), turns=1).point(10, 790)
        ((10, 10), (790, 10))
        """
        if self.turns == 0:
            return x - self._left, self._top - y
        if self.turns == 1:
            return y - self._bottom, x - self._left
        if self.turns == 2:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x

    def place(self, text: str, origin: Sequence[float], box: Sequence[float]) -> Glyph:
        """A glyph from its origin and its loose box (left, top, right, bottom in user space)."""
        x, y = origin
        left, top, right, bottom = box
        if self.turns == 0:
            x -= self._left
            return Glyph(text, x, max(right - self._left, x), self._top - y, max(top - bottom, 1.0))
        across, base = self.point(x, y)
        corners = self.point(left, top), self.point(right, bottom)
        end = max(corners[0][0], corners[1][0])
        return Glyph(text, across, max(end, across), base, max(abs(corners[0][1] - corners[1][1]), 1.0))

    def box(self, box: Box) -> Box:
        """A box of user space (left, bottom, right, top) as one upright."""
        (x0, y0), (x1, y1) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def rules(self, drawing: Drawing) -> tuple[list[Rule], list[Rule]]:
        """The horizontal and the vertical rules of a page, as seen upright."""
        level, upright = drawing.horizontal, drawing.vertical
        if not self.turns:
            left, top, new = self._left, self._top, tuple.__new__
            return (
                [new(Rule, (top - at, start - left, end - left)) for at, start, end in level],
                [new(Rule, (at - left, top - end, top - start)) for at, start, end in upright],
            )
        if self.turns % 2:
            level, upright = upright, level
            return [self._turned(rule, level=False) for rule in level], [
                self._turned(rule, level=True) for rule in upright
            ]
        return [self._turned(rule, level=True) for rule in level], [self._turned(rule, level=False) for rule in upright]

    def _turned(self, rule: Rule, *, level: bool) -> Rule:
        """One rule; ``level`` tells its direction in user space."""
        at, start, end = rule
        ends = (start, at), (end, at)
        if not level:
            ends = (at, start), (at, end)
        (x0, y0), (x1, y1) = (self.point(*point) for point in ends)
        return (
            Rule(y0, min(x0, x1), max(x0, x1)) if level != bool(self.turns % 2) else Rule(x0, min(y0, y1), max(y0, y1))
        )
