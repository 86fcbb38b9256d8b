"""Tables in a shape of their own - turned round article by article, a list of single figures - read value by value.

The last way, where no other finds the table: every number must have just one row and one column of the form among the
labels left of it and above it, none may be left over, and half of the table at least must be there.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.forms.spec import Slot
from gouji.model.raw import Cell
from gouji.normalizer.counters import counting_cells
from gouji.normalizer.grids_cells import Draft, finish
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_values import inferred, read_value
from gouji.normalizer.grids_vocab import Hits, Vocabulary, is_value
from gouji.normalizer.reading import TableReading
from gouji.text.numbers import find_unit


def read_crossed(lines: Sequence[Line], number: int, vocab: Vocabulary) -> list[TableReading]:
    """Read a table by the labels around each value; nothing where a single number has not just one place.

    Args:
        lines: Of one table, in printed order.
        number: Of the vocabulary in the hits.
        vocab: The table and edition supposed.
    """
    draft = Draft()
    labels: set[str] = set()
    counters = counting_cells(lines)
    above: list[tuple[Cell, Hits]] = []
    grid = None
    for line in lines:
        if line.grid is not grid:
            grid, above = line.grid, []
        if _is_title(line, number):
            above = []
        for cell in line.cells:
            if cell.row != line.row or id(cell) in counters or not is_value(cell.text):
                continue
            place = _place(_around(cell, line, above), number=number, vocab=vocab)
            if place is None:
                if cell.text:
                    return []
                continue
            slot, unit = place
            if slot.id in draft.cells and not cell.text:
                continue  # an empty column behind the figures
            if slot.id in draft.cells or cell.rowspan > 1:
                return []
            draft.cells[slot.id] = inferred(read_value(cell, slot.column, unit=unit), "labels")
            draft.used.add(id(cell))
            labels |= {slot.row.key, slot.column.key}
        above = [(cell, line.hits(cell)) for cell in line.cells if cell.row == line.row and cell.text] + above
    if len(draft.cells) * 2 < len(vocab.spec.slots):
        return []  # a piece of a table: what is odd about it is damage
    return [finish(draft, lines, vocab=vocab, labels=len(labels), notes=draft.notes)]


def _is_title(line: Line, number: int) -> bool:
    """Whether a row is only the title of a block: what stands above it says nothing of what stands below."""
    return len(line.cells) == 1 and any(number in hits.titles for _, hits in line.own)


def _around(cell: Cell, line: Line, above: Sequence[tuple[Cell, Hits]]) -> list[tuple[Cell, Hits]]:
    """The labels left of a value, nearest first, and the nearest one above it."""
    left = [(other, line.hits(other)) for other in reversed(line.cells) if other.column < cell.column and other.text]
    end = cell.column + cell.colspan
    over = (pair for pair in above if pair[0].column < end and pair[0].column + pair[0].colspan > cell.column)
    top = next((pair for pair in over if not is_value(pair[0].text)), None)
    return [pair for pair in (*left, *([top] if top else [])) if pair[1]]


def _place(around: Sequence[tuple[Cell, Hits]], *, number: int, vocab: Vocabulary) -> tuple[Slot, str | None] | None:
    """The slot of a value, and the unit that its labels name; ``None`` where they are not of one row and one column."""
    rows = {hits.rows[number].key for _, hits in around if number in hits.rows}
    columns = {hits.columns[number].key for _, hits in around if number in hits.columns}
    if len(rows) != 1 or len(columns) != 1:
        return None
    slots = [slot for row in rows for slot in vocab.slots[row] if slot.column.key in columns]
    units = [unit for label, _ in around if (unit := find_unit(label.text))]
    return (slots[0], units[0] if units else None) if slots else None
