"""Pieces of one table on consecutive pages to one table: by x positions, with cut rows and labels joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.readers.known import is_known, label_core, table_heads
from gouji.readers.lattice.shapes import Piece, PieceCell
from gouji.text.numbers import is_number_like

_OUTER = 6.0
"""The pieces' outer edges agree within this."""
_INNER = 4.0
"""Column edges closer than this are one."""
_MAX_HEADER = 4


def fits(above: Piece, below: Piece) -> bool:
    """Whether a piece can go on where the other one ends: same place, same width, and it does not begin a new table."""
    if below.page <= above.last_page:
        return False
    if any(abs(above.edges[end] - below.edges[end]) > _OUTER for end in (0, -1)):
        return False
    heads = {label_core(cell.text) for cell in below.cells if cell.row == 0} & table_heads()
    return not heads or _repeated_rows(above, below) > 0


def stitch(above: Piece, below: Piece) -> Piece:
    """One piece of two that fit; both are used up."""
    edges = _union(above.edges, below.edges)
    _realign(above, edges)
    _realign(below, edges)
    repeated = _repeated_rows(above, below)
    if repeated:
        below.cells = [cell for cell in below.cells if cell.row >= repeated]
        for cell in below.cells:
            cell.row -= repeated
        below.rows -= repeated
    shift = above.rows
    if below.cells and _is_cut_row(above, below):
        shift -= 1
    _join_seam(above, below, cut=shift < above.rows)
    for cell in below.cells:
        cell.row += shift
    above.cells = sorted([*above.cells, *below.cells], key=lambda cell: (cell.row, cell.column))
    above.rows = shift + below.rows
    above.last_page, above.open_bottom = below.last_page, below.open_bottom
    return above


