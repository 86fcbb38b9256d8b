"""Walk an HTML tree once, in reading order: paragraphs, headings, tables. Layout tables dissolve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from gouji.model.finding import Note
from gouji.model.raw import Block, TextBlock
from gouji.model.source import Where
from gouji.readers.grid import MAX_COLUMNS, MAX_ROWSPAN, SpannedCell, read_span, resolve_spans

Element = etree._Element  # noqa: SLF001 - the only name lxml has for it

_SKIP, _BREAK, _TABLE, _BLOCK = 1, 2, 3, 4
_KINDS: dict[str, int] = {
    **dict.fromkeys(
        [
            "script",
            "style",
            "noscript",
            "template",
            "head",
            "select",
            "option",
            "textarea",
            "svg",
            "math",
            "object",
            "embed",
            "iframe",
            "frame",
            "frameset",
            "audio",
            "video",
            "canvas",
            "noframes",
            "xmp",
            "datalist",
        ],
        _SKIP,
    ),
    **dict.fromkeys(["br", "hr"], _BREAK),
    "table": _TABLE,
    **dict.fromkeys(
        [
            "html",
            "body",
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "nav",
            "aside",
            "center",
            "form",
            "fieldset",
            "blockquote",
            "pre",
            "figure",
            "figcaption",
            "address",
            "details",
            "summary",
            "caption",
            "tr",
            "td",
            "th",
            "tbody",
            "thead",
            "tfoot",
            "menu",
            "dir",
            "hgroup",
            "search",
            "legend",
        ],
        _BLOCK,
    ),
}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LINE = "\x00"
"""Stands for a line break that was asked for, until white space has been collapsed; parsed text has no NUL."""
_PROSE = 300
_FEW_CELLS = 2


class _Level:
    """An element on the walk: enough to name its path when it is asked for."""

    __slots__ = ("counts", "index", "kind", "known", "parent", "tag")

    def __init__(self, parent: _Level | None, tag: str, *, index: int, kind: int) -> None:
        self.parent = parent
        self.tag = tag
        self.index = index
        self.kind = kind
        self.counts: dict[str, int] = {}
        self.known: str | None = None

    def path(self) -> str:
        chain: list[_Level] = []
        level: _Level | None = self
        while level is not None and level.known is None:
            chain.append(level)
            level = level.parent
        path = level.known if level is not None and level.known is not None else ""
        for level in reversed(chain):
            path = f"{path}/{level.tag}" if level.parent is None else f"{path}/{level.tag}[{level.index}]"
            level.known = path
        return path


class Walker:
    """Collects the blocks of a tree."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self._parts: list[str] = []
        self._tables = 0

    def walk(self, root: Element) -> None:
        """Read everything under an element."""
        self._flow(root, _Level(None, str(root.tag), index=1, kind=_BLOCK))

    def _flow(self, root: Element, base: _Level) -> None:  # noqa: C901 - one loop, kept whole for speed
        """The walk itself, with a stack of its own: pages nest deeper than Python does."""
        stack: list[tuple[Iterator[Element], Element, _Level]] = [(iter(root), root, base)]
        if root.text:
            self._parts.append(root.text)
        while stack:
            children, element, level = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if level.kind == _BLOCK:
                    self._flush(level)
                if stack and element.tail:
                    self._parts.append(element.tail)
                continue
            tag: Any = child.tag
            index = level.counts[tag] = level.counts.get(tag, 0) + 1
            kind = _KINDS.get(tag, 0)
            if kind == _BREAK:
                self._parts.append(_LINE)
            elif kind == _TABLE:
                self._flush(level)
                self._table(child, _Level(level, tag, index=index, kind=_BLOCK))
            elif kind != _SKIP:
                inner = _Level(level, tag, index=index, kind=kind)
                if kind == _BLOCK:
                    self._flush(level)
                if child.text:
                    self._parts.append(child.text)
                if len(child):
                    stack.append((iter(child), child, inner))
                    continue
                if kind == _BLOCK:
                    self._flush(inner)
            if child.tail:
                self._parts.append(child.tail)

    def _flush(self, level: _Level) -> None:
        """End a paragraph."""
        if not self._parts:
            return
        text = _collapse("".join(self._parts))
        self._parts.clear()
        if text:
            self.blocks.append(TextBlock(text=text, where=Where(xpath=level.path()), level=_LEVELS.get(level.tag)))

    def _table(self, table: Element, level: _Level) -> None:
        if _is_layout(table):
            self._flow(table, level)
            return
        self._tables += 1
        nested = next(table.iterancestors("table"), None) is not None
        where = Where(xpath=level.path(), table=self._tables)
        rows = list(_read_rows(table, level))
        grid = resolve_spans(rows, table=self._tables, where=where, nested=nested)
        if grid.cells:
            self.blocks.append(grid)


def _is_layout(table: Element) -> bool:
    """Whether a table only places things on the page: it holds a real table, or an article in a cell."""
    for inner in table.iter("table"):
        if inner is not table and len(list(inner.iter("td", "th"))) >= _FEW_CELLS:
            return True
    return any(len(cell_text(cell)) > _PROSE for cell in table.iter("td", "th"))


def _read_rows(table: Element, level: _Level) -> Iterator[list[SpannedCell]]:
    """The rows of a table that holds no other, whatever stands between table, row and cell."""
    row: list[SpannedCell] = []
    started = False
    tree = table.getroottree()
    base, prefix = level.path(), ""
    counts: dict[str, int] = {}
    for element in table.iter("tr", "td", "th"):
        tag = str(element.tag)
        if tag == "tr":
            if started:
                yield row
            row, started, counts = [], True, {}
            prefix = tree.getpath(element)
        else:
            index = counts[tag] = counts.get(tag, 0) + 1
            row.append(
                SpannedCell(
                    cell_text(element),
                    read_span(element.get("rowspan"), limit=MAX_ROWSPAN),
                    read_span(element.get("colspan"), limit=MAX_COLUMNS) or 1,
                    f"{prefix or base}/{tag}[{index}]",
                )
            )
            started = True
    if started:
        yield row


def cell_text(cell: Element) -> str:
    """The text of a cell: inline elements joined as they are, blocks and ``<br>`` as line breaks."""
    if not len(cell):
        return _collapse(cell.text) if cell.text else ""
    parts: list[str] = []
    _collect(cell, parts, 0)
    return _collapse("".join(parts))


def _collect(element: Element, parts: list[str], depth: int) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        kind = _KINDS.get(str(child.tag), 0)
        if kind == _BREAK:
            parts.append(_LINE)
        elif kind in (_BLOCK, _TABLE):
            parts.append(_LINE)
            if depth < 100:
                _collect(child, parts, depth + 1)
            parts.append(_LINE)
        elif kind != _SKIP and depth < 100:
            _collect(child, parts, depth + 1)
        if child.tail:
            parts.append(child.tail)


def _collapse(text: str) -> str:
    """White space as a browser shows it; line breaks that were asked for stay."""
    if _LINE not in text:
        return " ".join(text.split())
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split(_LINE)) if line)
