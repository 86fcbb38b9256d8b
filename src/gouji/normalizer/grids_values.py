"""From the cells of a row to values of the report: numbers, blanks, doubts, and the sums that decide between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from gouji.forms.evaluate import evaluate
from gouji.forms.spec import CHANGE, COUNT, Column, Equation, Slot, TableSpec
from gouji.model.finding import Number
from gouji.model.raw import Cell
from gouji.model.report import ABSENT, State, Value
from gouji.normalizer.grids_place import Placement
from gouji.text.numbers import NumberReading, read_change, read_count, read_money

_APART = re.compile(r"(\d)[\s\xa0\u3000]+(?=\d)()")
_EMPTY = (State.BLANK, State.NOT_APPLICABLE)


def read_number(raw: str, column: Column, *, unit: str | None = None) -> NumberReading:
    """What a cell says, by the kind of its column."""
    if column.kind is COUNT:
        return read_count(raw)
    if column.kind is CHANGE:
        return read_change(raw)
    return read_money(raw, unit=unit or column.unit)


def read_value(cell: Cell, column: Column, *, unit: str | None = None) -> Value:
    """The value of one cell of the source.

    Digits with white space or a line break between them could be one number or two: ambiguous.
    """
    text = cell.text
    reading = read_number(text, column, unit=unit)
    if text and not text.isdigit() and _APART.search(text):
        joined = read_number(_APART.sub(r"\1\2", text), column, unit=unit)
        if joined.value is not None:
            return doubtful(cell, (joined.value,))
    return Value(value=reading.value, state=reading.state, raw=text, where=cell.where, confidence=cell.confidence)


def doubtful(cell: Cell, readings: Sequence[Number], *, raw: str | None = None) -> Value:
    """A cell that could mean several things."""
    return Value(
        value=None,
        state=State.AMBIGUOUS,
        raw=cell.text if raw is None else raw,
        where=cell.where,
        readings=tuple(dict.fromkeys(readings)),
        confidence=cell.confidence,
    )


def inferred(value: Value, evidence: str) -> Value:
    """The same value, known by evidence only; what has no number stays as it is."""
    if value.state is not State.REPORTED:
        return value
    return Value(
        value=value.value,
        state=State.INFERRED,
        raw=value.raw,
        where=value.where,
        evidence=evidence,
        confidence=value.confidence,
    )


def read_way(way: Placement, slots: Sequence[Slot], *, row: int, units: Mapping[str, str | None]) -> dict[str, Value]:
    """The values of one placement, by id. A number that spans several columns or rows belongs to none."""
    found: dict[str, Value] = {}
    shared = [id(cell) for cell in way if cell is not None]
    for cell, slot in zip(way, slots, strict=True):
        if cell is None:
            continue
        value = read_value(cell, slot.column, unit=units.get(slot.id))
        merged = shared.count(id(cell)) > 1 or (cell.rowspan > 1 and _spans_rows(cell, way, row))
        if merged and value.value is not None:
            value = doubtful(cell, (value.value,))
        found[slot.id] = value
    return found


def read_plainly(
    way: Placement, slots: Sequence[Slot], found: dict[str, Value], *, row: int, units: Mapping[str, str | None]
) -> bool:
    """As :func:`read_way`, into ``found``, if every value has a cell of its own and of its row; else some at most."""
    before = None
    for cell, slot in zip(way, slots, strict=True):
        if cell is None or cell is before:
            return False
        text, first, _, height, _, where, confidence = cell
        if first != row or height > 1:
            return False
        if slot.column.kind is COUNT and (not text or text.isdigit()):
            reading = read_count(text)
            fields = (reading.value, reading.state, text, where, (), None, confidence)
            found[slot.id] = tuple.__new__(Value, fields)  # half the time of Value(...), hundreds of times a report
        else:
            found[slot.id] = read_value(cell, slot.column, unit=units.get(slot.id))
        before = cell
    return True


def find_shared(way: Placement, slots: Sequence[Slot]) -> list[str]:
    """The ids of the values of a placement that share their printed cell with another."""
    cells = [id(cell) for cell in way if cell is not None]
    return [
        slot.id
        for cell, slot in zip(way, slots, strict=True)
        if cell is not None and (cells.count(id(cell)) > 1 or cell.rowspan > 1)
    ]


def _spans_rows(cell: Cell, way: Placement, row: int) -> bool:
    """Whether a value cell is shared with another row: it is taller than the row's other cells, or comes from above."""
    heights = [other.rowspan for other in way if other is not None]
    return cell.row != row or cell.rowspan != min(heights)


def choose_way(
    ways: Sequence[Mapping[str, Value]], equations: Sequence[Equation], *, sure: bool = True
) -> dict[str, Value]:
    """Decide between placements by the row's own sums; ambiguous where those that remain differ.

    What is not ``sure`` must have a sum that holds, and of more than nothing, even where there is one placement only.
    """
    if not sure:
        return _choose_confirmed(ways, equations)
    if len(ways) == 1:
        return dict(ways[0])
    left = [way for way in ways if _holds(way, equations)] if equations else []
    evidence = "row-sum" if left and len(left) < len(ways) else None
    keys = dict.fromkeys(key for way in ways for key in way)
    if equations and not left:
        # No placement adds up: the row lacks a number or has another table's, and nothing may choose between them.
        return {key: doubted(_common([way.get(key) for way in ways], None)) for key in keys}
    left = left or list(ways)
    return {key: _common([way.get(key) for way in left], evidence) for key in keys}


