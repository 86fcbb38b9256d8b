"""Which value stands in which column of a row: every placement the layout leaves possible, never one by hope."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, pairwise
from math import comb
from typing import NamedTuple

from gouji.normalizer.cells import BLANK, COUNTED, GLUED, MARK, NUMBER, RESTORED, SEEN, TEXT, CellToken
from gouji.normalizer.digits import MOST_OPTIONS, cut_digits, is_number

Placement = tuple[CellToken | None, ...]
"""For every column its token; ``None`` where the text shows no cell (a blank that was dropped)."""


class Sure(Enum):
    """How far the layout alone decides a row."""

    LAYOUT = "layout"
    """Positions are visible."""
    SOFT = "soft"
    """One placement fits the table's habit, and a sum may object."""
    OPEN = "open"
    """Several placements, or only ones that a sum must confirm."""


class Placements(NamedTuple):
    """The placements of one row, the layout's favourite first.

    ``regular``: the favourite has just as many cells as columns, as all rows of the table have. ``unused`` are tokens
    that no placement can hold.
    """

    options: tuple[Placement, ...]
    sure: Sure
    regular: bool = False
    unused: tuple[CellToken, ...] = ()


def doubted(placed: Placements, count: int) -> Placements:
    """The same placements, or nothing at all: no layout decides a row among whose cells strange numbers stand."""
    return Placements((*placed.options, (None,) * count), Sure.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a table sets its values, learned from its full rows and its header.

    Attributes:
        first: Index in the line of the first value, where all rows begin at the same one (padded grids).
        after: Full rows begin right after their label.
        begins: Places on the line of the first cells behind the labels of these.
        keeps_blanks: Some row shows a blank between values, so blanks are not dropped.
        whole_rows: The line of a label holds its values.
        merged: Blanks were dropped elsewhere in the text, or moved to the end of their row, among the pads.
        uneven: Some row without marks between its cells has another number of them than the form has columns.
        regular: All rows hold their cells on their label's line, and equally many.
        summed: The last column is the sum of the others.
        zeros: Zeros are printed, so a cell that is not there is rather a blank that was lost than a zero.
        torn: No column is such a sum, and a space stands in every number of two digits and more.
        padded: A blank stands behind rows that are full, or lack cells all the same: behind others it may be no cell.
        doubled: Some row has more values than columns, the last of them twice: so may have been the last of the others.
        beside: Places of labels on their line behind which no column has room before that of the next value.
        firm: Some row or header shows every column filled. Columns that are set by their place on the line alone can
            be lost where nothing stands in them.
    """

    first: int | None = None
    after: bool = False
    begins: frozenset[int] = frozenset()
    keeps_blanks: bool = False
    whole_rows: bool = False
    merged: bool = False
    uneven: bool = False
    regular: bool = False
    summed: bool = False
    zeros: bool = False
    torn: bool = False
    padded: bool = False
    doubled: bool = False
    beside: frozenset[int] = frozenset()
    firm: bool = True


def _filled(cells: Sequence[CellToken]) -> list[CellToken]:
    return [cell for cell in cells if cell.kind is not BLANK]


def place(cells: Sequence[CellToken], count: int, habit: Habit) -> Placements:
    """List the placements of a row's tokens in ``count`` columns.

    Args:
        cells: The tokens after the row's label, explicit blanks included.
        count: Number of columns.
        habit: What the rest of the table shows.
    """
    filled = _filled(cells)
    for cell in filled:
        if cell.gap == GLUED:
            return _place_glued(filled, count, habit)
        if " " in cell.text and cell.kind is NUMBER:
            return _place_parted(cells, count, habit)
    if habit.summed and filled and is_remark(filled[-1]) and any(cell.kind is not TEXT for cell in filled):
        return _before_remark(cells, count, habit)
    if len(filled) == count:
        remark = count > 1 and is_remark(filled[-1]) and not habit.keeps_blanks
        return _full(cells, filled, remark=remark)
    if len(filled) > count:
        return _too_many(filled, count)
    if not habit.firm and filled and any(cell.gap == RESTORED for cell in cells):
        return Placements(tuple(spread(filled, count)), Sure.OPEN)
    if len(cells) >= count:
        return _windows(cells, count, habit)
    if not filled:
        shown: Placement = (*cells, *(None,) * (count - len(cells)))
        return Placements((shown,), Sure.LAYOUT)
    return _too_few(cells, count, habit)


def _place_glued(filled: list[CellToken], count: int, habit: Habit) -> Placements:
    """Cells that ran together: cut the digits in every way that makes ``count`` numbers without leading zeros.

    Only where zeros are printed and a sum can tell: else blanks may be missing among the digits, and no cut is sure;
    nor is it where fewer numbers add up too.
    """
    if len(filled) == count and all(cell.text == "0" or cell.kind is MARK for cell in filled):
        return Placements((tuple(filled),), Sure.LAYOUT)
    if not habit.summed and "".join(cell.text for cell in filled) == "0" * count:
        return Placements(tuple(cut_digits(filled[0], count, total=False)) if len(filled) == 1 else (), Sure.OPEN)
    if len(filled) > count and not habit.summed:
        return Placements((), Sure.OPEN)  # the first may be the raised number of a remark at the label
    if not habit.zeros or not habit.summed:
        return Placements(tuple(spread(filled[:1], count)), Sure.OPEN)
    if len(filled) == 1:
        found = cut_digits(filled[0], count, total=True)
        if any(cut_digits(filled[0], fewer, total=True) for fewer in range(2, count)):
            found.append((None,) * count)
        return Placements(tuple(found), Sure.OPEN)
    options: list[Placement] = []
    for sizes in _compositions(len(filled), count):
        ways: list[Placement] = [()]
        for cell, size in zip(filled, sizes, strict=True):
            pieces = [(cell,)] if size == 1 else cut_digits(cell, size, total=False)
            ways = [way + piece for way in ways for piece in pieces if size > 1 or _is_sound(cell)][:MOST_OPTIONS]
        options.extend(ways)
        if len(options) > MOST_OPTIONS:
            break
    return Placements(tuple(options), Sure.OPEN)


def _is_sound(cell: CellToken) -> bool:
    return cell.kind is MARK or not cell.text.isdecimal() or is_number(cell.text)


def _compositions(parts: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way to write ``total`` as ``parts`` whole numbers of at least 1, in order."""
    for cuts in combinations(range(1, total), parts - 1):
        edges = (0, *cuts, total)
        yield tuple(stop - start for start, stop in pairwise(edges))


def _place_parted(cells: Sequence[CellToken], count: int, habit: Habit) -> Placements:
    """Digits parted by one space where wide gaps part cells: one number (``4 9``) or two.

    A sum tells, or that no other number of the table stands whole.
    """
    if any("  " in cell.text for cell in cells if cell.kind is NUMBER):  # a wide gap parts for certain
        return place([part for cell in cells for part in parts_of(cell)], count, habit)
    whole = place([cell._replace(text=cell.text.replace(" ", "")) for cell in cells], count, habit)
    parted = place([part for cell in cells for part in parts_of(cell)], count, habit)
    sure = Sure.SOFT if whole.sure is Sure.LAYOUT and habit.torn else Sure.OPEN
    return Placements(tuple(dict.fromkeys((*whole.options, *parted.options))), sure)


def parts_of(cell: CellToken) -> list[CellToken]:
    """The pieces of a number that single spaces part."""
    if cell.kind is not NUMBER:
        return [cell]
    words = re.finditer(r"[^ ]+", cell.text)
    return [cell._replace(text=word[0], column=cell.column + word.start()) for word in words]


def is_remark(cell: CellToken) -> bool:
    """Whether a cell holds a text that is no damaged number."""
    return cell.kind is TEXT and "\u4e00" <= cell.text[0] <= "\u9fff"


def _before_remark(cells: Sequence[CellToken], count: int, habit: Habit) -> Placements:
    """A text behind numbers that add up is a remark, or stands for their total.

    So it is one where as many cells as columns stand before it, and their sum, of more than zeros, holds.
    """
    end = len(cells)
    while cells[end - 1].kind in (TEXT, BLANK):
        end -= 1
    end += next((index for index, cell in enumerate(cells[end:]) if cell.kind is TEXT), 0)
    placed = place(cells[:end], count, habit)
    sure = end >= count and any(digit in "123456789" for cell in cells[:end] for digit in cell.text)
    return placed._replace(sure=Sure.OPEN) if sure else doubted(placed, count)


def _full(cells: Sequence[CellToken], filled: list[CellToken], *, remark: bool) -> Placements:
    """As many values as columns: one each, unless blanks between them say that a value stands in two columns.

    The last may be a ``remark``, where nothing shows that blanks are kept.
    """
    count = len(filled)
    first, last = cells.index(filled[0]), len(cells) - 1
    while cells[last] is not filled[-1]:
        last -= 1
    texts = [cell.text for cell in filled if cell.kind is TEXT]
    if texts and (remark or any(char.isdigit() for text in texts for char in text)):
        return Placements((tuple(filled), (None,) * count), Sure.OPEN)
    if last - first + 1 == count:
        return Placements((tuple(filled),), Sure.LAYOUT)
    windows = [
        tuple(cells[start : start + count])
        for start in range(first, last - count + 2)
        if all(_repeats(cell, cells[start]) for cell in cells[first:start])
        and all(_repeats(cell, cells[start + count - 1]) for cell in cells[start + count : last + 1])
    ]
    return Placements((tuple(filled), *windows), Sure.OPEN)


def _repeats(cell: CellToken, beside: CellToken) -> bool:
    """Whether nothing is lost of a cell that is left out beside another: it is blank, or that one's second column."""
    return cell.kind is BLANK or cell.text == beside.text


def _windows(cells: Sequence[CellToken], count: int, habit: Habit) -> Placements:
    """Blanks are shown, and perhaps pads too: slide a window of the row's width over the tokens."""
    filled = _filled(cells)
    usual = _usual_start(cells, habit)
    if habit.first is None and len(cells) > count and cells[0].nth not in habit.begins:
        usual = None  # a label less deep than those of full rows may leave blanks in place of the others
    if usual is not None and habit.first is not None and len(cells) - usual == count:
        return Placements((tuple(cells[usual:]),), Sure.LAYOUT)
    if len(cells) == count:
        moved = cells[-1].kind is BLANK and cells[-1].gap not in (SEEN, COUNTED)
        if filled and moved and (habit.summed or habit.merged or habit.padded):
            placed = _with_others(tuple(cells), filled, count, sure=not (habit.merged or habit.padded))
            return placed._replace(regular=habit.regular)
        return Placements((tuple(cells),), Sure.LAYOUT)
    if not filled:
        return Placements((tuple(cells[:count]),), Sure.LAYOUT)
    starts = [index for index, cell in enumerate(cells) if cell.kind is not BLANK]
    longer = (*cells, *(None,) * _STRIPPED)
    fits = range(max(0, starts[-1] - count + 1), min(starts[0], len(longer) - count) + 1)
    if usual is not None and usual in fits and usual + count <= len(cells):
        option = cells[usual : usual + count]
        if option[-1].kind is BLANK and usual + count < len(cells) and habit.first is None:
            return _with_others(tuple(option), filled, count, sure=not habit.merged)
        return Placements((tuple(option),), Sure.LAYOUT)
    if len(fits) == 0 or habit.merged or habit.uneven or any(cell.gap == RESTORED for cell in cells):
        return Placements(tuple(spread(filled, count)), Sure.OPEN)
    return Placements(tuple(longer[start : start + count] for start in fits), Sure.OPEN)


def _with_others(option: Placement, filled: list[CellToken], count: int, *, sure: bool = True) -> Placements:
    """The favourite, and all placements a sum may prefer, because blanks may have moved among the pads."""
    others = (other for other in spread(filled, count) if without_blanks(other) != without_blanks(option))
    return Placements((option, *others), Sure.SOFT if sure else Sure.OPEN)


def without_blanks(option: Placement) -> Placement:
    """A placement with ``None`` for its blank cells."""
    return tuple(cell if cell is not None and cell.kind is not BLANK else None for cell in option)


def _usual_start(cells: Sequence[CellToken], habit: Habit) -> int | None:
    if habit.first is not None:
        for index, cell in enumerate(cells):
            if cell.nth == habit.first:
                return index
        return None
    return 0 if habit.after else None


def _too_few(cells: Sequence[CellToken], count: int, habit: Habit) -> Placements:
    """Fewer tokens than columns: blanks were dropped, at the end of the line or anywhere."""
    filled = _filled(cells)
    usual = _usual_start(cells, habit)
    start = usual if usual is not None else 0
    if habit.whole_rows and habit.keeps_blanks and len(cells) - start <= count:
        kept = tuple(cells[start:])
        option: Placement = (*kept, *(None,) * (count - len(kept)))
        return _with_others(option, filled, count, sure=not habit.merged)
    return Placements(tuple(spread(filled, count)), Sure.OPEN)


def _too_many(filled: list[CellToken], count: int) -> Placements:
    """More tokens than columns: a page number or serial among them, a number cut in two, or texts."""
    options: dict[Placement, None] = {}
    windows = len(filled) - count + 1 if len(filled) - count <= _MOST_STRANGERS else 0
    for start in range(windows):
        strangers = (*filled[:start], *filled[start + count :])
        if all(cell.kind is not MARK for cell in strangers):  # a mark is a cell, or parts cells: nothing stands beside
            options[tuple(filled[start : start + count])] = None
    for option in _joined(filled, count):
        options[option] = None
    return Placements(tuple(options), Sure.OPEN)


_STRIPPED = 1
"""Blanks that a row may have lost at its end beside others: where a text ends, spaces and marks are often cut off."""
_MOST_JOINED = 4000
_MOST_STRANGERS = 2


def _joined(filled: list[CellToken], count: int) -> list[Placement]:
    """Neighbouring digits read as one number that was cut up (``1 284``), as often as needed."""
    extra = len(filled) - count
    found: list[Placement] = []
    if comb(len(filled) - 1, extra) > _MOST_JOINED:
        return found
    for cuts in combinations(range(len(filled) - 1), extra):
        merged: list[CellToken] = []
        for index, cell in enumerate(filled):
            if index and index - 1 in cuts and cell.kind is merged[-1].kind is NUMBER:
                last = merged[-1]
                merged[-1] = last._replace(text=last.text + cell.text)
            else:
                merged.append(cell)
        if len(merged) == count and all(
            is_number(cell.text) if cell.text.isdecimal() else cell.kind is MARK for cell in merged
        ):
            found.append(tuple(merged))
    return found


def spread(filled: list[CellToken], count: int) -> list[Placement]:
    """Every way to set the tokens in order in ``count`` columns."""
    found: list[Placement] = []
    for places in combinations(range(count), len(filled)):
        option: list[CellToken | None] = [None] * count
        for place_, cell in zip(places, filled, strict=True):
            option[place_] = cell
        found.append(tuple(option))
        if len(found) > MOST_OPTIONS:
            break
    return found
