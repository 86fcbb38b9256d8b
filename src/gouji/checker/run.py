"""Every rule of the form over one report, to findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec

from gouji.checker.messages import describe_broken, describe_negative, describe_unjudged
from gouji.checker.rules import BROKEN, Judgement, Verdict, find_negatives, judge_sums
from gouji.forms.load import editions
from gouji.forms.spec import Form, TableSpec
from gouji.model.finding import Finding, Severity
from gouji.model.report import ABSENT, Report, Value
from gouji.model.source import NOWHERE

_UNJUDGED = (Verdict.HOLDS_AS_ZERO, Verdict.UNKNOWN)


def check(report: Report, *, forms: Sequence[Form] | None = None, profile: str = "extraction") -> tuple[Finding, ...]:
    """Find what does not add up in one report.

    Args:
        report: As read; its own findings are not looked at.
        forms: Those to choose from by the edition of each table; the built-in ones if not given.
        profile: ``"extraction"`` (our reading is the suspect) or ``"draft"`` (the author is).

    Returns:
        Findings in the order of the form, those of the prose last.
    """
    found = [
        finding
        for table in tables_of(report, forms=forms)
        for finding in check_table(table, report.cells, profile=profile)
    ]
    return (*found, *_check_prose(report))


def tables_of(report: Report, *, forms: Sequence[Form] | None = None) -> Iterator[TableSpec]:
    """The tables the report has, each of the edition its labels say."""
    known = {form.edition: form for form in forms} if forms is not None else editions()
    for key, edition in report.editions.items():
        form = known.get(edition) if edition is not None else None
        if form is not None:
            yield from (table for table in form.tables if table.key == key)


def check_table(table: TableSpec, cells: Mapping[str, Value], *, profile: str) -> list[Finding]:  # noqa: ARG001
    """Find what does not add up in one table."""
    judgements = judge_sums(table, cells)
    broken = [_broken(table, judgement, cells) for judgement in judgements if judgement.verdict in BROKEN]
    return [*broken, *_unjudged(table, judgements, cells), *_negatives(table, cells)]


def _broken(table: TableSpec, judgement: Judgement, cells: Mapping[str, Value]) -> Finding:
    balance = judgement.balance
    doubtful = judgement.verdict is Verdict.DOUBTFUL
    return Finding(
        rule=judgement.equation.rule.code,
        severity=Severity.WARNING if doubtful else judgement.equation.rule.severity,
        cells=judgement.equation.cells,
        left=balance.left,
        right=balance.right,
        difference=balance.difference,
        missing=balance.missing,
        message=describe_broken(table, judgement),
        where=cells.get(judgement.equation.cells[-1], ABSENT).where or NOWHERE,
    )


def _unjudged(table: TableSpec, judgements: Iterable[Judgement], cells: Mapping[str, Value]) -> Iterator[Finding]:
    """One finding a rule and cause, not one a sum."""
    groups: dict[tuple[str, Verdict], list[Judgement]] = {}
    for judgement in judgements:
        if judgement.verdict in _UNJUDGED:
            groups.setdefault((judgement.equation.rule.code, judgement.verdict), []).append(judgement)
    for (code, _), group in groups.items():
        missing = tuple(dict.fromkeys(key for judgement in group for key in judgement.balance.missing))
        yield Finding(
            rule=code,
            severity=Severity.INFO,
            missing=missing,
            message=describe_unjudged(table, group, missing),
            where=cells.get(missing[0], ABSENT).where or NOWHERE,
        )


def _negatives(table: TableSpec, cells: Mapping[str, Value]) -> Iterator[Finding]:
    values = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    for rule in table.rules:
        for slot in find_negatives(table, rule, values):
            yield Finding(
                rule=rule.code,
                severity=rule.severity,
                cells=(slot.id,),
                left=values[slot.id],
                message=describe_negative(slot, values[slot.id]),
                where=cells[slot.id].where or NOWHERE,
            )


def _check_prose(report: Report) -> tuple[Finding, ...]:
    if find_spec("gouji.checker.prose") is None:
        return ()
    found: tuple[Finding, ...] = import_module("gouji.checker.prose").check_prose(report)
    return found
