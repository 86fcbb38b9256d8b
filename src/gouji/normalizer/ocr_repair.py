"""What the sums say of figures read by OCR.

One misread digit is inferred, with its evidence; a doubtful figure that nothing confirms is ambiguous. A figure the
recogniser was sure of is left alone: the sum it breaks may be the author's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.forms.spec import Equation, Form
from gouji.model.finding import Message, Note, Number
from gouji.model.report import State, Value
from gouji.model.source import NOWHERE
from gouji.normalizer.reading import TableReading

EVIDENCE = "ocr+sums"
SURE = 0.97
"""A figure read with at least this confidence is never replaced."""
DOUBTFUL = 0.9
"""A figure read with less, and confirmed by no sum, is ambiguous."""
CONFLICTING = 0.93
"""The same for a figure whose every sum is broken."""
_NO_INK = 0.5
"""A blank with less confidence is ink in which no character was recognised."""
_ROUNDS = 12
_NOTHING = (State.BLANK, State.NOT_APPLICABLE)


def repair_tables(readings: Iterable[TableReading], forms: Sequence[Form]) -> list[TableReading]:
    """Repair every table that was read by OCR; the others are returned as they are."""
    equations = {(form.edition, table.key): table.equations for form in forms for table in form.tables}
    return [repair(reading, equations.get((reading.edition, reading.table), ())) for reading in readings]


def repair(reading: TableReading, equations: Sequence[Equation]) -> TableReading:
    """Let the sums of a table read by OCR decide what the recogniser was not sure of.

    A cell is ``inferred`` (evidence ``"ocr+sums"``) only if all of its sums - two at least - are broken by the same
    amount, no other cell would mend them as well, what mends them differs from what was read by one digit, and the
    recogniser was not sure. Doubtful cells that no sum confirms become ``ambiguous``, with what was read.
    """
    if not any(value.confidence is not None for value in reading.cells.values()):
        return reading
    cells = dict(reading.cells)
    notes: list[Note] = []
    for _ in range(_ROUNDS):
        mended = _mend_one(cells, equations)
        if mended is None:
            break
        key, value = mended
        notes.append(_note(key, cells[key], value))
        cells[key] = value
    for key, value in _doubtful(cells, equations):
        cells[key] = value
        notes.append(_doubt_note(key, value))
    return replace(reading, cells=cells, notes=(*reading.notes, *notes)) if notes else reading


@dataclass(frozen=True, slots=True)
class _Sum:
    """An equation on what was read: left minus right, and its terms without a number."""

    equation: Equation
    difference: Number
    missing: tuple[str, ...]


def _sums(cells: Mapping[str, Value], equations: Sequence[Equation]) -> list[_Sum]:
    """Every equation whose terms the page has, a blank counting as nothing."""
    found = []
    for equation in equations:
        difference: Number = 0
        missing = []
        for cell in equation.cells:
            value = cells.get(cell)
            number = None if value is None else _number(value)
            if number is None:
                missing.append(cell)
            elif cell in equation.left:
                difference += number
            else:
                difference -= number
        found.append(_Sum(equation, difference, tuple(missing)))
    return found


def _number(value: Value) -> Number | None:
    if value.value is not None:
        return value.value
    return 0 if value.state in _NOTHING else None


def _mend_one(cells: Mapping[str, Value], equations: Sequence[Equation]) -> tuple[str, Value] | None:
    """The first cell that alone explains all of its broken sums, with the value that mends them."""
    sums = _sums(cells, equations)
    candidates = {
        key: wanted
        for key, value in cells.items()
        if value.confidence is not None and (wanted := _wanted(key, value, sums)) is not None
    }
    for key, wanted in candidates.items():
        broken = [sum_ for sum_ in sums if key in sum_.equation.cells]
        rivals = [
            other for other in candidates if other != key and all(other in sum_.equation.cells for sum_ in broken)
        ]
        if not rivals:
            old = cells[key]
            return key, old._replace(value=wanted, state=State.INFERRED, evidence=EVIDENCE, readings=())
    return None


def _wanted(key: str, value: Value, sums: Sequence[_Sum]) -> Number | None:
    """The one number that would mend every sum of a cell, if a misread digit can have made it what it is."""
    mine = [sum_ for sum_ in sums if key in sum_.equation.cells]
    if len(mine) < 2 or any(set(sum_.missing) - {key} for sum_ in mine):
        return None
    now = _number(value)
    if now is not None and (
        value.confidence is None or value.confidence >= SURE or not all(s.difference for s in mine)
    ):
        return None
    changes = {-sum_.difference if key in sum_.equation.left else sum_.difference for sum_ in mine}
    if len(changes) != 1:
        return None
    wanted = (now or 0) + changes.pop()
    return wanted if wanted >= 0 and _is_misread(value.raw, wanted) else None


def _is_misread(raw: str, wanted: Number) -> bool:
    """Whether one slip of the recogniser - a digit taken for another, lost or invented - makes one of the other.

    >>> _is_misread("1234", 1284), _is_misread("12 34", 1234), _is_misread("12", 57), _is_misread("", 8)
    (True, True, False, True)
    """
    read = "".join(raw.split()).replace(",", "").replace("，", "")
    want = format(wanted, "f") if isinstance(wanted, Decimal) else str(wanted)
    return _distance(read, want) <= 1 and want != raw


def _distance(one: str, other: str) -> int:
    """Edits from one short text to another: 0, 1, or 2 for any more."""
    if one == other:
        return 0
    if len(one) == len(other):
        return min(sum(a != b for a, b in zip(one, other, strict=True)), 2)
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return 2
    return 1 if any(long[:at] + long[at + 1 :] == short for at in range(len(long))) else 2


def _doubtful(cells: Mapping[str, Value], equations: Sequence[Equation]) -> list[tuple[str, Value]]:
    """The figures that were read with little confidence, and that no sum confirms."""
    sums = _sums(cells, equations)
    judged = [sum_ for sum_ in sums if not sum_.missing]
    confirmed = {cell for sum_ in judged if not sum_.difference for cell in sum_.equation.cells}
    denied = {cell for sum_ in judged if sum_.difference for cell in sum_.equation.cells}
    found = []
    for key, value in cells.items():
        if value.confidence is None or key in confirmed:
            continue
        if value.state is State.BLANK and value.confidence < _NO_INK:
            found.append((key, value._replace(state=State.UNREADABLE)))
        if value.value is None or value.state is not State.REPORTED:
            continue
        if value.confidence < (CONFLICTING if key in denied else DOUBTFUL):
            found.append((key, value._replace(value=None, state=State.AMBIGUOUS, readings=(value.value,))))
    return found


def _note(key: str, old: Value, new: Value) -> Note:
    read = old.raw or "∅"
    return Note(
        code="OCR-REPAIRED",
        cells=(key,),
        where=old.where or new.where or NOWHERE,
        message=Message(
            zh=f"文字识别为 {read}，按勾稽关系推断为 {new.value}",
            en=f"OCR read {read}; the sums of its row and column say {new.value}",
        ),
    )


def _doubt_note(key: str, value: Value) -> Note:
    read = value.raw or "∅"
    return Note(
        code="OCR-DOUBTFUL",
        cells=(key,),
        where=value.where or NOWHERE,
        message=Message(
            zh=f"文字识别为 {read}，置信度低（{value.confidence or 0:.2f}），且无勾稽关系可以印证",
            en=f"OCR read {read} with low confidence ({value.confidence or 0:.2f}), and no sum confirms it",
        ),
    )
