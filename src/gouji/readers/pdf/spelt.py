"""What a text is said to be (``/ActualText``) need not be what is drawn: it is taken off, and the glyphs count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, repeat

from gouji.readers.pdf.engine import Handle, Library

_NAME = b"ActualText"


def drop_spellings(lib: Library, texts: Sequence[Handle]) -> None:
    """Take off texts what they are said to be. Called before the page's text is laid out."""
    counts = list(map(lib.FPDFPageObj_CountMarks, texts))
    for index in reversed(range(max(counts, default=0))):
        some = list(compress(texts, map(index.__lt__, counts)))
        marks = list(map(lib.FPDFPageObj_GetMark, some, repeat(index)))
        kinds = map(lib.FPDFPageObjMark_GetParamValueType, marks, repeat(_NAME))
        for text, mark in compress(zip(some, marks, strict=True), kinds):
            lib.FPDFPageObj_RemoveMark(text, mark)
