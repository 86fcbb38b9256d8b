"""Tables whose markup was damaged: what cannot be told is ambiguous, and no number moves to another cell."""

import re

import pytest

from gouji.model.report import Report, State
from gouji.pipeline import parse_bytes
from gouji.renderers.html import STYLES, render_html
from tests.generate import Wish, invent

TRUTH = invent(4, wish=Wish(size="middle", edition="2021", zeros="0", prose=False))
PAGE = render_html(TRUTH, style=STYLES["official"])


def wrong(got: Report, *, states: tuple[State, ...] = (State.REPORTED, State.INFERRED)) -> dict[str, object]:
    return {
        key: value.value
        for key, value in got.cells.items()
        if value.state in states and value.value != TRUTH.cells[key].value
    }


def codes(got: Report) -> set[str]:
    return {note.code for note in got.notes}


def cut(page: str, start: str, end: str) -> str:
    """Without what stands from within the row of one label to the same cell of another row."""
    places = []
    for label in (start, end):
        place = page.index(label)
        for _ in range(3):
            place = page.index("</td><td>", place) + 1
        places.append(place)
    return page[: places[0]] + page[places[1] :]


def test_a_row_that_runs_on_into_a_later_one_is_not_reported() -> None:
    got = parse_bytes(cut(PAGE, "1.属于国家秘密", "3.危及").encode(), check=False)
    assert wrong(got, states=(State.REPORTED,)) == {}
    assert "ROW-GAP" in codes(got)
    got = parse_bytes(
        re.sub("(<td>规章</td><td>).*?(<td>.*?</td></tr>)", r"\1", PAGE, count=1, flags=re.DOTALL).encode()
    )
    assert wrong(got, states=(State.REPORTED,)) == {}


def test_rows_that_are_missing_cost_nothing_where_the_columns_add_up() -> None:
    empty = next(
        match[0]
        for match in re.finditer(r"<tr><td>[^<]*</td>(?:<td>[^<]*</td>){7}</tr>", PAGE)
        if set(re.findall(r"<td>(\d+)</td>", match[0])) == {"0"}
    )
    before, _, after = PAGE.partition(empty)
    group = before.rindex('rowspan="')
    span = re.match(r'rowspan="(\d+)"', before[group:])
    assert span is not None
    before = f'{before[:group]}rowspan="{int(span[1]) - 1}"{before[group + span.end() :]}'
    outcome = re.search(r'rowspan="(2\d)"', before)
    assert outcome is not None
    before = before.replace(outcome[0], f'rowspan="{int(outcome[1]) - 1}"')
    got = parse_bytes((before + after).encode(), check=False)
    assert "ROW-GAP" not in codes(got)
    assert "ROW-COUNT" not in codes(got)


@pytest.mark.parametrize(("style", "end"), [("official", "</td>"), ("div_tables", "</div>")])
def test_a_row_of_zeros_that_has_taken_the_numbers_of_the_next_one_is_not_reported(style: str, end: str) -> None:
    truth = invent(0, wish=Wish(size="middle", edition="2021", zeros="0", prose=False))
    page = render_html(truth, style=STYLES[style])
    first, last = (page.index(end, page.index(label)) for label in ("4.无正当理由", "5.要求行政机关"))
    got = parse_bytes((page[:first] + page[last:]).encode(), check=False)
    value = got.cells["requests.not_processed.excessive.total"]
    assert truth.cells["requests.not_processed.excessive.total"].value == 0
    assert value.state is not State.REPORTED
    assert "ROW-GAP" in codes(got)


@pytest.mark.parametrize(("mark", "state"), [("", State.REPORTED), ("\ufffd", State.INFERRED)])
def test_the_one_line_of_the_review_table_is_inferred_in_a_damaged_document(mark: str, state: State) -> None:
    page = cut(PAGE, "1.属于国家秘密", "3.危及").replace("</td></tr>", f"</td><td>9{mark}</td><td>8</td></tr>", 3)
    got = parse_bytes(page.encode(), check=False)
    assert {"ROW-GAP", "TABLE-LEFTOVERS"} <= codes(got)
    assert got.cells["review.review.total"].state is state
    assert TRUTH.cells["review.review.total"].value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<td>商业企业</td>", ""),  # a header cell is gone
        ("<td>商业企业</td>", "<td>商业企业</td><td></td>"),
        ('<td rowspan="2">自然人</td>', "<td>自然人</td>"),
        ("<td>自然人</td>", "自然人</td>"),
    ],
)
def test_a_header_that_has_slipped_moves_no_number(old: str, new: str) -> None:
    assert wrong(parse_bytes(PAGE.replace(old, new, 1).encode(), check=False)) == {}


