"""Walk the body of a Word document: paragraphs and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gouji.model.raw import Block, TextBlock
from gouji.model.source import Where
from gouji.readers.docx_grid import WordCell, WordTable, resolve_table
from gouji.readers.docx_numbering import VAL, Numbering, W, _integer
from gouji.readers.docx_styles import LISTS, OUTLINE, Styles, heading_level, list_of, read_outline
from gouji.readers.docx_text import BOX, Story, read_text, unwrap

if TYPE_CHECKING:
    from lxml import etree

_ENDS_OPEN = re.compile(r"[\w.]$")
_NUMBER_POINT = re.compile(r"\d[.．]$")
_WX_T = "{http://schemas.microsoft.com/office/word/2003/auxHint}t"
_P, _TBL, _TR, _TC = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_P_PROPERTIES, _R_PROPERTIES, _STYLE, _DELETED = f"{W}pPr", f"{W}rPr", f"{W}pStyle", f"{W}del"
_TR_PROPERTIES, _TC_PROPERTIES, _HIDDEN, _BEFORE = f"{W}trPr", f"{W}tcPr", f"{W}hidden", f"{W}gridBefore"
_SPAN, _DOWN, _BESIDE = f"{W}gridSpan", (f"{W}vMerge", f"{W}vmerge"), (f"{W}hMerge", f"{W}hmerge")
_CELL_DELETED, _GONE = f"{W}cellDel", "gone"
_CHUNK = f"{W}altChunk"
_START = ("restart", "rest")
_DEEPEST = 12
"""Tables inside tables inside tables … and text boxes alike; deeper ones are not a report."""


@dataclass(slots=True)
class Picture:
    """A place where a picture stands: its relationship id, and the number of blocks before it."""

    relationship: str
    after: int


@dataclass(slots=True)
class Walker:
    """Collects the blocks of one document; paragraphs are numbered over all of it, tables too."""

    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    story: Story = field(default_factory=Story)
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    chunks: list[Picture] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    pending: str = ""

    def walk(self, elements: Iterable[etree._Element], *, depth: int = 0) -> None:
        """Read block elements (``w:p``, ``w:tbl``) into :attr:`blocks`."""
        for element in elements:
            tag = element.tag
            if tag == _P:
                self._walk_paragraph(element, depth)
            elif tag == _TBL:
                self._walk_table(element, depth)
            elif tag == _CHUNK:
                ids = [str(value) for name, value in element.attrib.items() if str(name).endswith("}id")]
                self._add_pictures(ids, self.chunks)

    def _walk_paragraph(self, element: etree._Element, depth: int) -> None:
        self.paragraphs += 1
        text, level = self._read_paragraph(element)
        boxes, pictures = self._take()
        if text.strip():
            self.blocks.append(TextBlock(text=text, where=Where(paragraph=self.paragraphs), level=level))
        self._add_pictures(pictures, self.pictures)
        if depth < _DEEPEST:
            for box in boxes:
                self.walk(unwrap(box), depth=depth + 1)

    def _add_pictures(self, relationships: list[str], to: list[Picture]) -> None:
        to.extend(Picture(relationship, len(self.blocks)) for relationship in relationships)

    def _take(self) -> tuple[list[etree._Element], list[str]]:
        boxes, pictures = self.story.boxes, self.story.pictures
        self.story.boxes, self.story.pictures = [], []
        return boxes, pictures

    def _read_paragraph(self, element: etree._Element) -> tuple[str, int | None]:
        """Text with its automatic number, and the heading level."""
        text = read_text(element, self.story)
        if self.pending:
            text, self.pending = self.pending + text, ""
        properties = element[0] if len(element) else None
        if properties is None or properties.tag != _P_PROPERTIES:
            return text, None
        found = {str(child.tag): child for child in properties}
        mark = found.get(_R_PROPERTIES)
        if mark is not None and mark.find(_DELETED) is not None:
            self.pending = text  # the paragraph's end is deleted: it runs on into the next
            return "", None
        named = found.get(_STYLE)
        if named is None and not any(tag in found for tag in (OUTLINE, *LISTS)):
            return text, None
        return self._apply_style(text, found, None if named is None else named.get(VAL))

    def _apply_style(
        self, text: str, found: Mapping[str, etree._Element], style_id: str | None
    ) -> tuple[str, int | None]:
        style = self.styles.find(style_id)
        outline = read_outline(found.get(OUTLINE))
        level = heading_level(style.outline if outline is None else outline)
        properties = next((found[tag] for tag in LISTS if tag in found), None)
        number, place = list_of(properties)
        if number is None and style.number is not None:
            number = style.number
            if place is None:
                place = (
                    style.level if style.level is not None else self.numbering.level_of_style(number, style_id or "")
                )
        if number is not None and number != "0":
            text = _with_label(self._label(properties, number, place or 0), text)
        return text, level

    def _label(self, properties: etree._Element | None, number: str, place: int) -> str:
        label = self.numbering.label(number, place)
        if not label and properties is not None:  # Word 2003 also writes what it shows
            shown = next(properties.iter(_WX_T), None)
            label = "" if shown is None else next((str(value) for value in shown.attrib.values()), "")
            label = label if label.strip("·\uf0b7") else ""
        return label

    def _walk_table(self, element: etree._Element, depth: int) -> None:
        rows = list(_rows(element))
        if depth < _DEEPEST and is_layout(element, rows):
            for row in rows:
                for cell in _cells(row):
                    self.walk(unwrap(cell), depth=depth + 1)
            return
        self.tables += 1
        number, at = self.tables, len(self.blocks)
        table = WordTable(widths=_widths(element))
        inner: list[etree._Element] = []
        for row in rows:
            table.rows.append(self._read_row(row, inner, depth))
        grid, hidden = resolve_table(table, number=number, nested=depth > 0 and _is_in_cell(element))
        self.hidden.extend(hidden)
        if grid.cells:
            self.blocks.insert(at, grid)
        for nested in inner:
            self._walk_table(nested, depth + 1)

    def _read_row(self, row: etree._Element, inner: list[etree._Element], depth: int) -> list[WordCell]:
        cells: list[WordCell] = []
        column = _before(row)
        for element in _cells(row):
            span, merge, beside = _spans(element)
            if merge == _GONE:
                continue
            text = self._read_cell(element, inner, depth)
            if beside and cells:  # w:hMerge, of old converters
                cells[-1].right = column + span
                cells[-1].text += text
            else:
                cells.append(WordCell(text, column, column + span, merge))
            column += span
        return cells

    def _read_cell(self, cell: etree._Element, inner: list[etree._Element], depth: int) -> str:
        lines: list[str] = []
        for element in unwrap(cell):
            if element.tag == _P:
                self.paragraphs += 1
                text, _ = self._read_paragraph(element)
                boxes, pictures = self._take()
                self._add_pictures(pictures, self.pictures)
                if text.strip():
                    lines.append(text.strip("\n"))
                if depth < _DEEPEST:
                    lines.extend(filter(None, (self._read_cell(box, inner, depth + 1) for box in boxes)))
            elif element.tag == _TBL and depth < _DEEPEST:
                cells = [one for row in _rows(element) for one in _cells(row)]
                if len(cells) <= 2:
                    lines.extend(filter(None, (self._read_cell(one, inner, depth + 1) for one in cells)))
                else:
                    inner.append(element)
        if self.pending.strip():
            lines.append(self.pending)
        self.pending = ""
        return "\n".join(lines)


def _with_label(label: str, text: str) -> str:
    """Put the automatic number before the text, never so that it could pass for digits of a figure."""
    if not label:
        return text
    if text[:1].isdigit() and _NUMBER_POINT.search(label):
        return f"{label[:-1]}、{text}"
    return f"{label} {text}" if text and _ENDS_OPEN.search(label) else label + text


def is_layout(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Whether a table only arranges the page: it holds a table of several cells, and few cells of its own."""
    if len(rows) == 1 and len(own := list(_cells(rows[0]))) == 1:
        return len(own[0]) > _LONG_CELL or next(own[0].iter(_TBL), None) is not None
    if sum(1 for _ in table.iter(_TBL)) == 1:
        return False
    cells = [cell for row in rows for cell in _cells(row)]
    inner = sum(1 for cell in cells for nested in cell.iter(_TBL) for _ in nested.iter(_TC))
    return inner > 2 * len(cells)


