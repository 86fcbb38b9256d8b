"""Stata files: labels on every variable and value, the kinds of missing as extended missing values."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.datasets.dataset import Dataset
from gouji.datasets.export import needs, shorten, sorted_select, wide_select
from gouji.datasets.schema import DOCUMENTS, FINDINGS, MISSING, VALUES, WIDE_FACTS, TableDef

if TYPE_CHECKING:
    import pandas as pd

LETTERS = dict(zip(MISSING, "abcde", strict=True))
"""State to the letter of its extended missing value: blank is ``.a``, unreadable ``.e``."""

_LABEL = 78
_VERSION = 15
_LONGEST = 2000
_STAMP = b"01 Jan 2000 00:00"


def write_stata(dataset: Dataset, folder: Path) -> list[Path]:
    """``wide.dta``, ``values.dta`` (long), ``documents.dta`` and ``findings.dta``, readable by Stata 14 and later."""
    needs("stata", "pandas", "pyreadstat")
    return [
        _write_wide(dataset, folder / "wide.dta"),
        *(_write_table(dataset, table, folder / f"{table.name}.dta") for table in (VALUES, DOCUMENTS, FINDINGS)),
    ]


def _write_wide(dataset: Dataset, path: Path) -> Path:
    import pandas as pd

    cells = dataset.rows("SELECT cell, stata, label_zh, label_en, unit FROM cells ORDER BY position")
    values = dataset.query(wide_select(dataset)).df()
    states = dataset.query(wide_select(dataset, view="wide_states")).df()
    frame = pd.DataFrame({name: _plain(values[name]) for name in WIDE_FACTS})
    labels = {field.name: _label(field.about) for field in DOCUMENTS.fields if field.name in WIDE_FACTS}
    columns: dict[str, pd.Series[Any]] = {}
    for cell, stata, _, label_en, unit in cells:
        numbers = values[cell].astype("float64").astype(object)
        letters = states[cell].map(LETTERS)
        columns[stata] = numbers.where(letters.isna(), letters)
        labels[stata] = _label(f"{label_en} ({_UNITS.get(unit, unit)})")
    frame = pd.concat([frame, pd.DataFrame(columns)], axis=1)
    missing = {letter: state.replace("_", " ") for state, letter in LETTERS.items()}
    _write(
        frame,
        path,
        labels=labels,
        value_labels={stata: missing for _, stata, *_ in cells},
        missing={stata: list(missing) for _, stata, *_ in cells},
    )
    return path


_UNITS = {"件": "items", "项": "items", "万元": "10,000 yuan"}


def _write_table(dataset: Dataset, table: TableDef, path: Path) -> Path:
    frame = dataset.query(sorted_select(table, as_text=True)).df()
    for column in ("value", "left", "right", "difference"):
        if column in frame:
            frame[column] = frame[column].astype("float64")
    frame = frame.apply(_plain)
    missing: dict[str, list[str]] = {}
    value_labels: dict[str, Any] = {}
    if table is VALUES:
        letters = frame["state"].map(LETTERS)
        frame["value"] = frame["value"].astype(object).where(letters.isna(), letters)
        value_labels["value"] = {letter: state.replace("_", " ") for state, letter in LETTERS.items()}
        missing["value"] = list(LETTERS.values())
    labels = {field.name: _label(field.about) for field in table.exported}
    _write(frame, path, labels=labels, value_labels=value_labels, missing=missing)
    return path


def _plain(series: pd.Series[Any]) -> pd.Series[Any]:
    """A column as Stata knows it: numbers as doubles, truth as 0 and 1, text short enough."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(series) or pd.api.types.is_bool_dtype(series):
        return series.astype("float64")
    return series.astype(object).where(series.notna(), "").astype(str).map(partial(shorten, limit=_LONGEST))


def _write(
    frame: pd.DataFrame,
    path: Path,
    *,
    labels: dict[str, str],
    value_labels: dict[str, Any],
    missing: dict[str, list[str]],
) -> None:
    import pyreadstat

    pyreadstat.write_dta(
        frame,
        str(path),
        file_label="gouji",
        column_labels=[labels[str(name)] for name in frame.columns],
        version=_VERSION,
        variable_value_labels=value_labels,
        missing_user_values=missing,
    )
    fix_time(path)


def fix_time(path: Path) -> None:
    """Replace the time of writing in the head of a file, so that the same data give the same bytes."""
    with path.open("r+b") as file:
        head = file.read(1000)
        mark = b"<timestamp>\x11"
        at = head.find(mark)
        if at >= 0:
            file.seek(at + len(mark))
            file.write(_STAMP)


def _label(text: str) -> str:
    """A label no longer than the format allows, in bytes."""
    short = text.encode()[:_LABEL].decode("utf-8", "ignore")
    return text if short == text else f"{short[: _LABEL - 3]}..."
