"""A table that is printed as the form prescribes it, read at a glance.

All rows of its grids, every row of the form once and in its order, every value in a cell of its own under its header,
and nothing but blank cells between the row's label and the first of them: then no row has lost or gained a cell, and
nothing is left to decide. What is unlike that in anything goes the longer way (``grids_rows``, ``grids_cells``), which
would find the same here.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from gouji.normalizer.grids_cells import Draft, count_labels, find_units, finish, note_scale
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_rows import Reading, Record
from gouji.normalizer.grids_values import read_plainly
from gouji.normalizer.grids_vocab import Vocabulary
from gouji.normalizer.reading import TableReading

_column_of = attrgetter("column")


def has_its_rows(reading: Reading, lines: Sequence[Line], vocab: Vocabulary) -> bool:
    """Whether every row of the form is printed once and in its order, and nothing else; arguments as below."""
    if [record.key for record in reading.records] != vocab.row_keys or not all(line.sound for line in lines):
        return False
    return sum(grid.rows for grid in {id(line.grid): line.grid for line in lines}.values()) == len(lines)


def read_plain(reading: Reading, lines: Sequence[Line], vocab: Vocabulary) -> TableReading | None:
    """The reading of a table in which nothing is unlike the form, else nothing.

    Args:
        reading: Its rows, as they are found: those of the form (:func:`has_its_rows`).
        lines: Of the table, in printed order.
        vocab: The table and edition supposed.
    """
    records = reading.records
    draft = Draft()
    if not all(_read_row(record, vocab, draft) for record in records):
        return None
    rows, others = count_labels(records, lines, reading)
    return finish(draft, lines, vocab=vocab, labels=rows + others, notes=draft.notes) if others else None


def _read_row(record: Record, vocab: Vocabulary, draft: Draft) -> bool:
    """Read a row into the draft, if each of its values stands where it should."""
    key, line, frame = record.key or "", record.line, record.frame
    slots, money = vocab.slots[key], vocab.money[key]
    if frame is None or frame.keys != vocab.keys[key]:
        return False
    way = line.cells[-len(slots) :]
    if frame.start != record.start and not _is_blank_between(record, frame.start):
        return False
    if list(map(_column_of, way)) != frame.starts or way[-1].column + way[-1].colspan != frame.end:
        return False
    if not read_plainly(way, slots, draft.cells, row=line.row, units=find_units(record, money)):
        return False
    draft.used.update(map(id, way))
    if money:
        note_scale(record, money, draft)
    return True


def _is_blank_between(record: Record, start: int) -> bool:
    """Whether a row has only blank cells of its own between its label and its values: where others have a span."""
    line = record.line
    between = [cell for cell in line.cells if record.start <= cell.column < start]
    return record.start < start and all(not cell.text and cell.row == line.row for cell in between)
