"""What style makes of elements: hidden, tables, rows, cells; and short texts in cells that are not what they seem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from itertools import count
from typing import NamedTuple

from lxml import etree

from gouji.readers.htmltree import Element

_STYLED = re.compile(
    r"display\s*:\s*(?:none|(?:inline-)?table)|visibility\s*:\s*(?:hidden|collapse)|line-through|"
    r"font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:[;!}]|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Stands in every style that makes a table, or hides whatever it is that has it."""
_HIDDEN = re.compile(rb"hidden[\s=>/]")
_INLINE = re.compile(rb"style\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ODD = re.compile(
    r"opacity|:\s*-9|clip\s*:|scale\(|size\s*:\s*(?:0|1p)|float\s*:|color\s*:\s*(?:transparent|white|#fff|rgba)|"
    r"(?:height|width)\s*:\s*0|align\s*:\s*su|bidi-override|-reverse",
    re.IGNORECASE,
)
"""Stands in every style by which a short text is unseen, or does not belong to the text around it."""
_DISPLAY = re.compile(r"(?:^|[;{\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_INVISIBLE = re.compile(
    r"(?:^|[;{\s])(?:visibility\s*:\s*(?:hidden|collapse)|text-decoration(?:-line)?\s*:[^;}]*line-through)",
    re.IGNORECASE,
)
"""Hidden, or struck out, which a report's text is not either."""
_NO_SIZE = re.compile(r"(?:^|[;\s])font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:[;!]|$)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:opacity\s*:\s*0?\.?0*\s*(?:[;!]|$)|(?:left|top|text-indent|margin-left)\s*:\s*-9\d{2,}|"
    r"clip\s*:\s*rect\(\s*[01](?:px)?[,\s]|transform\s*:\s*scale\(\s*0\s*\)|"
    r"(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|r?em)?\s*;(?=.*overflow\s*:\s*hidden))",
    re.IGNORECASE | re.DOTALL,
)
_APART = re.compile(
    r"(?:^|[;\s])(?:color\s*:\s*(?:transparent|white|#fff(?:fff)?|rgba\([^)]*,\s*0?\.?0*\s*\))\s*(?:[;!]|$)|"
    r"font-size\s*:\s*1p[xt]|float\s*:)",
    re.IGNORECASE,
)
"""Perhaps unseen, or shown in another place than it is written in."""
_TURNED = re.compile(r"bidi-override|row-reverse", re.IGNORECASE)
_RAISED = re.compile(r"(?:^|[;\s])vertical-align\s*:\s*su(?:per|b)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_SHORT = 30
MAX_CSS = 300_000


class Role(IntEnum):
    """What an element's style makes of it.

    Of short texts only: ``APART`` may not show where it is written, or not at all, ``TURNED`` may read from right to
    left, ``RAISED`` is set as ``<sup>`` is. ``SHOWN`` only undoes what another rule hides.
    """

    HIDDEN = 1
    TABLE = 2
    ROW = 3
    CELL = 4
    APART = 5
    TURNED = 6
    RAISED = 7
    SHOWN = 8


_ROLES = {
    "none": Role.HIDDEN,
    "table": Role.TABLE,
    "inline-table": Role.TABLE,
    "table-row": Role.ROW,
    "table-cell": Role.CELL,
}
_OWN = {"table", "tr", "td", "th", "tbody", "thead", "tfoot"}


def read_roles(root: Element, lower: bytes) -> dict[Element, Role]:
    """The elements that style or the attribute ``hidden`` hides, and those that style makes a table, a row, a cell.

    Inline styles, and rules of ``<style>`` elements for tags, classes and ids, one in another; rules inside ``@media``
    do not count.

    Args:
        root: Of the page.
        lower: The page in lower case, to see quickly that there is nothing of the kind.
    """
    inline, sheets = "", []
    if b"style" in lower:
        inline, sheets = _distinct_styles(lower), [sheet.text or "" for sheet in root.iter("style")]
    styled = (b"hidden" in lower and _HIDDEN.search(lower)) or any(map(_STYLED.search, (inline, *sheets)))
    odd = _ODD.search(inline) is not None
    turned = [element for element in root.iter("bdo") if element.get("dir") != "ltr"] if b"<bdo" in lower else []
    if not (styled or odd or turned or any(map(_ODD.search, sheets))):
        return {}
    roles: dict[Element, Role] = {}
    rules = _read_rules(sheets)
    if rules:
        named = all(key[:1] in (".", "#") for key in rules)
        for element in _with_names(root) if named else root.iter(etree.Element):
            role = _role_by_rules(element, rules)
            if role is not None and role is not Role.SHOWN:
                _put(roles, element, role)
    if styled:
        _read_styled(root, roles)
    if odd:
        _read_short(root, roles)
    roles.update((element, Role.TURNED) for element in turned if _is_short(element))
    return roles


def _distinct_styles(lower: bytes) -> str:
    """The values of all attributes ``style``, each once: a page has hundreds of few."""
    return b"\n".join(map(b"".join, set(_INLINE.findall(lower)))).decode("utf-8", "replace")


def _read_short(root: Element, roles: dict[Element, Role]) -> None:
    plain: set[str] = set()  # styles that make nothing of a short text
    for element in _with_style(root):
        style = element.get("style") or ""
        if style in plain:
            continue
        if _ODD.search(style) is None:
            plain.add(style)
        elif (role := _role_of_short(element, style)) is not None and _is_short(element):
            roles[element] = role


def _role_of_short(element: Element, style: str) -> Role | None:
    """What style makes of an element, if there is but a short text in it."""
    if _UNSEEN.search(style) or (_NO_SIZE.search(style) and _has_one_size(element)):
        return Role.HIDDEN
    if _APART.search(style):
        return Role.APART
    if _TURNED.search(style):
        return Role.TURNED
    return Role.RAISED if _RAISED.search(style) else None


def _read_styled(root: Element, roles: dict[Element, Role]) -> None:
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


_styled_elements = etree.XPath(
    "//*[@hidden or contains(@style, 'isplay') or contains(@style, 'ISPLAY') or contains(@style, 'isibility')"
    " or contains(@style, 'ISIBILITY') or contains(@style, 'through') or contains(@style, 'THROUGH')]"
)
_with_names = etree.XPath("//*[@class or @id]")
_with_style = etree.XPath("//*[@style]")


def _is_short(element: Element) -> bool:
    """Whether an element holds a few characters, a digit among them, and is no part of a table."""
    if element.tag in _OWN or len(element) > _SHORT:
        return False
    text = "".join(element.itertext())
    return len(text) <= _SHORT and any(map(str.isdigit, text))


def _has_one_size(element: Element) -> bool:
    """Whether nothing in an element may have another size than the element."""
    return all(not inner.keys() and inner.tag in _SIZELESS for inner in element.iterdescendants())


_SIZELESS = {"b", "i", "u", "em", "strong", "span", "a"}


def _put(roles: dict[Element, Role], element: Element, role: Role) -> None:
    """Real table elements keep their own role, whatever their style says, unless it hides them."""
    if role is Role.HIDDEN or element.tag not in _OWN:
        roles[element] = role


def _role_of(style: str) -> Role | None:
    if _INVISIBLE.search(style):
        return Role.HIDDEN
    displays = _DISPLAY.findall(style)
    return _ROLES.get(displays[-1].lower()) if displays else None


def _role_of_rule(body: str) -> tuple[Role | None, bool]:
    """What a rule makes of elements, and whether only of short texts: longer ones a script may show."""
    role = _role_of(body)
    if role is not None:
        return role, False
    if _UNSEEN.search(body) or _NO_SIZE.search(body):
        return Role.HIDDEN, True
    if _APART.search(body):
        return Role.APART, True
    return (Role.SHOWN if _DISPLAY.search(body) else None), False


class _Compound(NamedTuple):
    """One part of a selector: ``td.old#x``."""

    tag: str
    names: frozenset[str]

    def matches(self, element: Element) -> bool:
        """Whether an element has the tag, the classes and the id."""
        return self.tag in ("", element.tag) and self.names <= set(_names_of(element))


class _Rule(NamedTuple):
    """What a style sheet says of elements.

    Attributes:
        selector: The last part is the element's own, those before it are above it, in their order.
        role: What it makes of them.
        short: Only if they are short.
        order: Its place among the rules.
    """

    selector: tuple[_Compound, ...]
    role: Role
    short: bool
    order: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Ids, classes and tags that it names: the more, the more it has to say; the last of several alike."""
        names = [name for part in self.selector for name in part.names]
        ids = sum(name.startswith("#") for name in names)
        return ids, len(names) - ids, sum(bool(part.tag) for part in self.selector), self.order

    def matches(self, element: Element) -> bool:
        """Whether it is about an element."""
        *above, own = self.selector
        if not own.matches(element) or (self.short and not _is_short(element)):
            return False
        for level in element.iterancestors():
            if not above:
                break
            if above[-1].matches(level):
                above.pop()
        return not above


def _names_of(element: Element) -> list[str]:
    names = [f".{name}" for name in (element.get("class") or "").split()]
    own = element.get("id")
    return [*names, f"#{own}"] if own else names


def _read_rules(sheets: Sequence[str]) -> dict[str, list[_Rule]]:
    """Rules by a class, an id (``.old``, ``#x``) or else the tag that an element must have."""
    rules: dict[str, list[_Rule]] = {}
    order = count()
    for sheet in sheets:
        css = _CSS_COMMENT.sub("", sheet[:MAX_CSS])
        for selectors, body in _RULE.findall(_without_at_rules(css)):
            role, short = _role_of_rule(body)
            for selector in map(_read_selector, selectors.split(",") if role else ()):
                if role and selector:
                    key = min(selector[-1].names, default=selector[-1].tag)
                    rules.setdefault(key, []).append(_Rule(selector, role, short, next(order)))
    only_show = all(rule.role is Role.SHOWN for same in rules.values() for rule in same)
    return {} if only_show else rules


def _read_selector(text: str) -> tuple[_Compound, ...]:
    """The parts of a selector; nothing where it asks for more than tags, classes and ids, one in another."""
    found: list[_Compound] = []
    for part in text.replace(">", " ").split():
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return ()
        found.append(_Compound((match[1] or "").lower(), frozenset(_NAME.findall(match[2]))))
    return tuple(found)


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


def _role_by_rules(element: Element, rules: Mapping[str, list[_Rule]]) -> Role | None:
    """What the weightiest rule of those about an element makes of it."""
    found = [rule for key in (str(element.tag), *_names_of(element)) for rule in rules.get(key, ())]
    found = [rule for rule in found if rule.matches(element)] if found else []
    return max(found, key=lambda rule: rule.weight).role if found else None
