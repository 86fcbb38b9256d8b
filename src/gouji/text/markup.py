"""Lines of text as they read: without the HTML, Markdown and pandoc marks around the words; wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_SPAN = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")
_ATTRIBUTES = re.compile(r"\{[#.:][^{}]*\}\s*$")
_ESCAPE = re.compile(r"\\([^\w\s])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ENTITY = re.compile(r"&(?:nbsp|#160|#xa0|ensp|emsp|thinsp);?", re.IGNORECASE)
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*\*|__|'''|<<[^<>]{0,40}>>|</?[a-zA-Z][^<>]*>")
_EMPHASIS = re.compile(r"\*([^*]+)\*")
_ENDS = '。！？!?；;：:.…”"』」）)】]|'
_STARTS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)|[-*•·◆■]\s)"
)
_SLACK = 4
_OFTEN = 3
_NARROW, _WIDE = 30, 140


def strip_markup(line: str) -> str:
    r"""The words of a line.

    >>> strip_markup("<p>一、总体情况</p>"), strip_markup("[一、总体情况](#a)"), strip_markup("[甲市水利局]{style='x'}")
    ('一、总体情况', '一、总体情况', '甲市水利局')
    >>> strip_markup("**一、总体情况**"), strip_markup(r"1\. 总体情况"), strip_markup("## 一、总体情况 {#a .b}")
    ('一、总体情况', '1. 总体情况', '## 一、总体情况')
    """
    if "<" in line:
        line = _TAG.sub("", line)
    if "[" in line:
        line = _SPAN.sub(r"\1", _LINK.sub(r"\1", line))
    if "{" in line:
        line = _ATTRIBUTES.sub("", line).rstrip()
    if "\\" in line:
        line = _ESCAPE.sub(r"\1", line)
    if "**" in line or "__" in line:
        line = _STRONG.sub(r"\2", line)
    return line


def without_spans(text: str) -> str:
    """Words without the attributes that pandoc writes behind them.

    >>> without_spans("[（一）予]{style='x'}[以公开]{.a}")
    '（一）予以公开'
    """
    return _SPAN.sub(r"\1", text) if "]{" in text else text


def without_marks(text: str) -> str:
    """A cell without HTML tags and entities, escapes, and the marks of strong words in Markdown, MediaWiki and org.

    >>> [without_marks(text) for text in ("**5**", "'''5'''", "*5*", "5*", "<<a>>5&nbsp;")]
    ['5', '5', '5', '5*', '5']
    """
    text = _ENTITY.sub(" ", _MARKS.sub("", text)).strip()
    strong = _EMPHASIS.fullmatch(text) if text[:1] == "*" else None
    return strong[1].strip() if strong else text


def is_link(line: str) -> bool:
    """Whether a line is a Markdown link."""
    return "](" in line and _LINK.search(line) is not None


def find_wrap_width(lines: Sequence[str]) -> int:
    """The width at which a program has wrapped a text, in columns; 0 when none did."""
    longest = max(lines, key=len, default="")
    if not _NARROW / 2 <= len(longest) <= _WIDE or width_of(longest) > _WIDE:
        return 0
    widths = [width_of(line) for line in lines]
    widest = max(widths)
    often = sum(width >= widest - _SLACK for width in widths) >= _OFTEN
    return widest if often and _NARROW <= widest <= _WIDE else 0


def goes_on(line: str, after: str, *, width: int) -> bool:
    """Whether a line of a text wrapped at a width goes on in the next one.

    >>> goes_on("全年围绕中心工作加强信息发布，及时回应社会关切，进一步", "提升公开质量和服务水平。", width=54)
    True
    >>> goes_on("本年度无其他需要报告的事项。", "甲市水利局", width=54)
    False
    """
    full = bool(after) and width_of(line) >= width - _SLACK
    return full and line[-1:] not in _ENDS and "|" not in after and _STARTS.match(after) is None


def width_of(text: str) -> int:
    """Columns that a text takes, Chinese characters two each (as in their bytes)."""
    return len(text.encode("gb18030", "replace"))
