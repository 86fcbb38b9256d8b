"""A small data set with every kind of state, built without parsing."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gouji.datasets.build import Entry, build_dataset
from gouji.datasets.dataset import Dataset, open_dataset
from gouji.datasets.rows import write_rows
from gouji.forms import editions
from gouji.model.finding import Finding, Message, Note, Severity
from gouji.model.report import Leftover, Metadata, Report, State, Status, Value
from gouji.model.source import Source, Where
from tests.generate import Wish, invent


def sample(seed: int, *, agency: str, year: int, media: str = "text/html", **changes: Value) -> Report:
    report = invent(seed, wish=Wish(edition="2021" if year > 2020 else "2019", size="middle"))
    return replace(
        report,
        source=Source(path="", sha256=f"{seed}{media}", media_type=media),
        meta=replace(report.meta, agency=agency, year=year),
        cells={**report.cells, **{name.replace("__", "."): value for name, value in changes.items()}},
    )


STRANGE: dict[str, Any] = {
    "requests__received__total": Value(value=None, state=State.BLANK),
    "requests__granted__total": Value(value=None, state=State.NOT_APPLICABLE, raw="=1+1\x00|\n\u0007"),
    "requests__carried_in__total": Value(value=None, state=State.AMBIGUOUS, raw="12", readings=(1, 12)),
    "requests__carried_over__total": Value(value=None, state=State.UNREADABLE, raw="约3"),
    "disclosure__fees__amount": Value(value=Decimal("1234.567"), state=State.REPORTED, raw="1234.567"),
    "review__review__total": Value(value=10**18, state=State.REPORTED, raw="1" + "0" * 18),
    "review__review__upheld": Value(
        value=7, state=State.INFERRED, raw="7", evidence="row-sum", where=Where(page=1, bbox=(1.0, 2.5, 3.0, 4.0))
    ),
}


def reports() -> dict[str, Report]:
    message = Message(zh="不平", en="does not add up")
    finding = Finding(
        rule="REQ-ROW",
        severity=Severity.ERROR,
        cells=("requests.received.total",),
        left=3,
        right=2,
        difference=1,
        message=message,
    )
    note = Note(
        code="CELL-AMBIGUOUS", message=message, where=Where(line=3, column=4), cells=("requests.carried_in.total",)
    )
    strange = replace(
        sample(1, agency="甲局", year=2022, **STRANGE),
        status=Status.PARTIAL,
        findings=(finding,),
        notes=(note,),
        leftovers=(Leftover(raw="99", where=Where(table=2, row=3, column=1)),),
    )
    return {
        "a/1.html": sample(2, agency="甲局", year=2021),
        "a/2.html": strange,
        "a/3.html": sample(3, agency="甲局", year=2023),
        "b/1.html": sample(4, agency="乙局", year=2022),
        "b/1.pdf": sample(
            4,
            agency="乙局",
            year=2022,
            media="application/pdf",
            requests__received__total=Value(value=1, state=State.REPORTED, raw="1"),
        ),
        "b/2020.html": sample(5, agency="乙局", year=2020),
        "c/1.html": sample(6, agency="丙局", year=2022),
        "c/2.html": sample(7, agency="丙局", year=2022),
        "d/甲局2020.pdf": Report(
            source=Source(path="", sha256="", media_type=""), status=Status.FAILED, reason="damaged"
        ),
        "d/x.html": Report(
            source=Source(path="", sha256="9", media_type="text/html"),
            status=Status.NOT_A_REPORT,
            reason="no table",
            meta=Metadata(title="天气"),
        ),
    }


def write_dataset(folder: Path, found: dict[str, Report], *, check: bool = True) -> Path:
    facts = {"bytes": 10, "parser": "0+test", "parsed_at": "2026-01-01T00:00:00Z", "seconds": 0.5}
    entries = (
        Entry(facts={"path": path, "sha256": report.source.sha256, **facts}, rows=write_rows(report))
        for path, report in sorted(found.items())
    )
    return build_dataset(folder, entries=entries, forms=editions().values(), facts={"parser": "0+test"}, check=check)


@pytest.fixture(scope="session")
def dataset_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    write_dataset(folder, reports())
    return folder


@pytest.fixture
def dataset(dataset_folder: Path) -> Iterator[Dataset]:
    with open_dataset(dataset_folder) as opened:
        yield opened
