"""Explanations of sums that do not hold: which cells, by what kind of slip, at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gouji.checker.code import Changes, Code
from gouji.checker.edits import find_edit
from gouji.checker.shifts import find_shift
from gouji.checker.weights import Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One slip: its kind, and the cells it changed with how much each is too large."""

    kind: str
    changes: tuple[tuple[int, int], ...]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One way to put all sums of a table right.

    Attributes:
        parts: The slips, cheapest first.
        cost: Together; the cheaper, the likelier.
    """

    parts: tuple[Part, ...]
    cost: float

    @property
    def changes(self) -> Changes:
        """Cell to how much it is too large."""
        return {cell: delta for part in self.parts for cell, delta in part.changes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a table besides its sums.

    Attributes:
        values: What stands in each cell, scaled to integers; 0 where nothing does.
        factors: Cell to factor on the cost of changing it (blank, OCR …).
        geometry: Whether positions are known (HTML, PDF), so that blanks cannot have been dropped.
    """

    values: Sequence[int]
    factors: Mapping[int, float] = field(default_factory=dict)
    geometry: bool = False


class Judge:
    """Gives explanations their kind and their cost."""

    def __init__(self, code: Code, evidence: Evidence, weights: Weights) -> None:
        self.code, self.evidence, self.weights = code, evidence, weights

    def weigh(self, changes: Changes) -> Hypothesis | None:
        """The likeliest slips behind some changes; ``None`` when a number would be below zero."""
        values = self.evidence.values
        if any(values[cell] - delta < 0 for cell, delta in changes.items()):
            return None
        parts = tuple(sorted(self._explain(changes), key=lambda part: (part.cost, part.changes)))
        return Hypothesis(parts=parts, cost=round(sum(part.cost for part in parts), 6))

    def _explain(self, changes: Changes) -> list[Part]:
        """The cheapest way to see the changes as slips: alone, or together along rows and columns."""
        best = [self._alone(cell, delta) for cell, delta in changes.items()]
        if len(changes) == 1:
            return best
        found = [best]
        for together in self._lines(changes):
            part = self._together(together)
            if part is not None:
                rest = {cell: delta for cell, delta in changes.items() if cell not in together}
                found.append([part, *(self._explain(rest) if rest else ())])
        return min(found, key=lambda parts: sum(part.cost for part in parts))

    def _lines(self, changes: Changes) -> Iterable[Changes]:
        """The changes in each row and column that has several, and two rows that have all."""
        for axis in (0, 1):
            lines: dict[int, Changes] = {}
            for cell, delta in changes.items():
                lines.setdefault(self.code.place[cell][axis], {})[cell] = delta
            yield from (line for line in lines.values() if len(line) > 1)
            if axis == 0 and len(lines) == 2 and len(changes) > 2:
                yield changes

    def _alone(self, cell: int, delta: int) -> Part:
        old = self.evidence.values[cell]
        kind, cost = find_edit(old, old - delta, self.weights.edit)
        return Part(kind=kind, changes=((cell, delta),), cost=self.base(cell) + cost)

    def base(self, cell: int) -> float:
        """The cost of changing a cell at all."""
        base = self.weights.cell["sum" if cell in self.code.sums else "base"]
        return base * self.evidence.factors.get(cell, 1.0)

    def _together(self, changes: Changes) -> Part | None:
        """Some cells changed by one slip."""
        found = find_shift(self.code, self.evidence.values, changes)
        if found is None:
            return None
        kind, name, extra = found
        costs = self.weights.kind
        if name == "dropped_blank" and self.evidence.geometry:
            name = "dropped_blank_grid"
        cost = (costs[name] + sum(costs[item] for item in extra)) * self._factor(changes)
        return Part(kind=kind, changes=tuple(sorted(changes.items())), cost=cost)

    def _factor(self, changes: Changes) -> float:
        factors = [self.evidence.factors.get(cell, 1.0) for cell in changes]
        return sum(factors) / len(factors)
