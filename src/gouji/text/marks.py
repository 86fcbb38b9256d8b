"""The ladders that number headings: 一、 （一） 1. （1） ① 第一部分. Knows nothing of which headings a report has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_DIGITS = "一二三四五六七八九十"
_PATTERN = re.compile(
    r"""
      第(?P<ordinal>[一二三四五六七八九十]{1,2}|\d{1,2})(?:部分|章|节|项)?[、.,:]?
    | \((?P<round>[一二三四五六七八九十]{1,2})\)[、.,:]?
    | \((?P<digits_round>\d{1,2})\)[、.,:]?
    | (?P<chinese>[一二三四五六七八九十]{1,2})\)?[、.,:·]+
    | (?P<dash>-)、
    | (?P<digits>\d{1,2})(?:\)[、.]?|[、.,:](?!\d))
    | (?P<circled>[\u2460-\u2473])
    | (?P<lost>[、.])
    """,
    re.VERBOSE,
)


_REMARK = re.compile(r"(?:注|[(\[（〔])?(\d+)[)\]）〕]?|([\u2460-\u2473])|[*＊※]{1,3}")


def read_remark(text: str) -> str:
    """What stands raised behind a figure and points to a remark, in brackets, so that it is no digit of the figure.

    >>> [read_remark(text) for text in ("1", "(12)", "①", "注2", "*", "a", "年")]
    ['[1]', '[12]', '[1]', '[2]', '[*]', '', '']
    """
    match = _REMARK.fullmatch(text)
    if match is None:
        return ""
    digits, circled = match.groups()
    return f"[{digits or (ord(circled) - 0x245F if circled else '*')}]"


class Ladder(StrEnum):
    """The kind of a mark."""

    CHINESE = "chinese"
    """一、 and 第一部分: the mark of the six sections."""
    ARABIC = "arabic"
    """1、 1. 1)"""
    INNER = "inner"
    """（一） （1） ①: below a section."""
    LOST = "lost"
    """Only the 、 is left of it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a folded text: its kind, its number (``None`` when lost), and where the words begin."""

    ladder: Ladder
    number: int | None
    end: int


def read_mark(folded: str) -> Mark | None:
    """The mark that a folded text begins with.

    >>> read_mark("三、收到"), read_mark("(二)部分公开").number, read_mark("-、总体情况").number
    (Mark(ladder=<Ladder.CHINESE: 'chinese'>, number=3, end=2), 2, 1)
    >>> read_mark("2023年") is None and read_mark("12.5万元") is None
    True
    """
    match = _PATTERN.match(folded)
    if match is None:
        return None
    kind, digits = match.lastgroup, match.group(match.lastgroup or 0)
    end = match.end()
    if kind in ("ordinal", "chinese"):
        return Mark(Ladder.CHINESE, read_small(digits), end)
    if kind == "dash":
        return Mark(Ladder.CHINESE, 1, end)
    if kind == "digits":
        return Mark(Ladder.ARABIC, int(digits), end)
    if kind == "lost":
        return Mark(Ladder.LOST, None, end)
    return Mark(Ladder.INNER, ord(digits) - 0x245F if kind == "circled" else read_small(digits), end)


def read_small(digits: str) -> int:
    """A number up to 99, in figures or in Chinese.

    >>> read_small("十二"), read_small("二十"), read_small("三十一"), read_small("7")
    (12, 20, 31, 7)
    """
    if digits.isascii():
        return int(digits)
    tens, ten, ones = digits.partition("十")
    if not ten:
        return _DIGITS.index(digits[0]) + 1
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)
