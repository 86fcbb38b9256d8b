"""Any report, rendered as HTML in any style, reads back as itself or says that it does not know."""

import pytest
from hypothesis import given

from gouji.model.report import Report
from gouji.pipeline import parse_bytes
from gouji.renderers.html import STYLES, HtmlStyle, render_html
from tests.judge import judge
from tests.property.strategies import reports, styles


@pytest.mark.parametrize("name", STYLES)
@given(report=reports())
def test_known_styles_read_back(name: str, report: Report) -> None:
    got = parse_bytes(render_html(report, style=STYLES[name]).encode(), check=False)
    verdict = judge(report, got)
    assert not verdict.wrong
    assert not verdict.missed
    assert not verdict.states


@given(report=reports(), style=styles())
def test_no_style_gives_a_wrong_number(report: Report, style: HtmlStyle) -> None:
    got = parse_bytes(render_html(report, style=style).encode(), check=False)
    assert not judge(report, got).wrong
