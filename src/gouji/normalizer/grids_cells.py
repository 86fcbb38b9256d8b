"""From the rows of a table to its canonical cells: instances parted, values placed, leftovers kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from gouji.forms.spec import Slot
from gouji.model.finding import Message, Note
from gouji.model.report import Leftover, State, Value
from gouji.model.source import NOWHERE
from gouji.normalizer.counters import counting_cells
from gouji.normalizer.grids_gaps import doubt_damaged, doubt_open, find_open
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_order import doubt_foreign, doubt_order
from gouji.normalizer.grids_place import Placed, Placement, place
from gouji.normalizer.grids_rows import Reading, Record
from gouji.normalizer.grids_values import (
    choose_way,
    find_shared,
    inferred,
    maybe_blank,
    read_plainly,
    read_way,
    settle,
)
from gouji.normalizer.grids_vocab import Vocabulary, is_damaged
from gouji.normalizer.reading import TableReading
from gouji.text.numbers import find_unit

_AMBIGUOUS, _UNREADABLE = State.AMBIGUOUS, State.UNREADABLE
_NO_UNITS: Mapping[str, str | None] = MappingProxyType({})
_ODD = ("ROW-COUNT", "ROW-POSITION")
_MANY_ROWS = 6
"""So many rows of the form make its table even without a header."""


@dataclass(kw_only=True)
class Draft:
    """A table being put together.

    Attributes:
        cells: By id.
        notes: Doubts.
        blank: Ids of cells that are blank in one of the placements possible.
        merged: Ids of cells whose number stands in a cell that belongs to several.
        used: Identities of the source cells whose number is in a cell of the report.
    """

    cells: dict[str, Value] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    blank: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)


def read_cells(reading: Reading, lines: Sequence[Line], vocab: Vocabulary) -> list[TableReading]:
    """The canonical cells of every instance of a table.

    A page may print a table twice, or hold two reports: each becomes a reading of its own.
    """
    instances = _part(reading.records)
    found: list[TableReading] = []
    if not instances:
        return found
    gaps = find_open(reading.records, lines, vocab)
    for records, held in zip(instances, _hold(instances, lines), strict=True):
        draft = Draft()
        for record in records:
            if record.key is not None:
                _read_row(record, vocab, draft)
        if any(not line.sound and is_damaged("\t".join([cell.text for cell in line.cells])) for line in held):
            draft.notes += doubt_damaged(draft.cells, vocab.spec)
        draft.notes += doubt_order(draft.cells, vocab.spec) or doubt_foreign(draft.cells, records, vocab.spec)
        odd = any(note.code in _ODD for note in (*draft.notes, *reading.notes))
        draft.notes += doubt_open(draft.cells, [item for item in records if id(item) in gaps], vocab.spec, odd=odd)
        rows, others = count_labels(records, held, reading)
        if draft.cells and (others or rows >= _MANY_ROWS):
            notes = _notes_of(reading.notes, held) + draft.notes
            found.append(finish(draft, held, vocab=vocab, labels=rows + others, notes=notes))
    return found


def finish(
    draft: Draft, lines: Sequence[Line], *, vocab: Vocabulary, labels: int, notes: Sequence[Note]
) -> TableReading:
    """Let the sums decide what they can, and gather the numbers that no cell took."""
    states = [value.state for value in draft.cells.values()]
    doubts: tuple[str, ...] = ()
    if _AMBIGUOUS in states:
        doubts = tuple(key for key, state in zip(draft.cells, states, strict=True) if state is _AMBIGUOUS)
    decided = settle(draft.cells, vocab.spec, doubts=doubts, blank=draft.blank, merged=draft.merged)
    notes = [*notes]
    if decided:
        message = Message(
            zh=f"{len(decided)}格有多种读法，按勾稽关系取定",
            en=f"{len(decided)} cells could be read in two ways; the sums decide",
        )
        notes.append(Note(code="SUMS-DECIDED", message=message, cells=tuple(decided)))
    doubts = tuple(key for key in doubts if draft.cells[key].state is _AMBIGUOUS)
    if doubts:
        message = Message(zh=f"{len(doubts)}格有多种读法", en=f"{len(doubts)} cells can be read in more than one way")
        notes.append(
            Note(code="CELL-AMBIGUOUS", message=message, cells=doubts, where=draft.cells[doubts[0]].where or NOWHERE)
        )
    spare = [
        cell
        for line in lines
        for cell in line.numbers
        if id(cell) not in draft.used and any(char.isdigit() for char in cell.text)
    ]
    counters = counting_cells(lines) if spare else ()
    leftovers = [Leftover(raw=cell.text, where=cell.where) for cell in spare if id(cell) not in counters]
    if leftovers:
        message = Message(
            zh=f"表中有{len(leftovers)}个数字未归入任何格",
            en=f"{len(leftovers)} numbers in the table belong to no cell",
        )
        notes.append(Note(code="TABLE-LEFTOVERS", message=message, where=leftovers[0].where))
    return TableReading(
        table=vocab.spec.key,
        edition=vocab.edition,
        cells=draft.cells,
        labels=labels,
        notes=tuple(notes),
        leftovers=tuple(leftovers),
        blocks=tuple(dict.fromkeys([line.block for line in lines])),
        unreadable=_UNREADABLE in states,
    )


def _part(records: Sequence[Record]) -> list[list[Record]]:
    """Part records into instances: a new one starts with a grid that repeats a row, or at a row that comes again.

    The same row twice running is one row cut in two, if at most one half has values.
    """
    instances: list[list[Record]] = []
    seen: set[str] = set()
    keys_of: dict[int, set[str]] = {}
    for record in records:
        if record.key is not None:
            keys_of.setdefault(id(record.line.grid), set()).add(record.key)
    before: Record | None = None
    for record in records:
        half = before is not None and before.key == record.key and not (before.valued and record.valued)
        new_grid = before is not None and record.line.grid is not before.line.grid
        again = seen & keys_of.get(id(record.line.grid), set()) if new_grid else set()
        if half and before is not None and before.key:
            again -= {before.key}
        if not instances or again or (record.key in seen and not half):
            instances.append([])
            seen = set()
        if record.key is not None:
            seen.add(record.key)
        instances[-1].append(record)
        before = record
    return instances


def _hold(instances: Sequence[Sequence[Record]], lines: Sequence[Line]) -> list[list[Line]]:
    """For every instance its lines, the headers above its first row included."""
    number = {id(line): index for index, line in enumerate(lines)}
    ends = [number[id(instance[-1].line)] + 1 for instance in instances[:-1]]
    starts = [0, *ends]
    return [list(lines[start:end]) for start, end in zip(starts, [*ends, len(lines)], strict=True)]


def _notes_of(notes: Sequence[Note], lines: Sequence[Line]) -> list[Note]:
    if not notes:
        return []
    places = {cell.where for line in lines for cell in line.cells}
    return [note for note in notes if note.where == NOWHERE or note.where in places]


def count_labels(records: Sequence[Record], lines: Sequence[Line], reading: Reading) -> tuple[int, int]:
    """Distinct labels in an instance: of rows, and of columns and titles."""
    keys = {record.key for record in records if record.key and not record.evidence}
    others = {label for line in lines for label in reading.labels.get(id(line), ())}
    return len(keys), len(others)


def _read_row(record: Record, vocab: Vocabulary, draft: Draft) -> None:
    """All cells of a row: every line of it is placed by itself, then the halves are laid over one another."""
    key, cells = record.key or "", draft.cells
    for part in (record, *record.rest):
        part.usual = part.usual or record.usual
        values = _read_part(part, key, vocab=vocab, draft=draft)
        if part.frame is None and key in vocab.unsure:
            values = {name: _unproven(value) for name, value in values.items()}
        if record.evidence:
            values = {name: inferred(value, record.evidence) for name, value in values.items()}
        if not cells.keys().isdisjoint(values):
            values = {name: lay_over(cells.get(name), value) for name, value in values.items()}
        cells.update(values)
    if vocab.money[key]:
        note_scale(record, vocab.money[key], draft)


def _unproven(value: Value) -> Value:
    """A value of which no header says whose column it is, where the editions differ."""
    if value.value is None:
        return value
    return value._replace(value=None, state=State.AMBIGUOUS, readings=(value.value,), evidence=None)


def _read_part(part: Record, key: str, *, vocab: Vocabulary, draft: Draft) -> dict[str, Value]:
    """The values of one line of a row, by id."""
    columns, slots, start = vocab.keys[key], vocab.slots[key], part.start
    if part.leaf is None and part.frame is not None:
        start = max(start, part.frame.start)
        if any(start > cell.column >= part.after for cell in part.line.numbers):
            _note_count(part, slots, draft)
            return {}  # slipped: a number stands where the label should
    placed = place(part.line, columns, frame=part.frame, start=start, labels_end=part.labels_end, usual=part.usual)
    if not placed.exact and (placed.ways or part.line.numbers):
        _note_count(part, slots, draft)
    if part.slipped and placed.ways:
        placed = placed._replace(ways=tuple(dict.fromkeys((*placed.ways, *_right_after(part, start, len(columns))))))
    units = find_units(part, vocab.money[key])
    if _is_labelled_badly(part, vocab.money[key]):
        placed = placed._replace(sure=False)
    return read_placed(placed, slots, draft, vocab=vocab, row=part.line.row, units=units)


def read_placed(
    placed: Placed, slots: Sequence[Slot], draft: Draft, *, vocab: Vocabulary, row: int, units: Mapping[str, str | None]
) -> dict[str, Value]:
    """The values of a row, by id; the draft notes what the sums of the table may need to decide between the ways."""
    if not placed.ways:
        return {}
    draft.used.update([id(cell) for way in placed.ways for cell in way if cell is not None])
    if placed.sure and len(placed.ways) == 1:
        plain: dict[str, Value] = {}
        if read_plainly(placed.ways[0], slots, plain, row=row, units=units):
            return plain
    ways = [read_way(way, slots, row=row, units=units) for way in placed.ways]
    draft.merged.update([name for way in placed.ways for name in find_shared(way, slots)])
    draft.blank |= maybe_blank(ways)
    names = {slot.id for slot in slots}
    equations = [item for item in vocab.spec.equations if names.issuperset(item.cells)]
    return choose_way(ways, equations, sure=placed.sure)


def _right_after(part: Record, start: int, count: int) -> list[Placement]:
    """The values right after the label, whatever the header says: a grid without its spans has slipped to the left."""
    cells = [cell for cell in part.line.cells if cell.column >= start]
    if len(cells) < count or any(cell.text for cell in cells[count:]):
        return []
    return [tuple(cells[:count])]


def _is_labelled_badly(part: Record, money: Sequence[Slot]) -> bool:
    """Whether a piece of broken markup stands in the row's label, or in a header that may name a unit."""
    if not part.line.sound and is_damaged(part.label):
        return True
    return part.frame is not None and any(is_damaged(part.frame.label(slot.column.key)) for slot in money)


