"""Sections by their meaning, however they are numbered, spaced, reworded, repeated or hidden in a line."""

import pytest

from gouji.forms import editions
from gouji.locator.candidates import find_candidates
from gouji.locator.headings import read_headings
from gouji.locator.outline import Outline, find_outline
from gouji.locator.reports import find_second, split_document
from gouji.model.raw import Lines, RawDocument, TextBlock, read_lines
from gouji.model.source import Source, Where

FORMS = list(editions().values())
PROSE = "本年度各项工作有序推进，公开质量稳步提升。"


def lines_of(text: str) -> Lines:
    source = Source(path="x.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8")
    return read_lines(RawDocument(source=source, blocks=(TextBlock(text=text, where=Where(line=1)),), positions=False))


def outline(text: str) -> Outline:
    return find_outline(lines_of(text), FORMS)


def numbers(text: str) -> list[int]:
    return [section.number for section in outline(text).sections]


def report(*headings: str) -> str:
    return "\n".join(f"{heading}\n{PROSE}" for heading in headings)


OFFICIAL = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def test_official_headings() -> None:
    assert numbers(report(*OFFICIAL)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、 总体情况"),
        (1, "一、总体概述"),
        (1, "一、公开总体情况 "),
        (1, "一、工作基本情况"),
        (1, "一、工作开展情况"),
        (1, "    一、概述"),
        (1, "一、2019年政府信息公开工作的总体情况"),
        (1, "一、總體情況"),
        (1, "—、總體情況"),
        (1, "一、总体工作情况"),
        (1, "一、总体公开情况"),
        (1, "一、信息公开总体情况"),
        (1, "一、政府信息公开工作的基本情况"),
        (1, "一、2023年政务公开总体情况"),
        (1, "1、 总体情况"),
        (1, "1\\. 总体情况"),
        (1, "## 一、总体情况"),
        (1, "**一、总体情况**"),
        (1, "一 总体情况"),
        (1, "第一部分　总体情况"),
        (1, "一、总 体 情 况"),
        (1, "总体情况"),
        (1, "<h2>一、总体情况</h2>"),
        (1, "一.总体情况"),
        (2, "、主动公开政府信息情况"),
        (2, "二、行政机关主动公开政府信息情况"),
        (2, "二、主动公开政府政府情况"),
        (2, "二、主動公開政府資訊情況"),
        (2, "主动公开政府信息情况 | |||"),
        (2, "二、主动公开政府信息的情况"),
        (2, "二、主动公开信息情况"),
        (2, "二、主动公开情况"),
        (2, "三、主动公开政府信息情况"),
        (3, "三、收到和处理政府信息公开的申请情况"),
        (3, "三、收到和處理政府信息公開申請情況"),
        (3, "三、收到和处理政府信息公开申请情况    "),
        (4, "四、因政府信息公开工作被申请行政复议提起行政诉讼情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (5, "五、政府信息公开工作存在的主要问题及改进情况"),
        (5, "五、存在的主要问题及改进措施"),
        (5, "五、存在问题和改进措施"),
        (5, "五、存在的主要问题和下一步改进措施"),
        (6, "六、其它需要报告事项"),
        (6, "六、其他需要报告的事项。"),
        (6, "六、需要报告的其他事项"),
    ],
)
def test_variants_of_a_heading(number: int, heading: str) -> None:
    found = outline(report(*OFFICIAL[: number - 1], heading, *OFFICIAL[number:])).sections
    assert [section.number for section in found] == [1, 2, 3, 4, 5, 6]
    assert found[number - 1].text == PROSE
    assert numbers(f"前言\n{heading}\n{PROSE}") == [number]


def test_rows_of_the_tables_are_no_headings() -> None:
    text = report(
        *OFFICIAL[:3], "三、本年度办理结果 | (一)予以公开 | 0", "四、结转下年度继续办理 | 0 | 0", *OFFICIAL[3:]
    )
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_what_stands_below_the_overview_is_no_section() -> None:
    inner = "（一）主动公开情况\n" + PROSE + "\n（二）依申请公开情况。本年度无申请。\n1.主动公开情况\n" + PROSE
    found = outline("一、总体情况\n" + inner + "\n" + report(*OFFICIAL[1:])).sections
    assert [section.number for section in found] == [1, 2, 3, 4, 5, 6]
    assert "依申请公开情况" in found[0].text


