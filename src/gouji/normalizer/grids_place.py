"""Which cells of a row are the values of the form's columns: the placements possible, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations, product
from math import comb
from typing import NamedTuple

from gouji.model.raw import Cell
from gouji.normalizer.grids_frame import Frame, Span
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_vocab import is_damaged, is_value

_MOST_ALTERNATIVES = 200
_MOST_SURPLUS = 3

Placement = tuple[Cell | None, ...]
"""For every column of a block its cell, or ``None`` where the row has none."""


class Placed(NamedTuple):
    """The ways in which the cells of a row can be the values of the form's columns; one where all is clear.

    Attributes:
        ways: Empty when the row cannot be placed at all.
        exact: False when the count of cells did not fit and something had to be supposed.
        sure: False when the row is unlike the others of its block: cells were lost or added, and only its own sum can
            say that a placement is right.
    """

    ways: tuple[Placement, ...]
    exact: bool = True
    sure: bool = True


class Usual(NamedTuple):
    """What most rows of a block in a grid are like.

    Attributes:
        width: How many grid columns stand right of the label.
        end: The grid column where they end; ``None`` when they do not end alike.
        first: The first grid column in which any row of the grid has a number right of its label, if known.
    """

    width: int
    end: int | None
    first: int | None = None


def place(
    line: Line,
    columns: tuple[str, ...],
    *,
    frame: Frame | None,
    start: int,
    labels_end: int | None = None,
    usual: Usual | None = None,
) -> Placed:
    """Find the value cells of a row.

    Args:
        line: The row.
        columns: Their keys in the header, in the form's order.
        frame: The header over it, if known.
        start: First grid column after the row's label.
        labels_end: Where the label columns of the grid end, to tell blank label cells from blank values.
        usual: What the rows of this grid are like. One that is longer or shorter has a cell too many or too few, and
            neither header nor count tells which.
    """
    cells = [cell for cell in line.cells if cell.column >= start]
    is_foreign = _foreign_columns(frame, columns, start=start, labels_end=labels_end)
    if frame is not None and usual is not None and _has_slipped(frame, start, usual, is_foreign=is_foreign):
        frame = None
    if frame is not None and is_foreign is not None:
        cells = [cell for cell in cells if not is_foreign(cell.column, cell.column + cell.colspan)]
    if frame is not None and _fits(cells, columns, frame):
        placed = Placed((tuple(cells),))
        if usual is None or usual.end in (None, cells[-1].column + cells[-1].colspan):
            return placed._replace(sure=False) if _are_damaged(line, cells) else placed
    if frame is not None:
        labels_end = frame.start if labels_end is None else min(labels_end, frame.start)
    values_at = frame.start if frame is not None else labels_end
    if _is_run_together(cells, columns, frame=frame):
        return Placed((), exact=False, sure=False)
    if usual is not None and cells and not _is_usual(cells, start, values_at=values_at, usual=usual):
        right = [cell for cell in cells if values_at is None or cell.text or cell.column >= values_at]
        ways = (*_by_order(cells, columns, labels_end=None), *_by_choice(_without_blank_end(right), len(columns)))
        return Placed(tuple(dict.fromkeys(ways)), exact=False, sure=False)
    placed = _place_usual(cells, columns, frame=frame, labels_end=labels_end)
    if any(cell.row != line.row and cell.text and is_value(cell.text) for cell in cells):
        return placed._replace(sure=False)  # a number from a row above
    if (
        _are_damaged(line, cells)
        or _is_wordy(line, cells, frame)
        or (frame is not None and _is_crowded(cells, frame, usual=usual))
    ):
        return placed._replace(sure=False)
    return placed


def _foreign_columns(
    frame: Frame | None, columns: Sequence[str], *, start: int, labels_end: int | None
) -> Callable[[int, int], bool] | None:
    """What tells the columns that the publisher has added: under a whole header, those with another one over them."""
    if frame is None or labels_end is None or not frame.unknown or not frame.names_all(columns):
        return None
    return partial(frame.is_foreign, labels_end=max(start, labels_end))


def _has_slipped(frame: Frame, start: int, usual: Usual, *, is_foreign: Callable[[int, int], bool] | None) -> bool:
    """Whether a header sticks out beyond the rows, or starts right of where the numbers of rows like this one do."""
    if usual.end is not None and frame.end > usual.end:
        return True
    if usual.first is None or (first := max(start, usual.first)) >= frame.start:
        return False
    return is_foreign is None or not is_foreign(first, first + 1)


def _place_usual(
    cells: Sequence[Cell], columns: tuple[str, ...], *, frame: Frame | None, labels_end: int | None
) -> Placed:
    """Place a row that is as long as the others."""
    by_frame = _by_frame(cells, columns, frame) if frame is not None else None
    by_order = _by_order(cells, columns, labels_end=labels_end)
    if frame is None and by_order and len(cells) > len(columns):
        by_order = [*by_order, *_by_choice(cells, len(columns))]  # a blank in front may be a label's or a value's
    if by_frame and frame is not None and not _in_order(columns, frame):
        ways = (*by_frame, *(by_order or _by_choice(cells, len(columns))))
        return Placed(tuple(dict.fromkeys(ways)) if len(ways) > 1 else (), exact=False)
    if by_frame and by_order and not _named(columns, frame):
        fitting = [way for way in by_order if any(_agree(way, other) for other in by_frame)]
        return Placed(tuple(fitting or (*by_frame, *by_order)))
    if by_frame:
        whole = frame is not None and len(frame.spans) >= len(columns)
        return Placed(tuple(by_frame), sure=whole)
    if by_order:
        return Placed(tuple(by_order))
    is_short = sum(1 for cell in cells if cell.text) <= len(columns)
    return Placed(
        tuple(_by_choice(cells, len(columns))), exact=False, sure=is_short
    )  # else a printed value is left out


def _are_damaged(line: Line, cells: Sequence[Cell]) -> bool:
    """Whether a piece of markup stands in cells of a line."""
    return not line.sound and is_damaged("\t".join([cell.text for cell in cells]))


def _is_wordy(line: Line, cells: Sequence[Cell], frame: Frame | None) -> bool:
    """Whether labels, or several words, stand among the values: a cell without an end swallows what follows it."""
    words = [cell for cell in cells if not is_value(cell.text) and not (frame is not None and frame.names_other(cell))]
    return len(words) > 1 or any("\n" in cell.text or line.hits(cell) for cell in words)


def _is_crowded(cells: Sequence[Cell], frame: Frame, *, usual: Usual | None) -> bool:
    """Whether a row goes on beyond its header when others do not, or prints two things under one label."""
    printed = [cell for cell in cells if cell.text and not frame.names_other(cell)]
    if any(cell.column >= frame.end for cell in printed):
        return True
    if cells and cells[-1].column >= frame.end and (usual is None or usual.end == frame.end) and not frame.others:
        return True
    return any(sum(1 for cell in printed if span.start <= cell.column < span.end) > span.pieces for span in frame.spans)


def _is_run_together(cells: Sequence[Cell], columns: tuple[str, ...], *, frame: Frame | None) -> bool:
    """Whether words stand among the values of a row that has not as many cells as it should: two rows run together."""
    if len(cells) == len(columns):
        return False
    return any(not is_value(cell.text) and not (frame is not None and frame.names_other(cell)) for cell in cells)


def _is_usual(cells: Sequence[Cell], start: int, *, values_at: int | None, usual: Usual) -> bool:
    """Whether a row ends where the others do; or, where they end anywhere, has as many values as they."""
    end = cells[-1].column + cells[-1].colspan
    if usual.end is not None:
        slipped = values_at is not None and any(cell.text and cell.column < values_at for cell in cells)
        return end == usual.end or (slipped and end - start == usual.width)
    return usual.width in (end - start, end - max(start, values_at or 0))


def _without_blank_end(cells: Sequence[Cell]) -> Sequence[Cell]:
    return cells if not cells or cells[-1].text else cells[:-1]


def _fits(cells: Sequence[Cell], columns: tuple[str, ...], frame: Frame) -> bool:
    """Whether every cell stands under its own header, all columns are there, and in the form's order."""
    if frame.keys != columns or [cell.column for cell in cells] != frame.starts:
        return False
    return cells[-1].column + cells[-1].colspan <= frame.end


