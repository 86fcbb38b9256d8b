"""A page as a picture, for OCR and for drawings."""

from __future__ import annotations

import ctypes
from statistics import median
from typing import Any, NamedTuple

from gouji.errors import ReadError
from gouji.readers.pdf.engine import open_document

_BGR = 2
_WHITE = 0xFFFFFFFF
_ANNOTATIONS, _REVERSE_BYTES = 0x01, 0x10
_SEEN = 12
"""A pixel of the picture changed by this much (of 255) is seen to change ..."""
_STRONG = 110
"""... and by this much it has changed strongly."""
Place = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


class Picture(NamedTuple):
    """Its size in pixels, and these in RGB, row by row."""

    width: int
    height: int
    pixels: bytes


def render_page(data: bytes, number: int, *, scale: float) -> tuple[int, int, bytes]:
    """One page (1-based) as it is displayed: width and height in pixels, and its pixels in RGB, row by row.

    Args:
        data: The PDF.
        number: Of the page, from 1.
        scale: Pixels a point.

    Raises:
        ReadError: ``READ-ENCRYPTED``, ``READ-DAMAGED``, or ``READ-PAGE``: there is no such page.
    """
    from pypdfium2 import raw

    with open_document(data, to_draw=True) as document:
        if not 1 <= number <= document.pages:
            raise ReadError(f"there is no page {number}: the document has {document.pages}", code="READ-PAGE")
        page = raw.FPDF_LoadPage(ctypes.cast(document.handle, raw.FPDF_DOCUMENT), number - 1)
        if not page:
            raise ReadError(f"page {number} cannot be drawn", code="READ-DAMAGED")
        longer = max(raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
        picture = draw_page(page, pixels=longer * scale)
        raw.FPDF_ClosePage(page)
    return picture.width, picture.height, picture.pixels


def draw_page(page: Any, *, pixels: float) -> Picture:
    """An open page as it is displayed, with so many ``pixels`` on its longer side. The lock is the caller's."""
    from pypdfium2 import raw

    handle = ctypes.cast(page, raw.FPDF_PAGE)
    size = raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle)
    scale = pixels / max(*size, 1.0)
    wide, high = (max(round(length * scale), 1) for length in size)
    buffer = (ctypes.c_ubyte * (3 * wide * high))()
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, _BGR, buffer, 3 * wide)
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
    raw.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, wide, high, 0, _ANNOTATIONS | _REVERSE_BYTES)
    raw.FPDFBitmap_Destroy(bitmap)
    return Picture(wide, high, bytes(buffer))


def difference(before: Picture, after: Picture, place: Place) -> tuple[float, float]:
    """The share of the pixels of a place that stand out from the ground for what was switched off, how many strongly.

    (White text over a rule or a figure takes something from these, but stands out from nothing.)
    """
    if before.pixels == after.pixels:
        return 0.0, 0.0
    x0, y0, x1, y1 = max(place[0], 0), max(place[1], 0), min(place[2], before.width), min(place[3], before.height)
    pairs: list[tuple[int, int]] = []
    for row in range(y0, y1):
        green = slice(3 * (before.width * row + x0) + 1, 3 * (before.width * row + x1), 3)
        pairs += zip(before.pixels[green], after.pixels[green], strict=True)
    if not pairs:
        return 0.0, 0.0
    ground = median(new for _, new in pairs)
    steps = [abs(old - new) for old, new in pairs if abs(old - ground) > abs(new - ground)]
    inked = sum(step >= _SEEN for step in steps)
    return inked / len(pairs), sum(step >= _STRONG for step in steps) / max(inked, 1)


def ink_box(before: Picture, after: Picture, place: Place) -> Place | None:
    """Where within a place two pictures differ, ``None`` when nowhere."""
    x0, y0, x1, y1 = max(place[0], 0), max(place[1], 0), min(place[2], before.width), min(place[3], before.height)
    columns: list[int] = []
    rows: list[int] = []
    for row in range(y0, y1):
        part = slice(3 * (before.width * row + x0), 3 * (before.width * row + x1))
        pairs = zip(before.pixels[part], after.pixels[part], strict=True)
        changed = [index // 3 for index, (old, new) in enumerate(pairs) if abs(old - new) >= _SEEN]
        if changed:
            columns += changed
            rows.append(row)
    return (x0 + min(columns), rows[0], x0 + max(columns) + 1, rows[-1] + 1) if rows else None
