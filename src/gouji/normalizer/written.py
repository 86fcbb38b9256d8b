r"""Rows as programs write lists: ``['规章', '1', '2']``, ``规章;1;2``, ``规章，1，2``, ``规章 & 1 & 2 \\``.

What parts their cells parts words of prose elsewhere, so it is looked at only where a table was not found otherwise. A
line whose pieces are mostly labels and values is a row of a table; it gets a pipe for each divider, at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from gouji.normalizer.dividers import may_be_thousands, prints_thousands_plainly

_ITEM = r"(?:'[^'|]*'|\"[^\"|]*\"|[+-]?\d[\d.]*|nan|NaN|None|null)"
_LIST = re.compile(rf"\s*[\[(]\s*{_ITEM}(?:\s*,\s*{_ITEM})*\s*[\])],?\s*")
_PARTS_OF_LISTS = re.compile(r"'([^']*)'|\"([^\"]*)\"|nan|NaN|None|null|[,\[\]()]")
_DIVIDERS = ("；", ";", " / ", "&", "，", ", ", ",", "、")
_VALUE = re.compile(r"\s*(?:[+-]?\d[\d.,]*(?:件|项|个|元|万元)?|[-/—无]|NaN|nan)?\s*")
_PIECE_OF_NUMBER = re.compile(r",0\d|(?!月)[\u4e00-\u9fff]\d{1,3},\d{3}")
_LEAST_ROWS = 3
_LEAST_CELLS = 60
_SHARE = 0.6


def with_pipes(lines: Sequence[str], is_label: Callable[[str], bool]) -> list[str] | None:
    """The lines with pipes between the cells of rows that are written as lists.

    Args:
        lines: Of a text.
        is_label: Whether a text is a label of the form.

    Returns:
        ``None`` where no divider makes a table of the text.
    """
    if sum(_LIST.fullmatch(line) is not None for line in lines if "[" in line or "(" in line) >= _LEAST_ROWS:
        return [_of_list(line) if _LIST.fullmatch(line) else line for line in lines]
    for divider in _DIVIDERS:
        if divider == "," and not _part_values(lines):
            continue
        rows: list[int] = []
        for index, line in enumerate(lines):
            below = bool(rows) and rows[-1] == index - 1
            if divider in line and _is_row(line, divider, is_label, below=below):
                rows.append(index)
        cells = sum(lines[index].count(divider) for index in rows)
        if len(rows) >= _LEAST_ROWS or cells >= _LEAST_CELLS:
            return _parted(lines, divider, set(rows))
    return None


def slashes_part_labels(lines: Sequence[str], is_label: Callable[[str], bool]) -> bool:
    """Whether slashes part the cells of a page in a line (``get_text(" / ")``), and are no marks of blank ones.

    Between two labels no such mark stands.
    """
    pairs = 0
    for line in lines:
        if line.count(" / ") >= _LEAST_CELLS:
            labels = [is_label(piece.strip()) and not _VALUE.fullmatch(piece) for piece in line.split(" / ")]
            pairs += sum(before and after for before, after in pairwise(labels))
    return pairs >= _LEAST_ROWS


def _part_values(lines: Sequence[str]) -> bool:
    """Whether commas part values, and not thousands: no number begins with 0, or right behind a word."""
    if any(_PIECE_OF_NUMBER.search(line) for line in lines):
        return False
    return prints_thousands_plainly(lines) or not any(map(may_be_thousands, lines))


def _is_row(line: str, divider: str, is_label: Callable[[str], bool], *, below: bool) -> bool:
    """Whether most pieces of a line are labels, values and blanks; values alone only right below another row."""
    pieces = line.replace("\\\\", "").split(divider)
    values = sum(_VALUE.fullmatch(piece) is not None for piece in pieces)
    labels = sum(is_label(piece.strip()) for piece in pieces if piece.strip())
    return (labels > 0 or below) and len(pieces) > 1 and values + labels >= _SHARE * len(pieces)


def _of_list(line: str) -> str:
    """A list without its brackets and quotes, a pipe for each comma between its items."""
    return _PARTS_OF_LISTS.sub(_plainly, line)


def _plainly(match: re.Match[str]) -> str:
    if match[0] == ",":
        return "|"
    text = match[1] if match[1] is not None else match[2]
    return f" {text} " if text is not None else " " * len(match[0])


def _parted(lines: Sequence[str], divider: str, rows: set[int]) -> list[str]:
    bar = "|".center(len(divider))
    return [
        line.replace(divider, bar).replace("\\\\", "  ").replace('"', " ") if index in rows else line
        for index, line in enumerate(lines)
    ]
