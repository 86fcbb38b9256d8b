"""Reports of one body are compared over the years when the store is built."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.datasets.dataset import open_dataset
from gouji.datasets.export import export
from gouji.datasets.summary import summarize
from gouji.model.report import Report, State, Value
from tests.unit.datasets.conftest import sample, write_dataset

CARRIED_IN = {
    f"requests.carried_in.{key}": Value(value=number, state=State.REPORTED, raw=str(number))
    for key, number in {
        "natural_person": 5, "business": 0, "research": 0, "public_welfare": 0, "legal_service": 0, "other_org": 0,
        "total": 5,
    }.items()
}  # fmt: skip
CARRIED_OVER = {key.replace("carried_in", "carried_over"): value for key, value in CARRIED_IN.items()}


def report(seed: int, *, year: int, agency: str = "甲局", cells: dict[str, Value] | None = None) -> Report:
    made = sample(seed, agency=agency, year=year)
    rolled = {key: Value(value=None, state=State.ABSENT) for key in made.cells if key.startswith("disclosure.")}
    return replace(made, cells={**made.cells, **rolled, **CARRIED_IN, **CARRIED_OVER, **(cells or {})})


def found(folder: Path, reports: dict[str, Report], sql: str) -> list[tuple[object, ...]]:
    write_dataset(folder, reports)
    with open_dataset(folder) as dataset:
        return dataset.rows(sql)


WRONG = {
    "requests.carried_in.natural_person": Value(value=4, state=State.REPORTED, raw="4"),
    "requests.carried_in.business": Value(value=1, state=State.REPORTED, raw="1"),
}


def test_what_was_carried_over_is_compared_with_what_was_carried_in(tmp_path: Path) -> None:
    reports = {
        "2021.html": report(1, year=2021),
        "2022.html": report(2, year=2022, cells=WRONG),
        "2023.html": report(3, year=2023),
        "other.html": report(4, year=2022, agency="乙局"),
    }
    sql = 'SELECT finding, body, year, rule, severity, document, documents, matched, cells, "left", "right", difference'
    assert found(tmp_path, reports, f"{sql} FROM series_findings ORDER BY finding") == [
        (
            number, "甲局", 2022, "SERIES-CARRIED", "error", 2, [1, 2], [],
            [f"requests.carried_over.{key}", f"requests.carried_in.{key}"], *numbers,
        )
        for number, (key, numbers) in enumerate(
            {"natural_person": (5, 4, 1), "business": (0, 1, -1)}.items(), start=1
        )
    ]  # fmt: skip


def test_money_and_sums_too_large_for_the_store(tmp_path: Path) -> None:
    key = "requests.carried_over.total"
    large = Value(value=10**15 - 1, state=State.REPORTED, raw="9" * 15)
    negative = Value(value=-(10**15) + 1, state=State.REPORTED, raw="-" + "9" * 15)
    reports = {
        "2021.html": report(1, year=2021, cells={key: large}),
        "2022.html": report(2, year=2022, cells={key.replace("over", "in"): negative}),
    }
    rows = found(tmp_path, reports, 'SELECT "left", difference, message_en FROM series_findings')
    assert [row[:2] for row in rows] == [(Decimal(10**15 - 1), None)]


def test_a_year_with_two_reports_that_disagree_is_compared_with_none(tmp_path: Path) -> None:
    reports = {
        "2021.html": report(1, year=2021),
        "2022a.html": report(2, year=2022, cells=WRONG),
        "2022b.html": report(9, year=2022, cells=WRONG),
        "2023.html": report(3, year=2023),
    }
    assert found(tmp_path, reports, "SELECT kind FROM duplicates WHERE cell = ''") == [("conflict",)]
    assert found(tmp_path, reports, "FROM series_findings") == []


def test_names_of_one_body_are_put_together_and_named(tmp_path: Path) -> None:
    reports = {
        "2021.html": report(1, year=2021, agency="某某区人民政府办公室"),
        "2022.html": report(2, year=2022, agency="某某区人民政府", cells=WRONG),
    }
    sql = "SELECT DISTINCT body, matched FROM series_findings"
    assert found(tmp_path, reports, sql) == [("某某区人民政府", ["某某区人民政府办公室", "某某区人民政府"])]


def test_they_are_in_the_summary_and_in_the_exports(tmp_path: Path) -> None:
    write_dataset(tmp_path, {"a.html": report(1, year=2021), "b.html": report(2, year=2022, cells=WRONG)})
    with open_dataset(tmp_path) as dataset:
        (part,) = [part for part in summarize(dataset) if part.key == "series_findings"]
        assert part.rows == (("SERIES-CARRIED", "error", 2, 1, 1),)
        export(dataset, to="csv", out=tmp_path / "csv")
    text = (tmp_path / "csv" / "series_findings.csv").read_text(encoding="utf-8-sig")
    assert [line.split(",")[:4] for line in text.splitlines()[1:]] == [
        ["1", "甲局", "2022", "SERIES-CARRIED"],
        ["2", "甲局", "2022", "SERIES-CARRIED"],
    ]


@pytest.mark.parametrize("check", [True, False])
def test_without_checking_nothing_is_compared(check: bool, tmp_path: Path) -> None:
    reports = {"a.html": report(1, year=2021), "b.html": report(2, year=2022, cells=WRONG)}
    write_dataset(tmp_path, reports, check=check)
    with open_dataset(tmp_path) as dataset:
        assert len(dataset.rows("FROM series_findings")) == 2 * check
