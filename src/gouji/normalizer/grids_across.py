"""Read a table whose rows stand side by side (行政复议 · 行政诉讼) or stacked: by the labels around each value."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from gouji.forms.spec import Block
from gouji.model.raw import Cell
from gouji.model.report import State, Value
from gouji.normalizer.grids_cells import Draft, finish, lay_over, read_placed
from gouji.normalizer.grids_frame import Frame, Span
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_place import Placement, Usual, place
from gouji.normalizer.grids_vocab import COLUMN, Hits, Vocabulary, is_value
from gouji.normalizer.reading import TableReading
from gouji.text.fold import fold

_MOST_HEADERS = 20
"""So many label rows may be one header; of more the last ones are."""


class Leaf(NamedTuple):
    """A result label of the header: the grid columns under it, its key, and the key of the row over it, if known."""

    start: int
    end: int
    column: str | None
    row: str | None


@dataclass(kw_only=True)
class _Header:
    """Consecutive label rows and what they say."""

    number: int
    vocab: Vocabulary
    lines: list[Line] = field(default_factory=list)
    _leaves: tuple[Leaf, ...] | None = None

    def add(self, line: Line) -> None:
        """Take a further row; of very many the last ones count."""
        self.lines = [*self.lines[1 - _MOST_HEADERS :], line]
        self._leaves = None

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The result labels, read when they are asked for."""
        if self._leaves is None:
            self._leaves = _read_leaves(self.lines, self.number, self.vocab)
        return self._leaves


def read_across(lines: Sequence[Line], number: int, vocab: Vocabulary) -> list[TableReading]:
    """Every instance of the table in these lines: label rows make a header, other rows are values under it."""
    drafts: list[tuple[Draft, list[Line]]] = [(Draft(), [])]
    labels = [0]
    header = _Header(number=number, vocab=vocab)
    closed = False
    rows = {(id(line.grid), line.row) for line in lines}
    for line in lines:
        if _is_label_row(line, header, number=number):
            if closed:
                header, closed = _Header(number=number, vocab=vocab), False
            header.add(line)
            drafts[-1][1].append(line)
            continue
        part = _read_values(line, header, number=number, vocab=vocab, rows=rows)
        values = part.cells
        if closed and line.grid is not header.lines[-1].grid and _tells_nothing(values, beside=drafts[-1][0].cells):
            drafts[-1][1].append(line)
            continue
        if values and not closed and _again(drafts[-1][0].cells, values):
            drafts.append((Draft(), list(header.lines)))
            labels.append(0)
            for held in header.lines:
                drafts[-2][1].remove(held)
        if values and not closed:
            labels[-1] += len(header.leaves)
        closed = closed or bool(values)
        draft, held_lines = drafts[-1]
        held_lines.append(line)
        draft.used |= part.used
        draft.blank |= part.blank
        draft.merged |= part.merged
        if draft.cells.keys().isdisjoint(values):
            draft.cells.update(values)
            continue
        rival = _contradicts(draft.cells, values)
        for key, value in values.items():
            known = draft.cells.get(key)
            draft.cells[key] = lay_over(known, value) if known is None or not rival else _opened(known, value)
    return [
        finish(draft, held, vocab=vocab, labels=count, notes=draft.notes)
        for (draft, held), count in zip(drafts, labels, strict=True)
        if draft.cells
    ]


def _contradicts(known: dict[str, Value], values: dict[str, Value]) -> bool:
    """Whether a further row has other numbers: it is that of another year or body, not the other half of the first."""
    return any(
        (before := known.get(key)) is not None
        and None not in (before.value, value.value)
        and before.value != value.value
        for key, value in values.items()
    )


def _opened(known: Value, value: Value) -> Value:
    """One cell of two rows, of which nothing says which is meant."""
    numbers = [number for item in (known, value) for number in (item.value, *item.readings) if number is not None]
    if not numbers:
        return known
    return known._replace(value=None, state=State.AMBIGUOUS, readings=tuple(dict.fromkeys(numbers)), evidence=None)


def _tells_nothing(values: dict[str, Value], *, beside: dict[str, Value]) -> bool:
    """Whether none of a row's values has a place of its own, and each of the places has its value already."""
    return bool(values) and all(
        value.state is State.AMBIGUOUS and key in beside and beside[key].state is not State.AMBIGUOUS
        for key, value in values.items()
    )


def _again(known: dict[str, Value], values: dict[str, Value]) -> bool:
    """Whether values under a new header are those of a table that has been read already, and was not all blank."""
    return not known.keys().isdisjoint(values) and any(value.raw for value in known.values())


