"""Any report, rendered as text in a layout that keeps positions, reads back as itself, cell for cell."""

import pytest
from hypothesis import given, settings

from gouji.pipeline import parse_bytes
from gouji.renderers.layout import LAYOUTS
from gouji.renderers.look import Look
from gouji.renderers.pipe import render_text
from tests.judge import judge
from tests.property.strategies import Case, cases

WHOLE = ("trafilatura", "pads_dropped", "tabs_grid", "w3m", "w3m_wrapped", "pandoc_grid", "gfm", "gfm_head")


@pytest.mark.parametrize("name", WHOLE)
@given(case=cases())
@settings(max_examples=25)
def test_layouts_that_keep_positions_read_back(name: str, case: Case) -> None:
    report = case.report
    layout = LAYOUTS[name]
    look = Look(break_headers=4) if layout.breaks else Look()
    verdict = judge(report, parse_bytes(render_text(report, layout=layout, look=look).encode(), check=False))
    assert (verdict.wrong, verdict.missed, verdict.states) == ({}, {}, {})
