"""A net of rules and the characters in it to the cells of a table. Pure geometry, points."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.readers.lattice.rules import Net
from gouji.readers.lattice.shapes import Box, Glyph, Piece, PieceCell, Rule
from gouji.readers.lattice.words import cell_text
from gouji.text.numbers import is_number_like

CLOSE = 5.0
"""Edges closer than this are one."""
STRIP = 9.0
"""An empty strip between two edges that is narrower than this is no column (wide double borders)."""
_STRAY = 0.2
"""A row edge is drawn over more than this share of the table's width ..."""
_NEAR_ROW = 20.0
"""... or far from all others: a label whose border ends short of its row's, at a page break, makes no row."""
_WHOLE = 0.97
"""A row edge that is drawn over this share of the table's width parts rows, whatever stands below it."""
_UNDER = 0.2
"""A line under a number is nearer to its baseline than this share of its height."""
BEYOND = 5.0
"""Rules that reach this far beyond the last crossing one leave a cell open: a page break cut it."""


Place = tuple[int, int, int, int]
"""Row, column, rowspan, colspan."""


@dataclass(slots=True)
class Edge:
    """One column or row edge and the stretches of it that are drawn."""

    at: float
    drawn: list[tuple[float, float]]

    @property
    def is_invented(self) -> bool:
        """Whether no rule is there at all."""
        return self.drawn[0][1] == float("inf")

    @property
    def length(self) -> float:
        """How much of it is drawn."""
        return sum(end - start for start, end in self.drawn)

    def covers(self, middle: float) -> bool:
        """Whether a rule is drawn there."""
        for start, end in self.drawn:  # noqa: SIM110 - `any` takes twice the time, and this is asked for every slot
            if start <= middle <= end:
                return True
        return False


def find_edges(rules: Iterable[Rule], *, crossing: Sequence[Rule]) -> tuple[list[Edge], bool, bool]:
    """The edges that parallel rules make, in order, and whether the first and the last one had to be invented.

    An edge is invented where the ``crossing`` rules stick out: a page break left the cells there without a border.
    """
    edges: list[Edge] = []
    for rule in sorted(rules):
        if edges and rule.at - edges[-1].at <= CLOSE:
            edges[-1].drawn.append((rule.start, rule.end))
        else:
            edges.append(Edge(rule.at, [(rule.start, rule.end)]))
    first = min(rule.start for rule in crossing)
    last = max(rule.end for rule in crossing)
    opens = first < edges[0].at - BEYOND
    shuts = last > edges[-1].at + BEYOND
    everywhere = [(float("-inf"), float("inf"))]
    if opens:
        edges.insert(0, Edge(first, list(everywhere)))
    if shuts:
        edges.append(Edge(last, list(everywhere)))
    return edges, opens, shuts


def drop_strips(edges: list[Edge], *, at: Sequence[float]) -> list[Edge]:
    """Fuse neighbouring edges with a narrow strip between them in which nothing stands (``at``: where things stand).

    >>> [edge.at for edge in drop_strips([Edge(0, []), Edge(30, []), Edge(36, []), Edge(60, [])], at=[10, 50])]
    [0, 30, 60]
    """
    kept = [edges[0]]
    places = sorted(at)
    for edge in edges[1:]:
        last = kept[-1]
        if edge.at - last.at < STRIP and bisect_right(places, edge.at) == bisect_right(places, last.at):
            last.drawn.extend(edge.drawn)
        else:
            kept.append(edge)
    return kept


def drop_empty_rows(edges: list[Edge], *, at: Sequence[float], width: float) -> list[Edge]:
    """Drop the edges that part off a row in which nothing stands: invented ones, and those drawn over less than half.

    (A label cell whose border ends short of its row's, at a page break.)

    >>> full, short = [(0, 100)], [(0, 20)]
    >>> rows = [Edge(0, full), Edge(30, short), Edge(45, full), Edge(60, full)]
    >>> [edge.at for edge in drop_empty_rows(rows, at=[20, 50], width=100)]
    [0, 45, 60]
    """
    kept = [edge for edge in edges if not _is_stray(edge, edges, width=width)]
    places = sorted(at)
    index = 0
    while index < len(kept) - 1 and len(kept) > 2:
        top, bottom = kept[index], kept[index + 1]
        if bisect_right(places, bottom.at) == bisect_right(places, top.at):
            spare = [
                edge
                for edge, is_outer in ((top, index == 0), (bottom, index == len(kept) - 2))
                if (edge.is_invented if is_outer else edge.length < 0.5 * width)
            ]
            if spare:
                kept.remove(min(spare, key=lambda edge: edge.length))
                index = max(index - 1, 0)
                continue
        index += 1
    return kept


