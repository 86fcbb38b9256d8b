"""How a whole table is set: the arrangements of values that fit all its rows, and the cells on which they differ.

A blank beside an empty cell that a span has left, a value printed twice, pads: one row alone often fits several
arrangements, and its own sum tells nothing where it holds only zeros. So each arrangement is tried on the whole table.
A cell is stated only where those that fit agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from gouji.forms.spec import Rule, TableSpec
from gouji.normalizer.cells import GLUED, CellKind, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.placing import Placement
from gouji.normalizer.resolve import Decided, adds_up, depths_of, row_rule, vector
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.vocabulary import Part

Arrangement = Callable[[StreamRow], "Placement | None"]
"""Places a row; ``None`` where a value would stand outside its columns."""
Start = Callable[[StreamRow], "int | None"]
"""Says at which of a row's tokens its first column begins; ``None`` where it cannot say."""

_MOST_SHIFT = 4
_LEAST_SHARE = 0.7
"""Of the rows with values, how many an arrangement must fit to be taken for the table's."""


def doubt_arranged(
    rows: Sequence[StreamRow], decided: Sequence[Decided], spec: TableSpec, *, stream: Stream
) -> list[Decided]:
    """Leave open what another arrangement of the whole table would place elsewhere.

    Args:
        rows: Of the table.
        decided: What layout and sums say of each.
        spec: Of the table.
        stream: That holds its header.
    """
    if not any(map(_is_unclear, rows)):
        return list(decided)
    rule = row_rule(spec)
    under = _under_head(rows, rule, stream)
    if under is not None:
        return [
            Decided((under[row.key],), None) if row.key in under else item
            for row, item in zip(rows, decided, strict=True)
        ]
    fitting = find_arrangements(rows, rule, depths_of(spec))
    return [
        _doubt(row, item, others=[arrange(row) for arrange in fitting], rule=rule) if _is_unclear(row) else item
        for row, item in zip(rows, decided, strict=True)
    ]


def _is_unclear(row: StreamRow) -> bool:
    """Whether empty cells stand before or among the values, or values are too many or too few.

    Cells that ran together show no arrangement.
    """
    if row.cells and row.cells[0].gap == GLUED:
        return False
    filled = 0
    for index, cell in enumerate(row.cells):
        if cell.kind is not CellKind.BLANK:
            if index != filled:
                return True
            filled += 1
    return filled not in (0, len(row.columns))


def _under_head(rows: Sequence[StreamRow], rule: Rule | None, stream: Stream) -> dict[str, Placement] | None:
    """Every row under its header, where the header's labels stand at the same places of their lines as the values.

    ``None`` unless that holds for the whole table, and most of its rows add up so.
    """
    found: dict[str, Placement] = {}
    heads: dict[tuple[int, int], dict[str, set[int]] | None] = {}
    judged = broken = 0
    for row in rows:
        if row.head is None or row.bare:
            return None
        if row.head not in heads:
            heads[row.head] = _places_of(row, stream)
        places = heads[row.head]
        option = None if places is None else _place_under(row, places)
        if option is None:
            return None
        found[row.key] = option
        if rule is not None and any(vector(row, option) or ()):
            judged += 1
            broken += not adds_up(row, option, rule)
    return found if 2 * broken <= judged else None


def _places_of(row: StreamRow, stream: Stream) -> dict[str, set[int]] | None:
    """For every column its places in the lines of the header, if those are as long as the row's."""
    keys = [column.key for column in row.columns]
    places: dict[str, set[int]] = {key: set() for key in keys}
    lengths: dict[int, int] = {}
    named: set[int] = set()
    for index in range(*row.head) if row.head else ():
        token, match = stream.tokens[index], stream.matches[index]
        lengths[token.line] = token.nth
        for item in match.items if match else ():
            if item.part is Part.COLUMN and item.table == row.label.item.table and item.key in places:
                places[item.key].add(token.nth)
                named.add(token.line)
    order = [sorted(places[key]) for key in keys]
    if not row.cells or {lengths[line] for line in named} != {row.cells[-1].nth}:
        return None
    if not all(order) or any(left[-1] >= right[0] for left, right in pairwise(order)):
        return None
    return places


def _place_under(row: StreamRow, places: dict[str, set[int]]) -> Placement | None:
    by_nth = {cell.nth: cell for cell in row.cells}
    option: list[CellToken | None] = []
    if any(column.key not in places for column in row.columns):
        return None
    for column in row.columns:
        cells = [by_nth[nth] for nth in sorted(places[column.key]) if nth in by_nth]
        filled = [cell for cell in cells if cell.kind is not CellKind.BLANK]
        if len({cell.text for cell in filled}) > 1:
            return None
        option.append(next(iter(filled or cells), None))
    known = set().union(*places.values())
    if any(cell.kind is not CellKind.BLANK and cell.nth not in known for cell in row.cells):
        return None
    return tuple(option)


