"""Which grid columns carry which column of the form, and which cells of a row are its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import comb
from typing import NamedTuple

from gouji.forms.spec import Block, Column
from gouji.model.raw import Cell
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_vocab import COLUMN, Vocabulary
from gouji.normalizer.labels import How

_MOST_ALTERNATIVES = 200


class Span(NamedTuple):
    """Grid columns ``start`` up to ``end`` (exclusive) carry the form's column ``key``, printed as ``label``.

    ``how`` is ``None`` when the label says nothing and only its place between its neighbours does.
    """

    start: int
    end: int
    key: str
    label: str
    how: How | None = How.EXACT


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns that a header names, left to right; ``others`` are printed columns that the form does not have."""

    spans: tuple[Span, ...]
    others: tuple[tuple[int, int], ...] = ()

    def names_other(self, cell: Cell) -> bool:
        """Whether a cell stands wholly under printed headers that are none of the form's, right of those that are."""
        return any(start <= cell.column and cell.column + cell.colspan <= end for start, end in self.others)

    @property
    def start(self) -> int:
        """First grid column of the values."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """First grid column after the values."""
        return self.spans[-1].end

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
            spans[-1] = Span(before.start, end, before.key, before.label, before.how)
        else:
            spans.append(Span(cell.column, end, match.key, cell.text, match.how))
    known = _fill_gaps(spans, vocab)
    if not known or len({span.key for span in known}) < len(known):
        return None
    wide = _widen(known, leaves, lines)
    others = [(cell.column, cell.column + cell.colspan) for cell in spans if isinstance(cell, Cell)]
    return Frame(tuple(wide), tuple(other for other in others if other[0] >= wide[-1].end))


def _lowest(lines: Sequence[Line]) -> list[tuple[Cell, Line]]:
    """For every grid column the lowest printed cell over it, each once, left to right."""
    over: dict[int, tuple[Cell, Line]] = {}
    for line in lines:
        for cell in line.cells:
            if cell.text and cell.row == line.row:
                over.update(dict.fromkeys(range(cell.column, cell.column + cell.colspan), (cell, line)))
    found: list[tuple[Cell, Line]] = []
    for column in sorted(over):
        if not any(over[column][0] is cell for cell, _ in found):
            found.append(over[column])
    return found


def _fill_gaps(spans: Sequence[Span | Cell], vocab: Vocabulary) -> list[Span]:
    """The named columns, and the unnamed ones that only one column of the form can be."""
    named = [span for span in spans if isinstance(span, Span)]
    block = _block_of(named, vocab)
    if block is None or len(named) < 2:
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
    starts = sorted({cell.column for cell, _ in leaves})
    columns = max(cell.column + cell.colspan for line in lines for cell in line.cells)
    wide: list[Span] = []
    for span in spans:
        after = next((start for start in starts if start >= span.end), columns)
        wide.append(Span(span.start, after, span.key, span.label, span.how))
    return wide


Placement = tuple[Cell | None, ...]
"""For every column of a block its cell, or ``None`` where the row has none."""


class Placed(NamedTuple):
    """The ways in which the cells of a row can be the values of the form's columns; one where all is clear.

    Attributes:
        ways: Empty when the row cannot be placed at all.
        exact: False when the count of cells did not fit and something had to be supposed.
    """

    ways: tuple[Placement, ...]
    exact: bool = True


class Usual(NamedTuple):
    """What most rows of a block in a grid are like.

    Attributes:
        width: How many grid columns stand right of the label.
        end: The grid column where they end; ``None`` when they do not end alike.
    """

    width: int
    end: int | None


def place(
    line: Line,
    columns: Sequence[Column],
    *,
    frame: Frame | None,
    start: int,
    labels_end: int | None = None,
    usual: Usual | None = None,
) -> Placed:
    """Find the value cells of a row.

    Args:
        line: The row.
        columns: Of the form, in printed order.
        frame: The header over it, if known.
        start: First grid column after the row's label.
        labels_end: Where the label columns of the grid end, to tell blank label cells from blank values.
        usual: What the rows of this grid are like. One that is longer or shorter has a cell too many or too few, and
            neither header nor count tells which.
    """
    cells = [cell for cell in line.cells if cell.column >= start]
    values_at = frame.start if frame is not None else labels_end
    if usual is not None and cells and not _is_usual(cells, start, values_at=values_at, usual=usual):
        right = [cell for cell in cells if values_at is None or cell.text or cell.column >= values_at]
        ways = (*_by_order(cells, columns, labels_end=None), *_by_choice(_without_blank_end(right), len(columns)))
        return Placed(tuple(dict.fromkeys(ways)), exact=False)
    if frame is not None and _fits(cells, columns, frame):
        return Placed((tuple(cells),))
    by_frame = _by_frame(cells, columns, frame) if frame is not None else None
    by_order = _by_order(cells, columns, labels_end=frame.start if frame is not None else labels_end)
    if by_frame and frame is not None and not _in_order(columns, frame):
        ways = (*by_frame, *(by_order or _by_choice(cells, len(columns))))
        return Placed(tuple(dict.fromkeys(ways)) if len(ways) > 1 else (), exact=False)
    if by_frame and by_order and not _named(columns, frame):
        fitting = [way for way in by_order if any(_agree(way, other) for other in by_frame)]
        return Placed(tuple(fitting or (*by_frame, *by_order)))
    if by_frame or by_order:
        return Placed(tuple(by_frame or by_order))
    return Placed(tuple(_by_choice(cells, len(columns))), exact=False)


def _is_usual(cells: Sequence[Cell], start: int, *, values_at: int | None, usual: Usual) -> bool:
    """Whether a row ends where the others do; or, where they end anywhere, has as many values as they."""
    end = cells[-1].column + cells[-1].colspan
    if usual.end is not None:
        slipped = values_at is not None and any(cell.text and cell.column < values_at for cell in cells)
        return end == usual.end or (slipped and end - start == usual.width)
    return usual.width in (end - start, end - max(start, values_at or 0))


def _without_blank_end(cells: Sequence[Cell]) -> Sequence[Cell]:
    return cells if not cells or cells[-1].text else cells[:-1]


def _fits(cells: Sequence[Cell], columns: Sequence[Column], frame: Frame) -> bool:
    """Whether every cell stands under its own header, all columns are there, and in the form's order."""
    spans = frame.spans
    return (
        len(cells) == len(columns) == len(spans)
        and all(
            cell.column == span.start and span.key == column.key
            for cell, span, column in zip(cells, spans, columns, strict=True)
        )
        and cells[-1].column + cells[-1].colspan <= frame.end
    )


