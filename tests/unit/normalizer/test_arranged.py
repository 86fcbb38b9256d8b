"""Rows that several layouts would fit: what the whole table shows, and doubt where it shows nothing."""

from decimal import Decimal

import pytest

from gouji.forms import editions
from gouji.model.raw import RawDocument, TextBlock, read_lines
from gouji.model.report import State, Value
from gouji.model.source import Source, Where
from gouji.normalizer.stream import read_stream
from gouji.pipeline import parse_bytes
from gouji.renderers.layout import LAYOUTS
from gouji.renderers.look import Look
from gouji.renderers.pipe import render_text
from tests.generate import Wish, invent
from tests.judge import judge

FORMS = tuple(editions().values())
ROWS = [row for block in editions()["2021"].table("requests").blocks for row in block.rows]
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def cells(text: str, table: str) -> dict[str, Value]:
    document = RawDocument(
        source=Source(path="a", sha256="", media_type="text/plain"),
        blocks=(TextBlock(text=text, where=Where(line=1)),),
    )
    return dict(next(found for found in read_stream(read_lines(document), FORMS) if found.table == table).cells)


def grid(values: dict[str, str], *, usual: str, head: str = "") -> str:
    """A request table as a grid of pipes: labels take three columns, empty ones for what a span covers."""
    lines = [head] if head else []
    for row in ROWS:
        labels = [""] * (len(row.label) - 1) + [row.label[-1]] + [""] * (3 - len(row.label))
        lines.append("|" + "|".join([*labels, *values.get(row.key, usual).split(",")]) + "|")
    return "\n".join(lines) + "\n"


def test_a_column_printed_twice_is_told_from_one_that_is_equal_by_chance() -> None:
    text = grid({"received": "1,0,0,0,0,2,3,", "granted": "4,5,0,0,0,2,11,"}, usual="0,0,0,0,0,0,0,")
    found = cells(text, "requests")
    assert found["requests.received.other_org"].value == 2
    assert found["requests.received.total"].value == 3


def test_without_a_sum_that_tells_columns_stay_open() -> None:
    found = cells(grid({"received": ",,0,,,,0,0"}, usual=",,,,,,0,0"), "requests")
    assert found["requests.received.other_org"].value is None
    assert found["requests.received.research"].value is None


def test_a_header_of_the_same_grid_says_which_column_is_which() -> None:
    head = "||||" + "|".join([*COLUMNS, COLUMNS[-1]]) + "|"
    found = cells(grid({"received": ",,0,,,,0,0"}, usual=",,,,,,0,0", head=head), "requests")
    assert found["requests.received.other_org"].state is State.BLANK
    assert found["requests.received.research"].value == 0
    assert found["requests.received.total"].value == 0


def test_a_value_repeated_beside_a_blank_is_not_two_values() -> None:
    head = "第二十条第（八）项｜第二十条第（八）项｜第二十条第（八）项｜\n信息内容｜上一年项目数量｜本年增/减｜本年增/减｜\n"
    found = cells(head + "行政事业性收费｜｜25｜25｜", "disclosure")
    assert found["disclosure.fees.items_last_year"].value is None
    assert found["disclosure.fees.change"].value == 25


@pytest.mark.parametrize(("rest", "whole"), [("元", Decimal("460.8")), ("00元", None), ("性收费 0元", None)])
def test_an_amount_that_goes_on_below_is_not_read_half(rest: str, whole: Decimal | None) -> None:
    text = f"第二十条第（八）项\n信息内容  本年收费金额\n行政事业  4608000\n          {rest}\n"
    assert cells(text, "disclosure")["disclosure.fees.amount"].value == whole


def test_tabs_within_pipes_part_cells_and_show_blanks() -> None:
    head = "| 第二十条第(一)项 | ||\n| 信息内容\t本年制发件数\t本年废止件数\t现行有效件数 |\n"
    found = cells(head + "| 规章\t \t2\t  | ||\n| 行政规范性文件\t5\t0\t3 | ||", "disclosure")
    assert [found[f"disclosure.regulations.{key}"].value for key in ("issued", "repealed", "in_force")] == [
        None,
        2,
        None,
    ]


def test_pipes_that_only_frame_a_row_show_no_blanks() -> None:
    head = "|第二十条第(一)项|  |  |\n|信息内容  本年制发件数  本年废止件数  现行有效件数|\n"
    found = cells(head + "|规章  2  206    |\n|行政规范性文件  5  0  3|", "disclosure")
    assert found["disclosure.regulations.issued"].state is State.AMBIGUOUS


def test_a_row_at_which_the_text_breaks_off_is_not_trusted() -> None:
    rows = "\n".join(f"{row.label[-1]}\n" + "0\n" * 7 for row in ROWS[:6])
    found = cells(f"自然人\n{rows}{ROWS[6].label[-1]}\n1\n|\n1\n|\n", "requests")
    assert found[f"requests.{ROWS[6].key}.total"].value is None


