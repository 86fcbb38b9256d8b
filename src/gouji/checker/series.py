"""Report against report: one year against the next, a parent against its children."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gouji.checker.bodies import match_bodies
from gouji.checker.children import check_children
from gouji.checker.messages import show
from gouji.checker.tables import place_of, tables_of
from gouji.forms.spec import Form, TableSpec
from gouji.model.finding import Finding, Message, Number, Severity
from gouji.model.report import ABSENT, Report, State
from gouji.model.series import SeriesFinding

_ZERO_LIKE = (State.BLANK, State.NOT_APPLICABLE)
_DIGITS_TO_REPEAT = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A sum over two years: ``before`` cells of year t-1 and ``plus`` less ``minus`` of year t make ``result`` of t."""

    code: str
    severity: Severity
    table: str
    before: tuple[str, ...]
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    result: str
    zh: str
    en: str


_APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org", "total")
_ROLLS = (
    *(
        Roll(
            code="SERIES-CARRIED",
            severity=Severity.ERROR,
            table="requests",
            before=(f"requests.carried_over.{key}",),
            result=f"requests.carried_in.{key}",
            zh="上年的“四、结转下年度继续办理”应等于本年的“二、上年结转”",
            en="what last year carried over is what this year carried in",
        )
        for key in _APPLICANTS
    ),
    *(
        Roll(
            code="SERIES-IN-FORCE",
            severity=Severity.REVIEW,
            table="disclosure",
            before=(f"disclosure.{key}.in_force",),
            plus=(f"disclosure.{key}.issued",),
            minus=(f"disclosure.{key}.repealed",),
            result=f"disclosure.{key}.in_force",
            zh="上年现行有效件数加本年制发、减本年废止，应等于本年现行有效件数",
            en="in force last year, and issued less repealed this year, make in force this year",
        )
        for key in ("regulations", "normative_documents")
    ),
    *(
        Roll(
            code="SERIES-ITEMS",
            severity=Severity.REVIEW,
            table="disclosure",
            before=(f"disclosure.{key}.items_last_year", f"disclosure.{key}.change"),
            result=f"disclosure.{key}.items_last_year",
            zh="上年的“上一年项目数量”加“本年增/减”，应等于本年的“上一年项目数量”",
            en="last year's items and their change make the number this year gives for last year",
        )
        for key in ("licensing", "other_external_management", "penalties", "compulsory_measures", "fees")
    ),
)


def check_series(
    reports: Iterable[Report],
    *,
    parents: Mapping[str, Sequence[str]] | None = None,
    forms: Sequence[Form] | None = None,
) -> tuple[SeriesFinding, ...]:
    """Find what does not fit between the reports of one body, year by year.

    Args:
        reports: Of any bodies and years, in any order; those without agency or year are left out.
        parents: Body to its subordinate bodies, when their tables should add up to its own.
        forms: To choose from by the edition of each table.

    Returns:
        By body, then year.
    """
    known = [report for report in reports if report.agency and report.year is not None]
    bodies = _group(known)
    found: list[SeriesFinding] = []
    for body, years in bodies.items():
        for year, same in sorted(years.items()):
            found += _check_twice(body, year, same)
            if year - 1 in years:
                found += _check_pair(body, years[year - 1][0], same[0], forms=forms)
    if parents:
        found += check_children({b: {y: r[0] for y, r in ys.items()} for b, ys in bodies.items()}, parents, forms=forms)
    return tuple(found)


def _group(reports: Sequence[Report]) -> dict[str, dict[int, list[Report]]]:
    """Body to year to reports, in order of name and path."""
    years: dict[str, list[int]] = {}
    for report in reports:
        years.setdefault(report.agency or "", []).append(report.year or 0)
    bodies = match_bodies(years)
    groups: dict[str, dict[int, list[Report]]] = {}
    for report in sorted(reports, key=lambda item: (bodies[item.agency or ""], item.source.path)):
        groups.setdefault(bodies[report.agency or ""], {}).setdefault(report.year or 0, []).append(report)
    return groups


