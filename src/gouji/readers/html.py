"""Read HTML as it is published: the text in reading order, tables as grids, and what the page says of itself."""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from gouji.errors import ReadError
from gouji.model.finding import Message, Note
from gouji.model.raw import RawDocument
from gouji.model.source import Source
from gouji.readers.encoding import Decoded, decode
from gouji.readers.htmlwalk import Walker

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def read_html(data: bytes, *, path: str) -> RawDocument:
    """Read a page.

    Args:
        data: The page, in any encoding.
        path: For ``Source.path`` and messages.

    Raises:
        ReadError: There is nothing in it that could be parsed.

    >>> page = read_html(b"<table><tr><td>1</td><td colspan=2>2</td></tr></table>", path="a.html")
    >>> [(cell.text, cell.colspan) for cell in page.grids[0].cells]
    [('1', 1), ('2', 2)]
    """
    decoded = decode(data)
    root = parse_tree(decoded.text)
    if root is None:
        raise ReadError("nothing in the page can be read", code="READ-HTML", where=path)
    walker = Walker()
    walker.walk(root)
    return RawDocument(
        source=Source(
            path=path, sha256=hashlib.sha256(data).hexdigest(), media_type="text/html", encoding=decoded.encoding
        ),
        blocks=tuple(walker.blocks),
        notes=(*encoding_notes(decoded), *walker.notes),
    )


def parse_tree(text: str) -> etree._Element | None:
    """Parse without network, entities or comments; ``None`` when there is no element at all."""
    if _UNPRINTABLE.search(text):
        text = _UNPRINTABLE.sub("", text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return root


def encoding_notes(decoded: Decoded) -> tuple[Note, ...]:
    """A note when bytes could not be decoded."""
    if not decoded.damaged:
        return ()
    return (
        Note(
            code="ENCODING-DAMAGED",
            message=Message(
                zh=f"按{decoded.encoding}解码时有{decoded.damaged}处字节无法识别",
                en=f"{decoded.damaged} places are not valid {decoded.encoding}",
            ),
        ),
    )
