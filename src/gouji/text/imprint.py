"""What a page says around a report, in folded text: labelled dates, the body that publishes, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache

from gouji.text.agencies import is_agency, is_relative, without_department
from gouji.text.dates import YEAR, find_dates, read_year
from gouji.text.fold import fold


class Fact(Enum):
    """What a named field (a ``<meta>``, a line of an info box, a property) states."""

    TITLE = "title"
    AGENCY = "agency"
    PUBLISHED = "published"


_FIELDS = (
    (Fact.PUBLISHED, r"pubdate|publish_?date|publish_?time|publicationdate|(?:发布|公开|公布|上网)(?:日期|时间)"),
    (Fact.AGENCY, r"contentsource|(?:发布|公开|发文|信息)(?:机构|单位|机关|部门|主体)|责任部门|来源|^author"),
    (None, r"site|网站|栏目|channel|column|机构|部门|单位|creator|producer"),
    (Fact.TITLE, r"title|标题|名称"),
)
_KINDS = tuple((fact, re.compile(pattern, re.IGNORECASE)) for fact, pattern in _FIELDS)
_PUBLISHED = re.compile(
    r"(?:发布|公开|公布|上网|上传|生成|更新)(?:日期|时间)|发布于|"
    r"(?<!统计)(?<!成文)(?<!发文)(?<!签发)(?<!印发)(?<!起止)(?<!有效)(?:日期|时间)(?=[:|])"
)
_SIGNED = re.compile(r"(?:成文|发文|签发|印发)(?:日期|时间)")
_CONTACT = re.compile(
    r"请(?:直接|及时|您)?(?:与|向|和|同|联系|致电|致函|拨打)?([^,。;:()]{3,40}?)(?:联系|反映|咨询|提出|索取|垂询)"
)
_BODY = re.compile(
    r"(?:(?:发布|公开|发文)(?:机构|单位|机关|部门|主体)|来源)[:|]*([\u3400-\u9fff()·]{3,40}?)"
    r"(?=$|[:|,。]|发布|发文|公开|成文|生成|文号|主题|有效|索引|日期|时间|字体|浏览|点击|名称|标题)"
)
_FOOTER = re.compile(
    r"版权所有|版权归|(?:主办|承办|技术支持)(?:单位)?[:：]|网站标识码|网站地图|ICP备|公网安备", re.IGNORECASE
)
_LONGEST_DATE = 60
_TIME_GLUED = re.compile(r"^(20\d\d([-./])\d\d\2\d\d)(?=\d\d:)")
_YEAR = re.compile(rf"({YEAR})年")


@lru_cache(maxsize=1024)
def read_fact(name: str) -> Fact | None:
    """What a field of that name states.

    >>> read_fact("ArticleTitle"), read_fact("PubDate"), read_fact("SiteName"), read_fact("发布机构")
    (<Fact.TITLE: 'title'>, <Fact.PUBLISHED: 'published'>, None, <Fact.AGENCY: 'agency'>)
    """
    return next((fact for fact, pattern in _KINDS if pattern.search(name)), None)


def find_published(folded: str) -> str | None:
    """The date that is said to be that of publication, ISO.

    >>> find_published("索引号|01|发布日期|2024-01-2610:20"), find_published("统计时间:2023年1月1日")
    ('2024-01-26', None)
    """
    return _labelled(_PUBLISHED, folded)


def find_signed(folded: str) -> str | None:
    """The date that is said to be that of the text itself (成文日期), ISO."""
    return _labelled(_SIGNED, folded)


def read_date(folded: str) -> str | None:
    """The date that a text begins with, a time glued to it or not.

    >>> read_date("2024-01-2610:20:00"), read_date("2024年1月26日")
    ('2024-01-26', '2024-01-26')
    """
    found = next(find_dates(_TIME_GLUED.sub(r"\1|", folded)), None)
    return found.iso if found is not None and found.start == 0 else None


def find_standing_date(lines: Sequence[str]) -> str | None:
    """A date that stands alone in a line, as below a title: (2024年1月30日), ISO; in figures it is the site's own.

    >>> find_standing_date(["甲市水利局2023年政府信息公开工作年度报告", "（2024年1月30日）", "2024-01-31"])
    '2024-01-30'
    """
    for line in lines:
        if "月" in line and len(line) < _LONGEST_DATE:
            folded = fold(line).strip("()")
            found = next(find_dates(folded), None)
            if found is not None and (found.start, found.end) == (0, len(folded)):
                return found.iso
    return None


def without_footer(folded: str) -> str:
    """A text up to where the site speaks of itself.

    >>> without_footer("联系人:马某|主办:甲市人民政府|电话:0991-8805281")
    '联系人:马某|'
    """
    footer = _FOOTER.search(folded)
    return folded[: footer.start()] if footer else folded


def find_bodies(folded: str) -> list[str]:
    """Bodies that an info box names as publisher.

    >>> find_bodies("发布机构:|甲市水利局|发布日期:|2024-01-26")
    ['甲市水利局']
    """
    return [match[1] for match in _BODY.finditer(folded) if is_agency(match[1])]


def find_contacts(folded: str) -> list[str]:
    """Bodies that the sentence about questions names.

    >>> find_contacts("如有疑问,请与乌鲁木齐市招商服务局党政办公室联系")
    ['乌鲁木齐市招商服务局']
    """
    names = (without_department(match[1]) for match in _CONTACT.finditer(folded))
    return [name for name in names if is_agency(name) and not is_relative(name)]


def count_years(text: str) -> Iterable[int]:
    """Every year that a text names, as often as it does."""
    return (read_year(match[1]) for match in _YEAR.finditer(text))


def _labelled(label: re.Pattern[str], folded: str) -> str | None:
    for match in label.finditer(folded):
        found = read_date(folded[match.end() : match.end() + 24].lstrip(":|()[]"))
        if found is not None:
            return found
    return None
