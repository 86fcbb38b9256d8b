"""The prose of a report against its own tables: what the sections say of quantities that the tables print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gouji.checker.prose_claims import Claim
from gouji.checker.prose_grammar import read_sentence
from gouji.checker.prose_identity import check_identity, place_in
from gouji.checker.prose_lexicon import lexicon, tokens_of
from gouji.checker.prose_readings import Sum, contradicts, describe, write_message
from gouji.checker.prose_scope import Scope
from gouji.checker.prose_state import State
from gouji.model.finding import Finding, Message, Severity, number_to_json
from gouji.model.report import Report, Section
from gouji.text.compact import PARAGRAPH, compact

RULES = {"count": "PROSE-COUNT", "money": "PROSE-COUNT", "none": "PROSE-NONE", "share": "PROSE-SHARE"}
"""Kind of claim to code of the finding."""
_SHOWN = 3


def check_prose(report: Report) -> tuple[Finding, ...]:
    """Find what the prose says otherwise than the tables.

    A claim is compared with every reading of the tables that it may mean; there is a finding only when none fits, and
    only where the cells have values (a blank is no zero, but "none at all" is not contradicted by it).

    Args:
        report: With its sections and cells; nothing else of it is changed or needed.

    Returns:
        Findings of severity ``review``, in the order of the text.
    """
    claims = find_claims(report.sections, year=report.year, agency=report.agency)
    return (*_findings(report, claims), *check_identity(report, claims))


def find_claims(
    sections: Iterable[Section], *, year: int | None = None, agency: str | None = None
) -> tuple[Claim, ...]:
    """Find the claims about quantities of the report's tables.

    Args:
        sections: Of the report.
        year: The report's year; without it, sentences that name a year are not certain.
        agency: The report's body; decides whether 全市 is this body.

    Returns:
        In the order of the text; those about other years or bodies have ``certain=False``.
    """
    scope = Scope(agency)
    return tuple(
        claim for index, section in enumerate(sections) for claim in _claims_of(section, index, year=year, scope=scope)
    )


def _claims_of(section: Section, index: int, *, year: int | None, scope: Scope) -> Iterator[Claim]:
    closed = compact(section.text)
    begin = 0
    words = lexicon()
    for paragraph in closed.text.split(PARAGRAPH):
        if words.counts.search(paragraph) is None or words.trigger.search(paragraph) is None:
            begin += len(paragraph) + 1
            continue
        state = State(year=year, whose=scope, topic="request" if section.number == 3 else "")
        state.about = state.domain = section.number in {3, 4}
        for claim in _read_paragraph(paragraph, state):
            start, end = closed.source(begin + claim.start), closed.source(begin + claim.end - 1) + 1
            text = paragraph[claim.start : claim.end]
            yield claim._replace(section=section.number, nth=index, start=start, end=end, text=text)
        begin += len(paragraph) + 1


def _read_paragraph(paragraph: str, state: State) -> Iterator[Claim]:
    """Read the sentences that have a number and a word of the tables; of the others only the topic counts."""
    words = lexicon()
    evident = words.evidence.search(paragraph) is not None or words.elsewhere.search(paragraph) is None
    state.evidence = state.topic == "request" or evident
    state.about = state.about or words.about.search(paragraph) is not None
    for sentence in words.sentence.finditer(paragraph):
        text = sentence[0]
        if not words.trigger.search(text):
            continue
        tokens = list(tokens_of(paragraph, begin=sentence.start(), end=sentence.end()))
        if words.countable.search(text):
            yield from read_sentence(tokens, state, span=sentence.span())
        else:
            state.note(tokens)


def _findings(report: Report, claims: Iterable[Claim]) -> Iterator[Finding]:
    for claim in claims:
        readings = contradicts(claim, report.cells) if claim.certain else []
        if readings:
            yield _finding(claim, readings, report.sections[claim.nth])


def _finding(claim: Claim, readings: list[Sum], section: Section) -> Finding:
    known = [reading for reading in readings if reading.complete] or readings
    share = claim.kind == "share"
    return Finding(
        rule=RULES[claim.kind],
        severity=Severity.REVIEW,
        cells=tuple(dict.fromkeys(cell for reading in known[:1] for cell in reading.cells)),
        left=claim.value,
        right=None if share else known[0].value,
        difference=None if share else claim.value - known[0].value,
        message=_message(claim, known),
        where=place_in(section, claim.start),
    )


def _message(claim: Claim, known: list[Sum]) -> Message:
    values = list(dict.fromkeys(str(number_to_json(reading.value)) for reading in known))[:_SHOWN]
    kind = claim.kind if claim.kind in {"share", "money"} else "claim"
    return write_message(
        kind,
        section=claim.section,
        text=claim.text,
        name=(describe(claim.quantity, language="zh"), describe(claim.quantity, language="en")),
        claimed=number_to_json(claim.value),
        table=" / ".join(values),
    )
