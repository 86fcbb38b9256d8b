"""Automatic numbers: 一、 （一） 1. as Word would print them."""

import pytest

from gouji.model.raw import RawDocument
from gouji.readers.docx import read_docx
from gouji.readers.docx_numbering import FORMATS
from tests.unit.readers.word_builder import cell, docx, paragraph, row, table


def level(place: int, kind: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="4">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="5">' + level(0, "bullet", "\uf0b7") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def numbered(text: str, place: int = 0, number: int = 1) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>')


def lines(document: RawDocument) -> list[str]:
    return document.text().split("\n")


def read(body: str, styles: str = "", numbering: str = LISTS) -> list[str]:
    return lines(read_docx(docx(body, numbering=numbering, styles=styles), path="a.docx"))


def test_levels_count_and_restart() -> None:
    body = (
        numbered("总体情况") + numbered("主动公开", 1) + numbered("依申请", 1) + numbered("甲", 2) + numbered("乙", 2)
        + numbered("二章") + numbered("又", 1) + numbered("丙", 2) + numbered("丁", 3)
    )  # fmt: skip
    assert read(body) == [
        "一、总体情况", "（一）主动公开", "（二）依申请", "1. 甲", "2. 乙",
        "二、二章", "（一）又", "1. 丙", "2.1.1 丁",
    ]  # fmt: skip


def test_bullets_zero_and_unknown_lists_write_nothing() -> None:
    assert read(numbered("a", 0, 2) + numbered("b", 0, 0) + numbered("c", 0, 77)) == ["a", "b", "c"]


def test_start_override() -> None:
    assert read(numbered("a") + numbered("b", 0, 3) + numbered("c", 0, 3)) == ["一、a", "五、b", "六、c"]


def test_labels_of_a_table() -> None:
    rows = [row(cell(inside=numbered(text, 2)), cell("5")) for text in ("重复申请", "其他")]
    assert read(table(*rows)) == ["1. 重复申请 | 5", "2. 其他 | 5"]


def test_a_number_never_becomes_part_of_a_figure() -> None:
    assert read(table(row(cell("a"), cell(inside=numbered("5", 2))))) == ["a | 1、5"]


def test_numbers_by_style_and_by_linked_style() -> None:
    styles = (
        '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="h2"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:styleId="listed"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="4">' + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="base"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>') + "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="6"><w:numStyleLink w:val="listed"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="6"/></w:num>'
    )  # fmt: skip
    body = paragraph("甲", properties='<w:pStyle w:val="base"/>') + paragraph("乙", properties='<w:pStyle w:val="h2"/>')
    body += numbered("丙", 1, 9)
    assert read(body, styles, numbering) == ["一、甲", "（一）乙", "（一）丙"]


@pytest.mark.parametrize(
    ("kind", "number", "printed"),
    [
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseLegalSimplified", 10, "壹拾"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 2, "②"),
        ("decimalEnclosedCircle", 30, "30"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ideographDigital", 10, "一〇"),
        ("chineseCounting", 12345, "12345"),
    ],
)
def test_formats(kind: str, number: int, printed: str) -> None:
    assert FORMATS[kind](number) == printed
