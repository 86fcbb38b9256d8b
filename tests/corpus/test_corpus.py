"""Whole reports of invented bodies, compared field by field with what is printed in them and with what was read before.

`truth.json` and `meta.toml` come from the renderer and say what is printed; `expected.json` and `findings.json` are what
gouji made of it when somebody last looked: `make golden` rewrites them and fails so that a person reads the difference.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gouji.model.report import Report, State
from gouji.pipeline import parse
from tests.corpus.render_fixtures import Whole, corpus

ROOT = Path(__file__).parents[2]
CASES = {whole.name: whole for whole in corpus()}
REPORTS: dict[str, Report] = {}


def read(name: str) -> Report:
    """Parse each document once."""
    if name not in REPORTS:
        REPORTS[name] = parse(ROOT / "fixtures" / "corpus" / name / CASES[name].file)
    return REPORTS[name]


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> Whole:
    found: Whole = CASES[request.param]
    return found


def test_every_cell_is_what_is_printed(case: Whole) -> None:
    report, truth = read(case.name), case.truth
    assert {key: cell.value for key, cell in report.cells.items() if cell.state is not State.ABSENT} == {
        key: cell.value for key, cell in truth.cells.items()
    }
    assert report.leftovers == ()


def test_metadata(case: Whole) -> None:
    report, truth = read(case.name), case.truth
    assert (report.status.value, report.edition) == ("ok", truth.edition)
    assert (report.agency, report.title, report.year) == (truth.agency, truth.title, truth.year)
    assert (report.meta.period, report.meta.signed, report.meta.phone) == (
        truth.meta.period,
        truth.meta.signed,
        truth.meta.phone,
    )


def test_sections(case: Whole) -> None:
    report, truth = read(case.name), case.truth
    assert [(section.number, flat(section.heading), flat(section.text)) for section in report.sections] == [
        (section.number, flat(section.heading), flat(section.text)) for section in truth.sections
    ]


def flat(text: str) -> str:
    """Without spaces, and with one width of punctuation."""
    return "".join(text.split()).translate(str.maketrans("（），：；", "(),:;"))


def test_slips_of_the_author_are_found(case: Whole) -> None:
    meta = tomllib.loads((ROOT / "fixtures" / "corpus" / case.name / "meta.toml").read_text("utf-8"))
    errors = [finding for finding in read(case.name).findings if finding.severity.value == "error"]
    slips = {slip["cell"] for slip in meta.get("slip", [])}
    assert bool(errors) == bool(slips)
    assert slips <= {cell for finding in errors for cell in finding.cells}


@pytest.mark.slow
def test_golden(case: Whole, *, golden_update: bool) -> None:
    folder = ROOT / "fixtures" / "corpus" / case.name
    made = {"expected.json": told(read(case.name)), "findings.json": found(read(case.name))}
    for name, data in made.items():
        path = folder / name
        if golden_update:
            path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
        assert json.loads(path.read_text("utf-8")) == data, "look at the difference, then: make golden"


def told(report: Report) -> dict[str, Any]:
    """What is compared: everything but the places, the hash and the findings."""
    data = report.to_dict()
    for key in ("source", "findings"):
        del data[key]
    data["cells"] = {
        key: [cell["value"], cell["state"], cell["raw"]]
        for key, cell in data["cells"].items()
        if cell["state"] != "absent"
    }
    data["notes"] = [note["code"] for note in data["notes"]]
    data["leftovers"] = [leftover["raw"] for leftover in data["leftovers"]]
    data["sections"] = [{key: section[key] for key in ("number", "heading", "text")} for section in data["sections"]]
    return data


def found(report: Report) -> list[dict[str, Any]]:
    """Findings without their wording."""
    return [
        {key: value for key, value in finding.to_dict().items() if key not in ("message", "where")}
        for finding in report.findings
    ]
