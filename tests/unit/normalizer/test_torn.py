"""Numbers and labels that came apart: ``get_text(" ")`` of a page whose words are cut over spans."""

import pytest

from gouji.model.report import State
from gouji.normalizer.cells import CellToken, kind_of
from gouji.normalizer.torn import may_add_up_joined
from gouji.pipeline import parse_bytes

PROSE = "清河县教育局2023年政府信息公开工作年度报告 统计期限为2023年1月1日至{year}年12月31日。 一、总体情况 二、主动公开政府信息情况 "
DISCLOSURE = "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章 {row} 行政规范性文件 0 0 0 "
REQUESTS = (
    "三、收到和处理政府信息公开申请情况 申请人情况 自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 "
    "法律服务机构 其他 一、本年新收政府信息公开申请数量 {row} 二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0 "
    "三、本年度办理结果 （一）予以公开 0 0 0 0 0 0 0 （二）部分公开 0 0 0 0 0 0 0 "
)


def read(*, row: str = "1 2 3", year: str = "2023", requests: str = "1 0 0 0 0 0 1") -> dict[str, tuple[object, State]]:
    text = PROSE.format(year=year) + DISCLOSURE.format(row=row) + REQUESTS.format(row=requests)
    report = parse_bytes(text.encode())
    return {key.removeprefix("disclosure.regulations."): (cell.value, cell.state) for key, cell in report.cells.items()}


def test_as_many_numbers_as_columns_are_in_doubt_where_a_year_came_apart() -> None:
    whole, torn = read(row="339 534 1"), read(row="339 534 1", year="20 23")
    assert [whole[key][0] for key in ("issued", "repealed", "in_force")] == [339, 534, 1]
    assert {torn[key][1] for key in ("issued", "repealed", "in_force")} == {State.AMBIGUOUS}


def test_zeros_cannot_be_pieces() -> None:
    torn = read(row="0 0 0", year="20 23")
    assert [torn[key][0] for key in ("issued", "repealed", "in_force")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("row", "natural"),
    [
        ("1 2 3 0 0 0 0 1 5", 12),  # only with pieces joined the row adds up
        ("1 2 0 0 0 0 0 2", None),  # it would without the first number: which may be the author's slip, 12
        ("7 8 1 7 3 4 4 106", None),  # with a blank lost, it adds up in two ways
    ],
)
def test_rows_with_too_many_numbers(row: str, natural: int | None) -> None:
    assert read(requests=row, year="20 23")["requests.received.natural_person"][0] == natural


def test_the_numeral_of_the_next_label_is_no_value() -> None:
    text = DISCLOSURE.format(row="1 2 3") + REQUESTS.format(row="0 0 0 0 0 0 0")
    text += (
        "（三）不予公开 1.属于国家秘密 3 4 2 .其他法律行政法规禁止公开 0 0 0 0 0 0 0 3.危及“三安全一稳定” 0 0 0 0 0 0 0"
    )
    cells = parse_bytes(text.encode()).cells
    assert cells["requests.refused.state_secret.total"].state is State.AMBIGUOUS


def test_groups_of_joined_tokens() -> None:
    def tokens(text: str) -> list[CellToken]:
        return [CellToken(word, kind_of(word), 0, 2 * at, 0, at) for at, word in enumerate(text.split())]

    assert may_add_up_joined(tokens("1 2 1 2 5 5"), 2, width=5)  # 12 = 12, 5 = 5
    assert not may_add_up_joined(tokens("7 3 1"), 1, width=5)


def test_what_programs_write_for_an_empty_cell_is_a_blank() -> None:
    table = (
        "第二十条第（一）项\n信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|NaN|2|nan\n行政规范性文件|1|None|3\n"
    )
    cells = parse_bytes(table.encode()).cells
    found = [cells[f"disclosure.regulations.{key}"] for key in ("issued", "repealed", "in_force")]
    assert [(cell.value, cell.state) for cell in found] == [
        (None, State.BLANK),
        (2, State.REPORTED),
        (None, State.BLANK),
    ]
    assert found[0].raw == "NaN"


