"""Verdicts that last, and proposals put into effect."""

from pathlib import Path

import pytest

import gouji
from gouji.checker.baseline import HEADER, Baseline, key_of
from gouji.model.causes import find_causes
from gouji.model.finding import Suspect
from gouji.model.report import Report, State, Value
from tests.unit.checker.reports import one_request, report_of, with_cell

GRANTED = "requests.granted.natural_person"


def wrong(number: int = 11, **options: object) -> Report:
    report = report_of({**one_request(12), GRANTED: number}, **options)  # type: ignore[arg-type]
    return report.with_findings(gouji.check(report))


def test_an_accepted_finding_stays_accepted_until_a_number_changes(tmp_path: Path) -> None:
    file = tmp_path / "baseline.txt"
    baseline = Baseline.load(file)
    baseline.accept(wrong())
    baseline.save(file)
    again = Baseline.load(file)
    assert [len(part) for part in again.split(wrong(path="elsewhere.html"))] == [0, 2]
    assert again.lapsed([wrong()]) == ()
    assert [len(part) for part in again.split(wrong(10))] == [2, 0]
    assert len(again.lapsed([wrong(10)])) == 2
    assert [len(part) for part in again.split(wrong(year=2022))] == [2, 0]


def test_the_file_is_plain_and_sorted(tmp_path: Path) -> None:
    file = tmp_path / "baseline.txt"
    baseline = Baseline()
    baseline.accept(wrong())
    baseline.accept(wrong(agency="某市交通局"))
    baseline.save(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADER
    assert lines[1:] == sorted(lines[1:])
    assert f"某市财政局 2023\tREQ-ROW\tleft=11 right=12 {GRANTED}=11 requests.granted.total=12" in lines


def test_accepting_again_forgets_what_has_lapsed() -> None:
    baseline = Baseline()
    baseline.accept(wrong(10))
    baseline = Baseline(baseline.entries)
    baseline.accept(wrong(11))
    assert [len(part) for part in baseline.split(wrong(10))] == [2, 0]
    assert len(baseline.entries) == 2


def test_a_cell_without_a_number_is_part_of_the_key_and_remarks_are_not_accepted() -> None:
    report = with_cell(report_of(one_request(12)), GRANTED, Value(value=None, state=State.BLANK))
    report = with_cell(report, "requests.other.misc.business", Value(value=None, state=State.UNREADABLE))
    report = report.with_findings(gouji.check(report))
    baseline = Baseline()
    baseline.accept(report)
    assert any(f"{GRANTED}=blank" in entry for entry in baseline.entries)
    kept, accepted = baseline.split(report)
    assert {finding.severity.value for finding in kept} == {"info"}
    assert len(accepted) == 2


def test_findings_between_reports_are_accepted_too() -> None:
    reports = [report_of(one_request(1288), year=2022), report_of(one_request(1288), year=2023)]
    found = gouji.check_series(reports)
    baseline = Baseline()
    assert baseline.split_series(found) == (found, ())
    baseline.accept_series(found)
    assert baseline.split_series(found) == ((), found)
    assert all(len(entry) < 200 for entry in baseline.entries)


def test_a_report_without_a_name_is_known_by_its_file() -> None:
    assert key_of(wrong(agency=None, path="a/b\\c.html")) == "c.html"


@pytest.mark.parametrize("text", ["", "something else\n", f"{HEADER}\none two\n"])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"first line must be|not a verdict"):
        Baseline.load(tmp_path / "a")


def test_a_proposal_makes_a_new_report_with_a_trail() -> None:
    report = wrong()
    [cause] = find_causes(report.findings)
    mended = report.apply(cause.suspects)
    assert gouji.check(mended) == ()
    cell = mended.cells[GRANTED]
    assert (cell.value, cell.state, cell.raw, cell.evidence) == (12, State.INFERRED, "11", "proposal")
    assert [(note.code, note.cells) for note in mended.notes] == [("PROPOSAL-APPLIED", (GRANTED,))]
    assert "由 11 改为 12" in mended.notes[0].message.zh
    assert report.cells[GRANTED].value == 11
    assert report.apply(cause.suspects[0]).cells == mended.cells


@pytest.mark.parametrize(
    ("suspect", "message"),
    [
        (Suspect(cell=GRANTED, value=10, suggested=12, cause="digit"), "does not stand there"),
        (Suspect(cell="requests.no.such", value=10, suggested=12, cause="digit"), "does not stand there"),
        (Suspect(cell=GRANTED, value=11, suggested=None, cause="other"), "nothing is proposed"),
    ],
)
def test_a_proposal_for_another_report_is_refused(suspect: Suspect, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong().apply(suspect)
