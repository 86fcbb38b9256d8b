"""A table without rules whose columns are labels under labels, with one row of numbers: the review table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.forms import Block, Column, Row, TableSpec
from gouji.readers.lattice.found import Found
from gouji.readers.lattice.known import label_core
from gouji.readers.lattice.tokens import Token, column_of, find_columns, rows_of_values
from gouji.readers.lattice.words import DOUBT

_NEAR = 2.0
"""Lines next to one another are nearer than so many sizes."""
_DIGIT = re.compile(r"\d")
_MOST = 0.6
"""Share of the cells that must hold something."""


def read_across(tokens: Sequence[Token], spec: TableSpec, *, wrapped: bool) -> Found | None:
    """A table with one printed row: its columns are the numbers', or the headers' where some are blank.

    It begins with a word that is the whole label of a group, or else its columns must have their labels above them, be
    these in several lines.
    """
    found = Found()
    for block in spec.blocks:
        slots = [(row, column) for row in block.rows for column in block.columns]
        labels = {label_core(part) for row in block.rows for part in row.label}
        words = [token for token in tokens if not token.is_value]
        above = [token for token in words if label_core(token.text) in labels]
        top = min((token.y for token in above), default=float("-inf"))
        values = [token for token in tokens if token.is_value and token.y > top]
        rows = rows_of_values(values, wrapped=wrapped)
        rows = [row for row in rows if len(row) >= _MOST * len(slots)]
        if not rows:
            return None
        headers = [token for token in find_headers(words, block, below=rows[0][0].y) if token.y > top]
        columns = find_columns(rows[0], headers=headers, count=len(slots))
        if columns is None or not (above or _are_headed(columns, headers, slots)):
            return None
        for token in rows[0]:
            row, column = slots[column_of(token, columns)]
            found.values.setdefault((row.key, column.key), []).append(token)
        for token in tokens:
            if token not in rows[0] and _DIGIT.search(token.text) and _is_beside(token, rows[0]):
                row, column = slots[column_of(token, columns)]
                found.values.setdefault((row.key, column.key), []).append(replace(token, text=DOUBT))
        found.rows |= {row.key for row in block.rows}
        found.labels.append(1.0)
    return found


def _is_beside(token: Token, row: Sequence[Token]) -> bool:
    """Whether a word stands on a row's line, or next above or below it: what is a number there may be of the row."""
    return any(abs(token.y - value.y) < _NEAR * value.size for value in row)


def _are_headed(
    columns: Sequence[tuple[float, float]], headers: Sequence[Token], slots: Sequence[tuple[Row, Column]]
) -> bool:
    """Whether the words above the columns, line by line, make their labels."""
    texts = [""] * len(columns)
    for token in sorted(headers, key=lambda token: (token.y, token.x0)):
        texts[column_of(token, columns)] += label_core(token.text)
    right = sum(text == label_core(column.label[-1]) for text, (_, column) in zip(texts, slots, strict=True))
    return right >= _MOST * len(slots)


def find_headers(words: Sequence[Token], block: Block, *, below: float) -> list[Token]:
    """The words above the numbers that are (part of) a column's label."""
    labels = [label_core(column.label[-1]) for column in block.columns]
    near = [token for token in words if below - 9 * token.size < token.y < below]
    return [token for token in near if any(label_core(token.text) in label for label in labels)]