def find_units(part: Record, money: Sequence[Slot]) -> Mapping[str, str | None]:
    """The units in which the amounts of a row are printed, by id; ``None`` where neither header nor label says."""
    return {slot.id: _unit(part, slot.column.key) for slot in money} if money else _NO_UNITS


def _unit(part: Record, column: str) -> str | None:
    header = part.frame.label(column) if part.frame is not None else ""
    named = find_unit(header) or find_unit(part.label)
    beside = {unit for text in part.line.units if (unit := find_unit(text))}
    return "/".join(sorted({*beside, *filter(None, [named])})) or None  # two of them are none that we know


def lay_over(known: Value | None, value: Value) -> Value:
    """One cell printed in two halves: the half that says something; two numbers are ambiguous unless equal."""
    if known is None or known.state in (State.BLANK, State.ABSENT) or known == value:
        return value
    if value.state is State.BLANK:
        return known
    if known.value is not None and known.value == value.value:
        return known
    numbers = [number for item in (known, value) for number in (item.value, *item.readings) if number is not None]
    return known._replace(value=None, state=State.AMBIGUOUS, readings=tuple(dict.fromkeys(numbers)), evidence=None)


def _note_count(part: Record, slots: Sequence[Slot], draft: Draft) -> None:
    message = Message(zh="该行的格数与表头不符", en="the row has not as many cells as the form has columns")
    where = part.leaf.where if part.leaf is not None else NOWHERE
    draft.notes.append(Note(code="ROW-COUNT", message=message, where=where, cells=tuple(slot.id for slot in slots)))


def note_scale(record: Record, money: Sequence[Slot], draft: Draft) -> None:
    """A note when an amount was not printed in 万元."""
    for slot in money:
        value, expected = draft.cells.get(slot.id), slot.column.unit
        unit = _unit(record, slot.column.key)
        if value is not None and value.value is not None and unit not in (None, expected):
            message = Message(
                zh=f"表头单位为{unit}，已换算为{expected}",
                en=f"the header gives the amount in {unit}; scaled to {expected}",
            )
            note = Note(code="UNIT-SCALED", message=message, where=value.where or NOWHERE, cells=(slot.id,))
            draft.notes.append(note)
