"""Statutory tables from streams of tokens: placements, evidence, honest doubt."""

from decimal import Decimal
from unittest.mock import Mock

import pytest

from gouji.forms import editions
from gouji.model.raw import RawDocument, TextBlock, read_lines
from gouji.model.report import State, Value
from gouji.model.source import Source, Where
from gouji.normalizer.cells import read_cells
from gouji.normalizer.chain import read_labels
from gouji.normalizer.headers import names_again, read_header
from gouji.normalizer.reading import TableReading
from gouji.normalizer.resolve import decide
from gouji.normalizer.stream import explain, read_stream, vocabulary_of
from gouji.pipeline import parse_bytes
from gouji.renderers.layout import LAYOUTS
from gouji.renderers.pipe import render_text
from tests.generate import Wish, invent

FORMS = tuple(editions().values())
HEAD = "第二十条第(一)项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
ROWS_2021 = [row for block in editions()["2021"].table("requests").blocks for row in block.rows]


def read(text: str) -> list[TableReading]:
    source = Source(path="a", sha256="", media_type="text/plain")
    document = RawDocument(source=source, blocks=(TextBlock(text=text, where=Where(line=1)),))
    return read_stream(read_lines(document), FORMS)


def cells(text: str, table: str) -> dict[str, Value]:
    return dict(next(reading for reading in read(text) if reading.table == table).cells)


def requests(rows: dict[str, str], *, divider: str = " | ", usual: str = "0 0 0 0 0 0 0") -> str:
    """A request table, a row a line; rows not named have the usual cells."""
    lines = ["自然人 | 法人或其他组织 | 总计", "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他"]
    for row in ROWS_2021:
        values = rows.get(row.key, usual)
        lines.append(divider.join([row.label[-1], *values.split(" ")]))
    return "\n".join(lines) + "\n"


def test_a_full_row_is_reported_with_its_place() -> None:
    found = cells(HEAD + "规章 | 1 | 2 | 1,204 |\n行政规范性文件 | / | 0 | 3 |", "disclosure")
    value = found["disclosure.regulations.in_force"]
    assert (value.value, value.state, value.raw) == (1204, State.REPORTED, "1,204")
    assert value.where == Where(line=3, column=14)
    assert found["disclosure.normative_documents.issued"].state is State.NOT_APPLICABLE


def test_explicit_blanks_keep_their_columns() -> None:
    found = cells(HEAD + "规章 | | 2 | |\n行政规范性文件 | 5 | 0 | 3 |", "disclosure")
    states = [found[f"disclosure.regulations.{key}"].state for key in ("issued", "repealed", "in_force")]
    assert states == [State.BLANK, State.REPORTED, State.BLANK]


def test_dropped_blanks_are_ambiguous_without_a_sum() -> None:
    found = cells("第二十条第(一)项\n规章\n7\n行政规范性文件\n1\n2\n3\n第二十条第(五)项", "disclosure")
    value = found["disclosure.regulations.issued"]
    assert (value.value, value.state, value.readings) == (None, State.AMBIGUOUS, (7,))


def test_the_rows_own_sum_decides_where_one_placement_adds_up() -> None:
    found = cells(requests({"granted": "1 2 3 4 5 15"}), "requests")
    assert found["requests.granted.total"].value == 15
    assert found["requests.granted.total"].state is State.INFERRED
    assert found["requests.granted.natural_person"].state is State.AMBIGUOUS


def test_the_columns_decide_what_the_row_leaves_open() -> None:
    rows = {
        "received": "5 0 0 0 0 0 5",
        "granted": "5 5",
        "outcome_total": "5 0 0 0 0 0 5",
    }
    found = cells(requests(rows), "requests")
    value = found["requests.granted.natural_person"]
    assert (value.value, value.state, value.evidence) == (5, State.INFERRED, "column-sums")


def test_never_left_to_right_by_hope() -> None:
    found = cells(requests({"granted": "5 5"}, usual="0 0 0 0 0 0 0"), "requests")
    assert found["requests.granted.natural_person"].value is None
    assert found["requests.granted.total"].value == 5


def test_a_published_error_stays_as_it_is() -> None:
    found = cells(requests({"granted": "1 2 3 4 5 6 99"}), "requests")
    assert found["requests.granted.total"].value == 99
    assert found["requests.granted.total"].state is State.REPORTED


