"""Any report, rendered as HTML in any style, reads back as itself or says that it does not know."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.pipeline import parse_bytes
from gouji.renderers.html import STYLES, HtmlStyle, render_html
from tests.generate import Wish, invent
from tests.judge import judge
from tests.property.strategies import Case, cases, styles


@given(case=cases(), name=st.sampled_from(sorted(STYLES)))
def test_known_styles_read_back(case: Case, name: str) -> None:
    report = case.report
    got = parse_bytes(render_html(report, style=STYLES[name]).encode(), check=False)
    verdict = judge(report, got)
    assert (verdict.wrong, verdict.missed, verdict.states) == ({}, {}, {})


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("name", sorted(STYLES))
def test_blank_forms_read_back_in_every_style(name: str, edition: str) -> None:
    """Nothing but labels: a row of three is no header, and no header is a row."""
    report = invent(0, wish=Wish(edition=edition, size="none", zeros="blank"))
    verdict = judge(report, parse_bytes(render_html(report, style=STYLES[name]).encode(), check=False))
    assert (verdict.wrong, verdict.missed, verdict.states) == ({}, {}, {})


@given(case=cases(), style=styles())
def test_any_style_reads_back(case: Case, style: HtmlStyle) -> None:
    report = case.report
    style = replace(style, tables="table")
    verdict = judge(report, parse_bytes(render_html(report, style=style).encode(), check=False))
    assert (verdict.wrong, verdict.missed) == ({}, {})
