"""Text in which numbers and labels came apart: programs that put a space or a line between any two pieces of markup.

Word cuts a number over spans where the cursor once stood; ``get_text(" ")`` and its like then leave ``339 534 1`` where
a page shows 339534 and 1. A row of such a text may hold fewer numbers than it shows, and blanks besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from gouji.forms.spec import Rule
from gouji.normalizer.cells import BLANK, MARK, NUMBER, TEXT, CellToken, kind_of
from gouji.normalizer.chain import Stream
from gouji.normalizer.digits import cut_digits
from gouji.normalizer.labels import How
from gouji.normalizer.placing import Placement, Placements, Sure, doubted, parts_of, spread
from gouji.normalizer.resolve import adds_up, weigh
from gouji.normalizer.rows import StreamRow
from gouji.text.numbers import read_count

PIECE = re.compile(r"0\d+")
_MOST_TOKENS = 10
_REACH = 40
_MOST_PIECES = 8
_SIGNS = ("+", "-")
_MOST_OPTIONS = 400


def takes_numeral(row: StreamRow, stream: Stream) -> bool:
    """Whether the last number of a row is the numeral of the label behind it (``3 2`` and then ``.其他法律…``)."""
    if not row.cells:
        return False
    place = (row.cells[-1].line, row.cells[-1].column)
    for index in range(row.label.end, min(row.label.end + _REACH, len(stream.tokens) - 1)):
        token, after = stream.tokens[index], stream.tokens[index + 1]
        if (token.line, token.column) >= place:
            return after.kind is TEXT and after.text[0] in ".．、"
    return False


def is_torn_row(row: StreamRow, rule: Rule | None) -> bool:
    """Whether a row has too many numbers, and adds up when some of them are joined."""
    filled = _pieces(row)
    if rule is None or not len(row.columns) < len(filled) <= _MOST_TOKENS:
        return False
    return any(weigh(row, option, rule) for option in _joins(filled, len(row.columns), rule=rule))


def with_joins(row: StreamRow, placed: Placements, *, stream: Stream, rule: Rule | None) -> Placements:
    """The placements of a row of a torn text: its tokens as they stand, or as pieces of fewer numbers.

    Args:
        row: Whose cells nothing parts but space or line ends.
        placed: The placements of its tokens.
        stream: That holds them.
        rule: By which it adds up, if it does.
    """
    filled = _pieces(row)
    if not placed.options:
        return placed
    if len(filled) > _MOST_TOKENS or takes_numeral(row, stream) or row.label.how is How.CLOSE:
        return doubted(placed, len(row.columns))
    options = dict.fromkeys(placed.options)
    for option in _joins(filled, len(row.columns), rule=rule):
        if rule is None or adds_up(row, option, rule):
            options[option] = None
        if len(options) > _MOST_OPTIONS:
            return doubted(placed, len(row.columns))
    return placed if len(options) == len(placed.options) else Placements(tuple(options), Sure.OPEN)


def doubt_pieces(row: StreamRow, placed: Placements, rule: Rule | None) -> Placements:
    """Doubt a row of a torn text whose cells are marked off: its numbers may be pieces all the same, if it proves none.

    ``get_text("|")`` and its like put their mark between any two pieces of markup.
    """
    values = [cell for cell in row.cells if cell.kind is not BLANK]
    if not any(before.kind is after.kind is NUMBER and before.text != "0" for before, after in pairwise(values)):
        return placed
    if rule is not None and any(weigh(row, option, rule) for option in placed.options):
        return placed
    return doubted(placed, len(row.columns))


def doubt_strangers(row: StreamRow, placed: Placements, rule: Rule | None, *, torn: bool) -> Placements:
    """Doubt a row that adds up only if pieces are joined; read nothing of one that adds up only without a piece.

    Pieces may be numbers that add up by chance, in the row where the author has slipped. What is left out would be a
    page's number or a row's; but the author may have slipped in a number that came apart, and then the columns add up
    with the wrong number too. The same number twice at the end is a total printed twice, or, in a torn text, its two
    digits.

    Args:
        row: Of the table.
        placed: Its placements.
        rule: By which it adds up, if it does.
        torn: Numbers of this text came apart.
    """
    filled = _pieces(row)
    count = len(row.columns)
    if rule is None or not row.bare or not count <= len(filled) <= _MOST_TOKENS or not placed.options:
        return placed
    if len(filled) == count:
        if placed.sure is not Sure.LAYOUT or weigh(row, placed.options[0], rule) is not False:
            return placed
        joined = [option for option in _joins(filled, count, rule=rule) if weigh(row, option, rule)]
        return doubted(Placements((*placed.options, *joined), Sure.OPEN), count) if joined else placed
    if filled[-1].text == filled[-2].text and not torn:
        return placed
    good = [option for option in placed.options if adds_up(row, option, rule)]
    kept = {(cell.line, cell.column): cell.text for cell in filled}
    if not good or any(
        cell is not None and kept.get((cell.line, cell.column), cell.text) != cell.text
        for option in good
        for cell in option
    ):
        return placed
    return Placements((), Sure.OPEN) if next(_joins_into(filled, count), None) is not None else placed


def _pieces(row: StreamRow) -> list[CellToken]:
    return [part for cell in row.cells for part in parts_of(cell) if part.kind is not BLANK]


def _joins(filled: Sequence[CellToken], count: int, *, rule: Rule | None) -> Iterator[Placement]:
    """Every way to join neighbours into fewer numbers, and to set these in order in the columns.

    Where the last column is the sum of the others, only those that end with one; what adds up are counts, and no count
    has a sign.
    """
    for size in range(1, min(len(filled) - 1, count) + 1):
        for whole in _joins_into(filled, size):
            if rule is None or (_ends_with_sum(whole) and all(token.text[:1] not in _SIGNS for token in whole)):
                yield from spread(whole, count)


def _joins_into(filled: Sequence[CellToken], size: int) -> Iterator[list[CellToken]]:
    """Every way to join neighbours into so many numbers."""
    for inner in combinations(range(1, len(filled)), size - 1):
        joined = [_joined(filled[start:stop]) for start, stop in pairwise((0, *inner, len(filled)))]
        whole = [token for token in joined if token is not None]
        if len(whole) == len(joined):
            yield whole


def _joined(pieces: Sequence[CellToken]) -> CellToken | None:
    """One number of several pieces; ``None`` when they make none, or more than one space or line end parts them."""
    if len(pieces) == 1:
        return pieces[0]
    for before, after in pairwise(pieces):
        apart = after.column - before.column - len(before.text) if after.line == before.line else after.gap + 1
        if apart > 1:
            return None
    text = "".join(piece.text for piece in pieces)
    if kind_of(text) is not NUMBER or PIECE.match(text):
        return None
    return pieces[0]._replace(text=text, kind=NUMBER)


def _ends_with_sum(tokens: Sequence[CellToken]) -> bool:
    numbers = counts_of(tokens)
    return None in numbers or ends_with_sum(numbers)


def ends_with_sum(numbers: Sequence[int | None]) -> bool:
    """Whether the last of some numbers is the sum of the others.

    >>> ends_with_sum([1, None, 3, 4]), ends_with_sum([1, 2, 4])
    (True, False)
    """
    known = [number or 0 for number in numbers]
    return sum(known[:-1]) == known[-1]


def counts_of(tokens: Sequence[CellToken]) -> list[int | None]:
    """The whole numbers of tokens, marks read as 0; ``None`` for what is no such number."""
    values = [0 if token.kind is MARK else read_count(token.text).value for token in tokens]
    return [value if isinstance(value, int) else None for value in values]


def may_add_up_joined(filled: Sequence[CellToken], groups: int, *, width: int) -> bool:
    """Whether tokens, some of them joined, may be groups of which each ends with the sum of its numbers.

    Args:
        filled: The tokens of a row of several groups.
        groups: How many.
        width: Columns of each.
    """
    reached = {0}
    for _ in range(groups):
        reached |= {
            stop
            for start in reached
            for stop in range(start + 1, min(start + _MOST_PIECES, len(filled)) + 1)
            if _may_be_group(filled[start:stop], width)
        }
    return len(filled) in reached


def _may_be_group(tokens: Sequence[CellToken], width: int) -> bool:
    sizes = range(1, min(width, len(tokens)) + 1)
    return any(_ends_with_sum(whole) for size in sizes for whole in _joins_into(tokens, size))


def may_lack_blanks(token: CellToken, groups: int, *, width: int) -> bool:
    """Whether digits that ran together may be groups that add up, some of them with fewer numbers than columns.

    Args:
        token: The digits.
        groups: How many groups.
        width: Columns of each.
    """
    length = len(token.text)
    sizes: dict[tuple[int, int], tuple[bool, bool]] = {}

    def ways(start: int, stop: int) -> tuple[bool, bool]:
        """Whether a stretch may be a full group, and whether it may be one that lacks a number."""
        if (start, stop) not in sizes:
            part = token._replace(text=token.text[start:stop])
            lacks = part.text in ("", "0") or any(cut_digits(part, fewer, total=True) for fewer in range(2, width))
            sizes[start, stop] = (bool(part.text) and bool(cut_digits(part, width, total=True)), lacks)
        return sizes[start, stop]

    reached = {(0, False)}
    for left in range(groups - 1, -1, -1):
        stops = range(length + 1) if left else (length,)
        reached = {
            (stop, short or lacks)
            for start, short in reached
            for stop in stops
            if stop >= start
            for full, lacking in (ways(start, stop),)
            for lacks in ((False,) if full else ()) + ((True,) if lacking else ())
        }
    return (length, True) in reached
