"""Running text made ready for reading: folded, without spaces and line wraps, able to say where it came from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from gouji.text.fold import _tables

_RUN = re.compile(r"[^\s]+")
_TABLE_LINE = re.compile(r"^[^\n|\t]*[|\t][^\n|\t]*[|\t][^\n]*", re.MULTILINE)
_ENDS = frozenset("。!?;:")
_LADDER = re.compile(r"(?:\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.](?!\d)|[一二三四五六七八九十]是|[①-⑳])")
PARAGRAPH = "\n"


class _Folding(dict[int, str]):
    """Character to exactly one character, found out as they come."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if unicodedata.category(char) == "No":  # ① is a mark of enumeration, not the digit 1
            self[code] = ";"
            return ";"
        table, _ = _tables()
        new = " " if (code in table and table[code] is None) else (table.get(code) or char)
        new = unicodedata.normalize("NFKC", new)
        new = new.translate(table) if len(new) == 1 and new != " " else new
        self[code] = new if len(new) == 1 else char
        return self[code]


@cache
def _folding() -> _Folding:
    return _Folding({10: "\n", 13: "\n", 9: "\t", 32: " ", 124: "|"})


@dataclass(frozen=True, slots=True)
class Compact:
    """Folded text without spaces.

    Attributes:
        text: The characters kept; :data:`PARAGRAPH` stands where a paragraph ends.
        starts: Where each run of kept characters begins in ``text``.
        sources: Where the same run begins in the source.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def source(self, index: int) -> int:
        r"""The place in the source (0-based) of a character of ``text``.

        >>> compact("共 收\n到").source(2)
        4
        """
        run = bisect_right(self.starts, index) - 1
        return self.sources[run] + index - self.starts[run]


@lru_cache(maxsize=16)
def compact(source: str) -> Compact:
    r"""Fold and close up.

    A line end is a wrap, and vanishes, unless the line ends a sentence or the next begins an enumeration. Lines of a
    table (two bars or tabs) are left out. A space between two digits stays: they are two numbers. Circled digits become
    semicolons.

    >>> compact("收 到４６\n件。\n（二） 其它").text
    '收到46件。\n(二)其它'
    """
    folded = source.translate(_folding())
    if "|" in folded or "\t" in folded:
        folded = _TABLE_LINE.sub(lambda line: " " * len(line[0]), folded)
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = end = 0
    last = ""
    for run in _RUN.finditer(folded):
        piece, start = run[0], run.start()
        if last:
            if "\n" in folded[end:start] and (last in _ENDS or _LADDER.match(piece)):
                piece, start = PARAGRAPH + piece, start - 1
            elif last.isdigit() and piece[0].isdigit():
                piece, start = " " + piece, start - 1
        pieces.append(piece)
        starts.append(length)
        sources.append(start)
        length += len(piece)
        end, last = run.end(), piece[-1]
    return Compact("".join(pieces), tuple(starts) or (0,), tuple(sources) or (0,))