@pytest.mark.parametrize("digits", ["000", "1"])
def test_digits_that_ran_together(digits: str) -> None:
    text = "第二十条第(一)项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件" + digits
    found = cells(text, "disclosure")
    assert found["disclosure.regulations.issued"].value == 0
    last = found["disclosure.normative_documents.in_force"]
    assert (last.value, last.state) == ((0, State.INFERRED) if digits == "000" else (None, State.AMBIGUOUS))


def test_runs_are_cut_by_the_rows_sum() -> None:
    rows = "".join(row.label[-1] + "0000000" for row in ROWS_2021)
    columns = [column.key for column in FORMS[1].table("requests").blocks[0].columns]
    text = "自然人商业企业科研机构社会公益组织法律服务机构其他总计" + rows.replace("公开0000000", "公开90030012", 1)
    found = cells(text, "requests")
    granted = [found[f"requests.granted.{key}"] for key in columns]
    assert [cell.value for cell in granted] == [9, 0, 0, 3, 0, 0, 12]
    assert {cell.state for cell in granted} == {State.INFERRED}


def test_zeros_that_ran_together_show_that_zeros_are_printed() -> None:
    """No row is all zeros, but no count holds three of them in most rows."""
    rows = "".join(row.label[-1] + {"granted": "90030012"}.get(row.key, "1000001") for row in ROWS_2021)
    found = cells("自然人商业企业科研机构社会公益组织法律服务机构其他总计" + rows, "requests")
    columns = [column.key for column in FORMS[1].table("requests").blocks[0].columns]
    assert [found[f"requests.granted.{key}"].value for key in columns] == [9, 0, 0, 3, 0, 0, 12]


def test_digits_that_cannot_be_cut_are_open_not_absent() -> None:
    rows = "".join(row.label[-1] + "12345" for row in ROWS_2021)
    found = cells("自然人商业企业科研机构社会公益组织法律服务机构其他总计" + rows, "requests")
    assert {value.state for value in found.values()} == {State.AMBIGUOUS}


def test_a_table_most_of_whose_rows_do_not_add_up_is_misread() -> None:
    found = cells(requests({}, usual="1 2 3 4 5 6 99"), "requests")
    assert {value.value for value in found.values()} == {None}
    assert {value.state for value in found.values()} == {State.AMBIGUOUS}


def test_a_table_most_of_whose_rows_add_up_in_no_way_proves_nothing_by_the_others() -> None:
    """Text that a page's columns have mixed up: 52 and 52 add up by chance."""
    rows = {row.key: "20" for row in ROWS_2021[::2]} | {"unavailable.not_held": "52 52"}
    found = cells(requests(rows, divider="\n", usual="63 46").replace(" | ", "\n"), "requests")
    assert found["requests.unavailable.not_held.total"].value is None


def test_labels_in_pieces_are_joined() -> None:
    found = cells(
        "第二十条第(一)项\n本年新\n制作数量\n本年新\n公开数量\n对外公开\n总数量\n规章\n1\n2\n3\n规范性\n文件\n4\n5\n6\n第二十条",
        "disclosure",
    )
    assert found["disclosure.regulations.produced"].value == 1
    assert found["disclosure.normative_documents.total_disclosed"].value == 6


def test_close_spelling_earns_a_note() -> None:
    (reading,) = read(
        "第二十条第(五)项\n信息内容 | 本年处理决定数量\n第二十条第(八)项\n信息内容 | 本年收费金额\n行政事业性收贵 | 3"
    )
    assert reading.cells["disclosure.fees.amount"].value is not None
    assert [note.code for note in reading.notes] == ["LABEL-CLOSE"]


def test_a_unit_of_yuan_in_the_header_scales() -> None:
    text = "第二十条第(八)项\n信息内容 | 本年收费金额(单位:元)\n行政事业性收费 | 96400\n"
    assert str(cells(text, "disclosure")["disclosure.fees.amount"].value) == "9.64"


def test_lines_that_repeat_were_dropped_upstream() -> None:
    labels = [row.label[-1] for row in ROWS_2021]
    text = "\n".join(["自然人", "总计", labels[0], "3", "1", "4", *labels[1:]])
    (reading,) = read(text)
    assert "REPEATED-LINES-DROPPED" in [note.code for note in reading.notes]
    assert all(value.value is None for value in reading.cells.values())


