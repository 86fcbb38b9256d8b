"""Rows that the form's next row does not follow: where markup was lost, two rows may have become one.

A page cut within one row and joined again within a later one shows a row like any other: the first one's label, some of
its values, and then the later one's. Nothing in its shape tells. What tells is that the rows between are gone. Nor does
the row's own sum, when the cut lies in its label; so a row before a gap counts in full only if all columns add up
without the rows that are gone.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise, zip_longest

from gouji.forms.evaluate import evaluate
from gouji.forms.spec import TableSpec
from gouji.model.finding import Message, Note
from gouji.model.raw import Grid
from gouji.model.report import Value
from gouji.model.source import NOWHERE
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_rows import Record
from gouji.normalizer.grids_values import as_term, doubted, inferred
from gouji.normalizer.grids_vocab import Vocabulary, is_value
from gouji.normalizer.labels import How

_FEW = 3
"""Of more gaps a page makes a habit: it leaves out the rows of nothing."""


def find_open(records: Sequence[Record], lines: Sequence[Line], vocab: Vocabulary) -> set[int]:
    """The identities of the records that are not followed by the row the form puts next.

    Args:
        records: Of the table, in printed order.
        lines: Of the table, to see where rows of another one stand between.
        vocab: Of the table.
    """
    mine = {(id(line.grid), line.row) for line in lines}
    found = {id(record) for record, after in pairwise(records) if after.key is None and after.valued}
    known = [record for record in records if record.key is not None]
    last = len(vocab.order) - 1
    for record, after in zip_longest(known, known[1:]):
        if after is not None and after.key == record.key and not (after.valued and record.valued):
            continue  # one row in two halves
        order = vocab.order[record.key or ""]
        following = None if after is None else vocab.order[after.key or ""]
        ends = order == last and following in (None, 0)  # the table, or one of several
        if not (ends or following == order + 1) or _is_parted(record, after, mine, values=order == last):
            found.add(id(record))
    return found


def _is_parted(record: Record, after: Record | None, mine: Container[tuple[int, int]], *, values: bool) -> bool:
    """Whether a row of another table stands next in the grid; ``values``: one with a number in it.

    Or the grid ends, and in the one in which the table goes on rows of another table stand first.
    """
    line = (record, *record.rest)[-1].line
    row = line.row + 1
    if row >= line.grid.rows:
        return after is not None and after.line.grid is not line.grid and _begins_otherwise(after.line, mine)
    if (id(line.grid), row) in mine:
        return False
    return not values or any(cell.row == row and cell.text and is_value(cell.text) for cell in line.grid.by_row[row])


def _begins_otherwise(line: Line, mine: Container[tuple[int, int]]) -> bool:
    """Whether a row with several words, and of no part of the table, stands above a line in its grid."""
    return any(
        (id(line.grid), row) not in mine and sum(bool(cell.text) for cell in line.grid.by_row[row]) > 1
        for row in range(line.row)
    )


def doubt_open(cells: dict[str, Value], records: Sequence[Record], spec: TableSpec, *, odd: bool) -> list[Note]:
    """Doubt what stands in rows before a gap, where the columns do not add up without the rows that are gone.

    A row whose label is sure and whose own sums hold, if it has any, is *inferred*; any other is ambiguous. Where the
    columns do add up, a row of nothing may have taken the numbers of the one that is gone, and only spans of rows would
    show it: without any, a row before one of few gaps is *inferred* by the columns.

    Args:
        cells: Of the table, by id; changed.
        records: The rows.
        spec: The table, for its sums.
        odd: Whether other rows are not as they should be either. Then the columns prove nothing: they add up as well
            where a row without numbers has taken those of the next one.
    """
    notes: list[Note] = []
    adds_up = bool(records) and not odd and _adds_up(cells, spec)
    if adds_up and (len(records) > _FEW or any(_has_spans(record.line.grid) for record in records)):
        return notes
    for record in records:
        prefix = f"{spec.key}.{record.key}."
        row = {name: value for name, value in cells.items() if name.startswith(prefix) and value.value is not None}
        if not row or (adds_up and not any(value.value for value in row.values())):
            continue
        sound = adds_up or (record.how in (How.EXACT, How.CORE) and _row_holds(cells, record.key or "", spec))
        evidence = "column-sums" if adds_up else "own-label"
        for name, value in row.items():
            cells[name] = inferred(value, evidence) if sound else doubted(value)
        notes.append(_note(tuple(row), next(iter(row.values())), adds_up=adds_up))
    return notes


def _has_spans(grid: Grid) -> bool:
    return any(cell.rowspan > 1 for cell in grid.cells)


def doubt_damaged(cells: dict[str, Value], spec: TableSpec) -> list[Note]:
    """Where a document shows that it is damaged, a row that does not add up may be our doing: ambiguous.

    Args:
        cells: Of a table, by id; changed.
        spec: The table, for its sums.
    """
    notes: list[Note] = []
    for key in (row.key for block in spec.blocks for row in block.rows):
        prefix = f"{spec.key}.{key}."
        row = {name: value for name, value in cells.items() if name.startswith(prefix) and value.value is not None}
        if not row or _row_holds(cells, key, spec):
            continue
        cells.update({name: doubted(value) for name, value in row.items()})
        message = Message(
            zh="网页的表格有残缺，该行合计不成立，可能是读取所致",
            en="the page's tables are damaged, and this row does not add up",
        )
        where = next(iter(row.values())).where or NOWHERE
        notes.append(Note(code="TABLE-DAMAGED", message=message, where=where, cells=tuple(row)))
    return notes


def doubt_joined(cells: dict[str, Value], spec: TableSpec) -> list[Note]:
    """In a damaged document the one line of a table may be the pieces of two, with as many cells as it should have.

    No row above or below tells. What adds up is *inferred*; what adds up to nothing is in doubt.

    Args:
        cells: Of a table whose rows stand side by side, by id; changed.
        spec: The table, for its sums.
    """
    notes: list[Note] = []
    for key in (row.key for block in spec.blocks for row in block.rows):
        prefix = f"{spec.key}.{key}."
        row = {name: value for name, value in cells.items() if name.startswith(prefix) and value.value is not None}
        if not row:
            continue
        confirmed = any(value.value for value in row.values())
        cells.update({name: inferred(value, "row-sum") if confirmed else doubted(value) for name, value in row.items()})
        message = Message(
            zh="网页的表格有残缺，该行只能由本行合计证实",
            en="the page's tables are damaged; nothing but its own sum can say that this row is whole",
        )
        where = next(iter(row.values())).where or NOWHERE
        notes.append(Note(code="TABLE-DAMAGED", message=message, where=where, cells=tuple(row)))
    return notes


def _row_holds(cells: dict[str, Value], key: str, spec: TableSpec) -> bool:
    prefix = f"{spec.key}.{key}."
    equations = [item for item in spec.equations if all(name.startswith(prefix) for name in item.cells)]
    return all(evaluate(item, {name: as_term(cells.get(name)) for name in item.cells}).holds for item in equations)


def _adds_up(cells: dict[str, Value], spec: TableSpec) -> bool:
    """Whether all columns add up without the rows that are missing, and to something: nothing of weight is lost."""
    equations = [item for item in spec.equations if item.rule.each == "column"]
    numbers = {name: as_term(cells[name]) if name in cells else 0 for item in equations for name in item.cells}
    return any(numbers.values()) and all(evaluate(item, numbers).holds for item in equations)


def _note(names: tuple[str, ...], value: Value, *, adds_up: bool) -> Note:
    message = Message(
        zh="表式中的下一行缺失，该行可能由两行拼接而成，且各列合计不能证实",
        en="the form's next row is missing; this row may be two run into one, and no column says that it is not",
    )
    if adds_up:
        message = Message(
            zh="表式中的下一行缺失，该行的数字只由各列合计证实",
            en="the form's next row is missing; only the columns say that the numbers of this row are its own",
        )
    return Note(code="ROW-GAP", message=message, where=value.where or NOWHERE, cells=names)
