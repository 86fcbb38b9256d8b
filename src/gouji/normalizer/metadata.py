"""What a report says of itself - agency, year, period, dates, telephone - each by evidence; conflicts become notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.model.finding import Message, Note
from gouji.model.raw import MetaField
from gouji.model.report import Metadata
from gouji.text.agencies import is_agency, is_place, is_relative
from gouji.text.dates import find_periods
from gouji.text.fold import fold
from gouji.text.imprint import (
    Fact,
    count_years,
    find_bodies,
    find_contacts,
    find_published,
    find_signed,
    find_standing_date,
    read_date,
    read_fact,
    without_footer,
)
from gouji.text.markup import strip_markup
from gouji.text.phones import find_phone
from gouji.text.titles import Title, find_title

_HEAD = 6000
_BELOW_TITLE = 12
_TAIL = 3000


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The parts of a document in which it speaks of itself.

    Attributes:
        fields: What the container states.
        head: Lines before the first section.
        levels: For every line of ``head`` its heading level, if any.
        body: The prose of the sections.
        signer: The body that signs.
        signed: The date beside it, ISO.
        tail: The text from the last section on.
    """

    fields: Sequence[MetaField] = ()
    head: Sequence[str] = ()
    levels: Sequence[int | None] = ()
    body: str = ""
    signer: str | None = None
    signed: str | None = None
    tail: str = ""


def read_metadata(evidence: Evidence) -> tuple[Metadata, list[Note]]:
    """Read what a report says of itself.

    >>> evidence = Evidence(head=["甲市水利局2023年政府信息公开工作年度报告"], levels=[None], signed="2024-01-25")
    >>> meta, notes = read_metadata(evidence)
    >>> meta.agency, meta.year, meta.signed, notes
    ('甲市水利局', 2023, '2024-01-25', [])
    """
    head = fold("|".join(line for line in map(strip_markup, evidence.head) if line.strip())[-_HEAD:])
    tail = fold(evidence.tail[-_TAIL:])
    titles = [field.value for field in evidence.fields if read_fact(field.name) is Fact.TITLE]
    title = find_title(evidence.head, levels=evidence.levels, stated=titles)
    period = read_period(head, evidence.body)
    signed = evidence.signed or find_signed(head) or find_standing_date(evidence.head[-_BELOW_TITLE:])
    published = _published(evidence.fields, head=head, tail=tail)
    year, year_notes = choose_year(title=title, period=period, signed=signed, published=published, body=evidence.body)
    agency, agency_notes = choose_agency(evidence, title=title, head=head, tail=tail)
    meta = Metadata(
        agency=agency,
        title=title.text if title else None,
        year=year,
        period=period,
        signed=signed,
        published=published,
        phone=find_phone(head) or find_phone(without_footer(tail)) or find_phone(head.replace("|", "")),
    )
    return meta, year_notes + agency_notes


def read_period(head: str, body: str) -> tuple[str, str] | None:
    """The period reported on: stated before the first section, or at the start of it."""
    periods = find_periods(head) or find_periods(head.replace("|", "")) or find_periods(fold(body[:1500]))
    return periods[0] if periods else None


def choose_year(
    *,
    title: Title | None,
    period: tuple[str, str] | None,
    signed: str | None,
    published: str | None,
    body: str,
) -> tuple[int | None, list[Note]]:
    """The year most of the evidence says; what contradicts it becomes a note.

    A signature or publication dates from the year after, so it only supports what something else says, or decides
    when nothing else speaks.
    """
    said: list[tuple[str, int, int]] = []
    if title is not None and title.year is not None:
        said.append(("title", title.year, 3))
    if period is not None:
        said.append(("period", int(period[1][:4]), 3))
    weak: list[tuple[str, int, int]] = [
        (name, int(text[:4]) - 1, 2) for name, text in (("signed", signed), ("published", published)) if text
    ]
    agreed = len({year for _, year, _ in said}) == 1
    if not agreed and (prose := _prose_year(body)) is not None:
        weak.append(("prose", prose, 2))
    votes: Counter[int] = Counter()
    for _, year, weight in said:
        votes[year] += weight
    for _, year, weight in weak:
        if not said or year in votes:
            votes[year] += weight
    if not votes:
        return None, []
    best = max(votes, key=lambda year: (votes[year], year == (said or weak)[0][1]))
    against = [(name, year) for name, year, _ in said if year != best]
    return best, [_year_conflict(best, against)] if against else []


def choose_agency(evidence: Evidence, *, title: Title | None, head: str, tail: str) -> tuple[str | None, list[Note]]:
    """The body of the title; completed by, or else taken from, the signature, the info box, the contact sentence."""
    printed = title.agency if title else None
    signer = evidence.signer
    if printed is None:
        return next(iter(_other_agencies(evidence, head, tail)), None), []
    named = fold(printed)
    if is_relative(named) or not is_agency(named):
        others = _other_agencies(evidence, head, tail)
        whole = [name for name in others if fold(name) != named and fold(name).endswith(named)]
        whole += [name for name in others if not is_agency(named) and fold(name).startswith(named)]
        if whole:
            return whole[0], []
    if signer is not None and is_place(named) and fold(signer) == f"{named}人民政府":
        return signer, []
    if signer is not None and not _related(named, fold(signer)):
        return printed, [_agency_conflict(printed, signer)]
    return printed, []


def _other_agencies(evidence: Evidence, head: str, tail: str) -> list[str]:
    """The bodies that sign, that the container or the info box states, and that the contact sentence names."""
    contacts = find_contacts(head.replace("|", "") + tail)
    names = (evidence.signer, *_stated_agencies(evidence.fields, head), *contacts)
    return [name for name in names if name]


def _related(left: str, right: str) -> bool:
    """Whether two names may be of one body: one in the other, or an office of it."""
    return left in right or right in left or left[:4] == right[:4] or left[-4:] == right[-4:]


def _stated_agencies(fields: Iterable[MetaField], head: str) -> list[str]:
    stated = (fold(field.value) for field in fields if read_fact(field.name) is Fact.AGENCY)
    return [*(name for name in stated if is_agency(name)), *find_bodies(head)]


def _published(fields: Iterable[MetaField], *, head: str, tail: str) -> str | None:
    stated = (read_date(fold(field.value)) for field in fields if read_fact(field.name) is Fact.PUBLISHED)
    return next((found for found in stated if found), None) or find_published(head) or find_published(tail)


def _prose_year(body: str) -> int | None:
    """The year most often named at the start of the prose; ``None`` when two are even."""
    counts = Counter(count_years(body[:4000]))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _year_conflict(year: int, against: Sequence[tuple[str, int]]) -> Note:
    zh = {"title": "标题", "period": "统计期限"}
    message = Message(
        zh=f"年度取{year}；但" + "、".join(f"{zh[name]}说的是{other}年" for name, other in against),
        en=f"the year is taken to be {year}, but the "
        + " and the ".join(f"{name} says {year}" for name, year in against),
    )
    return Note(code="YEAR-CONFLICT", message=message)


def _agency_conflict(named: str, signer: str) -> Note:
    message = Message(
        zh=f"标题中的机关是“{named}”，落款是“{signer}”", en=f"the title names {named}, the signature {signer}"
    )
    return Note(code="AGENCY-CONFLICT", message=message)
