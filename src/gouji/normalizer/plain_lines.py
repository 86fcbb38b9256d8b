"""The lines of a text as plain rows: labels of the form, then values, each alone between pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gouji.normalizer.labels import How
from gouji.normalizer.vocabulary import Labels, Vocabulary


class PlainLine(NamedTuple):
    """A line of a table, or, without labels and values, some other line.

    Attributes:
        number: 0-based.
        labels: The texts before its values.
        cells: All that stands between pipes behind them, with the spaces around it.
        begin: Where the first of these begins (0-based).
        first: How many pipes stand before that.
        filled: Whether there are values among the cells.
    """

    number: int
    labels: Labels = ()
    cells: Sequence[str] = ()
    begin: int = 0
    first: int = 0
    filled: bool = False

    @property
    def pipes(self) -> int:
        """How many pipes the line has."""
        return self.first + len(self.cells) - 1


_SPACE = "| \t\u3000\xa0"
_STROKES = f"{_SPACE}-—:+="
_UNITS = "件项条元万亿"
_VALUES = f"0123456789.,+-–—/{_UNITS}| \u3000"
_CELL = rf"[ \u3000]*(?:(?:[+-]?\d[\d.,]*[{_UNITS}]{{0,2}}|[/—–-])[ \u3000]*)?"
_CELLS = re.compile(rf"{_CELL}(?:\|{_CELL})*")
_WORD = re.compile(r"[^\s,\"]+")
"""What could be a label in a line without pipes."""
_REST = re.compile(r"\W*\d|.{0,4}$")
"""What could be the rest of the row before it."""
_OTHER_DIVIDERS = re.compile("[│┃║｜]|{\\|")
_LONGEST = 2000


def read_plain_lines(texts: Sequence[str], vocabulary: Vocabulary) -> list[PlainLine] | None:
    """The lines that hold any words or numbers.

    Args:
        texts: All lines.
        vocabulary: The words of the form.

    Returns:
        ``None`` where words of the form do not stand alone between pipes, or where a row may go on in the next line.
    """
    found: list[PlainLine] = []
    row = False
    for number, text in enumerate(texts):
        if not text.strip(_STROKES):
            continue
        line = _read_cells(text, number, vocabulary) if "|" in text else _read_words(text, number, vocabulary)
        if line is None or _OTHER_DIVIDERS.search(text) is not None:
            return None
        if row and not line.labels and not line.filled and _REST.match(text.strip(_SPACE)) is not None:
            return None
        row = line.filled
        found.append(line)
    return found


def _read_words(text: str, number: int, vocabulary: Vocabulary) -> PlainLine | None:
    """A line without pipes: a label, or words that hold none and whose end begins none."""
    bare = text.strip()
    match = vocabulary.match(bare)
    if match is not None and match.how is not How.CLOSE:
        return PlainLine(number, ((bare, match),))
    for word in _WORD.finditer(bare):
        if vocabulary.is_label(word[0]):
            return None
        if len(bare) - word.start() <= vocabulary.longest and vocabulary.begins(bare[word.start() :]):
            return None
    return PlainLine(number)


def _read_cells(text: str, number: int, vocabulary: Vocabulary) -> PlainLine | None:
    """A line with pipes: labels, then values; or words that hold no label."""
    if len(text) > _LONGEST:
        return None
    head, begin, cells = text, len(text), ""
    words = len(text.rstrip(_VALUES))
    pipe = text.find("|", words) if words else -1
    if (pipe >= 0 or not words) and _CELLS.fullmatch(text, pipe + 1) is not None:
        head, begin, cells = text[: pipe + 1], pipe + 1, text[pipe + 1 :]
    labels = vocabulary.labels_in(head)
    if labels is None:
        return None
    if not labels and head.strip(_SPACE):
        return PlainLine(number)
    first = text.count("|", 0, begin)
    return PlainLine(number, labels, cells.split("|"), begin, first, bool(cells.strip(_SPACE)))
