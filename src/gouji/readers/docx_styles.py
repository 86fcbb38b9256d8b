"""What paragraph styles say: heading levels, and the lists they number by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.readers.docx_numbering import VAL, W, _integer

if TYPE_CHECKING:
    from lxml import etree

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One paragraph style with what it inherits: outline level (0 is highest), list number and its level."""

    outline: int | None = None
    number: str | None = None
    level: int | None = None


_PLAIN = Style()


class Styles:
    """Styles by their id, read when first asked for."""

    def __init__(self, root: etree._Element | None = None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        if root is not None:
            for element in root.iterchildren(f"{W}style"):
                key = element.get(f"{W}styleId")
                if key is not None:
                    self._elements[key] = element

    def find(self, key: str | None) -> Style:
        """The style of that id; a plain one when it is unknown."""
        if key is None:
            return _PLAIN
        if key not in self._known:
            self._known[key] = _PLAIN  # against styles based on each other in a ring
            self._known[key] = self._read(key)
        return self._known[key]

    def numbers(self) -> Mapping[str, str]:
        """Style id to the list number it names."""
        found = {key: self.find(key).number for key in self._elements}
        return {key: number for key, number in found.items() if number is not None}

    def _read(self, key: str) -> Style:
        element = self._elements.get(key)
        if element is None:
            return _PLAIN
        based = element.find(f"{W}basedOn")
        parent = self.find(based.get(VAL)) if based is not None else _PLAIN
        properties = element.find(f"{W}pPr")
        inside = {} if properties is None else {str(child.tag): child for child in properties}
        outline = read_outline(inside.get(OUTLINE))
        if outline is None:
            outline = _outline_of_name(element)
        number, level = list_of(next((inside[tag] for tag in LISTS if tag in inside), None))
        return Style(
            outline=parent.outline if outline is None else outline,
            number=parent.number if number is None else number,
            level=parent.level if level is None else level,
        )


OUTLINE = f"{W}outlineLvl"
LISTS = (f"{W}numPr", f"{W}listPr")


def read_outline(element: etree._Element | None) -> int | None:
    """The level that ``w:outlineLvl`` says, from 0; 9 is body text."""
    return None if element is None else _integer(element.get(VAL), 9)


def list_of(element: etree._Element | None) -> tuple[str | None, int | None]:
    """List number and level of ``w:numPr`` (of Word 2003: ``w:listPr``); ``None`` for what it does not say."""
    if element is None:
        return None, None
    number, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    if number is None:
        number = element.find(f"{W}ilfo")
    return (
        None if number is None else number.get(VAL),
        None if level is None else _integer(level.get(VAL), 0),
    )


def heading_level(outline: int | None) -> int | None:
    """1..6 for an outline level, ``None`` for body text.

    >>> heading_level(0), heading_level(8), heading_level(9), heading_level(None)
    (1, 6, None, None)
    """
    return None if outline is None or not 0 <= outline < 9 else min(outline + 1, DEEPEST)


def _outline_of_name(element: etree._Element) -> int | None:
    name = element.find(f"{W}name")
    text = "" if name is None else (name.get(VAL) or "").strip()
    match = _HEADING.fullmatch(text)
    if match:
        return int(match.group(1)) - 1
    return 0 if _TITLE.fullmatch(text) else None
