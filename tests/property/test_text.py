"""Any report, rendered as text, reads back as itself where the layout keeps positions, and never as another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.model.report import Report
from gouji.pipeline import parse_bytes
from gouji.renderers.layout import LAYOUTS
from gouji.renderers.look import Look
from gouji.renderers.pipe import render_text
from tests.bench.stress_text import specimen
from tests.judge import Verdict, judge
from tests.property.strategies import Case, cases

WHOLE = ("trafilatura", "tabs_grid", "w3m", "w3m_wrapped", "pandoc_grid", "gfm", "gfm_head")
"""Every place of the grid is printed, so that nothing is lost, whatever stands in the cells."""


def read_back(report: Report, *, name: str) -> Verdict:
    """Render in a named layout, read, compare."""
    layout = LAYOUTS[name]
    look = Look(break_headers=4) if layout.breaks else Look()
    return judge(report, parse_bytes(render_text(report, layout=layout, look=look).encode(), check=False))


@given(case=cases(), name=st.sampled_from(WHOLE))
def test_layouts_that_keep_positions_read_back(case: Case, name: str) -> None:
    verdict = read_back(case.report, name=name)
    assert (verdict.wrong, verdict.missed, verdict.states) == ({}, {}, {})


@given(
    case=cases(zeros="0", size="middle"),
    name=st.sampled_from(sorted(n for n, x in LAYOUTS.items() if x.family in "AE")),
)
@settings(max_examples=30)
def test_full_rows_read_back_whatever_stands_between_the_cells(case: Case, name: str) -> None:
    verdict = read_back(case.report, name=name)
    assert verdict.wrong == {}
    assert verdict.missed == {}


@given(case=cases(), name=st.sampled_from(sorted(LAYOUTS)))
@settings(max_examples=100)
def test_no_named_layout_gives_a_wrong_number(case: Case, name: str) -> None:
    assert read_back(case.report, name=name).wrong == {}


ONCE_WRONG = (
    50004, 50608, 50705, 50794, 51093, 51096, 51190, 51289, 51589, 51712, 52214, 52241, 52354, 52378, 52457, 60149, 60219,
    60448, 61289, 61411, 61463, 61627, 61890, 62081, 62275, 62387, 62583, 62646, 62751, 63012, 63033, 63313, 63928, 64123,
    64140, 64291, 64451, 64794, 65033, 65097, 65195, 65343, 65388, 66087, 66290, 66346, 66833, 68355, 68622, 68750, 68883, 100691, 104339, 105220, 106104,
    106188, 106944, 107574, 111162, 111512, 113956, 115103, 117566, 117715, 117932, 118773, 119729, 200634, 200777, 201323,
    201918, 209556, 301821, 306246, 306474, 306600, 308956, 408709, 501591, 506160, 506862, 507369, 510330, 613138,
    603127, 3000442, 3014235, 3018096, 3002661, 4000922, 5023693, 5029610, 5034809, 5044440, 5046325,
    5051334, 5051540, 5053688, 5054227, 5056555, 5057289, 5057851, 5066779, 5067340, 5083679, 5084395, 5090922, 5091449,
    5112503, 5144967, 7118850, 7402578, 7506246, 8303065, 21002406, 23017276, 32011345, 33011791, 37001420, 37004518,
    37011726, 37012828, 38009672, 38013483, 54016095, 57015212, 59005979, 62013645,
    64000351, 65013403, 65013471, 65015912, 66002591,
)  # fmt: skip
"""Of ``tests/bench/stress_text.py``: each a way in which a cell was once misread."""


ONCE_TORN = (
    6000032, 6000086, 6000310, 6000437, 6000541, 6000747, 6001728, 6001983, 6002460, 6002928, 7200168, 7200856, 7201747,
    7201788, 7700293, 7700449, 7701200, 7701213,
)  # fmt: skip


@pytest.mark.parametrize("seed", ONCE_WRONG)
def test_what_was_once_wrong(seed: int) -> None:
    truth, data, _, _ = specimen(seed)
    assert judge(truth, parse_bytes(data, check=False)).wrong == {}


@pytest.mark.parametrize("seed", [730043, 730103, 42000096, 42000203, 42000320, 42000374, 42000412])
def test_what_was_once_wrong_in_print(seed: int) -> None:
    """Tables without rules, in which numbers stand between their label and that of a blank row, or are the publisher's."""
    truth, data, _, _ = specimen(seed, kind="pdf")
    assert judge(truth, parse_bytes(data, check=False)).wrong == {}


@pytest.mark.parametrize("seed", ONCE_TORN)
def test_what_was_once_wrong_in_pieces(seed: int) -> None:
    """What ``get_text`` leaves of pages whose words and numbers are cut over spans."""
    truth, data, _, _ = specimen(seed, kind="torn")
    assert judge(truth, parse_bytes(data, check=False)).wrong == {}