def test_without_a_header_the_edition_is_not_supposed() -> None:
    found = cells("第二十条第（一）项\n规章 | 1 | 2 | 3\n第二十条第（五）项\n行政许可 | 1 | 2 | 3\n", "disclosure")
    assert all(value.value is None for value in found.values())


def test_pads_do_not_stand_for_the_blanks_of_the_review_table() -> None:
    columns = "\n".join(f"{label} |" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    head = f"行政复议 |\n行政诉讼 |\n{columns}\n未经复议直接起诉 |\n复议后起诉 |\n{columns}\n{columns}\n"
    found = cells(head + "|||||\n" + "\n".join(f"{n} |" for n in (5, 2, 0, 0, 7, 1, 1, 0, 0, 2)), "review")
    assert found["review.review.upheld"].value is None


def test_signed_digits_that_ran_together_are_cut_too() -> None:
    text = "第二十条第(五)项\n信息内容上一年项目数量本年增/减处理决定数量\n行政许可000\n其他对外管理服务事项11-247\n"
    assert cells(text, "disclosure")["disclosure.other_external_management.decisions"].value is None


def test_a_doubtful_row_is_not_read_as_zeros_by_the_column_sums() -> None:
    rows = {row.key: "0\n" * 7 for row in ROWS}
    rows["received"] = "13\n3\n0\n0\n1\n2\n19\n"
    rows["carried_in"] = "1\n1\n1\n1\n0\n4\n"
    rows["granted"] = rows["outcome_total"] = "13\n3\n1\n0\n0\n3\n20\n"
    rows["carried_over"] = "1\n1\n0\n1\n1\n0\n4\n"
    text = "自然人\n" + "".join(f"{row.label[-1]}\n{rows[row.key]}" for row in ROWS)
    found = cells(text, "requests")
    assert found["requests.carried_in.legal_service"].value in (None, 0)
    assert found["requests.received.total"].value in (None, 19)


def test_a_total_printed_twice_may_hide_a_value_that_was_lost() -> None:
    lines = "".join(f"{row.label[-1]}  0  0  0  0  0  0  0\n" for row in ROWS[2:])
    found = cells(f"自然人  总计\n{ROWS[0].label[-1]}  5  7  1  1  1  15  15\n{lines}", "requests")
    assert found["requests.received.other_org"].value is None


def test_a_wide_character_over_a_column_edge_tells_how_columns_are_counted() -> None:
    text = (
        "  ---------   ----   ----   ----\n  第二十条第(六)项\n  信息内容        上一年项   本年增/   处理决定\n"
        "              目数量    减      数量\n  行政处罚        4      增加54\n  行政强制                      1\n"
        "  ---------   ----   ----   ----\n"
    )
    assert cells(text, "disclosure")["disclosure.penalties.decisions"].value is None


def test_a_value_under_the_label_of_another_column_is_not_stated() -> None:
    text = (
        "第二十条第(五)项\n            信息内容  上一年项目数量  本年增/减  处理决定数量\n"
        "            行政许可                        +48             5\n其他对外管理服务事项               5\n"
    )
    found = cells(text, "disclosure")
    assert found["disclosure.other_external_management.decisions"].value is None


def test_a_pipe_after_an_empty_line_closes_no_cell() -> None:
    head = "| 第二十条第(一)项 | ||\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 1 | 2 | 3\n\n"
    found = cells(head + "| 行政规范性文件 |  | 0 | 3 |\n", "disclosure")
    assert found["disclosure.normative_documents.issued"].state is State.BLANK


def test_columns_that_two_ways_of_counting_set_differently_are_not_restored() -> None:
    text = (
        "  第二十条第（六）项\n  信息内容       上一年项目数量  本年增/减  处理决定数量\n"
        "  行政处罚       55              684\n  行政强制       26\n"
    )
    found = cells(text, "disclosure")
    assert found["disclosure.penalties.change"].value is None
    assert found["disclosure.penalties.decisions"].value is None


def test_digits_of_which_fewer_numbers_add_up_too_are_not_cut() -> None:
    rows = {row.key: "0000000" for row in ROWS}
    rows["received"] = "14415097175"
    text = "自然人总计" + "".join(f"{row.label[-1]}{rows[row.key]}" for row in ROWS)
    assert cells(text, "requests")["requests.received.natural_person"].value is None


def test_an_amount_that_goes_on_below_is_no_cell_of_its_own() -> None:
    text = "第二十条第（九）项\n信息内容     采购项目数量 采购总金额\n政府集中采购          575876.2\n                1万元\n"
    assert cells(text, "disclosure")["disclosure.procurement.amount"].value is None


def test_a_review_row_at_which_the_text_breaks_off_is_not_trusted() -> None:
    columns = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
    head = f"行政复议\n行政诉讼\n{columns}未经复议直接起诉\n复议后起诉\n{columns}{columns}"
    text = head + "1\n0\n0\n0\n1\n1\n1\n"
    assert all(value.value is None for value in cells(text, "review").values())


def test_a_value_printed_twice_behind_a_blank_is_no_two_values() -> None:
    rows = ["|第二十条第（八）项||", "|信息内容|上一年项目数量|本年增/减|本年增/减||", "|行政事业性收费| |12|12||"]
    found = cells("    ".join(rows), "disclosure")
    assert found["disclosure.fees.items_last_year"].value is None


def test_a_row_with_more_values_than_columns_shows_what_another_may_have_lost() -> None:
    text = "一、总体情况\n三、本年度办理结果  (七)总计    0  0  0  0  0    0  0\n四、结转下年度继续办理  0  0  0  0  0  0  0  0\n"
    assert cells(text, "requests")["requests.outcome_total.other_org"].value is None


def test_a_text_that_ends_every_line_is_no_column() -> None:
    lines = grid({"received": "56,6,,,,,62", "granted": "23,5,,,,,28"}, usual="1,1,,,,,2").splitlines()
    found = cells("".join(f'"{line}\\n",\n' for line in lines), "requests")
    assert (found["requests.received.total"].value, found["requests.received.other_org"].value) == (62, None)


def test_a_row_over_lines_among_which_a_strange_text_stands_is_not_decided_by_its_sum() -> None:
    lines = grid({}, usual="0,0,0,0,0,0,0").splitlines()
    lines[3] += "\n| | 3 |\n| | 3 |\n| | <verb |\n| | 1 | 8 |"
    lines[3] = lines[3].replace("|0|0|0|0|0|0|0|", "|||")
    assert cells("\n".join(lines), "requests")["requests.partly_granted.total"].value is None


def test_a_figure_one_space_beside_another_is_not_taken_for_its_beginning() -> None:
    """The publisher has two columns of last year; in the second of 行政许可 stands 4, one space behind 95."""
    head = "  第二十条第（五）项\n  信息内容                上一年项目数量 本年增/减      处理决定数量\n"
    rows = "  行政许可             95 4              57             0\n  其他对外管理服务事项 46 54             -4             453\n"
    found = cells(head + rows, "disclosure")
    assert found["disclosure.licensing.items_last_year"].value is None


@pytest.mark.parametrize(
    ("names", "last_year"),
    [
        (
            ("处理决定数量", "上一年项目数量", "本年增/减", "处理决定数量"),
            None,
        ),  # which of the two, and where the values begin?
        (("上一年项目数量", "本年增/减", "处理决定数量"), 4),
        (("上一年项目数量", "本年增/减", "处理决定数量", "上一年项目数量", "本年增/减", "处理决定数量"), 4),
    ],
)
def test_a_header_that_names_a_column_twice_leaves_the_values_open(
    names: tuple[str, ...], last_year: int | None
) -> None:
    head = f"|第二十条第（五）项|\n|信息内容|{'|'.join(names)}|\n"
    found = cells(head + "|行政许可|4|57|0|\n|其他对外管理服务事项|54|-4|453|\n", "disclosure")
    assert found["disclosure.licensing.items_last_year"].value == last_year


@pytest.mark.parametrize("seed", [57, 140, 4, 8])
def test_a_blank_that_ends_each_row_is_none_of_its_cells(seed: int) -> None:
    """``get_text("|", strip=True)`` leaves one for the line end between two rows, and none for a blank cell."""
    truth = invent(seed, wish=Wish(zeros="blank"))
    form = editions()[truth.edition or ""]
    lines = render_text(truth, layout=LAYOUTS["plain_lines_dropped"], look=Look()).split("\n")
    blocks = [block for table in form.tables for block in table.blocks]
    begins = {text for block in blocks for text in (block.title, block.stub, *(row.label[-1] for row in block.rows))}
    text = "|".join(f"|{line}" if line in begins else line for line in lines if line.strip())
    assert not judge(truth, parse_bytes(text.encode(), check=False)).wrong


def test_a_blank_that_ends_only_some_rows_is_a_cell_of_theirs() -> None:
    """Those behind the one value of 行政许可 stand below the cells that its header spans."""
    head = "第二十条第(一)项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
    rows = "规章 |\n |\n80 |\n460 |\n行政规范性文件 |\n1 |\n |\n |\n"
    more = "第二十条第(五)项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n行政许可 |\n301 |\n||\n"
    found = cells(head + rows + more, "disclosure")
    columns = ("issued", "repealed", "in_force")
    assert [found[f"disclosure.normative_documents.{column}"].value for column in columns] == [1, None, None]
