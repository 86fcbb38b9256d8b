"""Where a word stands in a text, or in the bytes of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import AnyStr


def find_places(text: AnyStr, word: AnyStr, *, most: int) -> Iterator[int]:
    """The first places of a word, at most so many, none overlapping.

    >>> list(find_places("总计 总计 总计", "总计", most=2)), list(find_places(b"abab", b"ab", most=9))
    ([0, 3], [0, 2])
    """
    place = text.find(word)
    for _ in range(most):
        if place < 0:
            return
        yield place
        place = text.find(word, place + len(word))
