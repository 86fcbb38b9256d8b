"""Rows as programs write lists, and values that commas part."""

import pytest

from gouji.normalizer.dividers import with_plain_dividers
from gouji.normalizer.written import with_pipes
from gouji.pipeline import parse_bytes
from gouji.renderers.layout import LAYOUTS
from gouji.renderers.look import Look
from gouji.renderers.pipe import render_text
from gouji.text.width import text_width
from tests.generate import Wish, invent
from tests.judge import judge

TITLES = ("某市教育局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况")
ROWS = (
    ("第二十条第（一）项",),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "12", "", "345"),
    ("行政规范性文件", "6", "70", "8"),
    ("第二十条第（五）项",),
    ("信息内容", "本年处理决定数量"),
    ("行政许可", "9"),
)


def python(row: tuple[str, ...]) -> str:
    return str(list(row))


def json(row: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{cell}"' for cell in row) + "],"


def latex(row: tuple[str, ...]) -> str:
    return " & ".join(row) + r" \\"


def read(text: str) -> list[object]:
    cells = parse_bytes(text.encode(), check=False).cells
    keys = [
        f"{row}.{key}" for row in ("regulations", "normative_documents") for key in ("issued", "repealed", "in_force")
    ]
    return [cells[f"disclosure.{key}"].value for key in (*keys, "licensing.decisions")]


@pytest.mark.parametrize("write", [python, json, latex, ";".join, "；".join, "，".join, "、".join])
def test_rows_written_as_lists(write: object) -> None:
    assert callable(write)
    text = "\n".join(
        [*TITLES, *map(write, ROWS), "五、存在的主要问题及改进情况", "一是公开不够及时；二是队伍薄弱，需要加强。"]
    )
    assert read(text) == [12, None, 345, 6, 70, 8, 9]


@pytest.mark.parametrize("divider", [" / ", ";", "，"])
def test_a_page_on_one_line(divider: str) -> None:
    cells = [cell for row in ROWS * 6 for cell in row]
    lines = with_pipes([divider.join([*TITLES, *cells])], lambda text: text in cells)
    assert lines is not None
    assert lines[0].count("|") == len(cells) + 1


def test_values_keep_their_places() -> None:
    report = parse_bytes("\n".join([*TITLES, *map(python, ROWS)]).encode(), check=False)
    where = report.cells["disclosure.regulations.in_force"].where
    assert where is not None
    assert (where.line, where.column) == (5, 19)


def test_prose_is_no_table() -> None:
    assert with_pipes(["规章，是指规范性文件，以及其他。"] * 9, lambda text: text == "规章") is None


def test_thousands_of_which_some_are_quoted_are_all_quoted() -> None:
    rows = [
        "第二十条第（一）项,,,",
        "信息内容,本年制发件数,本年废止件数,现行有效件数",
        '规章,"1,638",202,280',
        "行政规范性文件,6,70,8",
    ]
    text = "\n".join([*TITLES, *rows, "第二十条第（五）项,", "信息内容,本年处理决定数量", "行政许可,9"])
    assert read(text) == [1638, 202, 280, 6, 70, 8, 9]


def test_tabs_that_begin_lines_end_the_cells_before_and_show_no_blanks() -> None:
    text = """第二十条第（一）项
信息内容
\t本年制发件数
\t本年废止件数
\t现行有效件数
规章
\t\u3000\t
行政规范性文件
\t6
\t69
\t\u3000\t
第二十条第（五）项
信息内容
\t本年处理决定数量
行政许可
\t9
第二十条第（六）项
信息内容
\t本年处理决定数量
行政处罚
\t9
行政强制
\t5
"""
    assert set(read("\n".join([*TITLES, text]))[:6]) == {None}


def test_spans_printed_again_in_comma_separated_values() -> None:
    rows = [
        "第二十条第（一）项" + ",第二十条第（一）项" * 3,
        "信息内容,本年制发件数,本年废止件数,现行有效件数",
        "规章,277,774,2",
    ]
    rows += [
        "行政规范性文件,6,70,8",
        "第二十条第（五）项" + ",第二十条第（五）项" * 3,
        "信息内容" + ",本年处理决定数量" * 3,
    ]
    assert read("\n".join([*TITLES, *rows, "行政许可,662,662,662"])) == [277, 774, 2, 6, 70, 8, 662]


