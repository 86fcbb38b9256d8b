"""Which cell is wrong? Ranked explanations of the sums of one table, and whether there is only one.

The algorithm, its reasons and what it reaches: docs/explanation/locating.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from gouji.checker.code import Code, Syndrome
from gouji.checker.hypotheses import Evidence, Hypothesis, Judge
from gouji.checker.search import Search
from gouji.checker.shifts import LAYOUT_KINDS, MOVE_KINDS
from gouji.checker.solver import solve
from gouji.checker.weights import Weights, load_weights
from gouji.forms.spec import TableSpec
from gouji.model.finding import Number
from gouji.model.report import ABSENT, State, Value

_ZERO_LIKE = (State.BLANK, State.NOT_APPLICABLE)


class Answer(StrEnum):
    """How far an explanation can be relied on."""

    CONSISTENT = "consistent"
    """All sums hold: nothing to explain."""
    LOCATED = "located"
    """There is only one explanation."""
    CANDIDATES = "candidates"
    """There are several; the best comes first."""
    UNLOCATABLE = "unlocatable"
    """None was found within the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One cell of an explanation: what stands there, what should, and by which slip.

    ``together`` are the other cells of the same slip.
    """

    cell: str
    old: Number | None
    new: Number
    kind: str
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One way to put all sums of a table right."""

    changes: tuple[Change, ...]
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """What can be said of where a table is wrong.

    Attributes:
        answer: See :class:`Answer`.
        explanations: Cheapest first, the first few of many.
        total: How many there are.
        common: Cells that are in every one of them.
        implied: Cells without a value, and the value that follows for them if all else is right.
    """

    answer: Answer
    explanations: tuple[Explanation, ...] = ()
    total: int = 0
    common: tuple[str, ...] = ()
    implied: Mapping[str, Number] = field(default_factory=dict)


def locate(
    table: TableSpec,
    cells: Mapping[str, Value],
    *,
    profile: str = "extraction",
    geometry: bool = False,
    solver: bool = False,
) -> Location:
    """Find the cells that explain why the sums of a table do not hold.

    Args:
        table: The table of the form.
        cells: Canonical id to value. Blank and struck-out cells are first read as 0; absent, ambiguous and unreadable
            ones stay unknown.
        profile: ``"extraction"`` or ``"draft"``.
        geometry: Whether cells' positions are known, so that a blank cannot have been dropped.
        solver: Whether to look for three and more wrong cells with scipy, if it is there. Never a sure answer.
    """
    code = code_of(table)
    read = [cells.get(key, ABSENT) for key in code.cells]
    scale = max((_places(value.value) for value in read), default=0)
    numbers = [_number(value, scale) for value in read]
    unknown = [number for number, value in enumerate(numbers) if value is None and code.columns[number]]
    implied = code.imply(numbers) if unknown else {}
    values = [value or 0 for value in numbers]
    reduced = code.eliminate(unknown) if unknown else code
    syndrome = reduced.syndrome(values)
    weights = load_weights(profile)
    if syndrome:
        evidence = Evidence(values=values, factors=_factors(read, code, weights), geometry=geometry)
        judge = Judge(reduced, evidence, weights)
        answer, ranked = _locate(judge, syndrome, solver=solver)
        whole = len(unknown) <= weights.limit["unknown"] and _is_seen_whole(ranked[:1], code, unknown)
        if answer is Answer.LOCATED and not whole:
            answer = Answer.CANDIDATES
        return _name(answer, ranked, judge=judge, read=read, scale=scale)
    possible = {code.cells[cell]: _unscale(value, scale) for cell, value in implied.items() if value >= 0}
    return Location(answer=Answer.CONSISTENT, implied=possible)


def _locate(judge: Judge, syndrome: Syndrome, *, solver: bool) -> tuple[Answer, list[Hypothesis]]:
    search = Search(judge, syndrome)
    search.run_small()
    ranked = search.ranked()
    if not ranked or not _is_simple(ranked[0], judge):
        search.run_mixed()
        ranked = search.ranked()
    if ranked:
        return _answer(ranked, judge), ranked
    for changes in solve(judge, syndrome) if solver else ():
        search.add(changes)
    return (Answer.CANDIDATES if search.found else Answer.UNLOCATABLE), search.ranked()


def _is_simple(best: Hypothesis, judge: Judge) -> bool:
    """Whether one slip explains all so cheaply that no two could do as well."""
    return len(best.changes) == 1 or (len(best.parts) == 1 and best.cost <= judge.weights.limit["simple"])