def drop_underlines(edges: list[Edge], glyphs: Sequence[Glyph], *, width: float) -> list[Edge]:
    """Drop the edges that are lines under numbers: over some columns only, close to a baseline, and nothing below.

    >>> full, under = [(0, 100)], [(50, 100)]
    >>> rows = [Edge(0, full), Edge(20, under), Edge(40, full)]
    >>> number, words = Glyph("7", 70, 75, 19, 10), Glyph("x", 10, 15, 32, 10)
    >>> [edge.at for edge in drop_underlines(rows, [number, words], width=100)]
    [0, 40]
    >>> len(drop_underlines(rows, [number, words, number._replace(y=32)], width=100))
    3
    """
    kept = [edges[0]]
    for edge, below in pairwise(edges[1:]):
        if _drawn(edge) >= _WHOLE * width or not _is_underline(edge, glyphs, end=below.at):
            kept.append(edge)
    return [*kept, edges[-1]]


def _is_underline(edge: Edge, glyphs: Sequence[Glyph], *, end: float) -> bool:
    over = False
    for _, x0, x1, y, size in glyphs:
        middle = (x0 + x1) / 2
        if edge.at < y - 0.25 * size < end and edge.covers(middle):
            return False
        over |= 0 <= edge.at - y <= _UNDER * size and edge.covers(middle)
    return over


def _drawn(edge: Edge) -> float:
    """How much of an edge is drawn, what is drawn twice counted once."""
    reach, total = float("-inf"), 0.0
    for start, end in sorted(edge.drawn):
        total += max(end - max(start, reach), 0.0)
        reach = max(reach, end)
    return total


def _is_stray(edge: Edge, edges: Sequence[Edge], *, width: float) -> bool:
    """Whether a row edge is drawn under one narrow cell only, close to one that is drawn further."""
    if edge in (edges[0], edges[-1]) or edge.length >= _STRAY * width:
        return False
    return any(abs(other.at - edge.at) < _NEAR_ROW and other.length > 2 * edge.length for other in edges)


def build_piece(net: Net, glyphs: Sequence[Glyph], *, page: int) -> Piece | None:
    """One table from its rules and the glyphs inside its box; ``None`` when the rules enclose no cell or no text."""
    if not glyphs:
        return None
    columns, _, _ = find_edges(net.vertical, crossing=net.horizontal)
    rows, open_top, open_bottom = find_edges(net.horizontal, crossing=net.vertical)
    middles = middles_of(glyphs)
    heights = [y - 0.25 * size for _, _, _, y, size in glyphs]  # inside the glyph: a baseline may touch the rule
    columns = drop_strips(columns, at=middles)
    width = columns[-1].at - columns[0].at
    rows = drop_empty_rows(drop_strips(rows, at=heights), at=heights, width=width)
    if len(rows) > 2:
        rows = drop_underlines(rows, glyphs, width=width)
    if len(columns) < 2 or len(rows) < 2:
        return None
    xs, ys = [edge.at for edge in columns], [edge.at for edge in rows]
    filled: dict[tuple[int, int], list[Glyph]] = {}
    inner_xs, inner_ys = xs[1:-1], ys[1:-1]
    for middle, height, glyph in zip(middles, heights, glyphs, strict=True):
        slot = bisect_right(inner_ys, height), bisect_right(inner_xs, middle)
        if slot in filled:
            filled[slot].append(glyph)
        else:
            filled[slot] = [glyph]
    cells = []
    last = len(xs) - 1
    for place in grow_cells(rows, columns):
        for row, column, rowspan, colspan in split_cell(place, filled) if place[3] > 1 else (place,):
            inside = _glyphs_in((row, column, rowspan, colspan), filled)
            box = (xs[column], ys[row], xs[column + colspan], ys[row + rowspan])
            if not inside and (not column or column + colspan == last) and _is_outside(box, columns):
                continue
            text = cell_text(inside, width=box[2] - box[0]) if inside else ""
            cells.append(PieceCell(text, row, column, rowspan, colspan, page, box))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    box = (xs[0], ys[0], xs[-1], ys[-1])
    return Piece(cells, len(ys) - 1, xs, page, box, open_top, open_bottom, glyphs=glyphs)


def _glyphs_in(place: Place, filled: Mapping[tuple[int, int], Sequence[Glyph]]) -> Sequence[Glyph]:
    """What stands in the slots of a cell, slot by slot."""
    row, column, rowspan, colspan = place
    if rowspan == colspan == 1:
        return filled.get((row, column), ())
    slots = ((r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan))
    return [glyph for slot in slots for glyph in filled.get(slot, ())]


def _is_outside(box: Box, columns: Sequence[Edge]) -> bool:
    """Whether an empty place at the table's left or right has no border there: the row is shorter than others."""
    middle = (box[1] + box[3]) / 2
    return any(edge.at in (box[0], box[2]) and not edge.covers(middle) for edge in (columns[0], columns[-1]))


