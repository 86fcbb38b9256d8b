"""Bytes in, one outcome out: what happens to good, bad and hostile input."""

import contextlib
import io
import re
import time
from pathlib import Path
from random import Random

import pytest

from gouji import pipeline
from gouji.errors import ReadError
from gouji.forms import editions
from gouji.model.raw import RawDocument, TextBlock
from gouji.model.report import Report, State, Status
from gouji.model.source import Source, Where

SEED = Path(__file__).parents[2] / "fixtures" / "seed-2023.txt"


TEXT = SEED.read_text(encoding="utf-8")
CUT = TEXT.index("三、收到和")
OTHER = (
    TEXT.replace("乌鲁木齐市招商服务局", "石河子市水利局")
    .replace("2023年", "2022年")
    .replace("2024年", "2023年")
    .replace("规章 | 0 | 0 | 0", "规章 | 1 | 2 | 3")
)
TITLE = "石河子市水利局2022年政府信息公开工作年度报告\n"


def read(text: str) -> Report:
    return pipeline.parse_bytes(text.encode())


def codes(report: Report) -> list[str]:
    return [note.code for note in report.notes]


def test_the_seed() -> None:
    report = pipeline.parse(SEED)
    assert (report.status, report.reason, report.findings, report.notes, report.leftovers) == ("ok", None, (), (), ())
    assert set(report.editions.values()) == {"2021"}
    assert list(report.cells) == list(editions()["2021"].slots)
    assert {cell.value for cell in report.cells.values()} == {0}
    assert report.cells["requests.received.total"].where == Where(line=28, column=44)
    meta = report.meta
    assert (meta.agency, meta.year, meta.phone) == ("乌鲁木齐市招商服务局", 2023, "0991-8805281")
    assert (meta.period, meta.signed, meta.published) == (("2023-01-01", "2023-12-31"), "2024-01-25", None)


def test_the_sections_of_the_seed() -> None:
    sections = pipeline.parse(SEED).sections
    assert [section.number for section in sections] == [1, 2, 3, 4, 5, 6]
    assert sections[5].heading == "六、其它需要报告事项"
    assert sections[5].text.startswith("本机关按照")
    assert sections[5].text.endswith("无其它需要说明的事项。")
    assert sections[0].text.startswith("2023年,乌鲁木齐市招商服务局坚持")
    assert sections[0].text.endswith(
        "具体抓信息公开的工作机制。二是加强队伍建设。组织政府信息公开工作具体负责人参加政务公开培训,准确掌握政务公开工作新要求,提升政务公开工作能力。"
    )
    assert [section.text for section in sections[1:4]] == ["", "", ""]
    assert sections[4].text.count("\n") == 1


def test_a_parsed_report_goes_out_and_in_without_loss() -> None:
    report = read(TEXT + "\n" + OTHER)
    assert Report.from_json(report.to_json()) == report
    assert all(len(section.places) == len(section.text.split("\n")) for section in report.sections if section.text)


def test_the_seed_from_bytes_and_from_a_file() -> None:
    data = SEED.read_bytes()
    report = pipeline.parse(SEED)
    assert pipeline.parse(data).cells == report.cells
    with SEED.open("rb") as file:
        assert pipeline.parse(file) == report
    assert pipeline.parse(io.BytesIO(data)).source.path == pipeline.NO_PATH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    report = pipeline.parse_bytes(TEXT.encode(encoding))
    assert (report.status, report.agency) == (Status.OK, "乌鲁木齐市招商服务局")
    assert len(report.values()) == 200


