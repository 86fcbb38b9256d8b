"""Parse HTML, and gather the elements that several parts of the reader ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from gouji.readers.htmldamage import mark_damage

Element = etree._Element  # noqa: SLF001 - the only name lxml has for it

_CONTROL = bytes(code for code in (*range(32), 127) if code not in b"\t\n\f\r")
_INLINE_TAG = re.compile(
    rb"</?(?:a|b|i|u|s|em|strong|span|font|small|big|o:p|st1:\w+|label)(?:\s[^<>]*)?>", re.IGNORECASE
)
_BLOCK_TAG = re.compile(
    rb"</?(?:div|p|section|article|center|blockquote|ul|ol|li|dl|dd|dt|form|main)(?:\s[^<>]*)?>", re.IGNORECASE
)
_LONG = 2000
_LONG_TAG = re.compile(rb"(<[A-Za-z][\w:-]{0,40})\s[^<>]{4000,}")
"""Of such a tag at least one piece of ``_LONG`` bytes, counted from the start of the page, has no bracket in it."""
_MOST_ATTRIBUTES = 500


def parse_tree(markup: bytes) -> tuple[Element | None, bool]:
    """Parse without network, entities, comments or processing instructions.

    Args:
        markup: The page in UTF-8. Control characters are dropped.

    Returns:
        The root, ``None`` when there is no element at all; and whether the page nests so deeply that the parser gave up
        and its formatting had to be taken out first.
    """
    markup = _without_attribute_bombs(markup.translate(None, _CONTROL))
    root, complaints, complete = _parse(markup)
    if not complete:
        return _parse(_BLOCK_TAG.sub(b"<br>", _INLINE_TAG.sub(b"", markup)))[0], True
    marked = mark_damage(markup, complaints=complaints)
    return (root if marked is markup else _parse(marked)[0]), False


def _parse(markup: bytes) -> tuple[Element | None, bool, bool]:
    """The root, whether the parser complained of anything, and whether it read to the end."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, collect_ids=False
    )
    try:
        root: Element | None = etree.fromstring(markup, parser)
    except etree.XMLSyntaxError:
        root = None
    last = parser.error_log.last_error
    return root, last is not None, last is None or "depth" not in last.message


def _without_attribute_bombs(markup: bytes) -> bytes:
    """The parser compares each attribute with every other; tags with thousands of them lose them all."""
    if all(markup.find(b">", start, start + _LONG) >= 0 for start in range(0, len(markup) - _LONG, _LONG)):
        return markup

    def shorten(match: re.Match[bytes]) -> bytes:
        tag = match[0]
        return match[1] if len(tag.split(None, _MOST_ATTRIBUTES)) >= _MOST_ATTRIBUTES else tag

    return _LONG_TAG.sub(shorten, markup)


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SCRIPTS = ("script", "style", "noscript")
EMBEDDING = ("iframe", "frame", "embed", "object")
_TOLD = ("table", "title", "meta", *EMBEDDING, *HEADINGS, *SCRIPTS)


def survey(root: Element) -> dict[str, list[Element]]:
    """The elements that several parts of the reader ask for, by tag, gathered in one pass."""
    found: dict[str, list[Element]] = {tag: [] for tag in _TOLD}
    for element in root.iter(*_TOLD):
        found[str(element.tag)].append(element)
    return found


def part_tables(tables: Sequence[Element], *, least: int) -> tuple[list[Element], set[Element]]:
    """Of the tables with at least so many cells those that hold no other one; and all tables that hold one.

    Args:
        tables: Of a page, in its order.
        least: Cells.
    """
    inner: list[Element] = []
    outer: set[Element] = set()
    for table in reversed(tables):  # what a table holds comes behind it
        if table in outer or next(islice(table.iter("td", "th"), least - 1, None), None) is None:
            continue
        inner.append(table)
        for above in table.iterancestors("table"):
            if above in outer:
                break
            outer.add(above)
    return inner[::-1], outer
