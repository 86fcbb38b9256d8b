"""Read the usual text at a glance: a line a row, its labels first, its values behind them between pipes.

Nothing has to be aligned there, for the lines are the form's own, in its order. A text that differs in any point - a
row too few, a word too many, a sum that does not hold, blanks whose place no full row shows - is left to the token
stream (``stream``), which reads every text, and never finds another number in these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.forms.spec import COUNT, MONEY, Block, Column, TableSpec
from gouji.model.finding import Number
from gouji.model.raw import Lines
from gouji.model.report import State, Value
from gouji.model.source import Where
from gouji.normalizer.headers import orders_of
from gouji.normalizer.plain_lines import PlainLine, read_plain_lines
from gouji.normalizer.reading import TableReading
from gouji.normalizer.resolve import read_text, row_rule, signs_of
from gouji.normalizer.vocabulary import Labels, Match, Vocabulary
from gouji.text.numbers import find_unit, read_count


class _Row(NamedTuple):
    """A row of the form: of its line, the cells that stand in its columns."""

    key: str
    columns: Sequence[Column]
    unit: str
    number: int
    cells: Sequence[str]
    begin: int


_NO_LINE = PlainLine(-1)
_UNIT = "万元"
_LEAST_FULL = 2


def read_at_a_glance(lines: Lines, vocabulary: Vocabulary) -> list[TableReading] | None:
    """Read all tables of the form.

    Returns:
        In the order of the form; ``None`` where anything at all is unusual.
    """
    found = read_plain_lines(lines.texts, vocabulary)
    if found is None:
        return None
    readings: list[TableReading] = []
    editions = list(reversed(vocabulary.forms))
    at = 0
    for key, words in vocabulary.tables.items():
        begin = _skip_others(found, at)
        fit = _fit_across if words.across else _fit_rows
        for edition in editions:
            spec = vocabulary.specs.get((key, edition))
            rows = fit(found, begin, spec) if spec else None
            cells = _read_values(rows, spec, lines) if rows and spec else None
            if rows and cells:
                break
        else:
            return None
        editions.sort(key=edition.__ne__)  # a table that two editions print alike is of the same as the one before it
        last = rows[-1].number
        span = (found[begin].number, last + 1)
        readings.append(TableReading(table=key, edition=edition, cells=cells, labels=len(rows), lines=span, plain=True))
        at = next(index for index in range(begin, len(found)) if found[index].number == last) + 1
    return readings if _skip_others(found, at) == len(found) else None


def _skip_others(found: Sequence[PlainLine], at: int) -> int:
    while at < len(found) and not found[at].labels and not found[at].filled:
        at += 1
    return at


def _fit_rows(found: Sequence[PlainLine], at: int, spec: TableSpec) -> list[_Row] | None:
    """The rows of a table whose lines begin at a place, if they are all there and their columns are certain."""
    rows: list[tuple[str, Block, str]] = []
    lines: list[PlainLine] = []
    for block in spec.blocks:
        unit = ""
        for row in block.rows:
            key = (spec.key, row.key)
            above, at = _labels_from(found, at, until=key)
            line = found[at] if at < len(found) else _NO_LINE
            if not line.labels or key not in line.labels[-1][1].rows:
                return None
            if not unit:
                if not _names_all(above, block, spec.key):
                    return None
                above, unit = [], _unit_of(above, block)
            for _, match in (*above, *line.labels[:-1]):
                if spec.key not in match.parents:
                    return None
            rows.append((row.key, block, unit))
            lines.append(line)
            at += 1
    starts = _find_starts(lines, [len(block.columns) for _, block, _ in rows])
    placed = []
    for line, start, (name, block, unit) in zip(lines, starts, rows, strict=True):
        own = _row(line, start, key=name, columns=block.columns, unit=unit)
        if own is None:
            return None
        placed.append(own)
    return placed


def _find_starts(lines: Sequence[PlainLine], widths: Sequence[int]) -> list[int]:
    """Which cell of each line stands in the first column; -1 where that is not certain.

    Lines that are full show it for those with blanks that have as many pipes: the columns begin at one place of all
    lines, or right after the labels.
    """
    starts = [_start_of_full(line.cells, width) for line, width in zip(lines, widths, strict=True)]
    full = [index for index, start in enumerate(starts) if start >= 0]
    if len(full) == len(starts):
        return starts
    shapes = {(widths[index], lines[index].pipes) for index in full}
    places = {lines[index].first + starts[index] for index in full}
    right_after: set[int] = {0} if not any(starts[index] for index in full) else set()
    in_place: set[int] = places if len(places) == 1 else set()
    for index, line in enumerate(lines):
        if starts[index] < 0 and len(full) >= _LEAST_FULL and (widths[index], line.pipes) in shapes:
            shown = right_after | {place - line.first for place in in_place if place >= line.first}
            starts[index] = shown.pop() if len(shown) == 1 else -1
    return starts


def _start_of_full(cells: Sequence[str], width: int) -> int:
    """Where the values of a line begin that has one for every column; -1 for another line."""
    texts = list(map(str.strip, cells))
    start = next((index for index, text in enumerate(texts) if text), 0)
    return start if len(texts) - start >= width and "" not in texts[start : start + width] else -1


def _row(line: PlainLine, start: int, *, key: str, columns: Sequence[Column], unit: str) -> _Row | None:
    """The row on a line whose columns begin at a cell; ``None`` where cells are missing, or others have values."""
    cells = line.cells[start : start + len(columns)]
    if start < 0 or len(cells) < len(columns) or "".join(line.cells[start + len(columns) :]).strip():
        return None
    begin = line.begin + sum(map(len, line.cells[:start])) + start
    return _Row(key, columns, unit, line.number, cells, begin)


def _fit_across(found: Sequence[PlainLine], at: int, spec: TableSpec) -> list[_Row] | None:
    """The same of the review table: rows and columns in its header, all values on one line."""
    if len(spec.blocks) > 1:
        return None  # a form of somebody's own
    block = spec.blocks[0]
    head, at = _labels_from(found, at)
    rows = [(spec.key, row.key) for row in block.rows]
    columns = block.columns * len(rows)
    line = found[at] if at < len(found) else _NO_LINE
    if line.labels or not line.filled or not all(spec.key in match.tables for _, match in head):
        return None
    if [key for _, match in head for key in match.rows if key[0] == spec.key] != rows:
        return None
    if _columns_of(head, spec.key) != [column.key for column in columns]:
        return None
    width = len(block.columns)
    start = _start_of_full(line.cells, len(columns))
    if start < 0 and line.pipes == found[at - 1].pipes:
        start = _start_of_sums(line.cells, len(columns), width=width)
    whole = _row(line, start, key="", columns=columns, unit=_UNIT)
    if whole is None:
        return None
    parts: list[_Row] = []
    begin = whole.begin
    for n, (_, key) in enumerate(rows):
        own = whole.cells[n * width : (n + 1) * width]
        parts.append(_Row(key, block.columns, _UNIT, line.number, own, begin))
        begin += sum(map(len, own)) + width
    return parts


def _start_of_sums(cells: Sequence[str], count: int, *, width: int) -> int:
    """Where the values of a line begin that has one for every total, in the only place where it has; else -1."""
    texts = list(map(str.strip, cells))
    starts = [
        start
        for start in range(len(texts) - count + 1)
        if all(texts[start + width - 1 : start + count : width]) and not any(texts[:start] + texts[start + count :])
    ]
    return starts[0] if len(starts) == 1 else -1


def _labels_from(
    found: Sequence[PlainLine], at: int, *, until: tuple[str, str] | None = None
) -> tuple[Sequence[tuple[str, Match]], int]:
    """The labels of the lines from a place on that hold nothing else, up to a row's own, and the place behind them."""
    labels: list[tuple[str, Match]] = []
    while at < len(found) and (own := found[at].labels) and not found[at].filled and until not in own[-1][1].rows:
        labels += own
        at += 1
    return labels, at