def test_stray_nul_bytes_and_line_ends() -> None:
    for text in (TEXT.replace("。", "。\0"), TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r")):
        assert len(read(text).values()) == 200


@pytest.mark.parametrize("second", [OTHER, TITLE + OTHER, "\n\n" + OTHER + "\n" + OTHER])
def test_two_reports_are_never_mixed(second: str) -> None:
    report = read(TEXT + "\n" + second)
    assert (report.status, report.agency, report.year) == (Status.PARTIAL, "乌鲁木齐市招商服务局", 2023)
    assert codes(report) == ["TWO-REPORTS"]
    assert set(report.values().values()) == {0}
    assert {left.raw for left in report.leftovers} == {"0", "1", "2", "3"}
    assert len(report.leftovers) % 200 == 0


@pytest.mark.parametrize("second", [OTHER, TITLE + OTHER, TITLE + OTHER[OTHER.index("三、收到和") :]])
def test_the_rest_of_another_report_is_not_taken_for_the_first(second: str) -> None:
    report = read(TEXT[:CUT] + "\n" + second)
    assert report.status is Status.PARTIAL
    assert codes(report) == ["TWO-REPORTS", "TABLE-MISSING"]
    assert report.editions == {"disclosure": "2021", "requests": None, "review": None}
    assert (report.agency, report.year, report.meta.signed) == ("乌鲁木齐市招商服务局", 2023, None)


def test_a_report_printed_twice_is_one_report() -> None:
    report = read(TEXT + "\n" + TEXT)
    assert (report.status, codes(report), report.leftovers) == (Status.OK, [], ())


@pytest.mark.parametrize("share", [0.3, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8])
def test_a_report_cut_in_the_middle_is_partial(share: float) -> None:
    report = read(TEXT[: int(len(TEXT) * share)])
    assert report.status is Status.PARTIAL
    assert report.agency == "乌鲁木齐市招商服务局"
    assert "TABLE-MISSING" in codes(report) or "TABLE-CUT" in codes(report)
    assert set(report.values().values()) <= {0}


def test_a_blank_form_is_no_report_of_zeros() -> None:
    blank = re.sub(r"(?m)(?<![^|\s])0(?= *(?:\||$))", "", TEXT)
    report = read(blank)
    assert (report.status, codes(report)) == (Status.PARTIAL, ["BLANK-FORM"])
    assert {cell.state for cell in report.cells.values()} == {State.BLANK}


@pytest.mark.parametrize(
    "text", ["今天天气很好。\n" * 50, "首页\n2022年政府信息公开工作年度报告\n2021年政府信息公开工作年度报告\n"]
)
def test_other_texts_are_no_report(text: str) -> None:
    report = read(text)
    assert report.status is Status.NOT_A_REPORT
    assert report.reason
    assert not report.cells


def test_a_report_without_tables() -> None:
    report = read(re.sub(r"(?m)^.*\|.*\n", "", TEXT))
    assert (report.status, codes(report)) == (Status.PARTIAL, ["TABLE-MISSING"])
    assert {cell.state for cell in report.cells.values()} == {State.ABSENT}
    assert len(report.sections) == 6


def test_a_form_of_ones_own_is_used() -> None:
    report = pipeline.parse(SEED, forms=[editions()["2021"]], check=False)
    assert len(report.values()) == 200


def test_explain_tells_what_the_tokens_became() -> None:
    told = pipeline.explain(SEED)
    assert "requests.received.total: '0' at line 28, column 44" in told
    assert "== requests, edition 2021: lines 25 to 52, every row stands whole in its place and adds up" in told


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        TEXT * 6000,
        TEXT.replace("\n", " ") * 6000,
        "0 | 1 | 情况\n" * 3_000_000,
        "一、总体情况\n" * 2_000_000,
        "1" * 50_000_000,
    ],
    ids=["reports", "one-line", "rows", "headings", "digits"],
)
def test_fifty_megabytes_are_bounded_work(text: str) -> None:
    start = time.perf_counter()
    report = read(text)
    assert time.perf_counter() - start < 30
    assert report.status is not Status.OK


def test_a_report_in_a_long_text_is_found() -> None:
    report = read("首页 新闻 服务\n" * 60_000 + TEXT + "友情链接\n" * 60_000)
    assert (report.status, codes(report), report.agency) == (Status.OK, ["TEXT-LONG"], "乌鲁木齐市招商服务局")
    assert report.cells["requests.received.total"].where == Where(line=60_028, column=44)


def test_random_damage_never_gives_a_traceback() -> None:
    random = Random(2026)
    data = TEXT.encode()
    for number in range(25):
        damaged = bytearray(data)
        for _ in range(random.choice([1, 10, 300, 5000])):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        if number % 3 == 0:
            del damaged[random.randrange(len(damaged)) :]
        with contextlib.suppress(ReadError):
            pipeline.parse_bytes(bytes(damaged))


