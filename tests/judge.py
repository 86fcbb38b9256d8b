"""Compare what was read with what was printed, cell for cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gouji.model.finding import Number
from gouji.model.report import ABSENT, Report, State


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of the cells.

    Attributes:
        right: How many cells have the true value, or rightly none.
        missed: Cells without a value where one is printed: honest.
        wrong: Cells with a value that is not printed there: the one thing that must never happen.
        states: Cells whose value is right but whose state is another.
    """

    right: int
    missed: Mapping[str, Number]
    wrong: Mapping[str, tuple[Number | None, Number]]
    states: Mapping[str, tuple[State, State]] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """Whether the report came back as it was."""
        return not (self.missed or self.wrong or self.states)


def judge(truth: Report, got: Report) -> Verdict:
    """Compare two reports; a cell that was inferred counts as reported."""
    right = 0
    missed: dict[str, Number] = {}
    wrong: dict[str, tuple[Number | None, Number]] = {}
    states: dict[str, tuple[State, State]] = {}
    for key in {**truth.cells, **got.cells}:
        want, have = truth.cells.get(key, ABSENT), got.cells.get(key, ABSENT)
        if have.value is not None and have.value != want.value:
            wrong[key] = (want.value, have.value)
        elif have.value is None and want.value is not None:
            missed[key] = want.value
        else:
            right += 1
            if have.state is not want.state and have.state is not State.INFERRED:
                states[key] = (want.state, have.state)
    return Verdict(right=right, missed=missed, wrong=wrong, states=states)
