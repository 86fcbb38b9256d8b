"""PDFium through ctypes functions of our own: results go into buffers that are used again, no object a character.

PDFium must not be entered by two threads at once, not even for two documents: it crashes. So :func:`open_document`
holds one lock from opening to closing. Processes do not disturb one another.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.errors import ReadError
from gouji.readers.pdf.fonts import box_font

LOCK = threading.Lock()
"""Held by whoever is inside PDFium; whoever else calls it (renders a page, say) takes it too."""


def _renew_lock() -> None:
    """A child of a fork must not inherit a lock that another thread held."""
    global LOCK  # noqa: PLW0603 - the only way to replace it
    LOCK = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


class Handle(ctypes.c_void_p):
    """A document, page or object inside PDFium.

    (A plain ``c_void_p`` comes back as an integer, and an integer cannot be handed on without a prototype.)
    """


_PTR, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
_SLOW: dict[str, tuple[Any, ...]] = {
    "FPDF_LoadMemDocument64": (Handle, _PTR, ctypes.c_size_t, _PTR),
    "FPDF_CloseDocument": (None, _PTR),
    "FPDF_GetLastError": (_LONG,),
    "FPDF_GetMetaText": (_LONG, _PTR, ctypes.c_char_p, _PTR, _LONG),
    "FPDF_LoadPage": (Handle, _PTR, _INT),
    "FPDF_ClosePage": (None, _PTR),
    "FPDFText_LoadPage": (Handle, _PTR),
    "FPDFText_ClosePage": (None, _PTR),
    "FPDFFormObj_GetObject": (Handle, _PTR, _LONG),
    "FPDFPage_RemoveObject": (_INT, _PTR, _PTR),
    "FPDFFormObj_RemoveObject": (_INT, _PTR, _PTR),
    "FPDFPageObj_Destroy": (None, _PTR),
    "FPDFPage_Flatten": (_INT, _PTR, _INT),
    "FPDFPage_GetAnnot": (Handle, _PTR, _INT),
    "FPDFAnnot_GetSubtype": (_INT, _PTR),
    "FPDFAnnot_GetFlags": (_INT, _PTR),
    "FPDFAnnot_GetRect": (_INT, _PTR, _PTR),
    "FPDFAnnot_HasKey": (_INT, _PTR, ctypes.c_char_p),
    "FPDFPage_CloseAnnot": (None, _PTR),
    "FPDFPage_RemoveAnnot": (_INT, _PTR, _INT),
    "FPDF_PageToDevice": (_INT, _PTR, *[_INT] * 5, *[ctypes.c_double] * 2, _PTR, _PTR),
    "FPDFPageObjMark_GetName": (_INT, _PTR, _PTR, _LONG, _PTR),
    "FPDFPageObj_RemoveMark": (_INT, _PTR, _PTR),
    "FPDFTextObj_GetText": (_LONG, _PTR, _PTR, _PTR, _LONG),
}
"""Result and arguments of what is called a few times a page; other threads of Python go on meanwhile."""
_QUICK: dict[str, Any] = {
    "FPDF_GetPageCount": _INT,
    "FPDF_GetPageBoundingBox": _INT,
    "FPDFPage_GetRotation": _INT,
    "FPDFPage_GetAnnotCount": _INT,
    "FPDFPage_CountObjects": _INT,
    "FPDFPage_GetObject": Handle,
    "FPDFFormObj_CountObjects": _INT,
    "FPDFPageObj_GetType": _INT,
    "FPDFPageObj_GetBounds": _INT,
    "FPDFPageObj_GetMatrix": _INT,
    "FPDFPageObj_GetFillColor": _INT,
    "FPDFPageObj_SetIsActive": _INT,
    "FPDFPageObj_CountMarks": _INT,
    "FPDFPageObj_GetMark": Handle,
    "FPDFPageObjMark_GetParamValueType": _INT,
    "FPDFPageObj_GetClipPath": Handle,
    "FPDFClipPath_CountPaths": _INT,
    "FPDFClipPath_CountPathSegments": _INT,
    "FPDFClipPath_GetPathSegment": Handle,
    "FPDFPath_GetDrawMode": _INT,
    "FPDFPath_CountSegments": _INT,
    "FPDFPath_GetPathSegment": Handle,
    "FPDFPathSegment_GetPoint": _INT,
    "FPDFPathSegment_GetType": _INT,
    "FPDFPathSegment_GetClose": _INT,
    "FPDFText_CountChars": _INT,
    "FPDFText_GetText": _INT,
    "FPDFText_GetUnicode": ctypes.c_uint,
    "FPDFText_GetCharOrigin": _INT,
    "FPDFText_GetLooseCharBox": _INT,
    "FPDFText_GetCharBox": _INT,
    "FPDFText_GetCharAngle": ctypes.c_float,
    "FPDFText_HasUnicodeMapError": _INT,
    "FPDFText_GetTextObject": Handle,
    "FPDFTextObj_GetTextRenderMode": _INT,
}
"""Results of what is called for every character and every path.

They have no prototype: converting arguments by one takes twice the time of the call. So they must be given a
:class:`Handle`, an ``int`` (of 32 bits), ``bytes`` or ``byref`` of a buffer, made once - never an address as a number.
"""


class Library:
    """PDFium's functions by their names."""

    def __init__(self) -> None:
        from pypdfium2 import raw  # initialises the library

        def address(name: str) -> int:
            return ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0

        for name, (result, *arguments) in _SLOW.items():
            setattr(self, name, ctypes.CFUNCTYPE(result, *arguments)(address(name)))
        for name, result in _QUICK.items():
            setattr(self, name, ctypes.PYFUNCTYPE(result)(address(name)))

    def __getattr__(self, name: str) -> Any:
        """Only for what the table above does not name."""
        raise AttributeError(f"PDFium's {name} is not among the functions used here")


@cache
def library() -> Library:
    """The functions, made once."""
    return Library()


@dataclass(frozen=True, slots=True)
class Document:
    """An open PDF. Valid only inside :func:`open_document`."""

    lib: Library
    handle: Handle
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
def open_document(data: bytes, *, path: str = "", to_draw: bool = False) -> Iterator[Document]:
    """Open a PDF, holding the lock until it is closed.

    Args:
        data: The file.
        path: For messages.
        to_draw: Its pages will be drawn, with the machine's fonts where the file has none of its own.

    Raises:
        ReadError: ``READ-ENCRYPTED`` (it asks for a password) or ``READ-DAMAGED``.
    """
    with LOCK, nullcontext() if to_draw else box_font():
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


_REMOVE_SECURITY = 3
"""FPDF_REMOVE_SECURITY."""


def decrypted(data: bytes) -> bytes:
    """A copy of a PDF without its encryption, streams byte for byte; as it is when the engine does not open it."""
    from pypdfium2 import raw

    parts: list[bytes] = []

    def write(_: Any, chunk: int, size: int) -> int:
        parts.append(ctypes.string_at(chunk, size))
        return 1

    try:
        with open_document(data) as document:
            target = raw.FPDF_FILEWRITE(version=1, WriteBlock=type(raw.FPDF_FILEWRITE().WriteBlock)(write))
            handle = ctypes.cast(document.handle, raw.FPDF_DOCUMENT)
            is_written = raw.FPDF_SaveAsCopy(handle, ctypes.byref(target), _REMOVE_SECURITY)
    except ReadError:
        return data
    return b"".join(parts) if is_written else data
