"""Read the statutory tables from a stream of cell tokens by aligning it with the form's own order.

The form is the grammar and the text a noisy emission of it: tokens are cut (``cells``), their labels chained in the
form's order (``chain``), rows and their possible placements listed (``rows``, ``placing``), and what the
layout leaves open is decided by the form's sums (``resolve``) or left open and said so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from gouji.forms.spec import Form, TableSpec
from gouji.model.raw import Lines
from gouji.model.report import Leftover, State, Value
from gouji.normalizer.across import read_across
from gouji.normalizer.aligned import restore_blanks
from gouji.normalizer.arranged import doubt_arranged, set_under_head
from gouji.normalizer.cells import TEXT, CellToken, read_cells
from gouji.normalizer.chain import Found, Stream, find_chains, is_like_a_column, read_labels
from gouji.normalizer.counted import Step, set_by_steps, set_row_by_steps
from gouji.normalizer.counters import without_counters
from gouji.normalizer.doubles import is_grid, with_doubled_totals, without_doubles
from gouji.normalizer.edition import decide_edition
from gouji.normalizer.filling import fill
from gouji.normalizer.foreign import with_foreign_columns
from gouji.normalizer.gaps import doubt_before_gaps, doubt_mixed_rows, doubt_numbered_labels, mixes_rows
from gouji.normalizer.glance import read_at_a_glance
from gouji.normalizer.glued import cut_glued
from gouji.normalizer.habits import read_habit
from gouji.normalizer.headers import names_columns
from gouji.normalizer.placing import Placements, doubted
from gouji.normalizer.reading import TableReading
from gouji.normalizer.resolve import Decided, decide, decide_plain, depths_of, doubt_all, row_rule
from gouji.normalizer.rows import StreamRow, place_row, read_rows
from gouji.normalizer.said import LASTING, REPEATS_DROPPED, repeats_were_dropped, tell_labels, tell_placing, tell_rows
from gouji.normalizer.stacked import unstack
from gouji.normalizer.tears import is_torn_label, shows_tears
from gouji.normalizer.told import Undecided
from gouji.normalizer.torn import doubt_pieces, doubt_strangers, with_joins
from gouji.normalizer.underneath import Setting, set_one_row, set_under_heads
from gouji.normalizer.vocabulary import ROW, Vocabulary
from gouji.normalizer.written import slashes_part_labels, with_pipes


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What reading a table needs to know of the text around it.

    Attributes:
        stream: All tokens with their labels.
        vocabulary: The labels of the forms.
        lines: The text.
        default: The edition to take where a table's own labels tell nothing.
        merged: Another table shows that blanks of this text were dropped or moved.
        repeats: Another table shows that lines which repeat were dropped, labels of rows perhaps among them.
        settings: How the tables read so far set their values under their labels.
        steps: How many spaces or lines part their cells.
        tears: The tables read so far that show that numbers came apart.
        mixed: Those that show that the text mixes the values of several rows.
    """

    stream: Stream
    vocabulary: Vocabulary
    lines: Lines
    default: str
    merged: bool = False
    repeats: bool = False
    settings: list[Setting] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    tears: set[str] = field(default_factory=set)
    mixed: set[str] = field(default_factory=set)


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
    return read_at_a_glance(lines, vocabulary) or read_tokens(lines, vocabulary)


def read_tokens(lines: Lines, vocabulary: Vocabulary) -> list[TableReading]:
    """The same from the token stream, which takes three times as long and reads every text."""
    if slashes_part_labels(lines.texts, vocabulary.is_label):
        lines = replace(lines, texts=tuple(with_pipes(lines.texts, vocabulary.is_label) or lines.texts))
    tokens = read_cells(lines.texts, is_label=vocabulary.is_label)
    tears: set[str] = set()
    set_apart = restore_blanks(tokens, lines.texts)
    whole = unstack(set_apart, vocabulary, lines.texts)
    readings = _read_tokens(whole or set_apart, vocabulary, lines, tears=tears)
    poor = {key for key in vocabulary.tables if not _is_rich(readings, key)}
    lasting = {reading.table for reading in readings if any(note.code in LASTING for note in reading.notes)}
    for again, text in _other_ways(tokens, vocabulary, lines, stacked=set_apart if whole else None) if poor else ():
        keys = poor - lasting if text is lines else poor  # in a text that is written anew the header is another, too
        if keys:
            readings = _better(readings, _read_tokens(again, vocabulary, text, tears=tears, keys=keys), keys=keys)
    return readings


