"""Walk an HTML tree once, in reading order: paragraphs, headings, tables. Layout tables dissolve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.model.finding import Message, Note
from gouji.model.raw import Block, TextBlock
from gouji.model.source import Where
from gouji.readers.grid import SpannedCell, resolve_spans
from gouji.readers.htmltable import (
    BLOCKS,
    BREAKS,
    LINE,
    SKIPPED,
    cell_text,
    collapse,
    read_rows,
    read_styled_rows,
)
from gouji.readers.htmltree import Element, Role

_INLINE, _SKIP, _BREAK, _TABLE, _BLOCK = range(5)
_KINDS: dict[object, int] = {
    **dict.fromkeys(SKIPPED, _SKIP),
    **dict.fromkeys(BREAKS, _BREAK),
    **dict.fromkeys(BLOCKS, _BLOCK),
    "table": _TABLE,
}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_PROSE = 300
_SENTENCE = 100
_FEW_CELLS = 2
_FEW_ROWS = 3
MAX_CELLS = 20_000
"""A table with more cells than this is none of ours; a whole report has about three hundred."""


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
        """XPath of the element."""
        chain: list[_Level] = []
        level: _Level | None = self
        while level is not None and level.known is None:
            chain.append(level)
            level = level.parent
        path = level.known if level is not None and level.known is not None else ""
        for item in reversed(chain):
            path = f"{path}/{item.tag}" if item.parent is None else f"{path}/{item.tag}[{item.index}]"
            item.known = path
        return path


class Walker:
    """Collects the blocks of a tree.

    Args:
        roles: What style makes of elements; see :func:`gouji.readers.htmltree.read_roles`.
    """

    def __init__(self, roles: Mapping[Element, Role]) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self._roles = roles
        self._parts: list[str] = []
        self._tables = 0
        self._layout = {
            above for element, role in roles.items() if role is Role.TABLE for above in element.iterancestors("table")
        }

    def walk(self, root: Element) -> None:
        """Read everything under an element."""
        self._flow(root, _Level(None, str(root.tag), index=1, kind=_BLOCK))

    def _flow(self, root: Element, base: _Level) -> None:  # noqa: C901, PLR0912 - one loop, kept whole for speed
        """The walk itself, with a stack of its own: pages nest deeper than Python does."""
        stack: list[tuple[Iterator[Element], Element, _Level]] = [(iter(root), root, base)]
        parts, roles = self._parts, self._roles
        if root.text:
            parts.append(root.text)
        while stack:
            children, element, level = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if level.kind == _BLOCK:
                    self._flush(level)
                if stack and element.tail:
                    parts.append(element.tail)
                continue
            tag = child.tag
            index = level.counts[tag] = level.counts.get(tag, 0) + 1  # type: ignore[index,arg-type]
            kind = _KINDS.get(tag, _INLINE)
            if roles and child in roles:
                kind = _kind_by_role(roles[child], kind)
            if kind == _BREAK:
                parts.append(LINE)
            elif kind != _SKIP:
                inner = _Level(level, str(tag), index=index, kind=kind)
                if kind != _INLINE:
                    self._flush(level)
                if kind == _TABLE:
                    if self._table(child, inner):
                        if child.tail:
                            parts.append(child.tail)
                        continue
                    inner.kind = kind = _BLOCK
                if child.text:
                    parts.append(child.text)
                if len(child):
                    stack.append((iter(child), child, inner))
                    continue
                if kind == _BLOCK:
                    self._flush(inner)
            if child.tail:
                parts.append(child.tail)

    def _flush(self, level: _Level) -> None:
        """End a paragraph."""
        if not self._parts:
            return
        text = collapse("".join(self._parts))
        self._parts.clear()
        if text:
            heading = _LEVELS.get(level.tag)
            self.blocks.append(TextBlock(text=text, where=Where(xpath=level.path()), level=heading))

    def _table(self, table: Element, level: _Level) -> bool:
        """Read a table; ``False`` when it only places things on the page and is to be walked through."""
        if table.tag != "table":
            rows = read_styled_rows(table, roles=self._roles)
            self._add_grid(rows, level, table)
            return bool(rows)
        if table in self._layout or _holds_tables(table):
            return False
        if _count_cells(table) > MAX_CELLS:
            self.notes.append(_too_large(Where(xpath=level.path())))
            return True
        rows = list(read_rows(table, level.path(), roles=self._roles))
        if not any(len(cell.text) > _PROSE for row in rows for cell in row):
            self._add_grid(rows, level, table)
            return True
        if sum(1 for row in rows if sum(1 for cell in row if cell.text) > _FEW_CELLS) < _FEW_ROWS:
            return False
        self._mixed(rows, level, table)
        return True

    def _mixed(self, rows: list[list[SpannedCell]], level: _Level, table: Element) -> None:
        """A table with an article in it: rows of prose become paragraphs, the rows between them tables."""
        part: list[list[SpannedCell]] = []
        first = 0
        for number, row in enumerate(rows):
            printed = [cell for cell in row if cell.text]
            prose = len(printed) <= _FEW_CELLS and any(
                len(cell.text) > _SENTENCE or "\n" in cell.text for cell in printed
            )
            if not prose and not any(len(cell.text) > _PROSE for cell in row):
                part.append(row)
                continue
            self._add_grid(part, level, table, first=first)
            part, first = [], number + 1
            for cell in printed:
                self.blocks.append(TextBlock(text=cell.text, where=Where(xpath=cell.xpath)))
        self._add_grid(part, level, table, first=first)

    def _add_grid(self, rows: list[list[SpannedCell]], level: _Level, table: Element, *, first: int = 0) -> None:
        if not any(rows):
            return
        self._tables += 1
        where = Where(xpath=level.path(), table=self._tables)
        nested = next(table.iterancestors("table"), None) is not None
        grid = resolve_spans(rows, table=self._tables, where=where, nested=nested, first=first)
        if len(grid.cells) == 1:
            cell = grid.cells[0]
            if len(cell.text) > _SENTENCE:
                self.blocks.append(TextBlock(text=cell.text, where=cell.where))
                return
        self.blocks.append(grid)


def _kind_by_role(role: Role, kind: int) -> int:
    if role is Role.HIDDEN:
        return _SKIP
    if role is Role.TABLE and kind != _TABLE:
        return _TABLE
    return _BLOCK if kind == _INLINE else kind


def _holds_tables(table: Element) -> bool:
    """Whether a table holds a real table, one with several cells; then it only places things on the page."""
    inner = table.iterdescendants("table")
    return any(_count_cells(item, limit=_FEW_CELLS) >= _FEW_CELLS for item in inner)


def _count_cells(table: Element, *, limit: int = MAX_CELLS + 1) -> int:
    count = 0
    for _ in table.iter("td", "th"):
        count += 1
        if count >= limit:
            break
    return count


def _too_large(where: Where) -> Note:
    message = Message(
        zh=f"表格超过{MAX_CELLS}格，未读取", en=f"a table of more than {MAX_CELLS} cells is not one of the report's"
    )
    return Note(code="TABLE-TOO-LARGE", message=message, where=where)


__all__ = ["Walker", "cell_text"]
