"""Which row of numbers is which row of the form: an alignment of two sequences by the words beside the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.readers.known import label_core
from gouji.readers.lattice.tokens import PAGE, Token
from gouji.text.fold import fold

LIKELY = 0.5
"""A row of numbers is taken for a row of the form when this share of the label's characters stands beside it."""
EXACT = 0.3
"""What it adds that one word beside the row is the whole label."""
Pair = tuple[int, int, float]
"""A row of numbers, the form's row it is taken for, and how well the label fits."""


def find_windows(rows: Sequence[Sequence[Token]], *, valign: str) -> list[tuple[float, float, float]]:
    """For every row of numbers where its label stands: between which heights, and around which.

    With labels at middle height it goes half way to the neighbours; with numbers at the top (bottom) of their cells it
    goes down (up) to the next row.
    """
    heights = [(min(t.y for t in row) + max(t.y for t in row)) / 2 for row in rows]
    windows = []
    for index, (height, row) in enumerate(zip(heights, rows, strict=True)):
        reach, slack = 6 * row[0].size, 0.6 * row[0].size
        above = heights[index - 1] if index else height - 2 * reach
        below = heights[index + 1] if index + 1 < len(rows) else height + 2 * reach
        if valign == "top":
            window = height - slack, min(below - slack, height + reach)
        elif valign == "bottom":
            window = max(above + slack, height - reach), height + slack
        else:
            window = max((above + height) / 2, height - reach), min((below + height) / 2, height + reach)
        if row[0].page != rows[max(index - 1, 0)][0].page and valign != "middle":
            window = max(window[0], PAGE * row[0].page), window[1]
        windows.append((*window, height))
    return windows


@dataclass(frozen=True, slots=True)
class Beside:
    """The words that may be the label of a row of numbers, the nearest first, each with a weight of 1 or less."""

    words: list[tuple[float, str]]
    letters: frozenset[str]


def words_beside(words: Sequence[Token], window: tuple[float, float, float]) -> Beside:
    """The words of one of :func:`find_windows`' windows."""
    top, bottom, height = window
    near = [
        (1 / (1 + ((word.y - height) / (3 * word.size)) ** 2), label_core(word.text))
        for word in words
        if top <= word.y < bottom
    ]
    near.sort(key=lambda item: -item[0])
    return Beside(near, frozenset("".join(text for _, text in near)))


def beside_of(text: str) -> Beside:
    """Some text as what stands beside a row."""
    folded = fold(text)
    return Beside([(1.0, folded)], frozenset(folded))


def coverage(label: str, beside: Beside) -> float:
    """Share of a label's characters that stand in some words, each weighted by the nearest word that has it."""
    if sum(char in beside.letters for char in label) < LIKELY * len(label):
        return 0.0
    total = 0.0
    wanted = label
    for weight, text in beside.words:
        left = ""
        for char in wanted:
            if char in text:
                total += weight
                text = text.replace(char, "", 1)  # noqa: PLW2901 - each character is used once
            else:
                left += char
        wanted = left
        if not wanted:
            break
    return total / max(len(label), 1)


def _fit(label: str, beside: Beside) -> float:
    """How well some words fit a label; a short one (其他) that stands only in a longer one (其他处理) fits badly."""
    fit = coverage(label, beside)
    if any(text == label for _, text in beside.words):
        return fit + EXACT
    return fit - (EXACT if len(label) <= 3 else 0)


def align(beside: Sequence[Beside], labels: Sequence[str]) -> list[Pair]:
    """The best way to give rows of numbers rows of the form, both in order: (row, form's row, how well)."""
    scores = [[_fit(label, words) for label in labels] for words in beside]
    best = [[0.0] * (len(labels) + 1) for _ in range(len(beside) + 1)]
    for i in range(len(beside) - 1, -1, -1):
        for j in range(len(labels) - 1, -1, -1):
            take = scores[i][j] - LIKELY + 0.05 + best[i + 1][j + 1] if scores[i][j] >= LIKELY else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], take)
    pairs = []
    i = j = 0
    while i < len(beside) and j < len(labels):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j, scores[i][j]))
            i, j = i + 1, j + 1
    return pairs


def find_rivals(beside: Sequence[Beside], labels: Sequence[str], pairs: Sequence[Pair]) -> set[int]:
    """The paired rows of the form whose numbers fit a neighbour that has none nearly as well: they may be its."""
    taken = {j for _, j, _ in pairs}
    return {
        j
        for i, j, fit in pairs
        for k in (j - 1, j + 1)
        if fit and 0 <= k < len(labels) and k not in taken and _fit(labels[k], beside[i]) >= fit - _CLOSE
    }


_CLOSE = 0.1


def fill_gaps(pairs: Sequence[Pair], *, ends: tuple[int, int]) -> list[Pair]:
    """Pair also the rows whose labels did not fit, where as many are left on both sides.

    >>> fill_gaps([(0, 0, 1.0), (3, 3, 1.0)], ends=(4, 5))
    [(0, 0, 1.0), (1, 1, 0.0), (2, 2, 0.0), (3, 3, 1.0)]
    """
    filled: list[Pair] = []
    last = (-1, -1)
    for pair in (*pairs, (*ends, 0.0)):
        i, j, _ = pair
        if pairs and i - last[0] == j - last[1]:
            filled += [(last[0] + step, last[1] + step, 0.0) for step in range(1, i - last[0])]
        if (i, j) != ends:
            filled.append(pair)
        last = (i, j)
    return filled
