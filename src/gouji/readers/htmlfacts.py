"""What a page says of itself outside its text: ``<title>``, ``<meta>``, the info box, the documents it embeds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, zip_longest

from gouji.model.raw import Block, Grid, MetaField, TextBlock
from gouji.model.source import Where
from gouji.readers.htmltree import Element

_NAMES = (
    "索引号|信息索引号|索引编号|发布机构|发布机关|发布单位|公开机构|公开主体|发文机关|发文机构|发文单位|制发机关|责任部门|"
    "发布日期|发布时间|公开日期|公开时间|成文日期|生成日期|生效日期|更新日期|日期|时间|信息来源|稿源|来源|"
    "信息名称|文件名称|标题|名称|文号|发文字号|文件编号|主题分类|信息分类|分类|主题词|关键词|有效性|作者|编辑|浏览次数|字号"
)
_NAME = frozenset(_NAMES.split("|"))
_PARTS = (
    *("号", "机构", "机关", "单位", "主体", "部门", "日期", "时间", "来源", "稿源"),
    *("名称", "标题", "分类", "主题", "关键", "有效", "作者", "编辑", "次数"),
)
"""Every name holds one of these; most tables of a report hold none."""
_AROUND = "[]【】()（）:："
_PAIR = re.compile(rf"(?:^|[\s|｜\[【(（])({_NAMES})[\]】)）]?\s*[:：]\s*([^\s:：|｜]+(?:\s\d{{1,2}}:\d\d(?::\d\d)?)?)")
_SPACE = re.compile(r"\s+")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|ofd|rtf|xlsx?|et|zip|rar|7z)(?:[?#].*)?$", re.IGNORECASE)
_ENDING = re.compile(rb"\.(?:pdf|docx?|wps|ofd|rtf|xlsx?|et|zip|rar|7z)[\"'?#\s>]")
_LONGEST = 1000
_MOST = 200
_BOX_CELLS = 80
_LINE = 200


def read_meta(elements: Iterable[Element]) -> list[MetaField]:
    """What ``<title>`` and named ``<meta>`` elements say."""
    found: list[MetaField] = []
    for element in elements:
        if len(found) >= _MOST:
            break
        if element.tag == "title":
            name, value = "title", "".join(element.itertext()) if len(element) else element.text or ""
        else:
            name = element.get("name") or element.get("property") or ""
            value = element.get("content") or ""
        value = " ".join(value.split())[:_LONGEST]
        if name and value:
            found.append(MetaField(name=name, value=value, where=Where(xpath=element.getroottree().getpath(element))))
    return found


def read_info_box(blocks: Iterable[Block]) -> list[MetaField]:
    """Named facts in small tables and short lines: 索引号, 发布机构, 发布日期 and their like."""
    found: list[MetaField] = []
    for block in blocks:
        if isinstance(block, TextBlock):
            if len(block.text) <= _LINE and (":" in block.text or "：" in block.text):
                found.extend(_pairs(block.text, block.where))
        elif len(block.cells) <= _BOX_CELLS and _may_be_box(block):
            found.extend(_box(block))
        if len(found) >= _MOST:
            break
    return found


def _pairs(text: str, where: Where) -> list[MetaField]:
    return [MetaField(name=match[1], value=match[2], where=where) for match in _PAIR.finditer(text)]


def _may_be_box(grid: Grid) -> bool:
    text = "".join("".join([cell.text for cell in grid.cells]).split())
    return any(map(text.__contains__, _PARTS))


def _box(grid: Grid) -> list[MetaField]:
    """A name and, in the next cell, its value; or both in one cell."""
    found: list[MetaField] = []
    for row in grid.by_row:
        for cell, after in zip_longest(row, row[1:]):
            text = cell.text
            if not text or text.isdigit():
                continue
            name = "".join(text.split()).strip(_AROUND) if len(text) < 20 else ""
            if name in _NAME and after is not None and after.text:
                found.append(MetaField(name=name, value=_SPACE.sub(" ", after.text)[:_LONGEST], where=after.where))
            elif (":" in text or "：" in text) and len(text) <= _LINE:
                found.extend(_pairs(text, cell.where))
    return found


def read_links(root: Element, embedding: Iterable[Element], lower: bytes) -> tuple[str, ...]:
    """Targets of frames and embedded objects, then of links to documents, each once.

    Args:
        root: Of the page.
        embedding: Its frames, embedded objects and the like.
        lower: The page in lower case, to see quickly that it names no document.
    """
    frames: dict[str, None] = {}
    files: dict[str, None] = {}
    anchors = root.iter("a") if _ENDING.search(lower) else ()
    for element in chain(embedding, anchors):
        tag = element.tag
        target = (element.get("data") if tag == "object" else element.get("href" if tag == "a" else "src")) or ""
        target = target.strip()
        if not target or target.startswith(("javascript:", "about:", "#", "data:")):
            continue
        if tag != "a":
            frames.setdefault(target[:_LONGEST])
        elif _DOCUMENT.search(target):
            files.setdefault(target[:_LONGEST])
        if len(frames) + len(files) >= _MOST:
            break
    return (*frames, *(target for target in files if target not in frames))
