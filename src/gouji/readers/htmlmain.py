"""Find the part of a page that holds the report, by what the form prescribes and never by site."""

from __future__ import annotations

from lxml import etree

from gouji.readers.htmltree import Element

_WORDS = ("总体情况", "主动公开政府信息", "收到和处理", "行政复议", "主要问题", "需要报告")
_FEW_CELLS = 12


def find_main(root: Element) -> Element | None:
    """The smallest element that holds every sizeable table and each of the form's headings that the page has.

    Returns:
        ``None`` when the page has no such table or says too little of the form; then all of it is read alike.
    """
    sizeable = [table for table in root.iter("table") if _has_cells(table)]
    holding = {above for table in sizeable if (above := next(table.iterancestors("table"), None)) is not None}
    tables = [table for table in sizeable if table not in holding]
    if not tables:
        return None
    everything = text_of(root)
    words = [word for word in _WORDS if word in everything]
    if len(words) < len(_WORDS) // 2:
        return None
    return _climb(_common(tables), words)


def text_of(element: Element) -> str:
    """All text of an element, gathered by the C library; nothing stands where a tag was."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _has_cells(table: Element) -> bool:
    return any(number >= _FEW_CELLS for number, _ in enumerate(table.iter("td", "th"), 1))


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


def _climb(element: Element, words: list[str]) -> Element:
    while True:
        text = text_of(element)
        parent = element.getparent()
        if parent is None or all(word in text for word in words):
            return element
        element = parent
