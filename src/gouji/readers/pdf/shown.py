"""Numbers of which the page shows only a part: a clip or what is drawn over them takes digits, or half of one.

Whoever looks at the page sees that something is missing, or takes the rest for the number. So the digits that are not
seen whole are kept from making a number, and those of a number of which nothing is seen are blanks.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable

from gouji.readers.lattice.shapes import Box
from gouji.readers.lattice.words import DOUBT
from gouji.readers.pdf.engine import Handle, Library
from gouji.readers.pdf.picture import Picture, Place, ink_box

_NUMBER = re.compile(r"[0-9.,+-]+")
_WHOLE = 0.8
"""A character is seen whole if its ink fills this share of its height and width, less a pixel."""


class Shown:
    """Asks two pictures of a page, with and without some of its texts, which characters of these are seen.

    Args:
        lib: PDFium.
        page: The page.
        texts: Text objects.
        pictures: The page with them, and without.
    """

    def __init__(
        self, lib: Library, page: Handle, *, texts: Iterable[Handle], pictures: tuple[Picture, Picture]
    ) -> None:
        self._lib, self._page, self._pictures = lib, page, pictures
        self._texts = {text.value for text in texts}
        self._sides = (ctypes.c_double * 4)()
        self._at = [ctypes.byref(self._sides, 8 * index) for index in range(4)]

    def without_unseen(self, text_page: Handle, text: str) -> tuple[str, list[str]]:
        """The text of the page with blanks for numbers that are not seen, doubt for what is not seen whole.

        Told is also what became blanks.
        """
        chars = list(text)
        gone: list[str] = []
        for match in _NUMBER.finditer(text):
            places = range(*match.span())
            seen = [self._seen(text_page, index) for index in places]
            if not any(seen):
                gone.append(match[0])
                chars[match.start() : match.end()] = " " * len(places)
                continue
            for index, share in zip(places, seen, strict=True):
                if share < 1:
                    chars[index] = DOUBT
        return "".join(chars), gone

    def _seen(self, text_page: Handle, index: int) -> float:
        """1 for a character that is seen whole, 0 for one that is not, between for one that is cut."""
        lib = self._lib
        item = lib.FPDFText_GetTextObject(text_page, index)
        if not item or item.value not in self._texts:
            return 1.0
        if not lib.FPDFText_GetCharBox(text_page, index, *self._at):
            return 1.0
        left, right, bottom, top = self._sides
        before, after = self._pictures
        x0, y0, x1, y1 = place_on(lib, self._page, picture=before, box=(left, bottom, right, top))
        ink = ink_box(before, after, (x0, y0, x1, y1))
        if ink is None:
            return 0.0
        is_whole = ink[2] - ink[0] >= _WHOLE * (x1 - x0) - 1 and ink[3] - ink[1] >= _WHOLE * (y1 - y0) - 1
        return 1.0 if is_whole else 0.5


def place_on(lib: Library, page: Handle, *, picture: Picture, box: Box) -> Place:
    """A box of user space in pixels."""
    size = picture.width, picture.height
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for corner in (box[:2], box[2:]):
        lib.FPDF_PageToDevice(page, 0, 0, *size, 0, *corner, ctypes.addressof(x), ctypes.addressof(y))
        points.append((x.value, y.value))
    (x0, y0), (x1, y1) = points
    return min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1
