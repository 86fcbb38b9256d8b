"""What annotations put on a page - fields that were filled in, text that a viewer added - is drawn on it."""

from __future__ import annotations

import ctypes

from gouji.readers.lattice.shapes import Box
from gouji.readers.pdf.engine import Document, Handle
from gouji.readers.pdf.picture import draw_page

_NOT_DRAWN = frozenset({1, 2, 16})
"""Annotations that put nothing on the page: notes, links, and the windows of notes."""
_FIELD = 20
_NO_VIEW = 32
"""The flag of an annotation that is not shown."""
_FLATTENED = 1
"""FLATTEN_SUCCESS."""
_HALF = 2.0


def load_page(document: Document, number: int) -> tuple[Handle, list[Box]]:
    """Page ``number`` (1-based) with what its annotations show drawn on it, and marks for fields that may hold a value.

    Whether the latter is shown is left to the program that shows the page: they have no appearance.
    """
    lib = document.lib
    page: Handle = lib.FPDF_LoadPage(document.handle, number - 1)
    if not page.value or not lib.FPDFPage_GetAnnotCount(page):
        return page, []
    kinds = _take_off_unshown(document, page)
    marks = []
    if _FIELD in kinds:
        draw_page(page, pixels=1)  # the engine makes the appearances that the file asks for when it draws them
        marks = _undrawn_fields(document, page)
    if not kinds <= _NOT_DRAWN and lib.FPDFPage_Flatten(page, 0) == _FLATTENED:
        lib.FPDF_ClosePage(page)
        page = lib.FPDF_LoadPage(document.handle, number - 1)
    return page, marks


def _take_off_unshown(document: Document, page: Handle) -> set[int]:
    """The kinds of a page's annotations. Those that are printed but not shown are taken off it."""
    lib, kinds = document.lib, set[int]()
    for index in reversed(range(lib.FPDFPage_GetAnnotCount(page))):
        annotation = lib.FPDFPage_GetAnnot(page, index)
        if annotation:
            is_shown = not lib.FPDFAnnot_GetFlags(annotation) & _NO_VIEW
            kinds |= {lib.FPDFAnnot_GetSubtype(annotation)} if is_shown else set()
            lib.FPDFPage_CloseAnnot(annotation)
            if not is_shown:
                lib.FPDFPage_RemoveAnnot(page, index)
    return kinds


def _undrawn_fields(document: Document, page: Handle) -> list[Box]:
    """Small boxes in the middle of the fields that have, or inherit, a value and have no appearance."""
    lib, marks = document.lib, []
    rectangle = (ctypes.c_float * 4)()
    for index in range(lib.FPDFPage_GetAnnotCount(page)):
        annotation = lib.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        has_value = lib.FPDFAnnot_HasKey(annotation, b"V") or lib.FPDFAnnot_HasKey(annotation, b"Parent")
        if (
            lib.FPDFAnnot_GetSubtype(annotation) == _FIELD
            and has_value
            and not lib.FPDFAnnot_HasKey(annotation, b"AP")
            and lib.FPDFAnnot_GetRect(annotation, ctypes.addressof(rectangle))
        ):
            x, y = (rectangle[0] + rectangle[2]) / 2, (rectangle[1] + rectangle[3]) / 2
            marks.append((x - _HALF, y - _HALF, x + _HALF, y + _HALF))
        lib.FPDFPage_CloseAnnot(annotation)
    return marks
