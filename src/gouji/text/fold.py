"""Fold printed text so that what reads alike compares equal. The source text itself is never changed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-zü\u00e0-\u01dc\u1e00-\u1eff\u0300-\u036f]+\)")
_PUNCTUATION = {
    **dict.fromkeys("“”„‟「」『』〝〞＂«»《》〈〉<>", '"'),
    **dict.fromkeys("‘’‚‛`´", "'"),
    **dict.fromkeys("‐‑‒–—―－−﹣─━ー", "-"),
    **dict.fromkeys("〔［【", "("),
    **dict.fromkeys("〕］】", ")"),
    **dict.fromkeys("．", "."),
    **dict.fromkeys("・•‧∙⋅", "·"),
    **dict.fromkeys("∕⁄╱", "/"),
    **dict.fromkeys("﹐", ","),
}
_RAISED = "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_CIRCLED = "".join(map(chr, [*range(0x2460, 0x2474), 0x24EA, *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]))
"""Marks of remarks and enumerations: digits to Unicode, yet never digits of the figure that they stand at."""
_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = "\x00\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u180e\u202a\u202b\u202c\u202d\ufffe"
"""Not U+202E: what follows it shows from right to left, so its digits make another number."""


@cache
def _tables() -> tuple[dict[int, str | None], tuple[tuple[str, str], ...]]:
    """Character table, and the words that regions write differently; see ``characters.toml`` for the evidence."""
    data = tomllib.loads((files("gouji.text") / "characters.toml").read_text(encoding="utf-8"))
    table: dict[int, str | None] = {ord(old): new for old, new in _PUNCTUATION.items()}
    for new, olds in data["characters"].items():
        table.update((ord(old), new) for old in olds)
    table.update((ord(char), None) for char in _SPACES + _INVISIBLE)
    table.update((ord(char), f"[{unicodedata.normalize('NFKC', char)}]") for char in _RAISED)
    table.update((ord(char), f"({unicodedata.normalize('NFKC', char)})") for char in _CIRCLED)
    return table, tuple((old, new) for new, olds in data["words"].items() for old in olds)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Fold for comparison.

    Full width to half, no spaces, one kind of quote, bracket and dash, simplified characters, radicals to characters,
    injected pinyin removed, 其它 to 其他, ① to (1), ¹ to [1].

    >>> fold("其它（單位：万元）"), fold("國務(wù)院"), fold("總 計"), fold("⼀、")
    ('其他(单位:万元)', '国务院', '总计', '一、')
    """
    if text.isascii() and text.isalnum():
        return text
    table, words = _tables()
    folded = unicodedata.normalize("NFKC", text.translate(table)).translate(table)
    if "(" in folded:
        folded = _PINYIN.sub("", folded)
    for old, new in words:
        if old in folded:
            folded = folded.replace(old, new)
    return folded


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Fold, and for every folded character give the index of the source character it came from.

    Words that regions write differently keep their length, so the map stays true; injected pinyin is cut out of both.

    >>> fold_with_map("總 計")
    ('总计', [0, 2])
    """
    table, words = _tables()
    chars: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char.translate(table)).translate(table):
            chars.append(piece)
            places.append(index)
    folded = "".join(chars)
    for match in reversed(list(_PINYIN.finditer(folded))):
        del places[match.start() : match.end()]
        folded = folded[: match.start()] + folded[match.end() :]
    for old, new in words:
        folded = folded.replace(old, new)
    return folded, places


def variants(text: str) -> tuple[str, ...]:
    """A text as it is, and with the traditional form of its characters where they have one.

    >>> variants("总体情况")
    ('总体情况', '總體情況')
    """
    traditional = "".join(_traditional().get(char, char) for char in text)
    return (text,) if traditional == text else (text, traditional)


@cache
def _traditional() -> dict[str, str]:
    found: dict[str, str] = {}
    for old, new in _tables()[0].items():
        if new is not None and len(new) == 1 and ord(new) >= 0x3400 and old >= 0x3400:
            found.setdefault(new, chr(old))
    return found
