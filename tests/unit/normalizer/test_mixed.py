"""Text in another order than the table's (``pdftotext`` without ``-layout``, pdfminer): numbers behind a label may be others'."""

from gouji.model.report import Value
from gouji.pipeline import parse_bytes

TITLE = "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n"
REVIEW = "四、政府信息公开行政复议、行政诉讼情况\n"


def read(text: str) -> dict[str, Value]:
    return dict(parse_bytes(text.encode(), check=False).cells)


def values(cells: dict[str, Value], row: str) -> list[object]:
    return [cell.value for key, cell in cells.items() if key.startswith(f"{row}.")]


ROWS = "（一）予以公开\n7\n7\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n2\n1\n3\n"


def test_a_row_that_a_header_parts_from_numbers_may_go_on_there() -> None:
    """二、上年结转: 1, 1, and behind the header, for all its columns, 1, 1, 4."""
    text = (
        f"{TITLE}商业企业\n一、本年新收政府信息公开申请数量\n15\n3\n二、上年结转政府信息公开申请数量\n1\n1\n"
        f"科研机构\n社会公益组织\n法律服务机构\n总计\n其他\n18\n1\n1\n4\n{ROWS}{REVIEW}"
    )
    cells = read(text)
    assert set(values(cells, "requests.carried_in")) == {None}
    assert set(values(cells, "requests.granted")) == {None}


def test_a_label_out_of_order_shows_that_labels_come_before_values() -> None:
    """All labels of a column of the page, then the values of all rows."""
    text = (
        f"{TITLE}商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n（一）予以公开\n"
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n（七）总计\n1.属于国家秘密\n2.其他法律行政法规禁止公开\n"
        f"3.危及“三安全一稳定”\n5.要求行政机关确认或重新出具已获取信息\n4\n1\n1\n1\n3\n10\n四、结转下年度继续办理\n{REVIEW}"
    )
    assert set(values(read(text), "requests.not_processed.reissue")) == {None}


def test_what_one_table_shows_puts_the_others_in_doubt() -> None:
    """规章, 行政规范性文件, and three numbers: alone, they would be the second row's."""
    disclosure = (
        "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n行政规范性文件\n59\n441\n2712\n"
    )
    disclosure += "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n59\n"
    plain = f"{disclosure}{TITLE}商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n{ROWS}{REVIEW}"
    mixed = plain.replace("（二）", "（七）总计\n（二）")
    assert values(read(plain), "disclosure.normative_documents") == [59, 441, 2712]
    assert set(values(read(mixed), "disclosure.normative_documents")) == {None}


def test_a_row_that_begins_beside_its_label_goes_on_below_no_more() -> None:
    text = (
        "第二十条第（五）项\n信息内容\n行政许可\n上一年项目数量\n12448\n其他对外管理服务事项 1\n4\n1674\n本年增/减\n增加3\n2\n"
        f"处理决定数量\n180192\n350\n{TITLE}"
    )
    assert set(values(read(text), "disclosure.other_external_management")) == {None}


def test_one_number_too_many_may_be_that_of_a_row_with_room() -> None:
    """2.重复申请: 1, 1, 2, of which the total stands among the values of another row."""
    head = f"{TITLE}商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n"
    text = (
        f"{head}1.信访举报投诉类申请\n726\n141\n23\n30\n42\n43\n1005\n2.重复申请\n1\n1\n3.要求提供公开出版物\n"
        "122\n34\n1\n4\n14\n9\n184\n5.要求行政机关确认或重新出具已获取信息\n1172\n2\n201\n28\n52\n76\n56\n1585\n"
        f"3.其他\n5031\n940\n131\n211\n318\n260\n6891\n四、结转下年度继续办理\n120\n261\n56\n5\n111\n57\n610\n{REVIEW}"
    )
    cells = read(text)
    assert set(values(cells, "requests.not_processed.repeated")) == {None}


def test_numbers_among_the_columns_of_the_review_table_leave_all_open() -> None:
    """行政复议 has its values among the labels; the ten behind are those of the other two groups, whatever the prose says."""
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    mixed = [
        "行政复议",
        "结果维持",
        "-\n\n行政诉讼",
        "结果纠正",
        "-\n\n其他结果",
        "-\n\n尚未审结",
        "1\n\n总计",
        "1\n\n未经复议",
    ]
    lines = ["一、总体情况", "因政府信息公开被申请行政复议1件。", REVIEW.strip(), *mixed, "直接起诉\n\n复议后起\n诉\n"]
    behind = [f"{cell}\n" for cell in (*heads, *heads, *"1---1--1-1")]
    cells = read("\n".join([*lines, *behind, "五、存在的主要问题及改进情况"]))
    rows = ("review", "direct_suit", "suit_after_review")
    assert {value for row in rows for value in values(cells, f"review.{row}")} == {None}


def test_numbers_below_the_last_row_alone_may_be_those_of_the_next_table() -> None:
    """Its heading and header are gone; they do not add up here."""
    rows = (
        "（一）予以公开\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）\n（七）总计\n  1  1  1  1  11  1  2\n"
    )
    text = f"{TITLE}商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n{rows}五、存在的主要问题及改进情况\n"
    assert set(values(read(text), "requests.outcome_total")) == {None}
