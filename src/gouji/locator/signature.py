"""The signature at the end of a report: the body that signs, and the date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouji.text.agencies import is_agency
from gouji.text.dates import YEAR, find_dates, read_year
from gouji.text.fold import fold
from gouji.text.marks import read_small

_DATE = re.compile(
    r"(?:2\s?0\s?\d\s?\d|二\s*[〇零○oO0]\s*[〇零○oO0一二三四五六七八九]\s*[〇零○oO0一二三四五六七八九])"
    r"\s*(?:年\s*(?:[\d一二三四五六七八九十]\s*){1,3}月(?:\s*(?:[\d一二三四五六七八九十]\s*){1,3}[日号])?|([-./])\d{1,2}\1\d{1,2}(?![\d:]))"
)
_MONTH = re.compile(rf"({YEAR})年([\d一二三四五六七八九十]{{1,3}})月")
_AFTER = re.compile(r"\s|[)）\]】]?[。.]?(?:\s|印发|$|[|<(（*])")
_BREAK = re.compile(r"[\n\s。；|>]")
_EDGE = " \t\u3000\xa0\r|*_#>-（）()[]【】:："
_STAMP = re.compile(r"[（(](?:盖章|公章|印章|印|代章)[)）]\s*$")
_LABELLED = re.compile(r"(?:日期|时间|发布|更新|公开|来源|[至到自])\s*[:：|]?\s*$")
_REACH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs and when, and the characters of the text that it takes (half-open).

    ``date`` is ISO, ``2024-01`` where no day is printed.
    """

    agency: str | None
    date: str
    start: int
    end: int


def find_signature(text: str) -> Signature | None:
    r"""Find the signature in the last part of a report; one with a name wins over a bare date, then the first one.

    >>> find_signature("没有其他事项。\n乌鲁木齐市招商服务局\n2024年1月25日\n(联系人:马某)")
    Signature(agency='乌鲁木齐市招商服务局', date='2024-01-25', start=8, end=29)
    >>> find_signature("我局于2024年1月25日召开会议。") is None
    True
    """
    bare: Signature | None = None
    for match in _DATE.finditer(text):
        iso = _iso(match[0])
        if iso is None or not _AFTER.match(text, match.end()):
            continue
        before = text[max(0, match.start() - _REACH) : match.start()]
        line_start = before.rstrip(_EDGE)[-1:] in ("", "\n")
        name, start = _name_before(text, match.start())
        if name is None and line_start:
            name = _name_after(text, match.end())
        if name is None and (not line_start or _LABELLED.search(before.rstrip())):
            continue
        found = Signature(agency=name, date=iso, start=start if name else match.start(), end=match.end())
        if name is not None:
            return found
        bare = bare or found
    return bare


def _iso(raw: str) -> str | None:
    folded = fold(raw)
    day = next(find_dates(folded), None)
    if day is not None:
        return day.iso
    month = _MONTH.fullmatch(folded)
    if month is None or not 1 <= read_small(month[2]) <= 12:
        return None
    return f"{read_year(month[1])}-{read_small(month[2]):02}"


def _name_before(text: str, stop: int) -> tuple[str | None, int]:
    """The name that stands right before a date: the rest of its line, the line above, or the word before."""
    begin = max(0, stop - _REACH)
    before = _STAMP.sub("", text[begin:stop].rstrip()).rstrip(_EDGE + "\n")
    line = before.rpartition("\n")[2]
    word = _BREAK.split(line.rstrip(_EDGE))[-1]
    for piece in (line, word):
        name = _as_name(piece)
        if name is not None:
            return name, begin + len(before) - len(piece.lstrip(_EDGE))
    return None, stop


def _name_after(text: str, start: int) -> str | None:
    line = text[start : start + _REACH].lstrip(_EDGE + "\n").partition("\n")[0]
    return _as_name(line)


def _as_name(raw: str) -> str | None:
    name = "".join(raw.strip(_EDGE).split())
    return name if is_agency(fold(name)) else None
