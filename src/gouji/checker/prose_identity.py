"""A report that speaks of another year or body than its own: often an older or a neighbour's text used again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from gouji.checker.prose_claims import Claim
from gouji.checker.prose_readings import write_message
from gouji.model.finding import Finding, Message, Severity
from gouji.model.report import Report, Section
from gouji.model.source import NOWHERE, Where
from gouji.text.compact import PARAGRAPH, Compact, compact
from gouji.text.fold import fold

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_OWN_YEAR = frozenset({1, 2, 3, 4})
"""Sections that speak of the report's year; the fifth and sixth look ahead."""


@cache
def _patterns() -> Mapping[str, Any]:
    return tomllib.loads((files("gouji.checker") / "prose_bodies.toml").read_text(encoding="utf-8"))


@cache
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(_patterns()[name])


def check_identity(report: Report, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Find where title, period and prose name another year or body.

    Args:
        report: With its metadata and sections.
        claims: Those of its prose.
    """
    told: set[tuple[int, int]] = set()
    if report.year is not None:
        yield from _check_title(report, report.year)
        yield from _check_claims(report, claims, told)
    own = _own_name(report.agency)
    for section in report.sections:
        if section.number in _OWN_YEAR:
            text = compact(section.text)
            if report.year is not None and section.number == 1:
                yield from _check_openings(section, text, (report.year, told))
            if own is not None:
                yield from _check_bodies(section, text, own)


def _check_title(report: Report, year: int) -> Iterator[Finding]:
    named = {int(found) for found in _YEAR.findall(fold(report.title or ""))}
    if len(named) == 1 and year not in named:
        yield _finding("PROSE-YEAR", write_message("title_year", year=year, text=report.title), NOWHERE)
    period = report.meta.period
    if period is not None and str(year) not in {period[0][:4], period[1][:4]}:
        text = " – ".join(period)
        yield _finding("PROSE-YEAR", write_message("period_year", year=year, text=text), NOWHERE)


def _check_claims(report: Report, claims: Sequence[Claim], told: set[tuple[int, int]]) -> Iterator[Finding]:
    """A figure for last year only, where this year's is nowhere given and nothing is compared."""
    given = {claim.quantity for claim in claims if claim.certain}
    for claim in claims:
        if claim.certain or claim.quantity in given or claim.section not in _OWN_YEAR or report.year is None:
            continue
        section = report.sections[claim.nth]
        start, sentence = _sentence(section.text, claim.start)
        plain = fold(sentence)
        only = {int(found) for found in _YEAR.findall(plain)} == {report.year - 1}
        if only and not _compiled("compares").search(plain) and (section.number, start) not in told:
            told.add((section.number, start))
            yield _other_year(report.year, section, (start, sentence))


def _other_year(year: int, section: Section, piece: tuple[int, str]) -> Finding:
    start, text = piece
    message = write_message("year", year=year, section=section.number, text=_cut(text))
    return _finding("PROSE-YEAR", message, place_in(section, start))


def _sentence(text: str, at: int) -> tuple[int, str]:
    """The sentence around a place, and where it begins."""
    begin = max(text.rfind(stop, 0, at) for stop in ("\u3002", "\n")) + 1
    ends = [end for stop in ("\u3002", "\n") if (end := text.find(stop, at)) >= 0]
    return begin, text[begin : min(ends, default=len(text))].strip()


def _check_openings(section: Section, text: Compact, known: tuple[int, set[tuple[int, int]]]) -> Iterator[Finding]:
    """A paragraph that opens with last year and the body itself, and never comes to this year."""
    year, told = known
    begin = 0
    for paragraph in text.text.split(PARAGRAPH):
        match = _compiled("opening").match(paragraph)
        if match is not None and int(match["year"]) == year - 1 and str(year) not in paragraph:
            start, sentence = _sentence(section.text, text.source(begin + match.start("year")))
            if not _compiled("compares").search(fold(sentence)) and (section.number, start) not in told:
                yield _other_year(year, section, (start, sentence))
        begin += len(paragraph) + 1


def _own_name(agency: str | None) -> re.Match[str] | None:
    return _compiled("name").match(fold(agency)) if agency else None


def _check_bodies(section: Section, text: Compact, own: re.Match[str]) -> Iterator[Finding]:
    """Another place's body of the same level and kind where the report's own should be named."""
    told: set[str] = set()
    for match in _subject(own["level"], own["kind"]).finditer(text.text):
        body = match["body"]
        other = _compiled("name").match(body)
        if other is None or other["place"] == own["place"] or other["place"] in own.string or body in told:
            continue
        if own["place"] in body or _compiled("function").search(other["place"]):
            continue
        told.add(body)
        message = write_message("body", agency=own.string, section=section.number, text=body)
        yield _finding("PROSE-BODY", message, place_in(section, text.source(match.start("body"))))


@cache
def _subject(level: str, kind: str) -> re.Pattern[str]:
    bare = _patterns()["bare"]
    optional = kind in bare and level in _patterns()["bare_levels"]
    kinds = f"(?:{'|'.join(bare)})" if optional else re.escape(kind)
    return re.compile(_patterns()["subject"].format(level=level, kind=kinds))


def _finding(rule: str, message: Message, where: Where) -> Finding:
    return Finding(rule=rule, severity=Severity.REVIEW, message=message, where=where)


def _cut(sentence: str, *, most: int = 40) -> str:
    return sentence if len(sentence) <= most else sentence[: most - 1] + "\u2026"


def place_in(section: Section, start: int) -> Where:
    """The line and character of a piece, when the places of the lines are known; else the section's."""
    before = section.text[:start]
    line = before.count("\n")
    if line >= len(section.places):
        return section.where
    place = section.places[line]
    if place.column is None:
        return place
    return Where(line=place.line, column=place.column + start - before.rfind("\n") - 1)
