"""One page of an open PDF to upright glyphs and rules."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import pi

from gouji.readers.lattice.grounds import find_tiled, holds_values, sides_of
from gouji.readers.lattice.shapes import Box, PageContent
from gouji.readers.pdf.annotations import load_page
from gouji.readers.pdf.characters import BLANK_TEXT, CharacterReader, PageText
from gouji.readers.pdf.edges import crop_rules, drop_off_page
from gouji.readers.pdf.engine import Document, Handle
from gouji.readers.pdf.paths import Drawing, PathReader
from gouji.readers.pdf.spelt import drop_spellings
from gouji.readers.pdf.unseen import NOTHING, Censor, LeftOut
from gouji.readers.pdf.view import View
from gouji.text.numbers import is_number_like
from gouji.text.radicals import restore_radicals

_SOFT_HYPHENS = "\x02\ufffe\xad"
"""What the engine makes of a hyphen at the end of a line."""
_BLANK = frozenset(BLANK_TEXT)
_SAMPLES = 24
_MANY = 10_000
"""Characters that hardly any page has more of."""
_LONE_NUMBERS = 3
_LONGEST = 20
"""No number has more characters, with its unit."""
_DIGIT = re.compile(r"\d")
_ACCENTED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]")
_CHINESE = re.compile("[\u3400-\u9fff]")
_ASLANT = 0.1
"""Scans and old printers turn text by less (radians)."""
_INVISIBLE = 3


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page, and what is doubtful about it.

    Attributes:
        content: Its glyphs and rules.
        characters: Number of characters in its text layer, blanks left out.
        map_errors: Share (0..1) of its characters that have no Unicode, estimated from a sample.
        image_share: Share of the page that images cover.
        objects: Number of its page objects.
        failed: The engine could not load the page.
        invisible: Its text is drawn invisibly: over a scan, by somebody's OCR.
        accented: Share (0..1) of Latin letters with accents, if it has Chinese characters.
        left_out: Its text that nobody sees, and watermarks.
    """

    content: PageContent
    characters: int = 0
    map_errors: float = 0.0
    image_share: float = 0.0
    objects: int = 0
    failed: bool = False
    invisible: bool = False
    accented: float = 0.0
    left_out: LeftOut = NOTHING


