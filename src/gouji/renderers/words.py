"""The words of ``words.toml``: what stands between the tables of a rendered report."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences to be filled in, and translation tables for :meth:`str.translate`."""

    unit: str
    yuan: str
    wan: str
    more: str
    less: str
    title: str
    preamble: str
    phone: str
    date: str
    numerals: tuple[str, ...]
    heading: str
    extra_row: str
    navigation: tuple[str, ...]
    footer: tuple[str, ...]
    narrow: dict[int, str]
    regional: tuple[tuple[str, str], ...]
    traditional: dict[int, str]


@cache
def words() -> Words:
    """All of them."""
    data = tomllib.loads((files("gouji.renderers") / "words.toml").read_text(encoding="utf-8"))
    lists: dict[str, Any] = {key: tuple(data.pop(key)) for key in ("numerals", "navigation", "footer")}
    narrow = {ord(old): new for old, new in data.pop("narrow").items()}
    regional = tuple(data.pop("regional").items())
    pairs = data.pop("traditional")
    traditional = {ord(old): new for old, new in zip(pairs["from"], pairs["to"], strict=True)}
    return Words(**data, **lists, narrow=narrow, regional=regional, traditional=traditional)


def traditional(text: str, *, regional: bool = False) -> str:
    """In traditional characters, if asked with the words of Taiwan and Hong Kong.

    >>> traditional("行政规范性文件", regional=True), traditional("规章")
    ('行政規範性檔案', '規章')
    """
    if regional:
        for old, new in words().regional:
            text = text.replace(old, new)
    return text.translate(words().traditional)
