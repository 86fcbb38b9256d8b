"""Put tables, sections and metadata together into a report, and say how much of the form it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gouji.forms import Form, TableSpec
from gouji.model.finding import Message, Note
from gouji.model.raw import RawDocument
from gouji.model.report import ABSENT, Metadata, Report, Section, State, Status, Value
from gouji.normalizer.merge import merge_readings
from gouji.normalizer.reading import TableReading

_ENOUGH = 3
"""What makes a report without a table: a heading counts one, a title and a period two each."""


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """Why a report is not whole: ``code`` of the note that says so, and the reason in both languages."""

    code: str
    message: Message


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
    edition = main_edition(tables, forms=forms, year=meta.year)
    cells = fill_cells(tables, forms=forms, edition=edition)
    specs = {table.key: table for form in forms if form.edition == edition for table in form.tables}
    reasons = list(find_shortfalls(tables, specs=specs, cells=cells, sections=numbers, notes=kept))
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
    votes = Counter(table.edition for table in tables.values())
    most = max(votes.values(), default=0)
    best = [form for form in forms if votes[form.edition] == most]
    if year is not None:
        meant = [form for form in best if form.first_year <= year <= (form.last_year or year)]
        best = meant or best
    return best[-1].edition


def fill_cells(tables: Mapping[str, TableReading], *, forms: Sequence[Form], edition: str) -> dict[str, Value]:
    """Every id of each table's own edition in the order of the form; what the page does not have is absent."""
    by_edition = {form.edition: form for form in forms}
    cells: dict[str, Value] = {}
    for spec in by_edition[edition].tables:
        reading = tables.get(spec.key)
        if reading is None:
            cells.update(dict.fromkeys(spec.slots, ABSENT))
            continue
        own = by_edition[reading.edition].table(spec.key) if reading.edition != edition else spec
        found = reading.cells
        for key in own.slots:
            cells[key] = found.get(key, ABSENT)
    return cells


def find_shortfalls(
    tables: Mapping[str, TableReading],
    *,
    specs: Mapping[str, TableSpec],
    cells: Mapping[str, Value],
    sections: Sequence[int],
    notes: Sequence[Note],
) -> Iterable[Shortfall]:
    """Everything that makes a report ``partial``."""
    states = Counter(cell.state for cell in cells.values())
    missing = [spec for key, spec in specs.items() if key not in tables]
    if missing:
        names = "、".join(spec.title for spec in missing)
        yield _shortfall("TABLE-MISSING", f"没有找到表：{names}", "not found: " + _listed(spec.key for spec in missing))
    last = next((spec for key, spec in reversed(list(specs.items())) if key in tables), None)
    if last is not None and all(section <= last.section for section in sections):
        cut = count_cut([value.state for key, value in cells.items() if key.startswith(f"{last.key}.")])
        if cut:
            zh, en = (
                f"“{last.title}”表在中途截断，缺{cut}格",
                f"{last.key} ends early: its last {cut} cells are not there",
            )
            yield _shortfall("TABLE-CUT", zh, en)
    if tables and not any(cell.value is not None for cell in cells.values()) and not _doubtful(states):
        yield _shortfall("BLANK-FORM", "表格中没有任何数字（空白表）", "a blank form: no number in any table")
    if states[State.AMBIGUOUS]:
        count = states[State.AMBIGUOUS]
        yield _shortfall("", f"{count}格有多种读法", f"{count} cells can be read in several ways")
    if states[State.UNREADABLE]:
        count = states[State.UNREADABLE]
        yield _shortfall("", f"{count}格不是数字", f"{count} cells are no number")
    if any(note.code == "TEXT-REST" for note in notes):
        yield _shortfall("", "文本过长，只读了一部分", "the text is too long: only a part of it was read")
    if any(note.code in _UNREAD for note in notes):
        yield _shortfall("", "文件中有未能完整读取的页", "pages of this document could not be read whole")
    if any(note.code == "TWO-REPORTS" for note in notes):
        yield _shortfall("", "文件中有不止一份报告", "there is more than one report in this document")


_UNREAD = frozenset({"PAGE-DAMAGED", "PDF-DAMAGED", "OCR-NEEDED"})


def count_cut(states: Sequence[State]) -> int:
    """How many cells are absent at the very end of a table.

    >>> count_cut([State.ABSENT, State.REPORTED, State.ABSENT, State.ABSENT])
    2
    """
    return next((back for back, state in enumerate(reversed(states)) if state is not State.ABSENT), len(states))


def _doubtful(states: Counter[State]) -> int:
    return states[State.AMBIGUOUS] + states[State.UNREADABLE]


def _shortfall(code: str, zh: str, en: str) -> Shortfall:
    return Shortfall(code=code, message=Message(zh=zh, en=en))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
