"""Characters of a cell to its text: numbers that wrapped, and numbers that only stand one above the other."""

import pytest

from gouji.readers.lattice.shapes import Glyph
from gouji.readers.lattice.words import cell_text, find_words


def lines(upper: str, lower: str, *, pitch: float) -> list[Glyph]:
    return [
        Glyph(char, 5 * index, 5 * index + 5, y, 7)
        for text, y in ((upper, 10), (lower, 10 + pitch))
        for index, char in enumerate(text)
    ]


@pytest.mark.parametrize(("pitch", "text"), [(12, "40515386"), (16, "40515386"), (22, "4051\n5386")])
def test_lines_too_far_apart_are_two_numbers(pitch: float, text: str) -> None:
    assert cell_text(lines("4051", "5386", pitch=pitch), width=24) == text


def test_words_may_stand_apart() -> None:
    assert cell_text(lines("总", "计", pitch=30), width=24) == "总计"


def test_digits_with_a_gap_between_are_no_number_where_others_stand_close() -> None:
    close = Glyph("181", 40, 55, 10, 10)
    assert find_words([Glyph("8", 33, 38, 10, 10), close])[0][0] == "8?181"
    spaced = [Glyph("8", 33, 38, 10, 10), Glyph("1", 40, 45, 10, 10), Glyph("1", 47, 52, 10, 10)]
    assert find_words(spaced)[0][0] == "811"


def test_the_point_of_a_number_set_wide_parts_nothing() -> None:
    line = [
        Glyph(char, x, x + (2 if char == "." else 5), 10, 10)
        for char, x in zip("379.4", (0, 9, 18, 27, 33), strict=True)
    ]
    assert find_words(line) == (("379.4", 0, 38),)


def test_a_part_of_a_number_puts_its_neighbour_in_doubt() -> None:
    line = [
        Glyph("282", 0, 15, 10, 10),
        Glyph(".", 15, 17, 10, 10),
        Glyph("45", 31, 41, 10, 10),
        Glyph("7", 90, 95, 10, 10),
    ]
    assert [word for word, _, _ in find_words(line)] == ["282.", "?45", "7"]


def test_numbers_with_units_of_two_cells_are_two_words() -> None:
    line = [
        Glyph("14", 0, 10, 10, 10),
        Glyph("件", 10, 20, 10, 10),
        Glyph("151", 23, 38, 10, 10),
        Glyph("件", 38, 48, 10, 10),
    ]
    assert [word for word, _, _ in find_words(line)] == ["14件", "151件"]
