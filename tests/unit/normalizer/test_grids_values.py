"""Values of grids whose placements differ."""

from gouji.model.report import ABSENT
from gouji.normalizer.grids_values import _common


def test_a_cell_that_no_placement_has_is_absent() -> None:
    assert _common([None, None], None) == ABSENT
