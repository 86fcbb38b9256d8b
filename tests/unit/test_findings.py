"""Findings for people and programs: text, JSON, SARIF, Excel, and the command that writes them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gouji
from gouji.cli import main
from gouji.exporters import findings_json, findings_sarif, findings_xlsx
from gouji.exporters.findings import Audit, Findings, Labels, show_place
from gouji.exporters.findings_text import render, render_all
from gouji.model.causes import find_causes
from gouji.model.finding import Finding, Message, Note, Severity, Suspect
from gouji.model.report import Report, State, Status, Value
from gouji.model.source import Where
from tests.unit.checker.reports import one_request, report_of, with_cell

GRANTED = "requests.granted.natural_person"


def checked(report: Report) -> Report:
    return report.with_findings(gouji.check(report))


def wrong(**changes: int) -> Report:
    return checked(report_of({**one_request(1288), GRANTED: 1828, **{f"requests.{k}": v for k, v in changes.items()}}))


def test_one_line_a_cause_and_the_sums_under_it() -> None:
    lines = render(wrong(), lang="zh").splitlines()
    assert lines[0] == "某市财政局-2023.txt  某市财政局 2023  1 处错误"
    assert lines[1] == (
        "  [错误] 收到和处理政府信息公开申请情况 · （一）予以公开 · 自然人  表内 1828，应为 1288 ?  "
        "（两个数字换了位置；唯一的解释，若仅此一处有误）  @ 第 12 行 第 3 字"
    )
    assert lines[2].startswith("      REQ-ROW  （一）予以公开：左边 1828，右边 1288，相差 540。应有：")
    assert lines[3].startswith("      REQ-OUTCOMES  自然人：左边 1828，右边 1288")
    assert len(lines) == 4


def test_the_same_in_english() -> None:
    lines = render(wrong(), lang="en").splitlines()
    assert lines[0].endswith("1 error")
    assert "Disclosed / Natural persons: printed 1828, should be 1288?" in lines[1]
    assert "(two digits changed places; the only explanation, if only this is wrong)  @ line 12, column 3" in lines[1]
    assert lines[2].startswith("      REQ-ROW  Disclosed: 1828 on the left, 1288 on the right, 540 apart.")
    assert "If only this" not in lines[2]


def test_a_column_of_totals_that_was_left_out_names_the_first_sums() -> None:
    blank = Value(value=None, state=State.BLANK)
    report = report_of({**one_request(12), "requests.carried_in.business": 4, "requests.carried_over.business": 4})
    totals = {key: blank for key in report.cells if key.startswith("requests.") and key.endswith(".total")}
    lines = render(checked(replace(report, cells={**report.cells, **totals})), lang="en").splitlines()
    assert lines[0].endswith("1 warning, 1 remark")
    assert "Total: printed blank, should be 12?; " in lines[1]
    assert lines[1].count("should be") == 3
    assert " …  (it follows from the other cells; possibly)" in lines[1]
    assert len(lines) == 3


def test_several_explanations_are_listed_best_first() -> None:
    report = checked(report_of({**one_request(12), "review.review.upheld": 18, "review.review.total": 81}))
    text = render(report)
    assert "另有 4 格也可能" in text
    assert "或者：" in text
    assert " …" in text
    assert "4 other cells would explain it too" in render(report, lang="en")


def test_a_slip_over_two_cells_is_one_cause() -> None:
    values = {
        f"requests.{row}.{column}": n
        for row, n in (("received", 21), ("outcome_total", 21))
        for column in ("business", "total")
    }
    values |= {"requests.granted.business": 0, "requests.granted.research": 21, "requests.granted.total": 21}
    report = checked(report_of(values))
    [cause] = find_causes(report.findings)
    assert cause.kind == "moved_column"
    assert {suspect.cell for suspect in cause.suspects} == {"requests.granted.business", "requests.granted.research"}
    assert "数字移到了别的列" in render(report)


def test_what_no_slip_explains() -> None:
    numbers = {key: 7 * i * i % 1000 + 3 for i, key in enumerate(report_of({}).cells) if key.startswith("requests.")}
    report = checked(report_of(numbers))
    [cause] = find_causes(report.findings)
    assert (cause.suspects, cause.kind, cause.confident) == ((), "unexplained", False)
    assert "找不到单一的原因" in render(report)
    assert "no small slip explains it" in render(report, lang="en")


def test_a_count_below_zero() -> None:
    report = checked(report_of({"disclosure.licensing.decisions": -3}))
    [cause] = find_causes(report.findings)
    assert cause.kind == "DIS-NEGATIVE"
    assert "不得为负" in render(report)


def test_remarks_and_notes_are_counted_and_listed_when_asked() -> None:
    report = with_cell(
        report_of(one_request(3)), "requests.other.misc.total", Value(value=None, state=State.UNREADABLE)
    )
    note = Note(code="LABEL-CLOSE", message=Message(zh="近似", en="close"))
    report = replace(checked(report), notes=(note,), status=Status.PARTIAL, reason="cut")
    text = render(report)
    assert text == "某市财政局-2023.txt  某市财政局 2023  没有发现不符，2 项说明，1 处读取存疑，不完整：1格不是数字"
    assert "[说明] REQ-ROW" in render(report, verbose=True)
    assert "LABEL-CLOSE  close" in render(report, verbose=True, lang="en")
    assert render(report, lang="en").endswith("adds up, 2 remarks, 1 note on our reading, partial: cut")


def test_why_a_file_could_not_be_read_is_told_in_both_languages(tmp_path: Path) -> None:
    report = gouji.outcome(tmp_path / "none.txt")
    assert "none.txt  无法读取：文件打不开：" in render(report)
    assert "（cannot open the file: No such file or directory）" in render(report)
    assert "cannot be read: READ-FILE: cannot open the file" in render(report, lang="en")


def test_why_a_text_is_no_report_or_not_whole_is_told_in_both_languages(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("今天天气很好。", encoding="utf-8")
    assert "不是政府信息公开工作年度报告" in render(gouji.outcome(other))
    assert "is not an annual report: " in render(gouji.outcome(other), lang="en")
    seed = Path(__file__).parents[2].joinpath("fixtures", "seed-2023.txt").read_text(encoding="utf-8")
    other.write_text(seed[: seed.index("四、政府信息公开行政复议")], encoding="utf-8")
    assert "不完整：没有找到表：" in render(gouji.outcome(other))
    assert "partial: not found: review" in render(gouji.outcome(other), lang="en")


def test_a_page_that_only_offers_its_report_says_what_it_offers(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>某市财政局2023年政府信息公开工作年度报告</h1><a href='r.pdf'>附件</a>", encoding="utf-8")
    assert render(gouji.outcome(page)).endswith("页面提供附件，表格可能在其中：r.pdf")


def test_a_report_without_figures_is_not_said_to_add_up(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text(
        "某市人民政府2016年政府信息公开工作年度报告\n统计期限为2016年1月1日至2016年12月31日。\n一、概述\n"
        "工作进展顺利，成效明显。\n二、主动公开情况\n指标 | 单位 | 统计数\n主动公开政府信息数 | 条 | 46106\n",
        encoding="utf-8",
    )
    text = render(gouji.outcome(old))
    assert "没有可核对的数字" in text
    assert "2016年度的报告用的是更早的表式，已知的表式自2019年度起" in text
    assert "adds up" not in render(gouji.outcome(old), lang="en")


def test_places_in_words() -> None:
    assert show_place(Where(paragraph=3), "zh") == "第 3 段"
    assert show_place(Where(table=2, row=5, column=3), "en") == "table 2, row 5, column 3"
    assert show_place(Where(xpath="/a"), "zh") == ""


def test_a_cell_of_a_table_the_report_does_not_have() -> None:
    labels = Labels(replace(report_of({}), editions={"requests": None}), "zh", forms=[])
    assert (labels.cell(GRANTED), labels.table(GRANTED)) == (GRANTED, "")


def series() -> Findings:
    before = report_of({"requests.carried_over.natural_person": 3}, agency="某区人民政府办公室", year=2022)
    after = report_of({"requests.carried_in.natural_person": 4}, agency="某区人民政府")
    found = gouji.check_series([before, after])
    return Findings(audits=(Audit(report=wrong(), accepted=wrong().findings),), series=found, lapsed=("old",))


def test_text_of_several_reports() -> None:
    text = render_all(series(), lang="zh")
    assert "认可已失效：old" in text
    assert "2 处已认可" in text
    assert "[错误] 某区人民政府 2023  SERIES-CARRIED" in text
    assert "名称视为同一机关：某区人民政府办公室 = 某区人民政府" in text
    assert "taken for one body" in render_all(series(), lang="en")


def test_json_by_cause() -> None:
    first, second = (json.loads(line) for line in findings_json.render_all(series()).splitlines())
    assert [cause["kind"] for cause in first["causes"]] == ["transposition"]
    assert first["causes"][0]["suspects"][0]["suggested"] == 1288
    assert second["series"][0]["rule"] == "SERIES-CARRIED"
    assert json.loads(findings_json.render_all(Findings(audits=(Audit(report=wrong()),))))["accepted"] == []


def test_sarif() -> None:
    log = json.loads(findings_sarif.render_all(series(), lang="zh"))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {result["ruleId"] for result in run["results"]}
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 12, "startColumn": 3}
    assert first["relatedLocations"][0]["message"]["text"] == "（一）予以公开 · 自然人 → 1288 (两个数字换了位置)"
    assert [len(result.get("suppressions", ())) for result in run["results"]] == [0, 0, 1, 1, 0]
    assert {result["level"] for result in run["results"]} <= {"error", "warning", "note", "none"}


def test_sarif_of_a_page_without_lines() -> None:
    report = wrong()
    cells = {key: cell._replace(where=Where(page=4)) for key, cell in report.cells.items()}
    log = json.loads(
        findings_sarif.render_all(Findings(audits=(Audit(report=checked(replace(report, cells=cells))),)), lang="en")
    )
    [location] = log["runs"][0]["results"][0]["locations"]
    assert location["logicalLocations"][1] == {"name": "page 4"}
    assert "region" not in location["physicalLocation"]


def test_excel(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    numbers = {key: 7 * i * i % 1000 + 3 for i, key in enumerate(report_of({}).cells) if key.startswith("requests.")}
    found = replace(series(), audits=(*series().audits, Audit(report=checked(report_of(numbers, agency="=1+1")))))
    findings_xlsx.write_all(found, tmp_path / "a.xlsx", lang="zh")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["原因", "核对结果"]
    rows = list(book["原因"].values)
    assert rows[1][4:10] == (
        "收到和处理政府信息公开申请情况",
        "（一）予以公开 · 自然人",
        1828,
        1288,
        "两个数字换了位置",
        "是",
    )
    assert rows[2][1] == "'=1+1"
    assert rows[2][8] == "unexplained"
    states = [row[-1] for row in book["核对结果"].values]
    assert states[:5] == ["状态", "未处理", "未处理", "已认可", "已认可"]
    findings_xlsx.write_all(found, tmp_path / "b.xlsx", lang="en")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["causes", "findings"]


SEED = Path(__file__).parents[2] / "fixtures" / "seed-2023.txt"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    text = SEED.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("一、本年新收政府信息公开申请数量"))
    head, _, tail = row.rpartition("| 0 |")
    file = tmp_path / "reports" / "a.txt"
    file.parent.mkdir()
    file.write_text(text.replace(row, f"{head}| 3 |{tail}"), encoding="utf-8")
    return file


def test_check_a_clean_and_a_spoiled_report(spoiled: Path) -> None:
    assert run(SEED, "--lang", "en").output.rstrip().endswith("adds up")
    found = run(spoiled, "--lang", "zh")
    assert found.exit_code == 1
    assert "表内 3，应为 0 ?" in found.output
    assert run(spoiled, "--profile", "draft", "--solver").exit_code == 1


def test_check_a_folder(spoiled: Path) -> None:
    (spoiled.parent / ".hidden").mkdir()
    (spoiled.parent / ".hidden" / "b.txt").write_text("x", encoding="utf-8")
    (spoiled.parent / "notes.json").write_text("{}", encoding="utf-8")
    (spoiled.parent / "b.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    found = run(spoiled.parent, "--lang", "zh")
    assert found.exit_code == 1
    assert "SERIES-TWICE" in found.output


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_check_for_programs(spoiled: Path, name: str) -> None:
    assert json.loads(run(spoiled, "--format", name).output)
    assert run(spoiled, "--format", name, "-o", spoiled.parent / "out").output == ""
    assert json.loads((spoiled.parent / "out").read_text(encoding="utf-8"))


def test_check_to_excel(spoiled: Path) -> None:
    pytest.importorskip("openpyxl")
    assert run(spoiled, "--format", "xlsx").exit_code == 64
    assert run(spoiled, "--format", "xlsx", "-o", spoiled.parent / "a.xlsx").exit_code == 1
    assert (spoiled.parent / "a.xlsx").stat().st_size > 1000


def test_check_with_a_baseline(spoiled: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline"
    assert run(spoiled, "--accept").exit_code == 64
    assert run(spoiled, "--baseline", baseline, "--accept").exit_code == 0
    assert run(spoiled, "--baseline", baseline).exit_code == 0
    spoiled.write_text(spoiled.read_text(encoding="utf-8").replace("| 3 |", "| 4 |"), encoding="utf-8")
    assert run(spoiled, "--baseline", baseline).exit_code == 1
    baseline.write_text("nothing\n", encoding="utf-8")
    assert run(spoiled, "--baseline", baseline).exit_code == 64


def test_check_accepts_between_reports_too(spoiled: Path, tmp_path: Path) -> None:
    (spoiled.parent / "b.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    baseline = tmp_path / "baseline"
    assert run(spoiled.parent, "--baseline", baseline, "--accept").exit_code == 0
    assert "SERIES-TWICE" in baseline.read_text(encoding="utf-8")
    found = run(spoiled.parent, "--baseline", baseline)
    assert found.exit_code == 0
    assert "between reports are accepted" in found.output


def test_check_parents(spoiled: Path, tmp_path: Path) -> None:
    parents = tmp_path / "parents.toml"
    parents.write_text('[parents]\n"乌鲁木齐市招商服务局" = ["某科"]\n', encoding="utf-8")
    assert "某科" in run(spoiled, "--parents", parents, "-v", "--lang", "zh").output
    parents.write_text("x", encoding="utf-8")
    assert run(spoiled, "--parents", parents).exit_code == 64


def test_severity_of_a_cause_is_the_gravest() -> None:
    [cause] = find_causes(wrong().findings)
    assert cause.severity is Severity.ERROR


def test_a_finding_of_a_rule_of_ones_own_and_one_doubtful_suspect() -> None:
    suspect = Suspect(cell=GRANTED, value=None, suggested=3, cause="a-kind-of-its-own")
    finding = Finding(
        rule="MINE",
        severity=Severity.WARNING,
        cells=(GRANTED,),
        difference=1,
        suspects=(suspect,),
        message=Message(zh="我", en="mine"),
    )
    report = report_of({}).with_findings((finding,))
    assert "表内 空白，应为 3 ?  （a-kind-of-its-own；可能）" in render(report)
    assert "printed blank, should be 3?  (a-kind-of-its-own; possibly)" in render(report, lang="en")
    log = json.loads(findings_sarif.render_all(Findings(audits=(Audit(report=report),)), lang="en"))
    assert log["runs"][0]["tool"]["driver"]["rules"] == [{"id": "MINE"}]
