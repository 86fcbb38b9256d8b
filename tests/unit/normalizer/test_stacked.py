"""Labels broken into lines that stand under one another beside the cells of other columns (``pdftotext -layout``)."""

import random
from collections.abc import Callable

import pytest

from gouji.forms import editions
from gouji.model.report import Value
from gouji.pipeline import parse_bytes
from gouji.text.width import text_width

FORM = editions()["2021"]
ROWS = [row for block in FORM.table("requests").blocks for row in block.rows]
KEYS = [column.key for column in FORM.table("requests").blocks[0].columns]
HEADS = [
    ["", "自然", "商业", "科研", "社会公", "法律服", "其他", "总计"],
    ["", "人", "企业", "机构", "益组织", "务机构", "", ""],
]
WIDE = 12

Measure = Callable[[str], int]


def padded(text: str, width: int, measure: Measure) -> str:
    return text + " " * (width - measure(text))


def table(rows: list[list[str]], *, measure: Measure, at: int, beside: str = "") -> str:
    """The table of requests: labels ``WIDE`` characters a line, values beside the first, middle or last of these (0, 1, 2).

    Args:
        rows: Values.
        measure: The columns are those of a terminal, or characters.
        at: Beside which line the values stand.
        beside: A text on the left of the label's second line, as that of a group.
    """
    lines = []
    for row, cells in zip(ROWS, rows, strict=True):
        label = row.label[-1]
        pieces = [label[start : start + WIDE] for start in range(0, len(label), WIDE)]
        valued = (0, len(pieces) // 2, len(pieces) - 1)[at]
        for number, piece in enumerate(pieces):
            group = beside if number == 1 and valued == 1 else ""
            shown = cells if number == valued else [""] * len(cells)
            lines.append([group, piece, *shown])
    widths = [18, 30, *[10] * len(KEYS)]
    return "\n".join(
        "".join(padded(cell, width, measure) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [*(["", *head] for head in HEADS), *lines]
    )


def invented(seed: int) -> list[list[str]]:
    """Rows without blanks, whose columns do not add up to the totals: the layout alone decides."""
    rng = random.Random(seed)
    rows = []
    for _ in ROWS:
        numbers = [rng.choice((0, 3, 17, 240)) for _ in KEYS[1:]]
        rows.append([*map(str, numbers), str(sum(numbers))])
    return rows


def read(text: str) -> dict[str, Value]:
    return dict(parse_bytes(f"三、收到和处理政府信息公开申请情况\n\n{text}\n".encode(), check=False).cells)


@pytest.mark.parametrize("measure", [len, text_width])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_label_is_put_together_beside_its_values(measure: Measure, at: int) -> None:
    rows = invented(at)
    cells = read(table(rows, measure=measure, at=at, beside="（六）其他处理"))
    for row, printed in zip(ROWS, rows, strict=True):
        assert [cells[f"requests.{row.key}.{key}"].value for key in KEYS] == [*map(int, printed)], row.key


def test_blank_cells_keep_their_columns_beside_a_label_that_is_put_together() -> None:
    rows = [[*cells] for cells in invented(7)]
    for values in rows[::2]:
        values[2] = values[4] = ""
        values[6] = str(sum(int(cell or 0) for cell in values[:6]))
    cells = read(table(rows, measure=text_width, at=0))
    for row, printed in zip(ROWS, rows, strict=True):
        want = [int(cell) if cell else None for cell in printed]
        assert [cells[f"requests.{row.key}.{key}"].value for key in KEYS] == want, row.key


def test_a_piece_of_a_label_among_the_values_of_one_row_leaves_the_others_certain() -> None:
    """不补正、行政机关不再处理 stands between a group's label and the values, and its other pieces are gone."""
    rows = invented(4)
    lines = ["自然人  商业企业  科研机构  社会公益组织  法律服务机构  其他  总计"]
    for row, printed in zip(ROWS, rows, strict=True):
        label = "（六）其他处理  不补正、行政机关不再处理" if row.key == "other.uncorrected" else row.label[-1]
        lines.append("  ".join([label, *printed]))
    cells = read("\n".join(lines))
    assert [cells[f"requests.granted.{key}"].value for key in KEYS] == [*map(int, rows[2])]
    assert {cells[f"requests.other.uncorrected.{key}"].value for key in KEYS} == {None}


def test_the_review_table_under_a_header_in_pieces() -> None:
    text = """
四、政府信息公开行政复议、行政诉讼情况

  行政  行政
  复议  诉讼
                      未经  复议
  结果  结果  其他  尚未  总计  复议  后起
  维持  纠正  结果  审结      直接  诉
                      起诉
  结果  结果  其他  尚未  总计  结果  结果  其他  尚未  总计
  维持  纠正  结果  审结      维持  纠正  结果  审结
  0   2   0   1   3   0   1   1   0   2   0   0   4   0   4
"""
    cells = read(text)
    found = [cells[f"review.{key}.total"].value for key in ("review", "direct_suit", "suit_after_review")]
    assert found == [3, 2, 4]


def test_pieces_beside_two_rows_of_values_are_no_label() -> None:
    """The second row of values may be another's."""
    rows = invented(5)
    text = table(rows, measure=text_width, at=0)
    piece = next(line for line in text.splitlines() if line.strip() == "申请数量")
    again = padded(piece, 48, text_width) + "".join(padded(cell, 10, text_width) for cell in ["9"] * 6 + ["54"])
    cells = read(text.replace(piece, again, 1))
    assert [cells[f"requests.received.{key}"].value for key in KEYS] in ([*map(int, rows[0])], [None] * len(KEYS))
    assert [cells[f"requests.carried_in.{key}"].value for key in KEYS] in ([*map(int, rows[1])], [None] * len(KEYS))


def test_columns_whose_labels_stand_on_several_lines_are_named_from_left_to_right() -> None:
    """``pdftotext -layout``: the label of one line stands beside the middle of those of two."""
    text = """
                 申请人情况
                       法人或其他组织
                 自然人                 社会公益  法律服务        总计
                       商业企业  科研机构                其他
                                       组织    机构
一、本年新收政府信息公开
                 4     3     0     2     0     1     10
申请数量
（一）予以公开          4     0     0     2     0     1     7
（七）总计            4     0     0     2     0     1     7
"""
    cells = read(text)
    assert [cells[f"requests.received.{key}"].value for key in KEYS] == [4, 3, 0, 2, 0, 1, 10]
    assert [cells[f"requests.granted.{key}"].value for key in KEYS] == [4, 0, 0, 2, 0, 1, 7]


def test_a_column_whose_label_stands_between_two_lines_is_between_its_neighbours() -> None:
    text = """
二、主动公开政府信息情况
第二十条第（五）项
             上一年项              处理决
信息内容                本年增/减
             目数量               定数量
行政许可         12      +3       480
其他对外管理服务事项   5       -1       7
"""
    cells = read(text)
    found = [cells[f"disclosure.licensing.{key}"].value for key in ("items_last_year", "change", "decisions")]
    assert found == [12, 3, 480]


def test_the_review_table_of_narrow_columns() -> None:
    """As ``pdftotext -layout`` centres every label beside those of more lines."""
    text = """
四、政府信息公开行政复议、行政诉讼情况
行政                         行政
复议                         诉讼
                           未经
                                                      复议
                           复议
                                                      后起
结果   结果   其他   尚未          直接
                      总计                              诉
维持   纠正   结果   审结          起诉
                           结果     结果   其他   尚未        结果   结果   其他   尚未
                                                 总计                       总计
                           维持     纠正   结果   审结        维持   纠正   结果   审结
1   /   /   /   1   /   /   1   /   1   1   1   /   /   2

五、存在的主要问题及改进情况
"""
    cells = read(text)
    rows = ("review", "direct_suit", "suit_after_review")
    found = [[cells[f"review.{row}.{key}"].value for key in ("upheld", "corrected", "other", "total")] for row in rows]
    assert found == [[1, None, None, 1], [None, None, 1, 1], [1, 1, None, 2]]


def test_cells_merged_over_two_rows_of_the_header_may_be_printed_in_both() -> None:
    """``"\\n".join(cell.text for cell in row.cells)`` with python-docx."""
    upper, lower = (
        ["自然人", "法人或其他组织", "总计"],
        ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"],
    )
    rows = invented(6)
    lines = [*upper, *lower, "其他", "总计"]
    for row, printed in zip(ROWS, rows, strict=True):
        lines += [row.label[-1], *printed]
    text = "\n".join([*lines, "五、存在的主要问题及改进情况"])
    cells = read(text)
    assert [cells[f"requests.granted.{key}"].value for key in KEYS] == [*map(int, rows[2])]
    assert read(text.replace("总计\n自然人", "总计\n其他\n自然人", 1))["requests.granted.business"].value is None
