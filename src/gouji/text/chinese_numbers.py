"""Read whole numbers written in Chinese numerals, as reports write them in running text: 四十六, 两, 二〇, 一千零五."""

from __future__ import annotations

from functools import lru_cache

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_SHORTHAND = {"廿": "二十", "卅": "三十"}
NUMERALS = "".join((*_DIGITS, *_TENS, *_MYRIADS, *_SHORTHAND))
"""Every character a numeral may be made of, for use in a character class."""


@lru_cache(maxsize=1024)
def read_chinese_number(text: str) -> int | None:
    """Read a numeral; ``None`` when it is none, or not well formed.

    Both ways of writing are read: with units (四十六) and digit by digit (四六, 二〇二三). A lone unit at the end of a
    mixed numeral (三百五 for 350) is not: it is read in two ways.

    >>> (
    ...     read_chinese_number("四十六"),
    ...     read_chinese_number("两"),
    ...     read_chinese_number("二〇"),
    ...     read_chinese_number("一千零五"),
    ... )
    (46, 2, 20, 1005)
    >>> (
    ...     read_chinese_number("十万零三百"),
    ...     read_chinese_number("三百五"),
    ...     read_chinese_number("百百"),
    ...     read_chinese_number(""),
    ... )
    (100300, None, None, None)
    """
    for short, full in _SHORTHAND.items():
        text = text.replace(short, full)
    if not text or any(char not in NUMERALS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _with_units(text)


def _with_units(text: str) -> int | None:
    """Split at 亿, then 万; each part is below ten thousand, and larger units come first."""
    total = 0
    for char in ("亿", "万"):
        head, unit, tail = text.partition(char)
        if unit:
            part = _below_myriad(head)
            if not part:
                return None
            total += part * _MYRIADS[char]
            text = tail
    if not text:
        return total
    rest = _below_myriad(text)
    if rest is None or (total and len(text) == 1):
        return None  # 三万五: 35 000 in speech, 30 005 by the letter
    return total + rest


def _below_myriad(text: str) -> int | None:
    total, digit, unit, padded = 0, None, 10_000, False
    for char in text:
        if char in _DIGITS:
            if digit not in {None, 0}:
                return None
            digit = _DIGITS[char]
            padded = padded or digit == 0
        else:
            size = _TENS.get(char, 0)
            if not 0 < size < unit:
                return None
            total += (1 if digit is None or (digit == 0 and size == 10) else digit) * size
            unit, digit = size, None
    if digit and total and unit > 10 and not padded:
        return None
    return total + (digit or 0)
