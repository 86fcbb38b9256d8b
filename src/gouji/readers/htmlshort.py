"""Short texts in cells that are not what they seem: unseen, pale, raised, or shown beside where they are written.

Digits that stand next to others in the markup need not stand next to them on the page.
"""

from __future__ import annotations

import re

from gouji.readers.htmlrole import Role
from gouji.readers.htmltree import Element

ODD = re.compile(
    r"opacity|:\s*-9|clip|scale|translate|zoom|content-visibility|size\s*:\s*(?:0|\.|1p|1\.|[1-9]%)|float\s*:|"
    r"color\s*:\s*(?:transparent|white|snow|ivory|ghost|#f(?:ff|[0-9a-f]f[0-9a-f]f)|rgba|rgb\(\s*2[45]|hsl)|"
    r"(?:height|width)\s*:\s*[01](?![\d.%])|align\s*:\s*(?:su|(?:text-)?top|-?[\d.])|text-raise|position\s*:\s*(?!static)|"
    r"display\s*:\s*(?:inline-)?(?:block|flex|grid)|display\s*:\s*list|bidi-override|-reverse",
    re.IGNORECASE,
)
"""Stands in every style by which a short text is unseen, or does not belong to the text around it."""
_NO_SIZE = re.compile(r"(?:^|[;\s])font-size\s*:\s*0(?:px|pt|r?em|%)?\s*(?:[;!]|$)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:opacity\s*:\s*0?\.?0*\s*(?:[;!]|$)|(?:left|right|top|text-indent|margin-left)\s*:\s*-9\d{2,}|"
    r"clip\s*:\s*rect\(\s*[01](?:px)?[,\s]|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)|"
    r"transform\s*:\s*(?:scale(?:3d)?\(\s*0[\s,)]|translate[xy]?\(\s*-9\d{2,})|content-visibility\s*:\s*hidden|"
    r"(?:max-)?(?:height|width)\s*:\s*[01](?:px|pt|r?em)?\s*;(?=.*overflow\s*:\s*hidden))",
    re.IGNORECASE | re.DOTALL,
)
_PALE = re.compile(
    r"(?:^|[;\s])(?:color\s*:\s*(?:transparent|white|snow|ivory|ghostwhite|#fff|#(?:f[0-9a-f]){3}|"
    r"rgb\(\s*2[45]\d\s*,\s*2[45]\d\s*,\s*2[45]\d\s*\)|rgba\([^)]*,\s*0?\.?0*\s*\)|hsl\([^)]*,\s*(?:9[5-9]|100)%\s*\))"
    r"\s*(?:[;!]|$)|font-size\s*:\s*(?:(?:0?\.\d+|1(?:\.\d+)?)p[xt]|[1-9]%))",
    re.IGNORECASE,
)
"""Unseen, unless the ground is dark."""
_GROUND = re.compile(
    r"background(?:-color|-image)?\s*:\s*(?!white|#f[0-9a-f]f|transparent|none|inherit|initial|rgba?\(25)[^\s;]",
    re.IGNORECASE,
)
_FLOAT = re.compile(r"(?:^|[;\s])float\s*:\s*(?!none)", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:^|[;\s])(?:position\s*:\s*(?:absolute|fixed|sticky)|(?:top|bottom|left|right)\s*:\s*-?[\d.]*[1-9]|"
    r"mso-text-raise\s*:\s*-?[\d.]*[1-9]|vertical-align\s*:\s*(?:(?:text-)?top|-?[\d.]*[1-9])|"
    r"clip(?:-path)?\s*:\s*(?!auto|none)|(?:transform|zoom)\s*:\s*(?!none|1\b|normal)|opacity\s*:\s*0?\.[0-4]|"
    r"(?:max-)?(?:width|height)\s*:\s*[01](?:px|pt)?\s*(?:[;!]|$))",
    re.IGNORECASE,
)
_BOX = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|list-item|inline-(?:block|flex|grid))", re.IGNORECASE)
_TURNED = re.compile(r"bidi-override|row-reverse", re.IGNORECASE)
_RAISED = re.compile(r"(?:^|[;\s])vertical-align\s*:\s*su(?:per|b)", re.IGNORECASE)
_NOTE_NAME = re.compile(r"foot-?note|endnote|(?:^|[\s_-])(?:fn|sup|ref|note)(?:$|[\s_\d-])", re.IGNORECASE)
AURAL_NAMES = (b"sr-only", b"visually-hidden", b"visuallyhidden", b"screen-reader", b"screenreader")
"""Parts of the classes of what is read out and not shown, whatever style sheet says so."""
_SECOND_NAME = re.compile(
    r"(?:^|[\s_-])(?:hide|hidden|none|print|screen|mobile|phone|wap|pc|old|"
    r"deleted|tip|tooltip|popover)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes of what is shown to some readers only, whatever style sheet says so."""
_SHORT = 30
_CELLS = frozenset(("td", "th"))
OWN = frozenset(("table", "tr", *_CELLS, "tbody", "thead", "tfoot"))
_SIZELESS = {"b", "i", "u", "em", "strong", "span", "a"}


def role_of_short(element: Element, style: str) -> Role | None:
    """What a style makes of an element, if there is but a short text in it, or if it is a cell."""
    role = _role_of(style)
    if role is None and _NO_SIZE.search(style) and _has_one_size(element):
        role = Role.HIDDEN
    if element.tag in _CELLS:
        return Role.UNSEEN if role in (Role.HIDDEN, Role.TURNED) else role if role is Role.PALE else None
    if role is None and _BOX.search(style):
        role = Role.PLACED
    return role if role is not None and is_short(element) else None


def role_of_rule(body: str) -> Role | None:
    """The same of a rule of a style sheet."""
    role = Role.HIDDEN if _NO_SIZE.search(body) else _role_of(body)
    return None if role is Role.PALE and _GROUND.search(body) else role


def _role_of(style: str) -> Role | None:
    found = (role for pattern, role in _KINDS if pattern.search(style))
    return next(found, None)


_KINDS = (
    (_UNSEEN, Role.HIDDEN),
    (_PALE, Role.PALE),
    (_TURNED, Role.TURNED),
    (_RAISED, Role.RAISED),
    (_FLOAT, Role.APART),
    (_PLACED, Role.PLACED),
)


def role_by_name(element: Element) -> Role | None:
    """What an element is by its class, if its text is short; or by its tag, or because it leads to a place of the page.

    A remark does that; small digits may be part of a figure, or not.
    """
    name = element.get("class")
    if element.tag == "small" or (name and _SECOND_NAME.search(name)):
        return Role.PLACED
    if (name and _NOTE_NAME.search(name)) or (element.get("href") or "").startswith("#"):
        return Role.RAISED
    return None


def is_aural(element: Element) -> bool:
    """Whether the class of an element is that of what is read out and not shown."""
    name = (element.get("class") or "").lower().encode()
    return any(part in name for part in AURAL_NAMES)


def is_pale(font: Element) -> bool:
    """Whether ``<font color>`` is that of the paper."""
    colour = (font.get("color") or "").strip()
    return (
        bool(colour)
        and _PALE.search(f"color:{colour if colour[:1].isalpha() else '#' + colour.lstrip('#')}") is not None
    )


def is_on_dark(element: Element) -> bool:
    """Whether a table, or what of it is around an element, says that its ground is not that of the paper."""
    level: Element | None = element
    while level is not None:
        colour = level.get("bgcolor")
        ground = f"background:{colour};{level.get('style') or ''}" if colour else level.get("style") or ""
        if level.get("background") or _GROUND.search(ground):
            return True
        level = None if level.tag == "table" else level.getparent()
    return False


def is_short(element: Element) -> bool:
    """Whether an element holds a few characters, a digit among them, and is no part of a table."""
    if element.tag in OWN or len(element) > _SHORT:
        return False
    text = "".join(element.itertext())
    return len(text) <= _SHORT and any(map(str.isdigit, text))


def _has_one_size(element: Element) -> bool:
    """Whether nothing in an element may have another size than the element."""
    return all(not inner.keys() and inner.tag in _SIZELESS for inner in element.iterdescendants())
