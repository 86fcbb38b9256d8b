"""Find the part of a page that holds the report, by what the form prescribes and never by site."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from gouji.readers.htmltree import Element, part_tables

_WORDS = ("总体情况", "主动公开政府信息", "收到和处理", "行政复议", "主要问题", "需要报告")
_FEW_CELLS = 12


def find_main(root: Element, tables: Sequence[Element], markup: bytes) -> Element | None:
    """The smallest element that holds every sizeable table and each of the form's headings that the page has.

    Args:
        root: Of the page.
        tables: All of its tables, in its order.
        markup: The page in UTF-8: where all headings stand in it one after another, its text need not be gathered.

    Returns:
        ``None`` when the page has no such table or says too little of the form; then all of it is read alike.
    """
    own, _ = part_tables(tables, least=_FEW_CELLS)
    if not own:
        return None
    words: Sequence[str] = _WORDS
    if not _stand_in_order(markup):
        everything = text_of(root)
        words = [word for word in _WORDS if word in everything]
    if len(words) < len(_WORDS) // 2:
        return None
    return _climb(_common(own), words)


def text_of(element: Element) -> str:
    """All text of an element, gathered by the C library; nothing stands where a tag was."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _stand_in_order(markup: bytes) -> bool:
    """Whether every heading is found behind the one before it; looks at each byte once."""
    place = 0
    for word in _WORDS:
        place = markup.find(word.encode(), place)
        if place < 0:
            return False
    return True


def _common(elements: list[Element]) -> Element:
    """The nearest element that holds all of these."""
    shared = [*reversed(list(elements[0].iterancestors())), elements[0]]
    for element in elements[1:]:
        place = {item: number for number, item in enumerate(shared)}
        while element not in place:
            parent = element.getparent()
            if parent is None:
                return shared[0]
            element = parent  # noqa: PLW2901 - climbing
        shared = shared[: place[element] + 1]
    return shared[-1]


def _climb(element: Element, words: Sequence[str]) -> Element:
    while True:
        text = text_of(element)
        parent = element.getparent()
        if parent is None or all(word in text for word in words):
            return element
        element = parent
