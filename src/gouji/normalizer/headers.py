"""The header over rows of a table: which columns it names, in which unit, and how its labels stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from gouji.forms.spec import Block
from gouji.normalizer.aligned import is_aligned
from gouji.normalizer.cells import MARK, NUMBER, CellToken
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.edition import HEAD_REACH
from gouji.text.numbers import find_unit
from gouji.text.width import text_width

_SEVERAL = 2
_FEW_ROWS = 80
"""Tokens."""


class Header(NamedTuple):
    """The labels of columns over some rows.

    Attributes:
        columns: Their keys, each with the editions that have it, as printed: from left to right, where spaces set them
            in columns over several lines.
        unit: What a bare amount under them means.
        named: For each edition, the keys among them.
        span: Half-open range of the tokens that hold it.
        together: They stand on one line, next to one another.
        places: The tokens that they begin at.
        pieces: The tokens of those that are in pieces (``总 计``).
    """

    columns: Sequence[tuple[str, frozenset[str]]] = ()
    unit: str = "万元"
    named: Mapping[str, Collection[str]] = {}
    span: tuple[int, int] | None = None
    together: bool = False
    places: Sequence[int] = ()
    pieces: Collection[int] = ()


NO_HEADER = Header()


Blocks = Mapping[str, Mapping[str, Block]]
"""For every edition the block of each row."""


def read_header(stream: Stream, span: tuple[int, int], *, table: str, blocks: Blocks) -> Header | None:
    """The header between two places, if there is one; ``blocks`` are those it may stand over."""
    first = bisect_left(stream.columns, span[0])
    if first == len(stream.columns) or stream.columns[first] >= span[1]:
        return None
    columns, unit, places, pieces = _head_columns(stream, span, table)
    if not columns:
        return None
    labels = [stream.tokens[place] for place in places]
    order = None
    if labels[0].line != labels[-1].line:
        names, below = [key for key, _ in columns], stream.tokens[span[1] : span[1] + _FEW_ROWS]
        order = left_to_right(names, labels, below=below, lines=stream.lines, usual=_usual_orders(blocks))
    if order is not None:
        columns, places = [columns[at] for at in order], [places[at] for at in order]
    return Header(columns, unit, _named(columns, blocks), span, _stand_together(stream, span, table), places, pieces)


def left_to_right(
    names: Sequence[str],
    labels: Sequence[CellToken],
    *,
    below: Sequence[CellToken],
    lines: Sequence[str],
    usual: Sequence[Sequence[str]],
) -> list[int] | None:
    """The order of labels on several lines by where they begin; ``None`` where it is the form's, or two begin alike.

    ``pdftotext -layout`` sets the labels of one row of cells on different lines, those that are broken higher up. Where
    a terminal and a count of characters show another order, it is that of the form, or that at whose places more values
    begin.

    Args:
        names: Keys of the columns.
        labels: Tokens that their labels begin at.
        below: Tokens below them.
        lines: The text.
        usual: Orders that the form has.
    """
    own = [lines[line] for line in {token.line for token in labels}]
    if len(own) < _SEVERAL or not any(map(is_aligned, own)) or any("|" in line or "\t" in line for line in own):
        return None
    if list(names) in usual:
        return None
    best: tuple[int, list[int]] | None = None
    for measure in (text_width, len):
        begins = [measure(lines[token.line][: token.column]) for token in labels]
        under = {measure(lines[token.line][: token.column]) for token in below if token.kind in (NUMBER, MARK)}
        order = sorted(range(len(labels)), key=begins.__getitem__)
        hits = 2 * len(under.intersection(begins)) + len(labels) * ([names[at] for at in order] in usual)
        if len(set(begins)) == len(begins) and (best is None or hits > best[0]):
            best = (hits, order)
    return best[1] if best else None


def _usual_orders(blocks: Blocks) -> list[list[str]]:
    """The orders in which the form has the columns of some blocks."""
    known = {id(block): block for by_row in blocks.values() for block in by_row.values()}
    return [order for block in known.values() for order in orders_of(block)]


def orders_of(block: Block) -> tuple[list[str], list[str]]:
    """The two orders in which a header names columns: as the form has them, and those under a common label last."""
    depths = {column.key: len(column.label) for column in block.columns}
    return list(depths), sorted(depths, key=depths.__getitem__)


def is_shuffled(block: Block, named: Sequence[str]) -> bool:
    """Whether a header names every column of a block once, but in an order that the form does not print.

    The names next to the rows count: prose above them may name columns, too. In a block without common labels the order
    of the header is that of the values, whatever it is.
    """
    orders = orders_of(block)
    nearest = list(named[-len(orders[0]) :])
    return orders[0] != orders[1] and sorted(nearest) == sorted(orders[0]) and nearest not in orders


def names_more(block: Block, header: Header, stream: Stream) -> bool:
    """Whether a header has other columns than a block, or words of its own among them.

    Where cells ran together, nothing else tells how many numbers a row holds.
    """
    count = len(block.columns)
    nearest = sorted(key for key, _ in header.columns[-count:])
    if not nearest or nearest != sorted(column.key for column in block.columns):
        return bool(nearest)
    between = range(min(header.places[-count:]), max(header.places[-count:]))
    return any(stream.strange[index] for index in between if index not in header.pieces)


def names_again(block: Block, header: Header, stream: Stream) -> bool:
    """Whether a header comes back to a column of a block after others: it has columns that the form has not.

    A name side by side with itself is one column of two, and a whole header may be printed twice. Of several lines each
    counts by itself: a span is printed again in all of them (pandas).
    """
    keys = {column.key for column in block.columns}
    lines: dict[int, list[str]] = {}
    for (key, _), place in zip(header.columns, header.places, strict=True):
        if key in keys:
            lines.setdefault(stream.tokens[place].line, []).append(key)
    if all(len(names) == 1 for names in lines.values()):  # a name a line
        printed = [key for names in lines.values() for key in names]
        return _comes_back(printed) and not _repeats_merged(printed, block)
    return any(map(_comes_back, lines.values()))


def _repeats_merged(printed: Sequence[str], block: Block) -> bool:
    """Whether the form's columns follow once more those alone that are merged with the cells of the header below."""
    whole = [column.key for column in block.columns]
    merged = [column.key for column in block.columns if len(column.label) == 1]
    above = list(printed[: -len(whole)])
    return list(printed[-len(whole) :]) == whole and above in (merged, merged * 2)


