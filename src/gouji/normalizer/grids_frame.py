"""Which grid column is which column of the form, and which cells of a row are its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.model.raw import Cell, Grid
from gouji.normalizer.grids_vocab import Vocabulary
from gouji.text.numbers import is_number_like


@dataclass(frozen=True, slots=True)
class Span:
    """Grid columns ``start`` up to ``end`` (exclusive) carry the form's column ``key``, printed as ``label``."""

    start: int
    end: int
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns that a header names, left to right."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """First grid column of the values."""
        return self.spans[0].start


def is_header(row: Sequence[Cell], index: int, vocab: Vocabulary) -> bool:
    """Whether a row names columns: two of them, or one and nothing that could be a row."""
    own = [cell for cell in row if cell.row == index and cell.text]
    hits = [cell for cell in own if vocab.columns.match(cell.text)]
    if len(hits) >= 2:
        return True
    if len(hits) != 1 or any(is_number_like(cell.text) for cell in own):
        return False
    return vocab.rows.match(hits[0].text) is None and not any(vocab.rows.match(cell.text) for cell in own)


def read_frame(grid: Grid, rows: Sequence[int], vocab: Vocabulary) -> Frame | None:
    """The columns named by consecutive header rows; blank header cells widen the column to their left."""
    spans: list[Span] = []
    for row in rows:
        spans.extend(
            Span(cell.column, cell.column + cell.colspan, match.key, cell.text)
            for cell in grid.by_row[row]
            if cell.row == row and cell.text and (match := vocab.columns.match(cell.text))
        )
    spans.sort(key=lambda span: span.start)
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].key == span.key and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end), span.key, span.label)
        elif merged and span.start < merged[-1].end:
            return None
        else:
            merged.append(span)
    return Frame(tuple(merged)) if merged else None
