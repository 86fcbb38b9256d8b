"""Reports in shapes that the renderers do not write: every value is what is printed, none is made up."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gouji.model.report import Report
from gouji.pipeline import parse

ROOT = Path(__file__).parents[2] / "fixtures" / "odd"
CASES = sorted(folder.name for folder in ROOT.iterdir())


def read(name: str) -> tuple[Report, dict[str, Any]]:
    folder = ROOT / name
    return parse(next(folder.glob("input.*"))), json.loads((folder / "truth.json").read_text("utf-8"))


def number(printed: object) -> Decimal | None:
    """What a truth says: a number, or text where none is printed."""
    text = str(printed)
    return Decimal(text) if text.lstrip("-").replace(".", "", 1).isdigit() else None


@pytest.mark.parametrize("name", CASES)
def test_every_value_is_what_is_printed(name: str) -> None:
    report, truth = read(name)
    values = {key: None if cell.value is None else Decimal(cell.value) for key, cell in report.cells.items()}
    assert values == {key: number(truth["values"].get(key)) for key in values}
    assert set(truth["values"]) <= set(values)
    assert (report.status.value, report.edition) == ("ok", truth["form"])


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_said_against_a_report_that_adds_up(name: str) -> None:
    report, truth = read(name)
    assert [finding.rule for finding in report.findings if finding.severity.value in ("error", "warning")] == []
    assert (report.agency, report.year) == (truth["agency"], truth["year"])
    assert "".join((report.title or "").split()) == "".join(truth["title"].split())
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
