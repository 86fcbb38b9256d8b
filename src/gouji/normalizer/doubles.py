"""Grid columns that are not the form's: values two columns wide and printed twice, empty columns at the edge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice

from gouji.forms.spec import Rule, TableSpec
from gouji.normalizer.cells import BLANK, TEXT
from gouji.normalizer.chain import Stream
from gouji.normalizer.placing import Placement, Placements, Sure, spread
from gouji.normalizer.resolve import adds_up, depths_of, row_rule, weigh
from gouji.normalizer.rows import StreamRow, filled_places

_LEAST_DOUBLED = 4
_MOST_WAYS = 200
_LEAST_PAIR = _LEAST_SHOWN = 2


def without_doubles(rows: Sequence[StreamRow], spec: TableSpec, *, stream: Stream) -> list[StreamRow]:
    """Leave out grid columns that repeat their neighbour in every row, or are always blank.

    Only where some row spans more columns than the form has, all rows stand on lines of one grid, and exactly the
    form's columns remain. The sums of the rows must bear it out; where several ways do, the table is doubted.

    Args:
        rows: Of the table.
        spec: Of the table.
        stream: That holds the labels.
    """
    rows = _without_endings(rows)
    counts = {len(row.columns) for row in rows}
    if len(counts) != 1 or max(len(row.cells) for row in rows) <= max(counts):
        return list(rows)
    spans = [(row, places) for row in rows if row.inline and (places := filled_places(row))]
    if len(spans) < _LEAST_DOUBLED:
        return list(rows)
    count = max(counts)
    inline = [row for row, _ in spans]
    widest = max(places[-1] - places[0] + 1 for _, places in spans)
    if widest <= count and min(len(row.cells) for row in inline) <= count:
        return list(rows)
    rule, depths = row_rule(spec), depths_of(spec)
    ways = _ways(inline, count) if is_grid([row for row in rows if row.inline], depths, stream) else []
    if ways and rule is not None:
        ways = _adding_up(inline, ways, rule)
    if not ways:
        return list(rows)
    if len(ways) > 1:
        return [row._replace(doubtful=True) if row.inline else row for row in rows]
    kept = set(ways[0])
    return [
        row._replace(cells=tuple(cell for cell in row.cells if cell.nth in kept)) if row.inline else row for row in rows
    ]


def _without_endings(rows: Sequence[StreamRow]) -> Sequence[StreamRow]:
    """The rows without a text that ends every line of theirs (the quote and comma of a list): it is no cell."""
    ends = {row.cells[-1].text if row.cells[-1].kind is TEXT else "" for row in rows if row.inline and row.cells}
    inline = sum(row.inline and bool(row.cells) for row in rows)
    if inline < _LEAST_DOUBLED or len(ends) != 1 or "" in ends:
        return rows
    return [row._replace(cells=row.cells[:-1]) if row.inline and row.cells else row for row in rows]


def is_grid(rows: Sequence[StreamRow], depths: dict[str, int], stream: Stream) -> bool:
    """Whether labels of one depth, those of blank rows too, stand at one place: what spans cover is shown as empty."""
    places: dict[int, set[int]] = {}
    for row in rows:
        places.setdefault(depths.get(row.key, 1), set()).add(stream.tokens[row.label.end - 1].nth)
    return all(len(found) == 1 for found in places.values())


def _ways(rows: Sequence[StreamRow], count: int) -> list[tuple[int, ...]]:
    """The choices of columns that differ in what they hold."""
    grids = [{cell.nth: "" if cell.kind is BLANK else cell.text for cell in row.cells} for row in rows]
    first = min(row.cells[index].nth for row in rows for index in filled_places(row)[:1])
    last = max(max(grid) for grid in grids)
    columns = {nth: tuple(grid.get(nth, "") for grid in grids) for nth in range(first, last + 1)}
    spare = [nth for nth in columns if nth > first and (columns[nth] == columns[nth - 1] or not any(columns[nth]))]
    more = len(columns) - count
    if more <= 0 or more > len(spare):
        return []
    found: dict[tuple[tuple[str, ...], ...], tuple[int, ...]] = {}
    for gone in islice(combinations(reversed(spare), more), _MOST_WAYS):
        kept = tuple(nth for nth in columns if nth not in gone)
        found.setdefault(tuple(columns[nth] for nth in kept), kept)
    return list(found.values())


def _adding_up(rows: Sequence[StreamRow], ways: list[tuple[int, ...]], rule: Rule) -> list[tuple[int, ...]]:
    """The choices by which fewest rows are broken, and more hold; all of them where no row holds more than zeros."""
    judged: list[tuple[int, int, tuple[int, ...]]] = []
    for kept in ways:
        broken = full = 0
        for row in rows:
            by_nth = {cell.nth: cell for cell in row.cells}
            option = tuple(by_nth.get(nth) for nth in kept)
            held = weigh(row, option, rule)
            full += held is not None
            broken += held is False
        judged.append((broken, full, kept))
    fewest = min(judged)[0]
    return [kept for broken, full, kept in judged if broken == fewest and 2 * broken < max(full, 1)]


def with_doubled_totals(
    rows: Sequence[StreamRow], placements: Sequence[Placements], rule: Rule | None
) -> list[Placements]:
    """Add to the placements of rows without marks between their cells those in which the total is printed twice.

    Only where that is so in every row that has two values, and at least two rows of more add up only so.
    """
    pieces = [[cell for cell in row.cells if cell.kind is not BLANK] if row.bare else [] for row in rows]
    pairs = [filled for filled in pieces if len(filled) > 1]
    if rule is None or not pairs or any(filled[-1].text != filled[-2].text for filled in pairs):
        return list(placements)
    found: dict[int, list[Placement]] = {}
    for index, (row, filled) in enumerate(zip(rows, pieces, strict=True)):
        if 1 < len(filled) <= len(row.columns) + 1:
            ways = spread(filled[:-1], len(row.columns))
            found[index] = [option for option in ways if adds_up(row, option, rule)]
    shown = sum(
        len(pieces[index]) > _LEAST_PAIR
        and any(weigh(rows[index], option, rule) for option in ways)
        and not any(weigh(rows[index], option, rule) for option in placements[index].options)
        for index, ways in found.items()
    )
    if shown < _LEAST_SHOWN:
        return list(placements)
    return [
        Placements(tuple(dict.fromkeys((*placed.options, *found.get(index, ())))), Sure.OPEN)
        if found.get(index) and placed.options
        else placed
        for index, placed in enumerate(placements)
    ]
