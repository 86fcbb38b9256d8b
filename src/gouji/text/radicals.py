"""Radicals that PDF fonts name in place of the characters they print: 文 U+6587, not ⽂ U+2F42."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_RADICAL = re.compile("[\u2e80-\u2fdf]")


@cache
def _table() -> dict[int, str]:
    """Kangxi radicals by their compatibility mapping, the supplement (U+2E80-2EFF) by ``characters.toml``."""
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    data = tomllib.loads((files("gouji.text") / "characters.toml").read_text(encoding="utf-8"))
    for new, olds in data["characters"].items():
        table.update((ord(old), new) for old in olds if 0x2E80 <= ord(old) <= 0x2EFF)
    return table


def restore_radicals(text: str) -> str:
    """The characters that radicals stand for; the length stays the same, and nothing else changes.

    >>> restore_radicals("⼀、⺠政局１")
    '一、民政局１'
    """
    return text.translate(_table()) if _RADICAL.search(text) else text
