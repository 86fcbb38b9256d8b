"""Characters of one cell to its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from gouji.readers.lattice.shapes import Glyph
from gouji.text.numbers import is_number_like

_DIGITS = frozenset("0123456789")
_POINTS = frozenset(".,+-")
"""Narrower than digits, beside which they stand in a number."""
_LEFT, _BASELINE = itemgetter(1), itemgetter(3)
_FAR = 2.6
"""Lines of one cell are nearer than this many heights of its digits."""
_OVER = 0.25
"""A digit that reaches over the one before it by this share of its width is no part of the same number: text was
printed over other text."""
_OFF = 0.2
"""Nor is one whose baseline is off by this share of its height ..."""
OTHER_SIZE = 1.25
"""... or whose size is another one by this factor: a remark's number, a stamp, a watermark."""
DOUBT = "?"
"""Stands between digits that cannot be of one number, and keeps what they make from being one."""
_LOOSE_GAP = 0.3
"""Digits this far apart, in their widths, are not of a number whose digits stand close."""
_WIDE_GAP = 0.9
"""A gap of this many widths of a digit between digits parts two numbers."""
_UNIT, _UNIT_GAP = re.compile(r"[0-9](?:件|项|个|次|万?元)$"), 0.1
"""A digit this far (in sizes) behind a unit begins another number."""
_PARTED = 2.0
"""A part of a number this near (in sizes) to another number may be a part of that."""
_FIGURES = re.compile(r"[0-9.,]*[0-9][0-9.,]*")
_WITH_UNIT = re.compile(_FIGURES.pattern + r"[^0-9.,]{0,3}")


def split_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs to lines by their baselines, top to bottom, each line from left to right.

    >>> [
    ...     [g.text for g in line]
    ...     for line in split_lines([Glyph("b", 9, 12, 10, 9), Glyph("c", 0, 5, 22, 9), Glyph("a", 0, 5, 11, 9)])
    ... ]
    [['a', 'b'], ['c']]
    """
    lines: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=_BASELINE):
        y = glyph[3]
        if lines and (y == base or y - base <= 0.45 * min(size, glyph[4])):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            base, size = y, glyph[4]
    for line in lines:
        line.sort(key=_LEFT)
    return lines


def line_text(line: Sequence[Glyph]) -> str:
    """One line as text, with a space where a gap parts words or numbers; a letter drawn twice (false bold) counts once.

    >>> line_text(
    ...     [
    ...         Glyph("1", 0, 5, 10, 10),
    ...         Glyph("1", 0.3, 5.3, 10, 10),
    ...         Glyph("2", 5, 10, 10, 10),
    ...         Glyph("7", 30, 35, 10, 10),
    ...     ]
    ... )
    '12 7'
    """
    parts = [line[0].text]
    last = line[0]
    for glyph in line[1:]:
        gap = glyph.x0 - last.x1
        if gap < -0.6 * (last.x1 - last.x0) and glyph.text == last.text:
            continue
        if gap > 0.4:
            wides = (glyph.x1 - glyph.x0) / len(glyph.text), (last.x1 - last.x0) / len(last.text)
            of_number = glyph.text in _POINTS or last.text in _POINTS
            if gap > _WIDE_GAP * (max(wides) if of_number else min(wides)):
                parts.append(" ")
        if glyph.text[0] in _DIGITS and last.text[-1] in _DIGITS and _is_other(last, glyph):
            parts.append(DOUBT)
        parts.append(glyph.text)
        last = glyph
    return "".join(parts)


def _is_other(last: Glyph, glyph: Glyph) -> bool:
    """Whether a digit behind another one cannot be of the same number."""
    _, x0, x1, y, size = glyph
    if y == last.y and size == last.size and x0 >= last.x1:
        return False
    return (
        last.x1 - x0 > _OVER * (x1 - x0) / len(glyph.text)
        or abs(y - last.y) > _OFF * min(size, last.size)
        or max(size, last.size) > OTHER_SIZE * min(size, last.size)
    )


def find_words(line: Sequence[Glyph]) -> tuple[tuple[str, float, float], ...]:
    """The words of one line, parted by wide gaps, each with its x extent.

    Digits with a small gap between them may be of two columns: where those of a number stand close, as they do in a
    run, such a word is no number.

    >>> find_words([Glyph("1", 0, 5, 10, 10), Glyph("2", 5, 10, 10, 10), Glyph("7", 30, 35, 10, 10)])
    (('12', 0, 10), ('7', 30, 35))
    >>> find_words([Glyph("379", 0, 15, 10, 10), Glyph(".", 18, 20, 10, 10), Glyph("4", 23, 28, 10, 10)])
    (('379.4', 0, 28),)
    """
    words: list[tuple[str, float, float]] = []
    last = line[0]
    is_tight = any(len(glyph.text) > 1 and glyph.text.isdigit() for glyph in line)
    for glyph in line:
        wide = (glyph.x1 - glyph.x0) / len(glyph.text)
        if " " in glyph.text:
            words.extend(_words_of(glyph))
        elif (
            words
            and glyph.text[0] in _DIGITS
            and _UNIT.search(words[-1][0])
            and glyph.x0 - last.x1 > _UNIT_GAP * glyph.size
        ):
            words.append((glyph.text, glyph.x0, glyph.x1))
        elif words and glyph.x0 - words[-1][2] <= _WIDE_GAP * min(_step(last, glyph), glyph.size / 2):
            text, x0, x1 = words[-1]
            if glyph.text[0] in _DIGITS and text[-1] in _DIGITS:
                is_apart = is_tight and glyph.x0 - x1 > _LOOSE_GAP * wide
                text += DOUBT if is_apart or _is_other(last, glyph) else ""
            words[-1] = text + glyph.text, x0, max(x1, glyph.x1)
        else:
            words.append((glyph.text, glyph.x0, glyph.x1))
        last = glyph
    return tuple(_doubted(words, size=last.size))


def _step(last: Glyph, glyph: Glyph) -> float:
    """The width of a character by which the gap between two is measured: of a digit beside a point, the digit's."""
    wides = (glyph.x1 - glyph.x0) / len(glyph.text), (last.x1 - last.x0) / len(last.text)
    is_point = glyph.text in _POINTS and last.text[-1] in _DIGITS
    return max(wides) if is_point or (last.text in _POINTS and glyph.text[0] in _DIGITS) else wides[0]


