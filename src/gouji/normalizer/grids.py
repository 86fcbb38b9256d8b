"""Read the statutory tables of a document whose cells have known positions: HTML, Word, ruled PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gouji.forms.spec import Form
from gouji.model.finding import Message, Note
from gouji.model.raw import RawDocument
from gouji.model.report import State
from gouji.normalizer.grids_across import read_across
from gouji.normalizer.grids_cells import read_cells
from gouji.normalizer.grids_crossed import read_crossed
from gouji.normalizer.grids_gaps import doubt_damaged, doubt_joined
from gouji.normalizer.grids_lines import Line, read_lines, read_segments
from gouji.normalizer.grids_plain import has_its_rows, read_plain
from gouji.normalizer.grids_rows import Reading, compare_records, read_records
from gouji.normalizer.grids_turn import runs_wrong, transpose
from gouji.normalizer.grids_vocab import Lexicon, Vocabulary, lexicon
from gouji.normalizer.reading import TableReading


def read_grids(document: RawDocument, forms: Sequence[Form]) -> list[TableReading]:
    """Read every statutory table that stands in the grids of a document.

    Args:
        document: From any reader that knows positions.
        forms: The editions that may occur, oldest first.

    Returns:
        The readings by table in the order of the form, then in that of the page: usually one a table; more when the
        page prints a table twice or holds two reports. The edition of each is decided by its own labels; where
        two explain them equally well, by the other tables of the page, else it is the newest.
    """
    words = lexicon(tuple(forms))
    lines: dict[str, list[Line]] = {}
    for segment in read_segments(document.blocks, words):
        lines.setdefault(segment.table, []).extend(segment.lines)
    rivals = [_read_editions(lines[key], numbers, words) for key, numbers in words.tables.items() if key in lines]
    broken = not all(line.sound for found in lines.values() for line in found)
    return _doubt_damaged(_agree([found for found in rivals if found]), words, broken=broken)


_DAMAGE = frozenset(("ROW-GAP", "TABLE-LEFTOVERS"))


def _doubt_damaged(readings: list[TableReading], words: Lexicon, *, broken: bool) -> list[TableReading]:
    """Where rows are gone and numbers are left over, rows that do not add up are no mistakes of the publisher.

    Where markup is ``broken`` besides, rows may have been joined, too; for the one line of a table whose rows stand
    side by side, numbers left over in it are enough.
    """
    damaged = {note.code for reading in readings for note in reading.notes} >= _DAMAGE
    if not damaged and not broken:
        return readings
    specs = {(vocab.spec.key, vocab.edition): vocab.spec for vocab in words.vocabularies}
    made: list[TableReading] = []
    for reading in readings:
        cells = dict(reading.cells)
        spec = specs[reading.table, reading.edition]
        notes = doubt_damaged(cells, spec) if damaged else []
        if broken and spec.layout == "across" and (damaged or reading.leftovers):
            notes += doubt_joined(cells, spec)
        made.append(replace(reading, cells=cells, notes=(*reading.notes, *notes)) if notes else reading)
    return made


def _read_editions(lines: Sequence[Line], numbers: Sequence[int], words: Lexicon) -> list[list[TableReading]]:
    """The readings by the edition whose labels fit best; by several when they fit equally well."""
    scores = _score(lines, numbers)
    best = max(scores.values())
    near = [number for number, score in scores.items() if score >= best - 1]
    made = _read_each(lines, [number for number in near if words.twin(number) not in near], words)
    for number in near:
        if number not in made and words.twin(number) in made:
            edition = words.vocabularies[number].edition
            made[number] = [replace(reading, edition=edition) for reading in made[words.twin(number)]]
    found = [made[number] for number in near if made.get(number)]
    if not _have_values(found) or _show_labels(found, words):
        otherwise = _read_otherwise(lines, scores, words)
        if not found or _have_values(otherwise):
            return otherwise
    if len(found) == 1:
        return found
    ranks = [sum(reading.labels for reading in readings) - _lost(readings) for readings in found]
    return [readings for readings, rank in zip(found, ranks, strict=True) if rank == max(ranks)]


def _read_each(lines: Sequence[Line], numbers: Sequence[int], words: Lexicon) -> dict[int, list[TableReading]]:
    """The readings by edition; where the rows of one are just those that are printed, none of those with other rows."""
    made: dict[int, list[TableReading]] = {}
    printed: list[str] | None = None
    for number in numbers:
        keys = words.vocabularies[number].row_keys
        if printed is not None and keys != printed:
            continue
        readings, exactly = _read_as(lines, number, words)
        if exactly and made and printed is None:
            made = {other: made[other] for other in made if words.vocabularies[other].row_keys == keys}
        made[number] = readings
        printed = keys if exactly else printed
    return made


def _have_values(rivals: Sequence[Sequence[TableReading]]) -> bool:
    return any(value.value is not None for readings in rivals for item in readings for value in item.cells.values())


def _show_labels(rivals: Sequence[Sequence[TableReading]], words: Lexicon) -> bool:
    """Whether a label of the form stands where a value should: the table has another shape."""
    values = [value for readings in rivals for item in readings if item.unreadable for value in item.cells.values()]
    unreadable = State.UNREADABLE  # a look through the class takes ten times as long
    return any(bool(words.hits[value.raw]) for value in values if value.state is unreadable)


def _read_otherwise(lines: Sequence[Line], scores: Mapping[int, int], words: Lexicon) -> list[list[TableReading]]:
    """The readings, value by value, of a table that is in no usual shape; of one edition, or none."""
    made = [read_crossed(lines, number, words.vocabularies[number]) for number in scores]
    found = [[item for item in readings if _is_convincing(item)] for readings in made]
    most = max((readings[0].labels for readings in found if readings), default=0)
    return [readings for readings in found if readings and readings[0].labels == most]


def _score(lines: Sequence[Line], numbers: Sequence[int]) -> dict[int, int]:
    """How many distinct labels of each edition stand in the lines."""
    labels: set[tuple[int, str, str]] = set().union(*{hits.labels for line in lines for _, hits in line.own})
    found = [number for number, _, _ in labels]
    return {number: found.count(number) for number in numbers}


def _lost(readings: Sequence[TableReading]) -> int:
    """Numbers that an edition has no cell for, or cannot place, speak against it."""
    return sum(
        len(reading.leftovers)
        + sum(value.state is State.AMBIGUOUS and bool(value.raw) for value in reading.cells.values())
        for reading in readings
    )


def _read_as(lines: Sequence[Line], number: int, words: Lexicon) -> tuple[list[TableReading], bool]:
    """Read lines as one table of one edition; and whether its rows are just those that are printed."""
    vocab = words.vocabularies[number]
    across = vocab.spec.layout == "across"
    if runs_wrong(lines, number, across=across):
        grids = dict.fromkeys((line.block, id(line.grid)) for line in lines)
        by_id = {id(line.grid): line.grid for line in lines}
        lines = [line for block, grid in grids for line in read_lines(transpose(by_id[grid]), block, words)]
    if across:
        readings, exactly = read_across(lines, number, vocab), False
    else:
        records = read_records(lines, number, vocab)
        exactly = has_its_rows(records, lines, vocab)
        plain = read_plain(records, lines, vocab) if exactly else None
        readings = [plain] if plain is not None else _read_closely(records, lines, vocab)
    return [reading for reading in readings if _is_convincing(reading)], exactly


def _read_closely(records: Reading, lines: Sequence[Line], vocab: Vocabulary) -> list[TableReading]:
    """Read a table whose printed rows are rows of the form, but not just as the form has them."""
    compare_records(records, vocab)
    return read_cells(records, lines, vocab)


_FEWEST_LABELS = 3


def _is_convincing(reading: TableReading) -> bool:
    """Whether enough of the form stands there: a few familiar words are no statutory table."""
    return reading.labels >= _FEWEST_LABELS


def _agree(rivals: Sequence[Sequence[list[TableReading]]]) -> list[TableReading]:
    """One edition a table; a tie follows the tables that are sure, else the newest edition.

    Rivals that do not even agree on the cells leave those cells ambiguous.
    """
    sure = [choices[0][0].edition for choices in rivals if len(choices) == 1]
    favourite = max(set(sure), key=lambda edition: (sure.count(edition), edition), default=None)
    chosen: list[TableReading] = []
    for choices in rivals:
        readings = next((item for item in choices if item[0].edition == favourite), choices[-1])
        others = [item for item in choices if item is not readings]
        if any(_cells(item) != _cells(readings) for item in others):
            readings = [replace(reading, notes=(*reading.notes, _tie(reading, others))) for reading in readings]
        chosen.extend(readings)
    return chosen


def _cells(readings: Sequence[TableReading]) -> list[Mapping[str, object]]:
    return [reading.cells for reading in readings]


def _tie(reading: TableReading, others: Sequence[Sequence[TableReading]]) -> Note:
    editions = "、".join(sorted({reading.edition, *(item[0].edition for item in others)}))
    return Note(
        code="EDITION-TIE",
        message=Message(
            zh=f"“{reading.table}”表的标签与{editions}版同样相符",
            en=f"the labels of the table {reading.table} fit the editions {editions} equally well",
        ),
    )