def _other_ways(
    tokens: Sequence[CellToken], vocabulary: Vocabulary, lines: Lines, *, stacked: Sequence[CellToken] | None
) -> Iterator[tuple[Sequence[CellToken], Lines]]:
    """The text cut otherwise: without the numbers of rows, at the labels in a run, at what parts written lists.

    First of all as the lines are, where labels had been put together from pieces under one another (``stacked``).
    """
    if stacked is not None:
        yield stacked, lines
    counted = without_counters(tokens)
    if counted is not None:
        yield restore_blanks(counted, lines.texts), lines
    cut = cut_glued(tokens, vocabulary)
    if cut is not None:
        yield cut, lines
    written = with_pipes(lines.texts, vocabulary.is_label)
    if written is not None:
        yield read_cells(written, is_label=vocabulary.is_label), replace(lines, texts=tuple(written))


def _is_rich(readings: Sequence[TableReading], key: str) -> bool:
    """Whether a reading of the table finds most of its cells in the text, blank ones too, and a number for some."""
    for reading in readings:
        if reading.table == key:
            if reading.plain:
                return True
            known = [cell for cell in reading.cells.values() if cell.state in _KNOWN]
            blank = [cell for cell in reading.cells.values() if cell.state is State.BLANK and cell.where is not None]
            if known and 2 * (len(known) + len(blank)) > len(reading.cells):
                return True
    return False


_KNOWN = (State.REPORTED, State.INFERRED, State.NOT_APPLICABLE)


def _better(old: list[TableReading], new: list[TableReading], *, keys: set[str]) -> list[TableReading]:
    """Of the tables named, the new readings where they know more numbers, or else have more cells."""
    chosen = [reading for reading in old if reading.table not in keys]
    for key in keys:
        mine = [reading for reading in old if reading.table == key]
        theirs = [reading for reading in new if reading.table == key]
        known = [max(map(_count_known, found), default=(0, 0)) for found in (mine, theirs)]
        chosen.extend(theirs if known[1] > known[0] else mine)
    order = {key: index for index, key in enumerate(dict.fromkeys(reading.table for reading in (*old, *new)))}
    return sorted(chosen, key=lambda reading: order[reading.table])


def _count_known(reading: TableReading) -> tuple[int, int]:
    """How many cells have a number, and how many there are."""
    return sum(1 for cell in reading.cells.values() if cell.value is not None), len(reading.cells)


def _read_tokens(
    tokens: Sequence[CellToken], vocabulary: Vocabulary, lines: Lines, *, tears: set[str], keys: Collection[str] = ()
) -> list[TableReading]:
    """Read the tables, or only those named; ``tears`` are those that show that numbers of the text came apart."""
    stream = read_labels(tokens, vocabulary, lines=lines.texts)
    chains = find_chains(stream, vocabulary.tables)
    default = next(reversed(vocabulary.forms))
    for found in chains.values():
        if found:
            default = decide_edition(stream, found[0], vocabulary=vocabulary, default=default)
    context = Context(stream=stream, vocabulary=vocabulary, lines=lines, default=default, tears=tears)
    readings: dict[str, list[TableReading]] = {}
    for key in sorted(chains, key=lambda key: not _is_summed_both_ways(vocabulary, key)):
        if keys and key not in keys:
            continue
        readings[key] = _read_chains(context, key, chains[key])
        doubtful = [reading for reading in readings[key] if not reading.plain]
        if any(cell.state is State.AMBIGUOUS for reading in doubtful for cell in reading.cells.values()):
            context = replace(context, merged=True)
        if any(note.code == REPEATS_DROPPED for reading in readings[key] for note in reading.notes):
            context = replace(context, repeats=True)
    return [reading for key in vocabulary.tables for reading in readings.get(key, ())]


def _is_summed_both_ways(vocabulary: Vocabulary, key: str) -> bool:
    """Whether rows and columns of a table add up: such a table shows best what became of blanks, so it goes first."""
    rules = {rule.each for form in vocabulary.forms.values() for rule in form.table(key).rules if rule.kind == "sum"}
    return len(rules) > 1


