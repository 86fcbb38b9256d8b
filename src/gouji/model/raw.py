"""What a reader saw, uninterpreted: paragraphs and grids of cells in reading order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from gouji.model.finding import Note
from gouji.model.source import NOWHERE, Source, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    r"""A paragraph, a heading or a line.

    Attributes:
        text: As it stands, line breaks inside kept as ``\n``.
        where: Its place.
        level: 1..6 for what the format marks as a heading, else ``None``.
    """

    text: str
    where: Where = NOWHERE
    level: int | None = None


class Cell(NamedTuple):
    """One cell of a grid, at its top left corner (0-based), with its spans (>= 1).

    ``confidence`` (0..1) is set by OCR only. Name the fields when you make one.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    where: Where = NOWHERE
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table resolved to a rectangle that remembers its spans.

    Attributes:
        cells: The cells, sorted by row, then column; their spans never overlap.
        rows: Number of grid rows, header included.
        columns: Number of grid columns.
        where: The table's place.
        nested: True when it stood inside a cell of another table (layout tables are not grids at all).
        columns_at: For paged formats, the x of the ``columns + 1`` column edges in PDF points, to align the pieces of
            a table that was cut by a page break. Empty when unknown.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    where: Where = NOWHERE
    nested: bool = False
    columns_at: tuple[float, ...] = ()

    @cached_property
    def by_row(self) -> tuple[tuple[Cell, ...], ...]:
        """For every grid row the cells that stand in it, left to right, also those spanning from above."""
        rows: list[list[Cell]] = [[] for _ in range(self.rows)]
        mixed: set[int] = set()
        for cell in self.cells:
            first = cell.row
            rows[first].append(cell)
            if cell.rowspan > 1:
                for row in range(first + 1, min(first + cell.rowspan, self.rows)):
                    rows[row].append(cell)
                    mixed.add(row)
        for row in mixed:
            rows[row].sort(key=_column)
        return tuple(map(tuple, rows))

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a grid place (0-based), or ``None`` where the source has no cell."""
        for cell in self.by_row[row]:
            if cell.column <= column < cell.column + cell.colspan:
                return cell
        return None


_column = attrgetter("column")

Block = TextBlock | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaField:
    """A named fact that the container states: a ``<meta>``, an info box, PDF or Word properties.

    ``name`` is what stands in the source (``ArticleTitle``, ``PubDate``, ``发布日期``).
    """

    name: str
    value: str
    where: Where = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A document as its reader saw it.

    Attributes:
        source: What was read.
        blocks: Paragraphs and grids in reading order. A plain text has one :class:`TextBlock` holding all of it, whose
            lines are the lines of the file (``where.line`` is the first).
        positions: True when the grids' rows and columns are the author's (HTML, Word, ruled PDF); False for text whose
            cells must be found by aligning with the form.
        meta: Facts stated by the container.
        notes: What was doubtful while reading (a page that cannot be read, an encoding that lies, OCR).
        links: Targets of documents that this page embeds or offers (for a page that only carries an attachment).
    """

    source: Source
    blocks: tuple[Block, ...] = ()
    positions: bool = True
    meta: tuple[MetaField, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    def text(self) -> str:
        """All text in reading order, a grid as one line a row with its cells divided by ``|``."""
        parts: list[str] = []
        for block in self.blocks:
            if isinstance(block, TextBlock):
                parts.append(block.text)
            else:
                parts.extend(" | ".join(_flat(cell.text) for cell in row) for row in block.by_row)
        return "\n".join(parts)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The prose lines of a document: every text block split at its line breaks, grids left out.

    Attributes:
        texts: The lines, without their line ends.
        blocks: For every line the index of its block in ``RawDocument.blocks``.
        offsets: For every line its number within its block, from 0.
        document: Where they come from.
    """

    texts: tuple[str, ...]
    blocks: tuple[int, ...]
    offsets: tuple[int, ...]
    document: RawDocument

    def where(self, index: int, character: int = 0) -> Where:
        """The place of a character (0-based) of a line (0-based)."""
        block = self.document.blocks[self.blocks[index]]
        if block.where.line is None:
            return block.where
        return Where(block.where.line + self.offsets[index], character + 1)


def read_lines(document: RawDocument, *, grids: Collection[int] = ()) -> Lines:
    """Split a document's text blocks into lines; of the grids with these indices, each row is a line."""
    texts: list[str] = []
    blocks: list[int] = []
    offsets: list[int] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, TextBlock):
            text = block.text
            if "\n" not in text:  # as nearly always in a page
                texts.append(text)
                blocks.append(number)
                offsets.append(0)
                continue
            lines = text.split("\n")
        elif number in grids:
            lines = [" | ".join(_flat(cell.text) for cell in row) for row in block.by_row]
        else:
            continue
        texts.extend(lines)
        blocks.extend([number] * len(lines))
        offsets.extend(range(len(lines)))
    return Lines(texts=tuple(texts), blocks=tuple(blocks), offsets=tuple(offsets), document=document)


def _flat(text: str) -> str:
    return " ".join(text.split())
