"""Read the statutory tables of a document whose cells have known positions: HTML, Word, ruled PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.forms.spec import Form
from gouji.model.finding import Note
from gouji.model.raw import Cell, Grid, RawDocument
from gouji.model.report import Leftover, Value
from gouji.normalizer.grids_frame import Frame, is_header, read_frame
from gouji.normalizer.grids_values import find_unit, read_value
from gouji.normalizer.grids_vocab import Vocabulary, vocabularies
from gouji.normalizer.reading import TableReading
from gouji.text.numbers import is_number_like


def read_grids(document: RawDocument, forms: Sequence[Form]) -> list[TableReading]:
    """Read every statutory table that stands in the grids of a document.

    Args:
        document: From any reader that knows positions.
        forms: The editions that may occur, oldest first.

    Returns:
        At most one reading a table, in the order of the form.
    """
    readings: list[TableReading] = []
    keys = dict.fromkeys(table.key for form in forms for table in form.tables)
    grids = [(index, block) for index, block in enumerate(document.blocks) if isinstance(block, Grid)]
    for key in keys:
        candidates: list[TableReading] = []
        for form in forms:
            candidates.extend(_read_table(grids, vocab) for vocab in vocabularies(form) if vocab.spec.key == key)
        best = max(candidates, key=lambda reading: (reading.labels, reading.edition), default=None)
        if best is not None and best.cells:
            readings.append(best)
    return readings


@dataclass
class _Draft:
    cells: dict[str, Value] = field(default_factory=dict)
    labels: int = 0
    notes: list[Note] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)


def _read_table(grids: Sequence[tuple[int, Grid]], vocab: Vocabulary) -> TableReading:
    draft = _Draft()
    for index, grid in grids:
        part = _Draft()
        if vocab.spec.layout == "across":
            _read_across(grid, vocab, part)
        else:
            _read_rows(grid, vocab, part)
        if part.labels >= 2 and part.cells:
            draft.cells.update(part.cells)
            draft.labels += part.labels
            draft.leftovers += part.leftovers
            draft.blocks.append(index)
    return TableReading(
        table=vocab.spec.key,
        edition=vocab.edition,
        cells=draft.cells,
        labels=draft.labels,
        notes=tuple(draft.notes),
        leftovers=tuple(draft.leftovers),
        blocks=tuple(draft.blocks),
    )


def _read_rows(grid: Grid, vocab: Vocabulary, draft: _Draft) -> None:
    frame: Frame | None = None
    header: list[int] = []
    for index, row in enumerate(grid.by_row):
        if is_header(row, index, vocab):
            header = [*header, index] if header and header[-1] == index - 1 else [index]
            frame = read_frame(grid, header, vocab)
            draft.labels += 1
            continue
        leaf = _leaf(row, vocab)
        if leaf is None:
            draft.leftovers += [
                Leftover(raw=cell.text, where=cell.where)
                for cell in row
                if cell.row == index and any(char.isdigit() for char in cell.text) and is_number_like(cell.text)
            ]
            continue
        match = vocab.rows.match(leaf.text)
        if match is None:
            continue
        draft.labels += 1
        columns = vocab.block[match.key].columns
        values = [cell for cell in row if cell.column >= leaf.column + leaf.colspan]
        if len(values) == len(columns):
            for cell, column in zip(values, columns, strict=True):
                unit = None
                if frame is not None:
                    unit = next((find_unit(span.label) for span in frame.spans if span.key == column.key), None)
                draft.cells[f"{vocab.spec.key}.{match.key}.{column.key}"] = read_value(cell, column, unit=unit)


def _leaf(row: Sequence[Cell], vocab: Vocabulary) -> Cell | None:
    found = None
    for cell in row:
        if cell.text and not is_number_like(cell.text) and vocab.rows.match(cell.text):
            found = cell
    return found


def _read_across(grid: Grid, vocab: Vocabulary, draft: _Draft) -> None:
    block = vocab.spec.blocks[0]
    leaves: list[Cell] = []
    for cell in grid.cells:
        if cell.text and (vocab.columns.match(cell.text) or vocab.rows.match(cell.text)):
            draft.labels += 1
            if vocab.columns.match(cell.text):
                leaves.append(cell)
    leaves.sort(key=lambda cell: cell.column)
    slots = [(row.key, column) for row in block.rows for column in block.columns]
    if len(leaves) != len(slots):
        return
    last = max(cell.row for cell in leaves)
    for row in range(last + 1, grid.rows):
        cells = grid.by_row[row]
        if len(cells) == len(slots):
            for cell, (key, column) in zip(cells, slots, strict=True):
                draft.cells[f"{vocab.spec.key}.{key}.{column.key}"] = read_value(cell, column)
            return
