"""Parse HTML, and find out which elements are hidden and which are tables by style only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from lxml import etree

from gouji.readers.htmldamage import mark_damage

Element = etree._Element  # noqa: SLF001 - the only name lxml has for it

_CONTROL = bytes(code for code in (*range(32), 127) if code not in b"\t\n\f\r")
_STYLED = (
    re.compile(rb"display\s*:\s*(?:none|(?:inline-)?table)"),
    re.compile(rb"visibility\s*:\s*(?:hidden|collapse)"),
    re.compile(rb"hidden[\s=>/]"),
    re.compile(rb"line-through"),
    _SHRUNK := re.compile(rb"font-size\s*:\s*0(?:px|pt|r?em|%)?\s*[;\"'!}]"),
)
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
_DISPLAY = re.compile(r"(?:^|[;{\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_INVISIBLE = re.compile(
    r"(?:^|[;{\s])(?:visibility\s*:\s*(?:hidden|collapse)|text-decoration(?:-line)?\s*:[^;}]*line-through)",
    re.IGNORECASE,
)
"""Hidden, or struck out, which a report's text is not either."""
_NO_SIZE = re.compile(r"(?:^|[;\s])font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:[;!]|$)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)
MAX_CSS = 300_000


class Role(IntEnum):
    """What an element's style makes of it."""

    HIDDEN = 1
    TABLE = 2
    ROW = 3
    CELL = 4


_ROLES = {
    "none": Role.HIDDEN,
    "table": Role.TABLE,
    "inline-table": Role.TABLE,
    "table-row": Role.ROW,
    "table-cell": Role.CELL,
}
_OWN = {"table", "tr", "td", "th", "tbody", "thead", "tfoot"}


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
        if table in outer or not any(number >= least for number, _ in enumerate(table.iter("td", "th"), 1)):
            continue
        inner.append(table)
        for above in table.iterancestors("table"):
            if above in outer:
                break
            outer.add(above)
    return inner[::-1], outer


def read_roles(root: Element, lower: bytes) -> dict[Element, Role]:
    """The elements that style or the attribute ``hidden`` hides, and those that style makes a table, a row, a cell.

    Inline styles, and rules of ``<style>`` elements for one class or one id; rules inside ``@media`` do not count.

    Args:
        root: Of the page.
        lower: The page in lower case, to see quickly that there is nothing of the kind.
    """
    if not any(pattern.search(lower) for pattern in _STYLED):
        return {}
    roles: dict[Element, Role] = {}
    rules = _read_rules(root)
    if rules:
        for element in root.iter(etree.Element):
            role = _role_by_rules(element, rules)
            if role is not None:
                _put(roles, element, role)
    for element in _styled_elements(root):
        style = element.get("style")
        if element.get("hidden") is not None:
            roles[element] = Role.HIDDEN
        elif style:
            role = _role_of(style)
            if role is not None:
                _put(roles, element, role)
            elif roles.get(element) is Role.HIDDEN and _DISPLAY.search(style):
                del roles[element]
    if _SHRUNK.search(lower):
        roles.update((element, Role.HIDDEN) for element in _sized_leaves(root) if _NO_SIZE.search(element.get("style")))
    return roles


_styled_elements = etree.XPath(
    "//*[@hidden or contains(@style, 'isplay') or contains(@style, 'ISPLAY') or contains(@style, 'isibility')"
    " or contains(@style, 'ISIBILITY') or contains(@style, 'through') or contains(@style, 'THROUGH')]"
)
_sized_leaves = etree.XPath("//*[not(*) and (contains(@style, '-size') or contains(@style, '-SIZE'))]")
"""Only these: what is in an element of no size may have a size of its own."""


def _put(roles: dict[Element, Role], element: Element, role: Role) -> None:
    """Real table elements keep their own role, whatever their style says, unless it hides them."""
    if role is Role.HIDDEN or element.tag not in _OWN:
        roles[element] = role


def _role_of(style: str) -> Role | None:
    if _INVISIBLE.search(style):
        return Role.HIDDEN
    displays = _DISPLAY.findall(style)
    return _ROLES.get(displays[-1].lower()) if displays else None


def _read_rules(root: Element) -> dict[tuple[str, str], tuple[str, Role]]:
    """``(".", class)`` or ``("#", id)`` to the tag it is limited to (or nothing) and its role."""
    rules: dict[tuple[str, str], tuple[str, Role]] = {}
    for sheet in root.iter("style"):
        css = _CSS_COMMENT.sub("", (sheet.text or "")[:MAX_CSS])
        for selectors, body in _RULE.findall(_without_at_rules(css)):
            role = _role_of(body)
            if role is None:
                continue
            for selector in selectors.split(","):
                match = _SIMPLE.fullmatch(selector.strip())
                if match:
                    rules[match[2], match[3]] = (match[1] or "", role)
    return rules


def _without_at_rules(css: str) -> str:
    """Without the blocks of ``@media`` and the like: what they say is not always so."""
    if "@" not in css:
        return css
    kept: list[str] = []
    depth = start = 0
    inside = False
    for match in re.finditer(r"[@{};]", css):
        char, at = match[0], match.start()
        if char == "@" and depth == 0 and not inside:
            kept.append(css[start:at])
            inside = True
        elif char == "{":
            depth += 1
        elif char == "}" and depth:
            depth -= 1
            if depth == 0 and inside:
                inside, start = False, at + 1
        elif char == ";" and depth == 0 and inside:
            inside, start = False, at + 1
    return "".join(kept) + ("" if inside else css[start:])


def _role_by_rules(element: Element, rules: dict[tuple[str, str], tuple[str, Role]]) -> Role | None:
    found: Role | None = None
    names = [(".", name) for name in (element.get("class") or "").split()]
    if element.get("id"):
        names.append(("#", element.get("id") or ""))
    for name in names:
        tag, role = rules.get(name, ("", None))
        if role is not None and tag.lower() in ("", element.tag):
            found = role
    return found
