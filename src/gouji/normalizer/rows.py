"""From a chain of labels to rows: their edition, their columns, the tokens that are their cells, the table's habit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.forms.spec import Block, Column
from gouji.normalizer.cells import BLANK, GLUED, MARK, NUMBER, TEXT, CellToken
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.counters import find_counters
from gouji.normalizer.edition import HEAD_REACH, votes_of
from gouji.normalizer.headers import NO_HEADER, is_shuffled, names_again, names_more, read_header
from gouji.normalizer.placing import Habit, Placements, Sure, doubted, place, spread, without_blanks
from gouji.normalizer.vocabulary import ROW, TITLE, Vocabulary


class StreamRow(NamedTuple):
    """A row of a table and the tokens that are its cells.

    Attributes:
        key: Of the row.
        edition: Edition that the labels over it say.
        columns: In printed order.
        label: Its label.
        cells: Tokens, explicit blanks included.
        inline: The label's line holds cells.
        bare: Nothing but space or line ends parts its cells, so a blank may have been lost without a trace.
        doubtful: Numbers that are not the row's own stand among its cells or right after them.
        extra: Tokens after a strange text, before the next label: sub-rows, rows that the form does not have.
        headed: One line of the header names all its columns side by side.
        named: The header names each of its columns, and each once: no column is printed twice.
        head: Half-open range of the tokens that hold its header.
        unit: What a bare amount means, from the header (``万元`` unless it says otherwise).
        shuffled: The header names the columns in an order that is not the form's, and may not be that of the values; or
            it names others, and the cells ran together.
    """

    key: str
    edition: str
    columns: tuple[Column, ...]
    label: Found
    cells: tuple[CellToken, ...]
    inline: bool
    extra: tuple[CellToken, ...]
    doubtful: bool = False
    bare: bool = False
    headed: bool = False
    named: bool = False
    head: tuple[int, int] | None = None
    unit: str = "万元"
    shuffled: bool = False


_LONGEST_CELL_TEXT = 30
_HEADING = re.compile(r"\s*[一二三四五六七]\s*[、.．]")


def read_rows(stream: Stream, chain: Sequence[Found], *, vocabulary: Vocabulary, edition: str) -> list[StreamRow]:
    """The rows of a chain, each with its cells."""
    table = chain[0].item.table
    blocks = {name: vocabulary.blocks[table, name] for name in vocabulary.forms if (table, name) in vocabulary.blocks}
    rows: list[StreamRow] = []
    header = NO_HEADER
    before = max(0, chain[0].start - HEAD_REACH)
    name, block = edition, None
    family: list[int] = []
    """Which block of each edition the last row belongs to."""
    block_seen: Block | None = None
    ordered: tuple[Column, ...] = ()
    shuffled = is_odd = False
    limits = _limits(stream, chain)
    for number, found in enumerate(chain):
        above = read_header(stream, (before, found.start), table=table, blocks=blocks)
        before = found.end
        if found.item.part is TITLE:
            header, ordered, family = NO_HEADER, (), []
        elif above is not None:
            header, ordered, family = above, (), []
        if found.item.part is not ROW:
            continue
        key = found.item.key
        own = [id(by_row.get(key)) for by_row in blocks.values()]
        if own != family:
            family = own
            name, block = _block_of(blocks, key, named=header.named, edition=edition)
        if block is None:
            continue
        if block is not block_seen:
            if above is None and block_seen is not None and block != block_seen:
                name, block = _block_of(blocks, key, named={}, edition=edition)
                header = header._replace(unit=NO_HEADER.unit)
            if block is None:
                continue
            block_seen, ordered = block, ()
        if not ordered:
            ordered = printed_order(block, header.columns)
            named = [column for column, _ in header.columns]
            shuffled, is_odd = is_shuffled(block, named), names_again(block, header, stream)
        count = len(block.columns)
        cells, extra, inline = _cells_of(stream, found, limit=limits[number], count=count)
        if not cells and edition not in found.item.editions:
            continue
        line = stream.tokens[found.end - 1].line
        doubtful = (
            is_odd
            or (not inline and _ends_text(stream, cells, count))
            or (found.start in stream.cut and _may_go_on(stream, cells))
            or _holds_strangers(cells, extra, line=line, inline=inline, count=count)
            or (not header.columns and _differ(blocks, key) and not votes_of(stream, chain, list(blocks)))
            or _goes_on(stream, found, cells, limit=limits[number], count=count)
        )
        other = shuffled or (_ran_together(cells, count) and names_more(block, header, stream))
        beside = header.together and len(header.columns) >= count
        once = len(header.columns) == count == len(header.named.get(name, ())) and not shuffled
        shown = (tuple(cells), inline, tuple(extra), doubtful, not inline or not stream.divided[line])
        rows.append(StreamRow(key, name, ordered, found, *shown, beside, once, header.span, header.unit, other))
    return rows


def _limits(stream: Stream, chain: Sequence[Found]) -> list[int]:
    """For every label of a chain the token before which its cells end: the next label, or the number that counts it."""
    counted = find_counters(stream.tokens, [found.start for found in chain if found.item.part is not TITLE])
    return [*(counted.get(found.start, found.start) for found in chain[1:]), len(stream.tokens)]


def _ran_together(cells: Sequence[CellToken], count: int) -> bool:
    """Whether fewer tokens than the row has columns hold its digits."""
    return 0 < len(cells) < count and cells[0].gap == GLUED


def _holds_strangers(
    cells: Sequence[CellToken], extra: Sequence[CellToken], *, line: int, inline: bool, count: int
) -> bool:
    """Whether numbers behind a row may be its own; not if it is full and they are a row that the form does not have.

    Digits that ran together with the label may be the number of a remark at it.
    """
    if not extra or (len(extra) == count > 1 and sum(cell.kind is not BLANK for cell in cells) == count):
        return False
    ran_together = bool(cells) and cells[0].gap == GLUED
    return not inline or ran_together or line == extra[0].line or (bool(cells) and line < cells[-1].line)


def _differ(blocks: Mapping[str, Mapping[str, Block]], row: str) -> bool:
    """Whether the editions that have a row give it other columns."""
    return len({tuple(column.key for column in by_row[row].columns) for by_row in blocks.values() if row in by_row}) > 1


def _block_of(
    blocks: Mapping[str, Mapping[str, Block]], row: str, *, named: Mapping[str, Collection[str]], edition: str
) -> tuple[str, Block | None]:
    """The edition and block of a row: the one whose columns the head names, else the table's edition."""
    best: tuple[tuple[int, bool], str, Block] | None = None
    for name, by_row in blocks.items():
        block = by_row.get(row)
        if block is None:
            continue
        keys = named.get(name, ())
        hits = len([column for column in block.columns if column.key in keys]) if keys else 0
        if best is None or (hits, name == edition) > best[0]:
            best = ((hits, name == edition), name, block)
    return (best[1], best[2]) if best else (edition, None)


