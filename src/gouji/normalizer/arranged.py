"""How a whole table is set: the arrangements of values that fit all its rows, and the cells on which they differ.

A blank beside an empty cell that a span has left, a value printed twice, pads: one row alone often fits several
arrangements, and its own sum tells nothing where it holds only zeros. So each arrangement is tried on the whole table.
A cell is stated only where those that fit agree.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from gouji.forms.spec import Column, Rule, TableSpec
from gouji.normalizer.cells import BLANK, COUNTED, GLUED, TEXT, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.dividers import shows_row_ends
from gouji.normalizer.placing import Placement, without_blanks
from gouji.normalizer.resolve import Decided, adds_up, depths_of, row_rule, weigh
from gouji.normalizer.rows import StreamRow, filled_places
from gouji.normalizer.underneath import misses_labels


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the first column of every row begins.

    Attributes:
        starts: For each row the index of a token; ``None`` where the arrangement cannot say.
        doubled: The last column is printed twice.
    """

    starts: tuple[int | None, ...]
    doubled: bool = False


_MOST_SHIFT = 4
_HEADER = 40
"""Tokens that a header and its title take at most."""
_LEAST_SHARE = 0.7
"""Of the rows with values, how many an arrangement must fit to be taken for the table's."""


def doubt_arranged(
    rows: Sequence[StreamRow], decided: Sequence[Decided], spec: TableSpec, *, stream: Stream, lines: Sequence[str]
) -> list[Decided]:
    """Leave open what another arrangement of the whole table would place elsewhere.

    Args:
        rows: Of the table.
        decided: What layout and sums say of each.
        spec: Of the table.
        stream: That holds its header.
        lines: The text.
    """
    rule = row_rule(spec)
    done = list(decided)
    if rule is None:
        done = [
            Decided((*item.options, (None,) * len(row.columns)), None) if _may_repeat(row, stream) else item
            for row, item in zip(rows, decided, strict=True)
        ]
    unclear = [index for index, row in enumerate(rows) if _is_unclear(row)]
    if not unclear:
        return done
    under = set_under_head(rows, rule, stream)
    if under is not None:
        return [
            Decided((under[row.key],), None) if row.key in under else item for row, item in zip(rows, done, strict=True)
        ]
    whole = _show_their_end(rows) if shows_row_ends(lines) else set()
    fitting = find_arrangements(rows, rule, depths_of(spec), whole=whole)
    for index in unclear:
        row = rows[index]
        others = [_place(row, found.starts[index], doubled=found.doubled, whole=row.key in whole) for found in fitting]
        done[index] = _doubt(row, done[index], others=others, rule=rule)
        if rule is None and row.bare and row.inline and len(done[index].options) == 1:
            done[index] = _doubt_place(row, done[index], stream=stream, lines=lines)
    return done


def _may_repeat(row: StreamRow, stream: Stream) -> bool:
    """Whether the last value of a row may be the one before, printed twice: the header names its column twice.

    So it may without marks between the cells, where a blank may be lost, and behind a blank that is shown. A header in
    pieces names nothing, but the title above it stands there twice, too.
    """
    values = [cell.text for cell in row.cells if cell.kind is not BLANK]
    if len(values) != len(row.columns) or values[-1:] != values[-2:-1]:
        return False
    if not row.bare and row.cells[0].kind is not BLANK:
        return False
    if row.head is None:
        return _stands_twice(stream.tokens[max(0, row.label.start - _HEADER) : row.label.start])
    last = row.columns[-1].key
    named = [
        index
        for index in stream.columns[bisect_left(stream.columns, row.head[0]) : bisect_left(stream.columns, row.head[1])]
        if (match := stream.matches[index]) is not None and any(item.key == last for item in match.items)
    ]
    return len(named) > 1


def _stands_twice(above: Sequence[CellToken]) -> bool:
    """Whether, since the last values, a text stands twice side by side on one line."""
    since = next((at for at in range(len(above), 0, -1) if above[at - 1].kind not in (TEXT, BLANK)), 0)
    return any(
        left.kind is TEXT and left.text == right.text and left.line == right.line
        for left, right in pairwise(above[since:])
    )


def _doubt_place(row: StreamRow, item: Decided, *, stream: Stream, lines: Sequence[str]) -> Decided:
    """Leave open a row of which some value stands under the label of another column, where no sum can tell."""
    if any(cell.gap == COUNTED for cell in row.cells):
        return item
    missed = misses_labels(row, item.options[0], stream=stream, lines=lines)
    return Decided((*item.options, (None,) * len(row.columns)), None) if missed else item