@pytest.mark.parametrize(("divider", "end"), [("||", ""), ("\t\n", "\t")])
def test_pairs_of_pipes_and_tabs_at_the_end_of_lines_part_cells(divider: str, end: str) -> None:
    rows = [
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 _ 2 _",
        "行政规范性文件 1 _ 3",
        "第二十条第（五）项",
    ]
    text = f"{end}\n".join(divider.join(row.split()).replace("_", "") for row in ["第二十条第（一）项", *rows])
    cells = parse_bytes(text.encode()).cells
    values = [
        cells[f"disclosure.{row}.{key}"].value
        for row in ("regulations", "normative_documents")
        for key in ("issued", "repealed", "in_force")
    ]
    assert values == [None, 2, None, 1, None, 3]


def test_the_index_that_pandas_writes_is_no_value() -> None:
    """Fourteen values, a blank between them, and a number before them: as many as the table has columns."""
    head = ",".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    text = f"四、政府信息公开行政复议、行政诉讼情况\n,0,1,2\n0,行政复议,行政诉讼\n1,未经复议直接起诉,复议后起诉\n2,{head}\n3,6,0,8,,14,6,0,0,2,8,5,0,0,0,5\n"
    cells = parse_bytes(text.encode()).cells
    assert cells["review.review.upheld"].value in (None, 6)
    assert cells["review.suit_after_review.total"].value in (None, 5)


def test_a_total_printed_twice_in_every_row_is_one() -> None:
    rows = {
        "一、本年新收政府信息公开申请数量": "1 1 1 1 1 5 5",
        "二、上年结转政府信息公开申请数量": "2 1 3 3",
        "四、结转下年度继续办理": "1 1 1",
    }
    text = "自然人 法人或其他组织 总计 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
    text += "\n".join(f"{label} {row}" for label, row in rows.items())
    cells = parse_bytes(text.encode()).cells
    assert (cells["requests.received.legal_service"].value, cells["requests.received.other_org"].value) == (None, None)


def test_cells_that_a_spreadsheet_quotes_go_on_in_the_next_line() -> None:
    text = '第二十条第（一）项\n信息内容\t"本年制发\n件数"\t"本年废止\n件数"\t"现行有效\n件数"\n规章\t1\t\t3\n"行政规范\n性文件"\t4\t5\t"1,206"\n'
    cells = parse_bytes(text.encode()).cells
    found = [cells[f"disclosure.normative_documents.{key}"].value for key in ("issued", "repealed", "in_force")]
    assert found == [4, 5, 1206]
    assert cells["disclosure.regulations.in_force"].value == 3


@pytest.mark.parametrize(
    "text",
    [
        "第二十条第（六\n）项\n",  # no author breaks a title that has the whole width
        "六 、其他需要报告的事项\n",
        "业务培训\n，接受社会评议。\n",
        "结果维持 总 计 结果维持 总计\n",
        "1.申请\n人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n2.没有现成\n信息需要另行制作\n",
    ],
)
def test_what_stands_in_pieces_that_no_author_breaks_shows_tears(text: str) -> None:
    whole = PROSE.format(year="2023") + "\n" + DISCLOSURE.format(row="339 534 1").replace(" ", "\n")
    assert parse_bytes(whole.encode()).cells["disclosure.regulations.issued"].value == 339
    torn = parse_bytes((whole + "\n" + text).encode()).cells["disclosure.regulations.issued"]
    assert (torn.value, torn.state) == (None, State.AMBIGUOUS)


def test_a_mark_and_a_number_are_no_count() -> None:
    torn = read(requests="1 - - - - - 1 无", year="20 23")
    assert torn["requests.received.other_org"][0] is None


def test_the_last_two_pieces_are_no_total_printed_twice() -> None:
    torn = read(requests="0 0 1 0 0 0 1 1", year="20 23")
    assert torn["requests.received.total"][0] is None


@pytest.mark.parametrize("mark", [" / ", "；", " | "])
def test_marks_between_any_two_pieces_part_digits_too(mark: str) -> None:
    """The page shows a blank, 20 and 6."""
    title = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = [
        "规章",
        "2",
        "0",
        "6",
        "行政规范性文件",
        "1",
        "0",
        "4",
        "第二十条第（五）项",
        "信息内容",
        "本年处理决定数量",
    ]
    rows += [
        "行政",
        "许可",
        "14",
        "第二十条第（六）项",
        "信息内容",
        "本年处理决定数量",
        "行政",
        "处罚",
        "1",
        "行政",
        "强制",
        "3",
    ]
    text = mark.join(["二、主动公开政府信息情况", *title, *rows, "三、收到和处理政府信息公开申请情况"])
    cells = parse_bytes(text.encode(), check=False).cells
    assert not any(cell.value for key, cell in cells.items() if key.startswith("disclosure.regulations"))
