"""Whose figures a sentence gives: this report's body's, or those of others (全县各部门, 市本级, 下属单位)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from gouji.checker.prose_lexicon import Token


@cache
def _data() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads((files("gouji.checker") / "prose_bodies.toml").read_text(encoding="utf-8"))
    return re.compile(data["government"]), re.compile(data["office"])


def is_government(agency: str) -> bool:
    """Whether a body reports for a whole territory.

    >>> (
    ...     is_government("\u6dee\u5b89\u5e02\u4eba\u6c11\u653f\u5e9c"),
    ...     is_government("\u6dee\u5b89\u5e02\u6559\u80b2\u5c40"),
    ... )
    (True, False)
    """
    return _data()[0].search(agency) is not None


def is_office(agency: str) -> bool:
    """Whether a body is the office of a government, which reports for itself or for all."""
    return _data()[1].search(agency) is not None


class Scope:
    """Judges the words that say of whom is spoken, for one body."""

    def __init__(self, agency: str | None) -> None:
        agency = agency or ""
        self._office = is_office(agency)
        self._whole = not agency or is_government(agency)
        self._agency = agency

    def __call__(self, token: Token, before: Token | None) -> str | None:
        """``own`` or ``other`` for a scope token that follows another one; ``None`` when it says nothing."""
        if token.key == "own":
            return "own"
        if token.key == "whole":
            return "own" if self._whole else "other"
        if token.key == "parts":
            joined = before is not None and before.key == "whole" and token.start - before.end <= 1
            return None if joined else "other"
        if token.key == "government":
            return "own" if self._is_self(token) else "other"
        return "other"

    def _is_self(self, token: Token) -> bool:
        """The body named by the short name of its kind (镇政府 in the report of a 镇人民政府)."""
        office = is_office(token.text)
        if office or self._office:
            return office and self._office
        return bool(self._agency) and is_town(self._agency)


def is_town(agency: str) -> bool:
    """Whether the body is a township or a street office, which has no parts that report."""
    return agency.endswith(_town_endings())


@cache
def _town_endings() -> tuple[str, ...]:
    data = tomllib.loads((files("gouji.checker") / "prose_bodies.toml").read_text(encoding="utf-8"))
    return tuple(data["towns"])
