"""Characters of a cell to its text: numbers that wrapped, and numbers that only stand one above the other."""

import pytest

from gouji.readers.lattice.shapes import Glyph
from gouji.readers.lattice.words import cell_text


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
