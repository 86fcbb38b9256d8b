"""Text that nobody sees - transparent, in the colour of its ground, covered, on a layer switched off - and watermarks.

Its digits must never join those that are printed, so it is taken off the page before the page's text is laid out. Only
text that is suspect by its colour, its mode or what is drawn over it is looked at, and the picture of the page convicts
it: what changes nothing there is not seen, and what is pale and lies across rules or other text is a watermark.
"""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median
from typing import Any, NamedTuple

from gouji.model.finding import Note
from gouji.readers.lattice.rules import THIN
from gouji.readers.lattice.shapes import Box
from gouji.readers.leftout import left_out_note
from gouji.readers.pdf.clips import ClipReader
from gouji.readers.pdf.engine import Handle, Library
from gouji.readers.pdf.objects import ObjectReader, PageObject
from gouji.readers.pdf.paths import IMAGE, PATH, TEXT, Drawing
from gouji.readers.pdf.picture import Picture, difference, draw_page
from gouji.readers.pdf.shown import Shown, place_on

_OPAQUE = 255
_NO_FILL = frozenset({3, 7})
"""Modes of text that paint nothing."""
_PALE = 150
"""Text at least this light (of 255, on white) may be a watermark, or not be seen at all."""
_INK = 0.08
"""Text leaves ink on at least this share of the pixels of its box."""
_PLAIN = 0.25
"""If this share of what a text changes has changed strongly, it is no watermark."""
_PIXELS = 2000
"""Of the longer side of the picture."""
_SCAN = 0.3
"""Where images cover this share of the page, invisible text over them is somebody's OCR; so is most text of a page."""
_ACROSS = 1.5
"""A text lies across a rule beyond which it reaches by this much on both sides (points)."""
_LARGE = 1.5
"""A watermark within a table that lies across nothing is larger than the usual text by this much."""
_NAMED = 200
"""A text is named by so many characters at most."""
_REACH = 1.0, 0.2
"""What is drawn later covers a part of a text if it reaches over so many points, and this share of its height."""
_MOST_FORMS = 12
"""A page with layers is looked at without each of its forms, but not without more than these."""
_LAYER = "OC\0".encode("utf-16-le")


class Paint(NamedTuple):
    """What text is drawn with: red, green, blue and opacity (0 to 255 each), and its mode."""

    red: int
    green: int
    blue: int
    opacity: int
    mode: int

    @property
    def lightness(self) -> float:
        """Of what it leaves on white paper.

        >>> Paint(0, 0, 0, 255, 0).lightness, Paint(0, 0, 0, 0, 0).lightness, Paint(0, 0, 0, 255, 3).lightness
        (0.0, 255.0, 255.0)
        """
        if self.mode in _NO_FILL:
            return 255.0
        own = 0.3 * self.red + 0.59 * self.green + 0.11 * self.blue
        return 255 - (255 - own) * self.opacity / _OPAQUE


@dataclass(slots=True)
class _Text:
    """A text object of a page that is looked at closely.

    ``is_covered`` and ``is_cut`` tell that something drawn later, or a clip, may take a part of it; ``ink`` is the
    share of the pixels of its box that change without it, ``strength`` the share of these that change strongly.
    """

    item: Handle
    box: Box
    paint: Paint
    forms: tuple[Handle, ...]
    is_covered: bool = False
    is_cut: bool = False
    ink: float = 1.0
    strength: float = 1.0

    @property
    def is_pale(self) -> bool:
        return self.paint.lightness >= _PALE

    @property
    def is_seen(self) -> bool:
        return self.ink >= _INK


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The texts that were taken off a page: those that nobody sees, and watermarks."""

    unseen: tuple[str, ...] = ()
    watermarks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was."""
        return bool(self.unseen or self.watermarks)

    def __add__(self, other: LeftOut) -> LeftOut:
        """What was left out here and there."""
        return LeftOut(self.unseen + other.unseen, self.watermarks + other.watermarks)


def _paint(colour: bytes, *, mode: int) -> Paint:
    red, green, blue, opacity = struct.unpack("4I", colour)
    return Paint(red, green, blue, opacity, mode)


_MANY = 1024


@cache
def _many_colours() -> tuple[Any, list[list[Any]]]:
    """A buffer for that many colours, and where their red, green, blue and opacity are written to."""
    buffer = (ctypes.c_uint * (4 * _MANY))()
    return buffer, [[ctypes.byref(buffer, 16 * index + 4 * part) for index in range(_MANY)] for part in range(4)]


def left_out_notes(left_out: LeftOut, *, page: int) -> list[Note]:
    """What was left out of a page, said."""
    found = ("TEXT-UNSEEN", left_out.unseen, *_UNSEEN), ("TEXT-WATERMARK", left_out.watermarks, *_WATERMARK)
    return [left_out_note(code, texts, page=page, zh=zh, en=en) for code, texts, zh, en in found if texts]


