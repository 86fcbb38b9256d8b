"""The characters of an open page to glyphs: one each, or one for a run of digits or ideographs.

A call into PDFium costs more than anything that is made of its answer. So of a number or a row of ideographs only the
two ends are asked for, where nothing can part them: they stand on one baseline, closely, and no rule crosses them.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gouji.readers.lattice.shapes import Glyph, Rule
from gouji.readers.pdf.engine import Handle, Library
from gouji.readers.pdf.view import View

BLANK_TEXT = " \r\n\t\x0b\x0c\x00\xa0\u3000"
"""Characters that leave no ink."""
_RUN = re.compile(
    rf"[0-9]+|[\u3400-\u9fff]([\u3400-\u9fff\u3001-\u3015\uff08\uff09\uff0c\uff1a\uff1b]*[\u3400-\u9fff])?|[^{BLANK_TEXT}]"
)
"""Characters of one width in every font: digits; ideographs with the stops between them. All else goes by itself."""
_LEAST, _MOST = 0.85, 1.1
"""From one character of a run to the next, in widths of a character (ink that hangs over may count as width): a wider
step would hide a gap."""
_DASH = 10.0
"""Strokes of a dashed rule are not further apart than this (points)."""
Span = tuple[int, int]


class PageText(NamedTuple):
    """The text of an open page, and how it is looked at."""

    handle: Handle
    text: str
    view: View


Runs = Iterator[tuple[Span, Glyph | None]]


class CharacterReader:
    """Reads the text of pages; keeps the buffers that results are written to."""

    def __init__(self, lib: Library) -> None:
        self._lib = lib
        self._doubles = (ctypes.c_double * 2)()
        self._x, self._y = ctypes.byref(self._doubles), ctypes.byref(self._doubles, 8)
        self._box = (ctypes.c_float * 4)()
        self._box_at = ctypes.byref(self._box)
        self._point_of = memoryview(self._doubles).cast("B").cast("d").tolist
        self._sides_of = memoryview(self._box).cast("B").cast("f").tolist

    def glyphs(self, page: PageText, *, uprights: Iterable[Rule]) -> list[Glyph]:
        """Everything that is not blank, in any order; ``uprights`` are the page's vertical rules."""
        spans = [match.span() for match in _RUN.finditer(page.text)]
        singles = [start for start, end in spans if end - start == 1]
        fence = Fence(uprights)
        read_runs = self._turned_runs if page.view.turns else self._upright_runs
        glyphs = []
        for (start, end), glyph in read_runs(page, (span for span in spans if span[1] - span[0] > 1)):
            if glyph is None or fence.crosses(glyph):
                singles += range(start, end)
            else:
                glyphs.append(glyph)
        read_singles = self._turned_singles if page.view.turns else self._upright_singles
        return glyphs + read_singles(page, singles)

    def lines(self, page: PageText) -> list[Glyph]:
        """The lines of a page without tables, each as one long glyph: from its first character to its last."""
        lines = []
        start = 0
        for line in page.text.split("\r\n"):
            words = line.strip(BLANK_TEXT)
            if words:
                first = start + line.index(words)
                begin = self._glyph(page, first, words)
                end = self._glyph(page, first + len(words) - 1, words)
                if begin and end:
                    lines.append(begin._replace(x1=max(begin.x1, end.x1)))
            start += len(line) + 2
        return lines

    def _upright_runs(self, page: PageText, spans: Iterable[Span]) -> Runs:
        """Runs from their ends; ``None`` for those whose ends do not stand as those of a run do."""
        origin, loose = self._lib.FPDFText_GetCharOrigin, self._lib.FPDFText_GetLooseCharBox
        at_x, at_y, at_box, point_of, sides_of = self._x, self._y, self._box_at, self._point_of, self._sides_of
        text_page, text, view = page
        x_zero, y_zero = view.corner
        for span in spans:
            start, end = span
            glyph = None
            if origin(text_page, start, at_x, at_y):
                x, y = point_of()
                if origin(text_page, end - 1, at_x, at_y) and loose(text_page, end - 1, at_box):
                    last, base = point_of()
                    _, high, right, low = sides_of()
                    wide = right - last
                    if base == y and _LEAST * wide <= (last - x) / (end - start - 1) <= _MOST * wide:
                        glyph = Glyph(text[start:end], x - x_zero, right - x_zero, y_zero - y, (high - low) or 1.0)
            yield span, glyph

    def _upright_singles(self, page: PageText, places: Iterable[int]) -> list[Glyph]:
        """Characters one by one: the tightest loop of the package.

        Boxes with the same top and bottom as the one before have its baseline too, and it need not be asked for.
        """
        origin, loose = self._lib.FPDFText_GetCharOrigin, self._lib.FPDFText_GetLooseCharBox
        at_x, at_y, at_box, point_of, sides_of = self._x, self._y, self._box_at, self._point_of, self._sides_of
        text_page, text, view = page
        x_zero, y_zero = view.corner
        new = tuple.__new__
        glyphs: list[Glyph] = []
        append = glyphs.append
        last_high = last_low = base = size = 0.0
        for index in places:
            if not loose(text_page, index, at_box):
                continue
            left, high, right, low = sides_of()
            if high != last_high or low != last_low:
                if not origin(text_page, index, at_x, at_y):
                    continue
                last_high, last_low = high, low
                base, size = y_zero - point_of()[1], (high - low) or 1.0
            append(new(Glyph, (text[index], left - x_zero, right - x_zero, base, size)))
        return glyphs

    def _turned_runs(self, page: PageText, spans: Iterable[Span]) -> Runs:
        """The same as for upright text where it runs down, up or upside down."""
        for start, end in spans:
            run = page.text[start:end]
            first, last = self._glyph(page, start, run), self._glyph(page, end - 1, run)
            glyph = None
            if first and last and first.y == last.y:
                wide = last.x1 - last.x0
                if _LEAST * wide <= (last.x0 - first.x0) / (len(run) - 1) <= _MOST * wide:
                    glyph = first._replace(x1=last.x1)
            yield (start, end), glyph

    def _turned_singles(self, page: PageText, places: Iterable[int]) -> list[Glyph]:
        glyphs = (self._glyph(page, index, page.text[index]) for index in places)
        return [glyph for glyph in glyphs if glyph is not None]

    def _glyph(self, page: PageText, index: int, name: str) -> Glyph | None:
        """One character, under a name."""
        lib = self._lib
        if not lib.FPDFText_GetCharOrigin(page.handle, index, self._x, self._y):
            return None
        if not lib.FPDFText_GetLooseCharBox(page.handle, index, self._box_at):
            return None
        return page.view.place(name, self._point_of(), self._sides_of())


class Fence:
    """The vertical rules of a page: what they cross may stand in two cells.

    >>> fence = Fence([Rule(50, 0, 100)])
    >>> [fence.crosses(Glyph("12", x, x + 10, 60, 9)) for x in (20, 45, 70)]
    [False, True, False]
    """

    def __init__(self, uprights: Iterable[Rule]) -> None:
        self._rules = sorted(uprights)
        self._places = [at for at, _, _ in self._rules]
        self._top = min((rule.start for rule in self._rules), default=0.0) - _DASH
        self._bottom = max((rule.end for rule in self._rules), default=0.0) + _DASH

    def crosses(self, run: Glyph) -> bool:
        """Whether a rule, or the gap in a dashed one, goes through a run."""
        _, left, right, base, _ = run
        if not self._top <= base <= self._bottom:
            return False
        first, last = bisect_right(self._places, left), bisect_left(self._places, right)
        return first != last and any(start - _DASH <= base <= end + _DASH for _, start, end in self._rules[first:last])
