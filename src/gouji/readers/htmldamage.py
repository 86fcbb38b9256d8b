"""Places in the bytes where markup was lost in or beside a cell: its number may have been cut, or moved, or joined.

Browsers and parsers mend such places silently, and what they show is not what the author printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LOST = "\ufffd".encode()
KNOWN = frozenset(
    (
        "a", "abbr", "acronym", "address", "area", "article", "aside", "b", "base", "basefont", "bdi", "bdo", "big",
        "blockquote", "body", "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd",
        "del", "details", "dfn", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font",
        "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i",
        "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "marquee",
        "menu", "meta", "nav", "nobr", "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p",
        "param", "pre", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small", "span", "strike",
        "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "template", "textarea", "tfoot", "th",
        "thead", "time", "title", "tr", "tt", "u", "ul", "var", "wbr", "xml",
    )
)  # fmt: skip
_TAG = re.compile(
    rb"<(?:script|style)\b.*?(?:</(?:script|style)|\Z)|<!--(?:-?>|.*?(?:-->|\Z))|<(?:[!?]|/(?![a-z]))[^>]*>|"
    rb"<(?P<end>/?)(?P<name>[^\s/><]+)(?=(?P<rest>(?:[^>=]|=\s*+(?:\"[^\"]*\"|'[^']*')|=)*))(?P=rest)>",
    re.DOTALL | re.IGNORECASE,
)
"""A tag, as far as a parser takes it: a quoted value may hold other tags.

What a look ahead has found once is not tried again; a possessive group would say so, but fails before Python 3.11.5.
"""
_SOUND = re.compile(rb"(?=((?:\s+|/|[^\s\"'<>/=;]+(?:\s*=\s*(?:\"[^\"<]*\"{1,2}|'[^'<]*'{1,2}|[^\s\"'<>]*))?)*))\1")
"""Attributes as people write them: also without a space between two, or with a quote too many at the end."""
_ATTRIBUTE = re.compile(rb"([^\s\"'<>/=;]+)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]*)")
_BARE = frozenset((b"nowrap", b"hidden", b"noshade", b"disabled", b"contenteditable"))
"""Attributes that a cell may have without a value, besides those of programs (`x:num`, `data-v-5a`)."""
_WORD = re.compile(rb"(?<![^\s/])[a-z0-9]+(?![^\s/])")
_USUAL = re.compile(rb"<!--|<!\[|<!doctype|<\?xml|<script|<style", re.IGNORECASE)
_NO_SHAPE = bytes(code for code in range(256) if code not in b'<>="')
_SHAPE = re.compile(rb'[="]*+(?:<(?:="=*+"|=)*>[="]*+)*')
"""Tags one after another, in each of them quotes only around values: all that is left without the words."""
_OFFICE = re.compile(rb"[a-z][a-z0-9]{0,3}:[\w-]{1,20}")
_CELL = rb"t[dh]\b[^<]*</t[dh]\b"
_EMPTY = re.compile(rb"<(t[dh])\b[^<>]*/>")
"""XML's way to write a cell without content."""
_LOOK = re.compile(
    rb"<(" + _CELL + rb"(?:[^<]*<(?:/tr\b[^<]*<tr\b[^<]*<)?" + _CELL + rb"){0,50}|"
    rb"/?(?:t[dhr]|table)\b|[!?](?!--|\[|xml|doctype)|/(?![a-z]))"
)
"""A tag of a table, or whole cells and rows one after another that hold no other tag; or what is no tag."""
_SIGNS = {
    b"td": "c", b"th": "c", b"/td": "C", b"/th": "C", b"tr": "r", b"/tr": "R", b"table": "t", b"/table": "T",
    b"!": "?", b"?": "?", b"/": "?",
}  # fmt: skip
_OUT_OF_ORDER = ("cc", "cr", "cR", "cT", "CC", "rC", "RC", "tC")
"""Cells without their end, then cells without their beginning."""
_CELLS = frozenset((b"td", b"th"))
_PARTS = frozenset((*_CELLS, b"tr", b"tbody", b"thead", b"tfoot", b"table"))
_NAMES = frozenset(name.encode() for name in KNOWN)
_FIRST_WORDS = tuple(word.encode() for word in ("第二十", "本年", "自然人"))
_LAST_WORDS = tuple(word.encode() for word in ("总计", "审结"))
_MARKUP = re.compile(rb"<[^<>]*>|&nbsp;")
_BEFORE, _AFTER = 2000, 20_000
_FEW, _SHARE = 3, 20
_MOSTLY = 0.8
"""Of the cells of a page that ends them, so many have their end."""


