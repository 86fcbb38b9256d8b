"""Where a word stands in a text, or in the bytes of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import AnyStr


def find_places(text: AnyStr, word: AnyStr, *, most: int | None = None) -> Iterator[int]:
    """The first places of a word, at most so many or all, none overlapping.

    >>> list(find_places("总计 总计 总计", "总计", most=2)), list(find_places(b"abab", b"ab", most=9))
    ([0, 3], [0, 2])
    """
    place = text.find(word)
    while place >= 0 and most != 0:
        yield place
        place = text.find(word, place + len(word))
        most = None if most is None else most - 1
