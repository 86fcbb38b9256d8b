"""A table's sums as a linear code: which cell lights up which sums.

The residuals of the sums are the *syndrome*, ``{equation: left - right}``, without the zeros. A cell that is too large
by δ adds δ times its column of the code. Everything here is exact: Python integers, no floats, no solver.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd

from gouji.forms.spec import TableSpec

Syndrome = dict[int, int]
Changes = dict[int, int]
"""Cell to how much it is too large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The cells of one printed row or column, in printed order.

    Attributes:
        axis: ``"row"`` or ``"column"``.
        cells: Indices.
        cross: Equation that has exactly one cell of the group, to that cell and its coefficient.
    """

    axis: str
    cells: tuple[int, ...]
    cross: Mapping[int, tuple[int, int]]


class Code:
    """The sums of one table.

    Attributes:
        cells: Canonical ids, in printed order; everything else speaks of indices into them.
        equations: Per sum, cell to coefficient.
        columns: Per cell, ``(equation, coefficient)`` of the sums it is in.
        lines: The printed rows and columns of the table.
        place: Cell to the numbers of its row and its column among ``lines``.
        groups: The same rows and columns with what repairing them needs; none when cells are unknown.
        sums: Cells that are the total of others.
    """

    def __init__(self, cells: Sequence[str], equations: Sequence[Mapping[int, int]]) -> None:
        self.cells = tuple(cells)
        self.equations = tuple(dict(equation) for equation in equations)
        columns: list[list[tuple[int, int]]] = [[] for _ in self.cells]
        for number, equation in enumerate(self.equations):
            for cell, coefficient in equation.items():
                columns[cell].append((number, coefficient))
        self.columns = tuple(tuple(column) for column in columns)
        self.lines: tuple[tuple[int, ...], ...] = ()
        self.groups: tuple[Group, ...] = ()
        self.sums: frozenset[int] = frozenset()
        self.place: dict[int, tuple[int, int]] = {}

    @classmethod
    def of(cls, table: TableSpec) -> Code:
        """The code of a table of a form."""
        index = {key: number for number, key in enumerate(table.slots)}
        equations = [
            {index[key]: 1 for key in equation.left} | {index[key]: -1 for key in equation.right}
            for equation in table.equations
        ]
        code = cls(tuple(index), equations)
        code.sums = frozenset(index[e.right[0]] for e in table.equations if len(e.right) == 1)
        groups: list[Group] = []
        for block in table.blocks:
            grid = [[index[f"{table.key}.{row.key}.{column.key}"] for column in block.columns] for row in block.rows]
            groups += [code._group("row", line) for line in grid]
            groups += [code._group("column", line) for line in zip(*grid, strict=True)]
        code.groups = tuple(groups)
        code.lines = tuple(group.cells for group in groups)
        code.place = _places(groups)
        return code

    def _group(self, axis: str, cells: Sequence[int]) -> Group:
        seen: dict[int, list[tuple[int, int]]] = {}
        for cell in cells:
            for equation, coefficient in self.columns[cell]:
                seen.setdefault(equation, []).append((cell, coefficient))
        cross = {equation: hits[0] for equation, hits in seen.items() if len(hits) == 1}
        return Group(axis=axis, cells=tuple(cells), cross=cross)

    @cached_property
    def signatures(self) -> dict[tuple[tuple[int, int], ...], list[tuple[int, int]]]:
        """Direction of a syndrome to the cells that light up so, each with its scale."""
        found: dict[tuple[tuple[int, int], ...], list[tuple[int, int]]] = {}
        for cell, column in enumerate(self.columns):
            if column:
                key, scale = _direction(column)
                found.setdefault(key, []).append((cell, scale))
        return found

    @cached_property
    def row_sums(self) -> frozenset[int]:
        """The sums that run along a row."""
        rows = (group for group in self.groups if group.axis == "row")
        return frozenset(e for row in rows for cell in row.cells for e, _ in self.columns[cell] if e not in row.cross)

    @cached_property
    def special_rows(self) -> tuple[tuple[int, ...], ...]:
        """The rows with another part in the columns' sums than most; exchanging two of the others changes no sum."""
        rows = [group for group in self.groups if group.axis == "row"]
        parts = [tuple(hit for hit in self.columns[row.cells[0]] if hit[0] in row.cross) for row in rows]
        usual = Counter(parts).most_common(1)[0][0] if parts else ()
        return tuple(row.cells for row, part in zip(rows, parts, strict=True) if part != usual)

    def syndrome(self, values: Sequence[int]) -> Syndrome:
        """What is left over in each sum; the sums that hold are not in it."""
        found = {}
        for number, equation in enumerate(self.equations):
            rest = sum(coefficient * values[cell] for cell, coefficient in equation.items())
            if rest:
                found[number] = rest
        return found

    def without(self, syndrome: Syndrome, changes: Mapping[int, int]) -> Syndrome:
        """The syndrome that remains when these cells have been put right."""
        rest = dict(syndrome)
        for cell, delta in changes.items():
            for equation, coefficient in self.columns[cell]:
                value = rest.get(equation, 0) - coefficient * delta
                if value:
                    rest[equation] = value
                else:
                    rest.pop(equation, None)
        return rest

    def eliminate(self, unknown: Iterable[int]) -> Code:
        """The sums that remain when these cells are unknown: combinations in which none of them occurs."""
        equations = [dict(equation) for equation in self.equations]
        for cell in unknown:
            pivot = next((equation for equation in equations if cell in equation), None)
            if pivot is None:
                continue
            equations = [_combine(e, pivot, cell) if cell in e else e for e in equations if e is not pivot]
        code = Code(self.cells, [equation for equation in equations if equation])
        code.sums, code.place, code.lines = self.sums, self.place, self.lines
        return code

    def imply(self, values: Sequence[int | None]) -> dict[int, int]:
        """Unknown cells whose value follows from the known ones, sum by sum; contradictions show in the syndrome."""
        known = dict(enumerate(values))
        found: dict[int, int] = {}
        progress = True
        while progress:
            progress = False
            for equation in self.equations:
                open_cells = [cell for cell in equation if known[cell] is None]
                if len(open_cells) == 1:
                    rest = sum(factor * (known[cell] or 0) for cell, factor in equation.items())
                    cell = open_cells[0]
                    known[cell] = found[cell] = -rest * equation[cell]
                    progress = True
        return found


