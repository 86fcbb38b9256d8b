"""The text of a table cell as a browser shows it."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.readers.htmldamage import KNOWN
from gouji.readers.htmlstyle import Role, is_on_dark
from gouji.readers.htmltree import Element
from gouji.text.marks import read_remark

LINE = "\x00"
"""Stands for a line break that was asked for, until white space has been collapsed; parsed text has no NUL."""
SKIPPED = frozenset(
    (
        "script", "style", "noscript", "template", "head", "select", "option", "textarea", "svg", "math", "object",
        "embed", "iframe", "frame", "frameset", "audio", "video", "canvas", "noframes", "xmp", "datalist", "title",
        "meta", "link", "base", "rt", "rp",
    )
)  # fmt: skip
BLOCKS = frozenset(
    (
        "html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
        "article", "header", "footer", "main", "nav", "aside", "center", "form", "fieldset", "blockquote", "pre",
        "figure", "figcaption", "address", "details", "summary", "caption", "tr", "td", "th", "tbody", "thead",
        "tfoot", "table", "menu", "dir", "hgroup", "search", "legend",
    )
)  # fmt: skip
_SPECIAL = frozenset(("input", "textarea", "img", "del", "s", "strike"))
_APART = frozenset(("sup", "sub"))
"""A footnote mark behind a number is no digit of it: a raised number gets brackets, as in the other formats."""
PICTURE = "\ufffc"
"""Stands for a picture in a cell: something is printed there, and it is not blank."""
APART = "\x01"
"""Stands around a text that may not show where it is written, until it is known what stands beside it."""
BREAKS = frozenset(("br", "hr"))
BROKEN = "\ufffd"
"""Stands where a tag was that HTML does not have: what it parts may have been something else."""
_MARKS: Mapping[Role, str] = {Role.APART: APART, Role.PALE: APART, Role.TURNED: BROKEN}
DEEPEST = 200
"""Elements in one another whose text is gathered one by one."""
_PLAIN = frozenset(("span", "font", "b", "strong", "i", "em", "u", "a", "o:p", "big", "small"))


def collapse(text: str) -> str:
    r"""White space as a browser shows it; line breaks that were asked for stay, empty lines do not.

    >>> collapse(" a\n b" + LINE + LINE + "c")
    'a b\nc'
    """
    if LINE not in text:
        return " ".join(text.split())
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split(LINE)) if line)


def cell_text(cell: Element, roles: Mapping[Element, Role]) -> str:
    """The text of a cell: inline elements joined as they are, blocks and ``<br>`` as line breaks."""
    if roles and roles.get(cell) is Role.PALE and not is_on_dark(cell):
        pale = " ".join("".join(cell.itertext()).split())
        return pale + BROKEN if any(map(str.isdigit, pale)) else pale
    if not len(cell):
        text = cell.text
        return " ".join(text.split()) if text else ""
    if not roles:
        plain = _plain_text(cell)
        if plain is not None:
            return plain
    parts: list[str] = []
    collect(cell, parts, roles=roles)
    text = collapse("".join(parts))
    return _without_doubt(text) if APART in text else text


def _without_doubt(text: str) -> str:
    """What stands apart is read where nothing else is in the cell."""
    pieces = [piece for piece in text.split(APART) if piece]
    return pieces[0] if len(pieces) == 1 else "".join([piece.rstrip(BROKEN) + BROKEN for piece in pieces])


def _plain_text(cell: Element) -> str | None:
    """The text of a cell with only inline elements in it, or one paragraph of them; ``None`` when there is more."""
    parts = [cell.text or ""]
    put = parts.append
    if len(cell) == 1:
        inner = cell[0]
        if inner.tag == "p":
            if not parts[0].isspace() and parts[0]:
                return None
            put(inner.text or "")
            tail = inner.tail
            if tail and not tail.isspace():
                return None
            cell = inner
    for child in cell:
        if child.tag not in _PLAIN or len(child):
            return None
        text = child.text
        if text:
            put(text)
        text = child.tail
        if text:
            put(text)
    return " ".join("".join(parts).split())


def _special_text(element: Element) -> str:
    """What shows where there is no text: the content of a field, a picture; nothing for what is struck out."""
    tag = element.tag
    if tag == "input":
        shown = (element.get("type") or "text").lower() in ("text", "number")
        return (element.get("value") or "") if shown else ""
    if tag == "textarea":
        return element.text or ""
    if tag == "img":
        return "" if is_tiny(element) else element.get("alt") or PICTURE
    return ""


def is_tiny(picture: Element) -> bool:
    """Whether a picture is but a spot that counts visitors or keeps others apart."""
    return any((picture.get(side) or "").strip() in ("0", "1", "2") for side in ("width", "height"))


def collect(element: Element, parts: list[str], *, roles: Mapping[Element, Role], depth: int = 0) -> None:
    """Gather the text of an element; what nests deeper than any page does is left to the C library."""
    if element.text:
        parts.append(element.text)
    if depth > DEEPEST:
        parts.extend(element.itertext())
        return
    for child in element:
        tag = child.tag
        if tag in BREAKS:
            parts.append(LINE)
        elif tag in _SPECIAL:
            parts.append(_special_text(child))
        elif tag not in SKIPPED and (role := roles.get(child) if roles else None) is not Role.HIDDEN:
            if tag not in KNOWN and ":" not in str(tag):
                parts.append(BROKEN)
            if (tag == "sup" or role is Role.RAISED) and (mark := read_remark("".join(child.itertext()).strip())):
                parts.append(mark)
            elif role is not None and role in _MARKS:
                _collect_apart(child, parts, role, roles=roles, depth=depth + 1)
            elif tag in BLOCKS or tag in _APART:
                parts.append(LINE)
                collect(child, parts, roles=roles, depth=depth + 1)
                parts.append(LINE)
            else:
                collect(child, parts, roles=roles, depth=depth + 1)
        if child.tail:
            parts.append(child.tail)


def _collect_apart(
    element: Element, parts: list[str], role: Role, *, roles: Mapping[Element, Role], depth: int
) -> None:
    """The text of an element that may not show, or not where it is written."""
    parts.append(_MARKS[role])
    collect(element, parts, roles=roles, depth=depth)
    if role is Role.PALE and not is_on_dark(element):
        parts.append(BROKEN)
    parts.append(_MARKS[role])