def _is_label_row(line: Line, header: _Header, *, number: int) -> bool:
    """Whether a row has labels, and no values beside them; a blank row that only names itself is a row of values."""
    labels = line.own
    if not any(number in hits.rows or number in hits.columns or number in hits.titles for _, hits in labels):
        return False
    own = [(cell, line.hits(cell)) for cell in line.cells if cell.row == line.row and cell.text]
    if any(number in hits.columns for _, hits in own):
        return sum(1 for cell, _ in own if is_value(cell.text)) * 2 < len(own)
    if any(is_value(cell.text) for cell, _ in own):
        return False
    beside = header.leaves and any(leaf.row is None for leaf in header.leaves)
    return not (beside and any(number in hits.rows and cell.column < header.leaves[0].start for cell, hits in own))


def _read_leaves(lines: Sequence[Line], number: int, vocab: Vocabulary) -> tuple[Leaf, ...]:
    """The result labels of a header, left to right, each with the row label over it."""
    first = next(
        (index for index, line in enumerate(lines) if any(number in hits.columns for _, hits in line.labelled)), None
    )
    if first is None:
        return ()
    over: dict[int, tuple[Cell, str | None]] = {}
    groups: dict[int, str] = {}
    for index, line in enumerate(lines):
        for cell in line.cells:
            if cell.row != line.row or not cell.text:
                continue
            hits = line.hits(cell)
            columns = range(cell.column, cell.column + cell.colspan)
            if number in hits.rows:
                for column in columns:
                    groups[column] = hits.rows[number].key
            if number in hits.columns or (index >= first and not hits):
                match = hits.columns.get(number) or vocab.match(COLUMN, cell.text)
                for column in columns:
                    over[column] = cell, match.key if match else None
    flat = _in_reading_order(lines, number, vocab.spec.blocks[0])
    if flat:
        return flat
    leaves: list[Leaf] = []
    last: Cell | None = None
    for column in sorted(over):
        cell, key = over[column]
        if cell is last:
            leaves[-1] = leaves[-1]._replace(end=column + 1)
        else:
            leaves.append(Leaf(column, column + 1, key, groups.get(column)))
        last = cell
    return _complete(leaves, vocab.spec.blocks[0])


def _in_reading_order(lines: Sequence[Line], number: int, block: Block) -> tuple[Leaf, ...]:
    """The leaves of a header whose cells span no rows any more: its result labels, line by line, stand in its order.

    Nothing where a result label spans, where the form's first row does not stand first, where the labels stand side by
    side in one line, as those of a whole header do, or each in a column of its own.
    """
    own: list[tuple[Cell, Hits]] = []
    for line in lines:
        for cell in line.cells:
            if cell.row == line.row and cell.text:
                hits = line.hits(cell)
                if cell.rowspan > 1 or (cell.colspan > 1 and number in hits.columns):
                    return ()
                own.append((cell, hits))
    if any(cell.colspan > 1 for cell, _ in own) and not _stands_first(block.rows[0].key, own, number=number):
        return ()
    labels = [
        (cell, match.key)
        for line in lines
        for cell, hits in line.own
        if (match := hits.columns.get(number)) is not None
    ]
    expected = [(row.key, column.key) for row in block.rows for column in block.columns]
    if [key for _, key in labels] != [column for _, column in expected] or len({cell.row for cell, _ in labels}) < 2:
        return ()
    if len({cell.column for cell, _ in labels}) == len(labels):
        return ()  # blank cells stand in place of the spans: each label is over its own values
    return tuple(Leaf(at, at + 1, column, row) for at, (row, column) in enumerate(expected))


def _stands_first(row: str, own: Sequence[tuple[Cell, Hits]], *, number: int) -> bool:
    """Whether the label of a row is at the left end of the header."""
    return any(cell.column == 0 and number in hits.rows and hits.rows[number].key == row for cell, hits in own)


def _complete(leaves: Sequence[Leaf], block: Block) -> tuple[Leaf, ...]:
    """Fill in what the order of the form leaves no choice about: all its columns are there, in its order."""
    expected = [(row.key, column.key) for row in block.rows for column in block.columns]
    if len(leaves) == len(expected):
        if [(leaf.row, leaf.column) for leaf in leaves] == expected:
            return tuple(leaves)
        if all(
            leaf.column in (None, column) and leaf.row in (None, row)
            for leaf, (row, column) in zip(leaves, expected, strict=True)
        ) and sum(leaf.column is None for leaf in leaves) * 3 <= len(leaves):
            return _named(leaves, expected)
        if _are_spans_off(leaves, expected, block):
            return _named(leaves, expected)
    elif len(leaves) == len(block.columns):
        rows = {leaf.row for leaf in leaves} - {None}
        named = [column.key for column in block.columns]
        if len(rows) <= 1 and all(leaf.column in (None, key) for leaf, key in zip(leaves, named, strict=True)):
            row = next(iter(rows), None)
            return tuple(Leaf(leaf.start, leaf.end, key, row) for leaf, key in zip(leaves, named, strict=True))
    if len(leaves) > len(expected):
        return ()  # further columns of the publisher's: whose a number beside a blank is cannot be told
    return tuple(leaf for leaf in leaves if leaf.column is not None)


