"""Pages of a PDF that are pictures, or whose characters have no meaning: rendered, and read by OCR."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from gouji.errors import ReadError
from gouji.readers.pdf.engine import Document, open_document
from gouji.readers.pdf.page import PageReading

if TYPE_CHECKING:
    from gouji.readers.ocr import Scan
    from gouji.readers.ocr_image import Image

_FEW_CHARACTERS = 12
_PICTURE = 0.2
"""Of the page's area."""
_BROKEN = 0.3
"""Share of characters without Unicode from which on a text layer is not believed."""
_MOST_PIXELS = 6000
_BGR = 2
_ANNOTATIONS = 0x01


def needs_ocr(page: PageReading) -> bool:
    """Whether a page is a picture without text, or its text cannot be believed."""
    if page.failed:
        return False
    if page.map_errors > _BROKEN:
        return True
    return page.characters <= _FEW_CHARACTERS and page.image_share > _PICTURE


def scan_page(data: bytes, number: int, *, path: str = "") -> Scan:
    """Render page ``number`` (1-based) and read it by OCR. The engine is left alone while the recogniser works.

    Raises:
        MissingToolError: The extra ``gouji[ocr]`` is not installed.
    """
    from gouji.readers import ocr

    with open_document(data, path=path) as document:
        image, scale = render(document, number, dpi=ocr.DPI)
    return ocr.scan_page(image, page=number, scale=scale)


def render(document: Document, number: int, *, dpi: float) -> tuple[Image, float]:
    """A page as an RGB picture, and how many pixels a point has in it.

    Raises:
        ReadError: The engine cannot render it.
    """
    import numpy as np
    from pypdfium2 import raw

    handle = ctypes.cast(document.handle, raw.FPDF_DOCUMENT)
    page = raw.FPDF_LoadPage(handle, number - 1)
    if not page:
        raise ReadError(f"page {number} cannot be rendered", code="READ-DAMAGED")
    try:
        wide, high = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        scale = min(dpi / 72, _MOST_PIXELS / max(wide, high, 1))
        size = max(round(wide * scale), 1), max(round(high * scale), 1)
        bitmap: Any = raw.FPDFBitmap_CreateEx(*size, _BGR, None, 0)
        if not bitmap:
            raise ReadError(f"page {number} cannot be rendered", code="READ-DAMAGED")
        try:
            raw.FPDFBitmap_FillRect(bitmap, 0, 0, *size, 0xFFFFFFFF)
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 0, _ANNOTATIONS)
            stride = raw.FPDFBitmap_GetStride(bitmap)
            buffer = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
    finally:
        raw.FPDF_ClosePage(page)
    pixels = np.frombuffer(buffer, dtype=np.uint8).reshape(size[1], stride)[:, : size[0] * 3]
    return np.ascontiguousarray(pixels.reshape(size[1], size[0], 3)[:, :, ::-1]), scale