def row_of(label: str) -> str:
    start = PAGE.index("<tr>", PAGE.index(label) - 60)
    return PAGE[start : PAGE.index("</tr>", start)]


@pytest.mark.parametrize("label", ["1.属于国家秘密", "一、本年新收", "（二）部分公开"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</td><td>", "</td>"),  # a cell has lost its beginning
        ("</td><td>", "</enter>"),
        ("</td><td>", "<td>"),
        ("</td><td>", "</td><td>x</td><td>"),
        ("</td><td>", "</td><td></td><td>"),
        ("</td><td>", "</td></tr><tr><td>"),
    ],
)
def test_a_row_with_a_cell_too_many_or_too_few(label: str, old: str, new: str) -> None:
    row = row_of(label)
    for count in (2, 4, 6):
        pieces = row.split(old)
        damaged = old.join(pieces[:count]) + new + old.join(pieces[count:])
        assert wrong(parse_bytes(PAGE.replace(row, damaged).encode(), check=False)) == {}


def test_a_damaged_unit_is_not_guessed() -> None:
    label = "本年收费金额（单位：万元）"
    got = parse_bytes(PAGE.replace(label, "本年收费金额（单位：\ufffd元）").encode(), check=False)
    assert got.cells["disclosure.fees.amount"].value is None


def test_a_table_without_its_own_tags_counts_where_rows_add_up() -> None:
    at = PAGE.index("<table", PAGE.index("三、收到和处理"))
    page = PAGE[:at] + re.sub(r"</?(?:table|tbody)[^>]*>", "", PAGE[at:])
    got = parse_bytes(page.encode(), check=False)
    assert wrong(got) == {}
    assert not any(value.state is State.REPORTED for key, value in got.cells.items() if key.startswith("requests."))


def test_a_row_of_results_that_other_rows_follow_must_add_up() -> None:
    values = re.search(r"(<tr>(?:<td>\d*</td>){14})<td>\d*</td></tr>", PAGE)
    assert values is not None
    page = PAGE.replace(values[0], f"{values[1]}<td>7</td></tr><tr><td>1.信访举报投诉类申请</td><td>1</td></tr>")
    assert wrong(parse_bytes(page.encode(), check=False)) == {}


@pytest.mark.parametrize("mark", ["", "\ufffd"])
def test_a_row_of_results_with_numbers_left_over_below_it_is_inferred_in_a_damaged_document(mark: str) -> None:
    """Its end may be a copy of what stands elsewhere, and what is left over its own end."""
    row, end = re.search(r"(<tr>(?:<td>\d*</td>){15})(</tr>)", PAGE).groups()  # type: ignore[union-attr]
    page = PAGE.replace(row + end, f"{row}{end}<tr><td>三、本年度办理结{mark}</td><td>1</td><td>1</td></tr>")
    got = parse_bytes(page.encode(), check=False)
    assert "TABLE-LEFTOVERS" in codes(got)
    assert got.cells["review.review.total"].state is (State.INFERRED if mark else State.REPORTED)


def test_a_label_of_another_rank_is_not_that_row() -> None:
    old = invent(4, wish=Wish(size="middle", edition="2019", zeros="0", prose=False))
    page = render_html(old, style=STYLES["official"]).replace("（六）其他处理", "（六）其他")
    assert "requests.other.misc.total" not in parse_bytes(page.encode(), check=False).cells


def test_a_lone_number_in_a_cell_of_a_lost_table_is_in_doubt() -> None:
    rows = "<tr><td>信息内容</td><td>本年收费金额（单位：万元）</td></tr><tr><td>行政事业性收费</td><td>1</td></tr>"
    page = f"<html><body><p>二、主动公开政府信息情况</p><tr><td>第二十条第（八）项</td></tr>{rows}</body></html>"
    value = parse_bytes(page.encode()).cells["disclosure.fees.amount"]
    assert (value.value, value.state.value) == (None, "ambiguous")


