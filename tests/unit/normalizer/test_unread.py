"""Numbers of tables that are not found are left over, never lost."""

import pytest

from gouji.pipeline import parse_bytes

TITLE = "# 某市教育局2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n全年召开座谈会 5 次，培训 17 人次。\n\n"
END = "\n\n## 五、存在的主要问题及改进情况\n\n无。\n"


def left_over(text: str) -> list[str]:
    return [left.raw for left in parse_bytes(text.encode(), check=False).leftovers]


@pytest.mark.parametrize(
    "table",
    [
        "| 甲 | 乙 |\n|---|---|\n| 3 | 14 |",  # no label of the form
        "甲\t3\n乙\t14",
        "甲\n\n3\n\n14\n\n乙",
        "<table><tr><td>甲</td><td>3</td></tr><tr><td>乙</td><td>14</td></tr></table>",
    ],
)
def test_numbers_of_a_table_that_is_not_found(table: str) -> None:
    assert left_over(TITLE + table + END) == ["3", "14"]


def test_numbers_of_a_row_that_is_not_found() -> None:
    columns = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|\n"
    tables = (
        "### 甲类\n\n" + columns + "| 6 | 0 | 0 | 0 | 6 |",
        "### 复议后起诉\n\n" + columns + "| 1 | 0 | 1 | 0 | 2 |",
    )
    report = parse_bytes((TITLE + "## 四、政府信息公开行政复议、行政诉讼情况\n\n" + "\n\n".join(tables) + END).encode())
    assert report.cells["review.suit_after_review.total"].value == 2
    assert [left.raw for left in report.leftovers] == ["6", "0", "0", "0", "6"]


def test_a_document_that_is_no_report_has_no_leftovers() -> None:
    assert left_over("| 甲 | 乙 |\n|---|---|\n| 3 | 14 |") == []
