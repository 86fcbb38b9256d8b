"""Two readings of one report, or two versions of it: the cells that differ, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouji.forms import Form, editions
from gouji.model.finding import Number
from gouji.model.report import ABSENT, Report, Value

_FACTS = ("agency", "year", "period", "signed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that two reports do not agree on.

    Attributes:
        cell: Canonical id.
        label: Row and column as printed.
        kind: ``"value"`` (two numbers), ``"missing"`` (a number in one only), ``"state"`` (no number in either, for
            different reasons).
        left: Of the first report.
        right: Of the second.
    """

    cell: str
    label: str
    kind: str
    left: Value
    right: Value

    @property
    def difference(self) -> Number | None:
        """``left - right`` where both are numbers."""
        if self.left.value is None or self.right.value is None:
            return None
        return self.left.value - self.right.value

    def to_dict(self) -> dict[str, Any]:
        """JSON types, with both places."""
        return {
            "cell": self.cell,
            "label": self.label,
            "kind": self.kind,
            "left": self.left.to_dict(),
            "right": self.right.to_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs between two reports.

    Attributes:
        left: The first report.
        right: The second.
        differences: In the order of the form.
        facts: Agency, year, period and date of signature, where both state them and they differ.
        same: How many cells have the same number in both.
    """

    left: Report
    right: Report
    differences: tuple[Difference, ...]
    facts: Mapping[str, tuple[Any, Any]]
    same: int

    @property
    def equal(self) -> bool:
        """Whether no number differs and none is missing on one side."""
        return not any(item.kind != "state" for item in self.differences)

    def to_dict(self) -> dict[str, Any]:
        """JSON types."""
        return {
            "left": self.left.source.to_dict(),
            "right": self.right.source.to_dict(),
            "equal": self.equal,
            "same": self.same,
            "facts": {name: list(pair) for name, pair in self.facts.items()},
            "differences": [item.to_dict() for item in self.differences],
        }


def compare(left: Report, right: Report, *, forms: Mapping[str, Form] | None = None) -> Comparison:
    """List the cells on which two reports differ.

    Args:
        left: A reading, say of the HTML page.
        right: Another, say of the PDF.
        forms: By edition, for the labels; the built-in ones by default.

    >>> from gouji.model.report import State, Status
    >>> from gouji.model.source import Source
    >>> def report(number):
    ...     cell = Value(value=number, state=State.REPORTED, raw=str(number))
    ...     source = Source(path="a", sha256="", media_type="text/plain")
    ...     return Report(source=source, status=Status.OK, cells={"requests.received.total": cell})
    >>> [(item.cell, item.difference) for item in compare(report(12), report(11)).differences]
    [('requests.received.total', 1)]
    """
    labels = _labels(editions() if forms is None else forms)
    found: list[Difference] = []
    same = 0
    for cell in {**left.cells, **right.cells}:
        first, second = left.cells.get(cell, ABSENT), right.cells.get(cell, ABSENT)
        kind = _kind(first, second)
        if kind is not None:
            found.append(Difference(cell=cell, label=labels.get(cell, cell), kind=kind, left=first, right=second))
        elif first.value is not None:
            same += 1
    facts = {
        name: (getattr(left.meta, name), getattr(right.meta, name))
        for name in _FACTS
        if None not in (getattr(left.meta, name), getattr(right.meta, name))
        and getattr(left.meta, name) != getattr(right.meta, name)
    }
    return Comparison(left=left, right=right, differences=tuple(found), facts=facts, same=same)


def _kind(first: Value, second: Value) -> str | None:
    if first.value is not None and second.value is not None:
        return "value" if first.value != second.value else None
    if first.value is not None or second.value is not None:
        return "missing"
    return "state" if first.state is not second.state else None


def _labels(forms: Mapping[str, Form]) -> dict[str, str]:
    return {key: slot.label for form in forms.values() for key, slot in form.slots.items()}


def describe(value: Value) -> str:
    """A value for people: the number, or why there is none.

    >>> from gouji.model.report import State
    >>> describe(Value(value=None, state=State.BLANK))
    'blank'
    """
    if value.value is not None:
        return format(value.value, "f") if not isinstance(value.value, int) else str(value.value)
    readings = " | ".join(str(number) for number in value.readings)
    return f"{value.state.value} ({readings})" if readings else value.state.value
