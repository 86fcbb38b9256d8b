"""One Excel workbook: the wide table, the documents, the findings, the long table, the codebook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.datasets.dataset import Dataset
from gouji.datasets.export import needs, selects, shorten

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

SHEETS = (
    "wide",
    "documents",
    "findings",
    "series_findings",
    "notes",
    "leftovers",
    "values",
    "duplicates",
    "sections",
    "cells",
    "rules",
)
"""Tables and views that become sheets."""

ROWS = 1_048_576
"""Rows that a sheet of Excel can have; a longer table goes on in ``values_2``."""

_CHARACTERS = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_PIECE = 5_000


def write_excel(dataset: Dataset, folder: Path) -> list[Path]:
    """The workbook ``gouji.xlsx``. Text that looks like a formula stays text."""
    needs("excel", "openpyxl")
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH.replace(tzinfo=None)
    for name, sql in selects(dataset, as_text=True):
        if name in SHEETS:
            types = {row[0]: row[1] for row in dataset.rows(f"DESCRIBE {sql}")}
            _write_sheets(book, name, header=list(types), rows=dataset.iterate(sql, size=_PIECE))
    path = folder / "gouji.xlsx"
    book.save(path)
    fix_times(path)
    return [path]


def _write_sheets(book: Any, name: str, *, header: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    numbers = {i for i, column in enumerate(header) if (column in NUMBERS and name != "rules") or column.count(".") > 1}
    sheet: WriteOnlyWorksheet | None = None
    count = 0
    for count, row in enumerate(rows):
        if count % (ROWS - 1) == 0:
            sheet = _new_sheet(book, name if count == 0 else f"{name}_{count // (ROWS - 1) + 1}", header=header)
        assert sheet is not None  # noqa: S101 - for the type checker; the first row makes it
        sheet.append(list(_cells(sheet, row, numbers=numbers)))
    if sheet is None:
        _new_sheet(book, name, header=header)


NUMBERS = {"value", "left", "right", "difference", "other_value"}
"""Columns whose texts are numbers."""


def _new_sheet(book: Any, name: str, *, header: list[str]) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.append(header)
    return sheet


def _cells(sheet: WriteOnlyWorksheet, row: tuple[Any, ...], *, numbers: set[int]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for index, value in enumerate(row):
        if not isinstance(value, str):
            yield value
        elif index in numbers and value:
            yield Decimal(value)
        else:
            cell = WriteOnlyCell(sheet, value=shorten(_CONTROL.sub("\ufffd", value), limit=_CHARACTERS))
            cell.data_type = "s"  # else `=…` would be a formula
            yield cell


def fix_times(path: Path) -> None:
    """Give every member of a zip the same date, so that the same data give the same bytes."""
    fixed = path.with_suffix(".fixed")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            copy = zipfile.ZipInfo(info.filename, date_time=(2000, 1, 1, 0, 0, 0))
            copy.compress_type = zipfile.ZIP_DEFLATED
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            target.writestr(copy, data)
    fixed.replace(path)
