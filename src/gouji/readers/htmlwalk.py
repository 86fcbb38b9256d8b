"""Walk an HTML tree once, in reading order: paragraphs, headings, tables. Layout tables dissolve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from lxml import etree

from gouji.model.finding import Message, Note
from gouji.model.raw import Block, Grid, TextBlock
from gouji.model.source import Where
from gouji.readers.grid import Spanned, resolve_spans, without_columns
from gouji.readers.htmlmain import text_of
from gouji.readers.htmlrole import Role
from gouji.readers.htmlrows import hidden_columns, read_rows, read_styled_rows
from gouji.readers.htmlshort import role_by_name
from gouji.readers.htmltable import BLOCKS, BREAKS, LINE, SKIPPED, collapse
from gouji.readers.htmltree import HEADINGS, SCRIPTS, Element, part_tables
from gouji.readers.text import read_blocks

_INLINE, _SKIP, _BREAK, _TABLE, _TYPED, _BLOCK = range(6)
_KINDS: dict[object, int] = {
    **dict.fromkeys((*SKIPPED, "del", "s", "strike"), _SKIP),
    **dict.fromkeys(BREAKS, _BREAK),
    **dict.fromkeys(BLOCKS, _BLOCK),
    "table": _TABLE,
    "pre": _TYPED,
}
_TYPED_TAGS = frozenset(("a", "b", "br", "code", "em", "font", "i", "span", "strong", "tt", "u", "wbr"))
"""What may stand in typed text and leave it as it is."""
_LEVELS = {tag: level for level, tag in enumerate(HEADINGS, 1)}
_PROSE = 300
_SENTENCE = 100
_FEW_CELLS = 2
_FEW_ROWS = 3
_FINE = ("table", *HEADINGS, *SCRIPTS)
_MUCH = 500
_FEW_SENTENCES = 3
_TELLING = (":", "：", "报告")
MAX_CELLS = 6_000
"""A table with more cells than this is none of ours; a whole report has about three hundred."""


class _Level:
    """An element on the walk: enough to name its path when it is asked for."""

    __slots__ = ("counts", "element", "index", "kind", "known", "parent")

    def __init__(self, parent: _Level | None, element: Element, *, index: int, kind: int) -> None:
        self.parent = parent
        self.element = element
        self.index = index
        self.kind = kind
        self.counts: dict[object, int] = {}
        self.known: str | None = None

    def path(self) -> str:
        """XPath of the element; asked of the tree where an inline element stands above, for those are not counted."""
        levels: list[_Level] = []
        level: _Level | None = self
        while level is not None and level.known is None:
            if not level.index:
                level.known = level.element.getroottree().getpath(level.element)
                break
            levels.append(level)
            level = level.parent
        path = level.known if level is not None and level.known is not None else ""
        for item in reversed(levels):
            path = f"{path}/{item.element.tag!s}[{item.index}]"
            item.known = path
        return path


class Walker:
    """Collects the blocks of a tree.

    Args:
        roles: What style makes of elements; see :func:`gouji.readers.htmlstyle.read_roles`.
        known: See :func:`gouji.readers.htmltree.survey`. A table that holds one with several cells only places things
            on the page.
        main: The part that is the report, if known. What stands beside it and is long - menus, lists of links - is
            taken down in a coarse manner: all of its text, without structure; unless a table, a heading or a script
            is in it.
    """

    def __init__(
        self, roles: Mapping[Element, Role], known: Mapping[str, Sequence[Element]], *, main: Element | None = None
    ) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self._roles = roles
        self._parts: list[str] = []
        self._tables = 0
        self._above = set(main.iterancestors()) if main is not None else set()
        self._spine = {*self._above, main}
        self._fine: set[Element] = set()
        if main is not None:
            self._fine = _with_ancestors(chain.from_iterable(known[tag] for tag in _FINE))
        self._layout = {
            above for element, role in roles.items() if role is Role.TABLE for above in element.iterancestors("table")
        }
        self._layout |= part_tables(known["table"], least=_FEW_CELLS)[1]

    def walk(self, root: Element) -> None:
        """Read everything under an element."""
        self._flow(root, _Level(None, root, index=0, kind=_BLOCK))

    def _flow(self, root: Element, base: _Level) -> None:  # noqa: C901, PLR0912 - one loop, kept whole for speed
        """The walk itself, with a stack of its own: pages nest deeper than Python does."""
        stack: list[tuple[Iterator[Element], _Level]] = [(iter(root), base)]
        parts, roles, above = self._parts, self._roles, self._above
        kinds, put = _KINDS.get, self._parts.append
        if root.text:
            put(root.text)
        while stack:
            children, level = stack[-1]
            outside = level.element in above
            for child in children:
                tag = child.tag
                kind = kinds(tag, _INLINE)
                if roles and child in roles:
                    kind = _kind_by_role(roles[child], kind)
                if kind == _INLINE:
                    text = child.text
                    if text:
                        put(text)
                    if len(child):
                        stack.append((iter(child), _Level(level, child, index=0, kind=kind)))
                        break
                elif kind == _BREAK:
                    put(LINE)
                else:
                    index = level.counts[tag] = level.counts.get(tag, 0) + 1
                    if kind != _SKIP:
                        if parts:
                            self._flush(level)
                        inner = _Level(level, child, index=index, kind=_BLOCK)
                        if not (outside and self._coarse(child, inner)) and not (
                            kind != _BLOCK and (self._table if kind == _TABLE else self._typed)(child, inner)
                        ):
                            text = child.text
                            if text:
                                put(text)
                            if len(child):
                                stack.append((iter(child), inner))
                                break
                            if parts:
                                self._flush(inner)
                tail = child.tail
                if tail and (parts or not tail.isspace()):  # before a paragraph it would not show
                    put(tail)
            else:
                stack.pop()
                if level.kind == _BLOCK and parts:
                    self._flush(level)
                if stack and level.element.tail:
                    put(level.element.tail)

    def _typed(self, element: Element, level: _Level) -> bool:
        """Take down text whose line ends and spaces count as that of a file; one line is as good as a paragraph."""
        for child in element.iterdescendants():
            if child.tag not in _TYPED_TAGS or child in self._roles or role_by_name(child) is not None:
                return False
        text = "".join(_typed_text(element)).strip("\r\n")
        if "\n" not in text:
            return False
        where = Where(xpath=level.path())
        for block in read_blocks(text):
            placed = replace(block, where=where)
            if isinstance(placed, Grid):
                placed = replace(placed, cells=tuple([cell._replace(where=where) for cell in placed.cells]))
            self.blocks.append(placed)
        return True

    def _flush(self, level: _Level) -> None:
        """End a paragraph."""
        text = collapse("".join(self._parts))
        self._parts.clear()
        if text:
            heading = _LEVELS.get(str(level.element.tag))
            self.blocks.append(TextBlock(text=text, where=Where(xpath=level.path()), level=heading))

    def _coarse(self, element: Element, level: _Level) -> bool:
        """Take down a long part beside the report; lines that may tell something of it stay lines.

        Not one with tables, headings or scripts in it, whose own parts are looked at; nor prose: the end of the report
        may stand there.
        """
        if element in self._spine:
            return False
        if element in self._fine:
            self._above.add(element)
            return False
        text = text_of(element)
        if len(text) < _MUCH or text.count("。") > _FEW_SENTENCES:
            return False
        kept = _keep_telling(text)
        if kept:
            self.blocks.append(TextBlock(text=kept, where=Where(xpath=level.path())))
        return True

    def _table(self, table: Element, level: _Level) -> bool:
        """Read a table; ``False`` when it only places things on the page and is to be walked through."""
        if table.tag != "table":
            rows = read_styled_rows(table, level.path(), roles=self._roles, most=MAX_CELLS + 1)
            if sum(map(len, rows)) > MAX_CELLS:
                self.notes.append(_too_large(Where(xpath=level.path())))
            else:
                self._add_grid(rows, level)
            return bool(rows)
        if table in self._layout:
            return False
        stray: list[str] = []
        rows = read_rows(table, level.path(), roles=self._roles, stray=stray, most=MAX_CELLS + 1)
        if sum(map(len, rows)) > MAX_CELLS:
            self.notes.append(_too_large(Where(xpath=level.path())))
            return True
        before = collapse("".join(stray))
        if before:
            self.blocks.append(TextBlock(text=before, where=Where(xpath=level.path())))
        if not any(len(text) > _PROSE for row in rows for text, _, _, _ in row):
            self._add_grid(rows, level)
            return True
        if sum(1 for row in rows if sum(1 for text, _, _, _ in row if text) > _FEW_CELLS) < _FEW_ROWS:
            return False
        self._mixed(rows, level)
        return True

    def _mixed(self, rows: list[list[Spanned]], level: _Level) -> None:
        """A table with an article in it: rows of prose become paragraphs, the rows between them tables."""
        part: list[list[Spanned]] = []
        first = 0
        for number, row in enumerate(rows):
            printed = [(text, path) for text, _, _, path in row if text]
            prose = len(printed) <= _FEW_CELLS and any(len(text) > _SENTENCE or "\n" in text for text, _ in printed)
            if not prose and not any(len(text) > _PROSE for text, _ in printed):
                part.append(row)
                continue
            self._add_grid(part, level, first=first)
            part, first = [], number + 1
            self.blocks.extend(TextBlock(text=text, where=Where(xpath=path)) for text, path in printed)
        self._add_grid(part, level, first=first)

    def _add_grid(self, rows: list[list[Spanned]], level: _Level, *, first: int = 0) -> None:
        if not any(rows):
            return
        self._tables += 1
        where = Where(xpath=level.path(), table=self._tables)
        nested = next(level.element.iterancestors("table"), None) is not None
        grid = resolve_spans(rows, table=self._tables, where=where, nested=nested, first=first)
        if self._roles and (hidden := hidden_columns(level.element, self._roles)):
            grid = without_columns(grid, hidden)
        if len(grid.cells) == 1:
            cell = grid.cells[0]
            if len(cell.text) > _SENTENCE:
                self.blocks.append(TextBlock(text=cell.text, where=cell.where))
                return
        self.blocks.append(grid)


def _typed_text(element: Element) -> Iterator[str]:
    """The pieces of a text with ``<br>`` as line ends."""
    for event, step in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            yield "\n" if step.tag == "br" else step.text or ""
        elif step is not element:
            yield step.tail or ""


def _with_ancestors(elements: Iterable[Element]) -> set[Element]:
    found: set[Element] = set()
    for element in elements:
        level: Element | None = element
        while level is not None and level not in found:
            found.add(level)
            level = level.getparent()
    return found


def _keep_telling(text: str) -> str:
    """The lines with a colon or a report in them as lines, all others run together in one."""
    starts = {start for mark in _TELLING for start in _lines_with(text, mark)}
    lines: list[str] = []
    plain: list[str] = []
    done = 0
    for start in sorted(starts):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        plain.extend(text[done:start].split())
        lines.append(" ".join(text[start:end].split()))
        done = end
    plain.extend(text[done:].split())
    return "\n".join([*lines, " ".join(plain)]).strip()


def _lines_with(text: str, mark: str) -> Iterator[int]:
    """Where the lines with a mark start; every character is looked at once."""
    done, at = 0, text.find(mark)
    while at >= 0:
        yield max(done, text.rfind("\n", done, at) + 1)
        done = text.find("\n", at)
        if done < 0:
            return
        at = text.find(mark, done)


def _kind_by_role(role: Role, kind: int) -> int:
    if role is Role.HIDDEN:
        return _SKIP
    if role is Role.TABLE and kind != _TABLE:
        return _TABLE
    if role in (Role.PLACED, Role.RAISED, Role.UNSEEN):
        return kind
    return _BLOCK if kind == _INLINE else kind


def _too_large(where: Where) -> Note:
    message = Message(
        zh=f"表格超过{MAX_CELLS}格，未读取", en=f"a table of more than {MAX_CELLS} cells is not one of the report's"
    )
    return Note(code="TABLE-TOO-LARGE", message=message, where=where)
