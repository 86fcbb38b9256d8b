"""Years, dates and periods in folded text (full width to half, no spaces)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gouji.text.marks import read_small
from gouji.text.places import find_places

_ZEROS = "〇零○oO0"
_FIGURES = {**{char: str(index) for index, char in enumerate("一二三四五六七八九", 1)}, **dict.fromkeys(_ZEROS, "0")}
YEAR = rf"(?:(?<!\d)20\d\d(?!\d{{3}})|二[{_ZEROS}][一二三四五六七八九{_ZEROS}]{{2}})"
"""A year of this century, in figures or in Chinese."""
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = re.compile(rf"({YEAR})(?:年({_MONTH})月({_DAY})[日号]?|([-./])({_MONTH})\4({_DAY})(?!\d))")
_TO = r"(?:起|开始)?(?:\(含\))?[,、]?(?:至|到|-+|~|～|—)"
_SAME = r"(?:当年|同年|本年)?"
_SHORT_END = re.compile(rf"{_TO}{_SAME}({_MONTH})月(?:({_DAY})[日号]?|(?:底|末)?)")
_MONTHS = re.compile(rf"({YEAR})年({_MONTH})月?{_TO}(?:({YEAR})年)?({_MONTH})月(?!\d)")
_WHOLE = re.compile(rf"({YEAR})(?:年度|年全年|全年|年(?=[,。;)]|$))")
_JOIN = re.compile(_TO)
_YEAR_STARTS = ("20", "二")
_SAYS = re.compile(r"(?:统计|数据|报告|起止|所列)[^。]{0,12}?(?:期限|时间|期间|时段|日期|区间|周期)|期限|统计")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO form, and where it stands (half-open)."""

    iso: str
    start: int
    end: int


def read_year(text: str) -> int:
    """A year in figures or in Chinese.

    >>> read_year("2023"), read_year("二〇二四"), read_year("二零一九")
    (2023, 2024, 2019)
    """
    return int(text) if text.isdecimal() else int("".join([_FIGURES.get(char, char) for char in text]))


def find_dates(folded: str) -> Iterator[FoundDate]:
    """Every date of the calendar in a folded text.

    >>> [found.iso for found in find_dates("二〇二四年一月二十五日,2024-01-26,2024.2.30")]
    ['2024-01-25', '2024-01-26']
    """
    for match in _find_all(_DATE, folded):
        year, month, day, _, other_month, other_day = match.groups()
        iso = to_iso(read_year(year), read_small(month or other_month), read_small(day or other_day))
        if iso is not None:
            yield FoundDate(iso, match.start(), match.end())


def _find_all(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """All matches of a pattern that begins with a year: it is tried only where one may begin, which is quicker."""
    done = 0
    for place in sorted(place for start in _YEAR_STARTS for place in find_places(folded, start)):
        if place >= done and (match := pattern.match(folded, place)):
            done = match.end()
            yield match


def to_iso(year: int, month: int, day: int) -> str | None:
    """A date in ISO form, or ``None`` where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_periods(folded: str) -> list[tuple[str, str]]:
    """Every period of a folded text that is said to be the one reported on, or that is a whole year.

    >>> find_periods("统计期限为2023年1月1日至2023年12月31日")
    [('2023-01-01', '2023-12-31')]
    >>> find_periods("统计期限自二〇二三年一月一日起至十二月三十一日止"), find_periods("数据统计期限为2023年度。")
    ([('2023-01-01', '2023-12-31')], [('2023-01-01', '2023-12-31')])
    >>> find_periods("3月1日至5日开展培训")
    []
    """
    found = [*_from_dates(folded), *_from_months(folded), *_from_years(folded)]
    return list(dict.fromkeys(period for _, period in sorted(found)))


def _from_dates(folded: str) -> Iterator[tuple[int, tuple[str, str]]]:
    dates = list(find_dates(folded))
    for index, begin in enumerate(dates):
        end = _end_of(folded, begin, dates[index + 1] if index + 1 < len(dates) else None)
        if end is not None and begin.iso < end and _is_said(folded, begin.start, (begin.iso, end)):
            yield begin.start, (begin.iso, end)


def _end_of(folded: str, begin: FoundDate, following: FoundDate | None) -> str | None:
    joint = _JOIN.match(folded, begin.end)
    if joint is None:
        return None
    if following is not None and following.start == joint.end():
        return following.iso
    short = _SHORT_END.match(folded, begin.end)
    if short is None:
        return None
    year, month = int(begin.iso[:4]), read_small(short[1])
    return to_iso(year, month, read_small(short[2]) if short[2] else monthrange(year, month)[1])


def _from_months(folded: str) -> Iterator[tuple[int, tuple[str, str]]]:
    for match in _find_all(_MONTHS, folded):
        first, last = read_small(match[2]), read_small(match[4])
        year = read_year(match[1])
        until = read_year(match[3]) if match[3] else year
        begin, end = to_iso(year, first, 1), to_iso(until, last, monthrange(until, last)[1])
        if begin and end and begin < end and _is_said(folded, match.start(), (begin, end)):
            yield match.start(), (begin, end)


def _from_years(folded: str) -> Iterator[tuple[int, tuple[str, str]]]:
    for match in _find_all(_WHOLE, folded):
        before = folded[max(0, match.start() - 12) : match.start()]
        if "期限" in before or "统计时" in before:
            year = read_year(match[1])
            yield match.start(), (f"{year}-01-01", f"{year}-12-31")


def _is_said(folded: str, start: int, period: tuple[str, str]) -> bool:
    whole = period[0][4:] == "-01-01" and period[1][4:] == "-12-31"
    return whole or _SAYS.search(folded, max(0, start - 30), start) is not None
