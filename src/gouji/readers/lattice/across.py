"""A table without rules whose columns are labels under labels, with one row of numbers: the review table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.forms import Block, Column, Row, TableSpec
from gouji.readers.known import label_core
from gouji.readers.lattice.found import Found, broken_sums
from gouji.readers.lattice.tokens import Token, column_of, find_columns, rows_of_values
from gouji.readers.lattice.words import DOUBT

_NEAR = 2.0
"""Lines next to one another are nearer than so many sizes."""
_BELOW = 6.0
"""What is printed below a row by less than so many sizes may be of it."""
_ONE_LINE = 0.3
"""Two numbers in one column whose baselines are nearer than this are no number in two lines."""
_DIGIT = re.compile(r"\d")
_MOST = 0.6
"""Share of the cells that must hold something."""


def read_across(tokens: Sequence[Token], spec: TableSpec, *, wrapped: bool) -> Found | None:
    """A table with one printed row: its columns are the numbers', or the headers' where some are blank.

    It begins with a word that is the whole label of a group, or else its columns must have their labels above them, be
    these in several lines. Where most of its cells are blank, all labels must stand there, and all sums hold.
    """
    found = Found()
    for block in spec.blocks:
        slots = [(row, column) for row in block.rows for column in block.columns]
        labels = {label_core(part) for row in block.rows for part in row.label}
        words = [token for token in tokens if not token.is_value]
        above = [token for token in words if label_core(token.text) in labels]
        top = min((token.y for token in above), default=float("-inf"))
        rows = rows_of_values([token for token in tokens if token.is_value and token.y > top], wrapped=wrapped)
        full = next((row for row in rows if len(row) >= _MOST * len(slots)), None)
        for row in [full] if full else rows:
            headers = [token for token in find_headers(words, block, below=row[0].y) if token.y > top]
            columns = find_columns(row if full else (), headers=headers, count=len(slots))
            share = 1.0 if not full else 0.0 if above else _MOST
            if columns is not None and _are_headed(columns, headers, slots, share=share):
                if not full and (_are_others(row, headers, tokens=tokens) or not _are_under(row, columns)):
                    return None
                _place(found, row, tokens=tokens, columns=columns, slots=slots)
                break
        else:
            return None
        found.rows |= {row.key for row in block.rows}
        found.labels.append(1.0)
        if not full and broken_sums(spec, found.values):
            return None
    return found


def _place(
    found: Found,
    values: Sequence[Token],
    *,
    tokens: Sequence[Token],
    columns: Sequence[tuple[float, float]],
    slots: Sequence[tuple[Row, Column]],
) -> None:
    """Put the values into their columns, and doubt where other numbers stand beside them."""
    for token in values:
        row, column = slots[column_of(token, columns)]
        cell = found.values.setdefault((row.key, column.key), [])
        if any(abs(other.y - token.y) < _ONE_LINE * token.size for other in cell):
            cell.append(replace(token, text=DOUBT))
        cell.append(token)
    for token in tokens:
        if token not in values and _DIGIT.search(token.text) and _is_beside(token, values):
            row, column = slots[column_of(token, columns)]
            found.values.setdefault((row.key, column.key), []).append(replace(token, text=DOUBT))


def _are_under(row: Sequence[Token], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether every number stands under a label: set at the other side of a column, it is as near to the next one's."""
    return all(any(token.x0 < x1 and x0 < token.x1 for x0, x1 in columns) for token in row)


def _are_others(row: Sequence[Token], headers: Sequence[Token], *, tokens: Sequence[Token]) -> bool:
    """Whether digits stand under the headers that are not in the row: it is not nearly blank, but not understood."""
    top = max(token.y for token in headers)
    bottom = max(token.y + _BELOW * token.size for token in row)
    return any(_DIGIT.search(token.text) and token not in row for token in tokens if top < token.y < bottom)


def _is_beside(token: Token, row: Sequence[Token]) -> bool:
    """Whether a word stands on a row's line, or next above or below it: what is a number there may be of the row."""
    return any(abs(token.y - value.y) < _NEAR * value.size for value in row)


def _are_headed(
    columns: Sequence[tuple[float, float]],
    headers: Sequence[Token],
    slots: Sequence[tuple[Row, Column]],
    *,
    share: float,
) -> bool:
    """Whether the words above the columns, line by line, make their labels: this share of them."""
    texts = [""] * len(columns)
    for token in sorted(headers, key=lambda token: (token.y, token.x0)):
        texts[column_of(token, columns)] += label_core(token.text)
    right = sum(text == label_core(column.label[-1]) for text, (_, column) in zip(texts, slots, strict=True))
    return right >= share * len(slots)


def find_headers(words: Sequence[Token], block: Block, *, below: float) -> list[Token]:
    """The words above the numbers that are (part of) a column's label."""
    labels = [label_core(column.label[-1]) for column in block.columns]
    near = [token for token in words if below - 9 * token.size < token.y < below]
    return [token for token in near if any(label_core(token.text) in label for label in labels)]
