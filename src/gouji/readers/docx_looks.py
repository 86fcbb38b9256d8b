"""How the text of a Word run looks, as far as that decides whether it is read: hidden, struck through, raised, white.

White text is read where something dark may stand behind it: shading, highlighting, the style of a table, a shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gouji.readers.docx_numbering import VAL, W

if TYPE_CHECKING:
    from lxml import etree

RUN_PROPERTIES = f"{W}rPr"
_STYLE, _BASED_ON, _KIND = f"{W}rStyle", f"{W}basedOn", f"{W}type"
_OFF = ("0", "false", "off", "none")
_TINY = frozenset("01234")
"""Sizes, in half points, that nobody can read."""
_SHADING, _HIGHLIGHT, _FILL = f"{W}shd", f"{W}highlight", f"{W}fill"
_TABLE, _BOX, _STYLES = f"{W}tbl", f"{W}txbxContent", (f"{W}tblStyle", f"{W}pStyle", _STYLE)
_NO_SHADING = (None, "clear", "nil")
_DEEPEST = 10


PLAIN, HIDDEN, STRUCK, RAISED, LOWERED, LIFTED, PALE = 0, 1, 2, 4, 8, 16, 32
"""What is special about a run, as bits: plain integers, for ``IntFlag`` is slow. ``LIFTED`` is set higher by some
points, ``PALE`` white or too small to be read."""


def _is_on(switch: etree._Element) -> bool:
    return switch.get(VAL) not in _OFF


def _align(switch: etree._Element) -> int:
    return {"superscript": RAISED, "subscript": LOWERED}.get(switch.get(VAL) or "", PLAIN)


_LOOKS: Mapping[object, Callable[[etree._Element], int]] = {
    f"{W}vanish": lambda switch: HIDDEN if _is_on(switch) else PLAIN,
    f"{W}strike": lambda switch: STRUCK if _is_on(switch) else PLAIN,
    f"{W}dstrike": lambda switch: STRUCK if _is_on(switch) else PLAIN,
    f"{W}vertAlign": _align,
    f"{W}position": lambda switch: PLAIN if (switch.get(VAL) or "-")[0] == "-" else LIFTED,
    f"{W}color": lambda switch: PALE if is_white(switch.get(VAL)) else PLAIN,
    f"{W}sz": lambda switch: PALE if switch.get(VAL) in _TINY else PLAIN,
}


def is_white(colour: str | None) -> bool:
    """Whether a colour (``RRGGBB``) is white, or nearly.

    >>> is_white("FFFFFF"), is_white("fefefe"), is_white("FFF2CC"), is_white("auto"), is_white(None)
    (True, True, False, False, False)
    """
    return colour is not None and len(colour) == 6 and colour[::2].upper() == "FFF"


class StyleLooks:
    """What the styles of a document say of runs; of most nothing.

    Args:
        load: Gives the root of the styles. It is not asked for what no run needs, for to read it takes long.
        is_followed: Whether some style of characters hides, strikes out or raises text.
    """

    def __init__(self, load: Callable[[], etree._Element | None] = lambda: None, *, is_followed: bool = False) -> None:
        self._load = load
        self.is_followed = is_followed

    @cached_property
    def _styles(self) -> Mapping[str, etree._Element]:
        root = self._load()
        children = () if root is None else root.iterchildren(f"{W}style")
        return {key: style for style in children if (key := style.get(f"{W}styleId"))}

    @cached_property
    def of_style(self) -> Mapping[str, Mapping[str, etree._Element]]:
        """The switches that styles of characters set, of those that set any."""
        return {key: switches for key in self._styles if (switches := _switches(self._styles, key))}

    @cached_property
    def shading(self) -> frozenset[str]:
        """Styles that shade what is set in them."""
        return frozenset(key for key, style in self._styles.items() if any(map(_is_shade, style.iter(_SHADING))))


def _switches(styles: Mapping[str, etree._Element], key: str, *, depth: int = 0) -> dict[str, etree._Element]:
    """The switches of a style of characters, with those it inherits."""
    style = styles.get(key)
    if style is None or style.get(_KIND) != "character" or depth > _DEEPEST:
        return {}
    based, own = style.find(_BASED_ON), style.find(RUN_PROPERTIES)
    found = {} if based is None else _switches(styles, based.get(VAL) or "", depth=depth + 1)
    found.update((str(switch.tag), switch) for switch in (() if own is None else own) if switch.tag in _LOOKS)
    return found


def look_of(properties: etree._Element, styles: StyleLooks) -> int:
    """How a run with these properties looks."""
    switches: Iterable[etree._Element] = properties
    if styles.is_followed:
        switches = _with_style(properties, styles)
    look = PLAIN
    for switch in switches:
        kind = _LOOKS.get(switch.tag)
        if kind is not None:
            look |= kind(switch)
    return look


def _with_style(properties: etree._Element, styles: StyleLooks) -> Iterable[etree._Element]:
    """The switches of a run, and those of its style that it does not set itself."""
    own = {str(switch.tag): switch for switch in properties}
    named = own.get(_STYLE)
    return own.values() if named is None else {**styles.of_style.get(named.get(VAL) or "", {}), **own}.values()


def may_be_seen(run: etree._Element, styles: StyleLooks) -> bool:
    """Whether something that is not white stands behind a white run, as far as can be told, or it is in no table."""
    for parent in (run, *run.iterancestors()):
        if parent.tag == _BOX:
            return True
        properties = parent[0] if len(parent) and str(parent[0].tag).endswith("Pr") else None
        for switch in () if properties is None else properties:
            if (switch.tag == _SHADING and _is_shade(switch)) or switch.tag == _HIGHLIGHT:
                return True
            if switch.tag in _STYLES and switch.get(VAL) in styles.shading:
                return True
        if parent.tag == _TABLE:
            return False
    return True


def _is_shade(shading: etree._Element) -> bool:
    """Whether ``w:shd`` draws anything but white."""
    fill = shading.get(_FILL)
    return shading.get(VAL) not in _NO_SHADING or not (fill in (None, "auto") or is_white(fill))