def _named(leaves: Sequence[Leaf], names: Sequence[tuple[str, str]]) -> tuple[Leaf, ...]:
    return tuple(Leaf(leaf.start, leaf.end, column, row) for leaf, (row, column) in zip(leaves, names, strict=True))


def _are_spans_off(leaves: Sequence[Leaf], expected: Sequence[tuple[str, str]], block: Block) -> bool:
    """Whether all result labels stand in the form's order, and the labels over them too, only their spans are wrong."""
    if [leaf.column for leaf in leaves] != [column for _, column in expected]:
        return False
    order = {row.key: number for number, row in enumerate(block.rows)}
    rows = [order[leaf.row] for leaf in leaves if leaf.row is not None]
    off = sum(leaf.row not in (None, row) for leaf, (row, _) in zip(leaves, expected, strict=True))
    return rows == sorted(rows) and len(set(rows)) == len(order) and off <= len(order)


def _is_a_paragraph(way: Placement) -> bool:
    """Whether one text stands under the whole header: the page goes on inside the same grid."""
    cells = {id(cell): cell for cell in way if cell is not None}
    return len(cells) == 1 and len(way) > 1 and not is_value(next(iter(cells.values())).text)


def _read_values(
    line: Line, header: _Header, *, number: int, vocab: Vocabulary, rows: AbstractSet[tuple[int, int]]
) -> Draft:
    """The values of one row under a header; ``rows`` are those of this table, by grid and number."""
    found = Draft()
    if not header.leaves:
        return found
    beside = [(cell, hits.rows[number].key) for cell, hits in line.labelled if number in hits.rows]
    said = [cell for cell in line.cells if cell.column < header.leaves[0].start and cell.text]
    row = beside[-1][1] if beside else None
    spans: list[Span] = []
    for leaf in header.leaves:
        known = leaf.row or row
        if known is None:
            known = row = _row_named("".join([cell.text for cell in said]), vocab) or _row_named(
                header.lines[-1].caption, vocab
            )
        if known is None:
            return found
        name = f"{vocab.spec.key}.{known}.{leaf.column}"
        spans.append(Span(leaf.start, leaf.end, name, name))
    frame = Frame(tuple(spans))
    names = frame.keys
    if len(set(names)) < len(names):
        return found
    labels = [cell for cell, _ in beside] or said
    start = labels[-1].column + labels[-1].colspan if labels else 0
    same = line.grid is header.lines[-1].grid or line.grid.columns == header.lines[-1].grid.columns
    start = max(start, header.leaves[0].start) if same else start
    slots = [vocab.spec.slots[name] for name in names]
    end = max(cell.column + cell.colspan for item in header.lines for cell in item.cells)
    usual = Usual(0, end) if line.grid is header.lines[-1].grid else None
    placed = place(line, names, frame=frame if same else None, start=start, usual=usual)
    if all(_is_a_paragraph(way) for way in placed.ways):
        return found
    if not placed.exact and len(slots) % len(vocab.spec.blocks[0].columns):
        return found  # neither the header nor the row is whole
    placed = placed._replace(sure=placed.sure and not _runs_on(line, rows))
    found.cells = read_placed(placed, slots, found, vocab=vocab, row=line.row, units={})
    return found


def _row_named(text: str, vocab: Vocabulary) -> str | None:
    """The row that words above a small table, or beside values, name: just one, and nothing that speaks of another."""
    words = fold(text)
    named = [row for row in vocab.row_list if row.label[-1] in words]
    if len(named) != 1:
        return None
    own = named[0].label
    for part in sorted(own, key=len, reverse=True):
        words = words.replace(part, "")
    others = {char for row in vocab.row_list for part in row.label for char in part} - set("".join(own))
    return named[0].key if others.isdisjoint(words) else None


def _runs_on(line: Line, rows: AbstractSet[tuple[int, int]]) -> bool:
    """Whether rows of another table follow in the same grid: then one of them may have run into this row."""
    return any(
        cell.row > line.row and (id(line.grid), cell.row) not in rows and cell.text and is_value(cell.text)
        for cell in line.grid.cells
    )
