"""What is missing from a report, or could not be read: everything that makes it ``partial``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gouji.forms import Block, Form, TableSpec
from gouji.model.finding import Message, Note
from gouji.model.report import State, Value

_UNREAD = frozenset({"PAGE-DAMAGED", "PDF-DAMAGED", "OCR-NEEDED", "TEXT-GARBLED"})
_ABSENT = State.ABSENT
_GAP = 3
"""So many rows in a row that are not there are no row that a body leaves out because it has nothing to report."""


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """Why a report is not whole: ``code`` of the note that says so (empty if one is there already), and the reason."""

    code: str
    message: Message


def find_shortfalls(
    specs: Mapping[str, TableSpec],
    *,
    own: Mapping[str, TableSpec],
    cells: Mapping[str, Value],
    sections: Sequence[int],
    notes: Sequence[Note],
    numbers_left: bool = False,
) -> list[Shortfall]:
    """Find everything that makes a report ``partial``.

    Args:
        specs: The tables of the report's edition.
        own: The tables that were found, each of its own edition.
        cells: All cells, absent ones included.
        sections: Numbers of the sections that were found.
        notes: Doubts so far.
        numbers_left: Whether numbers of the tables belong to no cell.
    """
    states = [cell.state for cell in cells.values()]
    return [
        *_missing(specs, own),
        *(_holes(own, cells=cells, sections=sections) if _ABSENT in states else ()),
        *_doubts(own, cells, states, numbers_left=numbers_left),
        *_known(notes),
    ]


def _missing(specs: Mapping[str, TableSpec], own: Mapping[str, TableSpec]) -> Iterator[Shortfall]:
    missing = [spec for key, spec in specs.items() if key not in own]
    if missing:
        zh = "没有找到表：" + "、".join(spec.title for spec in missing)
        yield _shortfall("TABLE-MISSING", zh, "not found: " + ", ".join(spec.key for spec in missing))


def find_older(forms: Sequence[Form], year: int | None) -> list[Shortfall]:
    """Of a report without a table: that its year had another form than any we know."""
    first = min(form.first_year for form in forms)
    if year is None or year >= first:
        return []
    zh = f"{year}年度的报告用的是更早的表式，已知的表式自{first}年度起"
    return [_shortfall("FORM-UNKNOWN", zh, f"reports on {year} have an older form; those known begin with {first}")]


def _holes(own: Mapping[str, TableSpec], *, cells: Mapping[str, Value], sections: Sequence[int]) -> Iterator[Shortfall]:
    last = list(own.values())[-1:]
    absent = {key for key, cell in cells.items() if cell.state is _ABSENT}
    for spec in own.values():
        if absent.isdisjoint(spec.slots):
            continue
        ends = spec in last and all(section <= spec.section for section in sections)
        cut = count_cut([cells[key].state for key in spec.slots]) if ends else 0
        if cut:
            zh = f"“{spec.title}”表在中途截断，缺{cut}格"
            yield _shortfall("TABLE-CUT", zh, f"{spec.key} ends early: its last {cut} cells are not there")
            continue
        rows, columns = count_gaps(spec, cells)
        if rows or columns:
            zh = "、".join(f"{count}{unit}" for count, unit in ((rows, "行"), (columns, "列")) if count)
            en = " and ".join(f"{count} {unit}" for count, unit in ((rows, "rows"), (columns, "columns")) if count)
            yield _shortfall("TABLE-GAP", f"“{spec.title}”表中缺{zh}", f"{spec.key} lacks {en}")


def _doubts(
    own: Mapping[str, TableSpec], cells: Mapping[str, Value], states: Sequence[State], *, numbers_left: bool
) -> Iterator[Shortfall]:
    ambiguous, unreadable = states.count(State.AMBIGUOUS), states.count(State.UNREADABLE)
    if own and not (ambiguous or unreadable or numbers_left) and all(cell.value is None for cell in cells.values()):
        yield _shortfall("BLANK-FORM", "表格中没有任何数字（空白表）", "a blank form: no number in any table")
    if ambiguous:
        yield _shortfall("", f"{ambiguous}格有多种读法", f"{ambiguous} cells can be read in several ways")
    if unreadable:
        yield _shortfall("", f"{unreadable}格不是数字", f"{unreadable} cells are no number")


def _known(notes: Sequence[Note]) -> Iterator[Shortfall]:
    """What the notes of earlier stages say already."""
    codes = {note.code for note in notes}
    if "TEXT-REST" in codes:
        yield _shortfall("", "文本过长，只读了一部分", "the text is too long: only a part of it was read")
    if codes & _UNREAD:
        yield _shortfall("", "文件中有未能完整读取的页", "pages of this document could not be read whole")
    if "TWO-REPORTS" in codes:
        yield _shortfall("", "文件中有不止一份报告", "there is more than one report in this document")


def count_cut(states: Sequence[State]) -> int:
    """How many cells are absent at the very end of a table.

    >>> count_cut([State.ABSENT, State.REPORTED, State.ABSENT, State.ABSENT])
    2
    """
    return next((back for back, state in enumerate(reversed(states)) if state is not State.ABSENT), len(states))


def count_gaps(spec: TableSpec, cells: Mapping[str, Value]) -> tuple[int, int]:
    """Rows that are absent together, and columns that are absent from a block that is there.

    A row or two that are not there are the body's own doing; more in a row, or a column, are lost.
    """
    rows = [_is_row_there(spec, block, row.key, cells=cells) for block in spec.blocks for row in block.rows]
    runs = ((there, sum(1 for _ in run)) for there, run in groupby(rows))
    lost = sum(length for there, length in runs if not there and length >= _GAP)
    columns = sum(
        all(cells[f"{spec.key}.{row.key}.{column.key}"].state is State.ABSENT for row in block.rows)
        for block in spec.blocks
        if len(block.rows) > 1 and any(_is_row_there(spec, block, row.key, cells=cells) for row in block.rows)
        for column in block.columns
    )
    return lost, columns


def _is_row_there(spec: TableSpec, block: Block, row: str, *, cells: Mapping[str, Value]) -> bool:
    return any(cells[f"{spec.key}.{row}.{column.key}"].state is not State.ABSENT for column in block.columns)


def _shortfall(code: str, zh: str, en: str) -> Shortfall:
    return Shortfall(code=code, message=Message(zh=zh, en=en))
