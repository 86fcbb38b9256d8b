"""Tell how a text was read: every token of its tables, what it was taken for, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.model.raw import Lines
from gouji.model.report import Value
from gouji.normalizer.cells import GLUED, RESTORED, SEEN, CellKind, CellToken
from gouji.normalizer.chain import Stream
from gouji.normalizer.reading import TableReading
from gouji.normalizer.vocabulary import Match

_BLANK = "\u2205"


def trace(stream: Stream, readings: Sequence[TableReading], lines: Lines) -> str:
    """A text for people: a head for each table, a line for each token in it, the cells and their evidence."""
    parts: list[str] = []
    for reading in readings:
        first, last = reading.lines or (0, 0)
        plain = "every row stands whole in its place and adds up" if reading.plain else f"{reading.labels} labels"
        parts.append(f"== {reading.table}, edition {reading.edition}: lines {first + 1} to {last}, {plain}")
        held = _cells_by_place(reading)
        parts.extend(_token_lines(stream, (first, last), lines=lines, held=held))
        parts.extend(f"   {note.code}: {note.message.en}" for note in reading.notes)
        parts.extend(f"   left over: {leftover.raw!r} at {leftover.where.to_dict()}" for leftover in reading.leftovers)
    return "\n".join(parts) if parts else "no statutory table was recognised"


def _cells_by_place(reading: TableReading) -> dict[tuple[int | None, int | None], tuple[str, Value]]:
    return {
        (value.where.line, value.where.column): (key, value)
        for key, value in reading.cells.items()
        if value.where is not None
    }


def _token_lines(
    stream: Stream,
    span: tuple[int, int],
    *,
    lines: Lines,
    held: dict[tuple[int | None, int | None], tuple[str, Value]],
) -> Iterator[str]:
    for index, token in enumerate(stream.tokens):
        if not span[0] <= token.line < span[1]:
            continue
        where = lines.where(token.line, token.column)
        place = f"{where.line}:{where.column}"
        meaning = _meaning(token, stream.matches[index], held.get((where.line, where.column)))
        joined = "".join(
            f"; with the next {end - index - 1}: {_labels(match)}" for end, match in stream.joined.get(index, ())
        )
        yield f"   {place:>8}  {token.text or _BLANK:<24}  {meaning}{joined}"


def _meaning(token: CellToken, match: Match | None, cell: tuple[str, Value] | None) -> str:
    if match is not None:
        return f"label ({match.how.name.lower()}): {_labels(match)}"
    if cell is not None and token.kind is not CellKind.TEXT:
        key, value = cell
        readings = f", readings {', '.join(map(str, value.readings))}" if value.readings else ""
        why = f" by {value.evidence}" if value.evidence else ""
        shown = "" if value.value is None else f" = {value.value}"
        return f"-> {key}{shown} [{value.state.value}{why}{readings}]"
    if token.kind is CellKind.BLANK:
        if token.gap == SEEN:
            return "blank, seen under the label of its column"
        return "blank, put back by the columns around it" if token.gap == RESTORED else "blank or pad"
    if token.gap == GLUED:
        return "cut out of a run"
    return "text" if token.kind is CellKind.TEXT else "number, in no cell"


def _labels(match: Match) -> str:
    return ", ".join(dict.fromkeys(f"{item.table} {item.part.name.lower()} {item.key}" for item in match.items))
