"""A page as a picture, for OCR and for drawings."""

from __future__ import annotations

import ctypes

from gouji.errors import ReadError
from gouji.readers.pdf.engine import open_document

_BGR = 2
_WHITE = 0xFFFFFFFF
_ANNOTATIONS, _REVERSE_BYTES = 0x01, 0x10


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
        wide = max(round(raw.FPDF_GetPageWidthF(page) * scale), 1)
        high = max(round(raw.FPDF_GetPageHeightF(page) * scale), 1)
        pixels = (ctypes.c_ubyte * (3 * wide * high))()
        bitmap = raw.FPDFBitmap_CreateEx(wide, high, _BGR, pixels, 3 * wide)
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, _ANNOTATIONS | _REVERSE_BYTES)
        raw.FPDFBitmap_Destroy(bitmap)
        raw.FPDF_ClosePage(page)
    return wide, high, bytes(pixels)