def _places(groups: Iterable[Group]) -> dict[int, tuple[int, int]]:
    """Cell to its (row, column), as positions among the groups of its table."""
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    for number, group in enumerate(groups):
        target = rows if group.axis == "row" else columns
        target.update(dict.fromkeys(group.cells, number))
    return {cell: (row, columns[cell]) for cell, row in rows.items()}


def _combine(equation: dict[int, int], pivot: dict[int, int], cell: int) -> dict[int, int]:
    """Take ``pivot`` from ``equation`` as often as makes ``cell`` vanish."""
    a, b = pivot[cell], equation[cell]
    mixed = {key: a * equation.get(key, 0) - b * pivot.get(key, 0) for key in equation | pivot}
    common = gcd(*mixed.values())
    return {key: value // common for key, value in mixed.items() if value} if common else {}


def _direction(parts: Iterable[tuple[int, int]]) -> tuple[tuple[tuple[int, int], ...], int]:
    """A vector as a primitive one whose first number is positive, and the factor between them."""
    ordered = sorted(parts)
    scale = gcd(*(value for _, value in ordered))
    if ordered[0][1] < 0:
        scale = -scale
    return tuple((equation, value // scale) for equation, value in ordered), scale


def find_single(code: Code, syndrome: Syndrome) -> list[tuple[int, int]]:
    """The cells that explain a syndrome alone, each with how much it is too large: one look-up."""
    if not syndrome or len(syndrome) > 8:
        return []
    key, scale = _direction(syndrome.items())
    return [(cell, scale // unit) for cell, unit in code.signatures.get(key, ()) if scale % unit == 0]


def find_pairs(code: Code, syndrome: Syndrome) -> list[Changes]:
    """All pairs of cells that explain a syndrome together.

    One of the two is in the shortest sum that does not hold; how wrong it is shows in a sum the other is not in. (Two
    cells of these tables share at most one sum.)
    """
    if not 2 <= len(syndrome) <= 6:
        return []
    shortest = min(syndrome, key=lambda equation: (len(code.equations[equation]), equation))
    found: dict[tuple[tuple[int, int], ...], Changes] = {}
    for cell in code.equations[shortest]:
        for delta in _deltas(code, syndrome, cell):
            rest = code.without(syndrome, {cell: delta})
            for other, also in (hit for hit in find_single(code, rest) if hit[0] != cell):
                changes = {cell: delta, other: also}
                found[tuple(sorted(changes.items()))] = changes
    return [found[key] for key in sorted(found)]


def _deltas(code: Code, syndrome: Syndrome, cell: int) -> list[int]:
    """How wrong a cell would be, were it the only one in one of its sums."""
    found: dict[int, None] = {}
    for equation, coefficient in code.columns[cell]:
        rest = syndrome.get(equation, 0)
        if rest and rest % coefficient == 0:
            found[rest // coefficient] = None
    return list(found)


def repair_group(code: Code, syndrome: Syndrome, group: Group) -> Changes | None:
    """The one way to put everything right by changing only cells of one row or column, if there is one."""
    changes: Changes = {}
    for equation, rest in syndrome.items():
        hit = group.cross.get(equation)
        if hit is None:
            continue
        cell, coefficient = hit
        if changes.setdefault(cell, rest * coefficient) != rest * coefficient:
            return None
    if not changes or code.without(syndrome, changes):
        return None
    return changes