class PageReader:
    """Reads pages of one open document.

    Args:
        document: It.
        has_layers: It has layers of content.
        is_spelt: Its pages may say of texts what they are (``/ActualText``).
    """

    def __init__(self, document: Document, *, has_layers: bool = False, is_spelt: bool = True) -> None:
        self._document = document
        self._is_spelt = is_spelt
        self._lib = document.lib
        self._paths = PathReader(document.lib)
        self._censor = Censor(document.lib, has_layers=has_layers)
        self._units = (ctypes.c_ushort * _MANY)()
        self._characters = CharacterReader(document.lib)
        self._box = (ctypes.c_float * 4)()
        self._box_at = ctypes.byref(self._box)

    def read(self, number: int) -> PageReading:
        """Read page ``number`` (1-based)."""
        lib = self._lib
        page, fields = load_page(self._document, number)
        if not page.value:
            return PageReading(PageContent(number=number, width=0, height=0), failed=True)
        drawing = self._paths.read(page)
        tables = find_tiled(drawing.grounds) if drawing.is_coloured else []
        drawing.figures += fields
        lib.FPDF_GetPageBoundingBox(page, self._box_at)
        left, top, right, bottom = self._box[:]
        left_out, shown = NOTHING, None
        if self._is_spelt or drawing.forms:
            drop_spellings(lib, drawing.texts)
        if self._censor.is_suspect(drawing):
            left_out, shown = self._censor.hide(page, drawing.ruled(tables), area=(right - left) * (top - bottom))
        text_page = lib.FPDFText_LoadPage(page)
        try:
            text = self._text(text_page) if text_page.value else ""
            if shown is not None:
                text, gone = shown.without_unseen(text_page, text)
                left_out = replace(left_out, unseen=(*left_out.unseen, *gone))
            reading = self._read(page, text_page, drawing, tables=tables, text=text, number=number)
            return replace(reading, left_out=left_out + reading.left_out) if left_out else reading
        finally:
            if text_page:
                lib.FPDFText_ClosePage(text_page)
            lib.FPDF_ClosePage(page)

    def _read(
        self,
        page: Handle,
        text_page: Handle,
        drawing: Drawing,
        *,
        tables: Sequence[Sequence[Box]],
        text: str,
        number: int,
    ) -> PageReading:
        left, top, right, bottom = self._box[:]
        samples = _samples(text)
        text = self._without_slants(text_page, text, samples)
        view = View((left, bottom, right, top), turns=self._turns(text_page, samples))
        size = view.width, view.height
        drawn, uprights = view.rules(drawing)
        horizontal, vertical = crop_rules(drawn, uprights, size=size)
        coloured = [[view.box(box) for box in table] for table in tables]
        ruled = len(horizontal) >= 2 and len(vertical) >= 2
        words = PageText(text_page, text, view)
        if ruled or coloured or view.turns or _looks_tabular(text):
            fences = [rule for table in coloured for rule in sides_of(table)[1]]
            glyphs = self._characters.glyphs(words, uprights=[*vertical, *fences] if fences else vertical)
        else:
            glyphs = self._characters.lines(words)
        for table in coloured:
            if holds_values(table, glyphs):
                level, upright = sides_of(table)
                horizontal, vertical = horizontal + level, vertical + upright
        glyphs, gone = drop_off_page(glyphs, size=size, horizontal=drawn)
        content = PageContent(
            number=number,
            width=view.width,
            height=view.height,
            glyphs=glyphs,
            horizontal=horizontal,
            vertical=vertical,
            figures=[view.box(box) for box in drawing.figures],
            turns=(self._lib.FPDFPage_GetRotation(page) - view.turns) % 4,
        )
        area = max((right - left) * (top - bottom), 1.0)
        return PageReading(
            content,
            characters=len(text) - sum(map(text.count, _BLANK)),
            map_errors=self._map_errors(text_page, samples),
            image_share=min(drawing.image_area / area, 1.0),
            objects=drawing.objects,
            invisible=bool(drawing.image_area) and self._is_invisible(text_page, samples),
            left_out=LeftOut(unseen=tuple(gone)),
            accented=len(_ACCENTED.findall(text)) / len(text) if _CHINESE.search(text) else 0.0,
        )

    def _text(self, text_page: Handle) -> str:
        """All characters of a page; their indices are the engine's."""
        lib = self._lib
        count = lib.FPDFText_CountChars(text_page)
        if count <= 0:
            return ""
        if count >= len(self._units):
            self._units = (ctypes.c_ushort * (2 * count))()
        written = lib.FPDFText_GetText(text_page, 0, count, ctypes.byref(self._units))
        text = ctypes.string_at(self._units, 2 * max(written - 1, 0)).decode("utf-16-le", "replace")
        if len(text) != count:  # characters beyond the first plane, or left out: ask one by one
            text = "".join(_character(lib.FPDFText_GetUnicode(text_page, index)) for index in range(count))
        for hyphen in _SOFT_HYPHENS:
            text = text.replace(hyphen, "-")
        return restore_radicals(text)

    def _turns(self, text_page: Handle, samples: list[int]) -> int:
        """Quarter turns clockwise that set most characters upright."""
        angle_of = self._lib.FPDFText_GetCharAngle
        angles = [angle_of(text_page, index) for index in samples]
        if not any(angles):
            return 0
        turns = Counter(round(angle / (pi / 2)) % 4 for angle in angles)
        most: int = turns.most_common(1)[0][0]
        return -most % 4

    def _without_slants(self, text_page: Handle, text: str, samples: list[int]) -> str:
        """The text with blanks for what runs aslant: watermarks, which are drawn before or after all else."""
        angle_of = self._lib.FPDFText_GetCharAngle
        if not any(_is_aslant(angle_of(text_page, index)) for index in [*samples, *_ends(text)]):
            return text
        return "".join(" " if _is_aslant(angle_of(text_page, i)) else char for i, char in enumerate(text))

    def _is_invisible(self, text_page: Handle, samples: list[int]) -> bool:
        """Whether most characters are drawn in no colour at all."""
        lib = self._lib
        objects = [lib.FPDFText_GetTextObject(text_page, index) for index in samples]
        modes = [lib.FPDFTextObj_GetTextRenderMode(item) for item in objects if item]
        return 2 * modes.count(_INVISIBLE) > len(modes)

    def _map_errors(self, text_page: Handle, samples: list[int]) -> float:
        bad = sum(self._lib.FPDFText_HasUnicodeMapError(text_page, index) == 1 for index in samples)
        return bad / len(samples) if samples else 0.0


def _samples(text: str) -> list[int]:
    """Indices of some characters, evenly over the page."""
    marked = [index for index in range(0, len(text), len(text) // (4 * _SAMPLES) or 1) if text[index] not in _BLANK]
    if len(marked) < _SAMPLES:
        marked = [index for index, char in enumerate(text) if char not in _BLANK]
    return marked[:: max(len(marked) // _SAMPLES, 1)]


def _ends(text: str) -> list[int]:
    """Indices of the first and the last character that leave ink."""
    marked = text.strip(BLANK_TEXT)
    return [text.index(marked), text.index(marked) + len(marked) - 1] if marked else []


def _is_aslant(angle: float) -> bool:
    """Whether a character runs in none of the four directions of a page."""
    return abs(angle - round(angle / (pi / 2)) * (pi / 2)) > _ASLANT


def _looks_tabular(text: str) -> bool:
    """Whether numbers stand by themselves, or one ends a line of words: perhaps a table without rules."""
    lines = [line.split() for line in text.split("\r\n")]
    return sum(map(_is_number, chain(*lines))) >= _LONE_NUMBERS or any(
        len(words) > 1 and _is_number(words[-1]) for words in lines
    )


def _is_number(word: str) -> bool:
    return len(word) <= _LONGEST and _DIGIT.search(word) is not None and is_number_like(word)


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
