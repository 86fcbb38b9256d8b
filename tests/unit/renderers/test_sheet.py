"""Printed tables tile their rectangle, whatever the author's ways, and hold every value once."""

from dataclasses import replace

import pytest

from gouji.renderers.look import Look, print_label
from gouji.renderers.sheet import Box, Sheet, check_sheet, print_tables
from tests.generate import Wish, invent, with_value

LOOKS = [
    Look(),
    Look(repeat_labels=True),
    Look(wide_total=True),
    Look(trailing_column=True),
    Look(split="article"),
    Look(split="two"),
    Look(split="two_headed", repeat_labels=True, wide_total=True),
    Look(extra_row=True),
    Look(numerals="half", narrow=True, spaced=True, break_headers=4),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("absent", [False, True])
def test_boxes_tile_the_table(look: Look, edition: str, absent: bool) -> None:
    report = invent(1, wish=Wish(edition=edition, zeros="0", absent=absent))
    tables = print_tables(report, look=look)
    cells = []
    for sheets in tables.values():
        for sheet in sheets:
            check_sheet(sheet)
            cells += [box.cell for box in sheet.boxes if box.cell and box.text]
    assert sorted(cells) == sorted(report.values())


def test_a_hole_and_an_overlap_are_found() -> None:
    box = Box(text="", row=0, column=0)
    with pytest.raises(ValueError, match="holes"):
        check_sheet(Sheet(table="t", boxes=(box,), rows=1, columns=2))
    with pytest.raises(ValueError, match="overlap"):
        check_sheet(Sheet(table="t", boxes=(box, replace(box, colspan=2)), rows=1, columns=2))


def test_the_official_request_table() -> None:
    (sheet,) = print_tables(invent(1, wish=Wish(edition="2021", zeros="0")), look=Look())["requests"]
    assert (sheet.rows, sheet.columns, sheet.head) == (28, 10, 3)
    first = next(sheet.lines())
    assert [(box.rowspan, box.colspan) for box in first] == [(3, 3), (1, 7)]
    assert [(box.text[:9], box.rowspan, box.colspan) for box in list(sheet.lines())[1]] == [
        ("自然人", 2, 1),
        ("法人或其他组织", 1, 5),
        ("总计", 2, 1),
    ]
    results = next(box for box in sheet.boxes if box.text == "三、本年度办理结果")
    assert (results.row, results.rowspan) == (5, 22)


def test_the_official_review_table() -> None:
    (sheet,) = print_tables(invent(1, wish=Wish(edition="2021", zeros="0")), look=Look())["review"]
    assert (sheet.rows, sheet.columns) == (4, 15)
    assert [(box.text, box.colspan) for box in next(sheet.lines())] == [("行政复议", 5), ("行政诉讼", 10)]
    assert [box.rowspan for box in list(sheet.lines())[1]] == [2] * 5 + [1] * 2


@pytest.mark.parametrize(
    ("look", "cell", "value", "printed"),
    [
        (Look(thousands=True), "requests.received.total", 1284, "1,284"),
        (Look(units=True), "requests.received.total", 12, "12件"),
        (Look(change="words"), "disclosure.licensing.change", -12, "减12"),
        (Look(change="words"), "disclosure.licensing.change", 0, "0"),
        (Look(change="plus"), "disclosure.licensing.change", 96, "+96"),
        (Look(money="yuan"), "disclosure.procurement.amount", 9, "90000元"),
        (Look(money="unit"), "disclosure.procurement.amount", 9, "9万元"),
    ],
)
def test_numbers_as_authors_write_them(look: Look, cell: str, value: int, printed: str) -> None:
    report = with_value(invent(1, wish=Wish(edition="2019")), cell, value)
    boxes = [box for sheets in print_tables(report, look=look).values() for sheet in sheets for box in sheet.boxes]
    assert next(box.text for box in boxes if box.cell == cell) == printed


def test_labels_as_authors_write_them() -> None:
    assert print_label("1.属于国家秘密", look=Look(numerals="half")) == "属于国家秘密"
    assert print_label("（三）不予公开", look=Look(numerals="half", narrow=True)) == "(三)不予公开"
    assert print_label("总计", look=Look(spaced=True)) == "总 计"