def test_the_row_of_the_review_table_has_more_values_than_its_headers() -> None:
    rows = ["行政复议,行政诉讼", "结果维持,结果纠正,其他结果,尚未审结,总计,未经复议直接起诉,复议后起诉"]
    rows += [",".join(["结果维持,结果纠正,其他结果,尚未审结,总计"] * 2), "0,22,3,0,25,0,20,3,4,27,26,0,0,0,26"]
    report = parse_bytes("\n".join([TITLES[0], "四、政府信息公开行政复议、行政诉讼情况", *rows]).encode(), check=False)
    assert [report.cells[f"review.{row}.total"].value for row in ("review", "direct_suit", "suit_after_review")] == [
        25,
        27,
        26,
    ]


def test_rules_drawn_within_a_header_are_no_prose() -> None:
    table = """
|行政复议                  |行政诉讼                                         |
|----------------------+---------------------------------------------|
|    |    |    |    |  |未经复议直接起诉              |复议后起诉                 |
|结果维持|结果纠正|其他结果|尚未审结|总计|----------------------+----------------------|
|    |    |    |    |  |结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计|
|----+----+----+----+--+----+----+----+----+--+----+----+----+----+--|
|0   |22  |3   |0   |25|0   |20  |3   |4   |27|26  |0   |0   |0   |26|
"""
    report = parse_bytes((TITLES[0] + "\n四、政府信息公开行政复议、行政诉讼情况\n" + table).encode(), check=False)
    assert report.cells["review.suit_after_review.total"].value == 26


def test_commas_of_thousands_that_ran_together_part_nothing() -> None:
    rows = ["本年新收政府信息公开申请数量51,03510,1811,3792,0743,4972,78170,947"] * 4
    assert with_pipes(rows, lambda text: text.startswith("本年新收")) is None


def test_a_blank_side_of_a_page_s_layout_table_is_no_cell() -> None:
    """pandoc's org keeps the layout table around a page: the menu left of it ends before the tables begin."""
    rows = [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]
    rows += ["规章", "70", "9", "行政规范性文件", "1417", "3", *["认真落实政府信息公开条例。"] * 30]
    menu = ["- 首页", "- 政务公开", "- 年报", "", "", ""]
    text = "\n".join(
        f"| {left:6} | {right:30} |" for left, right in zip([*menu, *[""] * len(rows)], rows, strict=False)
    )
    cells = parse_bytes(text.encode(), check=False).cells
    assert not any(cell.value for key, cell in cells.items() if key.startswith("disclosure"))


@pytest.mark.parametrize("seed", [31, 51, 55, 90, 96, 130, 160])
def test_slashes_between_all_pieces_are_no_marks(seed: int) -> None:
    truth = invent(seed, wish=Wish(zeros="blank"))
    lines = render_text(truth, layout=LAYOUTS["plain_lines_dropped"], look=Look(numerals="half")).split("\n")
    text = " / ".join(line for line in lines if line.strip())
    assert not judge(truth, parse_bytes(text.encode(), check=False)).wrong


def test_the_blank_lines_of_a_drawn_frame_are_no_cells() -> None:
    """pandoc wraps a table within a layout table at twelve columns; what was blank in it is lost."""
    rows = [
        "二、上年结转",
        "政府信息公开",
        "申请数量",
        *[""] * 9,
        "    4",
        "     2",
        " 1      0",
        "         1",
        "     8",
    ]
    rows += ["信息公开。"] * 30
    lines = [f" | {row}{' ' * (20 - text_width(row))} |    |" for row in rows]
    assert not any("|" in line for line in with_plain_dividers(lines))
    ragged = [f"| {row} |    |" for row in rows]
    assert with_plain_dividers(ragged) == ragged