def mark_damage(markup: bytes, *, complaints: bool) -> bytes:
    """Put U+FFFD into a cell that has lost its beginning or its end, and behind a broken tag.

    ``2</enter">53`` would be read as 253, and ``196<td>`` may have been 1965. Cells without an end count only in pages
    that end their cells.

    Args:
        markup: The page in UTF-8.
        complaints: Whether the parser complained of anything.

    Returns:
        The same object when there is nothing to mark.

    >>> mark_damage(b'<td>2</enter">53</td>', complaints=True).decode()
    '<td>2\ufffd</enter">53</td>'
    """
    start, stop = _find_tables(markup)
    part = markup[start:stop]
    lower = part.lower()
    if b"/>" in lower:
        lower = _EMPTY.sub(rb"<\1></\1>", lower)
    tags = _LOOK.findall(lower)
    signs = "".join([_SIGNS.get(tag, "cC") for tag in tags])  # many whole cells are like one
    usual = not complaints and "?" not in signs and _is_balanced(lower)
    if usual and not any(pair in signs for pair in _OUT_OF_ORDER):
        return markup
    more = sum(max(tag.count(b"</t") - tag.count(b"</tr") - 1, 0) for tag in tags)
    ends_cells = 0 < (signs.count("c") + more) * _MOSTLY <= signs.count("C") + more
    if usual and not ends_cells:
        return markup
    places = sorted(set(_Scan(part, ends_cells=ends_cells).find_places()))
    if not places:
        return markup
    pieces = [part[begin:end] for begin, end in zip([0, *places], [*places, len(part)], strict=True)]
    return markup[:start] + _LOST.join(pieces) + markup[stop:]


def _find_tables(markup: bytes) -> tuple[int, int]:
    """Where the statutory tables may be: from a little before their first words to the end of the table of the last."""
    first = next((place for place in map(markup.find, _FIRST_WORDS) if place >= 0), 0)
    near = max(0, first - _AFTER)
    others = [
        markup.find(word, near, first) for word in _FIRST_WORDS
    ]  # where tags cut that word in two, these may not be
    first = min([first, *(place for place in others if place >= 0)])
    start = max(0, markup.find(b"<", max(0, first - _BEFORE)))
    last = max(map(markup.rfind, _LAST_WORDS))
    if last < 0:
        return start, len(markup)
    end = markup.find(b"</table", last, last + _AFTER)
    return start, end + len(b"</table>") if end >= 0 else last + _AFTER


def _is_balanced(lower: bytes) -> bool:
    """A quick look at quotes and brackets, which only tells whether to look closely."""
    shape = lower.translate(None, _NO_SHAPE)
    rest = shape.replace(b'="="', b"_").replace(b'=""', b"_").translate(None, b"=_").replace(b"<>", b"")
    return not rest or _SHAPE.fullmatch(shape) is not None  # of tags with usual values nothing is left


