"""What a text is said to be (``/ActualText``) need not be what is drawn: it is taken off, and the glyphs count."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.pdf.engine import Handle, Library

_NAME = b"ActualText"


def drop_spellings(lib: Library, texts: Sequence[Handle]) -> None:
    """Take off texts what they are said to be. Called before the page's text is laid out."""
    for text, count in zip(texts, map(lib.FPDFPageObj_CountMarks, texts), strict=True):
        for index in reversed(range(max(count, 0))):
            mark = lib.FPDFPageObj_GetMark(text, index)
            if mark and lib.FPDFPageObjMark_GetParamValueType(mark, _NAME):
                lib.FPDFPageObj_RemoveMark(text, mark)