def test_a_path_that_is_not_there_raises_in_parse_and_fails_in_outcome(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot open the file"):
        pipeline.parse(tmp_path / "none.txt")
    report = pipeline.outcome(tmp_path / "none.txt")
    assert (report.status, report.notes[0].code) == (Status.FAILED, "READ-FILE")


def test_a_mistake_of_our_own_is_an_outcome_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_DEBUG", raising=False)
    monkeypatch.setattr(pipeline, "interpret", lambda *_, **__: 1 // 0)
    report = pipeline.outcome(SEED)
    assert (report.status, codes(report)) == (Status.FAILED, ["INTERNAL"])
    assert "ZeroDivisionError" in (report.reason or "")
    monkeypatch.setenv("GOUJI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        pipeline.outcome(SEED)


def test_a_page_that_only_offers_the_report() -> None:
    page = "<h1>甲市水利局2023年政府信息公开工作年度报告</h1><p>请见附件：<a href='a/2023.pdf'>2023年年报.pdf</a></p>"
    report = read(f"<html><body>{page}</body></html>")
    assert report.status is Status.NOT_A_REPORT
    assert "LINKED-DOCUMENT" in codes(report)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert pipeline.outcome(tmp_path).notes[0].code == "READ-FILE"


def test_a_text_stream_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="binary mode"):
        pipeline.parse(io.StringIO("一、总体情况"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\x00\x00\x00", bytes(range(256)) * 40, b"\x7fELF\x02\x01\x01" + bytes(100)]
)
def test_bytes_that_are_no_document_fail_with_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    report = pipeline.outcome(path)
    assert report.status in (Status.FAILED, Status.NOT_A_REPORT)
    assert report.reason
    assert not report.values()


def test_lines_of_a_page_count_only_where_their_row_adds_up() -> None:
    lines = (
        "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 3 1 64",
        "行政规范性文件 5 0 9",
    )
    rows = ("一、本年新收政府信息公开申请数量 2 1 0 0 0 0 3", "二、上年结转政府信息公开申请数量 1 0 0 0 0 0 2")
    head = "申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"
    blocks = [
        TextBlock(text=text, where=Where(page=1, bbox=(0, 20.0 * at, 500, 20.0 * at + 9)))
        for at, text in enumerate((*lines, head, *rows, "四、结转下年度继续办理 0 1 0 0 0 0 1"))
    ]
    document = RawDocument(
        source=Source(path="a.pdf", sha256="", media_type="application/pdf"), blocks=tuple(blocks), positions=False
    )
    report = pipeline.interpret(document, forms=tuple(editions().values()))
    cells = report.cells
    assert {cell.state for name, cell in cells.items() if name.startswith("disclosure.regulations")} == {
        State.AMBIGUOUS
    }
    assert [cells[f"requests.received.{key}"].value for key in ("natural_person", "business", "total")] == [2, 1, 3]
    assert cells["requests.received.total"].state is State.INFERRED
    assert cells["requests.carried_in.natural_person"].value is None
    assert "TABLE-SCATTERED" in codes(report)


MENU = "<ul><li>规章</li><li>行政规范性文件</li><li>行政许可</li><li>行政处罚</li><li>行政强制</li><li>行政事业性收费</li></ul>"
ODD_TABLE = (
    "<table><tr><td>信息内容</td><td>指标</td><td>数量</td></tr><tr><td>规章</td><td>本年制发件数</td><td>31</td></tr>"
    "<tr><td>行政许可</td><td>本年处理决定数量</td><td>47</td></tr></table>"
)


def test_numbers_of_a_table_that_is_not_understood_are_left_over_and_a_menu_is_no_blank_table() -> None:
    page = f"<h1>甲市水利局2023年政府信息公开工作年度报告</h1>{MENU}<h2>一、总体情况</h2><p>好。</p>"
    page += f"<h2>二、主动公开政府信息情况</h2>{ODD_TABLE}<h2>三、收到和处理政府信息公开申请情况</h2>"
    report = read(page)
    assert {cell.state for cell in report.cells.values()} == {State.ABSENT}
    assert [left.raw for left in report.leftovers] == ["31", "47"]
