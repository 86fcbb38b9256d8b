"""What shows that a program has put a space or a line end between any two pieces of a page's markup.

Numbers and words that stand in one piece on the page came apart then (see :mod:`gouji.normalizer.torn`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.forms.spec import Rule
from gouji.normalizer.cells import GLUED, TEXT, CellToken
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.torn import PIECE, is_torn_row, takes_numeral
from gouji.normalizer.vocabulary import COLUMN, ROW, TITLE, Match
from gouji.text.width import text_width

_SHORT = range(3, 9)
"""Characters of a label that no author breaks, in a table of any width."""
_TORN = re.compile(r"(?![增减加少])[\u4e00-\u9fff]\d{1,5} \d{1,5}[年月日件]")
"""A number of the prose in two: it stands right behind a word, as in a table none does."""
_BEGINS = re.compile(r"(?![增减加少])[\u4e00-\u9fff]\d{1,5}$")
_ENDS = re.compile(r"\d{1,5}[年月日件]")
_LEAST_COLUMNS = _LEAST_LABELS = _LEAST_ROWS = 2
_CLOSES = "、，。；：）》”"
"""No author begins a line with these, nor puts a space before them."""
_PARTED = re.compile(rf"[\u4e00-\u9fff] [{_CLOSES}]")
_SENTENCE = 8
_FULL = 0.8
"""A line at least so wide, beside the widest, may have been wrapped at the edge of the page."""


def shows_tears(
    rows: Sequence[StreamRow], chain: Sequence[Found], *, stream: Stream, lines: Sequence[str], rule: Rule | None
) -> bool:
    """Whether a table without marks between its cells, or the text around it, shows that numbers came apart.

    Args:
        rows: Of the table.
        chain: Its labels.
        stream: That holds them.
        lines: The text.
        rule: By which the rows add up, if they do.
    """
    bare = [row for row in rows if row.bare]
    if not bare:
        return False
    return (
        any(is_torn_label(found, stream) for found in chain)
        or sum(_is_broken_label(found, stream) for found in chain) >= _LEAST_LABELS
        or any(PIECE.fullmatch(cell.text) and cell.gap != GLUED for row in bare for cell in row.cells)
        or any(takes_numeral(row, stream) for row in bare)
        or sum(is_torn_row(row, rule) for row in bare) >= _LEAST_ROWS
        or sum(_is_torn_column(start, ways, stream) for start, ways in stream.joined.items()) >= _LEAST_COLUMNS
        or _are_titles_torn(stream)
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


def _are_titles_torn(stream: Stream) -> bool:
    """Whether some title stands in pieces, not as authors space it, though others show that there was room."""
    widest = 0
    broken: list[int] = []
    for start, match in enumerate(stream.matches):
        if match is not None and match.items[0].part is TITLE:
            widest = max(widest, text_width(stream.tokens[start].text))
    for start, ways in stream.joined.items():
        for end, match in ways:
            pieces = [token.text for token in stream.tokens[start:end] if token.text]
            if match.items[0].part is TITLE and any(piece[0] != "第" for piece in pieces[1:]):
                widest = max(widest, *map(text_width, pieces))
                broken.append(text_width(pieces[0] + pieces[1][0]))
    return any(width <= widest for width in broken)


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
