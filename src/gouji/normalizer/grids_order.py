"""Values whose columns stand in another order than they were taken in: the total is in one of the others' place."""

from __future__ import annotations

from gouji.forms.spec import Equation, TableSpec
from gouji.model.finding import Message, Note
from gouji.model.report import State, Value
from gouji.normalizer.grids_values import as_term

_FEW = 2


def doubt_order(cells: dict[str, Value], spec: TableSpec) -> list[Note]:
    """Doubt a table of which most rows add up only if another of their values is the total, the same one in all.

    Args:
        cells: By id; changed.
        spec: The table, for its sums.
    """
    sums = [equation for equation in spec.equations if equation.rule.each == "row" and len(equation.right) == 1]
    totals = [found for equation in sums if (found := _totals(equation, cells))]
    broken = [found for found in totals if -1 not in found]
    if len(broken) < _FEW or 2 * len(broken) <= len(totals) or not set.intersection(*broken):
        return []
    names = [name for equation in sums for name in equation.cells if name in cells]
    for name in names:
        cells[name] = cells[name]._replace(value=None, state=State.AMBIGUOUS, readings=(), evidence=None)
    message = Message(
        zh="各行的合计只有在把另一列当作总计时才成立：各列的次序与表式不同，数值属于哪一列不能确定",
        en="the rows add up only if another column is the total: whose column each number is cannot be told",
    )
    return [Note(code="HEADER-ORDER", message=message, cells=tuple(names))]


def _totals(equation: Equation, cells: dict[str, Value]) -> set[int]:
    """Which terms of a row are the sum of all others: -1 stands for the one that should be; nothing of zeros."""
    numbers = [as_term(cells.get(name)) for name in equation.cells]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or not any(known):
        return set()
    total = sum(known)
    last = len(known) - 1
    return {-1 if index == last else index for index, number in enumerate(known) if 2 * number == total}