def _agree(way: Placement, other: Placement) -> bool:
    """Whether a placement says the same as another that does not know all columns."""
    return all(known is None or known is cell for cell, known in zip(way, other, strict=True))


def _in_order(columns: tuple[str, ...], frame: Frame) -> bool:
    """Whether the header's columns stand in the form's order."""
    places = [columns.index(span.key) for span in frame.spans if span.key in columns]
    return places == sorted(places)


def _named(columns: tuple[str, ...], frame: Frame | None) -> bool:
    """Whether every column has its printed name, in the form's order.

    In another order the header may be right, or its spans wrong: then the sums have to decide.
    """
    if frame is None:
        return False
    return [span.key for span in frame.spans if span.how is not None and span.key in columns] == [*columns]


def _by_frame(cells: Sequence[Cell], columns: tuple[str, ...], frame: Frame) -> list[Placement]:
    """The placements under the printed header; none when a cell stands where the header has no column."""
    spans = {span.key: span for span in frame.spans}
    if not any(column in spans for column in columns):
        return []
    covered: set[int] = set()
    choices: list[list[Cell | None]] = []
    for column in columns:
        span = spans.get(column)
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


def _by_order(cells: Sequence[Cell], columns: tuple[str, ...], *, labels_end: int | None) -> list[Placement]:
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
    spare = [index for index, cell in enumerate(cells) if not cell.text]
    last = max(index for index, cell in enumerate(cells) if cell.text)
    if spare and last and cells[last].text == cells[last - 1].text:
        spare.append(last)  # a total two columns wide, printed in both
    surplus = len(cells) - count
    if surplus == 0 or surplus > min(len(spare), _MOST_SURPLUS) or comb(len(spare), surplus) > _MOST_ALTERNATIVES:
        return []
    return [
        tuple(cell for index, cell in enumerate(cells) if index not in drop) for drop in combinations(spare, surplus)
    ]


def _spread(cells: Sequence[Cell], at: Sequence[int], count: int) -> Placement:
    row: list[Cell | None] = [None] * count
    for cell, index in zip(cells, at, strict=True):
        row[index] = cell
    return tuple(row)
