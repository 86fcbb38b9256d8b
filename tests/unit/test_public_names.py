"""The names that ``import gouji`` offers, and how a report shows itself."""

import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import gouji
from gouji.exporters.frames import COLUMNS
from gouji.forms import editions
from gouji.model.finding import Finding, Message, Note, Severity, Suspect
from gouji.model.report import Leftover, Metadata, Report, Section, State, Status, Value
from gouji.model.source import Source, Where


def full_report() -> Report:
    """A report that uses every field of every type."""
    slots = list(editions()["2021"].slots)
    cells = dict.fromkeys(slots, Value(value=None, state=State.ABSENT))
    cells["requests.received.total"] = Value(value=12, state=State.REPORTED, raw="12", where=Where(line=3, column=4))
    cells["disclosure.fees.amount"] = Value(value=Decimal("316441.50"), state=State.REPORTED, raw="316441.50")
    cells["requests.received.business"] = Value(value=None, state=State.AMBIGUOUS, raw="12", readings=(1, 12))
    cells["requests.granted.total"] = Value(
        value=3, state=State.INFERRED, raw="3", evidence="row-sum", where=Where(page=2, bbox=(1.5, 2.0, 3.0, 4.0))
    )
    cells["requests.carried_in.total"] = Value(value=None, state=State.NOT_APPLICABLE, raw="/", confidence=0.5)
    message = Message(zh="不平衡", en="does not balance")
    suspect = Suspect(cell="requests.received.total", value=12, suggested=11, cause="digit", confident=True)
    return Report(
        source=Source(path="a.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8"),
        status=Status.PARTIAL,
        reason="1 cells can be read in several ways",
        edition="2021",
        editions={"disclosure": "2021", "requests": "2021", "review": None},
        meta=Metadata(
            agency="甲市水利局",
            title="甲市水利局2023年政府信息公开工作年度报告",
            year=2023,
            period=("2023-01-01", "2023-12-31"),
            signed="2024-01-25",
            published="2024-01-26",
            phone="0991-8805281",
        ),
        cells=cells,
        sections=(Section(number=1, heading="一、总体情况", text="无。", where=Where(line=1)),),
        findings=(
            Finding(
                rule="REQ-BALANCE",
                severity=Severity.ERROR,
                cells=("requests.received.total",),
                left=12,
                right=11,
                difference=1,
                missing=("requests.carried_in.total",),
                suspects=(suspect,),
                message=message,
                where=Where(line=3),
            ),
            Finding(rule="DIS-NEGATIVE", severity=Severity.INFO, left=Decimal("0.10"), message=message),
        ),
        notes=(Note(code="LABEL-CLOSE", message=message, where=Where(table=1, row=2), cells=("a",)),),
        leftovers=(Leftover(raw="99", where=Where(paragraph=4, xpath="/html/body")),),
    )


def test_a_report_goes_out_and_in_without_loss() -> None:
    report = full_report()
    assert Report.from_json(report.to_json()) == report
    assert Report.from_json(report.to_json(indent=2).encode()) == report
    again = Report.from_dict(report.to_dict())
    assert str(again.cells["disclosure.fees.amount"].value) == "316441.50"
    assert pickle.loads(pickle.dumps(report)) == report


def test_json_lines(tmp_path: Path) -> None:
    report = full_report()
    path = tmp_path / "reports.jsonl"
    assert gouji.write_json_lines([report, report], path) == 2
    assert list(gouji.read_json_lines(path)) == [report, report]
    path.write_text('{"schema": 99}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1 is no report: schema 99"):
        list(gouji.read_json_lines(path))


def test_every_public_name_is_there() -> None:
    assert [name for name in gouji.__all__ if not hasattr(gouji, name)] == []
    assert set(gouji.__all__) <= set(dir(gouji))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = gouji.nonsense


def test_a_report_shows_itself() -> None:
    report = full_report()
    assert repr(report) == "<Report 甲市水利局 2023: partial, 2 tables, 2 findings, 1 notes, 1 leftovers>"
    assert repr(report.findings[0]) == "<Finding REQ-BALANCE (error): 不平衡>"
    assert repr(report.notes[0]) == "<Note LABEL-CLOSE: 不平衡>"
    assert "不平衡" in report._repr_html_()


def test_a_table_prints_as_the_form() -> None:
    table = full_report()["requests"]
    lines = repr(table).splitlines()
    assert lines[0] == "收到和处理政府信息公开申请情况"
    row = next(line for line in lines if line.startswith("一、本年新收"))
    assert row.split()[1:] == ["·", "1|12?", "·", "·", "·", "·", "12"]
    assert "? 多种读法 ambiguous" in lines
    assert table["received", "total"].value == 12
    assert "<td" in table._repr_html_()
    with pytest.raises(KeyError):
        _ = table["received", "nonsense"]
    with pytest.raises(KeyError):
        _ = full_report()["nonsense"]


@pytest.mark.parametrize("library", ["pandas", "polars", None])
def test_a_report_as_a_frame(library: str | None) -> None:
    frame = full_report().to_frame(library)
    assert list(frame.columns) == list(COLUMNS)
    assert len(frame) == len(editions()["2021"].slots)
    records = frame.to_dict("records") if library != "polars" else frame.to_dicts()
    row = next(row for row in records if row["cell"] == "requests.received.total")
    assert (row["row_label"], row["value"], row["unit"]) == ("一、本年新收政府信息公开申请数量", 12.0, "件")


def test_a_frame_of_an_unknown_library() -> None:
    with pytest.raises(ValueError, match="pandas, polars"):
        full_report().to_frame("numpy")
