"""Look for explanations of a syndrome: one cell, two cells, one row or column, and two slips of different kinds."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checker.code import Changes, Code, Syndrome, find_pairs, find_single, repair_group
from gouji.checker.hypotheses import Hypothesis, Judge
from gouji.checker.shifts import undo_row

Key = tuple[tuple[int, int], ...]


class Search:
    """One search over one table; keeps every hypothesis once."""

    def __init__(self, judge: Judge, syndrome: Syndrome) -> None:
        self.judge, self.syndrome = judge, syndrome
        self.code: Code = judge.code
        self.found: dict[Key, Hypothesis] = {}

    def add(self, changes: Changes) -> None:
        """Weigh an explanation and keep it, if it is possible and does put every sum right."""
        key = tuple(sorted((cell, delta) for cell, delta in changes.items() if delta))
        if key not in self.found and not self.code.without(self.syndrome, dict(key)):
            hypothesis = self.judge.weigh(dict(key))
            if hypothesis is not None:
                self.found[key] = hypothesis

    def ranked(self) -> list[Hypothesis]:
        """Cheapest first; ties in the order of the cells."""
        order = sorted(self.found.items(), key=lambda item: (item[1].cost, len(item[0]), item[0]))
        return [hypothesis for _, hypothesis in order]

    def run_small(self) -> None:
        """One cell, two cells, one row or column, two whole rows exchanged."""
        syndrome = self.syndrome
        for cell, delta in find_single(self.code, syndrome):
            self.add({cell: delta})
        for changes in find_pairs(self.code, syndrome):
            self.add(changes)
        for changes in self.repairs(syndrome):
            self.add(changes)
        for changes in self._exchanged_rows(syndrome):
            self.add(changes)

    def repairs(self, syndrome: Syndrome) -> Iterator[Changes]:
        """The repairs within one row or one column."""
        for group in self.code.groups:
            changes = repair_group(self.code, syndrome, group)
            if changes is not None:
                yield changes

    def _exchanged_rows(self, syndrome: Syndrome) -> Iterator[Changes]:
        """Two whole rows that changed places: their own sums still hold."""
        if syndrome.keys() & self.code.row_sums:
            return
        values = self.judge.evidence.values
        special = self.code.special_rows
        for one in special:
            for other in (group.cells for group in self.code.groups if group.axis == "row"):
                if len(one) == len(other) and (other not in special or one < other):
                    pairs = list(zip(one, other, strict=True))
                    changes = {a: values[a] - values[b] for a, b in pairs} | {
                        b: values[b] - values[a] for a, b in pairs
                    }
                    if any(changes.values()) and not self.code.without(syndrome, changes):
                        yield changes

    def run_mixed(self) -> None:
        """Two slips of different kinds, or three cells: take one away, and see whether the rest is simple."""
        for first in self._peels(self.syndrome):
            rest = self.code.without(self.syndrome, first)
            self._finish(first, rest)

    def _finish(self, first: Changes, rest: Syndrome) -> None:
        ends: list[Changes] = [{cell: delta} for cell, delta in find_single(self.code, rest)]
        ends += find_pairs(self.code, rest)
        ends += [changes for changes in self.repairs(rest) if len(changes) > 1]
        for changes in ends:
            if not changes.keys() & first.keys():
                self.add(first | changes)

    def _peels(self, syndrome: Syndrome) -> Iterator[Changes]:
        yield from self._peel_cells(syndrome)
        yield from self._peel_rows(syndrome)
        yield from self._peel_moves(syndrome)

    def _peel_cells(self, syndrome: Syndrome) -> Iterator[Changes]:
        shortest = min(syndrome, key=lambda equation: (len(self.code.equations[equation]), equation))
        for cell in self.code.equations[shortest]:
            deltas = {syndrome.get(equation, 0) * factor for equation, factor in self.code.columns[cell]}
            yield from ({cell: delta} for delta in sorted(deltas) if delta)

    def _peel_rows(self, syndrome: Syndrome) -> Iterator[Changes]:
        """A slip of layout in a row whose own sum does not hold."""
        values = self.judge.evidence.values
        for group in self.code.groups:
            own = {e for cell in group.cells for e, _ in self.code.columns[cell]} - set(group.cross)
            if group.axis == "row" and own & syndrome.keys():
                old = [values[cell] for cell in group.cells]
                for new in undo_row(old):
                    yield {c: a - b for c, a, b in zip(group.cells, old, new, strict=True) if a != b}

    def _peel_moves(self, syndrome: Syndrome) -> Iterator[Changes]:
        """Two cells of a row or column exchanged: two sums are off by their difference, in opposite ways."""
        values = self.judge.evidence.values
        for group in self.code.groups:
            hits = [(cell, rest * k) for e, rest in syndrome.items() for cell, k in [group.cross.get(e, (-1, 0))] if k]
            for i, (a, delta_a) in enumerate(hits):
                for b, delta_b in hits[i + 1 :]:
                    if a != b and delta_a == -delta_b == values[a] - values[b]:
                        yield {a: delta_a, b: delta_b}
