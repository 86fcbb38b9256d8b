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
