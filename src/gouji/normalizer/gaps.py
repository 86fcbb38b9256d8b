"""Rows of text that their neighbours put in doubt: a lost label leaves its values to the row before.

So do digits at the end of a label where other rows have their values in cells: they may number a remark. And text in
another order than the table's, as ``pdftotext`` and pdfminer write it, has values of many rows behind the label of one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from gouji.normalizer.cells import GLUED, NUMBER
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.labels import How
from gouji.normalizer.rows import StreamRow, filled_places
from gouji.normalizer.vocabulary import ROW, Vocabulary

_TOTAL = "total"
_LEAST_APART = 2


def doubt_before_gaps(
    rows: Sequence[StreamRow], vocabulary: Vocabulary, *, table: str, stream: Stream, lines: Sequence[str]
) -> list[StreamRow]:
    """Doubt rows after which a label is missing where cells stand one a line: the last values may be the lost row's.

    Where lines that repeat may have been dropped, a row without a total that is just full, too: a blank of its own may
    have been lost as well, and the label because a menu above holds it. No number of the table stands there twice then,
    and some row has none, or no line of the text is there twice. A row that ends the text is doubted only where it
    has values to spare.

    Args:
        rows: Of one table, in the order of the text.
        vocabulary: That knows the form's order.
        table: Key of the table.
        stream: That holds them.
        lines: The text.
    """
    if all(row.inline for row in rows):
        return list(rows)
    numbers = [cell.text for row in rows for cell in row.cells if cell.kind is NUMBER]
    dropped = _all_differ(numbers) and (
        any(not row.cells for row in rows) or _all_differ([*filter(None, map(str.strip, lines))])
    )
    order = [key for part, key in vocabulary.tables[table].order if part is ROW]
    done = []
    for row, after in zip_longest(rows, rows[1:]):
        keys = [key for key in order if key in vocabulary.blocks[table, row.edition]]
        stop = keys.index(after.key) if after is not None and after.key in keys else len(keys)
        spare = len(filled_places(row)) - len(row.columns)
        lost = keys.index(row.key) + 1 < stop and not row.inline
        full = dropped and spare == 0 and row.cells[-1] is not stream.tokens[-1] and row.columns[-1].key != _TOTAL
        done.append(row._replace(doubtful=True) if lost and (full or spare > 0) else row)
    return done


def doubt_numbered_labels(rows: Sequence[StreamRow]) -> list[StreamRow]:
    """Doubt rows whose digits ran together with the label, where some have their cells apart from it."""
    joined = [bool(row.cells) and row.cells[0].gap == GLUED for row in rows]
    if not any(joined) or sum(bool(row.cells) for row in rows) - sum(joined) < _LEAST_APART:
        return list(rows)
    return [row._replace(doubtful=True) if odd else row for row, odd in zip(rows, joined, strict=True)]


def mixes_rows(rows: Sequence[StreamRow], chain: Sequence[Found], stream: Stream) -> bool:
    """Whether a text that has values below their labels mixes those of several rows.

    A row's label among the others, but not in the form's order, shows that, or numbers behind the label of a column
    that stands between a row which is not full and the next.
    """
    return any(not row.inline for row in rows) and (_is_out_of_order(chain, stream) or _are_parted(rows, chain, stream))


def doubt_mixed_rows(rows: Sequence[StreamRow], stream: Stream, *, mixed: bool, torn: bool) -> list[StreamRow]:
    """Doubt rows that have values below their label, where the text mixes rows.

    One number too many in a row may be any other's, too, unless it is a piece of a number that came apart; and numbers
    below the last row alone may be those of the next table.

    Args:
        rows: Of one table.
        stream: That holds them.
        mixed: Whether this table, or another of the text, shows that.
        torn: Whether numbers came apart.
    """
    if mixed:
        return [row._replace(doubtful=True) if _stands_below(row, stream) else row for row in rows]
    if sum(map(_has_cells_below, rows)) == 1 < len(rows) and _has_cells_below(rows[-1]):
        return [*rows[:-1], rows[-1]._replace(doubtful=True)]  # perhaps the next table's, whose header is gone
    spare = not torn and any(not row.inline and len(filled_places(row)) > len(row.columns) for row in rows[:-1])
    return [row._replace(doubtful=True) if spare and _has_room(row) else row for row in rows]


def _stands_below(row: StreamRow, stream: Stream) -> bool:
    return not row.inline or any(cell.line > stream.tokens[row.label.end - 1].line for cell in row.cells)


def _has_cells_below(row: StreamRow) -> bool:
    return bool(row.cells) and not row.inline


def _has_room(row: StreamRow) -> bool:
    return not row.inline and 0 < len(filled_places(row)) < len(row.columns)


def _is_out_of_order(chain: Sequence[Found], stream: Stream) -> bool:
    """Whether a label that is a row's to the letter stands between those of a chain, whose own it is not."""
    table = chain[0].item.table
    labels = range(bisect_left(stream.labels, chain[0].start), bisect_left(stream.labels, chain[-1].end))
    own = {index for found in chain for index in range(found.start, found.end)}
    keys = {found.item.key for found in chain}
    for index in (stream.labels[at] for at in labels):
        match = stream.matches[index]
        if index not in own and match is not None and match.how is How.EXACT:
            items = [item for item in match.items if item.table == table]
            if items and items[0].part is ROW and keys.isdisjoint(item.key for item in items):
                return True
    return False


def _are_parted(rows: Sequence[StreamRow], chain: Sequence[Found], stream: Stream) -> bool:
    """Whether the label of a column, and numbers behind it, stand between a row that is not full and the next label."""
    starts = {found.end: after.start for found, after in pairwise(chain)}
    for row in rows:
        held = {id(cell) for cell in (*row.cells, *row.extra)}
        limit = starts.get(row.label.end, 0)
        loose = [
            token for token in stream.tokens[row.label.end : limit] if token.kind is NUMBER and id(token) not in held
        ]
        if loose and not row.inline and len(filled_places(row)) < len(row.columns):
            return True
    return False


def _all_differ(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts)
