"""Which words mean which section: the forms' own headings, their aliases, and the kinds of `headings.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from gouji.forms import Form
from gouji.forms.aliases import spellings
from gouji.text.fold import fold

_CACHE = 4096
_EDGE = "、,.:;。·-\"'*!"


class Strength(IntEnum):
    """How sure the words of a heading are."""

    WEAK = 1
    KIND = 2
    OFFICIAL = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """The section that some words mean, how surely, and where in the folded text they end."""

    number: int
    strength: Strength
    end: int


class Headings:
    """The headings of some forms, ready to be matched.

    Args:
        official: Folded official headings and aliases with their section.
    """

    def __init__(self, official: dict[str, int]) -> None:
        self._official = official
        longest = sorted((re.escape(words) for words in official), key=len, reverse=True)
        self._start = re.compile("|".join(longest))
        self._kinds = _kinds()
        self._known: dict[str, Meaning | None] = {}
        """The rows of the form's tables are lines that come with every report."""
        self._any_kind = re.compile("|".join(f"(?:{pattern.pattern})" for _, _, pattern in self._kinds))

    def match(self, words: str) -> Meaning | None:
        """What all of the words mean, numeral and edges cut off before."""
        if words in self._known:
            return self._known[words]
        if len(self._known) > _CACHE:
            self._known.clear()
        found = self._known[words] = self._match(words)
        return found

    def _match(self, words: str) -> Meaning | None:
        words = words.rstrip(_EDGE)
        number = self._official.get(words)
        if number is not None:
            return Meaning(number, Strength.OFFICIAL, len(words))
        if self._any_kind.fullmatch(words):
            for number, strength, pattern in self._kinds:
                if pattern.fullmatch(words):
                    return Meaning(number, strength, len(words))
        return None

    def match_start(self, words: str) -> Meaning | None:
        """What the words begin with: an official heading, or a sure kind, and something after it."""
        official = self._start.match(words)
        if official is not None:
            return Meaning(self._official[official[0]], Strength.OFFICIAL, official.end())
        for number, strength, pattern in self._kinds:
            if strength is Strength.KIND and (found := pattern.match(words)):
                return Meaning(number, strength, found.end())
        return None


def read_headings(forms: Sequence[Form]) -> Headings:
    """The headings of these forms.

    >>> from gouji.forms import editions
    >>> headings = read_headings(list(editions().values()))
    >>> headings.match("其他需要报告的事项"), headings.match("存在问题和改进措施").number
    (Meaning(number=6, strength=<Strength.OFFICIAL: 3>, end=9), 5)
    >>> headings.match("结转下年度继续办理") is None
    True
    """
    return _read(tuple((section.heading, section.number) for form in forms for section in form.sections))


@lru_cache(maxsize=8)
def _read(sections: tuple[tuple[str, int], ...]) -> Headings:
    official: dict[str, int] = {}
    for heading, number in sections:
        for spelling in spellings("heading", heading):
            official.setdefault(fold(spelling), number)
    return Headings(official)


@cache
def _kinds() -> tuple[tuple[int, Strength, re.Pattern[str]], ...]:
    text = (files("gouji.locator") / "headings.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)["section"]
    return tuple(
        (section["number"], strength, re.compile(pattern))
        for strength, key in ((Strength.KIND, "words"), (Strength.WEAK, "weak"))
        for section in sections
        for pattern in section.get(key, ())
    )
