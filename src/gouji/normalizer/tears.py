"""What shows that a program has put a space or a line end between any two pieces of a page's markup.

Numbers and words that stand in one piece on the page came apart then (see :mod:`gouji.normalizer.torn`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.forms.spec import Rule
from gouji.normalizer.cells import GLUED, TEXT, CellToken
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.torn import PIECE, is_torn_row, takes_numeral
from gouji.normalizer.vocabulary import COLUMN, ROW, TITLE, Match, Part
from gouji.text.fold import fold
from gouji.text.width import text_width

_SHORT = range(3, 9)
"""Characters of a label that no author breaks, in a table of any width."""
_TORN = re.compile(r"(?![增减加少])[\u4e00-\u9fff]\d{1,5} \d{1,5}[年月日件]")
"""A number of the prose in two: it stands right behind a word, as in a table none does."""
_NUMERAL = re.compile(
    r"(?P<arabic>\d+[.．、])|(?P<bracket>[（(][一二三四五六七八九十]+[）)])|(?P<chinese>[一二三四五六七八九十]+、)"
)
_BEGINS = re.compile(r"(?![增减加少])[\u4e00-\u9fff]\d{1,5}$")
_ENDS = re.compile(r"\d{1,5}[年月日件]")
_LEAST_LABELS = _LEAST_SIGNS = 2
_CLOSES = "、，。；：）》”"
"""No author begins a line with these."""
_PARTED = re.compile(r"[\u4e00-\u9fff] [、，。；]")
"""Headers in narrow columns may have a space before a bracket, names before a colon."""
_HEADER = 20
"""Labels of one header stand so near."""
_SENTENCE = 8
_SLACK = 2
"""Columns by which the room of a cell is uncertain: digits and brackets are narrow or wide."""
_FULL = 0.8
"""A line at least so wide, beside the widest, may have been wrapped at the edge of the page."""


def shows_tears(
    rows: Sequence[StreamRow], chain: Sequence[Found], *, stream: Stream, lines: Sequence[str], rule: Rule | None
) -> bool:
    """Whether a table, or the text around one without marks between its cells, shows that numbers came apart.

    Args:
        rows: Of the table.
        chain: Its labels.
        stream: That holds them.
        lines: The text.
        rule: By which the rows add up, if they do.
    """
    bare = [row for row in rows if row.bare]
    if any(is_torn_label(found, stream) for found in chain):
        return True
    return bool(bare) and (
        sum(_is_broken_label(found, stream) for found in chain) >= _LEAST_LABELS
        or any(PIECE.fullmatch(cell.text) and cell.gap != GLUED for row in bare for cell in row.cells)
        or any(takes_numeral(row, stream) for row in bare)
        or sum(is_torn_row(row, rule) for row in bare)
        + sum(_is_torn_column(start, ways, stream) for start, ways in stream.joined.items())
        + _are_labels_torn(stream)
        >= _LEAST_SIGNS
        or _are_titles_torn(stream)
        or any(_is_whole_nearby(start, ways, stream) for start, ways in stream.joined.items())
        or any(_TORN.search(line) or _PARTED.search(line) for line in lines)
        or any(_begins(above, below) for above, below in pairwise(lines) if below[:1].isdigit())
        or any(_leaves_its_end(lines))
    )


def is_torn_label(found: Found, stream: Stream) -> bool:
    """Whether the short label of a row stands in pieces on one line; lines a narrow column has as well."""
    return found.item.part is ROW and _is_in_pieces(stream.tokens[found.start : found.end])


def _is_broken_label(found: Found, stream: Stream) -> bool:
    """Whether the short label of a row goes on in the next line; several do so where columns are narrow."""
    texts = [token for token in stream.tokens[found.start : found.end] if token.kind is TEXT]
    return found.item.part is ROW and len(texts) > 1 and sum(len(token.text) for token in texts) in _SHORT


def _is_torn_column(start: int, ways: Sequence[tuple[int, Match]], stream: Stream) -> bool:
    """Whether the short label of a column stands in pieces on one line."""
    return any(
        item.part is COLUMN and _is_in_pieces(stream.tokens[start:end]) for end, match in ways for item in match.items
    )


def _is_whole_nearby(start: int, ways: Sequence[tuple[int, Match]], stream: Stream) -> bool:
    """Whether a column's label stands in pieces on one line, and in one piece in the same header."""
    around = range(max(0, start - _HEADER), min(len(stream.tokens), start + _HEADER))
    for end, match in ways:
        tokens = [token for token in stream.tokens[start:end] if token.kind is TEXT]
        if match.columns and tokens[0].line == tokens[-1].line:
            whole = fold("".join([token.text for token in tokens]))
            if any(stream.tokens[index].text == whole and stream.tokens[index].gap != GLUED for index in around):
                return True
    return False


def _are_titles_torn(stream: Stream) -> bool:
    """Whether some title stands in pieces, not as authors space it, though others show that there was room."""
    whole, broken = _labels_in_pieces(stream, TITLE)
    return any(width + _SLACK <= whole[kind] for kind, width in broken)


def _are_labels_torn(stream: Stream) -> int:
    """How many labels of rows stand in pieces though others of their level show that there was room."""
    whole, broken = _labels_in_pieces(stream, ROW)
    return sum(kind != "" and width + _SLACK <= whole[kind] for kind, width in broken)


def _labels_in_pieces(stream: Stream, part: Part) -> tuple[Counter[str], list[tuple[str, int]]]:
    """The widest piece of any label of each level, and for every broken one the width that it had needed to go on.

    Authors break a line before a bracket, or before the 第 of 第二十条第（一）项.
    """
    whole: Counter[str] = Counter()
    broken: list[tuple[str, int]] = []
    for start, match in enumerate(stream.matches):
        if match is not None and any(item.part is part for item in match.items):
            text = stream.tokens[start].text
            whole[_level_of(text)] = max(whole[_level_of(text)], text_width(text))
    for start, ways in stream.joined.items():
        for end, match in ways:
            pieces = [token.text for token in stream.tokens[start:end] if token.text]
            if any(item.part is part for item in match.items) and any(piece[0] not in "第（(" for piece in pieces[1:]):
                kind = _level_of(pieces[0])
                whole[kind] = max(whole[kind], *map(text_width, pieces))
                broken.append((kind, text_width(pieces[0] + pieces[1][0])))
    return whole, broken


def _level_of(label: str) -> str:
    """The kind of numeral in front of a label."""
    found = _NUMERAL.match(label)
    return found.lastgroup or "" if found else ""


def _is_in_pieces(tokens: Sequence[CellToken]) -> bool:
    texts = [token for token in tokens if token.kind is TEXT]
    on_one_line = len(texts) > 1 and texts[0].line == texts[-1].line
    return on_one_line and sum(len(token.text) for token in texts) in _SHORT


def _begins(above: str, below: str) -> bool:
    """Whether a line ends within a number of the prose and the next one begins with the rest of it."""
    return _BEGINS.search(above) is not None and _ENDS.match(below) is not None


def _leaves_its_end(lines: Sequence[str]) -> Iterator[bool]:
    """Where a line begins with what closes the one before, although that has room for it; cells of a header do so."""
    widest = 0
    for above, below in pairwise(lines):
        if len(below) >= _SENTENCE and below[0] in _CLOSES and "\u4e00" <= above[-1:] <= "\u9fff":
            widest = widest or max(map(text_width, lines))
            yield text_width(above) < _FULL * widest
