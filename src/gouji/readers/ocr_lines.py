"""Ink to lines of characters: within the cells of a page's tables, and outside of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gouji.readers.lattice.build import find_pieces
from gouji.readers.lattice.shapes import Box, Glyph, PageContent
from gouji.readers.ocr_image import Sheet

if TYPE_CHECKING:
    import numpy as np

    from gouji.readers.ocr_image import Image

    Boxes = np.ndarray[Any, np.dtype[np.int64]]

SPECK = 0.16
"""Of a character's height: smaller spots are dust, unless they are part of a line."""
_SMALLEST, _LARGEST = 3.0, 40.0
"""Points; the height of characters."""
_PADDING = 0.22


@dataclass(frozen=True, slots=True)
class InkLine:
    """A line of characters: its extent in pixels, and the cell it stands in (``None`` outside of tables)."""

    x0: int
    y0: int
    x1: int
    y1: int
    cell: int | None = None

    @property
    def height(self) -> int:
        """In pixels."""
        return self.y1 - self.y0


@dataclass(slots=True)
class Layout:
    """The cells of a page's tables (boxes in points), all its lines, and the usual height of a character (pixels)."""

    cells: list[Box]
    lines: list[InkLine]
    usual: float


def find_layout(sheet: Sheet) -> Layout:
    """Divide the ink of a page into cells and lines."""
    spots = find_spots(sheet.ink)
    usual = usual_height(spots, scale=sheet.scale)
    cells = find_cells(sheet, spots)
    owner = _owners(spots, cells, scale=sheet.scale)
    lines: list[InkLine] = []
    for cell in range(len(cells)):
        inside = spots[owner == cell]
        if len(inside):
            lines += [InkLine(*box, cell) for box in divide_lines(inside, usual=usual)]
    outside = spots[owner < 0]
    if len(outside):
        lines += [InkLine(*box) for box in divide_lines(outside, usual=usual)]
    return Layout(cells, lines, usual)


def find_spots(ink: Image) -> Boxes:
    """Connected spots of ink as rows of x0, y0, x1, y1."""
    import cv2
    import numpy as np

    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    spots = stats[1:].astype(np.int64)
    spots = spots[spots[:, 4] > 2]
    return np.stack([spots[:, 0], spots[:, 1], spots[:, 0] + spots[:, 2], spots[:, 1] + spots[:, 3]], axis=1)


def usual_height(spots: Boxes, *, scale: float) -> float:
    """The usual height of a character, in pixels."""
    import numpy as np

    heights = spots[:, 3] - spots[:, 1]
    plausible = heights[(heights >= _SMALLEST * scale) & (heights <= _LARGEST * scale)]
    return float(np.percentile(plausible, 60)) if len(plausible) else 9 * scale


def find_cells(sheet: Sheet, spots: Boxes) -> list[Box]:
    """The boxes of all table cells, in points."""
    scale = sheet.scale
    marks = [Glyph("x", x0 / scale, x1 / scale, y1 / scale, (y1 - y0) / scale) for x0, y0, x1, y1 in spots.tolist()]
    wide, high = sheet.size
    page = PageContent(
        number=1, width=wide, height=high, glyphs=marks, horizontal=sheet.horizontal, vertical=sheet.vertical
    )
    pieces, _ = find_pieces(page)
    return [cell.box for piece in pieces for cell in piece.cells]


def _owners(spots: Boxes, cells: Sequence[Box], *, scale: float) -> Any:
    """For every spot the cell its middle lies in, -1 outside."""
    import numpy as np

    owner = np.full(len(spots), -1)
    x, y = (spots[:, 0] + spots[:, 2]) / 2 / scale, (spots[:, 1] + spots[:, 3]) / 2 / scale
    for index, (left, top, right, bottom) in enumerate(cells):
        owner[(x >= left) & (x < right) & (y >= top) & (y < bottom)] = index
    return owner


def divide_lines(spots: Boxes, *, usual: float) -> list[tuple[int, int, int, int]]:
    """The lines that some spots of ink make, top to bottom; dust by itself makes none."""
    import numpy as np

    heights, widths = spots[:, 3] - spots[:, 1], spots[:, 2] - spots[:, 0]
    large = heights[heights > 0.45 * usual]
    own = float(np.percentile(large, 75)) if len(large) else usual
    own = min(max(own, 0.6 * usual), 2.5 * usual)
    marks = spots[(np.maximum(heights, widths) >= max(SPECK * own, 3)) & (heights <= 3 * own)]
    if not len(marks):
        return []
    bands = _bands(marks, own)
    boxes = []
    for top, bottom in bands:
        middles = (marks[:, 1] + marks[:, 3]) / 2
        of_line = marks[(middles >= top) & (middles < bottom)]
        if len(of_line) and not _is_dust(of_line, own):
            left, upper, right, lower = (
                int(of_line[:, 0].min()), int(of_line[:, 1].min()), int(of_line[:, 2].max()), int(of_line[:, 3].max())
            )  # fmt: skip
            boxes.append((left, upper, right, lower))
    return boxes


def _is_dust(marks: Boxes, own: float) -> bool:
    heights, widths = marks[:, 3] - marks[:, 1], marks[:, 2] - marks[:, 0]
    return bool((heights < 0.3 * own).all() and (widths < 0.3 * own).all())


def _bands(marks: Boxes, own: float) -> list[tuple[float, float]]:
    """Heights (half-open) between which one line's middles lie."""
    tall = sorted(((y0 + y1) / 2 for x0, y0, x1, y1 in marks.tolist() if y1 - y0 > 0.5 * own))
    middles = tall or sorted((y0 + y1) / 2 for x0, y0, x1, y1 in marks.tolist())
    reach, step = (0.75, 0.45) if tall else (1.0, 0.6)  # flat strokes alone: 三 is one line
    centres: list[list[float]] = []
    for middle in middles:
        if centres and middle - centres[-1][0] < reach * own and middle - centres[-1][-1] < step * own:
            centres[-1].append(middle)
        else:
            centres.append([middle])
    lines = [sum(group) / len(group) for group in centres]
    if tall:  # small marks far from any line make lines of their own: a lone 一 or dash
        for x0, y0, x1, y1 in marks.tolist():
            middle = (y0 + y1) / 2
            if x1 - x0 > 0.4 * own and all(abs(middle - line) > 0.9 * own for line in lines):
                lines.append(middle)
        lines.sort()
    edges = [float("-inf"), *((one + two) / 2 for one, two in pairwise(lines)), float("inf")]
    return list(pairwise(edges))


def crop(sheet: Sheet, line: InkLine, *, padding: float = _PADDING, least: float = 0.0) -> Image:
    """The picture of one line in grey, with paper around it; at least ``least`` pixels high."""
    import numpy as np

    grey = sheet.grey
    high = max(line.height, least)
    pad = round(padding * high)
    middle = (line.y0 + line.y1) / 2
    y0, y1 = round(middle - high / 2) - pad, round(middle + high / 2) + pad
    x0, x1 = line.x0 - pad, line.x1 + pad
    inside = grey[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
    around = ((max(-y0, 0), max(y1 - grey.shape[0], 0)), (max(-x0, 0), max(x1 - grey.shape[1], 0)))
    return np.asarray(np.pad(inside, around, constant_values=255), dtype=np.uint8)