_LONG_CELL = 12
"""Children of an only cell from which on it is a frame around the page, not a cell."""


def _is_in_cell(table: etree._Element) -> bool:
    return any(parent.tag == _TC for parent in table.iterancestors(_TC, BOX))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in unwrap(table):
        if element.tag == _TR:
            properties = element.find(_TR_PROPERTIES)
            if properties is None or (properties.find(_DELETED) is None and properties.find(_HIDDEN) is None):
                yield element


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (element for element in unwrap(row) if element.tag == _TC)


def _before(row: etree._Element) -> int:
    properties = row.find(_TR_PROPERTIES)
    before = None if properties is None else properties.find(_BEFORE)
    return 0 if before is None else min(max(_integer(before.get(VAL), 0), 0), _WIDEST)


_WIDEST = 1000


def _spans(cell: etree._Element) -> tuple[int, str, bool]:
    """Grid columns taken, place in a vertical merge, and whether the cell goes on the one to its left."""
    columns, state, beside = 1, "", False
    properties = cell[0] if len(cell) else None
    if properties is not None and properties.tag == _TC_PROPERTIES:
        for child in properties:
            tag = child.tag
            if tag == _SPAN:
                columns = min(max(_integer(child.get(VAL), 1), 1), _WIDEST)
            elif tag in _DOWN:
                state = "start" if child.get(VAL) in _START else "go on"
            elif tag == _CELL_DELETED:
                return columns, _GONE, False
            elif tag in _BESIDE:
                beside = child.get(VAL) not in _START
    return columns, state, beside


def _widths(table: etree._Element) -> list[int]:
    grid = table.find(f"{W}tblGrid")
    if grid is None:
        return []
    return [_integer(column.get(f"{W}w"), 0) for column in grid.iterchildren(f"{W}gridCol")]
