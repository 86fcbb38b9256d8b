"""Blank cells that spaces or empty lines count: ``" ".join(cells)``, lynx, ``"\\n".join(cells)``, docx2txt."""

import random

import pytest

from gouji.forms import editions
from gouji.model.report import State, Value
from gouji.pipeline import parse_bytes

FORM = editions()["2021"]
ROWS = [row for block in FORM.table("requests").blocks for row in block.rows]
KEYS = [column.key for column in FORM.table("requests").blocks[0].columns]
HEAD = "申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"


def invented(rng: random.Random, *, blank: float) -> list[list[str]]:
    """Rows that add up; a total is never blank."""
    rows = []
    for _ in ROWS:
        numbers = [0 if rng.random() < blank else rng.choice((0, 3, 17, 240)) for _ in KEYS[1:]]
        shown = ["" if not number and rng.random() < blank else str(number) for number in numbers]
        rows.append([*shown, str(sum(numbers))])
    return rows


def text_of(rows: list[list[str]], *, blank: str, wrap: int = 99) -> str:
    """The table, cells joined by one space, labels longer than ``wrap`` characters in two lines."""
    lines = []
    for row, cells in zip(ROWS, rows, strict=True):
        label = row.label[-1]
        label = f"{label[:wrap]}\n{label[wrap:]}" if len(label) > wrap else label
        lines.append(" ".join([label, *(cell or blank for cell in cells)]))
    return "三、收到和处理政府信息公开申请情况\n" + HEAD + "\n".join(lines) + "\n"


def read(text: str) -> dict[str, Value]:
    return dict(parse_bytes(text.encode(), check=False).cells)


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize("wrap", [99, 12])
@pytest.mark.parametrize("seed", range(4))
def test_runs_of_spaces_count_the_blank_cells(blank: str, wrap: int, seed: int) -> None:
    rows = invented(random.Random(seed), blank=0.6)
    cells = read(text_of(rows, blank=blank, wrap=wrap))
    for row, printed in zip(ROWS, rows, strict=True):
        for key, text in zip(KEYS, printed, strict=True):
            assert cells[f"requests.{row.key}.{key}"].value == (int(text) if text else None), (row.key, key)


def test_the_other_tables_are_set_alike() -> None:
    rows = invented(random.Random(1), blank=0.6)
    review = "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n"
    review += " ".join(["结果维持 结果纠正 其他结果 尚未审结 总计"] * 2) + "\n1   2 3    1   1   5 1 6\n"
    disclosure = (
        "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章  54 3921\n行政规范性文件 1  4\n"
    )
    cells = read(disclosure + text_of(rows, blank="") + review)
    found = [cells[f"disclosure.regulations.{key}"].value for key in ("issued", "repealed", "in_force")]
    assert found == [None, 54, 3921]
    assert [cells[f"review.{key}.total"].value for key in ("review", "direct_suit", "suit_after_review")] == [3, 1, 6]


def test_one_row_that_does_not_count_to_the_columns_and_spaces_mean_nothing() -> None:
    rows = invented(random.Random(2), blank=0.6)
    text = text_of(rows, blank="").replace("（七）总计 ", "（七）总计     ")
    cells = read(text)
    assert sum(cell.state is State.AMBIGUOUS for cell in cells.values()) > len(ROWS)


def test_the_bullet_of_a_list_beside_the_table_is_no_cell() -> None:
    """inscriptis sets a menu beside the table."""
    rows = ["2.其他法律行政法规禁止公开  0  0  0  0    0  0", "* 无障碍阅读  3.危及“三安全一稳定”  1  0  0  0  0  0  1"]
    cells = read(
        "三、收到和处理政府信息公开申请情况\n" + HEAD + "1.属于国家秘密  0  0  0  0  0  0  0\n" + "\n".join(rows)
    )
    assert cells["requests.refused.prohibited_by_law.legal_service"].value is None


