"""Where in a document the statutory tables stand: from a heading or a table's own first words to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from gouji.forms import Form, editions
from gouji.readers.known import label_core
from gouji.readers.lattice.prose import Line

_FEW = 8
"""A heading has at most this many characters beside the official words."""


@cache
def _headings() -> tuple[tuple[str, str | None], ...]:
    """Words that begin a section or a table, and the table's key, longest first."""
    found: dict[str, str | None] = {}
    for form in editions().values():
        found.update((label_core(section.heading), None) for section in form.sections)
    for form in editions().values():
        for table in form.tables:
            found[label_core(table.title)] = table.key
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def _openings() -> tuple[tuple[str, str], ...]:
    """Words that only a table's first lines have."""
    found: dict[str, str] = {}
    for form in editions().values():
        for table in form.tables:
            for block in table.blocks[:1]:
                if block.title:
                    found[label_core(block.title)] = table.key
            if table.head:
                found[label_core(table.head)[:8]] = table.key
            if table.group:
                found[label_core(table.group)] = table.key
            if table.layout == "across":
                found[
                    "".join(dict.fromkeys(label_core(row.label[0]) for block in table.blocks for row in block.rows))
                ] = table.key
    return tuple(found.items())


def find_zones(lines: Sequence[Line]) -> list[tuple[str, int, int]]:
    """Table key, first and last line (exclusive) of every part of a document where that table may stand."""
    marks: list[tuple[int, str | None]] = []
    for index, line in enumerate(lines):
        key = _mark(line)
        if key is not False and (not marks or marks[-1][1] != key):
            marks.append((index, key))  # type: ignore[arg-type]
    ends = [*(index for index, _ in marks[1:]), len(lines)][: len(marks)]
    return [(key, start, end) for (start, key), end in zip(marks, ends, strict=True) if key is not None]


def _mark(line: Line) -> str | bool | None:
    """The key of the table that a line announces, ``None`` for a section without table, ``False`` for other lines."""
    text = label_core(line.text)
    for words, table in _headings():
        if words in text and len(text) <= len(words) + _FEW and not re.search(r"[。，,；;]", line.text):
            return table
    for words, key in _openings():
        if text.startswith(words):
            return key
    return False


def tables_missing(forms: Sequence[Form], texts: Iterable[str]) -> set[str]:
    """Keys of the tables of which hardly a row label is among ``texts`` (the cells of the ruled tables)."""
    present = {label_core(text) for text in texts}
    missing = set()
    for key in {table.key for form in forms for table in form.tables}:
        shares = []
        for form in forms:
            spec = form.table(key)
            axis = [row.label[-1] for block in spec.blocks for row in block.rows]
            labels = {label_core(label) for label in axis}
            shares.append(len(labels & present) / len(labels))
        if max(shares) < 0.3:
            missing.add(key)
    return missing