def _doubted(words: Sequence[tuple[str, float, float]], *, size: float) -> list[tuple[str, float, float]]:
    """The words; a number close to what can only be a part of one (``127,``, ``.45``) is none.

    >>> _doubted([("127,", 0, 20), ("502", 34, 49), ("7", 90, 95)], size=10)
    [('127,', 0, 20), ('?502', 34, 49), ('7', 90, 95)]
    """
    doubted = list(words)
    for index, (one, other) in enumerate(pairwise(words)):
        if other[1] - one[2] < _PARTED * size and _FIGURES.fullmatch(one[0]) and _WITH_UNIT.fullmatch(other[0]):
            if not is_number_like(one[0]):
                doubted[index + 1] = (DOUBT + other[0], *other[1:])
            if not is_number_like(other[0]):
                doubted[index] = (doubted[index][0] + DOUBT, *one[1:])
    return doubted


def _words_of(run: Glyph) -> list[tuple[str, float, float]]:
    """The words of a long glyph, with places estimated from their share of its length."""
    wide = (run.x1 - run.x0) / len(run.text)
    return [
        (match[0], run.x0 + wide * match.start(), run.x0 + wide * match.end())
        for match in re.finditer(r"\S+", run.text)
    ]


def cell_text(glyphs: Sequence[Glyph], *, width: float) -> str:
    r"""The text of a cell ``width`` points wide.

    Lines are joined with nothing between, for numbers wrap as words do; but where a number's next digit would have had
    room on the line above, the lines are two numbers and stay apart by a line break. Digits of another size are of no
    number of its own.

    >>> cell_text([Glyph("1", 0, 5, 10, 9), Glyph("0", 5, 10, 10, 9), Glyph("3", 0, 5, 20, 9)], width=14)
    '103'
    >>> cell_text([Glyph("1", 0, 5, 10, 9), Glyph("0", 5, 10, 10, 9), Glyph("3", 0, 5, 20, 9)], width=80)
    '10\n3'
    """
    if len(glyphs) == 1:
        return glyphs[0].text
    lines = split_lines(glyphs)
    text = line_text(lines[0])
    for above, line in pairwise(lines):
        below = line_text(line)
        if _is_of_other_size(text, below, sizes=(above[-1].size, line[0].size)):
            text += DOUBT
        elif _is_new_number(text, below, above=above, width=width) or _is_far(above, line, text=text + below):
            text += "\n"
        text += below
    return text


def _is_of_other_size(text: str, below: str, *, sizes: tuple[float, float]) -> bool:
    return text[-1] in _DIGITS and below[0] in _DIGITS and max(sizes) > OTHER_SIZE * min(sizes)


def _is_far(above: Sequence[Glyph], line: Sequence[Glyph], *, text: str) -> bool:
    """Whether two lines of digits lie further apart than those of one wrapped number: a border was missed."""
    return text.isdigit() and line[0].y - above[0].y > _FAR * max(above[0].size, line[0].size)


def _is_new_number(text: str, below: str, *, above: Sequence[Glyph], width: float) -> bool:
    if not (text[-1].isdigit() and (below[0].isdigit() or below[0] in "+-")):
        return False
    last = above[-1]
    used = last.x1 - above[0].x0 + (last.x1 - last.x0) / len(last.text)
    return used <= min(0.55 * width, width - 14)