def printed_order(block: Block, head: Sequence[tuple[str, frozenset[str]]]) -> tuple[Column, ...]:
    """The block's columns, in the order of the head where the head names them all in one row."""
    if any(len(column.label) > 1 for column in block.columns):
        return block.columns
    by_key = {column.key: column for column in block.columns}
    printed = list(dict.fromkeys(key for key, _ in head if key in by_key))
    return tuple(by_key[key] for key in printed) if len(printed) == len(by_key) else block.columns


def _cells_of(stream: Stream, found: Found, *, limit: int, count: int) -> tuple[list[CellToken], list[CellToken], bool]:
    """The tokens of a row: those on its label's line, or else those up to the next label."""
    tokens = stream.tokens
    line = tokens[found.end - 1].line
    after = bisect_left(stream.ends, found.end)
    stop = max(found.end, min(limit, stream.ends[after] if after < len(stream.ends) else limit))
    own = list(tokens[found.end : stop])
    if own and own[-1].line == line and TEXT not in [token.kind for token in own]:
        return own, [], True
    own = [token for token in own if token.line == line]
    rest = list(tokens[found.end + len(own) : stop])
    counters = _before_label(rest, stream, limit)
    rest = rest[: len(rest) - len(counters)]
    strange = [token for token in counters if token.kind is NUMBER]
    if own:
        kept = _own_cells(own, count)
        cells, extra = _with_continuation(kept, own[len(kept) :] + rest, count)
        return cells, extra + strange, True
    texts = [index for index, token in enumerate(rest) if token.kind is TEXT]
    stop = texts[0] if texts else len(rest)
    cells = without_bullet(rest[:stop], rest[stop]) if texts else rest
    return cells, [token for token in rest[stop:] if token.kind is NUMBER] + strange, False


def _before_label(rest: list[CellToken], stream: Stream, limit: int) -> list[CellToken]:
    """The numbers in front of the next label on its line: they count its row."""
    line = stream.tokens[limit].line if limit < len(stream.tokens) else -1
    if not rest or rest[-1].line != line:
        return []
    return [token for token in rest if token.line == line]


def _goes_on(stream: Stream, found: Found, cells: Sequence[CellToken], *, limit: int, count: int) -> bool:
    """Whether the end of a number may stand below a row (``4183000`` and under it ``元``): its cells were wrapped.

    In rows without marks between their cells, so may a number less than the row has columns.
    """
    own = stream.tokens[found.end - 1].line
    if found.end + len(cells) == limit and cells and cells[-1].line == own:
        return False
    inline = bool(cells) and cells[0].line == own
    line = cells[-1].line if cells else own
    if inline and line > own and stream.divided[own] and not stream.divided[line]:
        return True  # a page's number, or a cell that was wrapped
    if inline and line > own and any(cell.line > own and _ends_amount(cell) for cell in cells):
        return True
    below = 0
    for token in stream.tokens[found.end + len(cells) : limit]:
        if token.line > line + 1:
            break
        if _ends_amount(token):
            return True
        below += token.line > line and token.kind is NUMBER
    return inline and 0 < below < max(count, 2) and not stream.divided[own]