def _answer(ranked: Sequence[Hypothesis], judge: Judge) -> Answer:
    """Located only when it is the only explanation; the reasons are in docs/explanation/locating.md."""
    limit = judge.weights.limit
    best, others = ranked[0], ranked[1:]
    size = len(best.changes)
    ahead = not others or others[0].cost - best.cost >= limit["gap"]
    small = [other for other in others if len(other.changes) <= 2]
    if size == 1:
        sure = ahead and not small and best.cost <= limit["single"]
    elif size == 2 and not small and best.cost <= limit["pair"]:
        sure = ahead
    else:
        sure = ahead and _is_sure_kind(best, small, judge)
    return Answer.LOCATED if sure else Answer.CANDIDATES


def _is_seen_whole(best: Sequence[Hypothesis], code: Code, unknown: Sequence[int]) -> bool:
    """Whether unknown cells leave the evidence whole: one cell is changed, and all its own sums are known."""
    if not unknown:
        return True
    lost = {equation for cell in unknown for equation, _ in code.columns[cell]}
    changed = [cell for hypothesis in best for cell in hypothesis.changes]
    return len(changed) == 1 and not any(equation in lost for equation, _ in code.columns[changed[0]])


def _is_sure_kind(best: Hypothesis, small: Sequence[Hypothesis], judge: Judge) -> bool:
    """Whether one slip over several cells stands out; an author's slip, which may be of any size, must not."""
    limit = judge.weights.limit
    if len(best.parts) != 1 or best.cost > limit["kind"] or best.parts[0].kind not in LAYOUT_KINDS + MOVE_KINDS:
        return False
    if judge.weights.profile == "draft":
        return not small
    return all(other.cost >= limit["rival"] for other in small)


def _name(answer: Answer, ranked: Sequence[Hypothesis], *, judge: Judge, read: Sequence[Value], scale: int) -> Location:
    """From indices and scaled integers back to ids and numbers."""
    names = judge.code.cells

    def explain(hypothesis: Hypothesis) -> Explanation:
        changes = [
            Change(
                cell=names[cell],
                old=read[cell].value,
                new=_unscale(judge.evidence.values[cell] - delta, scale),
                kind=part.kind,
                together=tuple(names[other] for other, _ in part.changes if other != cell),
            )
            for part in hypothesis.parts
            for cell, delta in part.changes
        ]
        return Explanation(changes=tuple(changes), cost=hypothesis.cost)

    common = set.intersection(*(set(hypothesis.changes) for hypothesis in ranked)) if ranked else set()
    listed = ranked[: int(judge.weights.limit["listed"])]
    return Location(
        answer=answer,
        explanations=tuple(explain(hypothesis) for hypothesis in listed),
        total=len(ranked),
        common=tuple(names[cell] for cell in sorted(common)),
    )


def _places(value: Number | None) -> int:
    """Digits after the decimal point."""
    if not isinstance(value, Decimal):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _number(value: Value, scale: int) -> int | None:
    if value.value is not None:
        return int(value.value * 10**scale)
    return 0 if value.state in _ZERO_LIKE else None


def _unscale(value: int, scale: int) -> Number:
    return Decimal(value).scaleb(-scale) if scale else value


def _factors(read: Sequence[Value], code: Code, weights: Weights) -> dict[int, float]:
    """Cells that are likelier to be wrong than others, for reasons that have nothing to do with the sums."""
    found = {}
    edges = _page_edges(read, code)
    for cell, value in enumerate(read):
        factor = weights.cell["seam"] if code.place[cell][0] in edges else 1.0
        if value.state in _ZERO_LIKE:
            factor *= weights.cell["blank"]
        elif value.state is State.INFERRED:
            factor *= weights.cell["inferred"]
        if value.confidence is not None and value.confidence < 0.7:
            factor *= weights.cell["ocr"]
        if factor != 1.0:
            found[cell] = factor
    return found


def _page_edges(read: Sequence[Value], code: Code) -> set[int]:
    """Rows next to a page break."""
    pages: dict[int, set[int]] = {}
    for cell, value in enumerate(read):
        if value.where is not None and value.where.page is not None:
            pages.setdefault(code.place[cell][0], set()).add(value.where.page)
    rows = sorted(pages)
    edges = {row for pair in pairwise(rows) if pages[pair[0]] != pages[pair[1]] for row in pair}
    return edges | {row for row in rows if len(pages[row]) > 1}


_CODES: dict[int, tuple[TableSpec, Code]] = {}


def code_of(table: TableSpec) -> Code:
    """The code of a table, made once; hashing a whole table would take longer."""
    known = _CODES.get(id(table))
    if known is None or known[0] is not table:
        if len(_CODES) >= 64:
            _CODES.clear()
        known = _CODES[id(table)] = (table, Code.of(table))
    return known[1]