_UNSEEN = "看不见的文字（透明、与底色相同、被遮住或所在图层已关闭）", "text that nobody sees"
_WATERMARK = "横跨表格的浅色文字（水印）", "pale text across the table (a watermark)"


NOTHING = LeftOut()


@dataclass(slots=True)
class _Sheet:
    """A page and all that is drawn on it."""

    handle: Handle
    drawing: Drawing
    area: float
    texts: list[_Text] = field(default_factory=list)


class Censor:
    """Takes off pages what is not to be read."""

    def __init__(self, lib: Library, *, has_layers: bool = False) -> None:
        self._lib = lib
        self._has_layers = has_layers
        self._objects = ObjectReader(lib)
        self._colour = (ctypes.c_uint * 4)()
        self._parts = [ctypes.byref(self._colour, 4 * index) for index in range(4)]
        self._clips = ClipReader(lib)
        self._modes = (ctypes.c_int * 2)()
        self._mode = ctypes.byref(self._modes), ctypes.byref(self._modes, 4)

    def is_suspect(self, drawing: Drawing) -> bool:
        """Whether any text of a page may not be seen, or be a watermark: hardly ever."""
        if not drawing.texts:
            return False
        if drawing.is_painted_over or self._has_layers:
            return True
        if not _NO_FILL.isdisjoint(map(self._lib.FPDFTextObj_GetTextRenderMode, drawing.texts)):
            return True
        if self._clips.find_cut(drawing.texts) or self._clips.find_cut(drawing.forms):
            return True
        return any(_paint(each, mode=0).lightness >= _PALE for each in self._colours(drawing.texts))

    def _colours(self, texts: Sequence[Handle]) -> set[bytes]:
        """The colours of texts, as :func:`_paint` takes them, asked for many at a time: every page is looked at so."""
        buffer, parts = _many_colours()
        found: set[bytes] = set()
        for start in range(0, len(texts), _MANY):
            some = texts[start : start + _MANY]
            deque(map(self._lib.FPDFPageObj_GetFillColor, some, *parts), maxlen=0)
            raw = ctypes.string_at(buffer, 16 * len(some))
            found.update([raw[at : at + 16] for at in range(0, len(raw), 16)])
        return found

    def hide(self, page: Handle, drawing: Drawing, *, area: float) -> tuple[LeftOut, Shown | None]:
        """Take off a page ``area`` square points large what is not seen on it, and its watermarks.

        Told are these, and how to ask for what is seen in part.
        """
        sheet = _Sheet(page, drawing, area)
        scans: list[Box] = []
        for thing in self._objects.read(page):
            if thing.kind == TEXT:
                sheet.texts.append(_Text(thing.item, thing.box, self._paint_of(thing.item), thing.forms))
            elif thing.kind == IMAGE and drawing.image_area >= _SCAN * area:
                scans.append(thing.box)
            if thing.kind in (PATH, IMAGE) and drawing.is_painted_over:
                self._cover(sheet.texts, thing)
        self._cut(sheet.texts)
        is_layer = sum(text.paint.mode in _NO_FILL for text in sheet.texts) > len(sheet.texts) / 2
        suspects = [
            text
            for text in sheet.texts
            if (text.is_pale or text.is_covered or text.is_cut)
            and not (is_layer and text.paint.mode in _NO_FILL)
            and not any(_holds(scan, text.box) for scan in scans)
        ]
        groups = [suspects, *self._layers(sheet.texts)]
        if not any(groups):
            return NOTHING, None
        pictures = self._weigh(page, [group for group in groups if group])
        unseen = [text for text in sheet.texts if not text.is_seen]
        marks = _watermarks(sheet, [text for text in suspects if text.is_pale and text.is_seen])
        names = self._names(page, [*unseen, *marks])
        for text in (*unseen, *marks):
            self._remove(page, text)
        partly = [text.item for text in suspects if text.is_seen and (text.is_covered or text.is_cut)]
        shown = Shown(self._lib, page, texts=partly, pictures=pictures) if partly else None
        return LeftOut(tuple(names[: len(unseen)]), tuple(names[len(unseen) :])), shown

    def _paint_of(self, text: Handle) -> Paint:
        self._colour[:] = [0, 0, 0, _OPAQUE]
        self._lib.FPDFPageObj_GetFillColor(text, *self._parts)
        return _paint(bytes(self._colour), mode=self._lib.FPDFTextObj_GetTextRenderMode(text))

    def _cover(self, texts: Iterable[_Text], thing: PageObject) -> None:
        """Mark the texts over a part of which a filled area or an image is drawn."""
        x0, y0, x1, y1 = thing.box
        if x1 - x0 <= THIN or y1 - y0 <= THIN:
            return
        if thing.kind == PATH and not (self._lib.FPDFPath_GetDrawMode(thing.item, *self._mode) and self._modes[0]):
            return
        for text in texts:
            left, low, right, high = text.box
            wide, tall = min(x1, right) - max(x0, left), min(y1, high) - max(y0, low)
            text.is_covered |= wide > min(_REACH[0], (right - left) / 2) and tall > _REACH[1] * (high - low)

    def _cut(self, texts: Sequence[_Text]) -> None:
        """Mark the texts that a clip may cut, theirs or that of a form they are in."""
        forms = {form.value: form for text in texts for form in text.forms}
        cut = {item.value for item in self._clips.find_cut([*(text.item for text in texts), *forms.values()])}
        for text in texts if cut else ():
            text.is_cut = text.item.value in cut or any(form.value in cut for form in text.forms)

    def _layers(self, texts: Sequence[_Text]) -> list[list[_Text]]:
        """The texts that may be on a layer, those of one form together."""
        if not self._has_layers:
            return []
        forms: dict[int, list[_Text]] = {}
        for text in texts:
            if text.forms:
                forms.setdefault(text.forms[0].value or 0, []).append(text)
        marked = [text for text in texts if self._is_marked(text.item)]
        return [marked, *list(forms.values())[:_MOST_FORMS]]

    def _is_marked(self, item: Handle) -> bool:
        """Whether an object is marked as part of a layer (``/OC``)."""
        lib, name, size = self._lib, ctypes.create_string_buffer(16), ctypes.c_ulong()
        for index in range(lib.FPDFPageObj_CountMarks(item)):
            mark = lib.FPDFPageObj_GetMark(item, index)
            if lib.FPDFPageObjMark_GetName(mark, name, 16, ctypes.byref(size)) and name.raw[:6] == _LAYER:
                return True
        return False

    def _weigh(self, page: Handle, groups: Sequence[Sequence[_Text]]) -> tuple[Picture, Picture]:
        """See what changes where each text of a group stands, without that group; and the first pictures."""
        before = draw_page(page, pixels=_PIXELS)
        pictures: list[Picture] = []
        for group in groups:
            self._switch(group, on=False)
            after = draw_page(page, pixels=_PIXELS)
            pictures.append(after)
            self._switch(group, on=True)
            for text in group:
                ink, strength = difference(before, after, place_on(self._lib, page, picture=before, box=text.box))
                if ink < text.ink:
                    text.ink, text.strength = ink, strength
        return before, pictures[0]

    def _switch(self, texts: Iterable[_Text], *, on: bool) -> None:
        for text in texts:
            self._lib.FPDFPageObj_SetIsActive(text.item, int(on))

    def _remove(self, page: Handle, text: _Text) -> None:
        """Take a text off its page: of two that lie on one another the engine reads but one, be that switched off."""
        lib, item = self._lib, text.item
        if text.forms:
            is_off = lib.FPDFFormObj_RemoveObject(text.forms[-1], item)
        else:
            is_off = lib.FPDFPage_RemoveObject(page, item)
        if is_off:
            lib.FPDFPageObj_Destroy(item)

    def _names(self, page: Handle, texts: Sequence[_Text]) -> list[str]:
        """What these texts say."""
        lib, names = self._lib, []
        text_page = lib.FPDFText_LoadPage(page)
        buffer = (ctypes.c_ushort * _NAMED)()
        for text in texts:
            size = lib.FPDFTextObj_GetText(text.item, text_page, buffer, 2 * _NAMED)
            raw = bytes(buffer)[: max(min(size, 2 * _NAMED) - 2, 0)]
            names.append(raw.decode("utf-16-le", "replace").strip())
        if text_page:
            lib.FPDFText_ClosePage(text_page)
        return names


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _watermarks(sheet: _Sheet, pale: Sequence[_Text]) -> list[_Text]:
    """Of pale texts those painted as one that lies across rules or other text, or is large and within a table."""
    if not pale:
        return []
    others = [text for text in sheet.texts if not text.is_pale]
    usual = median(text.box[3] - text.box[1] for text in others or sheet.texts)
    paints = {
        text.paint
        for text in pale
        if text.strength < _PLAIN and _lies_across(text.box, sheet.drawing, others, usual=usual)
    }
    return [text for text in pale if text.paint in paints]


def _lies_across(box: Box, drawing: Drawing, others: Iterable[_Text], *, usual: float) -> bool:
    x0, y0, x1, y1 = box
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    for at, start, end in drawing.vertical:
        if x0 + _ACROSS < at < x1 - _ACROSS and start <= middle_y <= end:
            return True
    for at, start, end in drawing.horizontal:
        if y0 + _ACROSS < at < y1 - _ACROSS and start <= middle_x <= end:
            return True
    if any(_overlap(box, other.box) for other in others):
        return True
    return y1 - y0 >= _LARGE * usual and _is_within(drawing, middle_x, middle_y)


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > _ACROSS and high > _ACROSS


def _is_within(drawing: Drawing, x: float, y: float) -> bool:
    """Whether a place has vertical rules on both sides."""
    sides = [at > x for at, start, end in drawing.vertical if start <= y <= end]
    return any(sides) and not all(sides)
