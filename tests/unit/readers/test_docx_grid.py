"""Column edges: slivers and dragged borders fused, no text lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gouji.model.raw import Grid
from gouji.readers.docx_grid import WordCell, WordTable, resolve_table


def resolve(rows: list[list[tuple[str, int, int]]], widths: list[int]) -> Grid:
    table = WordTable(rows=[[WordCell(*cell) for cell in row] for row in rows], widths=widths)
    return resolve_table(table, number=1)[0]


def columns(grid: Grid) -> list[list[tuple[str, int, int]]]:
    return [[(c.text, c.column, c.colspan) for c in row] for row in grid.by_row]


def test_a_sliver_column_vanishes() -> None:
    rows = [[("a", 0, 1), ("b", 1, 3)], [("1", 0, 2), ("2", 2, 3)]]
    grid = resolve(rows, [1000, 20, 1000])
    assert columns(grid) == [[("a", 0, 1), ("b", 1, 1)], [("1", 0, 1), ("2", 1, 1)]]


def test_an_empty_cell_as_narrow_as_a_sliver_vanishes() -> None:
    rows = [[("a", 0, 1), ("", 1, 2), ("b", 2, 3)], [("1", 0, 2), ("2", 2, 3)]]
    assert columns(resolve(rows, [1000, 20, 1000])) == [[("a", 0, 1), ("b", 1, 1)], [("1", 0, 1), ("2", 1, 1)]]


def test_a_text_in_a_sliver_stays() -> None:
    rows = [[("a", 0, 1), ("7", 1, 2), ("b", 2, 3)]]
    assert columns(resolve(rows, [1000, 20, 1000])) == [[("a", 0, 1), ("7", 1, 1), ("b", 2, 1)]]


def test_borders_dragged_a_little_are_one() -> None:
    rows = [[("a", 0, 1), ("b", 1, 3)], [("1", 0, 2), ("2", 2, 3)]]
    assert columns(resolve(rows, [1000, 300, 1000])) == [[("a", 0, 1), ("b", 1, 1)], [("1", 0, 1), ("2", 1, 1)]]


def test_narrow_columns_with_cells_of_their_own_stay() -> None:
    rows = [[("序", 0, 1), ("a", 1, 2), ("b", 2, 3)], [("1", 0, 1), ("x", 1, 2), ("y", 2, 3)]]
    assert resolve(rows, [300, 1000, 1000]).columns == 3


def test_widths_that_are_no_widths_fuse_nothing() -> None:
    rows = [[("a", 0, 1), ("b", 1, 2), ("c", 2, 3)]]
    for widths in ([0, 0, 0], [10, 10, 10], [], [1000]):
        assert resolve(rows, widths).columns == 3


def test_grid_columns_that_no_cell_ends_at_vanish() -> None:
    rows = [[("a", 0, 2), ("b", 2, 5)], [("1", 0, 2), ("2", 2, 5)]]
    assert columns(resolve(rows, [])) == [[("a", 0, 1), ("b", 1, 1)], [("1", 0, 1), ("2", 1, 1)]]


def test_no_rows() -> None:
    assert resolve([], []).cells == ()


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[tuple[str, int, int]]], list[int]]:
    count = draw(st.integers(1, 8))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        edges = sorted(draw(st.sets(st.integers(0, count), min_size=2)))
        rows.append([(draw(st.sampled_from(["", "x"])), left, right) for left, right in pairwise(edges)])
    widths = draw(st.lists(st.integers(0, 1200), min_size=count, max_size=count))
    return rows, widths


@given(tables())
def test_no_text_is_lost_and_nothing_overlaps(table: tuple[list[list[tuple[str, int, int]]], list[int]]) -> None:
    rows, widths = table
    grid = resolve(rows, widths)
    assert sum(c.text == "x" for c in grid.cells) == sum(text == "x" for row in rows for text, _, _ in row)
    taken = [(c.row, column) for c in grid.cells for column in range(c.column, c.column + c.colspan)]
    assert len(taken) == len(set(taken))
    assert all(c.column + c.colspan <= grid.columns for c in grid.cells)