def _is_unclear(row: StreamRow) -> bool:
    """Whether empty cells stand before or among the values, or values are too many or too few.

    Cells that ran together show no arrangement.
    """
    kinds = [cell.kind for cell in row.cells]
    filled = len(kinds) - kinds.count(BLANK)
    if filled == 0 or row.cells[0].gap == GLUED:
        return False
    return filled != len(row.columns) or BLANK in kinds[:filled]


def set_under_head(
    rows: Sequence[StreamRow], rule: Rule | None, stream: Stream, *, own: bool = False
) -> dict[str, Placement] | None:
    """Every row under its header, where the header's labels stand at the same places of their lines as the values.

    A row that has fewer cells is left out where no blank is shown: it may have lost one anywhere.

    Args:
        rows: Of the table.
        rule: By which they add up, if they do.
        stream: That holds the header.
        own: The header has its columns in an order of its own, or further ones, so that no row may be shorter.

    Returns:
        ``None`` unless that holds for the whole table, no line is longer than the header's, and most rows add up so.
    """
    shows_blanks = any(cell.kind is BLANK for row in rows for cell in row.cells)
    found: dict[str, Placement] = {}
    heads: dict[tuple[int, int], dict[str, set[int]] | None] = {}
    ends: dict[tuple[int, int], int] = {}
    shown: dict[tuple[Column, ...], dict[str, set[int]] | None] = {}
    judged = broken = 0
    for row in rows:
        if row.head is None or row.bare:
            return None
        end = row.cells[-1].nth if row.cells else 0
        if row.head not in heads:
            heads[row.head], ends[row.head] = _places_of(row, stream, own=own), end
        places = heads[row.head]
        if shown.setdefault(row.columns, places) != places:
            return None  # a header that comes again stands over other places
        option = None if places is None or end > ends[row.head] else _place_under(row, places, own=own)
        if option is None or (own and end < ends[row.head]):
            return None
        if None in option and not shows_blanks:
            continue
        found[row.key] = option
        held = weigh(row, option, rule) if rule is not None else None
        judged += held is not None
        broken += held is False
    return found if 2 * broken <= judged else None


def _places_of(row: StreamRow, stream: Stream, *, own: bool) -> dict[str, set[int]] | None:
    """For every column its places in the lines of the header, if those are as long as the row's."""
    keys = [column.key for column in row.columns]
    places: dict[str, set[int]] = {key: set() for key in keys}
    lengths: dict[int, int] = {}
    named: set[int] = set()
    for index in range(*row.head) if row.head else ():
        token, match = stream.tokens[index], stream.matches[index]
        lengths[token.line] = token.nth
        for item in match.columns if match else ():
            if item.table == row.label.item.table and item.key in places:
                places[item.key].add(token.nth)
                named.add(token.line)
    order = [sorted(places[key]) for key in keys]
    if not row.cells or {lengths[line] for line in named} != {row.cells[-1].nth}:
        return None
    order = sorted(order) if own else order
    if not all(order) or any(left[-1] >= right[0] for left, right in pairwise(order)):
        return None
    return places


def _place_under(row: StreamRow, places: dict[str, set[int]], *, own: bool) -> Placement | None:
    by_nth = {cell.nth: cell for cell in row.cells}
    option: list[CellToken | None] = []
    if any(column.key not in places for column in row.columns):
        return None
    for column in row.columns:
        cells = [by_nth[nth] for nth in sorted(places[column.key]) if nth in by_nth]
        filled = [cell for cell in cells if cell.kind is not BLANK]
        if len({cell.text for cell in filled}) > 1:
            return None
        option.append(next(iter(filled or cells), None))
    known = set().union(*places.values())
    if not own and any(cell.kind is not BLANK and cell.nth not in known for cell in row.cells):
        return None
    return tuple(option)


def find_arrangements(
    rows: Sequence[StreamRow], rule: Rule | None, depths: dict[str, int], *, whole: set[str]
) -> list[Arrangement]:
    """The arrangements that hold the values of most rows, and by which most of these add up.

    ``whole`` are the rows after whose last cell none is missing.
    """
    places = [(index, filled[0], filled[-1]) for index, row in enumerate(rows) if (filled := filled_places(row))]
    found: dict[Arrangement, int] = {}
    for arrangement in _arrangements(rows, depths):
        left = len(places) - ceil(_LEAST_SHARE * len(places))
        """Rows that may still not fit."""
        for index, first, last in places:
            start, row = arrangement.starts[index], rows[index]
            end = -1 if start is None else start + len(row.columns)
            if start is None or not 0 <= start <= first:
                left -= 1
            elif arrangement.doubled:
                left -= last > end or _place(row, start, doubled=True, whole=row.key in whole) is None
            else:
                left -= last >= end or (end > len(row.cells) and row.key in whole)
            if left < 0:
                break
        else:
            found[arrangement] = left
    for most in sorted(set(found.values()), reverse=True):
        best = [arrangement for arrangement, fits in found.items() if fits == most]
        adding = [item for item in best if rule is None or _adds(rows, item, rule, whole=whole)]
        if adding:
            return adding
    return []


