"""The numbers of remarks at figures, on pages."""

import pytest

from gouji.readers.lattice import assemble
from gouji.readers.lattice.raised import bracket_raised
from gouji.readers.lattice.shapes import Glyph, PageContent, Rule

FIGURE = Glyph("12", 50, 60, 30, 10)


def cells(*glyphs: Glyph) -> list[str]:
    level, upright = [Rule(y, 0, 100) for y in (10, 40)], [Rule(x, 10, 40) for x in (0, 45, 100)]
    page = PageContent(number=1, width=600, height=800, glyphs=glyphs, horizontal=level, vertical=upright)
    return [cell.text for grid in assemble([page]) for cell in getattr(grid, "cells", ())]


@pytest.mark.parametrize("y", [27.5, 26, 24])
def test_a_raised_number_is_no_digit_of_the_figure(y: float) -> None:
    assert cells(Glyph("甲", 5, 15, 30, 10), FIGURE, Glyph("3", 60.5, 63.5, y, 6)) == ["甲", "12[3]"]


@pytest.mark.parametrize(
    ("mark", "read_as"), [("①", "[1]"), ("*", "[*]"), ("(2)", "[2]"), ("[13]", "[13]"), ("13", "[13]")]
)
def test_a_mark_of_several_characters_is_one(mark: str, read_as: str) -> None:
    glyphs = [Glyph(char, 60.5 + 3 * at, 63.5 + 3 * at, 26, 6) for at, char in enumerate(mark)]
    assert cells(Glyph("甲", 5, 15, 30, 10), FIGURE, *glyphs) == ["甲", f"12{read_as}"]


@pytest.mark.parametrize("y", [32, 22.5])
def test_a_small_digit_set_off_otherwise_is_none_either(y: float) -> None:
    assert cells(Glyph("甲", 5, 15, 30, 10), FIGURE, Glyph("3", 60.5, 63.5, y, 6)) == ["甲", "12(3)"]


@pytest.mark.parametrize(
    "other",
    [
        Glyph("3", 60, 65, 30, 10),  # a digit like the others
        Glyph("3", 60, 63.5, 30, 6),  # small, but on the line
        Glyph("3", 60, 65, 27, 10),  # raised, but as large
        Glyph("3", 80, 83, 26, 6),  # not at the number
        Glyph("a", 60, 63, 26, 6),  # no digit
        Glyph("3", 60, 62, 27, 3),  # so small that the number is the heading's, or a mark behind the table
    ],
)
def test_what_is_no_mark_stays_as_it_is(other: Glyph) -> None:
    assert list(bracket_raised([FIGURE, other])) == [FIGURE, other]