def middles_of(glyphs: Sequence[Glyph]) -> list[float]:
    """For every glyph the x that decides its column: its own, or for the digits of one number the number's middle.

    Its own lies left of its centre, for punctuation hangs over the right edge.
    A number too long for its cell sticks out at either side; its first and last digits must not go to the neighbours.

    >>> middles_of([Glyph("1", 0, 5, 9, 9), Glyph("2", 5, 10, 9, 9), Glyph("7", 30, 35, 9, 9)])
    [5.0, 5.0, 32.0]
    """
    middles = [x0 + 0.4 * (x1 - x0) if len(text) == 1 else (x0 + x1) / 2 for text, x0, x1, _, _ in glyphs]
    start = 0
    for index in range(1, len(glyphs) + 1):
        if index < len(glyphs) and _goes_on(glyphs[index - 1], glyphs[index]):
            continue
        if index - start > 1:
            middles[start:index] = [(glyphs[start].x0 + glyphs[index - 1].x1) / 2] * (index - start)
        start = index
    return middles


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a digit follows another one without any gap."""
    text, x0, x1, y, size = glyph
    if not ("0" <= text[0] <= "9" and "0" <= last[0][-1] <= "9"):
        return False
    return abs(x0 - last.x1) < 0.1 * (x1 - x0) / len(text) and abs(y - last.y) < 0.1 * size


def grow_cells(rows: Sequence[Edge], columns: Sequence[Edge]) -> list[Place]:
    """Every cell as row, column, rowspan, colspan: slots grown right, then down, where no rule parts them.

    >>> grow_cells(
    ...     [Edge(0, [(0, 20)]), Edge(10, [(0, 20)]), Edge(20, [(0, 20)])],
    ...     [Edge(0, [(0, 20)]), Edge(10, [(10, 20)]), Edge(20, [(0, 20)])],
    ... )
    [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]
    """
    high, wide = len(rows) - 1, len(columns) - 1
    middles_y = [(rows[r].at + rows[r + 1].at) / 2 for r in range(high)]
    middles_x = [(columns[c].at + columns[c + 1].at) / 2 for c in range(wide)]
    right = [[c == wide - 1 or columns[c + 1].covers(middle) for c in range(wide)] for middle in middles_y]
    below = [[r == high - 1 or rows[r + 1].covers(middle) for middle in middles_x] for r in range(high)]
    taken = [[False] * wide for _ in range(high)]
    cells = []
    for row in range(high):
        for column in range(wide):
            if taken[row][column]:
                continue
            end = column
            while not right[row][end] and not taken[row][end + 1]:
                end += 1
            bottom = row
            while not any(below[bottom][column : end + 1]) and _continues(
                right[bottom + 1], taken[bottom + 1], span=(column, end)
            ):
                bottom += 1
            for r in range(row, bottom + 1):
                taken[r][column : end + 1] = [True] * (end + 1 - column)
            cells.append((row, column, bottom + 1 - row, end + 1 - column))
    return cells


def _continues(right: Sequence[bool], taken: Sequence[bool], *, span: tuple[int, int]) -> bool:
    """Whether a row's slots from the first to the last of ``span`` belong together and to nothing else."""
    column, end = span
    return right[end] and not any(right[column:end]) and not any(taken[column : end + 1])


def split_cell(place: Place, filled: Mapping[tuple[int, int], Sequence[Glyph]]) -> list[Place]:
    """Divide a cell that grew over a border that is missing by mistake: a number alone in one of its columns.

    >>> words, number = [Glyph("x", 0, 5, 10, 9)], [Glyph("7", 50, 55, 10, 9)]
    >>> split_cell((0, 0, 1, 3), {(0, 0): words, (0, 2): number})
    [(0, 0, 1, 2), (0, 2, 1, 1)]
    """
    row, column, rowspan, colspan = place
    if colspan == 1:
        return [place]
    columns: dict[int, list[Glyph]] = {}
    for c in range(column, column + colspan):
        for r in range(row, row + rowspan):
            columns.setdefault(c, []).extend(filled.get((r, c), ()))
    texts = {c: "".join(glyph.text for glyph in glyphs) for c, glyphs in columns.items() if glyphs}
    alone = [c for c, text in texts.items() if is_number_like(text)]
    if len(texts) < 2 or not alone or not all(_stands_apart(c, columns) for c in alone):
        return [place]
    cuts = sorted({column, column + colspan, *alone, *(c + 1 for c in alone)})
    return [(row, start, rowspan, end - start) for start, end in pairwise(cuts)]


def _stands_apart(column: int, columns: Mapping[int, Sequence[Glyph]]) -> bool:
    """Whether what stands in a column is parted by a wide gap from what stands in the others on the same lines."""
    return not any(
        abs(glyph.y - other.y) < 0.5 * glyph.size and max(glyph.x0 - other.x1, other.x0 - glyph.x1) < 0.6 * glyph.size
        for glyph in columns[column]
        for c, others in columns.items()
        if c != column
        for other in others
    )


def box_of(glyphs: Sequence[Glyph]) -> Box:
    """Extent of some glyphs, from their baselines and sizes."""
    return (
        min(glyph.x0 for glyph in glyphs),
        min(glyph.y - 0.9 * glyph.size for glyph in glyphs),
        max(glyph.x1 for glyph in glyphs),
        max(glyph.y + 0.2 * glyph.size for glyph in glyphs),
    )
