"""Read the statutory tables from a stream of cell tokens by aligning it with the form's own order.

The form is the grammar and the text a noisy emission of it: tokens are cut (``cells``), their labels chained in the
form's order (``chain``), rows and their possible placements listed (``rows``, ``placing``), and what the
layout leaves open is decided by the form's sums (``resolve``) or left open and said so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.forms.spec import Form
from gouji.model.finding import Message, Note
from gouji.model.raw import Lines
from gouji.model.report import Leftover, State, Value
from gouji.normalizer.across import read_across
from gouji.normalizer.aligned import restore_blanks
from gouji.normalizer.cells import CellKind, CellToken, read_cells
from gouji.normalizer.chain import Found, Stream, find_chains, read_labels
from gouji.normalizer.labels import How
from gouji.normalizer.placing import place
from gouji.normalizer.reading import TableReading
from gouji.normalizer.resolve import Decided, decide, read_token, readings_of
from gouji.normalizer.rows import StreamRow, decide_edition, read_habit, read_rows
from gouji.normalizer.vocabulary import Part, Vocabulary

_VOCABULARIES: dict[tuple[int, ...], Vocabulary] = {}


def vocabulary_of(forms: Sequence[Form]) -> Vocabulary:
    """The vocabulary of some forms, made once."""
    key = tuple(map(id, forms))
    found = _VOCABULARIES.get(key)
    if found is None or list(found.forms.values()) != list(forms):
        found = _VOCABULARIES[key] = Vocabulary(forms)
    return found


def read_stream(lines: Lines, forms: Sequence[Form]) -> list[TableReading]:
    """Read every statutory table from lines of text.

    Args:
        lines: See :func:`gouji.model.raw.read_lines`.
        forms: Editions to try, oldest first.

    Returns:
        A reading for each occurrence of a table, in the order of the form, the best occurrence first.
    """
    vocabulary = vocabulary_of(forms)
    tokens = read_cells(lines.texts, is_label=vocabulary.is_label)
    stream = read_labels(restore_blanks(tokens, lines.texts), vocabulary)
    readings: list[TableReading] = []
    default = forms[-1].edition
    for key, words in vocabulary.tables.items():
        most = 0
        for chain in find_chains(stream, key, vocabulary):
            read = _read_across if words.across else _read_rows
            reading = read(stream, chain, vocabulary=vocabulary, default=default, lines=lines)
            if reading is None or 3 * len(reading.cells) < most:
                continue
            most = most or len(reading.cells)
            readings.append(reading)
            default = reading.edition
    return readings


def _read_across(
    stream: Stream, chain: Sequence[Found], *, vocabulary: Vocabulary, default: str, lines: Lines
) -> TableReading | None:
    found = read_across(stream, chain, vocabulary=vocabulary, default=default)
    if found is None:
        return None
    edition, rows, decided, unused = found
    rows = [replace(row, extra=tuple(unused)) if index == 0 else row for index, row in enumerate(rows)]
    return assemble(stream, rows, decided, table=chain[0].item.table, edition=edition, chain=chain, lines=lines)


def _read_rows(
    stream: Stream, chain: Sequence[Found], *, vocabulary: Vocabulary, default: str, lines: Lines
) -> TableReading | None:
    edition = decide_edition(stream, chain, vocabulary=vocabulary, default=default)
    rows = read_rows(stream, chain, vocabulary=vocabulary, edition=edition)
    with_cells = sum(1 for row in rows if row.cells)
    if not rows or not (2 * with_cells >= len(rows) or len(rows) >= _LEAST_ROWS):
        return None
    habit = read_habit(rows, stream, merged=False)
    placements = [place(row.cells, len(row.columns), habit) for row in rows]
    spec = vocabulary.forms[edition].table(chain[0].item.table)
    decided = decide(rows, placements, spec)
    return assemble(stream, rows, decided, table=spec.key, edition=edition, chain=chain, lines=lines)


_LEAST_ROWS = 3


def assemble(
    stream: Stream,
    rows: Sequence[StreamRow],
    decided: Sequence[Decided],
    *,
    table: str,
    edition: str,
    chain: Sequence[Found],
    lines: Lines,
) -> TableReading:
    """Rows and what was decided of them, as one table's reading."""
    cells: dict[str, Value] = {}
    leftovers: list[Leftover] = []
    for row, item in zip(rows, decided, strict=True):
        held = _fill(cells, row, item=item, table=table, lines=lines)
        spare = [
            token for token in row.cells if token.kind is CellKind.NUMBER and (token.line, token.column) not in held
        ]
        leftovers.extend(
            Leftover(raw=token.text, where=lines.where(token.line, token.column)) for token in (*spare, *row.extra)
        )
    tokens = [token for row in rows for token in (*row.cells, *row.extra)]
    first_line = _first_line(stream, chain[0].start)
    last_line = max([token.line for token in tokens] or [first_line])
    return TableReading(
        table=table,
        edition=edition,
        cells=cells,
        labels=len(chain),
        notes=tuple(_label_notes(chain, lines)),
        leftovers=tuple(leftovers),
        lines=(first_line, last_line + 1),
    )


