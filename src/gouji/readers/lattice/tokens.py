"""Words on a page without rules: runs of characters between gaps, on one scale of heights for all pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from gouji.readers.lattice.prose import Line
from gouji.readers.lattice.words import DOUBT, OTHER_SIZE
from gouji.text.fold import fold
from gouji.text.numbers import is_number_like

_CUT = re.compile(r"\d{1,3}(?:,\d{3})*,\d{0,2}")
"""A number with thousands whose end stands on the next line."""
_ALIGNED = 0.5
"""Numbers that begin (or end) this near to one another are set at the left (or right) of one column."""
PAGE = 100_000.0
"""Heights of page n start at n times this, so that a table goes on over a page break."""


@dataclass(frozen=True)
class Token:
    """A word, a number or a part of a label; ``y`` is its baseline on the scale of the whole document."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    line: int

    @cached_property
    def is_value(self) -> bool:
        """Whether it could be (a line of) the content of a value cell: a number, be it in doubt, or a mark for none."""
        text = self.text.replace(DOUBT, "") if DOUBT in self.text else self.text
        return is_number_like(text) or _CUT.fullmatch(fold(text)) is not None

    @property
    def page(self) -> int:
        """1-based page."""
        return int(self.y // PAGE)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its extent on its page."""
        y = self.y - PAGE * self.page
        return self.x0, y - 0.9 * self.size, self.x1, y + 0.2 * self.size


def find_tokens(lines: Sequence[Line]) -> list[Token]:
    """The words of some lines, in reading order; ``line`` is the index of the line."""
    tokens = []
    for index, line in enumerate(lines):
        for text, x0, x1 in line.words:
            tokens.append(Token(text, x0, x1, line.y + PAGE * line.page, line.size, index))
    return tokens


def bands(tokens: Iterable[Token], *, tolerance: float = 0.5) -> list[list[Token]]:
    """Tokens by baseline, top to bottom, each band from left to right."""
    found: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.y):
        if found and token.y - found[-1][0].y <= tolerance * token.size:
            found[-1].append(token)
        else:
            found.append([token])
    return [sorted(band, key=lambda token: token.x0) for band in found]


def rows_of_values(tokens: Iterable[Token], *, wrapped: bool) -> list[list[Token]]:
    """Values by printed row.

    Args:
        tokens: The values of a table.
        wrapped: Whether numbers that filled their column may go on below. Then a line that holds nothing but such ends
            belongs to the row above it, and numbers that fitted on one line may stand at half height between.
    """
    rows: list[list[Token]] = []
    everything = list(tokens)
    last = 0.0
    for band in bands(everything, tolerance=0.35):
        step = band[0].y - last
        if rows and wrapped and (_fits_between(rows[-1], band, step=step) or _is_end(rows[-1], band, of=everything)):
            rows[-1] += band
        else:
            rows.append(list(band))
        last = band[0].y
    return rows


def value_of(tokens: Sequence[Token]) -> str:
    """What the parts of a value make: the lines of a wrapped number joined; those of another size are none of it.

    >>> value_of([Token("101", 0, 15, 0, 9, 0), Token("86", 0, 10, 9, 9, 1)])
    '10186'
    >>> value_of([Token("1", 0, 3, 0, 5, 0), Token("86", 0, 10, 9, 9, 1)])
    '1?86'
    """
    text, last = "", 0.0
    for token in tokens:
        if text and max(last, token.size) > OTHER_SIZE * min(last, token.size):
            text += DOUBT
        text, last = text + token.text, token.size
    return text


def overlaps(one: Token, other: Token) -> bool:
    """Whether two words stand over one another."""
    return one.x0 < other.x1 and other.x0 < one.x1


def _fits_between(row: Sequence[Token], band: Sequence[Token], *, step: float) -> bool:
    """Whether a band is so near that its numbers stand beside those of the row, not below."""
    return step < 0.9 * band[0].size and not any(overlaps(token, other) for token in band for other in row)


def _is_end(row: Sequence[Token], band: Sequence[Token], *, of: Sequence[Token]) -> bool:
    """Whether a band goes on with the row: what stands below a number is that number's end, and something does."""
    ends = 0
    for token in band:
        if not 0 < token.y - row[-1].y < 1.7 * token.size:
            return False
        above = [other for other in row if overlaps(token, other)]
        if above and not _is_rest(above[-1], token, of=of):
            return False
        ends += bool(above)
    return ends > 0


def _is_rest(upper: Token, lower: Token, *, of: Sequence[Token]) -> bool:
    """Whether a number that filled its column goes on below."""
    longest = max(len(other.text) for other in of if overlaps(other, upper))
    if len(upper.text) < max(longest - 1, 3) or len(lower.text) >= len(upper.text):
        return False
    return upper.text[-1].isdigit() and lower.text[0].isdigit()


def drop_strays(values: Sequence[Token]) -> list[Token]:
    """Leave out the numbers that stand alone in their column at the left of all others: digits of labels."""
    places = _overlapping([(token.x0, token.x1) for token in values])
    counts = [sum(x0 <= token.x0 < x1 for token in values) for x0, x1 in places]
    left = next((x0 for (x0, _), count in zip(places, counts, strict=True) if count > 1), float("-inf"))
    return [token for token in values if token.x0 >= left]


def find_columns(values: Iterable[Token], *, headers: Iterable[Token], count: int) -> list[tuple[float, float]] | None:
    """The x extents of ``count`` columns: by what overlaps, with the headers' help where one is blank, else ``None``.

    >>> one, two = Token("12", 10, 20, 0, 9, 0), Token("3", 40, 44, 0, 9, 0)
    >>> find_columns([one, two], headers=(), count=2)
    [(10, 20), (40, 44)]
    """
    numbers = [(token.x0, token.x1) for token in values]
    heads = [(token.x0, token.x1) for token in headers]
    narrow = [(x0 + (x1 - x0) * 0.3, x1 - (x1 - x0) * 0.3) for x0, x1 in numbers]
    for extents in (numbers, numbers + heads, narrow, narrow + heads):
        found = _overlapping(extents)
        if len(found) == count and not _parts_aligned(numbers, found):
            return found
    return None


def _parts_aligned(numbers: Sequence[tuple[float, float]], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether numbers that begin at one place, or end at one, would be of two columns: they are set left or right."""
    middles = [(x0 + x1) / 2 for x0, x1 in numbers]
    places = [sum(middle > x1 for _, x1 in columns) for middle in middles]
    for edge in (0, 1):
        ends = sorted((number[edge], place) for number, place in zip(numbers, places, strict=True))
        if any(place != other and after - at < _ALIGNED for (at, place), (after, other) in pairwise(ends)):
            return True
    return False


def _overlapping(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(extents):
        if merged and x0 < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], x1)
        else:
            merged.append((x0, x1))
    return merged


def column_of(token: Token, columns: Sequence[tuple[float, float]]) -> int:
    """The column nearest to a token's middle."""
    return column_at((token.x0 + token.x1) / 2, columns)


def column_at(x: float, columns: Sequence[tuple[float, float]]) -> int:
    """The column nearest to a place."""
    distances = [max(x0 - x, x - x1, 0.0) for x0, x1 in columns]
    return distances.index(min(distances))


def ends_as_number(word: Token) -> bool:
    """Whether a number may stand at the end of a label, without a gap: the digits belong to a cell.

    >>> [ends_as_number(Token(text, 0, 90, 0, 9, 0)) for text in ("重复申请５", "重复申请", "12")]
    [True, False, False]
    """
    return not word.is_value and fold(word.text)[-1:].isdecimal()