@pytest.mark.parametrize("twice", [False, True])
def test_a_full_row_before_a_label_that_a_menu_holds_is_in_doubt_where_no_line_stands_twice(twice: bool) -> None:
    """规章 may have lost a blank, 行政规范性文件 its label: the third number is then the other row's."""
    table = (
        "第二十条第(一)项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n14\n23\n3695\n第二十条第(五)项\n"
    )
    text = (
        "行政规范性文件\n"
        + table
        + "行政许可\n121\n"
        + "本年处理决定数量\n" * (1 + twice)
        + "行政处罚\n6\n行政强制\n36"
    )
    found = cells(text, "disclosure")
    assert found["disclosure.regulations.in_force"].value == (3695 if twice else None)
    assert found["disclosure.compulsory_measures.decisions"].value == 36


def test_a_row_with_fewer_cells_than_the_header_is_not_set_under_it() -> None:
    found = cells(HEAD + "规章 | 13 | 0 | 0\n行政规范性文件 | 0 | 38\n第二十条第(五)项", "disclosure")
    assert found["disclosure.regulations.in_force"].value == 0
    assert found["disclosure.normative_documents.repealed"].value is None


def test_the_number_of_the_next_row_is_no_value() -> None:
    rows = requests({"granted": "3 0 0 0 0 3"}).split("\n")
    text = "\n".join(f"{number} | {line}" for number, line in enumerate(rows, -1))
    found = cells(text, "requests")
    assert found["requests.granted.total"].value == 3
    assert found["requests.granted.other_org"].value is None


def test_a_number_without_marks_below_a_row_with_marks_is_no_value() -> None:
    label = ROWS_2021[2].label[-1]
    text = requests({"granted": "3 0 0 0 0 3"}).replace(
        f"{label} | 3 | 0 | 0 | 0 | 0 | 3\n", f"{label} | 3 | 0 | 0 | 0 | 0 | 3\n2\n"
    )
    assert cells(text, "requests")["requests.granted.total"].value != 2


@pytest.mark.parametrize("divider", [" | ", " ", "\n", "\n\n", "\t"])
def test_numbers_that_count_the_rows_are_no_values(divider: str) -> None:
    """Blanks are dropped: of 行政处罚 the text shows none, and 5 counts the next row."""
    rows = ("规章 3 2", "行政规范性文件 1", "行政许可 9", "行政处罚", "行政强制 4", "行政事业性收费 0")
    lines = [f"{number} {row}".replace(" ", divider) for number, row in enumerate(rows, 1)]
    titles = ("第二十条第(一)项", "", "第二十条第(五)项", "第二十条第(六)项", "", "第二十条第(八)项")
    text = "\n".join(f"{title}\n{line}" if title else line for title, line in zip(titles, lines, strict=True))
    found = cells("信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n" + text, "disclosure")
    assert found["disclosure.penalties.decisions"].value is None
    assert found["disclosure.regulations.in_force"].value is None
    assert found["disclosure.compulsory_measures.decisions"].value in (None, 4)


def test_shares_are_no_values() -> None:
    head = HEAD.replace("现行有效件数 |", "现行有效件数 | 同比增长 |")
    found = cells(head + "规章 |  | 0 |  | 33% |\n行政规范性文件 |  |  | 700 | 51% |\n第二十条", "disclosure")
    assert found["disclosure.regulations.repealed"].value in (None, 0)
    assert found["disclosure.regulations.issued"].value is None
    assert found["disclosure.normative_documents.repealed"].value is None


def test_a_remark_in_a_table_that_shows_no_blanks_is_no_value_s_place() -> None:
    found = cells(HEAD + "规章 | 0 | 1 | 见附件\n行政规范性文件 | 3 | 2 | 2\n第二十条", "disclosure")
    assert found["disclosure.regulations.issued"].value is None
    assert found["disclosure.normative_documents.in_force"].value == 2


def test_a_remark_behind_a_row_that_lost_a_blank_is_no_value() -> None:
    found = cells(requests({"granted": "15 0 2 0 0 17 见说明"}), "requests")
    assert found["requests.granted.other_org"].value is None
    assert found["requests.granted.total"].value in (None, 17)


def test_a_remark_behind_all_columns_is_no_total() -> None:
    values = {"received": "1944 329 58 85 144 93 2653", "granted": "2  1  1  4", "carried_in": "      0"}
    lines = [f"{line} | 见说明" if "一、" in line or "予以" in line else line for line in requests(values).split("\n")]
    found = cells("\n".join(lines), "requests")
    assert found["requests.received.total"].value == 2653
    assert found["requests.granted.total"].value == 4
    lines = [f"{line} | 见说明" if "上年结转" in line else line for line in requests(values).split("\n")]
    assert cells("\n".join(lines), "requests")["requests.carried_in.other_org"].value is None


