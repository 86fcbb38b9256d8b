"""One pure function per kind of rule: it holds, is broken, or cannot be judged for want of a term that is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from gouji.forms.evaluate import Balance, evaluate
from gouji.forms.spec import Equation, Kind, Rule, Slot, TableSpec
from gouji.model.finding import Number
from gouji.model.report import ABSENT, State, Value


class Verdict(StrEnum):
    """What can be said of one sum."""

    HOLDS = "holds"
    BROKEN = "broken"
    """Not even the missing terms, which are not negative, could mend it."""
    EMPTY = "empty"
    """No term has a value: nothing is claimed."""
    HOLDS_AS_ZERO = "holds_as_zero"
    """It holds when the terms left blank, or struck out, are read as 0."""
    BROKEN_AS_ZERO = "broken_as_zero"
    """It does not hold when they are read as 0, and the table does leave its zeros blank."""
    DOUBTFUL = "doubtful"
    """It does not hold when they are read as 0, but the table prints its zeros: a number may be wanting."""
    UNTOTALLED = "untotalled"
    """It does not hold when its total is read as 0, and the total of every row is left blank or struck out."""
    UNKNOWN = "unknown"
    """A term is absent, ambiguous or unreadable."""


BROKEN = (Verdict.BROKEN, Verdict.BROKEN_AS_ZERO, Verdict.DOUBTFUL)

_HOLDS, _HOLDS_AS_ZERO = Verdict.HOLDS, Verdict.HOLDS_AS_ZERO
_BLANK = State.BLANK
_ZERO_LIKE = frozenset({_BLANK, State.NOT_APPLICABLE})
_ZEROS_PER_BLANK = 0.25
_ONE_TOTAL_WANTING = (Verdict.BROKEN_AS_ZERO, Verdict.DOUBTFUL)
_FEWEST_TOTALS = 3


class Judgement(NamedTuple):
    """One sum, judged."""

    balance: Balance
    verdict: Verdict

    @property
    def equation(self) -> Equation:
        """The sum."""
        return self.balance.equation


def judge_sums(
    table: TableSpec, cells: Mapping[str, Value], *, values: Mapping[str, Number] | None = None
) -> tuple[Judgement, ...]:
    """Judge every sum of one table, in the order of the form.

    Args:
        table: The table of the form.
        cells: Canonical id to value; an id that is not there is absent.
        values: The numbers among them, where they are known already.
    """
    if values is None:
        values = numbers_of(table, cells)
    found: list[Judgement] = []
    new = tuple.__new__  # half the time of Judgement(...)
    states: dict[str, State] = {}
    blank_means_zero = False
    untotalled: Collection[str] | None = None
    for equation in table.equations:
        balance = evaluate(equation, values)
        _, left, right, missing = balance
        if left == right and not missing:
            found.append(new(Judgement, (balance, _HOLDS)))
            continue
        if not states:  # in many tables every sum holds, and nobody asks
            states = {key: cells.get(key, ABSENT).state for key in table.slots}
            blank_means_zero = _leaves_zeros_blank(values, states)
        verdict = _judge(balance, states, blank_means_zero=blank_means_zero)
        if missing == equation.right and verdict in _ONE_TOTAL_WANTING:
            untotalled = _find_untotalled(table, states) if untotalled is None else untotalled
            verdict = Verdict.UNTOTALLED if equation.right[0] in untotalled else verdict
        found.append(new(Judgement, (balance, verdict)))
    return tuple(found)


def _find_untotalled(table: TableSpec, states: Mapping[str, State]) -> set[str]:
    """The totals of the rules of whose rows none has a total: the column was left out, no number in it is wanting."""
    totals: dict[str, list[str]] = {}
    for equation in table.equations:
        if equation.rule.each == "row" and len(equation.right) == 1:
            totals.setdefault(equation.rule.code, []).extend(equation.right)
    blank = (keys for keys in totals.values() if len(keys) >= _FEWEST_TOTALS)
    return {key for keys in blank if all(states[key] in _ZERO_LIKE for key in keys) for key in keys}


def numbers_of(table: TableSpec, cells: Mapping[str, Value]) -> dict[str, Number]:
    """Id to number, for the cells of a table that have one."""
    return {
        key: value for key in table.slots if (cell := cells.get(key)) is not None and (value := cell.value) is not None
    }


def _leaves_zeros_blank(values: Mapping[str, Number], states: Mapping[str, State]) -> bool:
    """Whether the table leaves a cell blank where it means 0: blanks abound and hardly a 0 is printed."""
    zeros, blanks = list(values.values()).count(0), list(states.values()).count(_BLANK)
    return zeros <= blanks * _ZEROS_PER_BLANK


def _judge(balance: Balance, states: Mapping[str, State], *, blank_means_zero: bool) -> Verdict:
    equation, left, right, missing = balance
    if not missing:
        return Verdict.BROKEN
    if len(missing) == len(equation.left) + len(equation.right):
        return Verdict.EMPTY
    reasons = set(map(states.__getitem__, missing))
    if left == right and reasons <= _ZERO_LIKE:
        return _HOLDS_AS_ZERO
    if _beyond_repair(balance):
        return Verdict.BROKEN
    if not reasons <= _ZERO_LIKE:
        return Verdict.UNKNOWN
    return Verdict.BROKEN_AS_ZERO if blank_means_zero or _BLANK not in reasons else Verdict.DOUBTFUL


def _beyond_repair(balance: Balance) -> bool:
    """Whether the known terms of one side exceed the other side, which wants nothing."""
    light = balance.equation.right if balance.difference > 0 else balance.equation.left
    return balance.difference != 0 and not set(balance.missing) & set(light)


def find_negatives(table: TableSpec, rule: Rule, values: Mapping[str, Number]) -> tuple[Slot, ...]:
    """The cells below zero that may not be; 本年增/减 may.

    Args:
        table: The table of the form.
        rule: Of kind ``not_negative``.
        values: Canonical id to number.
    """
    if rule.kind != "not_negative":
        return ()
    below = [key for key, value in values.items() if value < 0]
    slots = (slot for key in below if (slot := table.slots.get(key)) is not None)
    return tuple(slot for slot in slots if slot.column.kind is not Kind.CHANGE)
