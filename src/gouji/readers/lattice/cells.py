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
BEYOND = 5.0
"""Rules that reach this far beyond the last crossing one leave a cell open: a page break cut it."""


Place = tuple[int, int, int, int]
"""Row, column, rowspan, colspan."""


@dataclass(slots=True)
class Edge:
    """One column or row edge and the stretches of it that are drawn."""

    at: float
    drawn: list[tuple[float, float]]

    def covers(self, middle: float) -> bool:
        """Whether a rule is drawn there."""
        return any(start <= middle <= end for start, end in self.drawn)


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


def build_piece(net: Net, glyphs: Sequence[Glyph], *, page: int) -> Piece | None:
    """One table from its rules and the glyphs inside its box; ``None`` when the rules enclose no cell or no text."""
    if not glyphs:
        return None
    columns, _, _ = find_edges(net.vertical, crossing=net.horizontal)
    rows, open_top, open_bottom = find_edges(net.horizontal, crossing=net.vertical)
    columns = drop_strips(columns, at=[_middle(glyph) for glyph in glyphs])
    rows = drop_strips(rows, at=[_height(glyph) for glyph in glyphs])
    if len(columns) < 2 or len(rows) < 2:
        return None
    xs, ys = [edge.at for edge in columns], [edge.at for edge in rows]
    filled: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        row = min(max(bisect_right(ys, _height(glyph)) - 1, 0), len(ys) - 2)
        column = min(max(bisect_right(xs, _middle(glyph)) - 1, 0), len(xs) - 2)
        filled.setdefault((row, column), []).append(glyph)
    cells = []
    for place in grow_cells(rows, columns):
        for row, column, rowspan, colspan in split_cell(place, filled):
            slots = ((r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan))
            inside = [glyph for slot in slots for glyph in filled.get(slot, ())]
            box = (xs[column], ys[row], xs[column + colspan], ys[row + rowspan])
            if not inside and _is_outside(box, columns):
                continue
            text = cell_text(inside, width=box[2] - box[0]) if inside else ""
            cells.append(PieceCell(text, row, column, rowspan, colspan, page, box))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    box = (xs[0], ys[0], xs[-1], ys[-1])
    return Piece(cells, len(ys) - 1, xs, page, box, open_top, open_bottom, glyphs=glyphs)


def _is_outside(box: Box, columns: Sequence[Edge]) -> bool:
    """Whether an empty place at the table's left or right has no border there: the row is shorter than others."""
    middle = (box[1] + box[3]) / 2
    return any(edge.at in (box[0], box[2]) and not edge.covers(middle) for edge in (columns[0], columns[-1]))


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _height(glyph: Glyph) -> float:
    """A height safely inside the glyph: above its baseline, which may lie on the rule below."""
    return glyph.y - 0.25 * glyph.size


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
