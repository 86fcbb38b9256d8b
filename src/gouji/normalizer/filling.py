"""From decided rows to the values of the report, each with its state, its place, and what decided it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gouji.forms.spec import COUNT
from gouji.model.raw import Lines
from gouji.model.report import State, Value
from gouji.model.source import Where
from gouji.normalizer.cells import NUMBER, CellToken
from gouji.normalizer.resolve import Decided, read_token, readings_of
from gouji.normalizer.rows import StreamRow
from gouji.text.numbers import read_count


def fill(cells: dict[str, Value], row: StreamRow, *, item: Decided, table: str, lines: Lines) -> Sequence[CellToken]:
    """Write a row's cells; returns the numbers that none of them took."""
    if len(item.options) == 1:
        return _fill_decided(cells, row, item=item, table=table, lines=lines)
    held: set[CellToken | None] = set()
    for index, column in enumerate(row.columns):
        key = f"{table}.{row.key}.{column.key}"
        tokens = {option[index] for option in item.options}
        held.update(tokens)
        if len(tokens) == 1:
            cells[key] = _value(next(iter(tokens)), row, index=index, item=item, lines=lines)
            continue
        numbers, blank = readings_of(item.options, index, kind=column.kind, unit=row.unit)
        known = [token for token in tokens if token is not None]
        token = min(known, key=lambda token: (token.line, token.column), default=None)  # a set has no order of its own
        where = lines.where(token.line, token.column) if token else None
        if len(numbers) == 1 and not blank:
            cells[key] = Value(
                value=numbers[0],
                state=State.INFERRED,
                raw=token.text if token else "",
                where=where,
                evidence="all-readings",
            )
        else:
            cells[key] = Value(value=None, state=State.AMBIGUOUS, raw="", where=where, readings=tuple(numbers))
    return _spare(row, held)


def _fill_decided(
    cells: dict[str, Value], row: StreamRow, *, item: Decided, table: str, lines: Lines
) -> Sequence[CellToken]:
    """Write the cells of a row that has one placement: the usual case, and so the one that must be quick."""
    stem = f"{table}.{row.key}."
    line = base = None
    option = item.options[0]
    new = tuple.__new__  # what a named tuple does, at half the cost
    for token, column in zip(option, row.columns, strict=True):
        if token is None:
            cells[stem + column.key] = _NO_CELL
            continue
        kind = column.kind
        reading = read_count(token.text) if kind is COUNT else read_token(token, kind, row.unit)
        if token.line != line or base is None:
            line, base = token.line, lines.where(token.line)
        where = base if base.line is None else new(Where, (base.line, token.column + 1, *_NO_MORE))
        state, evidence = reading.state, None
        if item.evidence is not None and state is State.REPORTED:
            state, evidence = State.INFERRED, item.evidence
        cells[stem + column.key] = new(Value, (reading.value, state, token.text, where, (), evidence, None))
    rest = row.cells[len(option) :]
    if row.cells[: len(option)] == option and all(token.kind is not NUMBER for token in rest):
        return ()
    return _spare(row, option)


_NO_MORE = (None,) * (len(Where._fields) - 2)
_NO_CELL = Value(value=None, state=State.BLANK)


def _value(token: CellToken | None, row: StreamRow, *, index: int, item: Decided, lines: Lines) -> Value:
    column = row.columns[index]
    reading = read_token(token, column.kind, row.unit)
    if token is None:
        return Value(value=None, state=State.BLANK)
    where = lines.where(token.line, token.column)
    state = reading.state
    evidence = None
    if state is State.REPORTED and (item.evidence or len(item.options) > 1):
        state = State.INFERRED
        evidence = item.evidence or "all-readings"
    return Value(value=reading.value, state=state, raw=token.text, where=where, evidence=evidence)


def _spare(row: StreamRow, held: Collection[CellToken | None]) -> list[CellToken]:
    """The numbers of a row that no cell took, by their places: a cell may hold a part of its token."""
    places = {(token.line, token.column) for token in held if token is not None}
    return [token for token in row.cells if token.kind is NUMBER and (token.line, token.column) not in places]
