"""Read HTML as it is published: the text in reading order, tables as grids, and what the page says of itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from lxml import etree

from gouji.errors import ReadError
from gouji.model.finding import Message, Note
from gouji.model.raw import Block, Grid, RawDocument, TextBlock
from gouji.model.source import Source
from gouji.readers.encoding import Decoded, decode, is_plain
from gouji.readers.grid import stack_rows
from gouji.readers.htmlbound import narrow, shorten
from gouji.readers.htmlboxes import find_boxes
from gouji.readers.htmlfacts import read_info_box, read_links, read_meta
from gouji.readers.htmlmain import find_main, text_of
from gouji.readers.htmlrole import Role
from gouji.readers.htmlstyle import read_roles
from gouji.readers.htmltable import is_tiny
from gouji.readers.htmltree import EMBEDDING, Element, parse_tree, survey
from gouji.readers.htmlwalk import Walker
from gouji.readers.stored import LITTLE, find_stored, is_report

MAX_BYTES = 32 * 1024 * 1024
"""A page larger than this is not parsed; real ones have less than a hundredth of it."""
_TOO_DEEP = Note(
    code="HTML-TOO-DEEP",
    message=Message(
        zh="网页的标签嵌套过深，先去除格式标签再读取",
        en="the page nests deeper than any parser goes; its formatting was taken out before it was read",
    ),
)
_LOST = "\ufffd"
_CELL_MARKUP = 20_000
_CLOSED = re.compile(rb"</(?:t[dhr]|table|tbody|thead|tfoot|body|html|div)\s*>|<t(?:r|able)\b")
_FEW_CELLS = 12


def read_html(data: bytes, *, path: str) -> RawDocument:
    """Read a page. Nothing that its content names is ever fetched or opened.

    Args:
        data: The page, in any encoding.
        path: For ``Source.path`` and messages.

    Raises:
        ReadError: There is nothing in it that could be parsed, or it is larger than :data:`MAX_BYTES`.

    >>> page = read_html(b"<table><tr><td>1</td><td colspan=2>2</td></tr></table>", path="a.html")
    >>> [(cell.text, cell.colspan) for cell in page.grids[0].cells]
    [('1', 1), ('2', 2)]
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"the page is larger than {MAX_BYTES >> 20} MB", code="READ-TOO-LARGE", where=path)
    decoded = Decoded(text="", encoding="utf-8") if is_plain(data) else decode(data)
    markup = data if not decoded.text else decoded.text.encode("utf-8", "replace")
    if b"<row" in markup:
        markup = _as_html(markup)
    markup, long = shorten(markup)
    root, reduced = parse_tree(markup)
    if root is None:
        raise ReadError("nothing in the page can be read", code="READ-HTML", where=path)
    known = survey(root)
    lower = markup.lower()
    roles = read_roles(root, lower)
    main = find_main(root, known["table"], markup)
    walker, notes = _walk(root, roles, known, main=main)
    links = read_links(root, chain.from_iterable(known[tag] for tag in EMBEDDING), lower)
    narrowed, many = narrow(stack_rows(walker.blocks))
    blocks, cut = mark_cut(narrowed, markup)
    return RawDocument(
        source=Source(
            path=path, sha256=hashlib.sha256(data).hexdigest(), media_type="text/html", encoding=decoded.encoding
        ),
        blocks=blocks,
        meta=(*read_meta([*known["title"], *known["meta"]]), *read_info_box(blocks)),
        notes=(
            *encoding_notes(decoded),
            *([_TOO_DEEP] if reduced else []),
            *(note for note in (long, many) if note is not None),
            *walker.notes,
            *notes,
            *cut,
            *_embedding_notes(walker, links),
            *_picture_notes(walker, root),
        ),
        links=links,
    )


def _as_html(markup: bytes) -> bytes:
    """XML of text editions (TEI, trafilatura) and publishers (CALS) under the names that HTML has for the same."""
    if _XML_CELL.search(markup) is None:
        return markup
    return _XML_NAME.sub(lambda tag: tag[1] + _HTML_NAMES[tag[2]], markup)


_XML_CELL = re.compile(rb"<(?:cell|entry)[\s>/]")
_XML_NAME = re.compile(rb"(</?)(row|cell|entry|head|lb)(?=[\s>/])")
_HTML_NAMES = {b"row": b"tr", b"cell": b"td", b"entry": b"td", b"head": b"h2", b"lb": b"br"}


