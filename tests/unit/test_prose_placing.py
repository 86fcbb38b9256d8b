"""Rows that layout and sums leave open, decided by the prose, and when it decides nothing."""

import pytest

from gouji.forms import editions
from gouji.model.report import Report, State
from gouji.pipeline import parse_bytes

SAID = "2023年，我局共收到政府信息公开申请46件，其中自然人申请41件"
NATURAL, BUSINESS = "requests.received.natural_person", "requests.received.business"
HEAD = "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他"


def read(prose: str, *, rows: dict[str, str] | None = None, disclosure: str = "行政规范性文件 1 2 3") -> Report:
    """A report whose blanks were dropped: a row holds only the numbers that are not blank."""
    rows = {"received": "41 5 46", "outcome_total": "41 5 46", **(rows or {})}
    (block,) = editions()["2021"].table("requests").blocks
    lines = [" ".join((row.label[-1], rows.get(row.key, ""))).strip() for row in block.rows]
    text = (
        f"清河县自然资源局2023年政府信息公开工作年度报告\n一、总体情况\n{prose}。\n二、主动公开政府信息情况\n"
        f"第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 1 1 1\n{disclosure}\n"
        "三、收到和处理政府信息公开申请情况\n"
        + HEAD
        + "\n"
        + "\n".join(lines)
        + "\n四、政府信息公开行政复议、行政诉讼情况\n"
    )
    return parse_bytes(text.encode())


def test_what_the_prose_says_of_every_kind_of_applicant_decides_the_row() -> None:
    cells = read(f"{SAID}、商业企业5件").cells
    assert [(cells[key].value, cells[key].state, cells[key].evidence) for key in (NATURAL, BUSINESS)] == [
        (41, State.INFERRED, "prose"),
        (5, State.INFERRED, "prose"),
    ]
    assert cells["requests.received.research"].state is State.BLANK


def test_what_it_does_not_say_stays_open() -> None:
    report = read(SAID)
    assert (report.cells[NATURAL].value, report.cells[NATURAL].evidence) == (41, "prose")
    assert (report.cells[BUSINESS].state, report.cells[BUSINESS].readings) == (State.AMBIGUOUS, (5,))
    assert any(note.code == "CELLS-INFERRED" and NATURAL in note.cells for note in report.notes)
    assert report.leftovers == ()


def test_columns_are_added_up_again_with_what_the_prose_says() -> None:
    """The balance carries what is said of one row to the others: 一 + 二 = （七） + 四."""
    cells = read(f"{SAID}、商业企业5件").cells
    assert (cells["requests.outcome_total.natural_person"].value, cells["requests.outcome_total.business"].value) == (
        41,
        5,
    )


@pytest.mark.parametrize(
    "prose",
    [
        "2023年，我局共收到政府信息公开申请46件，其中自然人申请40件",  # stands in no cell
        f"{SAID}。全年收到的申请中，自然人申请5件",  # two numbers for one cell
        "2022年，我局共收到政府信息公开申请46件，其中自然人申请41件",  # another year's
        "2023年，我局共收到政府信息公开申请45件，其中自然人申请41件",  # of a whole that is not the row's
        f"{SAID}，上年结转7件",  # the same table is contradicted
        "2023年，全县各部门共收到政府信息公开申请46件，其中自然人申请41件",  # other bodies'
        "2023年，我局收到的申请中，自然人申请41件",  # nothing shows which row is meant
        "2023年，我局共收到政府信息公开申请46件，其中自然人申请40余件",  # an estimate
        "信息公开工作稳步推进",
    ],
)
def test_prose_that_is_not_beyond_doubt_decides_nothing(prose: str) -> None:
    value = read(prose).cells[NATURAL]
    assert (value.value, value.state) == (None, State.AMBIGUOUS)


def test_what_was_received_and_what_was_handled_are_told_apart() -> None:
    """46 were received and 46 handled, with 3 carried in and over: 其中 may be said of either."""
    carried = {"carried_in": "3 3", "carried_over": "3 3"}
    assert read(SAID, rows=carried).cells[NATURAL].state is State.AMBIGUOUS


def test_a_row_without_a_sum_is_decided_where_every_value_is_told() -> None:
    row = "行政规范性文件 3 10"
    said = "2023年，我局制发行政规范性文件3件，现行有效行政规范性文件10件"
    cells = read(said, disclosure=row).cells
    assert [cells[f"disclosure.normative_documents.{key}"].value for key in ("issued", "repealed", "in_force")] == [
        3,
        None,
        10,
    ]
    cells = read("2023年，我局制发行政规范性文件3件", disclosure=row).cells
    assert cells["disclosure.normative_documents.issued"].state is State.AMBIGUOUS


def test_a_table_that_stands_among_the_prose_tells_nothing() -> None:
    """On one line the table's own words read like a claim: 现行有效件数 … 行政规范性文件 1件."""
    text = (
        "清河县自然资源局2023年政府信息公开工作年度报告 一、总体情况 工作有序，稳步推进。 二、主动公开政府信息情况 "
        "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章  26件  行政规范性文件  1件  "
        "第二十条第（五）项 信息内容 本年处理决定数量 行政许可  第二十条第（六）项 信息内容 本年处理决定数量 "
        "行政处罚 2341件 行政强制 2010件"
    )
    value = parse_bytes(text.encode()).cells["disclosure.normative_documents.in_force"]
    assert (value.value, value.state) == (None, State.AMBIGUOUS)


def test_the_sum_of_several_columns_decides_the_others() -> None:
    cells = read("2023年，我局共收到政府信息公开申请46件，其中法人或其他组织申请5件").cells
    assert (cells[NATURAL].value, cells[NATURAL].evidence) == (41, "prose")
    assert (cells[BUSINESS].state, cells[BUSINESS].readings) == (State.AMBIGUOUS, (5,))


def test_what_the_prose_says_of_the_review_table_places_its_groups() -> None:
    text = (
        "清河县自然资源局2023年政府信息公开工作年度报告\n一、总体情况\n{prose}工作有序推进。\n"
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
        "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n2 2 3 3\n五、存在的主要问题及改进情况\n"
    )
    assert parse_bytes(text.format(prose="").encode()).cells["review.review.total"].value is None
    prose = "2023年，因政府信息公开被申请行政复议2件，"
    cells = parse_bytes(text.format(prose=prose).encode()).cells
    assert (cells["review.review.total"].value, cells["review.review.total"].evidence) == (2, "prose")