@pytest.mark.parametrize("unit", ["䕇元", "百元", "美元", "单位：角"])
def test_an_amount_in_an_unknown_unit_is_unreadable(unit: str) -> None:
    assert "（单位：万元）" in PAGE
    got = parse_bytes(PAGE.replace("（单位：万元）", f"（{unit}）").encode(), check=False)
    value = got.cells["disclosure.fees.amount"]
    assert (value.value, value.state) == (None, State.UNREADABLE)


def test_labels_beside_one_another_in_another_table_do_not_turn_the_table_round() -> None:
    labels = (
        "5.属于三类内部事务信息 6.属于四类过程性信息 7.属于行政执法案卷 8.属于行政查询事项 2.没有现成信息需要另行制作"
    )
    stray = "<tr>" + "".join(f"<td>{label}</td>" for label in labels.split()) + "</tr>"
    first, table, last = PAGE.partition("</table>")
    kept = re.split("(?=<tr>)", last[last.index("<table") :].partition("</table>")[0])
    rows = [row for row in kept if re.search("申请人情况|自然人|商业企业|[一二四]、(?:本年新收|上年|结转)", row)]
    got = parse_bytes(f"{first}{stray}{table}<table>{''.join(rows)}</table></body></html>".encode(), check=False)
    assert wrong(got, states=(State.REPORTED,)) == {}
    assert got.cells["requests.received.total"].value == TRUTH.cells["requests.received.total"].value


def test_a_row_that_ends_before_most_of_a_few_others_has_lost_a_column() -> None:
    """Its label no longer spans two columns, so that its total stands below the last kind of applicant."""
    blank = "<td></td>"
    head = (
        f"<tr><td rowspan=2 colspan=3></td><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>"
        f"<td rowspan=2>总计</td>{blank}</tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td>"
        f"<td>法律服务机构</td><td>其他</td>{blank}</tr>"
    )
    values = "<td>3</td><td>1</td><td>1</td><td>1</td><td>2</td><td></td><td>8</td>"
    zeros = f"{blank * 6}<td>0</td>"
    rows = (
        f"<tr><td colspan=3>一、本年新收政府信息公开申请数量</td>{values}{blank}</tr>"
        f"<tr><td colspan=3>二、上年结转政府信息公开申请数量</td>{values}{blank}</tr>"
        f"<tr><td rowspan=9>三、本年度办理结果</td></tr>"
        f"<tr><td>5.要求行政机关确认或重新出具已获取信息</td>{zeros}{blank}</tr>"
        f"<tr><td colspan=2>（六）其他处理</td>{zeros}{blank}</tr><tr><td colspan=2>（七）总计</td>{values}{blank}</tr>"
        f"<tr><td colspan=3>四、结转下年度继续办理</td><td>6</td>"
    )
    got = parse_bytes(f"<table>{head}{rows}".encode(), check=False)
    assert got.cells["requests.not_processed.reissue.other_org"].state is not State.REPORTED


def test_a_row_at_the_end_of_a_grid_is_open_where_the_next_grid_begins_with_another_table() -> None:
    """A piece of the page has moved: the end of one row stands behind the beginning of another."""
    at = PAGE.index("（一）予以公开")
    start = PAGE.index("</td><td>", PAGE.index("</td><td>", at) + 1)
    moved = f"</td>{'<td>7</td>' * 6}</tr></tbody></table><table><tr><td>结果维持</td><td>尚未审结</td><td>其他结果"
    got = parse_bytes((PAGE[:start] + moved + PAGE[start:]).encode(), check=False)
    assert wrong(got, states=(State.REPORTED,)) == {}
    sound = "</td></tr></tbody></table><table><tr><td>（续表）</td></tr><tr>"
    row = PAGE.index("</td></tr>", at)
    whole = parse_bytes((PAGE[:row] + sound + PAGE[row + 10 :].replace("<tr>", "", 1)).encode(), check=False)
    assert "ROW-GAP" not in codes(whole)
