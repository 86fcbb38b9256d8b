"""Spans laid out: rows as they are gathered on the way are those that a grid finds by itself."""

from hypothesis import given
from hypothesis import strategies as st

from gouji.model.raw import Grid
from gouji.readers.grid import resolve_spans

SPANNED = st.tuples(st.sampled_from(("a", "")), st.integers(0, 4), st.integers(1, 4), st.none())


@given(st.lists(st.lists(SPANNED, max_size=6), max_size=8))
def test_rows_are_those_that_the_grid_finds(rows: list[list[tuple[str, int, int, str | None]]]) -> None:
    grid = resolve_spans(rows)
    assert grid.by_row == Grid(cells=grid.cells, rows=grid.rows, columns=grid.columns).by_row
