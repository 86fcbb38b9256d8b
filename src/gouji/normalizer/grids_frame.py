"""Which grid columns carry which column of the form: the header, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gouji.forms.spec import Block
from gouji.model.raw import Cell
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_vocab import COLUMN, Vocabulary
from gouji.normalizer.labels import How


class Span(NamedTuple):
    """Grid columns ``start`` up to ``end`` (exclusive) carry the form's column ``key``, printed as ``label``.

    ``how`` is ``None`` when the label says nothing and only its place between its neighbours does; ``pieces`` is the
    number of cells, side by side, that print the label.
    """

    start: int
    end: int
    key: str
    label: str
    how: How | None = How.EXACT
    pieces: int = 1


@dataclass(slots=True)
class Frame:
    """The columns that a header names, left to right.

    Attributes:
        spans: The columns.
        others: Printed columns that the form does not have, right of those that it has.
        unknown: All printed headers that are none of the form's.
        keys: Those of the columns.
        starts: Their first grid columns.
        start: First grid column of the values.
        end: First grid column after the values.
    """

    spans: tuple[Span, ...]
    others: tuple[tuple[int, int], ...] = ()
    unknown: tuple[tuple[int, int], ...] = ()
    keys: tuple[str, ...] = field(init=False)
    starts: list[int] = field(init=False)
    start: int = field(init=False)
    end: int = field(init=False)

    def __post_init__(self) -> None:
        """Asked for in every row."""
        self.keys = tuple([span.key for span in self.spans])
        self.starts = [span.start for span in self.spans]
        self.start, self.end = self.starts[0], self.spans[-1].end

    def names_other(self, cell: Cell) -> bool:
        """Whether a cell stands wholly under printed headers that are none of the form's, right of those that are."""
        return any(start <= cell.column and cell.column + cell.colspan <= end for start, end in self.others)

    def names_all(self, columns: Sequence[str]) -> bool:
        """Whether every one of some columns has its own printed header."""
        return {span.key for span in self.spans if span.how is not None}.issuperset(columns)

    def is_foreign(self, start: int, end: int, *, labels_end: int) -> bool:
        """Whether grid columns lie under a header that is no column's, right of the labels and left of the last one."""
        return any(labels_end <= first <= start and end <= last <= self.end for first, last in self.unknown)

    def label(self, key: str) -> str:
        """The printed header of a column, or nothing."""
        return next((span.label for span in self.spans if span.key == key), "")


def read_frame(lines: Sequence[Line], number: int, vocab: Vocabulary) -> Frame | None:
    """The columns that consecutive header rows of one grid name.

    Over each grid column the lowest label counts. A label of no known spelling takes the form's column that its
    neighbours leave over, if exactly that many are left. Blank header cells widen the column to their left.
    """
    leaves = _lowest(lines)
    spans: list[Span | Cell] = []
    for cell, line in leaves:
        match = line.hits(cell).columns.get(number) or vocab.match(COLUMN, cell.text)
        end = cell.column + cell.colspan
        if match is None:
            spans.append(cell)
            continue
        before = spans[-1] if spans else None
        if isinstance(before, Span) and before.key == match.key and before.end == cell.column:
            spans[-1] = before._replace(end=end, pieces=before.pieces + 1)
        else:
            spans.append(Span(cell.column, end, match.key, cell.text, match.how))
    known = _fill_gaps(spans, vocab)
    keys = {span.key for span in known}
    if not known or len(keys) < len(known) or _printed_keys(lines, number) - keys:
        return None  # a label twice, or one above another: the header has slipped
    wide = _widen(known, leaves, lines)
    if len(known) == len(spans):
        return Frame(tuple(wide))
    starts = {span.start for span in known}
    unknown = [(cell.column, cell.column + cell.colspan) for cell in spans if isinstance(cell, Cell)]
    unknown = [span for span in unknown if span[0] not in starts]
    others = (span for span in unknown if span[0] >= wide[-1].end)
    return Frame(tuple(wide), tuple(others), tuple(unknown))


def _printed_keys(lines: Sequence[Line], number: int) -> set[str]:
    """The columns whose label is printed in a header."""
    return {hits.columns[number].key for line in lines for _, hits in line.own if number in hits.columns}


def _lowest(lines: Sequence[Line]) -> list[tuple[Cell, Line]]:
    """For every grid column the lowest printed cell over it, each once, left to right."""
    over: dict[int, tuple[Cell, Line]] = {}
    for line in lines:
        for cell in line.cells:
            if cell.text and cell.row == line.row:
                for column in range(cell.column, cell.column + cell.colspan):
                    over[column] = cell, line
    return list({id(pair[0]): pair for _, pair in sorted(over.items())}.values())


def _fill_gaps(spans: Sequence[Span | Cell], vocab: Vocabulary) -> list[Span]:
    """The named columns, and the unnamed ones that only one column of the form can be."""
    named = [span for span in spans if isinstance(span, Span)]
    if len(named) < 2 or named == [*spans[-len(named) :]]:
        return named  # no unnamed one stands between two of them
    block = _block_of(named, vocab)
    if block is None:
        return named
    order = {column.key: place for place, column in enumerate(block.columns)}
    filled: list[Span] = []
    waiting: list[Cell] = []
    for span in spans:
        if isinstance(span, Cell):
            waiting.append(span)
            continue
        if filled:
            missing = block.columns[order[filled[-1].key] + 1 : order[span.key]]
            if len(missing) == len(waiting):
                filled.extend(
                    Span(cell.column, cell.column + cell.colspan, column.key, cell.text, None)
                    for cell, column in zip(waiting, missing, strict=True)
                )
        filled.append(span)
        waiting = []
    return filled


def _block_of(spans: Sequence[Span], vocab: Vocabulary) -> Block | None:
    keys = {span.key for span in spans}
    blocks = [block for block in vocab.spec.blocks if keys <= {column.key for column in block.columns}]
    return blocks[0] if len(blocks) == 1 else None


def _widen(spans: list[Span], leaves: Sequence[tuple[Cell, Line]], lines: Sequence[Line]) -> list[Span]:
    """Blank header cells between a named column and whatever comes next belong to it."""
    blanks = [cell for line in lines for cell in line.cells if not cell.text]
    if not blanks:
        return spans
    starts = {cell.column for cell, _ in leaves}
    blank = {column for cell in blanks for column in range(cell.column, cell.column + cell.colspan)}
    wide: list[Span] = []
    for span in spans:
        end = span.end
        while end in blank and end not in starts:
            end += 1
        wide.append(span._replace(end=end))
    return wide


def is_header(line: Line, number: int, vocab: Vocabulary) -> bool:
    """Whether a row names columns: two of them, or one and nothing that could be a row or a value."""
    named = 0
    for _, hits in line.own:
        if number in hits.columns:
            named += 1
    if not named or (named == 1 and line.numbers):
        return False
    if named > 1:
        if not line.numbers:
            return True
        printed = sum(1 for cell in line.cells if cell.row == line.row and cell.text)
        return named > printed // 2
    if not any(number in hits.rows for _, hits in line.own):
        return True
    titles = [hits.titles[number].key for _, hits in line.own if number in hits.titles]
    return any(title in vocab.over_columns for title in titles)