def _choose_confirmed(ways: Sequence[Mapping[str, Value]], equations: Sequence[Equation]) -> dict[str, Value]:
    keys = dict.fromkeys(key for way in ways for key in way)
    left = [way for way in ways if is_confirmed(way, equations)]
    if left:
        telling = [item for item in equations if all(is_confirmed(way, [item]) for way in left)]
        said = {name for item in telling for name in item.cells}
        chosen = {key: _common([way.get(key) for way in left], "row-sum") for key in keys}
        return {key: value if key in said else doubted(value) for key, value in chosen.items()}
    return {key: doubted(_common([way.get(key) for way in ways], None)) for key in keys}


def is_confirmed(way: Mapping[str, Value], equations: Sequence[Equation]) -> bool:
    """Whether a row is whole, and its own sums hold, and are not of nothing: zeros add up wherever they came from."""
    terms = [name for item in equations for name in item.cells]
    if not terms or any(name not in way for name in terms) or not _holds(way, equations):
        return False
    return any(as_number(way.get(name)) for name in terms)


def doubted(value: Value) -> Value:
    """A number that may be another row's: given as ambiguous, and no sum may choose it."""
    if value.value is None:
        return value._replace(readings=())
    return value._replace(value=None, state=State.AMBIGUOUS, readings=(), evidence=None)


def maybe_blank(ways: Sequence[Mapping[str, Value]]) -> set[str]:
    """Ids of the cells that have a number in one placement and none in another."""
    names = {name for way in ways for name in way}
    return {name for name in names if len({as_number(way.get(name)) is None for way in ways}) > 1}


def as_number(value: Value | None) -> Number | None:
    """The number of a cell that may be missing."""
    return value.value if value is not None else None


def _holds(way: Mapping[str, Value], equations: Sequence[Equation]) -> bool:
    numbers = {name: as_term(way.get(name)) for item in equations for name in item.cells}
    return all(evaluate(equation, numbers).holds for equation in equations)


def as_term(value: Value | None) -> Number | None:
    """A number for a sum that decides between placements: what is blank or not there counts as nothing."""
    if value is None or value.state in _EMPTY:
        return 0
    return value.value


def _common(values: Sequence[Value | None], evidence: str | None) -> Value:
    """What all placements agree on, else all their numbers."""
    present = [value for value in values if value is not None]
    if not present:
        return ABSENT
    first = present[0]
    if len(present) == len(values) and all(_says(value) == _says(first) for value in present):
        return inferred(first, evidence or "all-placements")
    numbers = [value.value for value in present if value.value is not None]
    if not numbers and all(value.state in _EMPTY for value in present):
        return Value(value=None, state=State.BLANK, raw=first.raw, where=first.where)
    return Value(
        value=None, state=State.AMBIGUOUS, raw=first.raw, where=first.where, readings=tuple(dict.fromkeys(numbers))
    )


def _says(value: Value) -> tuple[object, ...]:
    """What a cell says; for a number it does not matter which of two cells prints it."""
    return (value.value,) if value.value is not None else value


def settle(
    cells: dict[str, Value],
    spec: TableSpec,
    *,
    doubts: Iterable[str],
    blank: AbstractSet[str],
    merged: AbstractSet[str],
) -> list[str]:
    """Let the form's sums decide ambiguous cells, one at a time, where all other terms are known.

    Args:
        cells: By id.
        spec: The table, for its sums.
        doubts: Ids of the ambiguous cells.
        blank: Ids of cells that may as well be blank.
        merged: Ids of cells that share one printed number: nothing tells whose it is.

    A reading is taken only if every sum that can be judged holds with it, at least one can, and no other passes.

    Returns:
        The ids decided; ``cells`` is changed.
    """
    decided: list[str] = []
    doubts = [key for key in doubts if key not in merged]
    if not doubts:
        return decided
    by_cell = {key: [item for item in spec.equations if key in item.cells] for key in doubts}
    progress = True
    while progress:
        progress = False
        for key in doubts:
            value = cells[key]
            if (
                value.state is State.AMBIGUOUS
                and (number := _decide(key, cells, by_cell[key], maybe=key in blank)) is not None
            ):
                cells[key] = Value(
                    value=number, state=State.INFERRED, raw=value.raw, where=value.where, evidence="sums"
                )
                decided.append(key)
                progress = True
    return decided


def _decide(key: str, cells: Mapping[str, Value], equations: Sequence[Equation], *, maybe: bool) -> Number | None:
    numbers = {cell: as_term(cells[cell]) if cell in cells else None for item in equations for cell in item.cells}
    judged = [item for item in equations if all(numbers[cell] is not None for cell in item.cells if cell != key)]
    if not judged:
        return None

    def passes(reading: Number) -> bool:
        return all(evaluate(equation, {**numbers, key: reading}).holds for equation in judged)

    passing = [reading for reading in cells[key].readings if passes(reading)]
    return None if len(passing) != 1 or (maybe and passes(0)) else passing[0]