def _ends_amount(token: CellToken) -> bool:
    return token.text.endswith("元") and _AMOUNT_END.fullmatch(token.text) is not None


_AMOUNT_END = re.compile(r"[\d.,]*[万亿千]?元")


def _ends_text(stream: Stream, cells: Sequence[CellToken], count: int) -> bool:
    """Whether a row that is not full ends the text: it may have been cut in the middle of the row."""
    filled = sum(1 for cell in cells if cell.kind is not BLANK)
    return bool(cells) and cells[-1] is stream.tokens[-1] and filled != count


def _may_go_on(stream: Stream, cells: Sequence[CellToken]) -> bool:
    """Whether bare digits end the text: where the label is a beginning only, they may be one as well."""
    return bool(cells) and cells[-1] is stream.tokens[-1] and cells[-1].text[-1:].isdigit()


def _own_cells(own: list[CellToken], count: int) -> list[CellToken]:
    """The cells on a label's line, up to a heading, a long text, a share, or a text after the row is full."""
    filled = 0
    for index, token in enumerate(own):
        if token.kind is TEXT and (
            filled >= count
            or len(token.text) > _LONGEST_CELL_TEXT
            or token.text[-1] in "%％"
            or _HEADING.match(token.text)
        ):
            return own[:index]
        filled += token.kind is not BLANK
    return own


def _with_continuation(
    own: list[CellToken], rest: list[CellToken], count: int
) -> tuple[list[CellToken], list[CellToken]]:
    """A row that its line does not hold whole goes on in the next ones, as far as they hold only values."""
    filled = sum(1 for token in own if token.kind is not BLANK)
    more: list[CellToken] = []
    for token in rest:
        if token.kind is TEXT:
            more = without_bullet(more, token)
            break
        more.append(token)
    extra = [token for token in rest[len(more) :] if token.kind is NUMBER]
    fresh = sum(1 for token in more if token.kind is not BLANK)
    if fresh and filled + fresh <= count and len(own) < count:
        return own + more, extra
    return own, [token for token in more if token.kind is NUMBER] + extra


def without_bullet(cells: list[CellToken], text: CellToken) -> list[CellToken]:
    """The cells without a mark that begins the line of the text behind them: that of a list."""
    bullet = bool(cells) and cells[-1].kind is MARK and cells[-1].line == text.line
    return cells[:-1] if bullet else cells


def place_row(row: StreamRow, habit: Habit) -> Placements:
    """The placements of a row's tokens in its columns.

    Where a line was cut among them, blanks may be lost at the cut. Words that nothing parts from values are in doubt.
    """
    if row.cells and row.cells[0].line != row.cells[-1].line and (row.inline or _begins_with_pads(row)):
        filled = [cell for cell in row.cells if cell.kind is not BLANK]
        if 0 < len(filled) < len(row.columns):
            broken = Placements(tuple(spread(filled, len(row.columns))), Sure.OPEN)
            return doubted(broken, len(row.columns)) if row.doubtful else broken
    firm = replace(habit, firm=True) if row.headed and not habit.firm else habit
    placed = place(row.cells, len(row.columns), firm)
    if placed.sure is Sure.OPEN and row.inline and row.cells and row.cells[0].nth - 1 in habit.beside:
        placed = _first_in_first(placed, row.cells[0])
    unproven = placed.sure is Sure.LAYOUT and row.bare and habit.uneven and (habit.summed or not row.inline)
    wordy = row.bare and any(cell.kind is TEXT for cell in row.cells)
    again = row.bare and habit.doubled and ends_twice(row)
    return doubted(placed, len(row.columns)) if row.doubtful or unproven or wordy or again else placed


def _first_in_first(placed: Placements, first: CellToken) -> Placements:
    """The placements that have a row's first cell, or its blank, in the first column."""
    wanted = None if first.kind is BLANK else first
    kept = tuple(option for option in placed.options if option and without_blanks(option)[0] == wanted)
    return placed._replace(options=kept) if kept else placed


def _begins_with_pads(row: StreamRow) -> bool:
    """Whether empty cells stand before the first value on its line, though the others have lines of their own."""
    places = filled_places(row)
    return bool(places) and places[0] > 0 and row.cells[places[0] - 1].line == row.cells[places[0]].line


def ends_twice(row: StreamRow) -> bool:
    """Whether the last two values of a row are the same."""
    filled = [cell.text for cell in row.cells if cell.kind is not BLANK]
    return len(filled) > 1 and filled[-1] == filled[-2]


def filled_places(row: StreamRow) -> list[int]:
    """Which of a row's tokens are values."""
    return [index for index, cell in enumerate(row.cells) if cell.kind is not BLANK]
