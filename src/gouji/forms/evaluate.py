"""Evaluate the form's sums on numbers. The normalizer asks which reading adds up, the checker what does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.forms.spec import Equation
from gouji.model.finding import Number


class Balance(NamedTuple):
    """An equation evaluated: the sums of both sides over the known terms, and the terms that are not known."""

    equation: Equation
    left: Number
    right: Number
    missing: tuple[str, ...]

    @property
    def difference(self) -> Number:
        """``left - right``."""
        return self.left - self.right

    @property
    def judged(self) -> bool:
        """Whether every term is known."""
        return not self.missing

    @property
    def holds(self) -> bool:
        """Whether every term is known and both sides are equal."""
        return not self.missing and self.left == self.right


def evaluate(equation: Equation, values: Mapping[str, Number | None]) -> Balance:
    """Add up both sides; a term that is not in ``values`` or is ``None`` is missing, never zero."""
    missing: list[str] = []
    get = values.get
    left: Number = 0
    for cell in equation.left:
        value = get(cell)
        if value is None:
            missing.append(cell)
        else:
            left += value
    right: Number = 0
    for cell in equation.right:
        value = get(cell)
        if value is None:
            missing.append(cell)
        else:
            right += value
    return tuple.__new__(Balance, (equation, left, right, tuple(missing)))  # half the time of Balance(...)
