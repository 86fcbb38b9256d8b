"""Values of other columns than they were taken for: the total is in another's place, or the header names others."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.forms.spec import Equation, TableSpec
from gouji.model.finding import Message, Note
from gouji.model.report import State, Value
from gouji.normalizer.grids_rows import Record
from gouji.normalizer.grids_values import as_term
from gouji.normalizer.grids_vocab import is_value

_FEW = 2
_LEAST_FOREIGN = 3


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
    message = Message(
        zh="各行的合计只有在把另一列当作总计时才成立：各列的次序与表式不同，数值属于哪一列不能确定",
        en="the rows add up only if another column is the total: whose column each number is cannot be told",
    )
    return [_doubt_all(cells, sums, message)]


def doubt_foreign(cells: dict[str, Value], records: Sequence[Record], spec: TableSpec) -> list[Note]:
    """Doubt a table whose header names none of the form's columns, but others: other bodies, months, years.

    Args:
        cells: By id; changed.
        records: The rows of the table, those above its first one included.
        spec: The table. One whose rows have no sum shows a wrong header by their length.
    """
    sums = [equation for equation in spec.equations if equation.rule.each == "row" and len(equation.right) == 1]
    first = next((index for index, record in enumerate(records) if record.key is not None and record.valued), None)
    if not sums or first is None:
        return []
    frame = records[first].frame
    if frame is not None and len(frame.keys) > 1:
        return []
    others = (
        len(frame.unknown) if frame is not None else _count_names(records[max(first - 1, 0) : first], records[first])
    )
    if others < _LEAST_FOREIGN:
        return []
    message = Message(
        zh="表头所列不是表式的各列（例如各单位、各月份），数值属于哪一列不能确定",
        en="the header names other columns than the form has: whose column each number is cannot be told",
    )
    return [_doubt_all(cells, sums, message)]


def _count_names(above: Sequence[Record], first: Record) -> int:
    """How many cells of the row above the first one hold words, right of the labels."""
    return sum(
        bool(cell.text) and not is_value(cell.text) and cell.column >= first.start
        for record in above
        if record.line.grid is first.line.grid
        for cell in record.line.cells
    )


def _doubt_all(cells: dict[str, Value], sums: Sequence[Equation], message: Message) -> Note:
    names = [name for equation in sums for name in equation.cells if name in cells]
    for name in names:
        cells[name] = cells[name]._replace(value=None, state=State.AMBIGUOUS, readings=(), evidence=None)
    return Note(code="HEADER-ORDER", message=message, cells=tuple(names))


def _totals(equation: Equation, cells: dict[str, Value]) -> set[int]:
    """Which terms of a row are the sum of all others: -1 stands for the one that should be; nothing of zeros."""
    numbers = [as_term(cells.get(name)) for name in equation.cells]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or not any(known):
        return set()
    total = sum(known)
    last = len(known) - 1
    return {-1 if index == last else index for index, number in enumerate(known) if 2 * number == total}
