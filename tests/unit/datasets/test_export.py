"""Every format holds the same values, and the same data give the same bytes."""

import csv
import json
import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyreadstat
import pytest
from frictionless import Package

from gouji.datasets.dataset import Dataset, open_dataset
from gouji.datasets.export import FORMATS, ExportError, export
from gouji.datasets.schema import MISSING
from gouji.model.finding import Finding, Message, Note, Severity
from gouji.model.report import Section
from tests.unit.datasets.conftest import sample, write_dataset

LETTER: Any = "a"
VALUES = 'SELECT document, cell, value FROM "values" ORDER BY document, position'


def expected(dataset: Dataset) -> list[tuple[int, str, float | None]]:
    return [(document, cell, None if value is None else float(value)) for document, cell, value in dataset.rows(VALUES)]


def same(found: list[tuple[int, str, float | None]], wanted: list[tuple[int, str, float | None]]) -> bool:
    plain = [(d, c, None if v is None or math.isnan(v) else float(v)) for d, c, v in found]
    return plain == wanted


def test_csv_round_trips(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="csv", out=tmp_path)
    path = tmp_path / "values.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdocument,")
    columns = ["document", "cell", "value"]
    wanted = expected(dataset)
    frame = pd.read_csv(path)
    assert same(list(frame[columns].itertuples(index=False, name=None)), wanted)
    polars = pl.read_csv(path, infer_schema_length=None)
    assert same(polars.select(columns).rows(), wanted)
    assert same(duckdb.execute(f"SELECT document, cell, value FROM read_csv('{path}')").fetchall(), wanted)


def test_csv_writes_numbers_as_people_do(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="csv", out=tmp_path)
    with (tmp_path / "wide.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["disclosure.fees.amount"] == "1234.567"
    assert rows[1]["requests.received.total"] == ""
    assert rows[0]["requests.outcome_total.total"].isdecimal()


def test_parquet_round_trips(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="parquet", out=tmp_path)
    path = str(tmp_path / "values.parquet")
    wanted = dataset.rows(VALUES)
    assert pl.read_parquet(path).select("document", "cell", "value").rows() == wanted
    assert duckdb.execute(f"SELECT document, cell, value FROM '{path}'").fetchall() == wanted
    frame = pd.read_parquet(path)
    assert list(frame["value"].dropna()) == [value for _, _, value in wanted if value is not None]


def test_stata_keeps_the_kinds_of_missing(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="dta", out=tmp_path)
    frame, meta = pyreadstat.read_dta(tmp_path / "wide.dta", user_missing=True)
    row = frame.iloc[1]
    assert row["req_received_total"] == "a"
    assert row["req_granted_total"] == "b"
    assert row["req_carried_in_total"] == "d"
    assert row["req_carried_over_total"] == "e"
    assert row["dis_fees_amount"] == 1234.567
    labels = meta.column_names_to_labels
    assert labels["req_received_total"] == "Requests received this year · Total (items)"
    assert dict(meta.variable_value_labels["req_received_total"])[LETTER] == "blank"
    numbers = pd.read_stata(tmp_path / "values.dta", convert_categoricals=False)
    assert same(list(numbers[["document", "cell", "value"]].itertuples(index=False, name=None)), expected(dataset))


def test_excel_takes_no_text_for_a_formula(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="xlsx", out=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "gouji.xlsx")
    raws = [cell for row in book["values"].iter_rows() for cell in row if str(cell.value).startswith("=1+1")]
    assert [cell.data_type for cell in raws] == ["s"]
    header = [cell.value for cell in book["wide"][1]]
    assert book["wide"].cell(3, header.index("disclosure.fees.amount") + 1).value == 1234.567
    assert book["wide"].max_row == 8


def test_a_long_table_goes_on_in_another_sheet(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouji.datasets.excel.ROWS", 501)
    export(dataset, to="xlsx", out=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "gouji.xlsx")
    sheets = [name for name in book.sheetnames if name.startswith("values")]
    assert sheets[:2] == ["values", "values_2"]
    assert sum(book[name].max_row - 1 for name in sheets) == dataset.count("values")


def test_the_data_package_is_valid(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="datapackage", out=tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    descriptor = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    wide = descriptor["resources"][0]
    assert set(MISSING) <= set(wide["schema"]["missingValues"])
    assert descriptor["licenses"][0]["path"] == "LICENCE-NOTE.txt"
    with (tmp_path / "wide.csv").open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[1]
    assert row["requests.received.total"] == "blank"
    assert Decimal(row["disclosure.fees.amount"]) == Decimal("1234.567")


def test_a_changed_file_breaks_the_package(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="datapackage", out=tmp_path)
    with (tmp_path / "values.csv").open("a", encoding="utf-8") as file:
        file.write("x\n")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_codebook_explains_every_variable(dataset: Dataset, tmp_path: Path) -> None:
    export(dataset, to="codebook", out=tmp_path)
    markdown, page = ((tmp_path / name).read_text("utf-8") for name in ("codebook.md", "codebook.html"))
    for cell, zh, en in dataset.rows("SELECT cell, label_zh, label_en FROM cells"):
        assert f"| {cell} |" in markdown
        assert zh.replace("|", "\\|") in markdown
        assert en in markdown
    assert "REQ-BALANCE" in markdown
    assert "<script" not in page
    assert "国办公开办函〔2021〕30号" in page


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_data_give_the_same_bytes(dataset: Dataset, tmp_path: Path, to: str) -> None:
    first, second = export(dataset, to=to, out=tmp_path / "1"), export(dataset, to=to, out=tmp_path / "2")
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_an_unknown_format(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no format 'sav'"):
        export(dataset, to="sav", out=tmp_path)


@pytest.mark.parametrize("to", ["csv", "xlsx", "parquet"])
def test_an_export_that_fails_says_why_and_leaves_the_earlier_one(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    before = {path: path.read_bytes() for path in export(dataset, to=to, out=tmp_path)}

    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    module = "excel" if to == "xlsx" else "codebook"
    monkeypatch.setattr(f"gouji.datasets.{module}.{'fix_times' if to == 'xlsx' else 'write_codebook'}", refuse)
    with pytest.raises(ExportError, match="No space left") as caught:
        export(dataset, to=to, out=tmp_path)
    assert caught.value.where == str(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_export_under_a_file(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="Not a directory"):
        export(dataset, to="csv", out=tmp_path / "file" / "into")


def test_a_text_that_a_format_cannot_hold_says_that_it_is_cut(tmp_path: Path) -> None:
    report = replace(
        sample(1, agency="甲局", year=2022), sections=(Section(number=1, heading="一、总体情况", text="政" * 40_000),),
        notes=(Note(code="A", message=Message(zh="政" * 3000, en="x" * 3000)),),
        findings=(Finding(rule="A", severity=Severity.INFO, message=Message(zh="政" * 3000, en="x" * 3000)),),
    )  # fmt: skip
    write_dataset(tmp_path, {"a": report})
    with open_dataset(tmp_path) as dataset:
        for to in ("xlsx", "dta"):
            export(dataset, to=to, out=tmp_path)
    rows = list(openpyxl.load_workbook(tmp_path / "gouji.xlsx")["sections"].values)
    text = str(rows[1][rows[0].index("text")])
    assert (len(text), text[-25:]) == (32_767, " [gouji: the rest is cut]")
    frame, _ = pyreadstat.read_dta(str(tmp_path / "findings.dta"))
    assert frame["message_zh"][0] == "政" * 1975 + " [gouji: the rest is cut]"
