"""Every rule of the form over one report, to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from gouji.checker.locate import Answer, Location, locate
from gouji.checker.messages import describe_broken, describe_negative, describe_unjudged, describe_untotalled
from gouji.checker.plausible import find_implausible
from gouji.checker.prose import check_prose
from gouji.checker.rules import BROKEN, Judgement, Verdict, find_negatives, judge_sums, numbers_of
from gouji.checker.suspects import find_implied, find_suspects
from gouji.checker.tables import place_of, tables_of
from gouji.forms.spec import Form, TableSpec
from gouji.model.finding import Finding, Number, Severity, Suspect
from gouji.model.report import Report, Value
from gouji.model.source import NOWHERE

Search = Callable[[TableSpec, Mapping[str, Value]], Location]

_DOUBTFUL, _UNTOTALLED = Verdict.DOUBTFUL, Verdict.UNTOTALLED
_UNJUDGED = (Verdict.HOLDS_AS_ZERO, Verdict.UNKNOWN)
_WRONG = (*BROKEN, Verdict.UNKNOWN)
"""What makes it worth while to look for wrong cells."""
_CONSISTENT = Location(answer=Answer.CONSISTENT)
_TEXT_TYPES = ("text/plain", "text/markdown", "text/tab-separated-values")


def check(
    report: Report, *, forms: Sequence[Form] | None = None, profile: str = "extraction", solver: bool = False
) -> tuple[Finding, ...]:
    """Find what does not add up in one report.

    Args:
        report: As read; its own findings are not looked at.
        forms: Those to choose from by the edition of each table; the built-in ones if not given.
        profile: ``"extraction"`` (our reading is the suspect) or ``"draft"`` (the author is, who is also told what is
            merely unlikely).
        solver: Whether to look for three and more wrong cells with scipy, if it is installed.

    Returns:
        Findings in the order of the form, those of the prose last.
    """
    search = partial(locate, profile=profile, geometry=knows_positions(report), solver=solver)
    doubtful = Severity.ERROR if profile == "draft" else Severity.WARNING
    cells = dict(report.cells)  # answers twice as fast as the read-only view
    found: list[Finding] = []
    for table in tables_of(report, forms=forms):
        found += check_table(table, cells, search=search, doubtful=doubtful)
    if profile == "draft":
        found += [finding for table in tables_of(report, forms=forms) for finding in find_implausible(table, cells)]
    return (*found, *check_prose(report))


def knows_positions(report: Report) -> bool:
    """Whether the source has positions, so that no blank cell can have been dropped on the way."""
    return report.source.media_type not in _TEXT_TYPES


def check_table(table: TableSpec, cells: Mapping[str, Value], *, search: Search, doubtful: Severity) -> list[Finding]:
    """Find what does not add up in one table.

    Args:
        table: The table of the form.
        cells: Canonical id to value.
        search: :func:`gouji.checker.locate.locate`, with its options set.
        doubtful: Severity where a number seems to be wanting: an author forgot it, or our reading may have lost it.
    """
    values = numbers_of(table, cells)
    judgements = judge_sums(table, cells, values=values)
    verdicts = {judgement.verdict for judgement in judgements}
    location = _CONSISTENT if verdicts.isdisjoint(_WRONG) else search(table, cells)
    found: list[Finding] = []
    if not verdicts.isdisjoint(BROKEN):
        for judgement in judgements:
            if judgement.verdict in BROKEN:
                finding = _broken(table, judgement, cells=cells, location=location)
                found.append(replace(finding, severity=doubtful) if judgement.verdict is _DOUBTFUL else finding)
    if _UNTOTALLED in verdicts:
        found += _untotalled(table, judgements, cells=cells, severity=doubtful)
    if not verdicts.isdisjoint(_UNJUDGED):
        found += _unjudged(table, judgements, cells=cells, location=location)
    found += _negatives(table, cells, values)
    return found


def _broken(table: TableSpec, judgement: Judgement, *, cells: Mapping[str, Value], location: Location) -> Finding:
    balance = judgement.balance
    suspects = find_suspects(location, judgement.equation.cells)
    return Finding(
        rule=judgement.equation.rule.code,
        severity=judgement.equation.rule.severity,
        cells=judgement.equation.cells,
        left=balance.left,
        right=balance.right,
        difference=balance.difference,
        missing=balance.missing,
        suspects=suspects,
        message=describe_broken(table, judgement, suspects),
        where=place_of(cells, (*(suspect.cell for suspect in suspects[:1]), judgement.equation.cells[-1])),
    )


def _untotalled(
    table: TableSpec, judgements: Iterable[Judgement], *, cells: Mapping[str, Value], severity: Severity
) -> Iterator[Finding]:
    """One finding for a column of totals that was left out, with what should stand there."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.verdict is Verdict.UNTOTALLED:
            groups.setdefault(judgement.equation.rule.code, []).append(judgement)
    for code, group in groups.items():
        totals = tuple(judgement.equation.right[0] for judgement in group)
        yield Finding(
            rule=code,
            severity=severity,
            cells=totals,
            missing=totals,
            suspects=tuple(
                Suspect(cell=total, value=None, suggested=judgement.balance.left, cause="implied")
                for total, judgement in zip(totals, group, strict=True)
            ),
            message=describe_untotalled(table, group),
            where=place_of(cells, totals),
        )


def _unjudged(
    table: TableSpec, judgements: Iterable[Judgement], *, cells: Mapping[str, Value], location: Location
) -> Iterator[Finding]:
    """One finding a rule and cause, not one a sum."""
    groups: dict[tuple[str, Verdict], list[Judgement]] = {}
    for judgement in judgements:
        balance, verdict = judgement
        if verdict in _UNJUDGED:
            groups.setdefault((balance.equation.rule.code, verdict), []).append(judgement)
    for (code, _), group in groups.items():
        missing = tuple(dict.fromkeys(chain.from_iterable([judgement.balance.missing for judgement in group])))
        yield Finding(
            rule=code,
            severity=Severity.INFO,
            missing=missing,
            suspects=find_implied(location, missing),
            message=describe_unjudged(table, group, missing),
            where=place_of(cells, missing),
        )


def _negatives(table: TableSpec, cells: Mapping[str, Value], values: Mapping[str, Number]) -> Iterator[Finding]:
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
