"""The review table: side by side, turned by a quarter, or three small tables."""

import pytest

from gouji.pipeline import parse_bytes

HEAD = "## 四、政府信息公开行政复议、行政诉讼情况\n\n"
COLUMNS = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|\n"
NAMES = ("review", "direct_suit", "suit_after_review")


def read(text: str) -> list[object]:
    cells = parse_bytes((HEAD + text).encode(), check=False).cells
    keys = ("upheld", "corrected", "other", "pending", "total")
    return [cells[f"review.{name}.{key}"].value for name in NAMES for key in keys]


@pytest.mark.parametrize(
    "headings",
    [
        ("### 行政复议", "### 行政诉讼\n\n#### 未经复议直接起诉", "#### 复议后起诉"),
        ("**（一）行政复议**", "**（二）行政诉讼**\n\n1. 未经复议直接起诉", "2. 复议后起诉"),
        ("行政复议：", "行政诉讼（未经复议直接起诉）：", "行政诉讼（复议后起诉）："),
        ("1. 行政复议", "2. 行政诉讼——未经复议直接起诉", "3. 行政诉讼——复议后起诉"),
    ],
)
def test_three_small_tables_each_under_a_heading(headings: tuple[str, str, str]) -> None:
    rows = ("| 1 | 0 | 1 | 0 | 2 |", "| 3 |  |  | 1 | 4 |", "| 0 | 0 | 0 | 0 | 0 |")
    text = "\n\n".join(f"{name}\n\n{COLUMNS}{row}" for name, row in zip(headings, rows, strict=True))
    assert read(text) == [1, 0, 1, 0, 2, 3, None, None, 1, 4, 0, 0, 0, 0, 0]


def test_columns_are_those_of_the_header() -> None:
    text = "| 类型 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 |\n|---|---|---|---|---|---|\n"
    text += (
        "| 行政复议 | 2 | 1 | 0 | 1 | 0 |\n| 未经复议直接起诉 | 4 | 3 | 0 | 0 | 1 |\n| 复议后起诉 | 0 | 0 | 0 | 0 | 0 |"
    )
    assert read(text) == [1, 0, 1, 0, 2, 3, 0, 0, 1, 4, 0, 0, 0, 0, 0]


def test_a_header_that_lacks_a_column_leaves_the_values_open() -> None:
    text = "| 类型 | 总计 | 结果维持 | 结果纠正 | 结果纠正 | 尚未审结 |\n|---|---|---|---|---|---|\n"
    text += (
        "| 行政复议 | 2 | 1 | 0 | 1 | 0 |\n| 未经复议直接起诉 | 4 | 3 | 0 | 0 | 1 |\n| 复议后起诉 | 0 | 0 | 0 | 0 | 0 |"
    )
    assert set(read(text)) == {None}


def test_a_row_that_lines_wrap_anyhow_may_hold_pieces_of_numbers() -> None:
    """The total of the first group, 102393, was cut in its narrow column: 10239 stands above the row, 3 below."""
    heads = "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
    heads += " ".join(["结果维持 结果纠正 其他结果 尚未审结 总计"] * 2) + "\n"
    assert set(read(heads + "10239\n2393 0 1 99999 23610 74 0 23684 2353 33908 0 10 36271\n3\n")) == {None}


def test_the_heading_behind_the_last_value_is_no_part_of_it() -> None:
    heads = (
        "行政复议 | 行政诉讼 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n"
    )
    heads += "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | " * 2 + "\n"
    row = "0 | 0 | 1 | 0 | 1 | 1 | 0 | 0 | 1 | 2 | 0 | 1 | 0 | 1 | 2 **五、存在的主要问题及改进情况** 无。\n"
    assert read(heads + row)[-5:] == [0, 1, 0, 1, 2]


@pytest.mark.parametrize("suit", [("复议", "后起"), ("复议\\\n| 后起诉",), ("复", "议")])
def test_a_label_in_pieces_no_longer_hides_the_table_whose_columns_are_all_named(suit: tuple[str, ...]) -> None:
    """resiliparse drops a line of one character, pandoc parts a label over lines of the header."""
    results = ["结果", "维持", "结果", "纠正", "其他", "结果", "尚未", "审结", "总计"]
    heads = ["行政", "复议", *results, "未经", "复议直接", "起诉", *suit, *results, *results]
    values = ["4", "1", "6", "-", "11", "3", "-", "-", "6", "9", "6", "5", "2", "6", "19"]
    numbers = [4, 1, 6, None, 11, 3, None, None, 6, 9, 6, 5, 2, 6, 19]
    assert read("\n\n".join([*heads, *values])) == numbers
    short = parse_bytes((HEAD + "\n\n".join([*heads[:-2], *values])).encode(), check=False)
    assert not any(cell.value for cell in short.cells.values())


