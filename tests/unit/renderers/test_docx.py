"""The Word document is one that python-docx opens, with every cell in its place."""

import io

import docx
import pytest

from gouji.renderers.docx import DocxStyle, render_docx
from gouji.renderers.look import Look
from tests.generate import Wish, invent

REPORT = invent(11, wish=Wish(edition="2021", zeros="0", size="middle"))


def test_word_sees_the_grid() -> None:
    document = docx.Document(io.BytesIO(render_docx(REPORT)))
    disclosure, requests, review = document.tables
    assert [cell.text for cell in disclosure.rows[1].cells] == [
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]
    assert (len(requests.rows), len(requests.columns)) == (28, 10)
    assert requests.cell(26, 0).text == "三、本年度办理结果"
    assert requests.cell(3, 9).text == str(REPORT.cells["requests.received.total"].value)
    assert review.cell(3, 14).text == str(REPORT.cells["review.suit_after_review.total"].value)
    assert document.paragraphs[0].text == REPORT.title


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_docx(REPORT) == render_docx(REPORT)


@pytest.mark.parametrize(
    ("style", "tables", "runs"),
    [
        (DocxStyle(), 3, 1),
        (DocxStyle(runs=True), 3, 2),
        (DocxStyle(nested=True), 3, 1),
        (DocxStyle(look=Look(split="two")), 7, 1),
    ],
)
def test_styles(style: DocxStyle, tables: int, runs: int) -> None:
    document = docx.Document(io.BytesIO(render_docx(REPORT, style=style)))
    assert len(document.tables) == tables
    assert len(document.paragraphs[0].runs) == runs


def test_line_breaks_in_labels() -> None:
    document = docx.Document(io.BytesIO(render_docx(REPORT, style=DocxStyle(look=Look(break_headers=4)))))
    assert document.tables[0].cell(1, 1).text == "本年制发\n件数"