def _first_line(stream: Stream, start: int) -> int:
    """The line on which a table's header begins: labels and blanks right before its first row."""
    while start > 0 and (stream.tokens[start - 1].kind is not CellKind.TEXT or stream.matches[start - 1] is not None):
        start -= 1
    while stream.tokens[start].kind is not CellKind.TEXT:
        start += 1
    return stream.tokens[start].line


def _fill(cells: dict[str, Value], row: StreamRow, *, item: Decided, table: str, lines: Lines) -> set[tuple[int, int]]:
    """Write a row's cells; returns the places of the tokens that they took."""
    held: set[tuple[int, int]] = set()
    for index, column in enumerate(row.columns):
        key = f"{table}.{row.key}.{column.key}"
        tokens = {option[index] for option in item.options}
        held.update((token.line, token.column) for token in tokens if token is not None)
        if len(tokens) == 1:
            cells[key] = _value(next(iter(tokens)), row, index=index, item=item, lines=lines)
            continue
        numbers, blank = readings_of(item.options, index, kind=column.kind, unit=row.unit)
        known = [token for token in tokens if token is not None]
        token = min(known, key=lambda token: (token.line, token.column), default=None)  # a set has no order of its own
        where = lines.where(token.line, token.column) if token else None
        if len(numbers) == 1 and not blank:
            cells[key] = Value(
                value=numbers[0],
                state=State.INFERRED,
                raw=token.text if token else "",
                where=where,
                evidence="all-readings",
            )
        else:
            cells[key] = Value(value=None, state=State.AMBIGUOUS, raw="", where=where, readings=tuple(numbers))
    return held


def _value(token: CellToken | None, row: StreamRow, *, index: int, item: Decided, lines: Lines) -> Value:
    column = row.columns[index]
    reading = read_token(token, column.kind, row.unit)
    if token is None:
        return Value(value=None, state=State.BLANK)
    where = lines.where(token.line, token.column)
    state = reading.state
    evidence = None
    if state is State.REPORTED and (item.evidence or len(item.options) > 1):
        state = State.INFERRED
        evidence = item.evidence or "all-readings"
    return Value(value=reading.value, state=state, raw=token.text, where=where, evidence=evidence)


def _label_notes(chain: Sequence[Found], lines: Lines) -> list[Note]:
    del lines
    return [
        Note(
            code="LABEL-CLOSE",
            message=Message(
                zh=f"标签按近似写法识别为 {found.item.key}", en=f"label read by close spelling as {found.item.key}"
            ),
        )
        for found in chain
        if found.how is How.CLOSE and found.item.part is Part.ROW
    ]