def test_a_backslash_that_ends_lines_is_no_mark_of_a_cell() -> None:
    """pandoc writes it for ``<br>``, which in some pages is all there is in a blank cell."""
    text = "全年收到申请18件。\\\n\n| 一、本年新收政府信息公开申请数量 | \\ | \\ | 7 | 8 | 1 | 2 | 0 | 0 | 18 |\n"
    text += "| 二、上年结转政府信息公开申请数量 | \\ | \\ | 0 | 0 | 1 | 0 | 1 | 1 | 3 |\n"
    text += "| 四、结转下年度继续办理 | \\ | \\ | 7 | 8 | 2 | 2 | 1 | 1 | 21 |\n"
    report = parse_bytes(text.encode(), check=False)
    assert report.cells["requests.carried_in.total"].value == 3
    assert report.cells["requests.carried_in.research"].value == 1


@pytest.mark.parametrize("bullet", ["* ", "- ", "      * "])
def test_the_bullet_of_the_next_heading_is_no_value(bullet: str) -> None:
    """lynx shows lists, and so paragraphs that pages set as lists."""
    heads = "行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
    heads += " ".join(["结果维持 结果纠正 其他结果 尚未审结 总计"] * 2)
    found = read(
        f"{heads}\n   0    0             0              0   1    0    0    0    1\n{bullet}五、存在的主要问题及改进情况\n"
    )
    assert not any(found)


FIFTEEN = (
    "行政复议 | | | | | 行政诉讼\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | | | | | 复议后起诉\n"
    "| | | | | " + "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | " * 2 + "\n"
)
ONE, TWO = "0 1 10 1 12 0 37 2 2 41 1 2 1 0 4", "2 5 5 0 12 1 0 5 5 11 2 26 1 1 30"


@pytest.mark.parametrize("names", [("2022年", "2023年"), ("县政府", "教育局"), ("", "")])
@pytest.mark.parametrize("divider", [" | ", " ", "\n"])
def test_rows_of_several_years_or_bodies_are_not_one(names: tuple[str, str], divider: str) -> None:
    rows = [f"{name} {row}".strip().replace(" ", divider) for name, row in zip(names, (ONE, TWO), strict=True)]
    assert set(read(FIFTEEN + "\n".join(rows) + "\n五、存在的主要问题及改进情况\n")) == {None}


@pytest.mark.parametrize("divider", [" | ", " ", "\n"])
def test_a_further_result_leaves_the_row_open(divider: str) -> None:
    text = FIFTEEN.replace("其他结果 | 尚未审结", "撤回 | 其他结果 | 尚未审结")
    assert set(read(text + ONE.replace(" ", divider) + "\n")) == {None}


def test_a_full_row_two_of_whose_groups_do_not_add_up_is_open() -> None:
    """Its header may name 总计 first, or more than the form has."""
    text = FIFTEEN + "12 | 0 | 1 | 10 | 1 | 41 | 0 | 37 | 2 | 2 | 4 | 1 | 2 | 1 | 0\n"
    assert set(read(text)) == {None}


def test_small_tables_whose_rows_are_longer_are_open() -> None:
    head = "类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 上年总计\n"
    rows = "行政复议 | | 1 | 5 | 1 | 7 | 3\n未经复议直接起诉 | 1 | 2 | 2 | | 5 | 9\n复议后起诉 | 1 | 1 | 2 | 2 | | 6\n"
    assert set(read(head + rows)) <= {None}


def test_of_three_labels_one_may_be_known_alone() -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    heads = ["行政复议", *results, "未经", "直接", "复议", "后", *results, *results]
    values = ["4", "1", "6", "-", "11", "3", "-", "-", "6", "9", "6", "5", "2", "6", "19"]
    assert read("\n".join([*heads, *values])) == [4, 1, 6, None, 11, 3, None, None, 6, 9, 6, 5, 2, 6, 19]


@pytest.mark.parametrize(("printed", "known"), [(1, True), (2, False)])
def test_values_below_the_columns_of_two_labels_are_not_those_of_the_one_that_is_left(
    printed: int, *, known: bool
) -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    text = "\n\n".join([HEAD, "复议后起诉", *results * printed, "0", "1", "1", "1", "3"])
    values = [cell.value for cell in parse_bytes(text.encode(), check=False).cells.values()]
    assert [value for value in values if value is not None] == [0, 1, 1, 1, 3] * known
