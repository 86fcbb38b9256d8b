"""Letter-spaced figures."""

from collections.abc import Sequence

import pytest

from gouji.readers.lattice.build import build_grids
from gouji.readers.lattice.cells import build_piece
from gouji.readers.lattice.rules import Net
from gouji.readers.lattice.shapes import Glyph, Piece, Rule
from gouji.readers.lattice.spaced import join_spaced


def table(rows: Sequence[Sequence[str]], *, gap: float) -> Piece:
    """Cells of 60 x 20 points; their characters are 5 points wide and ``gap`` points apart."""
    high, wide = len(rows), len(rows[0])
    glyphs = [
        Glyph(char, 60 * c + 2 + at * (5 + gap), 60 * c + 7 + at * (5 + gap), 20 * r + 14, 9)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        for at, char in enumerate(text)
    ]
    level = [Rule(20.0 * r, 0, 60 * wide) for r in range(high + 1)]
    upright = [Rule(60.0 * c, 0, 20 * high) for c in range(wide + 1)]
    piece = build_piece(Net(level, upright), glyphs, page=1)
    assert piece is not None
    return piece


SPACED = [["123", "4567", "-12"], ["0", "905", "1,204"], ["7", "10.5", ""]]


@pytest.mark.parametrize("gap", [6, 9, 12])
def test_numbers_whose_digits_all_stand_evenly_apart_are_joined(gap: float) -> None:
    piece = table(SPACED, gap=gap)
    assert join_spaced(piece)
    assert [cell.text for cell in piece.cells] == [text for row in SPACED for text in row]


@pytest.mark.parametrize(
    ("rows", "gap"),
    [
        ([["123", "456", "78"], ["0", "905", "11"]], 16),  # too far apart: columns without a rule
        ([["123", "406", "012"], ["321", "905", "111"]], 8),  # a number does not begin with a zero: three columns
        ([["12", "31"], ["10", "23"]], 8),  # too little to tell
    ],
)
def test_numbers_side_by_side_for_want_of_a_rule_are_left_apart(rows: list[list[str]], gap: float) -> None:
    piece = table(rows, gap=gap)
    assert not join_spaced(piece)
    assert piece.cells[0].text == " ".join(rows[0][0])


def test_a_table_with_a_number_whose_digits_stand_together_has_no_spaced_ones() -> None:
    piece = table(SPACED, gap=8)
    piece.cells[2].text = "12 7"
    assert not join_spaced(piece)


def test_a_table_below_a_spaced_one_needs_no_proof() -> None:
    piece = table([["12", "3"], ["4", "5"]], gap=8)
    assert join_spaced(piece, expected=True)
    assert [cell.text for cell in piece.cells] == ["12", "3", "4", "5"]


def test_digits_of_another_size_or_over_others_make_no_number() -> None:
    level, upright = [Rule(0, 0, 50), Rule(20, 0, 50)], [Rule(0, 0, 20), Rule(50, 0, 20)]
    for stray in (Glyph("9", 10, 18, 14, 14), Glyph("9", 7, 12, 14, 9), Glyph("9", 10, 15, 11, 9)):
        glyphs = [Glyph("1", 0, 5, 14, 9), Glyph("2", 5, 10, 14, 9), stray]
        (grid,), _ = build_grids(level, upright, glyphs, page=1)
        assert "?" in grid.cells[0].text
