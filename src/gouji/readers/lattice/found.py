"""What was found of a table without rules, and what of it is in doubt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gouji.forms import TableSpec
from gouji.forms.evaluate import evaluate
from gouji.model.finding import Number
from gouji.model.report import State
from gouji.readers.lattice.tokens import Token, overlaps, value_of
from gouji.readers.lattice.words import DOUBT
from gouji.text.numbers import read_count

_NEAR = 2.6
"""Lines of one row are nearer than so many sizes."""
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Found:
    """What was found of one table.

    Attributes:
        values: By row and column key.
        rows: Keys of the rows printed.
        labels: How well the labels fit, row by row.
        others: Rows of numbers between them that are no row of the form.
        doubtful: Keys of rows whose numbers may be those of a neighbour that has none.
        strangers: Keys of rows whose numbers do not stand by their label.
    """

    values: dict[tuple[str, str], list[Token]] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    labels: list[float] = field(default_factory=list)
    others: list[list[Token]] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)

    @property
    def fit(self) -> float:
        """How well the labels fit, less what speaks against it."""
        return sum(self.labels) - 2 * len(self.others) - 2 * len(self.strangers)


def doubt_differing(found: Found, others: Sequence[Found]) -> None:
    """Doubt the rows of a reading whose numbers another way of reading, nearly as good, gives to another row."""
    rows = {(token.x0, token.y): row for (row, _), cell in found.values.items() for token in cell}
    for other in others:
        for (row, _), cell in other.values.items():
            found.doubtful |= {mine for token in cell if (mine := rows.get((token.x0, token.y), row)) != row}


def doubt_neighbours(found: Found) -> None:
    """Join a stray number to the value it stands under or over, with a mark between: it may be that number's end.

    A value that may lack its last digits must not be read as if it were whole.
    """
    strays = [token for row in found.others for token in row]
    for (row, _), cell in found.values.items():
        for stray in strays:
            if any(overlaps(stray, token) and _is_near(stray, token) for token in cell):
                cell += [replace(stray, text="…"), stray]
                found.doubtful.add(row)
                break


def doubt_rows(found: Found, spec: TableSpec) -> None:
    """Make unreadable what stands in the rows in doubt, and what seems to be blank there; take off blank neighbours."""
    for block in spec.blocks:
        for row in block.rows:
            if row.key in found.doubtful | found.strangers:
                cells = [found.values.get((row.key, column.key), []) for column in block.columns]
                marks = [replace(cell[0], text=DOUBT) for cell in cells if cell]
                for column in block.columns if marks else ():
                    found.values.setdefault((row.key, column.key), []).append(marks[0])
    found.rows -= _unproven_blanks(spec, found)


def doubt_strays(found: Found, tokens: Sequence[Token]) -> None:
    """Doubt the cells by numbers that are in none, and keep these as rows of their own."""
    placed = [token for cell in found.values.values() for token in cell]
    known = {(token.x0, token.y) for token in [*placed, *(token for row in found.others for token in row)]}
    top, bottom = min(token.y for token in placed), max(token.y for token in placed)
    columns = _extents(found)
    left = min(x0 for x0, _ in columns.values())
    for token in tokens:
        middle = (token.x0 + token.x1) / 2
        if not top <= token.y <= bottom or middle < left or not _DIGIT.search(token.text):
            continue
        if (token.x0, token.y) in known:
            continue
        if token.is_value:
            found.others.append([token])
        nearest = min(columns, key=lambda key: max(columns[key][0] - middle, middle - columns[key][1], 0.0))
        under = {key for key, (x0, x1) in columns.items() if token.x0 < x1 and x0 < token.x1}
        rows = {row for (row, _), cell in found.values.items() if any(_is_near(token, other) for other in cell)}
        for key in ((row, column) for row in rows for column in {nearest} | under):
            found.values.setdefault(key, []).append(replace(token, text=DOUBT))


def _extents(found: Found) -> dict[str, tuple[float, float]]:
    """Where the columns stand."""
    columns: dict[str, tuple[float, float]] = {}
    for (_, column), cell in found.values.items():
        x0, x1 = columns.get(column, (float("inf"), float("-inf")))
        columns[column] = min(x0, *(token.x0 for token in cell)), max(x1, *(token.x1 for token in cell))
    return columns


def _is_near(token: Token, other: Token) -> bool:
    return abs(token.y - other.y) < _NEAR * other.size


def _unproven_blanks(spec: TableSpec, found: Found) -> set[str]:
    """Of the rows without numbers those next to one whose numbers may be theirs."""
    valued = {row for row, _ in found.values}
    printed = [row.key for block in spec.blocks for row in block.rows if row.key in found.rows]
    unproven: set[str] = set()
    for keys in (printed, printed[::-1]):
        last = ""
        for key in keys:
            if key in valued:
                last = key
            elif last in found.doubtful | found.strangers:
                unproven.add(key)
    return unproven


def broken_sums(spec: TableSpec, values: Mapping[tuple[str, str], Sequence[Token]]) -> float:
    """Share of the sums that fail: many when rows or columns were mixed up. A blank counts as nothing."""
    numbers: dict[str, Number | None] = dict.fromkeys(spec.slots, 0)
    for (row, column), tokens in values.items():
        reading = read_count(value_of(tokens))
        numbers[f"{spec.key}.{row}.{column}"] = reading.value if reading.state is not State.UNREADABLE else None
        if reading.state in (State.NOT_APPLICABLE, State.BLANK):
            numbers[f"{spec.key}.{row}.{column}"] = 0
    judged = [evaluate(equation, numbers) for equation in spec.equations]
    broken = sum(not balance.missing and not balance.holds for balance in judged)
    return broken / max(len(judged), 1)