def _read_chains(context: Context, key: str, chains: Sequence[Sequence[Found]]) -> list[TableReading]:
    readings: list[TableReading] = []
    read = _read_across if context.vocabulary.tables[key].across else _read_rows
    for chain in chains:
        reading = read(context, chain)
        if reading is not None and (not readings or 3 * len(reading.cells) >= len(readings[0].cells)):
            readings.append(reading)
    return readings


def explain(lines: Lines, forms: Sequence[Form]) -> str:
    """Show for each table the tokens, what each became and why.

    Args:
        lines: The text.
        forms: Editions to try.
    """
    from gouji.normalizer.trace import trace

    vocabulary = vocabulary_of(forms)
    tokens = restore_blanks(read_cells(lines.texts, is_label=vocabulary.is_label), lines.texts)
    return trace(read_labels(tokens, vocabulary, lines=lines.texts), read_stream(lines, forms), lines)


def _read_across(context: Context, chain: Sequence[Found]) -> TableReading | None:
    under = partial(_set_one_row, context)
    apart = bool(context.tears or context.mixed) or any(is_torn_label(found, context.stream) for found in chain)
    found = read_across(
        context.stream, chain, vocabulary=context.vocabulary, default=context.default, under=under, apart=apart
    )
    if found is None:
        return None
    edition, rows, decided, unused = found
    rows = [row._replace(extra=tuple(unused)) if index == 0 else row for index, row in enumerate(rows)]
    return assemble(context, rows, decided, table=chain[0].item.table, edition=edition, chain=chain)


def _set_one_row(context: Context, cells: Sequence[CellToken], heads: Sequence[CellToken]) -> list[CellToken] | None:
    """Put the blanks back into the review table's row, as the other tables show how they were set."""
    lines = context.lines.texts
    counted = set_row_by_steps(cells, len(heads), lines, step=context.steps[0]) if context.steps else None
    return counted or set_one_row(cells, heads, lines=lines, known=next(iter(context.settings), None))


def _read_rows(context: Context, chain: Sequence[Found]) -> TableReading | None:
    stream, vocabulary = context.stream, context.vocabulary
    edition = decide_edition(stream, chain, vocabulary=vocabulary, default=context.default)
    spec = vocabulary.forms[edition].table(chain[0].item.table)
    rows = read_rows(stream, chain, vocabulary=vocabulary, edition=edition)
    rows = doubt_before_gaps(
        doubt_numbered_labels(rows), vocabulary, table=spec.key, stream=stream, lines=context.lines.texts
    )
    torn = bool(context.tears) or any(is_torn_label(found, stream) for found in chain)
    if mixes_rows(rows, chain, stream):
        context.mixed.add(spec.key)
    rows = doubt_mixed_rows(rows, stream, mixed=bool(context.mixed), torn=torn)
    if not _is_table(rows, chain, stream):
        return None
    rows = with_foreign_columns(rows, spec, stream=stream, rule=row_rule(spec))
    if any(row.shuffled for row in rows) and is_grid(rows, depths_of(spec), stream):
        under = set_under_head(rows, row_rule(spec), stream, own=True)
        if under is not None:
            rows = [row._replace(shuffled=False) for row in rows]
            decided = [Decided((under[row.key],), None) for row in rows]
            return assemble(context, rows, decided, table=spec.key, edition=edition, chain=chain)
    plain = [] if torn else decide_plain(rows, spec)
    if plain and not context.repeats:
        return assemble(context, rows, plain, table=spec.key, edition=edition, chain=chain, plain=True)
    rows = rows if plain else without_doubles(rows, spec, stream=stream)
    rows, step = set_by_steps(rows, stream, context.lines.texts, known=next(iter(context.steps), None))
    if step is not None:
        context.steps.append(step)
    rows, setting = set_under_heads(rows, stream, context.lines.texts, known=next(iter(context.settings), None))
    if setting is not None:
        context.settings.append(setting)
    placements = _place_rows(context, rows, chain, spec=spec)
    decided = _decide_rows(context, rows, placements, spec=spec)
    return assemble(context, rows, decided, table=spec.key, edition=edition, chain=chain)