def _agree(way: Placement, other: Placement) -> bool:
    """Whether a placement says the same as another that does not know all columns."""
    return all(known is None or known is cell for cell, known in zip(way, other, strict=True))


def _in_order(columns: Sequence[Column], frame: Frame) -> bool:
    """Whether the header's columns stand in the form's order."""
    order = [column.key for column in columns]
    places = [order.index(span.key) for span in frame.spans if span.key in order]
    return places == sorted(places)


def _named(columns: Sequence[Column], frame: Frame | None) -> bool:
    """Whether every column has its printed name, in the form's order.

    In another order the header may be right, or its spans wrong: then the sums have to decide.
    """
    if frame is None:
        return False
    keys = {column.key for column in columns}
    named = [span.key for span in frame.spans if span.how is not None and span.key in keys]
    return named == [column.key for column in columns]


def _by_frame(cells: Sequence[Cell], columns: Sequence[Column], frame: Frame) -> list[Placement]:
    """The placements under the printed header; none when a cell stands where the header has no column."""
    spans = {span.key: span for span in frame.spans}
    if not any(column.key in spans for column in columns):
        return []
    covered: set[int] = set()
    choices: list[list[Cell | None]] = []
    for column in columns:
        span = spans.get(column.key)
        if span is None:
            choices.append([None])
            continue
        under = [cell for cell in cells if cell.column < span.end and cell.column + cell.colspan > span.start]
        if not under or any(_straddles(cell, span) for cell in under):
            return []
        covered.update(id(cell) for cell in under)
        printed = {cell.text: cell for cell in reversed(under) if cell.text}
        choices.append([*reversed(printed.values())] or [under[0]])
    if any(cell.text and id(cell) not in covered and not frame.names_other(cell) for cell in cells):
        return []
    return list(product(*choices))[:_MOST_ALTERNATIVES]


def _straddles(cell: Cell, span: Span) -> bool:
    """Whether a cell stands partly under a column and partly beside it: the row has slipped against its header."""
    start, end = cell.column, cell.column + cell.colspan
    return (start < span.start and end < span.end) or (start > span.start and end > span.end)


def _by_order(cells: Sequence[Cell], columns: Sequence[Column], *, labels_end: int | None) -> list[Placement]:
    """The placement by count alone: exactly as many cells as columns."""
    if len(cells) > len(columns) and labels_end is not None:
        cells = [cell for cell in cells if cell.text or cell.column >= labels_end]
    return [tuple(cells)] if len(cells) == len(columns) else []


def _by_choice(cells: Sequence[Cell], count: int) -> list[Placement]:
    """All placements that keep the order, when blanks were dropped or cells added; none when that is too many."""
    if not cells or not any(cell.text for cell in cells):
        return []
    if len(cells) < count:
        if any(cell.colspan > 1 for cell in cells) or comb(count, len(cells)) > _MOST_ALTERNATIVES:
            return []
        return [_spread(cells, at, count) for at in combinations(range(count), len(cells))]
    blanks = [index for index, cell in enumerate(cells) if not cell.text]
    surplus = len(cells) - count
    if surplus == 0 or surplus > len(blanks) or comb(len(blanks), surplus) > _MOST_ALTERNATIVES:
        return []
    return [
        tuple(cell for index, cell in enumerate(cells) if index not in drop) for drop in combinations(blanks, surplus)
    ]


def _spread(cells: Sequence[Cell], at: Sequence[int], count: int) -> Placement:
    row: list[Cell | None] = [None] * count
    for cell, index in zip(cells, at, strict=True):
        row[index] = cell
    return tuple(row)


def is_header(line: Line, number: int, vocab: Vocabulary) -> bool:
    """Whether a row names columns: two of them, or one and nothing that could be a row or a value."""
    own = line.own_labels()
    named = [cell for cell, hits in own if number in hits.columns]
    if len(named) >= 2:
        printed = sum(1 for cell in line.cells if cell.row == line.row and cell.text)
        return not line.numbers or len(named) > printed // 2
    if len(named) != 1 or line.numbers:
        return False
    if not any(number in hits.rows for _, hits in own):
        return True
    titles = [hits.titles[number].key for _, hits in own if number in hits.titles]
    return any(title in vocab.over_columns for title in titles)
