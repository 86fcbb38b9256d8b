"""Put tables, sections and metadata together into a report, and say how much of the form it covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gouji.forms import Form
from gouji.model.finding import Message, Note
from gouji.model.raw import RawDocument
from gouji.model.report import ABSENT, Metadata, Report, Section, Status, Value
from gouji.normalizer.merge import merge_readings
from gouji.normalizer.reading import TableReading
from gouji.normalizer.shortfalls import find_older, find_shortfalls

_MOST_LINKS = 3
_ENOUGH = 3
"""What makes a report without a table: a heading counts one, a title and a period two each."""


def assemble(
    document: RawDocument,
    *,
    readings: Sequence[TableReading],
    forms: Sequence[Form],
    meta: Metadata,
    sections: Sequence[Section],
    notes: Iterable[Note] = (),
    second: Sequence[TableReading] = (),
) -> Report:
    """Make the report of one document.

    Args:
        document: What the reader saw; its notes are kept.
        readings: Tables as read, in any order, also several of one table.
        forms: Editions in question, oldest first.
        meta: What the report says about itself.
        sections: Those found.
        notes: Doubts of the earlier stages.
        second: Tables of a second report in the same document: none of them is used.
    """
    merged = merge_readings(readings, order=[table.key for form in forms for table in form.tables], second=second)
    tables = merged.tables
    kept = (*document.notes, *notes, *(note for table in tables.values() for note in table.notes), *merged.notes)
    if not tables and document.links:
        kept = (*kept, _linked(document.links))
    rest = (*(left for table in tables.values() for left in table.leftovers), *merged.leftovers)
    numbers = [section.number for section in sections]
    if not tables and len(set(numbers)) + 2 * bool(meta.title) + 2 * bool(meta.period) < _ENOUGH:
        return Report(
            source=document.source,
            status=Status.NOT_A_REPORT,
            reason="no table of the form was found, and too little else of it",
            meta=meta,
            notes=kept,
            leftovers=rest,
            sections=tuple(sections),
        )
    by_edition = {form.edition: form for form in forms}
    edition = main_edition(tables, forms=forms, year=meta.year)
    cells, whole = fill_cells(tables, forms=forms, edition=edition)
    if not whole:
        from gouji.normalizer.unread import find_unread

        known = {left.where for left in rest}
        rest = (*rest, *(left for left in find_unread(document, readings, forms) if left.where not in known))
    specs = {table.key: table for form in forms if form.edition == edition for table in form.tables}
    own = {key: by_edition[tables[key].edition].table(key) for key in tables}
    reasons = find_shortfalls(specs, own=own, cells=cells, sections=numbers, notes=kept, numbers_left=bool(rest))
    reasons += find_older(forms, meta.year) if not tables else []
    return Report(
        source=document.source,
        status=Status.PARTIAL if reasons else Status.OK,
        reason="; ".join(reason.message.en for reason in reasons) or None,
        edition=edition if tables else None,
        editions={key: tables[key].edition if key in tables else None for key in specs},
        meta=meta,
        cells=cells,
        sections=tuple(sections),
        notes=(*kept, *(Note(code=reason.code, message=reason.message) for reason in reasons if reason.code)),
        leftovers=rest,
    )


def main_edition(tables: Mapping[str, TableReading], *, forms: Sequence[Form], year: int | None) -> str:
    """The edition of most tables; among equals the one meant for the year, else the newest."""
    votes = [table.edition for table in tables.values()]
    most = max(map(votes.count, votes), default=0)
    best = [form for form in forms if votes.count(form.edition) == most]
    if year is not None:
        meant = [form for form in best if form.first_year <= year <= (form.last_year or year)]
        best = meant or best
    return best[-1].edition


def fill_cells(
    tables: Mapping[str, TableReading], *, forms: Sequence[Form], edition: str
) -> tuple[dict[str, Value], bool]:
    """Every id of each table's own edition in the order of the form, and whether the page has all of them.

    What it does not have is absent.
    """
    by_edition = {form.edition: form for form in forms}
    cells: dict[str, Value] = {}
    whole = True
    for spec in by_edition[edition].tables:
        reading = tables.get(spec.key)
        if reading is None:
            cells.update(dict.fromkeys(spec.slots, ABSENT))
            whole = False
            continue
        own = by_edition[reading.edition].table(spec.key) if reading.edition != edition else spec
        found = reading.cells
        for key in own.slots:
            cells[key] = cell = found.get(key, ABSENT)
            if cell is ABSENT:
                whole = False
    return cells, whole


def _linked(links: Sequence[str]) -> Note:
    """The tables may stand in a document that the page offers."""
    shown = ", ".join(links[:_MOST_LINKS])
    message = Message(
        zh=f"页面提供附件，表格可能在其中：{shown}", en=f"the tables may be in what the page offers: {shown}"
    )
    return Note(code="LINKED-DOCUMENT", message=message)