def _columns_of(head: Labels, table: str) -> list[str]:
    """The columns that a header names, as printed."""
    named = ([item.key for item in match.columns if item.table == table] for _, match in head)
    return [keys[0] for keys in named if keys]


def _names_all(head: Labels, block: Block, table: str) -> bool:
    """Whether a header is the table's and names every column of a block once, in the form's order."""
    if not all(table in match.tables for _, match in head):
        return False
    return _columns_of(head, table) in orders_of(block)


def _unit_of(head: Labels, block: Block) -> str:
    """What a bare amount under a header means."""
    if all(column.kind is not MONEY for column in block.columns):
        return _UNIT
    return next(filter(None, (find_unit(text) for text, match in head if match.columns)), _UNIT)


def _read_values(rows: Sequence[_Row], spec: TableSpec, lines: Lines) -> dict[str, Value] | None:
    """The cells of a table; ``None`` where a row cannot be read, does not add up, or has values but no total.

    A blank total would be the only sign that blanks of the row were moved behind its values.
    """
    rule = row_rule(spec)
    cells: dict[str, Value] = {}
    columns: Sequence[Column] = ()
    signs: Sequence[int] = ()
    new = tuple.__new__  # what a named tuple does, at half the cost
    for key, own, unit, number, texts, begin in rows:
        if own is not columns:
            columns, signs = own, signs_of(rule, own)
        balance: Number = 0
        totalled = not "".join(texts).strip()
        line, place = lines.where(number), begin + 1
        stem = f"{spec.key}.{key}."
        for raw, column, sign in zip(texts, columns, signs, strict=True):
            text, kind = raw.strip(), column.kind
            reading = read_count(text) if kind is COUNT else read_text(text, kind, unit)
            value, state = reading.value, reading.state
            if value is not None:
                balance += sign * value
            elif state is State.UNREADABLE:
                return None
            totalled = totalled or (sign < 0 and bool(text))
            at = place + (raw.index(text) if text else len(raw))
            where = line if line.line is None else new(Where, (line.line, at, *_NO_MORE))
            cells[stem + column.key] = new(Value, (value, state, text, where, (), None, None))
            place += len(raw) + 1
        if balance or (rule is not None and not totalled):
            return None
    return cells


_NO_MORE = (None,) * (len(Where._fields) - 2)