def _check_twice(body: str, year: int, same: Sequence[Report]) -> Iterator[SeriesFinding]:
    """Two reports of one body and year that do not give the same numbers."""
    for other in same[1:]:
        first, second = same[0].values(), other.values()
        differ = tuple(key for key in first if key in second and first[key] != second[key])
        if differ:
            message = Message(
                zh=f"{body} {year} 年有两份报告，{len(differ)} 格数字不同；跨年核对用的是第一份",
                en=f"two reports of {body} for {year} differ in {len(differ)} cells; the first is the one compared",
            )
            finding = Finding(rule="SERIES-TWICE", severity=Severity.REVIEW, cells=differ, message=message)
            yield _series(body, (same[0], other), finding)


def _check_pair(body: str, earlier: Report, later: Report, *, forms: Sequence[Form] | None) -> Iterator[SeriesFinding]:
    before = {table.key: table for table in tables_of(earlier, forms=forms)}
    after = {table.key: table for table in tables_of(later, forms=forms)}
    for roll in _ROLLS:
        if roll.table in before and roll.table in after:
            finding = _check_roll(roll, earlier, later, (before[roll.table], after[roll.table]))
            if finding is not None:
                yield _series(body, (earlier, later), finding)
    for key, table in after.items():
        if key in before and _repeats(table, earlier, later):
            yield _series(body, (earlier, later), _repeated(table))


def _series(body: str, reports: tuple[Report, Report], finding: Finding) -> SeriesFinding:
    names = dict.fromkeys(report.agency or "" for report in reports)
    return SeriesFinding(
        body=body,
        year=reports[1].year or 0,
        sources=tuple(report.source.path for report in reports),
        matched=tuple(names) if len(names) > 1 else (),
        finding=finding,
    )


def _check_roll(  # noqa: PLR0917 - both years, and the table of each
    roll: Roll, earlier: Report, later: Report, tables: tuple[TableSpec, TableSpec]
) -> Finding | None:
    current = (*roll.plus, *roll.minus, roll.result)
    if not (set(roll.before) <= set(tables[0].slots) and set(current) <= set(tables[1].slots)):
        return None
    then = [_number(earlier, key) for key in roll.before]
    now = {key: _number(later, key) for key in current}
    if None in then or None in now.values():
        return None
    left: Number = sum(number for number in then if number is not None)
    left += sum(now[key] or 0 for key in roll.plus) - sum(now[key] or 0 for key in roll.minus)
    right = now[roll.result] or 0
    if left == right:
        return None
    slot = tables[1].slots[roll.result]
    return Finding(
        rule=roll.code,
        severity=roll.severity,
        cells=tuple(dict.fromkeys((*roll.before, *current))),
        left=left,
        right=right,
        difference=left - right,
        message=Message(
            zh=f"“{slot.label}”：按上年推算为 {show(left)}，本年为 {show(right)}。{roll.zh}",
            en=f"{slot.row.en} / {slot.column.en}: {show(left)} from last year, {show(right)} this year; {roll.en}",
        ),
        where=place_of(later.cells, (roll.result,)),
    )


def _number(report: Report, key: str) -> Number | None:
    """The number of a cell; a blank or struck-out one counts as 0 here, an absent or doubtful one as unknown."""
    cell = report.cells.get(key, ABSENT)
    return 0 if cell.state in _ZERO_LIKE else cell.value


def _repeats(table: TableSpec, earlier: Report, later: Report) -> bool:
    """Whether the table is last year's, cell by cell, and has enough digits for that to be no accident."""
    digits = 0
    for key in table.slots:
        one, other = earlier.cells.get(key, ABSENT).value, later.cells.get(key, ABSENT).value
        if one != other:
            return False
        digits += len(show(one).strip("0-.")) if one else 0
    return digits >= _DIGITS_TO_REPEAT * (2 if table.key == "requests" else 1)


def _repeated(table: TableSpec) -> Finding:
    return Finding(
        rule="SERIES-REPEATED",
        severity=Severity.WARNING,
        cells=tuple(table.slots),
        message=Message(
            zh=f"《{table.title}》与上年逐格相同，疑为照抄上年",
            en=f"the table '{table.en}' is last year's, cell by cell",
        ),
    )
