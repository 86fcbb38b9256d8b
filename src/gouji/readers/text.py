"""Read plain text: one block whose lines are the lines of the file, and a grid for every table drawn in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from gouji.model.finding import Message, Note
from gouji.model.raw import Block, RawDocument, TextBlock
from gouji.model.source import Source, Where
from gouji.readers.encoding import decode


def read_text(data: bytes, *, path: str) -> RawDocument:
    """Read a text file in any encoding.

    >>> read_text("一、总体情况".encode("gb18030"), path="a.txt").source.encoding
    'gb18030'
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return RawDocument(
        source=Source(
            path=path, sha256=hashlib.sha256(data).hexdigest(), media_type="text/plain", encoding=decoded.encoding
        ),
        blocks=read_blocks(text),
        notes=(_LEFT_OUT,) if _PLACEHOLDER in text else (),
        positions=False,
    )


_PLACEHOLDER = "[TABLE]"
_LEFT_OUT = Note(
    code="TEXT-LEFT-OUT",
    message=Message(
        zh="生成此文本的程序（pandoc）略去了表格，只留下“[TABLE]”",
        en="the program that made this text (pandoc) has left tables out, and [TABLE] in their place",
    ),
)


def read_blocks(text: str, *, first: int = 1) -> tuple[Block, ...]:
    """A text as one block, with a grid for every table drawn in it; ``first`` is the number of its first line."""
    if "<table" in text and "</table>" in text:
        return _with_fragments(text)
    if not any(mark in text for mark in _DRAWN):
        return (TextBlock(text=text, where=Where(line=first)),)
    from gouji.readers.drawn import read_drawn

    return read_drawn(text, first=first)


def _with_fragments(text: str) -> tuple[Block, ...]:
    """Markdown may hold tables as HTML: each is read as a grid, in its place."""
    from gouji.readers.html import read_html

    blocks: list[Block] = []
    at = 0
    for match in _FRAGMENT.finditer(text):
        start, stop = match.span()
        if start < at:
            continue
        found = read_html(match.group().encode(), path="").blocks
        line = text.count("\n", 0, start) + 1
        blocks.extend(read_blocks(text[at:start].replace("<table", ""), first=text.count("\n", 0, at) + 1))
        blocks.extend(replace(block, where=block.where._replace(line=line)) for block in found)
        at = stop
    blocks.extend(read_blocks(text[at:].replace("<table", ""), first=text.count("\n", 0, at) + 1))
    return tuple(blocks)


_FRAGMENT = re.compile(r"<table\b.*?</table>", re.DOTALL)


_DRAWN = ("+-", "+=", "│", "┃", "║")