def test_a_damaged_total_is_no_remark() -> None:
    found = cells(requests({"granted": "0 1 0 0 0 0 1_"}), "requests")
    assert found["requests.granted.total"].value is None


def test_empty_cells_before_values_on_lines_of_their_own_show_no_column() -> None:
    """A blank among the values looks like the pipe that ends the line before."""
    rows = "".join(f"| {row.label[-1]}\n | |72\n |4\n | \n |3\n |2\n |2\n |83\n|\n" for row in ROWS_2021)
    found = cells("自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计\n" + rows, "requests")
    assert found["requests.received.business"].value in (None, 4)


def test_marks_that_one_space_parts_are_marks() -> None:
    found = cells(requests({}, divider=" ", usual="- - - - - - -").replace(" | ", " "), "requests")
    assert {value.state for value in found.values()} == {State.NOT_APPLICABLE}


def test_a_header_that_comes_again_over_other_places_sets_no_row_under_it() -> None:
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [[row.label[-1], "", "", *[""] * 6, "0", "", ""] for row in ROWS_2021]
    lines = [["", "", "", *names, "", ""], *rows[:9], [""] * 5 + names, *rows[9:]]
    found = cells("\n".join(f"| {' | '.join(line)} |" for line in lines), "requests")
    assert {value.value for key, value in found.items() if not key.endswith(".total")} == {None}


def test_no_other_cut_of_the_text_undoes_the_order_of_the_header() -> None:
    head = "项目 | 总计 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他\n"
    values = {"granted": "1 0 0 0 0 0 1", "received": "18 4 7 2 0 2 3", "outcome_total": "18件1 4 7 2 0 2 3"}
    text = head + requests(values, usual="/ / / / / / /").split("\n", 2)[2]
    assert cells(text, "requests")["requests.granted.natural_person"].value in (None, 0)


@pytest.mark.parametrize("head", ["总计自然人{}", "自然人{}总计上年总计", "自然人{}总计上年"])
def test_digits_run_together_under_a_header_with_other_columns_are_open(head: str) -> None:
    head = "其中自然人申请3件。" + head.format("法人或其他组织") + "商业企业科研机构社会公益组织法律服务机构其他"
    rows = "".join(row.label[-1] + "1000001" for row in ROWS_2021)
    assert {value.value for value in cells(head + rows, "requests").values()} <= {None, 0}


def test_digits_in_a_circle_are_no_digits_to_cut() -> None:
    rows = "".join(row.label[-1] + "000000①" for row in ROWS_2021)
    found = cells("自然人商业企业科研机构社会公益组织法律服务机构其他总计" + rows, "requests")
    assert {value.value for value in found.values()} <= {None, 0}


def test_a_column_of_the_author_s_own_between_commas() -> None:
    text = requests({"granted": "1 0 0 0 0 0 1"}, divider=",").replace(" | ", ",").replace("总计\n", "总计,占比\n", 1)
    found = cells(text.replace(",0,1\n", ",0,1,12%\n"), "requests")
    assert found["requests.received.total"].value == 0


OF_OTHERS = (
    "指标 县政府办 教育局 公安局 民政局 财政局 住建局 合计",
    "指标 一月 二月 三月 四月 五月 六月 总计",
    "指标 2017年 2018年 2019年 2020年 2021年 2022年 2023年",
)


@pytest.mark.parametrize("head", OF_OTHERS)
@pytest.mark.parametrize("divider", [" | ", " ", "\n", "\n\n", ",", "", "\t"])
def test_numbers_under_a_header_of_others_are_not_those_of_applicants(head: str, divider: str) -> None:
    lines = [head.split(" "), *([row.label[-1], *["1", "0", "0", "0", "0", "0", "1"]] for row in ROWS_2021)]
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join(map(divider.join, lines))
    assert {value.value for value in cells(text, "requests").values()} <= {None, 0}


