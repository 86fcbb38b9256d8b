"""The part of a very long text that a report can stand in, so that the work stays bounded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gouji.forms import Form
from gouji.model.finding import Message, Note
from gouji.model.raw import RawDocument, TextBlock
from gouji.text.fold import variants
from gouji.text.places import find_places

LONGEST = 400_000
"""Characters that are read of one text: the longest report seen has a tenth of it."""
_BEFORE = 20_000
_AFTER = 60_000
_MOST_HITS = 200


def narrow(document: RawDocument, forms: Sequence[Form]) -> tuple[RawDocument, Note | None]:
    """Cut a text that is too long down to where most of the form's words stand, and say so.

    Documents with positions, and texts up to ``LONGEST`` characters, stay as they are.
    """
    if document.positions or len(document.blocks) != 1:
        return document, None
    block = document.blocks[0]
    if not isinstance(block, TextBlock) or len(block.text) <= LONGEST:
        return document, None
    start, stop, elsewhere = find_window(block.text, forms)
    where = block.where
    if where.line is not None:
        where = where._replace(line=where.line + block.text.count("\n", 0, start))
    part = replace(block, text=block.text[start:stop], where=where)
    return replace(document, blocks=(part,)), _note(len(block.text), part, elsewhere=elsewhere)


def find_window(text: str, forms: Sequence[Form]) -> tuple[int, int, bool]:
    """Where to read (half-open, at line ends where there are any), and whether the form's words stand elsewhere too."""
    hits = sorted(
        (place, number)
        for number, word in enumerate(_words(forms))
        for place in find_places(text, word, most=_MOST_HITS)
    )
    places = [place for place, _ in hits]
    most, first, last = 0, 0, 0
    for index, place in enumerate(places):
        until = bisect_right(places, place + LONGEST - _BEFORE - _AFTER)
        different = len({number for _, number in hits[index:until]})
        if different > most:
            most, first, last = different, place, places[until - 1]
    start, stop = max(0, first - _BEFORE), min(len(text), last + _AFTER)
    start = _line_end(text, start - 1, start + _BEFORE // 2) + 1 if start else 0
    stop = _line_end(text, stop, stop + _BEFORE)
    return start, stop, any(not start <= place < stop for place in places)


def _line_end(text: str, place: int, most: int) -> int:
    """The first line end from a place on, or the place itself where there is none soon."""
    end = text.find("\n", place, most)
    return place if end < 0 else end


def _words(forms: Sequence[Form]) -> list[str]:
    """The headings and the longer column labels of the forms, as they are written here and elsewhere."""
    words = {section.heading for form in forms for section in form.sections}
    words |= {
        column.label[-1]
        for form in forms
        for table in form.tables
        for block in table.blocks
        for column in block.columns
        if len(column.label[-1]) >= 4
    }
    return sorted({variant for word in words for variant in variants(word)})


def _note(length: int, part: TextBlock, *, elsewhere: bool) -> Note:
    more_zh, more_en = ("；其他部分也有表式用语", "; words of the form stand elsewhere too") if elsewhere else ("", "")
    message = Message(
        zh=f"全文{length}字，只读其中最像报告的{len(part.text)}字{more_zh}",
        en=f"of {length} characters only the {len(part.text)} most like a report were read{more_en}",
    )
    return Note(code="TEXT-REST" if elsewhere else "TEXT-LONG", message=message, where=part.where)
