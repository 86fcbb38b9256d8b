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
_ENDS = '。！？!?；;：:.…”"』」）)】]|'
_STARTS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)|[-*•·◆■]\s)"
)
_SLACK = 4
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


def is_link(line: str) -> bool:
    """Whether a line is a Markdown link."""
    return "](" in line and _LINK.search(line) is not None


def find_wrapped(lines: Sequence[str]) -> list[bool]:
    """For every line whether it goes on in the next one: a program has wrapped the text at some width.

    >>> find_wrapped(
    ...     ["全年围绕中心工作加强信息发布，及时回应社会关切，进一步", "提升公开质量和服务水平。", "本年度无其他事项。"]
    ... )
    [True, False, False]
    """
    if not lines or not _NARROW / 2 <= max(map(len, lines)) <= _WIDE:
        return [False] * len(lines)
    widths = [width_of(line) for line in lines]
    widest = max(widths, default=0)
    if not _NARROW <= widest <= _WIDE:
        return [False] * len(lines)
    return [
        width >= widest - _SLACK and line[-1:] not in _ENDS and _STARTS.match(after) is None and after != ""
        for width, line, after in zip(widths, lines, [*lines[1:], ""], strict=True)
    ]


def width_of(text: str) -> int:
    """Columns that a text takes, Chinese characters two each (as in their bytes)."""
    return len(text.encode("gb18030", "replace"))