def test_a_label_without_its_numeral_goes_on_in_the_next_line() -> None:
    rows = invented(random.Random(3), blank=0)
    text = text_of(rows, blank="").replace("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请\n数量")
    assert read(text)["requests.received.total"].value == int(rows[0][-1])


def test_a_number_that_is_taken_for_a_part_of_a_label_leaves_the_spaces_uncounted() -> None:
    rows = [[cell and f"{cell}件" for cell in row] for row in invented(random.Random(7), blank=0.6)]
    rows[1] = ["0件", "", "0件", "", "0件", "", "0件"]
    cells = read(
        text_of(rows, blank="").replace("二、上年结转政府信息公开申请数量", "  二、上年结转政府信息公开申请数量")
    )
    assert cells["requests.carried_in.business"].value is None


def lines_of(rows: list[list[str]], *, gap: str, blank: str) -> str:
    """The table, a cell a line; ``gap`` stands behind every cell, ``blank`` in place of a blank one and its gap."""
    text = "三、收到和处理政府信息公开申请情况" + gap + "".join(word + gap for word in HEAD.split())
    for row, cells in zip(ROWS, rows, strict=True):
        text += row.label[-1] + gap + "".join(cell + gap if cell else blank for cell in cells)
    return text + "五、存在的主要问题及改进情况" + gap


@pytest.mark.parametrize(("gap", "blank"), [("\n", "\n"), ("\n\n", "\n\n"), ("\n\n", "\n"), ("\n \n\n", "\n\n\n")])
@pytest.mark.parametrize("seed", range(3))
def test_empty_lines_count_the_blank_cells(gap: str, blank: str, seed: int) -> None:
    rows = invented(random.Random(seed), blank=0.6)
    cells = read(lines_of(rows, gap=gap, blank=blank))
    for row, printed in zip(ROWS, rows, strict=True):
        for key, text in zip(KEYS, printed, strict=True):
            assert cells[f"requests.{row.key}.{key}"].value == (int(text) if text else None), (row.key, key)


def test_lines_that_count_in_one_table_count_in_the_others() -> None:
    rows = invented(random.Random(1), blank=0.6)
    disclosure = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n\n54\n3921\n行政规范性文件\n1\n\n4\n"
    cells = read(disclosure + lines_of(rows, gap="\n", blank="\n"))
    found = [cells[f"disclosure.{row}.{key}"].value for row in ("regulations", "normative_documents") for key in
             ("issued", "repealed", "in_force")]  # fmt: skip
    assert found == [None, 54, 3921, 1, None, 4]


def test_one_row_with_a_line_too_many_and_empty_lines_mean_nothing() -> None:
    rows = invented(random.Random(2), blank=0.6)
    text = lines_of(rows, gap="\n", blank="\n").replace("（七）总计\n", "（七）总计\n\n")
    cells = read(text)
    assert sum(cell.state is State.AMBIGUOUS for cell in cells.values()) > len(ROWS)


def test_empty_lines_that_are_the_same_in_all_rows_mean_nothing() -> None:
    """Two lines before each number, three behind: they may be those of any layout."""
    text = "三、收到和处理政府信息公开申请情况\n" + "".join(f"{word}\n" for word in HEAD.split())
    text += "".join(f"{row.label[-1]}\n\n\n0\n\n\n\n\n" for row in ROWS) + "五、存在的主要问题及改进情况\n"
    cells = read(text)
    assert cells["requests.granted.research"].state is State.AMBIGUOUS


def test_empty_lines_between_pipes_are_counted_by_nobody() -> None:
    rows = invented(random.Random(4), blank=0.6)
    text = lines_of(rows, gap="\n", blank="\n").replace("（一）予以公开\n", "（一）予以公开\n|\n", 1)
    cells = read(text)
    assert sum(cell.state is State.AMBIGUOUS for cell in cells.values()) > len(ROWS)