@pytest.mark.parametrize("divider", [" ", "\n", ""])
def test_a_further_kind_of_applicant_leaves_rows_without_marks_open(divider: str) -> None:
    head = "指标 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 境外机构 总计"
    lines = [head.split(" "), *([row.label[-1], *["1", "0", "0", "0", "0", "2", "1"]] for row in ROWS_2021)]
    assert {value.value for value in cells("\n".join(map(divider.join, lines)), "requests").values()} <= {None, 0}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("指标 总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他", "9 1 2 0 3 0 3"),
        ("指标 历年累计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计", "44 1 2 0 3 0 3 9"),
        ("指标 自然人 小计 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计", "1 8 2 0 3 0 3 9"),
    ],
)
def test_a_grid_whose_header_names_every_column_at_its_place_is_read_by_it(head: str, row: str) -> None:
    lines = [head.split(" "), *([label.label[-1], *row.split(" ")] for label in ROWS_2021)]
    found = cells("\n".join(map(" | ".join, lines)), "requests")
    keys = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org", "total")
    assert [found[f"requests.granted.{key}"].value for key in keys] == [1, 2, 0, 3, 0, 3, 9]


def test_a_grid_whose_labels_have_slipped_is_not_read_by_its_header() -> None:
    head = ["", "指标", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""]
    rows = [["", row.label[-1], "1", "1", *[""] * 5, ""] for row in ROWS_2021]
    rows[7] = [*rows[7][1:], ""]
    found = cells("\n".join(map(" | ".join, [head, *rows])), "requests")
    assert found[f"requests.{ROWS_2021[7].key}.natural_person"].value is None


def test_a_blank_form_is_no_report_of_zeros() -> None:
    text = requests({}, usual="      ")
    assert {value.state for value in cells(text, "requests").values()} == {State.BLANK}


def test_numbers_of_rows_the_form_does_not_have_are_left_over() -> None:
    text = HEAD + "规章 | 1 | 2 | 3 |\n其他主动公开文件 | 7 | 8 | 9 |\n行政规范性文件 | 4 | 5 | 6 |"
    reading = read(text)[0]
    assert [leftover.raw for leftover in reading.leftovers] == ["7", "8", "9"]
    assert reading.cells["disclosure.normative_documents.issued"].value == 4


def test_a_lone_word_of_the_form_is_no_table() -> None:
    assert read("全年办理 行政许可 12 件，行政处罚较多。") == []


def test_the_review_table_by_its_sums() -> None:
    head = "行政复议\n行政诉讼\n" + "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n未经复议直接起诉\n复议后起诉\n"
    found = cells(head + " ".join("100010000000000"), "review")
    assert found["review.review.total"].value == 1
    short = cells(head + "3 1 4 2 2", "review")
    assert short["review.review.upheld"].state is State.AMBIGUOUS


