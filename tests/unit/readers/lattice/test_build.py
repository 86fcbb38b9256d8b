"""Rules and characters of one page to grids."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gouji.model.raw import Grid
from gouji.readers.lattice import Glyph, Rule, build_grids
from gouji.readers.lattice.build import is_divided
from gouji.readers.lattice.shapes import Piece, PieceCell


def glyphs_of(text: str, x: float, y: float, *, size: float = 9) -> list[Glyph]:
    """Text set on one line, half an em a character."""
    return [Glyph(char, x + size / 2 * i, x + size / 2 * (i + 1), y, size) for i, char in enumerate(text)]


def box(x0: float, y0: float, x1: float, y1: float) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y0, x0, x1), Rule(y1, x0, x1)], [Rule(x0, y0, y1), Rule(x1, y0, y1)]


def table(xs: Sequence[float], ys: Sequence[float]) -> tuple[list[Rule], list[Rule]]:
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.by_row]


def test_a_plain_table() -> None:
    level, upright = table([0, 60, 100], [0, 20, 40])
    glyphs = glyphs_of("rule", 5, 14) + glyphs_of("12", 70, 14) + glyphs_of("deed", 5, 34) + glyphs_of("7", 70, 34)
    (grid,), rest = build_grids(level, upright, glyphs, page=3)
    assert texts(grid) == [["rule", "12"], ["deed", "7"]]
    assert not rest
    assert list(grid.columns_at) == [0, 60, 100]
    cell = grid.at(1, 1)
    assert cell is not None
    assert (cell.where.page, cell.where.bbox, cell.where.row, cell.where.column) == (3, (60, 20, 100, 40), 2, 2)


def test_a_missing_border_spans_its_cells() -> None:
    level, upright = table([0, 40, 80], [0, 20, 40])
    upright[1] = Rule(40, 20, 40)
    (grid,), _ = build_grids(level, upright, glyphs_of("both", 30, 14) + glyphs_of("1", 50, 34), page=1)
    assert [(cell.text, cell.colspan) for cell in grid.cells] == [("both", 2), ("", 1), ("1", 1)]


def test_a_row_left_open_by_a_page_break_is_closed_where_its_uprights_end() -> None:
    level, upright = table([0, 40, 80], [0, 20])
    upright = [Rule(rule.at, 0, 40) for rule in upright]
    (grid,), _ = build_grids(level, upright, glyphs_of("7", 50, 14) + glyphs_of("8", 50, 34), page=1)
    assert texts(grid) == [["", "7"], ["", "8"]]


def test_a_table_open_at_both_sides_keeps_its_outer_columns() -> None:
    level, upright = table([0, 40, 80, 120], [0, 20, 40])
    glyphs = glyphs_of("a", 5, 14) + glyphs_of("7", 100, 34)
    (grid,), _ = build_grids(level, upright[1:3], glyphs, page=1)
    assert grid.columns == 3
    assert texts(grid)[0][0] == "a"
    assert texts(grid)[1][2] == "7"


def test_a_wide_double_border_makes_no_column() -> None:
    level, upright = table([0, 6, 60, 66], [0, 6, 30, 36])
    (grid,), _ = build_grids(level, upright, glyphs_of("12", 20, 22), page=1)
    assert texts(grid) == [["12"]]


def test_a_frame_around_prose_is_no_table_but_a_table_in_it_is() -> None:
    outer, inner = box(0, 0, 500, 700), table([50, 100, 150], [200, 220, 240])
    glyphs = [glyph for row in range(5) for glyph in glyphs_of("prose, prose, and more of it", 20, 30 + 20 * row)]
    glyphs += glyphs_of("5", 110, 214)
    grids, rest = build_grids(outer[0] + inner[0], outer[1] + inner[1], glyphs, page=1)
    assert [texts(grid) for grid in grids] == [[["", "5"], ["", ""]]]
    assert len(rest) == len(glyphs) - 1


def test_digits_that_wrapped_are_one_number_and_two_numbers_stay_two() -> None:
    level, upright = table([0, 26, 100], [0, 40])
    wrapped = glyphs_of("10186", 1, 14) + glyphs_of("3", 1, 30)
    two = glyphs_of("12", 30, 14) + glyphs_of("34", 30, 30)
    (grid,), _ = build_grids(level, upright, wrapped + two, page=1)
    assert texts(grid) == [["101863", "12\n34"]]


def test_a_number_too_long_for_its_cell_stays_whole() -> None:
    level, upright = table([0, 40, 60, 100], [0, 20])
    (grid,), _ = build_grids(level, upright, glyphs_of("5", 10, 14) + glyphs_of("12345678", 32, 14), page=1)
    assert texts(grid) == [["5", "12345678", ""]]


def test_punctuation_may_hang_over_the_edge() -> None:
    level, upright = table([0, 40, 80], [0, 20])
    hanging = [Glyph("正", 28, 37, 14, 9), Glyph("、", 36, 45, 14, 9)]
    (grid,), _ = build_grids(level, upright, [*hanging, *glyphs_of("7", 60, 14)], page=1)
    assert texts(grid) == [["正、", "7"]]


def test_two_numbers_on_one_line_of_a_cell_stay_two() -> None:
    level, upright = table([0, 100], [0, 20])
    (grid,), _ = build_grids(level, upright, glyphs_of("12", 5, 14) + glyphs_of("34", 60, 14), page=1)
    assert texts(grid) == [["12 34"]]


def test_a_high_floating_character_stays_on_its_baseline() -> None:
    level, upright = table([0, 100], [0, 20])
    glyphs = [Glyph("一", 5, 14, 14, 9), Glyph("、", 14, 23, 14.2, 9), Glyph("本", 23, 32, 14, 12)]
    (grid,), _ = build_grids(level, upright, glyphs, page=1)
    assert texts(grid) == [["一、本"]]


@given(
    numbers=st.lists(st.lists(st.integers(0, 99999), min_size=3, max_size=3), min_size=1, max_size=6),
    shift=st.floats(0, 40),
    jitter=st.floats(-0.8, 0.8),
)
def test_every_number_ends_in_its_cell(numbers: list[list[int]], shift: float, jitter: float) -> None:
    xs = [shift + 40.0 * column for column in range(4)]
    ys = [shift + 18.0 * row for row in range(len(numbers) + 1)]
    level, upright = table(xs, ys)
    level = [Rule(rule.at + jitter * (index % 2), rule.start, rule.end) for index, rule in enumerate(level)]
    glyphs = [
        glyph
        for row, line in enumerate(numbers)
        for column, number in enumerate(line)
        for glyph in glyphs_of(str(number), xs[column] + 4, ys[row] + 13)
    ]
    (grid,), rest = build_grids(level, upright, glyphs[::-1], page=1)
    assert texts(grid) == [[str(number) for number in line] for line in numbers]
    assert not rest


def test_a_line_under_a_number_parts_no_row() -> None:
    level, upright = table([0, 60, 100, 140], [0, 60])
    level.append(Rule(25.4, 60, 100))  # as wide as the cell
    label = [
        glyph for at, text in enumerate(("label", "of two", "lines")) for glyph in glyphs_of(text, 5, 20 + 15 * at)
    ]
    grids, _ = build_grids(level, upright, [*label, *glyphs_of("7", 75, 24), *glyphs_of("8", 115, 34)], page=1)
    assert texts(grids[0]) == [["labelof twolines", "7", "8"]]


def test_columns_whose_rows_no_rule_parts_are_seen_under_their_headers_too() -> None:
    cells = [
        PieceCell(text, 0, column, 1, 1, 1, (0, 0, 9, 9)) for column, text in enumerate(["自然人45\n10", "总计62\n15"])
    ]
    assert not is_divided(Piece(cells, 1, [0, 9, 18], 1, (0, 0, 18, 9)))
    assert is_divided(Piece(cells[:1], 1, [0, 9], 1, (0, 0, 9, 9)))