def _union(first: Sequence[float], second: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for edge in sorted([*first, *second]):
        if not edges or edge - edges[-1] > _INNER:
            edges.append(edge)
    return edges


def _realign(piece: Piece, edges: list[float]) -> None:
    """Give a piece's cells their columns among ``edges``."""
    places = [min(range(len(edges)), key=lambda index: abs(edges[index] - own)) for own in piece.edges]
    for cell in piece.cells:
        start, end = places[cell.column], places[cell.column + cell.colspan]
        cell.column, cell.colspan = start, max(end - start, 1)
    piece.edges = edges


def _row_texts(piece: Piece, row: int) -> list[str]:
    return [label_core(cell.text) for cell in piece.cells if cell.row == row]


def _repeated_rows(above: Piece, below: Piece) -> int:
    """How many rows at the top of ``below`` repeat the header of ``above``."""
    count = 0
    for row in range(min(_MAX_HEADER, above.rows, below.rows - 1)):
        mine, theirs = _row_texts(above, row), _row_texts(below, row)
        if mine != theirs or any(text.isdigit() for text in theirs) or not (row or any(theirs)):
            break
        count = row + 1
    while count and any(cell.row < count < cell.row + cell.rowspan for cell in below.cells):
        count -= 1  # a header ends where no cell hangs over
    return count


def _bottom(piece: Piece) -> dict[tuple[int, int], PieceCell]:
    """The cells that touch the last row, by column and colspan."""
    return {(cell.column, cell.colspan): cell for cell in piece.cells if cell.row + cell.rowspan == piece.rows}


def _top(piece: Piece) -> dict[tuple[int, int], PieceCell]:
    return {(cell.column, cell.colspan): cell for cell in piece.cells if cell.row == 0}


def _is_cut_row(above: Piece, below: Piece) -> bool:
    """Whether the page break cut a row: its halves are the last row above and the first row below."""
    last, first = _bottom(above), _top(below)
    places = sorted(place for place in last if place in first and last[place].rowspan == first[place].rowspan == 1)
    if not _reach_the_edge(places, columns=above.columns):
        return False
    halves = [(last[place].text, first[place].text) for place in places]
    if _is_cut_header(halves):
        return True
    if any(upper and lower and is_known(upper) and not is_known(upper + lower) for upper, lower in halves):
        return False
    wordy = [i for i, place in enumerate(places) if _is_words(last[place].text) or _is_words(first[place].text)]
    if not wordy:  # the values of the review table, which has no labels beside them: all of them on one of the pages
        is_bare = places[0][0] == 0
        return is_bare and not (any(upper for upper, _ in halves) and any(lower for _, lower in halves))
    label, values = places[wordy[-1]], places[wordy[-1] + 1 :]
    row = _Halves(
        labels=(last[label].text, first[label].text),
        values=[(last[place].text, first[place].text) for place in values],
        is_open=above.open_bottom or below.open_top,
    )
    return row.belong_together()


def _is_cut_header(halves: Sequence[tuple[str, str]]) -> bool:
    """Whether two rows are the upper and the lower lines of one row of labels."""
    cut = sum(bool(up and low) and not is_known(up) and not is_known(low) for up, low in halves)
    return cut > 1 and all(is_known(up + low) for up, low in halves)


@dataclass(frozen=True, slots=True)
class _Halves:
    """The last row above a page break and the first row below it: one row that was cut, or two?"""

    labels: tuple[str, str]
    values: list[tuple[str, str]]
    is_open: bool

    def belong_together(self) -> bool:
        upper, lower = self.labels
        uppers, lowers = [up for up, _ in self.values], [low for _, low in self.values]
        both = [(up, low) for up, low in self.values if up and low]
        if both and not (self.is_open and len(both) < len(self.values) / 2 and all(map(_may_wrap, both))):
            return False  # numbers are joined only where no rule parts them, and they look like one that wrapped
        if not any([lower, *lowers]) or not any([upper, *uppers]):
            return self.is_open
        if (
            any(uppers)
            and any(lowers)
            and not (upper and lower)
            and all(bool(up) != bool(low) for up, low in self.values)
        ):
            return True  # each value stands on one of the pages
        if not lower:
            return self.is_open or not all(uppers)
        if not upper:
            return not any(lowers)
        if self.values and is_known(upper + lower):
            return True
        if is_known(lower):
            return False
        return (self.is_open or not is_known(upper)) and any(uppers + lowers)


def _may_wrap(halves: tuple[str, str]) -> bool:
    upper, lower = halves
    return len(upper) >= 3 and len(lower) < len(upper) and upper[-1].isdigit() and lower[0].isdigit()


def _reach_the_edge(places: Sequence[tuple[int, int]], *, columns: int) -> bool:
    """Whether cells stand side by side up to the table's right edge."""
    ends = [column + span for column, span in places]
    return bool(places) and ends[-1] == columns and all(places[i + 1][0] == ends[i] for i in range(len(places) - 1))


def _is_words(text: str) -> bool:
    return bool(text.strip()) and not is_number_like(text)


def _join_seam(above: Piece, below: Piece, *, cut: bool) -> None:
    """Join the cells that the break cut: those of a cut row, and labels that span rows on both pages."""
    top = _top(below)
    for place, upper in _bottom(above).items():
        lower = top.get(place)
        if lower is None:
            continue
        is_row = upper.rowspan == lower.rowspan == 1
        if (cut and is_row) or (not is_row and _is_cut_label(upper, lower)):
            _merge(upper, lower, overlap=1 if cut else 0)
            below.cells.remove(lower)


def _is_cut_label(upper: PieceCell, lower: PieceCell) -> bool:
    if not lower.text or not upper.text:
        return True
    if upper.text == lower.text and is_known(upper.text):
        lower.text = ""  # the label was printed again
        return True
    return is_known(upper.text + lower.text) and not is_known(lower.text)


def _merge(upper: PieceCell, lower: PieceCell, *, overlap: int) -> None:
    if not upper.text:
        upper.page, upper.box = lower.page, lower.box
    upper.text += lower.text
    upper.rowspan += lower.rowspan - overlap
