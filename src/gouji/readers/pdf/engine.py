"""PDFium through ctypes prototypes of our own: addresses in, numbers out, no object a character.

PDFium must not be entered by two threads at once, not even for two documents: it crashes. So :func:`open_document`
holds one lock from opening to closing. Processes do not disturb one another.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.errors import ReadError

LOCK = threading.Lock()
"""Held by whoever is inside PDFium; whoever else calls it (renders a page, say) takes it too."""


def _renew_lock() -> None:
    """A child of a fork must not inherit a lock that another thread held."""
    global LOCK  # noqa: PLW0603 - the only way to replace it
    LOCK = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)

_PTR, _INT, _UINT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float
_SIGNATURES: dict[str, tuple[Any, ...]] = {
    "FPDF_LoadMemDocument64": (_PTR, _PTR, ctypes.c_size_t, _PTR),
    "FPDF_CloseDocument": (None, _PTR),
    "FPDF_GetLastError": (ctypes.c_ulong,),
    "FPDF_GetPageCount": (_INT, _PTR),
    "FPDF_GetMetaText": (ctypes.c_ulong, _PTR, ctypes.c_char_p, _PTR, ctypes.c_ulong),
    "FPDF_LoadPage": (_PTR, _PTR, _INT),
    "FPDF_ClosePage": (None, _PTR),
    "FPDF_GetPageBoundingBox": (_INT, _PTR, _PTR),
    "FPDFPage_GetRotation": (_INT, _PTR),
    "FPDFPage_CountObjects": (_INT, _PTR),
    "FPDFPage_GetObject": (_PTR, _PTR, _INT),
    "FPDFFormObj_CountObjects": (_INT, _PTR),
    "FPDFFormObj_GetObject": (_PTR, _PTR, ctypes.c_ulong),
    "FPDFPageObj_GetType": (_INT, _PTR),
    "FPDFPageObj_GetBounds": (_INT, _PTR, _PTR, _PTR, _PTR, _PTR),
    "FPDFPageObj_GetMatrix": (_INT, _PTR, _PTR),
    "FPDFPath_GetDrawMode": (_INT, _PTR, _PTR, _PTR),
    "FPDFPath_CountSegments": (_INT, _PTR),
    "FPDFPath_GetPathSegment": (_PTR, _PTR, _INT),
    "FPDFPathSegment_GetPoint": (_INT, _PTR, _PTR, _PTR),
    "FPDFPathSegment_GetType": (_INT, _PTR),
    "FPDFPathSegment_GetClose": (_INT, _PTR),
    "FPDFText_LoadPage": (_PTR, _PTR),
    "FPDFText_ClosePage": (None, _PTR),
    "FPDFText_CountChars": (_INT, _PTR),
    "FPDFText_GetText": (_INT, _PTR, _INT, _INT, _PTR),
    "FPDFText_GetUnicode": (_UINT, _PTR, _INT),
    "FPDFText_GetCharOrigin": (_INT, _PTR, _INT, _PTR, _PTR),
    "FPDFText_GetLooseCharBox": (_INT, _PTR, _INT, _PTR),
    "FPDFText_GetCharAngle": (_FLOAT, _PTR, _INT),
    "FPDFText_HasUnicodeMapError": (_INT, _PTR, _INT),
    "FPDFText_GetTextObject": (_PTR, _PTR, _INT),
    "FPDFTextObj_GetTextRenderMode": (_INT, _PTR),
}


class Library:
    """PDFium's functions by their names, without the prefix ``FPDF``; pointers go as plain integers."""

    def __init__(self) -> None:
        from pypdfium2 import raw  # initialises the library

        for name, (result, *arguments) in _SIGNATURES.items():
            address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
            setattr(self, name, ctypes.CFUNCTYPE(result, *arguments)(address))

    def __getattr__(self, name: str) -> Any:
        """Only for what the table above does not name."""
        raise AttributeError(f"PDFium's {name} has no prototype here")


@cache
def library() -> Library:
    """The functions, made once."""
    return Library()


@dataclass(frozen=True, slots=True)
class Document:
    """An open PDF. Valid only inside :func:`open_document`."""

    lib: Library
    handle: int
    pages: int

    def meta(self, name: str) -> str:
        """An entry of the document's information dictionary, ``""`` when there is none."""
        size = self.lib.FPDF_GetMetaText(self.handle, name.encode(), None, 0)
        if size <= 2:
            return ""
        buffer = ctypes.create_string_buffer(size)
        self.lib.FPDF_GetMetaText(self.handle, name.encode(), ctypes.addressof(buffer), size)
        return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


_PASSWORD = (4, 5)
"""FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY."""


@contextmanager
def open_document(data: bytes, *, path: str = "") -> Iterator[Document]:
    """Open a PDF, holding the lock until it is closed.

    Raises:
        ReadError: ``READ-ENCRYPTED`` (it asks for a password) or ``READ-DAMAGED``.
    """
    with LOCK:
        lib = library()
        handle = lib.FPDF_LoadMemDocument64(data, len(data), None)
        if not handle:
            if lib.FPDF_GetLastError() in _PASSWORD:
                raise ReadError("the PDF is encrypted and asks for a password", code="READ-ENCRYPTED", where=path)
            raise ReadError("the PDF is damaged: its structure cannot be read", code="READ-DAMAGED", where=path)
        try:
            yield Document(lib, handle, lib.FPDF_GetPageCount(handle))
        finally:
            lib.FPDF_CloseDocument(handle)