def _comes_back(names: Sequence[str]) -> bool:
    printed = [key for key, _ in groupby(names)]
    once = printed[: len(set(printed))]
    return len(printed) > len(once) and printed != once * (len(printed) // len(once))


def _head_columns(
    stream: Stream, span: tuple[int, int], table: str
) -> tuple[list[tuple[str, frozenset[str]]], str, list[int], set[int]]:
    """Column labels between two places, in order, the unit of their amounts, where they begin, and their pieces."""
    found: list[tuple[str, frozenset[str]]] = []
    places: list[int] = []
    pieces: set[int] = set()
    unit = "万元"
    index, end = span
    while index < end:
        match = stream.matches[index]
        step = 1
        for stop, longer in stream.joined.get(index, ()):
            if match is None or longer.columns:
                match, step = longer, stop - index
        for item in match.columns if match else ():
            if item.table == table:
                found.append((item.key, item.editions))
                places.append(index)
                pieces.update(range(index, index + step) if step > 1 else ())
                text = "".join([token.text for token in stream.tokens[index : index + step]])
                unit = find_unit(text) or unit
                break
        index += step
    return found, unit, places, pieces


def names_columns(stream: Stream, found: Found) -> bool:
    """Whether labels of the table's columns stand before a row: a lone word of the form in prose is no table."""
    span = (max(0, found.start - HEAD_REACH), found.start)
    return read_header(stream, span, table=found.item.table, blocks={}) is not None


def _stand_together(stream: Stream, span: tuple[int, int], table: str) -> bool:
    """Whether the column labels between two places stand on one line, next to one another."""
    places = [
        (stream.tokens[index].line, stream.tokens[index].nth)
        for index in range(*span)
        for match in [stream.matches[index]]
        if match and any(item.table == table for item in match.columns)
    ]
    return bool(places) and all(
        (line, nth) == (places[0][0], places[0][1] + number) for number, (line, nth) in enumerate(places)
    )


def _named(head: Sequence[tuple[str, frozenset[str]]], names: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each edition, the keys of its columns that the head names."""
    return {name: frozenset(key for key, editions in head if name in editions) for name in names}