def _is_table(rows: Sequence[StreamRow], chain: Sequence[Found], stream: Stream) -> bool:
    """Whether rows are those of a table: most have cells, or they are many, and their labels are not chance words."""
    if len(chain) == 1 and not names_columns(stream, chain[0]):
        return False
    if all(is_like_a_column(stream, found) for found in chain if found.item.part is ROW):
        return False
    with_cells = sum(1 for row in rows if row.cells)
    return len(rows) >= _LEAST_ROWS or (bool(rows) and 2 * with_cells >= len(rows))


def _place_rows(
    context: Context, rows: Sequence[StreamRow], chain: Sequence[Found], *, spec: TableSpec
) -> list[Placements]:
    """The placements of every row, as its layout and what others show of the table's habits allow."""
    stream, rule = context.stream, row_rule(spec)
    summed = any(rule.each == "row" and len(rule.right) == 1 for rule in spec.rules if rule.kind == "sum")
    habit = read_habit(rows, stream, merged=context.merged, summed=summed)
    torn = bool(context.tears) or shows_tears(rows, chain, stream=stream, lines=context.lines.texts, rule=rule)
    placements = [doubt_strangers(row, place_row(row, habit), rule, torn=torn) for row in rows]
    placements = with_doubled_totals(rows, placements, rule)
    if not torn:
        return placements
    context.tears.add(spec.key)
    return [
        with_joins(row, placed, stream=stream, rule=rule) if row.bare else doubt_pieces(row, placed, rule)
        for row, placed in zip(rows, placements, strict=True)
    ]


def _decide_rows(
    context: Context, rows: Sequence[StreamRow], placements: Sequence[Placements], *, spec: TableSpec
) -> list[Decided]:
    """What the form's sums leave of the placements.

    Nothing is certain where lines that repeat were dropped, or where the header has columns in another order.
    """
    if context.repeats or repeats_were_dropped(rows) or any(row.shuffled for row in rows):
        return [
            Decided(doubted(placed, len(row.columns)).options, None)
            for row, placed in zip(rows, placements, strict=True)
        ]
    decided = doubt_all(rows, decide(rows, placements, spec), spec)
    return doubt_arranged(rows, decided, spec, stream=context.stream, lines=context.lines.texts)


_LEAST_ROWS = 3


def assemble(
    context: Context,
    rows: Sequence[StreamRow],
    decided: Sequence[Decided],
    *,
    table: str,
    edition: str,
    chain: Sequence[Found],
    plain: bool = False,
) -> TableReading:
    """Rows and what was decided of them, as one table's reading."""
    lines = context.lines
    cells: dict[str, Value] = {}
    leftovers: list[Leftover] = []
    for row, item in zip(rows, decided, strict=True):
        spare = fill(cells, row, item=item, table=table, lines=lines)
        if spare or row.extra:
            leftovers.extend(
                Leftover(raw=token.text, where=lines.where(token.line, token.column)) for token in (*spare, *row.extra)
            )
    first_line = _first_line(context.stream, chain[0].start)
    last_line = max([part[-1].line for row in rows for part in (row.cells, row.extra) if part], default=first_line)
    return TableReading(
        table=table,
        edition=edition,
        cells=cells,
        labels=len(chain),
        notes=(
            *tell_labels(chain, context.stream, lines),
            *(() if plain else (*tell_placing(cells, table), *tell_rows(rows, table))),
        ),
        leftovers=tuple(leftovers),
        lines=(first_line, last_line + 1),
        plain=plain,
        undecided=None if plain else _undecided(rows, decided, lines),
    )


def _undecided(rows: Sequence[StreamRow], decided: Sequence[Decided], lines: Lines) -> Undecided | None:
    if all(len(item.options) == 1 for item in decided):
        return None
    return Undecided(rows=tuple(rows), decided=tuple(decided), lines=lines)


def _first_line(stream: Stream, start: int) -> int:
    """The line on which a table's header begins: labels and blanks right before its first row."""
    while start > 0 and (stream.tokens[start - 1].kind is not TEXT or stream.matches[start - 1] is not None):
        start -= 1
    while stream.tokens[start].kind is not TEXT:
        start += 1
    return stream.tokens[start].line
