"""Lines of a page to paragraphs."""

import pytest

from gouji.readers.lattice import PageContent
from gouji.readers.lattice.prose import Line, drop_furniture, find_frame, join_paragraphs

FULL = "全年主动公开信息，回应群众关切，健全工作制度，压实工作责任，规范发布流程。"


def paragraphs(*lines: tuple[str, float]) -> list[str]:
    """Lines of a width of 400 points, 20 points apart, each with its size of type; all begin at the left edge."""
    made = [
        Line(text, 50, 450 if len(text) > 20 else 250, 100 + 20.0 * at, size, 1)
        for at, (text, size) in enumerate(lines)
    ]
    return ["".join(line.text for line in paragraph) for paragraph in join_paragraphs(made, frame=find_frame(made))]


@pytest.mark.parametrize(
    "heading", ["二、主动公开", "（二）依申请公开", "第二部分主动公开政府信息情况", "2.主动公开政府信息情况"]
)
def test_a_heading_begins_a_paragraph_though_the_line_above_is_full(heading: str) -> None:
    assert paragraphs((FULL, 11), (FULL, 11), (heading, 11)) == [FULL + FULL, heading]


def test_a_title_as_wide_as_the_page_ends_where_the_type_changes() -> None:
    title = "某某自治区某某旗农牧局二〇二一年政府信息公开工作年度报告"
    assert paragraphs((title, 16), ("1.总体情况", 15.4), (FULL, 11)) == [title, "1.总体情况", FULL]


def test_a_number_with_a_point_is_no_heading() -> None:
    assert paragraphs((FULL, 11), ("2.5万元已经全部退还，其余款项另行处理完毕并公示。", 11)) == [
        FULL + "2.5万元已经全部退还，其余款项另行处理完毕并公示。"
    ]


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["１ ０", "12 3"], ["１ ０", "12 3"]),
        (["1", "2", "3"], []),
        (["5", "2", "9"], ["5", "2", "9"]),
        (["- 4 -", "第2页", "3 / 9"], []),
    ],
)
def test_numbers_at_the_edge_of_a_page_are_its_number_only_if_they_count_on_or_are_decorated(
    texts: list[str], left: list[str]
) -> None:
    pages = [PageContent(number=number, width=600, height=800) for number in range(1, len(texts) + 1)]
    lines = [Line(text, 300, 320, 40, 9, number) for number, text in enumerate(texts, 1)]
    assert [line.text for line in drop_furniture(lines, pages)] == left
