"""What a page of any paged format (PDF, OFD, a scan) comes down to: glyphs and rules, in points, y downward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left."""


class Glyph(NamedTuple):
    """A character (or, where no table is near, a run of them) on its baseline.

    Attributes:
        text: The character as the file gives it.
        x0: Left edge of its advance.
        x1: Right edge of its advance.
        y: Baseline. Never the top or bottom of the ink: the thin 一 floats far above its line.
        size: Height of the em (any measure that is equal for glyphs of one size will do).
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float


class Rule(NamedTuple):
    """A ruling line: ``at`` is y for a horizontal one and x for a vertical one, ``start`` <= ``end`` its extent."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """One page, upright: what reads from left to right runs along x.

    Attributes:
        number: 1-based.
        width: In points.
        height: In points.
        glyphs: In any order.
        horizontal: Horizontal rules, unmerged, in any order.
        vertical: Vertical rules.
        figures: Boxes of what else is drawn as small as characters are.
        turns: Quarter turns clockwise that bring the upright page back to how it is displayed (sideways tables).
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph] = ()
    horizontal: Sequence[Rule] = ()
    vertical: Sequence[Rule] = ()
    figures: Sequence[Box] = ()
    turns: int = 0


def turn_box(box: Box, page: PageContent) -> Box:
    """A box on an upright page as a box on that page as displayed, rounded to a tenth of a point.

    >>> turn_box((10, 20, 30, 25), PageContent(number=1, width=600, height=800, turns=1))
    (775, 10, 780, 30)
    """
    x0, top, x1, bottom = box
    if page.turns == 1:
        x0, top, x1, bottom = page.height - bottom, x0, page.height - top, x1
    elif page.turns == 2:
        x0, top, x1, bottom = page.width - x1, page.height - bottom, page.width - x0, page.height - top
    elif page.turns == 3:
        x0, top, x1, bottom = top, page.width - x1, bottom, page.width - x0
    return _tenth(x0), _tenth(top), _tenth(x1), _tenth(bottom)


@lru_cache(maxsize=4096)
def _tenth(length: float) -> float:
    """Rounding is slow, and the cells of a table share their edges."""
    return round(length, 1)


@dataclass(slots=True)
class PieceCell:
    """A cell while tables are still being put together; see :class:`gouji.model.raw.Cell`."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    page: int
    box: Box


@dataclass(slots=True)
class Piece:
    """A table, or what one page shows of it.

    Attributes:
        cells: Sorted by row, then column.
        rows: Number of rows.
        edges: x of the columns' edges, one more than there are columns.
        page: 1-based page it starts on.
        box: Its extent on that page.
        open_top: No rule closes its first row: a row cut by the page break above.
        open_bottom: The same below.
        last_page: Page it ends on.
        glyphs: What stands in it.
    """

    cells: list[PieceCell]
    rows: int
    edges: list[float]
    page: int
    box: Box
    open_top: bool = False
    open_bottom: bool = False
    last_page: int = 0
    glyphs: Sequence[Glyph] = ()

    def __post_init__(self) -> None:
        """A new piece begins and ends on one page."""
        self.last_page = self.last_page or self.page

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.edges) - 1
