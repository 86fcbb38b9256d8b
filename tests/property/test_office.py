"""Any report, rendered as Word or as ruled PDF, reads back as itself or says that it does not know."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.pipeline import parse_bytes
from gouji.renderers.docx import DocxStyle, render_docx
from gouji.renderers.look import Look
from gouji.renderers.pdf import PdfStyle, render_pdf
from tests.judge import judge
from tests.property.strategies import Case, cases

LOOKS = (
    Look(),
    Look(numerals="half", narrow=True),
    Look(split="article"),
    Look(split="two"),
    Look(break_headers=2, spaced=True),
    Look(units=True, change="words", money="yuan"),
    Look(thousands=True, wide_total=True),
    Look(repeat_labels=True, split="two_headed"),
    Look(trailing_column=True, money="unit", change="plus"),
)


@given(case=cases(), look=st.sampled_from(LOOKS), runs=st.booleans(), nested=st.booleans())
@settings(max_examples=30)
def test_word_reads_back(case: Case, look: Look, runs: bool, nested: bool) -> None:
    report = case.report
    data = render_docx(report, style=DocxStyle(look=look, runs=runs, nested=nested))
    verdict = judge(report, parse_bytes(data, check=False))
    assert (verdict.wrong, verdict.missed, verdict.states) == ({}, {}, {})


@given(case=cases(), look=st.sampled_from(LOOKS), landscape=st.booleans())
@settings(max_examples=8)
def test_ruled_pages_read_back(case: Case, look: Look, landscape: bool) -> None:
    report = case.report
    data = render_pdf(report, style=PdfStyle(look=look, landscape=landscape))
    verdict = judge(report, parse_bytes(data, check=False))
    assert (verdict.wrong, verdict.missed, verdict.states) == ({}, {}, {})