def test_a_table_of_contents_and_a_navigation_are_not_the_sections() -> None:
    contents = "\n".join(f"[{heading}](#{index})" for index, heading in enumerate(OFFICIAL))
    found = outline("目录\n" + contents + "\n" + "\n".join(OFFICIAL) + "\n本报告根据条例编制。\n" + report(*OFFICIAL))
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert [section.text for section in found.sections] == [PROSE] * 6
    assert "本报告根据条例编制。" in found.head


def test_contents_with_page_numbers() -> None:
    contents = "\n".join(f"{heading}……{page}" for page, heading in enumerate(OFFICIAL, 1))
    found = outline(contents + "\n" + report(*OFFICIAL)).sections
    assert [section.text for section in found] == [PROSE] * 6


def test_headings_within_one_line() -> None:
    text = "现将情况报告如下。" + "".join(heading + PROSE for heading in OFFICIAL)
    found = outline(text).sections
    assert [section.number for section in found] == [1, 2, 3, 4, 5, 6]
    assert [section.text for section in found] == [PROSE] * 6
    assert found[1].where.column == text.index("二、") + 1


def test_contents_within_a_sentence() -> None:
    text = "本报告由" + "；".join(OFFICIAL) + "六部分组成。\n" + report(*OFFICIAL)
    assert [section.text for section in outline(text).sections] == [PROSE] * 6


def test_missing_sections_and_headings_with_their_text() -> None:
    found = outline(f"一、总体情况。{PROSE}\n五、存在的主要问题及改进情况：{PROSE}\n六、其他需要报告的事项 无").sections
    assert [(section.number, section.text) for section in found] == [(1, PROSE), (5, PROSE), (6, "无")]


def test_taken_lines_are_no_prose() -> None:
    text = "二、主动公开政府信息情况\n规章 | 0\n说明：以上数据不含派出机构。\n规章 | 1\n" + report(*OFFICIAL[2:])
    found = find_outline(lines_of(text), FORMS, taken={1, 3}).sections
    assert found[0].text == "说明：以上数据不含派出机构。"


def test_the_signature_is_not_prose() -> None:
    found = outline(report(*OFFICIAL) + "\n\n石 首 市 水 利 局\n二〇二四年一月二十五日\n打印 关闭")
    assert found.sections[-1].text == PROSE
    assert found.signature is not None
    assert (found.signature.agency, found.signature.date) == ("石首市水利局", "2024-01-25")


def test_a_second_report_is_found() -> None:
    text = report(*OFFICIAL) + "\n甲市水利局\n2024年1月25日\n根据条例要求编制本年度报告。\n" + report(*OFFICIAL)
    lines = lines_of(text)
    at = find_second(find_candidates(lines, read_headings(FORMS)), lines)
    assert at is not None
    assert lines.texts[at].startswith("根据条例")
    first, rest = split_document(lines.document, lines, at)
    assert "甲市水利局" in first.text()
    assert rest.blocks[0].where.line == at + 1


def test_contents_and_one_report_are_one_report() -> None:
    lines = lines_of("\n".join(OFFICIAL) + "\n本报告根据条例编制。\n" + report(*OFFICIAL))
    assert find_second(find_candidates(lines, read_headings(FORMS)), lines) is None


def test_lines_that_a_program_has_wrapped_are_joined() -> None:
    wrapped = (
        "一、总体情况\n\n"
        "  全年围绕中心工作加强信息发布，及时回应社会关切，进一步\n  提升公开质量和服务水平。健全工作机制，明确责任分工，定\n"
        "  期开展检查。\n\n  （一）主动公开情况。全年围绕中心工作加强信息发布，及时\n  回应社会关切。\n\n"
        + "\n".join(OFFICIAL[4:])
    )
    assert outline(wrapped).sections[0].text == (
        "全年围绕中心工作加强信息发布，及时回应社会关切，进一步提升公开质量和服务水平。健全工作机制，明确责任分工，定期开展检查。\n"
        "（一）主动公开情况。全年围绕中心工作加强信息发布，及时回应社会关切。"
    )


def test_pandoc_markdown() -> None:
    spans = "\n\n".join(
        f'[{line}]{{style="font-family:仿宋"}}'
        for line in (*report(*OFFICIAL).split("\n"), "甲市水利局", "2024年1月25日")
    )
    found = outline(spans)
    assert [section.text for section in found.sections] == [PROSE] * 6
    assert found.signature is not None
    assert found.signature.date == "2024-01-25"