def _adds(rows: Sequence[StreamRow], arrangement: Arrangement, rule: Rule, *, whole: set[str]) -> bool:
    """Whether at least half of the rows that hold more than zeros add up so."""
    judged = broken = 0
    for row, start in zip(rows, arrangement.starts, strict=True):
        option = _place(row, start, doubled=arrangement.doubled, whole=row.key in whole)
        held = weigh(row, option, rule) if option is not None else None
        judged += held is not None
        broken += held is False
    return 2 * broken <= judged


def _arrangements(rows: Sequence[StreamRow], depths: dict[str, int]) -> Iterator[Arrangement]:
    """What extractors are known to leave.

    Values right after the label, or some cells later; after the columns that labels span, with an empty cell for each
    that a label leaves; so far from the end of the line; at one place of the line, as in a grid.
    """
    for starts in dict.fromkeys(_starts(rows, depths)):
        yield Arrangement(starts)
        yield Arrangement(starts, doubled=True)


def _starts(rows: Sequence[StreamRow], depths: dict[str, int]) -> Iterator[tuple[int | None, ...]]:
    counts = [len(row.columns) for row in rows]
    for shift in range(_MOST_SHIFT):
        yield (shift,) * len(rows)
    levels = [depths.get(row.key, 1) for row in rows]
    if len(set(levels)) > 1:
        for columns in range(2, _MOST_SHIFT + 2):
            yield tuple(columns - level if level <= columns else None for level in levels)
    if len(set(counts)) == 1:
        for shift in range(_MOST_SHIFT):
            yield tuple(len(row.cells) - shift - count for row, count in zip(rows, counts, strict=True))
    inline = [row.cells[0].nth if row.inline and row.cells else None for row in rows]
    for nth in sorted({cell.nth for row in rows if row.inline for cell in row.cells}):
        yield tuple(None if first is None else nth - first for first in inline)


def _show_their_end(rows: Sequence[StreamRow]) -> set[str]:
    """The rows after whose last cell none is missing: no line is longer, or blanks at their end are kept."""
    ends = [row.cells[-1].nth for row in rows if row.inline and row.cells]
    longest = 0 if _share_a_line(rows) else max(ends, default=0)
    kept = any(row.cells and row.cells[-1].kind is BLANK for row in rows[:-1])
    return {
        row.key
        for row in rows
        if row.cells and (row.cells[-1].nth >= longest if row.inline and longest else kept and row is not rows[-1])
    }


def _share_a_line(rows: Sequence[StreamRow]) -> bool:
    """Whether rows follow one another on one line, so that places in the line say nothing."""
    lines = [row.cells[0].line for row in rows if row.inline and row.cells]
    return len(set(lines)) < len(lines)


def _place(row: StreamRow, start: int | None, *, doubled: bool, whole: bool) -> Placement | None:
    """As many tokens as the form has columns, from one on; ``None`` when a value would stand outside them.

    Args:
        row: Of the table.
        start: Index of the first.
        doubled: The last column is printed twice.
        whole: No cell is missing at the end of the row.
    """
    if start is None or start < 0:
        return None
    end = start + len(row.columns)
    if doubled and (end >= len(row.cells) or row.cells[end].text != row.cells[end - 1].text):
        return None
    if any(cell.kind is not BLANK for cell in (*row.cells[:start], *row.cells[end + doubled :])):
        return None
    if end > len(row.cells) and whole:
        return None
    shown = row.cells[start:end]
    return (*shown, *(None,) * (len(row.columns) - len(shown)))


def _doubt(row: StreamRow, item: Decided, *, others: Sequence[Placement | None], rule: Rule | None) -> Decided:
    """Add the placements of other arrangements, unless the row's own sum, of more than zeros, speaks against them."""
    if not item.options or item.evidence == "total-column":
        return item
    fitting = [option for option in others if option is not None]
    if fitting and all(option in item.options for option in fitting):
        return item
    proven = rule is not None and all(weigh(row, option, rule) for option in item.options)
    if proven and rule is not None:
        fitting = [option for option in fitting if adds_up(row, option, rule)]
    elif not fitting:
        fitting.append((None,) * len(row.columns))
    known = {without_blanks(option) for option in item.options}
    fresh = {without_blanks(option): option for option in fitting if without_blanks(option) not in known}
    return Decided((*item.options, *fresh.values()), None) if fresh else item
