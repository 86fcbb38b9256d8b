"""Read plain text: one block whose lines are the lines of the file, and a grid for every table drawn in it."""

from __future__ import annotations

import hashlib

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
        blocks=_blocks(text),
        positions=False,
    )


def _blocks(text: str) -> tuple[Block, ...]:
    if not any(mark in text for mark in _DRAWN):
        return (TextBlock(text=text, where=Where(line=1)),)
    from gouji.readers.drawn import read_drawn

    return read_drawn(text)


_DRAWN = ("+-", "+=", "│", "┃", "║")
