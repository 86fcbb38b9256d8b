"""The title of a report: which line it is, and the body and year that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.text.agencies import is_agency
from gouji.text.dates import YEAR, read_year
from gouji.text.fold import fold, fold_with_map
from gouji.text.markup import strip_markup

_HINT = re.compile("[报報告]")
_WORDS = re.compile(r"(?:信息|政务|政府|资讯)公开.*(?:报告|年报)|(?:报告|年报).*(?:信息|政务)公开")
_PREFIX = re.compile(
    rf"(?:关于|公布|发布|印发)?(.{{0,44}}?)(?:关于|{YEAR}|年度|依法|推进|开展|(?:政府)?信息公开|政务公开|政府资讯)"
)
_YEAR = re.compile(rf"({YEAR})(?=年|度|政府|信息|[)）]|$)")
_SITE = re.compile(r"(?<!\s)\s*+[-_|—–>]++\s*+[^-_|—–>]{0,40}$")
_LABEL = re.compile(r"^(?:标题|名称|信息名称|文件名称|题名|当前位置|您的位置|您所在的位置)[:：]?")
_NAMED = re.compile(r"^(?:标\s*题|名\s*称|信息名称|文件名称|题\s*名)\s*[:：|│][\s|│]*")
"""The same before a title in an info box, as printed."""
_TAGGED = re.compile(r"^\(?[^()]{1,8}\)")
_SITE_NAME = re.compile(r"网站|门户|首页|位置|网$")
_SENTENCE = re.compile(r"[,。;!?]|根据|按照|现将|编制|全文|本报告|要求")
_AFTER_YEAR = re.compile(r"^(?:年度?|度)")
_ANNOUNCED = re.compile(r"^(?:关于|公布|发布|印发)")
_PLAIN = re.compile(r"[\u3400-\u9fff()·]+")
_EDGE = ' \t\u3000\xa0\r|│┃#*_>[]"“”《》【】'
_LONGEST = 70
_WINDOW = 3
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title as printed, the body and year it names, and how much speaks for it."""

    text: str
    agency: str | None
    year: int | None
    score: int


@lru_cache(maxsize=64)
def read_title(text: str, *, score: int = 0) -> Title | None:
    """Read a title, or say that it is none.

    >>> title = read_title("乌鲁木齐市招商服务局2023年政府信息公开工作年度报告")
    >>> title.agency, title.year
    ('乌鲁木齐市招商服务局', 2023)
    >>> read_title("2023年乌鲁木齐市招商服务局政府信息公开工作年度报告").agency
    '乌鲁木齐市招商服务局'
    >>> read_title("名 称： | 某县水利局2023年政府信息公开年度报告").text
    '某县水利局2023年政府信息公开年度报告'
    >>> read_title("根据要求编制本年度政府信息公开工作报告。") is None
    True
    """
    folded = _LABEL.sub("", _TAGGED.sub("", fold(text)))
    if not 8 <= len(folded) <= _LONGEST or not _WORDS.search(folded) or _SENTENCE.search(folded):
        return None
    year = _YEAR.search(folded)
    agency = _agency(folded, year)
    return Title(
        text=_NAMED.sub("", text),
        agency=agency and _printed(agency, text),
        year=read_year(year[1]) if year else None,
        score=score + 3 * (agency is not None) + (year is not None) + folded.endswith(("报告", "年报")),
    )


def find_title(lines: Sequence[str], *, levels: Sequence[int | None], stated: Iterable[str] = ()) -> Title | None:
    """Find the title above the first section.

    Args:
        lines: The lines before it, in order.
        levels: For every line its heading level, if the format marks it as one.
        stated: Titles that the container states (``<title>``, ``ArticleTitle``).
    """
    found: list[Title] = []
    for value in stated:
        for text in (value, _SITE.sub("", value)):
            title = read_title(text.strip(_EDGE))
            if title is not None:
                found.append(title)
                break
    known = {fold(title.text) for title in found}
    for index, line in enumerate(lines):
        if len(line) > 4 * _LONGEST or _HINT.search(line) is None:
            continue
        title = _at(lines, index, marked=levels[index] is not None or line.lstrip().startswith("#"))
        if title is not None:
            agreed = any(fold(title.text) in other or other in fold(title.text) for other in known)
            found.append(title if not agreed else read_title(title.text, score=title.score) or title)
            if len(found) > _MOST:
                break
    best: Title | None = None
    for title in found:  # of equals the last: it stands nearest to the text
        if best is None or title.score >= best.score:
            best = title
    return best


def _at(lines: Sequence[str], index: int, *, marked: bool) -> Title | None:
    """The title that ends in a line; it may begin up to two lines above."""
    best: Title | None = None
    pieces: list[str] = []
    for back in range(index, max(-1, index - 2 * _WINDOW), -1):
        piece = strip_markup(lines[back]).strip(_EDGE)
        if not piece:
            continue
        pieces.insert(0, piece)
        if len(pieces) > _WINDOW or (len(pieces) > 1 and not _continues(piece)):
            break
        title = read_title("".join(pieces), score=2 * marked)
        if title is not None and (best is None or title.score > best.score):
            best = title
        if best is not None and best.agency is not None:
            break
    return best


def _printed(folded_name: str, text: str) -> str:
    """A name as it is printed, without the spaces in it."""
    if folded_name in text:
        return folded_name
    folded, places = fold_with_map(text)
    start = folded.find(folded_name)
    if start < 0:
        return folded_name
    return "".join(text[places[start] : places[start + len(folded_name) - 1] + 1].split())


def _continues(piece: str) -> bool:
    """Whether a line above can be the beginning of a title: a name, or a name and the first words."""
    folded = fold(piece)
    return is_agency(folded) or (len(folded) <= 40 and ("公开" in folded or _YEAR.search(folded) is not None))


def _agency(folded: str, year: re.Match[str] | None) -> str | None:
    """The name before the year or before 政府信息公开; or the one between them."""
    pieces = [folded]
    if year is not None:
        pieces.append(_AFTER_YEAR.sub("", folded[year.end() :]))
    for piece in pieces:
        match = _PREFIX.match(piece.lstrip('"(['))
        if match is None:
            continue
        name = _ANNOUNCED.sub("", match[1]).strip("()\"':·-")
        if name.endswith("人民"):  # 甲市人民政府信息公开…
            name += "政府"
        plain = len(name) >= 4 and _PLAIN.fullmatch(name) is not None
        if len(name) >= 2 and not _SITE_NAME.search(name) and (plain or is_agency(name)):
            return name
    return None
