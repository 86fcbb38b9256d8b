"""The text of a table cell as a browser shows it."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.readers.htmldamage import KNOWN
from gouji.readers.htmlrole import Role
from gouji.readers.htmlshort import is_on_dark, is_short, role_by_name
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
_SPECIAL = frozenset(("input", "textarea", "select", "img", "math", "del", "s", "strike"))
_DRAWN = ("svg", "object", "embed", "iframe", "canvas", "video", "xmp")
_APART = frozenset(("sup", "sub"))
"""A footnote mark behind a number is no digit of it: a raised number gets brackets, as in the other formats."""
PICTURE = "\ufffc"
"""Stands for a picture in a cell: something is printed there, and it is not blank."""
APART = "\x01"
"""Stands around a text that may not show where it is written, until it is known what stands beside it."""
NOTE = "\x02"
"""Stands around what is the mark of a remark, if a figure stands beside it."""
BREAKS = frozenset(("br", "hr"))
BROKEN = "\ufffd"
"""Stands where a tag was that HTML does not have: what it parts may have been something else."""
_MARKS: Mapping[Role, str] = {
    Role.APART: APART,
    Role.PLACED: APART,
    Role.PALE: APART,
    Role.TURNED: BROKEN,
}
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
    if roles and (role := roles.get(cell)) in (Role.PALE, Role.UNSEEN) and not (role is Role.PALE and is_on_dark(cell)):
        unseen = " ".join("".join(cell.itertext()).split())
        return unseen + BROKEN if _has_digit(unseen) else unseen
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
    if not text:
        return "" if next(cell.iter(*_DRAWN), None) is None else PICTURE
    return _settle(text) if APART in text or NOTE in text else text


def _settle(text: str) -> str:
    """What stands apart is read where it alone has digits, and is the mark of a remark only beside a figure."""
    if NOTE in text:
        pieces = text.split(NOTE)
        if "".join(pieces[::2]).replace(APART, "").strip():
            pieces[1::2] = [read_remark(piece.strip()) for piece in pieces[1::2]]
        text = "".join(pieces)
    pieces = [piece for piece in text.split(APART) if piece]
    if sum(map(_has_digit, pieces)) <= 1:
        return "".join(pieces)
    return "".join([piece.rstrip(BROKEN) + BROKEN for piece in pieces])


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


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
    whole = " ".join("".join(parts).split())
    if len(whole) > 1 and whole[-1].isdigit() and len(parts) > 1 and any(map(role_by_name, cell)):
        return None
    return whole


def _special_text(element: Element) -> str:
    """What shows where there is no text: the content of a field, a picture; nothing for what is struck out."""
    tag = element.tag
    if tag == "input":
        shown = (element.get("type") or "text").lower() in ("text", "number")
        return f"{APART}{element.get('value') or ''}{APART}" if shown else ""
    if tag == "textarea":
        return element.text or ""
    if tag == "select":
        return "".join([option.text or "" for option in element.iter("option") if option.get("selected") is not None])
    if tag == "math":
        return "".join(element.itertext())
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
        role = roles.get(child) if roles else None
        if tag in BREAKS:
            parts.append(LINE)
        elif role is Role.HIDDEN:
            pass
        elif tag in _SPECIAL:
            parts.append(_special_text(child))
        elif tag not in SKIPPED:
            _collect_child(child, parts, role, roles=roles, depth=depth + 1)
        if child.tail:
            parts.append(child.tail)


def _collect_child(
    child: Element, parts: list[str], role: Role | None, *, roles: Mapping[Element, Role], depth: int
) -> None:
    tag = child.tag
    if tag not in KNOWN and ":" not in str(tag):
        parts.append(BROKEN)
    if role is None and tag not in BLOCKS and (named := role_by_name(child)) is not None and is_short(child):
        role = named
    mark = ""
    if tag == "sup" or role is Role.RAISED:
        mark = read_remark("".join(child.itertext()).strip())
    if mark:
        parts.append(mark if tag == "sup" else f"{NOTE}{''.join(child.itertext())}{NOTE}")
    elif role is not None and role in _MARKS:
        _collect_apart(child, parts, role, roles=roles, depth=depth)
    elif tag in BLOCKS or tag in _APART:
        parts.append(LINE)
        collect(child, parts, roles=roles, depth=depth)
        parts.append(LINE)
    else:
        collect(child, parts, roles=roles, depth=depth)


def _collect_apart(
    element: Element, parts: list[str], role: Role, *, roles: Mapping[Element, Role], depth: int
) -> None:
    """The text of an element that may not show, or not where it is written."""
    parts.append(_MARKS[role])
    collect(element, parts, roles=roles, depth=depth)
    if role is Role.PALE and not is_on_dark(element):
        parts.append(BROKEN)
    parts.append(_MARKS[role])
