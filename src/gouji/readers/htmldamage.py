"""Places in the bytes where markup was lost beside a digit: the number may have been cut, or joined with another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

_LOST = "\ufffd".encode()
KNOWN = frozenset(
    (
        "a", "abbr", "acronym", "address", "area", "article", "aside", "b", "base", "basefont", "bdi", "bdo", "big",
        "blockquote", "body", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del",
        "details", "dfn", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer",
        "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe",
        "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "marquee", "menu", "meta",
        "nav", "nobr", "noframes", "noscript", "object", "ol", "optgroup", "option", "p", "param", "pre", "q", "rp",
        "rt", "ruby", "s", "samp", "script", "section", "select", "small", "span", "strike", "strong", "style", "sub",
        "summary", "sup", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr",
        "tt", "u", "ul", "var", "wbr", "xml",
    )
)  # fmt: skip
_NAME = rb"(?:" + "|".join(sorted(KNOWN)).encode() + rb"|[a-z][a-z0-9]{0,3}:[\w-]{1,20})"
_STRANGE = re.compile(rb"(?<=[0-9])(?=<(?!/?" + _NAME + rb"[\s/>]|!--|!\[))", re.IGNORECASE)
_OPEN_CELL = re.compile(
    rb"(?<=[0-9])(?=\s{0,20}(?:</(?:p|span|font|b|strong|o:p)>\s{0,20}){0,8}<(?:t[dhr]|/?tbody|/tr|/table)[\s>])",
    re.IGNORECASE,
)
_BOGUS = re.compile(rb"<(?:[!?](?!--|\[|xml|doctype|DOCTYPE)|/[^a-zA-Z])")
_OFFICE = re.compile(r"[a-z][a-z0-9]{0,3}:[\w-]{1,20}")
_ROW_MARKS = (b"<tr", b"</tr", b"<tb", b"</tb", b"</ta")
_INLINE_ENDS = (*b"0 1 2 3 4 5 6 7 8 9".split(), *b"</p> </span> </font> </b> </strong> </o:p>".split())
_SWALLOWED = re.compile(rb'(=\w{1,20}="[^<>]{0,300}>\s*[0-9][0-9.,]*)')
_WELL_ENDED = (b"</td>", b"</tr>", b"<tr>", b"</th>", b"<tbody>", b"</tbody>")
_FIRST_WORDS = tuple(word.encode() for word in ("第二十", "本年", "自然人"))
_BEFORE = 2000
_MOSTLY = 0.8
_MOST_ERRORS = 20_000
_END_TAG = "Unexpected end tag : "


def mark_damage(markup: bytes, errors: Iterable[str]) -> bytes:
    """Put U+FFFD behind a number whose cell has lost its end, or that a broken tag follows.

    ``2</enter">53`` would be read as 253, and ``196<td>`` may have been 1965: browsers show as much, and neither is
    what the author printed. Cells without an end count only in pages that end their cells.

    Args:
        markup: The page in UTF-8.
        errors: What the parser complained of.

    Returns:
        The same object when there is nothing to mark.

    >>> mark_damage(b"<td>2</enter>53</td>", ["Unexpected end tag : enter"]).decode()
    '<td>2\ufffd</enter>53</td>'
    """
    start = _find_tables(markup)
    part = marked = markup[start:] if start else markup
    if any(_is_strange(error) for error in islice(errors, _MOST_ERRORS)) or _BOGUS.search(part):
        marked = _STRANGE.sub(_LOST, marked)
    marked = _SWALLOWED.sub(rb"\1" + _LOST, marked)  # a tag that ran on into the next one
    if _has_open_cells(part):
        marked = _OPEN_CELL.sub(_LOST, marked)
    return markup if len(marked) == len(part) else markup[:start] + marked


def _find_tables(markup: bytes) -> int:
    """Where the statutory tables may begin: a little before one of their words. All of the page without any."""
    found = (place for place in map(markup.find, _FIRST_WORDS) if place >= 0)
    return max(0, next(found, 0) - _BEFORE)


def _is_strange(error: str) -> bool:
    """Whether the parser met the end of an element that HTML does not have."""
    name = error.removeprefix(_END_TAG).lower()
    return error.startswith(_END_TAG) and name not in KNOWN and not _OFFICE.fullmatch(name)


def _has_open_cells(markup: bytes) -> bool:
    """Whether a cell of a page that ends its cells may lack its end; a quick look, which only tells where to look."""
    for cell, ends in ((b"<td", _ROW_MARKS), (b"<TD", tuple(map(bytes.upper, _ROW_MARKS)))):
        pieces = markup.split(cell)
        if len(pieces) > 1 and markup.count(cell.replace(b"<", b"</")) >= _MOSTLY * (len(pieces) - 1):
            for mark in ends:
                pieces.extend(markup.split(mark)[:-1])
            odd = (piece[-30:].rstrip().lower() for piece in pieces if not piece.endswith(_WELL_ENDED))
            return any(end.endswith(_INLINE_ENDS) for end in odd)
    return False