def find_arrangements(rows: Sequence[StreamRow], rule: Rule | None, depths: dict[str, int]) -> list[Arrangement]:
    """The arrangements that hold the values of most rows, and by which most of these add up."""
    full = [row for row in rows if any(cell.kind is not CellKind.BLANK for cell in row.cells)]
    found: list[tuple[int, Arrangement]] = []
    for arrange in _arrangements(full, depths, whole=_show_their_end(rows)):
        placed = [(row, arrange(row)) for row in full]
        fits = sum(1 for _, option in placed if option is not None)
        if fits < _LEAST_SHARE * len(full):
            continue
        judged = broken = 0
        for row, option in placed:
            if option is not None and rule is not None and any(vector(row, option) or ()):
                judged += 1
                broken += not adds_up(row, option, rule)
        if 2 * broken <= judged:
            found.append((fits, arrange))
    most = max((fits for fits, _ in found), default=0)
    return [arrange for fits, arrange in found if fits == most]


def _arrangements(rows: Sequence[StreamRow], depths: dict[str, int], *, whole: set[str]) -> list[Arrangement]:
    starts = [_after(shift) for shift in range(_MOST_SHIFT)]
    if len(set(depths.values())) > 1:
        starts.extend(_spanned(shift, depths) for shift in range(2, _MOST_SHIFT + 2))
    if len({len(row.columns) for row in rows}) == 1:
        starts.extend(_before_end(shift) for shift in range(_MOST_SHIFT))
    fixed = [_at(nth) for nth in sorted({cell.nth for row in rows if row.inline for cell in row.cells})]
    return [
        *(_window(start, whole) for start in (*starts, *fixed)),
        *(_window(start, whole, doubled=True) for start in fixed),
    ]


def _after(shift: int) -> Start:
    return lambda _: shift


def _spanned(columns: int, depths: dict[str, int]) -> Start:
    """Labels fill so many columns, with empty cells for those that a label spans."""
    return lambda row: columns - depths.get(row.key, 1) if depths.get(row.key, 1) <= columns else None


def _before_end(shift: int) -> Start:
    return lambda row: len(row.cells) - shift - len(row.columns)


def _at(nth: int) -> Start:
    """At one place of the line, as in a grid."""
    return lambda row: nth - row.cells[0].nth if row.inline and row.cells else None


def _show_their_end(rows: Sequence[StreamRow]) -> set[str]:
    """The rows after whose last cell none is missing: no line is longer, or blanks at their end are kept."""
    longest = max((row.cells[-1].nth for row in rows if row.inline and row.cells), default=0)
    kept = any(row.cells and row.cells[-1].kind is CellKind.BLANK for row in rows[:-1])
    return {
        row.key
        for row in rows
        if row.cells and (row.cells[-1].nth >= longest if row.inline else kept and row is not rows[-1])
    }


def _window(start: Start, whole: set[str], *, doubled: bool = False) -> Arrangement:
    """As many tokens as the form has columns, from one on.

    Args:
        start: Where they begin.
        whole: Rows at whose end no cell is missing.
        doubled: The last column is printed twice.
    """

    def arrange(row: StreamRow) -> Placement | None:
        first, count = start(row), len(row.columns)
        if first is None or first < 0:
            return None
        end = first + count
        if doubled and (end >= len(row.cells) or row.cells[end].text != row.cells[end - 1].text):
            return None
        after = row.cells[end + doubled :]
        if any(cell.kind is not CellKind.BLANK for cell in (*row.cells[:first], *after)):
            return None
        if end > len(row.cells) and row.key in whole:
            return None
        return (*row.cells[first:end], *(None,) * (end - len(row.cells)))

    return arrange


def _doubt(row: StreamRow, item: Decided, *, others: Sequence[Placement | None], rule: Rule | None) -> Decided:
    """Add the placements of other arrangements, unless the row's own sum, of more than zeros, speaks against them."""
    if not item.options:
        return item
    proven = rule is not None and all(
        any(vector(row, option) or ()) and adds_up(row, option, rule) for option in item.options
    )
    fitting = [option for option in others if option is not None]
    if proven and rule is not None:
        fitting = [option for option in fitting if adds_up(row, option, rule)]
    elif not fitting:
        fitting.append((None,) * len(row.columns))
    known = {_filled(option) for option in item.options}
    fresh = {_filled(option): option for option in fitting if _filled(option) not in known}
    return Decided((*item.options, *fresh.values()), None) if fresh else item


def _filled(option: Placement) -> tuple[CellToken | None, ...]:
    return tuple(cell if cell is not None and cell.kind is not CellKind.BLANK else None for cell in option)
