"""A report as one long data frame, with pandas or polars, whichever is there."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from gouji.forms import Slot, editions
from gouji.model.report import Report

LIBRARIES = ("pandas", "polars")
COLUMNS = (
    "agency", "year", "cell", "table", "row", "column", "row_label", "column_label", "unit", "value", "state", "raw"
)  # fmt: skip


def to_frame(report: Report, library: str | None = None) -> Any:
    """All cells of a report, one a row.

    Args:
        report: Any report.
        library: ``"pandas"`` or ``"polars"``; the first of them that is installed when ``None``.

    Returns:
        A data frame with the columns of ``COLUMNS``. ``value`` is a float column, empty where the cell has no value.

    Raises:
        ValueError: The library is not one of the two.
        ImportError: It is not installed.
    """
    if library is not None and library not in LIBRARIES:
        raise ValueError(f"library must be one of {', '.join(LIBRARIES)}, is {library!r}")
    chosen = library or next((name for name in LIBRARIES if find_spec(name)), None)
    if chosen is None:
        raise ImportError("to_frame() needs pandas or polars: pip install 'gouji[frames]'")
    columns = to_columns(report)
    module = import_module(chosen)
    if chosen == "polars":
        return module.DataFrame(columns, schema_overrides={"value": module.Float64, "year": module.Int64})
    return module.DataFrame(columns).astype({"value": "Float64", "year": "Int64"})


def to_columns(report: Report) -> dict[str, list[Any]]:
    """The columns of the frame, as lists."""
    slots = _slots(report)
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for key, cell in report.cells.items():
        slot = slots.get(key)
        table, row, column = key.split(".", 1)[0], key.split(".", 1)[1].rpartition(".")[0], key.rpartition(".")[2]
        record = (
            report.agency,
            report.year,
            key,
            table,
            row,
            column,
            " ".join(slot.row.label) if slot else None,
            " ".join(slot.column.label) if slot else None,
            slot.column.unit if slot else None,
            float(cell.value) if cell.value is not None else None,
            cell.state.value,
            cell.raw,
        )
        for name, value in zip(COLUMNS, record, strict=True):
            columns[name].append(value)
    return columns


def _slots(report: Report) -> dict[str, Slot]:
    """The places of the report's own editions; unknown ones (a form of the user's) stay without labels."""
    known = editions()
    found: dict[str, Slot] = {}
    for table, edition in report.editions.items():
        form = known.get(edition or report.edition or "")
        if form is not None:
            found.update((key, slot) for key, slot in form.slots.items() if slot.table == table)
    return found