def mark_cut(blocks: Sequence[Block], markup: bytes) -> tuple[tuple[Block, ...], list[Note]]:
    """Mark the last cell of a page that ends in the middle of it: its number may be longer than what is left."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Grid):
        return tuple(blocks), []
    end = markup[-_CELL_MARKUP:].lower()
    end = end[max(end.rfind(b"<td"), end.rfind(b"<th"), 0) :]
    if not end.startswith((b"<td", b"<th")) or _CLOSED.search(end):
        return tuple(blocks), []
    cells = (*last.cells[:-1], last.cells[-1]._replace(text=last.cells[-1].text + _LOST))
    message = Message(
        zh="网页在表格中间中断，最后一格可能不完整", en="the page breaks off inside a table; its last cell may be cut"
    )
    note = Note(code="HTML-CUT", message=message, where=last.cells[-1].where)
    return (*blocks[:-1], replace(last, cells=cells)), [note]


def _walk(
    root: Element, roles: Mapping[Element, Role], known: Mapping[str, Sequence[Element]], *, main: Element | None
) -> tuple[Walker, list[Note]]:
    """What is visible; and where that is next to nothing, or no table, what a script would show."""
    walker, notes = _read(root, roles, known, main=main)
    little = _amount(walker) < LITTLE
    if not little and (_has_table(walker) or is_report(_prose(walker))):
        return walker, notes
    stored = find_stored(root)
    told = stored is not None and is_report("".join(stored.itertext()))
    shown = _without_outermost(roles)
    if not told and not (little and (stored is not None or len(shown) < len(roles))):
        return walker, notes
    source = root if stored is None else stored
    if source.getroottree().getroot() is not root:
        shown = read_roles(source, etree.tostring(source).lower())
    other, more = _read(source, shown, survey(source))
    if not told and _amount(other) < 2 * _amount(walker) + LITTLE:
        return walker, notes
    message = Message(
        zh="页面正文被样式隐藏，按隐藏内容读取", en="the page hides nearly all it holds; the hidden part is read"
    )
    return other, [*more, Note(code="HTML-HIDDEN", message=message)]


def _read(
    root: Element,
    roles: Mapping[Element, Role],
    known: Mapping[str, Sequence[Element]],
    *,
    main: Element | None = None,
) -> tuple[Walker, list[Note]]:
    """What is visible; tables that are made of other elements where there are none of the form."""
    walker = Walker(roles, known, main=main)
    walker.walk(root)
    if _has_form(walker) or not is_report(_prose(walker)) or not (boxes := find_boxes(root)):
        return walker, []
    hidden = {element: role for element, role in roles.items() if role is Role.HIDDEN}
    walker = Walker({**roles, **boxes, **hidden}, known, main=main)
    walker.walk(root)
    return walker, [_BOXES]


def _without_outermost(roles: Mapping[Element, Role]) -> dict[Element, Role]:
    """The roles without those that hide much of the page; what is hidden within it stays so."""
    hidden = {element for element, role in roles.items() if role is Role.HIDDEN}
    outer = {
        element
        for element in hidden
        if hidden.isdisjoint(element.iterancestors()) and len(text_of(element).strip()) >= LITTLE
    }
    return {element: role for element, role in roles.items() if element not in outer}


_BOXES = Note(
    code="HTML-BOXES",
    message=Message(
        zh="网页的表格不是用表格标签做的，行和格按各元素的排列判断",
        en="the page's tables are made of other elements; which of them are rows and cells is told by how they stand",
    ),
)


def _has_form(walker: Walker) -> bool:
    """Whether a table shows words of the form and numbers; menus of the site have such words, too."""
    return any(
        isinstance(block, Grid)
        and any(word in cell.text for cell in block.cells for word in _FORM)
        and any(cell.text.isdigit() for cell in block.cells)
        for block in walker.blocks
    )


_FORM = ("自然人", "尚未审结", "规章", "行政许可")


def _has_table(walker: Walker) -> bool:
    return any(isinstance(block, Grid) and len(block.cells) >= _FEW_CELLS for block in walker.blocks)


def _prose(walker: Walker) -> str:
    return "".join([block.text for block in walker.blocks if isinstance(block, TextBlock)])


def _amount(walker: Walker) -> int:
    """How much there is to read, in characters; a table counts for much."""
    total = 0
    for block in walker.blocks:
        if isinstance(block, Grid):
            total += 2 * LITTLE if len(block.cells) >= _FEW_CELLS else 0
        else:
            total += len(block.text)
    return total


def _embedding_notes(walker: Walker, links: tuple[str, ...]) -> list[Note]:
    """A note for a page that shows no report itself, but carries or links one."""
    if not links or _has_table(walker) or len(_prose(walker)) >= 5 * LITTLE:
        return []
    message = Message(
        zh=f"页面可能只嵌入或链接了报告：{links[0]}", en=f"the page may only embed or link its report: {links[0]}"
    )
    return [Note(code="HTML-EMBEDS", message=message)]


def _picture_notes(walker: Walker, root: Element) -> list[Note]:
    """A note for a page that has the words of the form and, where its tables should be, pictures."""
    if _has_table(walker) or not is_report(_prose(walker)):
        return []
    amount = sum(1 for picture in root.iter("img") if not is_tiny(picture))
    if not amount:
        return []
    message = Message(
        zh=f"页面没有表格，但有{amount}幅图片，表格可能是图片",
        en=f"the page shows no table; its tables may be pictures, of which it has {amount}",
    )
    return [Note(code="HTML-PICTURES", message=message)]


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
