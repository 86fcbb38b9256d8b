"""What PDFium takes for a Chinese font that is not in the file: a font of ours, all of whose characters are one box.

To read a page nobody needs to know what its characters look like: their places and widths stand in the file. PDFium
looks all the same, in a font of the machine, and leaves out characters that stand alone and that this font does not
have. So what was read would depend on the machine; and half of the time would go into outlines that are thrown away.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_CHINESE = frozenset({128, 129, 134, 136})
"""Character sets as Windows numbers them: Japanese, Korean, simplified and traditional Chinese."""
_BOX = (10, 0, 400, 700)
"""Narrower than any character, so that it never widens one; in thousandths of the em."""
_NAME = b"Box\0"


def make_box_font() -> bytes:
    r"""A TrueType font in which every character of Unicode is the same box.

    >>> make_box_font()[:4], len(make_box_font()) < 600
    (b'\x00\x01\x00\x00', True)
    """
    left, low, right, high = _BOX
    outline = struct.pack(">5hHH", 1, *_BOX, 3, 0) + bytes([1] * 4)
    outline += struct.pack(">8h", left, 0, right - left, 0, low, high - low, 0, low - high) + b"\0\0"
    group = struct.pack(">3I", 0x21, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 13, 0, 28, 0, 1) + group,
        b"glyf": outline,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, *_BOX, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 880, -120, 0, 1000, left, 0, right, 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", 1000, left, 1000, left),
        b"loca": struct.pack(">3H", 0, 0, len(outline) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    start = 12 + 16 * len(tables)
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for name, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += name + struct.pack(">3I", total, start + len(body), len(table))
        body += padded
    return directory + body


@cache
def _our_fonts() -> Any:
    """The machine's fonts as PDFium is to see them: none but the box, for Chinese."""
    from pypdfium2 import raw

    data = make_box_font()

    def map_font(*given: Any) -> int:
        _, _, _, charset, *_ = given
        return int(charset in _CHINESE)

    def give_data(*given: Any) -> int:
        _, _, table, buffer, size = given
        return 0 if table else copy(data, buffer, size)

    def give_name(*given: Any) -> int:
        _, _, buffer, size = given
        return copy(_NAME, buffer, size)

    def copy(source: bytes, buffer: Any, size: int) -> int:
        if buffer and size >= len(source):
            ctypes.memmove(buffer, source, len(source))
        return len(source)

    calls = {
        "Release": lambda _: None,
        "EnumFonts": lambda *_: None,
        "MapFont": map_font,
        "GetFont": lambda *_: 0,
        "GetFontData": give_data,
        "GetFaceName": give_name,
        "GetFontCharset": lambda *_: 134,
        "DeleteFont": lambda *_: None,
    }
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    return raw.FPDF_SYSFONTINFO(version=1, **{name: kinds[name](call) for name, call in calls.items()})


def _fonts_of_machine() -> Any:
    """The machine's fonts as PDFium finds them by itself; good for one use."""
    from pypdfium2 import raw

    return raw.FPDF_GetDefaultSystemFontInfo()


_in_use: list[Any] = []
"""What :func:`_fonts_of_machine` gave last. PDFium empties it when it gets another one; the shell is ours to free."""


@contextmanager
def box_font() -> Iterator[None]:
    """Have PDFium use the box for Chinese fonts that are not in the file; hold its lock around this.

    Afterwards it uses the fonts of the machine again: others may draw pages in this process.
    """
    from pypdfium2 import raw

    raw.FPDF_SetSystemFontInfo(ctypes.byref(_our_fonts()))
    while _in_use:
        raw.FPDF_FreeDefaultSystemFontInfo(_in_use.pop())
    try:
        yield
    finally:
        fonts = _fonts_of_machine()
        raw.FPDF_SetSystemFontInfo(fonts)
        if fonts:
            _in_use.append(fonts)
