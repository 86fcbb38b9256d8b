"""The objects of a page one by one, in the order in which they are drawn: for pages on which that matters."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

from gouji.readers.lattice.shapes import Box
from gouji.readers.pdf.engine import Handle, Library
from gouji.readers.pdf.paths import FORM, IDENTITY, Matrix, multiply, transform_box

_DEEPEST = 8


class PageObject(NamedTuple):
    """One object.

    Attributes:
        kind: As PDFium numbers them (``TEXT``, ``PATH``, ``IMAGE`` of :mod:`.paths`).
        item: Itself.
        box: Its extent in user space: left, bottom, right, top.
        forms: The form objects that it is part of, the outermost first.
    """

    kind: int
    item: Handle
    box: Box
    forms: tuple[Handle, ...]


class ObjectReader:
    """Walks the objects of pages; keeps the buffers that results are written to."""

    def __init__(self, lib: Library) -> None:
        self._lib = lib
        self._floats = (ctypes.c_float * 6)()
        self._at = [ctypes.byref(self._floats, 4 * index) for index in range(4)]

    def read(self, page: Handle) -> Iterator[PageObject]:
        """Every object of a page but forms, of which the parts are told instead."""
        lib = self._lib
        items = (lib.FPDFPage_GetObject(page, index) for index in range(lib.FPDFPage_CountObjects(page)))
        yield from self._walk(items, IDENTITY, ())

    def _walk(self, items: Iterator[Handle], matrix: Matrix, forms: tuple[Handle, ...]) -> Iterator[PageObject]:
        lib = self._lib
        for item in items:
            kind = lib.FPDFPageObj_GetType(item)
            if kind != FORM:
                if lib.FPDFPageObj_GetBounds(item, *self._at):
                    x0, y0, x1, y1, _, _ = self._floats
                    yield PageObject(kind, item, transform_box(matrix, (x0, y0, x1, y1)), forms)
            elif len(forms) < _DEEPEST:
                own = IDENTITY
                if lib.FPDFPageObj_GetMatrix(item, self._at[0]):
                    a, b, c, d, e, f = self._floats
                    own = a, b, c, d, e, f
                parts = (lib.FPDFFormObj_GetObject(item, index) for index in range(lib.FPDFFormObj_CountObjects(item)))
                yield from self._walk(parts, multiply(own, matrix), (*forms, item))
