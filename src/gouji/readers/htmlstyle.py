"""What style makes of elements: hidden, tables, rows, cells; and short texts of which ``htmlshort`` tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

from lxml import etree

from gouji.readers.htmlrole import Role
from gouji.readers.htmlshort import AURAL_NAMES, ODD, OWN, is_aural, is_pale, is_short, role_of_rule, role_of_short
from gouji.readers.htmltree import Element

_STYLED = re.compile(
    r"display\s*:\s*(?:none|(?:inline-)?table)|visibility\s*:\s*(?:hidden|collapse)|line-through|"
    r"font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:[;!}]|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Stands in every style that makes a table, or hides whatever it is that has it."""
_HIDDEN = re.compile(rb"hidden[\s=>/]")
_INLINE = re.compile(rb"style\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_DISPLAY = re.compile(r"(?:^|[;{\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_INVISIBLE = re.compile(
    r"(?:^|[;{\s])(?:visibility\s*:\s*(?:hidden|collapse)|text-decoration(?:-line)?\s*:[^;}]*line-through)",
    re.IGNORECASE,
)
"""Hidden, or struck out, which a report's text is not either."""
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CSS_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
MAX_CSS = 300_000


_ROLES = {
    "none": Role.HIDDEN,
    "table": Role.TABLE,
    "inline-table": Role.TABLE,
    "table-row": Role.ROW,
    "table-cell": Role.CELL,
}


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
    odd = ODD.search(inline) is not None
    pale = [element for element in root.iter("font") if is_pale(element)] if b"<font" in lower else []
    if any(name in lower for name in AURAL_NAMES):
        pale += filter(is_aural, _with_names(root))
    turned = [element for element in root.iter("bdo") if element.get("dir") != "ltr"] if b"<bdo" in lower else []
    if not (styled or odd or pale or turned or any(map(ODD.search, sheets))):
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
    roles.update((element, Role.PALE) for element in pale if element not in roles and is_short(element))
    roles.update((element, Role.TURNED) for element in turned if is_short(element))
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
        if ODD.search(style) is None:
            plain.add(style)
        elif roles.get(element) is not Role.HIDDEN and (role := role_of_short(element, style)) is not None:
            roles[element] = role


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


def _put(roles: dict[Element, Role], element: Element, role: Role) -> None:
    """Real table elements keep their own role, whatever their style says, unless it hides them."""
    if role is Role.UNSEEN and element.tag not in ("td", "th"):
        role = Role.HIDDEN
    if role in (Role.HIDDEN, Role.UNSEEN) or element.tag not in OWN:
        roles[element] = role


def _role_of(style: str) -> Role | None:
    if _INVISIBLE.search(style):
        return Role.UNSEEN
    displays = _DISPLAY.findall(style)
    return _ROLES.get(displays[-1].lower()) if displays else None


def _role_of_rule(body: str) -> tuple[Role | None, bool]:
    """What a rule makes of elements, and whether only of short texts: longer ones a script may show."""
    role = _role_of(body)
    if role is not None:
        return role, False
    role = role_of_rule(body)
    if role is Role.PLACED and _DISPLAY.search(body):
        role = None
    return (role, True) if role is not None else (Role.SHOWN if _DISPLAY.search(body) else None, False)


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
        if not own.matches(element) or (self.short and not is_short(element)):
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