def test_a_review_table_with_a_row_for_each_kind() -> None:
    """总计 stands in the table above, too, and right before."""
    head = "（七）总计 | 0\n类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n"
    rows = ["行政复议 | / | / | / | 1 | 1", "{} | 1 | / | / | 1 | 2", "{} | 1 | / | / | / | 1"]
    text = head + "\n".join(rows).format("行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    found = cells(text, "review")
    assert [found[f"review.{row}.total"].value for row in ("review", "direct_suit", "suit_after_review")] == [1, 2, 1]
    assert found["review.review.upheld"].state is State.NOT_APPLICABLE


def test_values_behind_each_label_are_not_one_row_of_values() -> None:
    head = "行政复议\n1\n2\n行政诉讼\n未经复议直接起诉\n3\n复议后起诉\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
    (reading,) = read(head + "1\n0\n0\n0\n1")
    assert {cell.value for cell in reading.cells.values()} == {None}
    assert [left.raw for left in reading.leftovers][:3] == ["1", "2", "3"]


def test_groups_of_the_review_table_that_lost_their_blanks_end_with_their_totals() -> None:
    head = "行政复议\n行政诉讼\n" + "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n未经复议直接起诉\n复议后起诉\n"
    found = cells(head + "9 10 14 33 26 13 3 42 10 2 10 22", "review")
    totals = [found[f"review.{row}.total"].value for row in ("review", "direct_suit", "suit_after_review")]
    assert totals == [33, 42, 22]
    assert found["review.review.other"].value is None


@pytest.mark.parametrize(
    ("printed", "moved"),
    [
        ("商业企业 | 科研机构", "科研机构 | 商业企业"),
        ("自然人 | 法人或其他组织 | 总计", "总计 | 自然人 | 法人或其他组织"),
    ],
)
def test_columns_in_another_order_than_the_form_s_leave_the_table_open(printed: str, moved: str) -> None:
    """The values may stand in either order, and a sum that holds in one may hold in the other."""
    text = requests({"received": "1 2 3 4 5 6 21", "granted": "1 2 3 4 5 6 21", "outcome_total": "1 2 3 4 5 6 21"})
    assert printed in text
    assert {cell.state for cell in cells(text, "requests").values()} == {State.REPORTED}
    (reading,) = read(text.replace(printed, moved))
    assert {cell.state for cell in reading.cells.values()} == {State.AMBIGUOUS}
    assert [note.code for note in reading.notes] == ["HEADER-ORDER"]


def test_results_in_another_order_than_the_form_s_leave_the_review_table_open() -> None:
    text = render_text(invent(5, wish=Wish(zeros="0", size="large")), layout=LAYOUTS["seed"])
    assert cells(text, "review")["review.review.total"].value
    moved = text.replace("结果维持 | 结果纠正", "结果纠正 | 结果维持", 1)
    assert {cell.value for cell in cells(moved, "review").values()} == {None}


def test_explain_tells_what_each_token_became() -> None:
    source = Source(path="a", sha256="", media_type="text/plain")
    document = RawDocument(source=source, blocks=(TextBlock(text=HEAD + "规章 | 1 | 2 | 3 |", where=Where(line=1)),))
    told = explain(read_lines(document), FORMS)
    assert "label (exact): disclosure row regulations" in told
    assert "-> disclosure.regulations.repealed = 2 [reported]" in told


def test_a_number_cut_at_its_decimal_point_is_one() -> None:
    lines = [
        "第二十条第(八)项",
        "信息内容",
        "本年收费金额(单位:万元)",
        "行政事业性收费",
        "189",
        ".08",
        "第二十条第(九)项",
    ]
    assert str(cells("\n".join(lines), "disclosure")["disclosure.fees.amount"].value) == "189.08"
    piped = HEAD + "规章 | 1 | 2 | 1 | ,204 |\n行政规范性文件 | 5 | 6 | 7 |"
    assert cells(piped, "disclosure")["disclosure.regulations.in_force"].value in (1204, None)


def test_a_unit_parted_from_its_number_is_no_cell() -> None:
    found = cells(
        "第二十条第(一)项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 4 件 2 件 /\n行政规范性文件 3 件 6 件 7 件",
        "disclosure",
    )
    assert [found[f"disclosure.regulations.{key}"].value for key in ("issued", "repealed", "in_force")] == [4, 2, None]
    assert found["disclosure.normative_documents.in_force"].value == 7


def test_a_row_that_was_cut_among_its_pipes_is_not_decided_by_them() -> None:
    """The pipe that ends a line and the one that begins the next are two, and a blank cell stood between them."""
    lines = [
        "| |申请人情况 | | | | | | |",
        "| | | |自然人 |法人或其他组织 | | | | |总计 |",
        "| | | | |商业企业 |科研机构 |社会公益组织 |法律服务机构 |其他 | |",
    ]
    for row in ROWS_2021:
        usual, cut = "| | |3 |0 |1 |0 |1 |0 |5 |", "| |14 |3 |\n|0 |0 |3 |20 |"
        lines.append(f"|{row.label[-1]} {usual}" if row.key != "partly_granted" else f"| |{row.label[-1]} {cut}")
    found = cells("\n\n".join(lines) + "\n", "requests")
    printed = (14, 3, None, 0, 0, 3, 20)
    columns = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org", "total")
    read = [found[f"requests.partly_granted.{column}"].value for column in columns]
    assert all(value in (None, number) for value, number in zip(read, printed, strict=True))
    assert read[-1] == 20


def test_words_among_the_cells_leave_a_row_open() -> None:
    found = cells(HEAD + "规章 | 1 | 2 | 3 |\n行政规范性文件 | | | 3 | 备注 | |", "disclosure")
    assert found["disclosure.normative_documents.issued"].value is None


def test_the_marks_of_mediawiki_are_no_cells() -> None:
    head = [
        "{|",
        "| 第二十条第（一）项",
        "|-",
        "| 信息内容",
        "| 本年制发件数",
        "| 本年废止件数",
        "| 现行有效件数",
        "|-",
    ]
    text = "\n".join([*head, "| 规章", "| 1", "| 2", "| 3", "|-", "| 行政规范性文件", "| 4", "| 5", "| 6", "|}"])
    found = cells(text, "disclosure")
    assert [value.value for key, value in found.items() if "regulations" in key] == [1, 2, 3]


def test_rows_of_mediawiki_end_at_their_marks_and_begin_with_what_labels_above_cover() -> None:
    columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = (
        "（三）不予公开,1.属于国家秘密,5,,,,,,5",
        ",4.保护第三方合法权益,,1,,,,,1",
        ",5.属于三类内部事务信息,1,1,,,,,2",
    )
    lines = ["一、总体情况 | 见附件", "{|", *(f"| {cell}".strip() for cell in ("", "", *columns))]
    for row in rows:
        lines += ["|-", *(f"| {cell}".strip() for cell in row.split(","))]
    found = cells("\n".join([*lines, "|}"]), "requests")
    values = [value.value for key, value in found.items() if "third_party_rights" in key]
    assert values == [None, 1, None, None, None, None, 1]
    one_line = [f"| {row.replace(',', ' || ')}" for row in (f",,{','.join(columns)}", *rows)]
    found = cells("\n|-\n".join(["{|", *one_line, "|}"]), "requests")
    assert [value.value for key, value in found.items() if "third_party_rights" in key] == values


def test_a_blank_row_of_a_text_on_one_line_is_no_crash() -> None:
    text = (
        "第二十条第(一)项信息内容本年制发件数本年废止件数现行有效件数规章104行政规范性文件26534"
        "第二十条第(五)项信息内容本年处理决定数量行政许可7第二十条第(六)项信息内容本年处理决定数量行政处罚0行政强制0"
        "第二十条第(八)项信息内容本年收费金额(单位:万元)行政事业性收费三、收到和处理政府信息公开申请情况"
    )
    assert all(reading.cells["disclosure.fees.amount"].value is None for reading in read(text))


CSV = """第二十条第（一）项,,,
信息内容,本年制发件数,本年废止件数,现行有效件数
规章,"1,204",,3
行政规范性文件,0,-,6
第二十条第（五）项,,,
信息内容,本年处理决定数量,,
行政许可,1941,,
"""


def test_comma_separated_values() -> None:
    found = cells(CSV, "disclosure")
    keys = ("regulations.issued", "regulations.repealed", "regulations.in_force", "normative_documents.repealed")
    assert [found[f"disclosure.{key}"].value for key in keys] == [1204, None, 3, None]
    assert found["disclosure.normative_documents.repealed"].state is State.NOT_APPLICABLE
    assert found["disclosure.licensing.decisions"].value == 1941
    where = found["disclosure.regulations.in_force"].where
    assert where is not None
    assert CSV.split("\n")[where.line - 1][where.column - 1] == "3"  # type: ignore[operator]


@pytest.mark.parametrize("divider", ["  ", "\t", " ", " | "])
def test_thousands_are_not_comma_separated_values(divider: str) -> None:
    head = divider.join(("信息内容", "本年处理决定数量"))
    text = f"第二十条第（五）项\n{head}\n行政许可{divider}1,941\n第二十条第（六）项\n{head}\n行政处罚{divider}2,001\n"
    found = cells(text, "disclosure")
    assert found["disclosure.licensing.decisions"].value in (1941, None)
    assert found["disclosure.penalties.decisions"].value in (2001, None)


def test_a_comma_that_may_stand_within_a_number_parts_nothing() -> None:
    text = CSV.replace('"1,204",,3', ",1,139件").replace("1941", "7")
    found = cells(text, "disclosure")
    assert not [key for key, cell in found.items() if "regulations" in key and cell.value is not None]
    assert found["disclosure.normative_documents.in_force"].value == 6


def test_blanks_that_the_text_shows_are_no_reason_to_look_for_cells_that_ran_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gouji.normalizer.stream.cut_glued", lambda *_: pytest.fail("cut"))
    report = invent(7, wish=Wish(size="middle"))
    assert any(value.state is State.BLANK for value in report.cells.values())
    assert len(read(render_text(report))) == 3


@pytest.mark.parametrize(("unit", "amount"), [("万元", "19.8"), ("元", "0.00198"), ("百元", None), ("百万元", "1980")])
def test_an_amount_is_in_the_unit_of_its_header(unit: str, amount: str | None) -> None:
    text = f"第二十条第（八）项\n信息内容|本年收费金额（单位：{unit}）\n行政事业性收费|19.8\n"
    value = cells(text, "disclosure")["disclosure.fees.amount"].value
    assert value == (None if amount is None else Decimal(amount))


def test_the_attributes_that_pandoc_writes_behind_words_belong_to_no_cell() -> None:
    span = '{style="x"}'
    found = cells(
        "第二十条第(一)项\n"
        f"| 信息内容 | [本年制]{span}[发件数]{span} | 本年废止件数 | 现行有效件数 |\n"
        f"| [规章]{span} | [1]{span} | 2 | 3 |\n| 行政规范性文件 | 4 | 5 | 6 |\n",
        "disclosure",
    )
    assert found["disclosure.regulations.issued"].value == 1


def test_full_rows_prove_where_the_columns_of_rows_with_blanks_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Mock(side_effect=decide)
    monkeypatch.setattr("gouji.normalizer.stream.decide", looked)
    plain = requests({"granted": "1      1"}, usual="1 1 1 1 1 1 6")
    value = cells(plain, "requests")["requests.granted.natural_person"]
    assert (value.value, value.state) == (1, State.REPORTED)
    assert not looked.called
    shifted = requests({"granted": " 0     0"}, usual="      ")  # no full row, and the blank may be a span's
    assert cells(shifted, "requests")["requests.granted.natural_person"].value is None
    assert looked.called


def test_a_full_row_that_the_form_does_not_have_is_no_doubt_of_the_row_above() -> None:
    head = [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]
    rows = [
        "规章",
        "3",
        "2",
        "0",
        "行政规范性文件",
        "1276",
        "6",
        "280",
        "其他主动公开文件（指未编文号的公开文件）",
        "3",
        "4",
        "5",
    ]
    for after, value in ([], 1276), (["6"], None):
        text = "\n".join([*head, *rows, *after, "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "9"])
        cells = parse_bytes(text.encode(), check=False).cells
        assert cells["disclosure.normative_documents.issued"].value == value


def test_a_comma_within_a_label_divides_no_row() -> None:
    """A blank among its values is lost, and the one at its end is no cell of the table."""
    text = (
        HEAD.replace(" | ", "  ").replace(" |", "") + "规章(设区的市,自治州)  3    1\n行政规范性文件  4  5  6\n第二十条"
    )
    found = cells(text, "disclosure")
    assert found["disclosure.regulations.repealed"].value is None


def test_zeros_beside_blanks_are_not_proved_by_their_sum() -> None:
    rows = "".join(
        f"{row.label[-1]}\n|\n" + "0\n|\n" * count + "|||\n" for row, count in zip(ROWS_2021, (5, 6, 4), strict=False)
    )
    found = cells(
        "自然人\n|\n商业企业\n|\n科研机构\n|\n社会公益组织\n|\n法律服务机构\n|\n其他\n|\n总计\n|\n" + rows, "requests"
    )
    assert {value.value for value in found.values()} <= {None}


@pytest.mark.parametrize("divider", [" | ", " ", "\n", "\n\n", " |\n"])
def test_the_number_of_a_remark_at_a_label_is_no_value(divider: str) -> None:
    rows = ("第二十条第(六)项", "行政处罚1", "2", "行政强制1", "0", "第二十条第(八)项", "行政事业性收费1", "5")
    found = cells("信息内容\n本年处理决定数量\n" + divider.join(rows).replace(f"{divider}第二", "\n第二"), "disclosure")
    assert found["disclosure.penalties.decisions"].value in (None, 2)
    assert found["disclosure.compulsory_measures.decisions"].value in (None, 0)
    assert found["disclosure.fees.amount"].value in (None, 5)


def test_a_span_of_the_header_that_is_printed_again_comes_back_to_no_column() -> None:
    """pandas repeats what spans rows and columns: 自然人 and 总计 stand in both lines of the header."""
    block = editions()["2021"].table("requests").blocks[0]
    vocabulary = vocabulary_of(tuple(editions().values()))
    for texts, again in (
        (["| 自然人 | 法人或其他组织 | 总计 |", "| 自然人 | 商业企业 | 总计 |"], False),
        (["| 自然人 | 商业企业 | 自然人 | 总计 |"], True),
        (["自然人", "商业企业", "自然人"], True),
        (["自然人", "商业企业", "总计"], False),
    ):
        stream = read_labels(read_cells(texts, is_label=vocabulary.is_label), vocabulary, lines=texts)
        header = read_header(stream, (0, len(stream.tokens)), table="requests", blocks={})
        assert header is not None
        assert names_again(block, header, stream) is again
