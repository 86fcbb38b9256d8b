"""Where every cell of a report came from and why it reads as it does, for doubtful users and for developers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.forms import Form, Slot
from gouji.model.report import ABSENT, Report, State, Value
from gouji.model.source import NOWHERE, Where
from gouji.renderers.terminal import show


def explain_report(report: Report, *, forms: Sequence[Form]) -> str:
    """Every cell with its label, what stands there, where, and what it became; then sections, notes, leftovers."""
    return "\n".join(_lines(report, forms))


def _lines(report: Report, forms: Sequence[Form]) -> Iterator[str]:
    yield f"{report.source.path}: {report.status.value}" + (f" ({report.reason})" if report.reason else "")
    known = {form.edition: form for form in forms}
    for table, edition in report.editions.items():
        form = known.get(edition or "")
        yield f"\n{table}: " + (f"edition {edition}, {form.table(table).title}" if form else "not found")
        if form is not None:
            for slot in form.table(table).slots.values():
                yield _cell(slot, report.cells.get(slot.id, ABSENT))
    yield "\nsections:"
    for section in report.sections:
        yield f"  {section.number}  {section.heading}  {say_where(section.where)}  {len(section.text)} characters"
    yield "\nnotes:"
    for note in report.notes:
        yield f"  {note.code}  {say_where(note.where)}  {note.message.zh} / {note.message.en}"
    yield "\nleftovers:"
    for leftover in report.leftovers:
        yield f"  {leftover.raw!r}  {say_where(leftover.where)}"


def _cell(slot: Slot, cell: Value) -> str:
    if cell.state is State.ABSENT:
        return f"  {slot.id}: absent"
    why = f", by {cell.evidence}" if cell.evidence else ""
    place = say_where(cell.where or NOWHERE)
    return f"  {slot.id}: {cell.raw!r} at {place} -> {show(cell) or '(none)'} ({cell.state.value}{why})  {slot.label}"


def say_where(where: Where) -> str:
    """A place in a few words.

    >>> say_where(Where(line=3, column=7)), say_where(Where(page=2, table=1, row=4)), say_where(NOWHERE)
    ('line 3, column 7', 'page 2, table 1, row 4', 'nowhere')
    """
    known = where.to_dict()
    known.pop("bbox", None)
    if "table" in known:
        known.pop("xpath", None)
    return ", ".join(f"{name} {known[name]}" for name in _ORDER if name in known) or "nowhere"


_ORDER = ("page", "line", "paragraph", "table", "row", "column", "xpath")
