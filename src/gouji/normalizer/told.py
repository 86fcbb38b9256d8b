"""What layout and sums leave open, decided by what the prose tells of single cells: the last of all evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.forms.spec import TableSpec
from gouji.model.raw import Lines
from gouji.model.report import Leftover, State, Value
from gouji.normalizer.cells import BLANK
from gouji.normalizer.filling import fill
from gouji.normalizer.placing import Placement
from gouji.normalizer.reading import TableReading
from gouji.normalizer.resolve import Decided, by_columns, read_token, real_options, row_rule, weigh
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.said import tell_placing

EVIDENCE = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """The rows of a table some of which have several placements left.

    Attributes:
        rows: All of them.
        decided: The placements that remain of each.
        lines: The text.
    """

    rows: tuple[StreamRow, ...]
    decided: tuple[Decided, ...]
    lines: Lines


Said = Sequence[tuple[tuple[int, ...], int]]
"""What the prose says of a row: the places of some columns, and what they come to."""


def place_told(reading: TableReading, told: Mapping[tuple[str, ...], int], *, spec: TableSpec) -> TableReading:
    """Keep of each row the placements that agree with what the prose tells, and fill the cells that this leaves one.

    A row is decided so only where all its placements add up, or, in a table without sums, where the prose tells every
    value of it. Cells that were decided before stay as they are.

    Args:
        reading: Of a table of text.
        told: Cell, or cells of one row, to number, of any table.
        spec: Of the table.

    Returns:
        The same reading where the prose tells nothing new, and where it agrees with no placement of some row.
    """
    if reading.undecided is None:
        return reading
    rows, before = reading.undecided.rows, reading.undecided.decided
    narrowed: list[Decided] = []
    for row, item in zip(rows, before, strict=True):
        index = {f"{spec.key}.{row.key}.{column.key}": place for place, column in enumerate(row.columns)}
        said = [
            (tuple(index[cell] for cell in cells), number)
            for cells, number in told.items()
            if index.keys() >= set(cells)
        ]
        shared = spec.layout == "across"  # the values of all rows stand in one, so that a row may well have none
        real = list(item.options) if shared else real_options(row, item.options)
        options = [option for option in real if _agrees(row, option, said)]
        if said and not options:
            return reading
        known = len(options) == len(item.options) or len(real) < len(item.options)
        if known or not _proves(row, options, said=said, spec=spec):
            narrowed.append(item)
        else:
            narrowed.append(Decided(tuple(options), EVIDENCE))
    if narrowed == list(before):
        return reading
    return _filled_anew(reading, _with_sums(rows, before, narrowed, spec=spec), lines=reading.undecided.lines)


def _agrees(row: StreamRow, option: Placement, said: Said) -> bool:
    return all(
        sum((read_token(option[index], row.columns[index].kind, row.unit).value or 0) for index in places) == number
        for places, number in said
    )


def _proves(row: StreamRow, options: Sequence[Placement], *, said: Said, spec: TableSpec) -> bool:
    """Whether what the prose says of a row is enough to leave out its other placements."""
    rule = row_rule(spec)
    if rule is not None:
        return all(weigh(row, option, rule) for option in options)
    told = {places[0] for places, _ in said if len(places) == 1}
    return all(
        index in told
        for option in options
        for index, cell in enumerate(option)
        if cell is not None and cell.kind is not BLANK
    )


def _with_sums(
    rows: Sequence[StreamRow], before: Sequence[Decided], narrowed: list[Decided], *, spec: TableSpec
) -> list[Decided]:
    """What the column sums say of the other rows now, where they had said nothing before."""
    if row_rule(spec) is None:
        return narrowed
    old, new = by_columns(rows, list(before), spec), by_columns(rows, narrowed, spec)
    return [
        after if same == first and own is first else own
        for first, own, same, after in zip(before, narrowed, old, new, strict=True)
    ]


def _filled_anew(reading: TableReading, decided: Sequence[Decided], *, lines: Lines) -> TableReading:
    """The reading, those of its cells that were ambiguous filled anew."""
    cells = dict(reading.cells)
    fresh: dict[str, Value] = {}
    leftovers = dict.fromkeys(reading.leftovers)
    for row, item in zip(reading.undecided.rows if reading.undecided else (), decided, strict=True):
        found: dict[str, Value] = {}
        for token in fill(found, row, item=item, table=reading.table, lines=lines):
            leftovers.setdefault(Leftover(raw=token.text, where=lines.where(token.line, token.column)))
        for key, value in found.items():
            if cells[key].state is State.AMBIGUOUS:
                known = value.value is not None
                cells[key] = value._replace(state=State.INFERRED, evidence=EVIDENCE) if known else value
                fresh[key] = cells[key]
    return replace(
        reading,
        cells=cells,
        notes=(*reading.notes, *tell_placing(fresh, reading.table)),
        leftovers=tuple(leftovers),
        undecided=None,
    )
