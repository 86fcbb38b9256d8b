"""Several readings of one table: one read in two ways, pieces of one, a table printed again, two reports in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gouji.model.finding import Message, Note
from gouji.model.report import ABSENT, Leftover, State, Value
from gouji.model.source import NOWHERE
from gouji.normalizer.reading import TableReading

_FRAGMENT = 0.5  # a reading with less than this share of the other's labels is no rival to it
_EMPTY = (State.BLANK, State.NOT_APPLICABLE)


@dataclass(frozen=True, kw_only=True)
class Merged:
    """One reading a table, with what merging them left over and what was doubtful about it."""

    tables: dict[str, TableReading]
    notes: tuple[Note, ...] = ()
    leftovers: tuple[Leftover, ...] = ()


def merge_readings(
    readings: Sequence[TableReading], *, order: Sequence[str], second: Sequence[TableReading] = ()
) -> Merged:
    """Reduce the readings to one a table.

    Readings that agree are joined (the pieces of a table that was cut, a page that prints a table twice). Where they
    do not, a cell becomes ambiguous with all its readings; unless the table starts a second report, all of which goes
    to the leftovers.

    Args:
        readings: In any order.
        order: Keys of the tables in the order of the form.
        second: Tables that are known to belong to a second report; nothing is said of them when they are the same.
    """
    first, restarted = split_sets(sorted(readings, key=_place), order=order)
    known_second = [] if _all_same(first, second) else list(second)
    second = [*restarted, *known_second]
    tables: dict[str, TableReading] = {}
    notes: list[Note] = []
    leftovers: list[Leftover] = []
    for reading in first:
        known = tables.get(reading.table)
        if known is None:
            tables[reading.table] = reading
            continue
        joined, note, rest = join(known, reading)
        tables[reading.table] = joined
        leftovers.extend(rest)
        if note is not None:
            notes.append(note)
    if second:
        notes.append(_two_reports(second[0]))
        leftovers.extend(left for reading in second for left in (*leftover_numbers(reading), *reading.leftovers))
    ranked = sorted(tables, key=lambda key: order.index(key) if key in order else len(order))
    return Merged(tables={key: tables[key] for key in ranked}, notes=tuple(notes), leftovers=tuple(leftovers))


def split_sets(
    readings: Sequence[TableReading], *, order: Sequence[str]
) -> tuple[list[TableReading], list[TableReading]]:
    """Part the tables of a second report from those of the first.

    A second report starts where a full table comes again with other numbers, if that is the first table of the form,
    or if more than one table does so.
    """
    seen: dict[tuple[bool, str], TableReading] = {}
    restarts: list[int] = []
    for index, reading in enumerate(readings):
        key = (reading.lines is not None, reading.table)
        known = seen.setdefault(key, reading)
        if known is not reading and _rivals(known, reading) and conflicts(known, reading):
            restarts.append(index)
    if restarts and (readings[restarts[0]].table == order[0] or len({readings[at].table for at in restarts}) > 1):
        return list(readings[: restarts[0]]), list(readings[restarts[0] :])
    return list(readings), []


def conflicts(left: TableReading, right: TableReading) -> list[str]:
    """Ids that both readings have, and do not agree on."""
    if left.edition != right.edition:
        return sorted(set(left.cells) & set(right.cells))
    return [key for key, value in right.cells.items() if key in left.cells and not _agree(left.cells[key], value)]


def join(left: TableReading, right: TableReading) -> tuple[TableReading, Note | None, list[Leftover]]:
    """Join two readings of one table; the one with more labels leads."""
    better, other = (right, left) if right.labels > left.labels else (left, right)
    differing = conflicts(better, other)
    if differing and not _rivals(better, other):
        return better, _again(better, other, differing=[]), leftover_numbers(other)
    cells = dict(better.cells)
    nothing = _NO_ROW if differing and _overlap(better, other) else ABSENT
    for key in better.cells if better.edition != other.edition else {**better.cells, **other.cells}:
        own, more = (reading.cells.get(key, ABSENT) for reading in (better, other))
        if own.state is not State.ABSENT or more.state is not State.ABSENT:
            cells[key] = _joined(_or(own, nothing), _or(more, nothing))
    joined = replace(
        better,
        cells=cells,
        notes=better.notes + tuple(note for note in other.notes if note not in better.notes),
        leftovers=better.leftovers + tuple(left for left in other.leftovers if left not in better.leftovers),
        blocks=better.blocks + other.blocks,
    )
    rest = [left for left in leftover_numbers(other) if left.where not in {cell.where for cell in cells.values()}]
    return joined, _again(better, other, differing=differing) if differing else None, rest if differing else []


_NO_ROW = Value(value=None, state=State.BLANK)
"""What one of two tables with other numbers has for a row that it lacks: nothing that agrees with a number."""


def _or(cell: Value, nothing: Value) -> Value:
    return nothing if cell.state is State.ABSENT else cell


def _overlap(left: TableReading, right: TableReading) -> bool:
    """Whether two readings are of two tables, and not of the pieces of one: most rows stand in both."""
    low, high = sorted(
        ({key for key, value in reading.cells.items() if value.state is not State.ABSENT} for reading in (left, right)),
        key=len,
    )
    return 2 * len(low & high) > len(low)


def leftover_numbers(reading: TableReading) -> list[Leftover]:
    """The printed texts of all cells of a reading that is not used."""
    return [Leftover(raw=cell.raw, where=cell.where or NOWHERE) for cell in reading.cells.values() if cell.raw.strip()]


def _all_same(first: Sequence[TableReading], second: Sequence[TableReading]) -> bool:
    """Whether every table of the second set only repeats one of the first (a page printed twice)."""
    return all(any(one.table == two.table and not conflicts(one, two) for one in first) for two in second)


def _agree(left: Value, right: Value) -> bool:
    if State.ABSENT in (left.state, right.state):
        return True
    if left.value is not None and right.value is not None:
        return left.value == right.value
    if left.value is None and right.value is None:
        return True
    known, other = (left, right) if left.value is not None else (right, left)
    return other.state is State.AMBIGUOUS and (not other.readings or known.value in other.readings)


def _joined(better: Value, other: Value) -> Value:
    """One cell of two readings; the first leads where they agree."""
    if _agree(better, other):
        if better.value is None and other.value is not None:
            return other
        return other if better.state is State.ABSENT else better
    numbers = [number for cell in (better, other) for number in (cell.value, *cell.readings) if number is not None]
    return Value(
        value=None,
        state=State.AMBIGUOUS,
        raw=better.raw or other.raw,
        where=better.where or other.where,
        readings=tuple(dict.fromkeys(numbers)),
    )


def _rivals(left: TableReading, right: TableReading) -> bool:
    low, high = sorted((left.labels, right.labels))
    return low >= _FRAGMENT * high


def _place(reading: TableReading) -> tuple[int, int]:
    return (reading.blocks[0] if reading.blocks else -1, reading.lines[0] if reading.lines else -1)


def _first_where(reading: TableReading) -> Leftover:
    return next(iter(leftover_numbers(reading)), Leftover(raw=""))


def _again(better: TableReading, other: TableReading, *, differing: list[str]) -> Note:
    what = f"，{len(differing)}格数字不同" if differing else "，未采用"
    means = f"{len(differing)} cells differ" if differing else "the other is not used"
    message = Message(zh=f"“{better.table}”表读到两次{what}", en=f"the table {better.table} was read twice; {means}")
    return Note(code="TABLE-AGAIN", message=message, where=_first_where(other).where, cells=tuple(differing))


def _two_reports(reading: TableReading) -> Note:
    message = Message(
        zh="文件中有不止一份报告：只读第一份，其余表格的数字列入leftovers",
        en="more than one report in this document: only the first is read, the numbers of the others are leftovers",
    )
    return Note(code="TWO-REPORTS", message=message, where=_first_where(reading).where)