class _Scan:
    """One pass over the tags of a part of a page."""

    __slots__ = (
        "_block",
        "_cells",
        "_ends_cells",
        "_last",
        "_lone",
        "_odd",
        "_open",
        "_paragraph",
        "_part",
        "_spans",
        "_strange",
    )

    def __init__(self, part: bytes, *, ends_cells: bool) -> None:
        self._part = part[: part.rfind(b">") + 1]  # so that every tag has an end, and each byte is looked at once
        self._ends_cells = ends_cells
        self._open = [False]  # for each of the tables around: whether a cell is open
        self._last = -1  # where the last cell of this row starts or ends
        self._block = -1  # where a block ends with a number
        self._cells = 0  # so far
        self._spans = 0  # how many are open in this cell
        self._paragraph = -1  # where one begins
        self._lone: list[int] = []  # ends of spans in cells that have not begun
        self._odd: list[int] = []  # cells with an attribute twice, or with one that says nothing
        self._strange: dict[bytes, list[tuple[bool, list[int]]]] = {}  # elements that HTML does not know

    def find_places(self) -> Iterator[int]:
        """Where to mark, in any order."""
        for tag in _TAG.finditer(self._part):
            if tag["name"] is not None:
                yield from self._check(tag, tag["name"].lower(), closes=bool(tag["end"]))
            elif not _USUAL.match(tag[0]):
                yield from self._mark_strange(tag)
        for places in (self._odd, self._lone):
            if len(places) <= max(_FEW, self._cells // _SHARE):  # what a page does throughout is its habit
                yield from places
        for found in self._strange.values():
            if not _are_pairs([closes for closes, _ in found]):  # an editor's own element begins and ends
                yield from (place for _, places in found for place in places)

    def _check(self, tag: re.Match[bytes], name: bytes, *, closes: bool) -> Iterator[int]:
        """Look at one tag; what may be the habit of the page is only noted."""
        if name in _PARTS:
            yield from self._check_order(tag, name, closes=closes)
            if name in _CELLS and tag["rest"].endswith(b"/"):
                yield from self._check_order(tag, name, closes=True)
        elif name == b"span":
            self._spans += -1 if closes else 1
            if self._spans < 0 and self._open[-1]:  # its beginning was lost, and maybe digits with it
                self._lone.append(tag.start())
        elif name == b"p":
            if self._paragraph >= 0 and not closes and self._open[-1]:
                before = _MARKUP.sub(b"", self._part[self._paragraph : tag.start()]).strip()
                if before[-1:].isdigit():  # its end was lost, with the beginning of the other
                    self._odd.append(tag.start())
            self._paragraph = -1 if closes else tag.end()
        if not _is_sound(tag["rest"], closes=closes):
            yield from self._mark_strange(tag)
        elif name in _CELLS and not closes and _is_odd(tag["rest"]):
            self._odd.append(tag.end())  # two tags have become one, or one has lost its middle
        elif name not in _NAMES and not _OFFICE.fullmatch(name):
            self._strange.setdefault(name, []).append((closes, list(self._mark_strange(tag))))
        if name == b"div":
            self._block = tag.start() if closes and self._is_number(tag.start()) else -1

    def _check_order(self, tag: re.Match[bytes], name: bytes, *, closes: bool) -> Iterator[int]:
        """Cells follow one another, each with its end."""
        if name == b"table" and not closes:
            self._open.append(False)
            return
        starts_cell, ends_cell = name in _CELLS and not closes, name in _CELLS and closes
        if self._ends_cells and self._open[-1] and not ends_cell:
            if not _has_words(self._part[self._last : tag.start()]):
                yield tag.start()
        elif self._ends_cells and not self._open[-1] and ends_cell and self._last >= 0:
            between = _MARKUP.sub(b"", self._part[self._last : tag.start()]).strip()
            yield tag.start() if between else self._last
        self._open[-1], self._spans, self._paragraph = starts_cell, 0, -1
        self._cells += starts_cell
        self._last = tag.start() if name in _CELLS else -1
        if name == b"table" and len(self._open) > 1:
            self._open.pop()

    def _mark_strange(self, tag: re.Match[bytes]) -> Iterator[int]:
        """What is no tag of HTML is marked behind a number, in a cell, or in the cell before it."""
        if self._is_number(tag.start()):
            yield tag.start()
        elif self._open[-1]:
            yield tag.end()
        elif self._last >= 0:
            yield self._last
        elif len(self._open) == 1:  # cells may be made of other elements
            if self._block >= 0:
                yield self._block
            if self._part[tag.end() : tag.end() + 1].isdigit():
                yield tag.end()

    def _is_number(self, end: int) -> bool:
        return self._part[max(0, end - 1) : end].isdigit()


def _is_sound(rest: bytes, *, closes: bool) -> bool:
    """Whether what stands in a tag behind its name are attributes; at the end of an element there are none."""
    return not rest or rest.isspace() or (not closes and _SOUND.fullmatch(rest) is not None)


def _are_pairs(ends: Sequence[bool]) -> bool:
    """Whether the tags of one name open and close by turns."""
    return len(ends) % 2 == 0 and all(closes == bool(index % 2) for index, closes in enumerate(ends))


def _is_odd(rest: bytes) -> bool:
    """Whether a tag has an attribute twice, or a short one without a value that no page means."""
    lower = rest.lower()
    names = _ATTRIBUTE.findall(lower)
    return len(set(names)) < len(names) or not _BARE.issuperset(_WORD.findall(_ATTRIBUTE.sub(b" ", lower)))


def _has_words(cell: bytes) -> bool:
    """Whether a piece of markup shows more than a number: a label, that stays one."""
    return any(byte >= 0x80 or chr(byte).isalpha() for byte in _MARKUP.sub(b"", cell))
