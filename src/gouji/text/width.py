"""Display width of text on a terminal: East-Asian characters take two columns."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FIRST_WIDE = "\u1100"


@lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """Columns one character takes; ambiguous ones (box drawing, “ ”) count as narrow.

    >>> char_width("章"), char_width("7"), char_width("│"), char_width("（")
    (2, 1, 1, 2)
    """
    if char < _FIRST_WIDE:
        return 0 if char != "\xad" and unicodedata.combining(char) else 1
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Columns a text takes.

    >>> text_width("规章 0")
    6
    """
    return len(text) if text.isascii() else sum(map(char_width, text))
