from decimal import Decimal
from pathlib import Path

import pytest

from gouji.forms import editions
from gouji.model.report import State
from gouji.normalizer.grids import read_grids
from gouji.readers.html import read_html

FORMS = tuple(editions().values())
FEES = (
    "<table><tr><td colspan=2>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额（单位：{unit}）</td></tr>"
    "<tr><td>行政事业性收费</td><td>{fee}</td></tr></table>"
)


@pytest.mark.parametrize(("unit", "fee", "value"), [("万元", "19.8", "19.8"), ("元", "198000", "19.8")])
def test_the_unit_stands_in_the_header(unit: str, fee: str, value: str) -> None:
    page = read_html(FEES.format(unit=unit, fee=fee).encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert str(reading.cells["disclosure.fees.amount"].value) == value


def test_digits_apart_are_ambiguous() -> None:
    page = read_html(FEES.format(unit="万元", fee="1 2").encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert reading.cells["disclosure.fees.amount"].state is State.AMBIGUOUS


def test_samples(request: pytest.FixtureRequest) -> None:
    folder = Path(request.config.rootpath).parent / "shared/samples/html"
    if not folder.is_dir():
        pytest.skip("no ../shared")
    page = read_html((folder / "201-2021-official-slash.html").read_bytes(), path="a")
    assert [reading.table for reading in read_grids(page, FORMS)] == ["disclosure", "requests", "review"]


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
NUMBERS = (9, 0, 76, 434, 519, 317, 301, 0, 328, 946, 245, 208, 0, 29, 482)


def test_a_page_that_goes_on_inside_the_grid_of_the_review_table_takes_nothing_back() -> None:
    rows = [
        "<td colspan=5>行政复议<td colspan=10>行政诉讼",
        "".join(f"<td rowspan=2>{label}" for label in RESULTS)
        + "<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉",
        "".join(f"<td>{label}" for label in RESULTS * 2),
        "".join(f"<td>{number}" for number in NUMBERS),
        "<td colspan=15>五、存在的主要问题及改进情况 全年围绕中心工作加强信息发布",
    ]
    page = read_html(f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>".encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert [cell.value for cell in reading.cells.values()] == list(NUMBERS)


def test_the_review_table_is_read_without_any_span() -> None:
    labels = "".join(f"<td>{label}</td>" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    values = "".join(f"<td>{value}</td>" for value in (1, 2, 3, 4, 10, 5, 0, 0, 1, 6, 7, 0, 2, 0, 9))
    rows = (
        "<td>行政复议</td><td>行政诉讼</td>",
        labels + "<td>未经复议直接起诉</td><td>复议后起诉</td>",
        labels * 2,
        values,
    )
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    (reading,) = read_grids(read_html(page.encode(), path="a"), FORMS)
    found = [value.value for value in reading.cells.values()]
    assert found == [1, 2, 3, 4, 10, 5, 0, 0, 1, 6, 7, 0, 2, 0, 9]
    lost = page.replace("<td>7</td>", "")
    assert all(
        value.value is None
        for reading in read_grids(read_html(lost.encode(), path="a"), FORMS)
        for value in reading.cells.values()
    )


@pytest.mark.parametrize("first", [True, False])
def test_the_review_table_is_read_where_only_spans_over_rows_are_lost(first: bool) -> None:
    labels = "".join(f"<td>{label}</td>" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    groups = ["<td colspan=5>行政复议</td>", "<td colspan=10>行政诉讼</td>"]
    below = [labels, "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>"]
    values = "".join(f"<td>{value}</td>" for value in (1, 2, 3, 4, 10, 5, 0, 0, 1, 6, 7, 0, 2, 0, 9))
    rows = ("".join(groups if first else groups[::-1]), "".join(below if first else below[::-1]), labels * 2, values)
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    (reading,) = read_grids(read_html(page.encode(), path="a"), FORMS)
    totals = [reading.cells[f"review.{row}.total"].value for row in ("review", "direct_suit", "suit_after_review")]
    assert totals == ([10, 6, 9] if first else [9, 10, 6])


def test_spans_say_which_suits_stand_first() -> None:
    labels = "".join(f"<td>{label}</td>" for label in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    values = "".join(f"<td>{value}</td>" for value in (5, 0, 0, 1, 6, 7, 0, 2, 0, 9, 1, 2, 3, 4, 10))
    rows = (
        "<td colspan=10>行政诉讼</td><td colspan=5>行政复议</td>",
        "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>" + labels.replace("<td>", "<td rowspan=2>"),
        labels * 2,
        values,
    )
    page = "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    (reading,) = read_grids(read_html(page.encode(), path="a"), FORMS)
    assert [reading.cells[f"review.{row}.upheld"].value for row in ("review", "direct_suit")] == [1, 5]


UNITS = (
    "<table><tr><td colspan=3>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>单位</td><td>本年处理决定数量</td></tr>"
    "<tr><td>行政许可</td><td>件</td><td>12</td></tr>"
    "<tr><td colspan=3>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>单位</td><td>本年收费金额{header}</td></tr>"
    "<tr><td>行政事业性收费</td><td>{unit}</td><td>35000</td></tr></table>"
)


@pytest.mark.parametrize(
    ("header", "unit", "value"),
    [("", "元", "3.5"), ("", "（万元）", "35000"), ("（单位：元）", "元", "3.5"), ("（单位：万元）", "元", "None")],
)
def test_units_may_stand_in_cells_of_their_own(header: str, unit: str, value: str) -> None:
    page = read_html(UNITS.format(header=header, unit=unit).encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert reading.cells["disclosure.licensing.decisions"].value == 12
    assert str(reading.cells["disclosure.fees.amount"].value) == value


def test_the_numbers_of_rows_are_not_left_over() -> None:
    rows = ("行政处罚", 11), ("行政强制", 12)
    table = "<table><tr><td colspan=3>第二十条第（五）项</td></tr><tr><td>序号</td><td>信息内容</td><td>本年处理决定数量</td></tr>"
    table += "<tr><td>1</td><td>行政许可</td><td>10</td></tr><tr><td colspan=3>第二十条第（六）项</td></tr>"
    table += "<tr><td>序号</td><td>信息内容</td><td>本年处理决定数量</td></tr>"
    table += "".join(
        f"<tr><td>{at}</td><td>{name}</td><td>{value}</td></tr>" for at, (name, value) in enumerate(rows, 2)
    )
    (reading,) = read_grids(read_html(f"{table}</table>".encode(), path="a"), FORMS)
    assert [value.value for value in reading.cells.values()] == [10, 11, 12]
    assert reading.leftovers == ()


def test_a_row_that_says_the_same_in_every_placement_is_sure() -> None:
    header = "<tr><td rowspan=2></td><td rowspan=2>总计</td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td></tr><tr>"
    header += "".join(f"<td>{name}</td>" for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    rows = {
        "一、本年新收政府信息公开申请数量": "5320000",
        "二、上年结转政府信息公开申请数量": "0000000",
        "（一）予以公开": "2200000",
    }
    body = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{digit}</td>' for digit in digits)}</tr>" for label, digits in rows.items()
    )
    (reading,) = read_grids(read_html(f"<table>{header}</tr>{body}</table>".encode(), path="a"), FORMS)
    assert reading.cells["requests.received.total"].value == 5
    carried = [value for name, value in reading.cells.items() if name.startswith("requests.carried_in")]
    assert [(value.value, value.state) for value in carried] == [(0, State.INFERRED)] * 7


def test_columns_that_the_publisher_has_added_take_no_value_from_the_form() -> None:
    header = (
        "信息内容",
        "本年制发件数",
        "上年制发件数",
        "本年废止件数",
        "上年废止件数",
        "现行有效件数",
        "上年现行有效件数",
    )
    rows = (("规章", "50", "19", "", "87", "", "79"), ("行政规范性文件", "", "46", "349", "22", "223466", "71"))
    table = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (header, *rows))
    (reading,) = read_grids(read_html(f"<table>{table}</table>".encode(), path="a"), FORMS)
    assert [value.value for value in reading.cells.values()] == [50, None, None, None, 349, 223466]
    assert [left.raw for left in reading.leftovers] == ["19", "87", "79", "46", "22", "71"]


HEADER = (
    "<tr><td rowspan=3 colspan=3></td><td rowspan=3>上年总计</td><td colspan=7>申请人情况</td></tr>"
    "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr><tr>{}</tr>"
)
ROWS = (
    ("<td colspan=3>一、本年新收政府信息公开申请数量</td>", ("18", "12", "4", "", "", "2", "1", "19")),
    ("<td colspan=3>二、上年结转政府信息公开申请数量</td>", ("86", "", "", "", "1", "1", "", "2")),
    ("<td rowspan=2>三、本年度办理结果</td><td colspan=2>（一）予以公开</td>", ("78", "1", "1", "", "", "", "", "2")),
    ("<td colspan=2>（二）部分公开</td>", ("45", "", "", "", "", "1", "", "1")),
)


def requests_under(labels: tuple[str, ...]) -> dict[str, list[int | None]]:
    header = HEADER.format("".join(f"<td>{label}</td>" for label in labels))
    body = "".join(f"<tr>{label}{''.join(f'<td>{text}</td>' for text in values)}</tr>" for label, values in ROWS)
    (reading,) = read_grids(read_html(f"<table>{header}{body}</table>".encode(), path="a"), FORMS)
    found: dict[str, list[int | None]] = {}
    for name, value in reading.cells.items():
        assert not isinstance(value.value, Decimal)
        found.setdefault(name.split(".")[1], []).append(value.value)
    return found


def test_a_column_added_before_the_others_moves_nothing() -> None:
    assert requests_under(("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")) == {
        "received": [12, 4, None, None, 2, 1, 19],
        "carried_in": [None, None, None, 1, 1, None, 2],
        "granted": [1, 1, None, None, None, None, 2],
        "partly_granted": [None, None, None, None, 1, None, 1],
    }


def test_where_no_placement_adds_up_nothing_is_taken() -> None:
    read = requests_under(
        ("企业", "科研单位", "公益组织", "法律机构", "另有")
    )  # so no header tells which column is added
    assert all(value is None for values in read.values() for value in values)


def test_a_header_in_words_of_its_own_is_one() -> None:
    columns = ("企业", "科研单位", "社会公益性组织", "法律服务组织", "其它")
    header = HEADER.replace("<td rowspan=3>上年总计</td>", "").format("".join(f"<td>{label}</td>" for label in columns))
    body = "".join(f"<tr>{label}{''.join(f'<td>{text}</td>' for text in values[1:])}</tr>" for label, values in ROWS)
    readings = read_grids(read_html(f"<table>{header}{body}</table>".encode(), path="a"), FORMS)
    assert [(reading.edition, reading.cells["requests.received.other_org"].value) for reading in readings] == [
        ("2021", 1)
    ]


def test_rows_of_another_edition_do_not_turn_the_table_into_it() -> None:
    table = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    table += "<tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr><tr><td>行政规范性文件</td><td>4</td><td>5</td><td>6</td></tr>"
    for title, rows in (("第二十条第（五）项", ("行政许可",)), ("第二十条第（六）项", ("行政处罚", "行政强制"))):
        table += f"<tr><td colspan=4>{title}</td></tr><tr><td>信息内容</td><td colspan=3>本年处理决定数量</td></tr>"
        table += "".join(f"<tr><td>{row}</td><td colspan=3>7</td></tr>" for row in rows)
    table += "<tr><td colspan=4>第二十条第（九）项</td></tr>"
    table += "<tr><td>信息内容</td><td>采购项目数量</td><td colspan=2>采购总金额</td></tr>"
    table += "<tr><td>政府集中采购</td><td>8</td><td colspan=2>12.5</td></tr>"
    (reading,) = read_grids(read_html(f"<table>{table}</table>".encode(), path="a"), FORMS)
    assert reading.edition == "2021"
    assert reading.cells["disclosure.regulations.in_force"].value == 3
    assert [left.raw for left in reading.leftovers] == ["8", "12.5"]


SMALL = "<p>{}</p><table><tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr><tr>{}</tr></table>"


def small_tables(*captions: str) -> dict[str, int]:
    page = "<h2>四、政府信息公开行政复议、行政诉讼情况</h2>"
    for at, caption in enumerate(captions, 1):
        page += SMALL.format(caption, "".join(f"<td>{number}</td>" for number in (at, 0, 0, 0, at)))
    return {
        name.split(".")[1]: int(value.value)
        for reading in read_grids(read_html(page.encode(), path="a"), FORMS)
        for name, value in reading.cells.items()
        if name.endswith("total") and value.value is not None
    }


def test_small_tables_of_results_are_told_by_the_line_above_them() -> None:
    suits = "（二）行政诉讼（未经复议直接起诉）", "3.行政诉讼：复议后起诉情况"
    assert small_tables("（一）行政复议", *suits) == {"review": 1, "direct_suit": 2, "suit_after_review": 3}


@pytest.mark.parametrize(
    "caption", ["", "四、政府信息公开行政复议、行政诉讼情况", "未经行政复议直接起诉", "行政复议后起诉"]
)
def test_a_line_that_does_not_name_one_row_tells_none(caption: str) -> None:
    assert small_tables(caption) == {}


@pytest.mark.parametrize("joint", ["", "-", "：", "（", "\n"])
def test_labels_of_a_row_and_a_column_may_share_a_cell(joint: str) -> None:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    header = [f"{row}{joint}{column}" for row in ("行政复议", "未经复议直接起诉", "复议后起诉") for column in results]
    numbers = (1, 2, 3, 4, 10, 5, 0, 0, 1, 6, 7, 0, 2, 0, 9)
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (header, numbers))
    (reading,) = read_grids(read_html(f"<table>{rows}</table>".encode(), path="a"), FORMS)
    assert [value.value for value in reading.cells.values()] == list(numbers)
    assert reading.cells["review.suit_after_review.upheld"].value == 7


def test_a_table_that_adds_up_only_with_another_total_is_open() -> None:
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（七）总计")
    figures = ((12, 5, 2, 0, 1, 1, 3), (4, 1, 1, 0, 0, 2, 0), (0, 0, 0, 0, 0, 0, 0), (9, 6, 1, 0, 0, 0, 2))
    body = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{figure}</td>' for figure in row)}</tr>"
        for label, row in zip(labels, figures, strict=True)
    )
    head = "<tr><td>申请人情况</td><td>甲</td><td>乙</td><td>丙</td><td>丁</td><td>戊</td><td>己</td><td>庚</td></tr>"
    (reading,) = read_grids(read_html(f"<table>{head}{body}</table>".encode(), path="a"), FORMS)
    assert {value.state for value in reading.cells.values()} == {State.AMBIGUOUS}
    assert "HEADER-ORDER" in [note.code for note in reading.notes]
    right = body.replace("<td>12</td>", "", 1).replace("<td>3</td></tr>", "<td>3</td><td>12</td></tr>", 1)
    (reading,) = read_grids(read_html(f"<table>{head}{right}</table>".encode(), path="a"), FORMS)
    assert "HEADER-ORDER" in [note.code for note in reading.notes]  # one row as it should be, two otherwise


def test_a_cell_without_ink_is_no_number() -> None:
    header = "<tr><td rowspan=2>&#8203;&#65279;</td><td rowspan=2>总计</td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td></tr>"
    columns = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    header += f"<tr>{''.join(f'<td>{column}</td>' for column in columns)}</tr>"
    rows = {"一、本年新收政府信息公开申请数量": "5320000", "二、上年结转政府信息公开申请数量": "1001000"}
    body = "".join(
        f"<tr><td>{label}</td>{''.join(f'<td>{digit}</td>' for digit in digits)}</tr>" for label, digits in rows.items()
    )
    (reading,) = read_grids(read_html(f"<table>{header}{body}</table>".encode(), path="a"), FORMS)
    assert [reading.cells[f"requests.received.{key}"].value for key in ("natural_person", "business", "total")] == [
        3,
        2,
        5,
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("指标", "县政府办", "教育局", "公安局", "民政局", "财政局", "住建局", "合计"),
        ("指标", "一月", "二月", "三月", "四月", "五月", "六月", "总计"),
        ("指标", "2017年", "2018年", "2019年", "2020年", "2021年", "2022年", "2023年"),
    ],
)
def test_numbers_under_a_header_of_others_are_not_those_of_applicants(head: tuple[str, ...]) -> None:
    rows = [(row.label[-1], *"1000001") for row in editions()["2021"].table("requests").blocks[0].rows]
    page = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in (head, *rows))
    readings = read_grids(read_html(f"<table>{page}</table>".encode(), path="a"), FORMS)
    assert {value.state for reading in readings for value in reading.cells.values()} == {State.AMBIGUOUS}
    assert "HEADER-ORDER" in [note.code for reading in readings for note in reading.notes]


def test_a_row_with_more_numbers_than_columns_leaves_out_none_for_standing_twice() -> None:
    """A column of the publisher's own without a name: 68, 0 and 0 under 采购项目数量 and 采购总金额."""
    rows = [
        ("第二十条第（八）项", "", "", "", ""),
        ("信息内容", "上一年项目数量", "上一年项目数量", "本年增/减", ""),
        ("行政事业性收费", "84", "1", "7", ""),
        ("第二十条第（九）项", "", "", "", ""),
        ("信息内容", "", "采购项目数量", "采购总金额", ""),
        ("政府集中采购", "68", "0", "0", ""),
    ]
    markup = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    (reading,) = read_grids(read_html(f"<table>{markup}</table>".encode(), path="a"), FORMS)
    assert reading.cells["disclosure.procurement.projects"].value is None


REVIEW = (
    (
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr><td colspan=5>行政复议<td colspan=10>行政诉讼</tr>"
        "<tr>{names}<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉</tr><tr>{low}{low}</tr><tr>{values}</tr></table>"
    )
    .replace("{names}", "".join(f"<td rowspan=2>{name}" for name in RESULTS))
    .replace("{low}", "".join(f"<td>{name}" for name in RESULTS))
)


@pytest.mark.parametrize(
    "rows",
    [
        (("", "2021年", "2022年"), ("新收申请", "31", "45"), ("行政复议", "3", "5")),
        (("", "结果维持", "结果纠正", "总计"), ("行政复议", "1", "0", "1"), ("行政诉讼", "2", "0", "2")),
    ],
)
@pytest.mark.parametrize("mark", ["/", "4"])
def test_a_small_table_of_other_years_behind_the_review_table_changes_nothing(
    rows: tuple[tuple[str, ...], ...], mark: str
) -> None:
    values = "".join(f"<td>{mark}" for _ in range(15))
    small = "".join("<tr>" + "".join(f"<td>{text}" for text in row) + "</tr>" for row in rows)
    page = read_html(f"{REVIEW.replace('{values}', values)}<p>对比：</p><table>{small}</table>".encode(), path="a")
    cells = next(reading for reading in read_grids(page, FORMS) if reading.table == "review").cells
    assert {value.value for value in cells.values()} == {None if mark == "/" else 4}


def review(results: tuple[str, ...], *rows: str) -> str:
    width = len(results)
    heads = (
        f"<td rowspan=3>年份<td colspan={width}>行政复议<td colspan={2 * width}>行政诉讼",
        "".join(f"<td rowspan=2>{label}" for label in results)
        + f"<td colspan={width}>未经复议直接起诉<td colspan={width}>复议后起诉",
        "".join(f"<td>{label}" for label in results * 2),
    )
    values = ("".join(f"<td>{text.strip('_')}" for text in row.split(" ")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}" for row in (*heads, *values)) + "</table>"


def test_review_rows_of_two_years_are_neither_joined_nor_filled_by_one_another() -> None:
    page = review(RESULTS, "2022 _ 1 10 1 12 _ 37 2 2 41 1 2 1 _ 4", "2023 2 5 5 _ 12 1 _ 5 5 11 2 26 1 1 30")
    readings = read_grids(read_html(page.encode(), path="a"), FORMS)
    assert {value.value for reading in readings for value in reading.cells.values()} == {None}


def test_a_review_table_with_a_further_result_is_left_over() -> None:
    page = review((*RESULTS[:2], "撤回", *RESULTS[2:]), "_ 5 _ 0 5 30 40 _ 1 0 0 12 13 2 _ 1 14 5 22")
    readings = read_grids(read_html(page.encode(), path="a"), FORMS)
    assert {value.value for reading in readings for value in reading.cells.values()} <= {None}


def test_a_row_label_may_hold_both_of_its_parts() -> None:
    head = "".join(f"<td>{label}</td>" for label in ("类别", *RESULTS))
    labels = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    rows = "".join(
        f"<tr><td>{label}<td>{at}<td>0<td>0<td>1<td>{at + 1}</tr>" for at, label in enumerate(labels, start=2)
    )
    page = read_html(f"<table><tr>{head}</tr>{rows}</table>".encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    totals = [reading.cells[f"review.{row}.total"].value for row in ("review", "direct_suit", "suit_after_review")]
    assert totals == [3, 4, 5]
    assert reading.leftovers == ()


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("行政事业性收费<br>Administrative Fees", True),
        ("Fees / 行政事业性收费", True),
        ("行政事业性收费 last year", False),
    ],
)
def test_labels_in_two_languages(label: str, *, known: bool) -> None:
    page = read_html(FEES.format(unit="万元", fee="19.8").replace("行政事业性收费", label).encode(), path="a")
    values = [str(reading.cells["disclosure.fees.amount"].value) for reading in read_grids(page, FORMS)]
    assert values == (["19.8"] if known else [])


def test_blank_cells_in_place_of_spans_and_before_all_move_no_value() -> None:
    """Spreadsheets write such tables; the last value is blank, so that all of them fit one column further left."""
    blank = [""]
    lines = (
        ["行政复议", *blank * 4, "行政诉讼", *blank * 9],
        [*RESULTS, "未经复议直接起诉", *blank * 4, "复议后起诉", *blank * 4],
        [*blank * 5, *RESULTS, *RESULTS],
        ["0", "0", "0", "", "", "1", "", "1", "", "2", "0", "", "0", "0", ""],
    )
    rows = ["".join(f"<td>{text}</td>" for text in ("", *line, "", "")) for line in lines]
    page = read_html(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    values = [reading.cells[f"review.direct_suit.{key}"].value for key in ("upheld", "corrected", "other", "total")]
    assert values == [1, None, 1, 2]


@pytest.mark.parametrize(("review", "suits", "one"), [(4, 10, 5), (6, 10, 6), (1, 1, 1), (5, 9, 4)])
@pytest.mark.parametrize("turned", [False, True])
def test_wrong_spans_over_all_the_results_in_their_order(review: int, suits: int, one: int, *, turned: bool) -> None:
    groups = [f"<td colspan={review}>行政复议</td>", f"<td colspan={suits}>行政诉讼</td>"]
    single = "".join(f"<td rowspan=2>{label}</td>" for label in RESULTS)
    suit = f"<td colspan={one}>未经复议直接起诉</td><td colspan={one}>复议后起诉</td>"
    head = [[*groups], [single, suit], ["".join(f"<td>{label}</td>" for label in RESULTS * 2)]]
    values = "".join(f"<td>{number}</td>" for number in (1, 0, 0, 1, 2, 3, 0, 0, 0, 3, 0, 4, 0, 0, 4))
    rows = "".join(f"<tr>{''.join(reversed(row) if turned else row)}</tr>" for row in (*head, [values]))
    found = read_grids(read_html(f"<table>{rows}</table>".encode(), path="a"), FORMS)
    totals = {
        key.split(".")[1]: value.value
        for reading in found
        for key, value in reading.cells.items()
        if key.endswith(".total") and value.value is not None
    }
    assert totals == ({} if turned else {"review": 2, "direct_suit": 3, "suit_after_review": 4})
