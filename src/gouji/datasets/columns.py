"""The cells of a report column by column: a list a column is half as long as an object a row.

A report has some two hundred cells; of all that a data set stores, nine tenths are cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gouji.datasets.limits import cut, fits
from gouji.model.finding import Number, number_to_json
from gouji.model.report import State, Value
from gouji.model.source import NOWHERE, Where

IN_COLUMNS = "values in columns"
"""Among the rows of a report, the name of the table ``values`` when it stands column by column."""

_LONG = 500_000
"""Characters after which the cells of a report go on in another object."""

_PLACE = tuple("table_number" if name == "table" else name for name in Where._fields)
_TEXTS = ("raw", "evidence", "xpath")

Columns = dict[str, Sequence[Any]]


def write_columns(cells: Mapping[str, Value]) -> tuple[list[Columns], list[str]]:
    """The cells as columns of the table ``values``; a column that has nothing is left out.

    Returns:
        One object (several when texts are very long), and the cells whose number the store cannot hold.

    >>> write_columns({"a.b.c": Value(value=1, state=State.REPORTED, raw="1")})
    ([{'position': [1], 'cell': ['a.b.c'], 'value': ['1'], 'state': ['reported'], 'raw': ['1']}], [])
    """
    unfit = [cell for cell, value in cells.items() if not fits(value.value)]
    lost, values = frozenset(unfit), cells.values()
    places = zip(*(value.where or NOWHERE for value in values), strict=True)
    columns: Columns = {
        "position": list(range(1, len(cells) + 1)),
        "cell": list(cells),
        "value": [None if cell in lost else _digits(value.value) for cell, value in cells.items()],
        "state": [(State.UNREADABLE if cell in lost else value.state).value for cell, value in cells.items()],
        "raw": [value.raw for value in values],
        "readings": [[_digits(reading) for reading in value.readings] or None for value in values],
        "evidence": [value.evidence for value in values],
        "confidence": [_finite(value.confidence) for value in values],
        **dict(zip(_PLACE, places, strict=False)),  # of no cells there are no places
    }
    columns["bbox"] = [None if box is None or None in map(_finite, box) else box for box in columns.get("bbox", ())]
    return [_dense(piece) for piece in _pieces(columns, count=len(cells))], unfit


def _digits(value: Number | None) -> str | None:
    return None if value is None else str(number_to_json(value))


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _dense(columns: Columns) -> Columns:
    return {name: column for name, column in columns.items() if any(item is not None for item in column)}


def _pieces(columns: Columns, *, count: int) -> Iterator[Columns]:
    """The columns as they are or, where the texts are very long, cut into pieces of some rows each."""
    sizes = [0] * count
    for name in _TEXTS:
        for number, text in enumerate(columns.get(name, ())):
            sizes[number] += len(text or "")
    if sum(sizes) <= _LONG:
        if count:
            yield columns
        return
    columns.update({name: [cut(text) for text in columns[name]] for name in _TEXTS})
    first = size = 0
    for number in range(count):
        size += sizes[number]
        if size > _LONG or number + 1 == count:
            yield {name: column[first : number + 1] for name, column in columns.items()}
            first, size = number + 1, 0
