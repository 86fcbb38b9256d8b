"""The review table: all its rows side by side in one printed row of values, under a header of two or three rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.forms.spec import Block, Column, TableSpec
from gouji.normalizer.cells import BLANK, MARK, NUMBER, TEXT, CellToken
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.dividers import is_rule
from gouji.normalizer.edition import HEAD_REACH, decide_edition
from gouji.normalizer.foreign import BESIDE, is_name
from gouji.normalizer.groups import Parts, place_groups
from gouji.normalizer.headers import left_to_right, read_header
from gouji.normalizer.placing import Habit, Placement, Sure, place
from gouji.normalizer.resolve import Decided, row_rule, weigh
from gouji.normalizer.rows import StreamRow, printed_order, without_bullet
from gouji.normalizer.torn import counts_of, ends_with_sum, may_add_up_joined
from gouji.normalizer.underneath import labels_at
from gouji.normalizer.vocabulary import ROW, Vocabulary
from gouji.text.fold import fold

_REACH = 90
_LONGEST_FRAGMENT = 12
_FEW_VALUES = 5


def read_across(
    stream: Stream,
    chain: Sequence[Found],
    *,
    vocabulary: Vocabulary,
    default: str,
    under: Callable[[Sequence[CellToken], Sequence[CellToken]], list[CellToken] | None],
    apart: bool = False,
) -> tuple[str, list[StreamRow], list[Decided], list[CellToken]] | None:
    """Read the one row of values.

    Args:
        stream: All tokens.
        chain: The labels of the table.
        vocabulary: Those of the forms.
        default: The edition to take where the labels tell nothing.
        under: Sets values under their heads, see :func:`gouji.normalizer.underneath.set_one_row`.
        apart: Numbers of this text may have come apart, or stand elsewhere: the row is read only where each group shows
            that it is whole.

    Returns:
        The edition, the rows (one a block of columns), what was decided of each, and the tokens no row could take;
        ``None`` when the header is not followed by a row of cells.
    """
    found = [label for label in chain if label.item.part is ROW]
    edition = decide_edition(stream, chain, vocabulary=vocabulary, default=default)
    spec = vocabulary.forms[edition].table(chain[0].item.table)
    own = _own_rows(stream, found, spec=spec, edition=edition)
    if own is not None:
        return own
    block = spec.blocks[0]
    cells = _value_cells(stream, found[-1].end) if found else []
    labels = _labels_of(stream, found, cells, block=block) if cells else None
    if labels is None:
        return None
    blank_rows = [_row(label, (), edition=edition, columns=block.columns) for label in labels]
    nothing = [Decided((), None) for _ in labels]
    heads = _heads(stream, (found[0].start, cells[0].line), table=spec.key)
    if _is_of_several(stream, found, cells) or _holds_values(stream, heads):
        behind = stream.tokens[found[0].end : found[-1].start]
        return edition, blank_rows, nothing, [token for token in (*behind, *cells) if token.kind is NUMBER]
    heads = _in_order(heads, cells, stream.lines, block=block)
    bare = not stream.divided[cells[0].line]
    keys = [row.key for row in block.rows]
    torn = _is_torn(stream, cells) or ((apart or bare) and not _is_whole(cells, keys, spec, apart=apart))
    placed = under(cells, [head.token for head in heads]) if bare and len(heads) == len(_names_of(block)) else None
    choices = _choose(cells, placed or (), blank_rows, spec=spec)
    if not choices or torn or _is_headed_otherwise(stream, heads, cells=cells, block=block):
        return edition, blank_rows, nothing, [cell for cell in cells if cell.kind is NUMBER]
    evidence = "row-sum" if choices.sure is Sure.OPEN else None
    rows = [row._replace(cells=_tokens_of(options)) for row, options in zip(blank_rows, choices.by_group, strict=True)]
    return edition, rows, [Decided(options, evidence) for options in choices.by_group], list(choices.unused)


class _Head(NamedTuple):
    """The label of a column, and its key."""

    token: CellToken
    key: str


def _names_of(block: Block) -> list[str]:
    """The keys of all columns, as the header has them."""
    return [column.key for column in block.columns] * len(block.rows)


def _labels_of(
    stream: Stream, found: Sequence[Found], cells: Sequence[CellToken], *, block: Block
) -> list[Found] | None:
    """The label of each row; one that is in too many pieces to be known has the first's place if all columns are named.

    ``None`` where they are not.
    """
    known = {label.item.key: label for label in found}
    keys = [row.key for row in block.rows]
    first = found[0]
    if any(key not in known for key in keys):
        above = (first.end, bisect_left(stream.tokens, cells[0].line, key=lambda token: token.line))
        header = read_header(stream, above, table=first.item.table, blocks={})
        if header is None or [key for key, _ in header.columns] != _names_of(block):
            return None
    return [known.get(key, first._replace(item=replace(first.item, key=key))) for key in keys]


def _in_order(heads: list[_Head], cells: Sequence[CellToken], lines: Sequence[str], *, block: Block) -> list[_Head]:
    """The labels of columns from left to right, where they stand on several lines."""
    tokens, names = [head.token for head in heads], [head.key for head in heads]
    order = left_to_right(names, tokens, below=cells, lines=lines, usual=[_names_of(block)])
    return heads if order is None else [heads[at] for at in order]


def _choose(
    cells: Sequence[CellToken], placed: Sequence[CellToken], rows: Sequence[StreamRow], *, spec: TableSpec
) -> Parts | None:
    """What may stand in each group of columns: the values as their heads place them, unless that does not add up."""
    width = len(spec.blocks[0].columns)
    parts = [tuple(placed[at : at + width]) for at in range(0, len(placed), width)]
    if parts and not _are_broken(rows, parts, spec):
        return Parts(tuple((part,) for part in parts), Sure.LAYOUT)
    return place_groups(cells, rows, spec)


def _tokens_of(options: Sequence[Placement]) -> tuple[CellToken, ...]:
    """The tokens that stand in some placement."""
    return tuple(dict.fromkeys(token for part in options for token in part if token is not None))


def _is_of_several(stream: Stream, rows: Sequence[Found], cells: Sequence[CellToken]) -> bool:
    """Whether values stand behind the labels of rows, too, or another row of them follows: it is not one row.

    The first label may stand in prose.
    """
    kinds = [token.kind for token in stream.tokens[rows[1].end : rows[-1].start]] if len(rows) > 1 else []
    return NUMBER in kinds or kinds.count(MARK) >= _FEW_VALUES or _goes_on(stream, cells)


def _holds_values(stream: Stream, heads: Sequence[_Head]) -> bool:
    """Whether numbers stand among the labels of columns: text in another order than the table's mixes both."""
    if not heads:
        return False
    first, last = ((head.token.line, head.token.column) for head in (heads[0], heads[-1]))
    return any(token.kind is NUMBER and first < (token.line, token.column) < last for token in stream.tokens)


def _is_headed_otherwise(stream: Stream, heads: Sequence[_Head], *, cells: Sequence[CellToken], block: Block) -> bool:
    """Whether the header has its columns in another order than the form, or further ones."""
    expected = _names_of(block)
    nearest = [head.key for head in heads[-len(expected) :]]
    if sorted(nearest) == sorted(expected) and nearest != expected:
        return True
    first = min((head.token for head in heads), key=lambda token: (token.line, token.column), default=None)
    return first is not None and _names_others(stream, (first, cells[0]), block)


def _goes_on(stream: Stream, cells: Sequence[CellToken]) -> bool:
    """Whether another row of values follows: that of another year, or of another body."""
    last = next((cell for cell in reversed(cells) if cell.kind is not BLANK), cells[-1])
    at = next((index for index, token in enumerate(stream.tokens, 1) if token is last), len(stream.tokens))
    while at < len(stream.tokens) and stream.tokens[at].kind is BLANK:
        at += 1
    named = at < len(stream.tokens) and stream.tokens[at].kind is TEXT
    if named and (stream.strange[at] != 1 or len(stream.tokens[at].text) > _LONGEST_FRAGMENT):
        return False
    values = 0
    for token in stream.tokens[at + named :]:
        if token.kind is TEXT:
            break
        values += token.kind is not BLANK
    return values >= _FEW_VALUES


def _names_others(stream: Stream, span: tuple[CellToken, CellToken], block: Block) -> bool:
    """Whether other columns than the form's are named between the first label of a column and the values."""
    labels = (*(row.label for row in block.rows), *(column.label for column in block.columns))
    own = fold("".join(part for label in labels for part in label))
    first, last = ((token.line, token.column) for token in span)
    return any(
        first < (token.line, token.column) < last
        and token.line != span[1].line
        and is_name(index, stream, own=own)
        and not token.text.startswith(BESIDE)
        for index, token in enumerate(stream.tokens)
    )


def _is_torn(stream: Stream, cells: Sequence[CellToken]) -> bool:
    """Whether a row that is set a cell a line, and is not full, ends the text: it may have been cut off there."""
    filled = sum(1 for cell in cells if cell.kind is not BLANK)
    if filled >= _FIFTEEN or cells[0].line == cells[-1].line:
        return False
    return next(token for token in reversed(stream.tokens) if token.kind is not BLANK) in cells


def _is_whole(cells: Sequence[CellToken], keys: Sequence[str], spec: TableSpec, *, apart: bool) -> bool:
    """Whether no number of a row without marks between its cells can be a piece of another.

    Where some have come apart, every group must have all its numbers, and add up. Elsewhere it is enough that the row,
    if it is full and does not add up, adds up no better with some of them joined.
    """
    filled = tuple(cell for cell in cells if cell.kind is not BLANK)
    columns = spec.blocks[0].columns
    width, full = len(columns), len(filled) == len(keys) * len(columns)
    if not full:
        return not apart
    numbers = counts_of(filled)
    groups = [numbers[at : at + width] for at in range(0, len(numbers), width)]
    if row_rule(spec) is None or all(map(ends_with_sum, groups)):
        return True
    return not apart and not may_add_up_joined(filled, len(keys), width=width)


def _heads(stream: Stream, span: tuple[int, int], *, table: str) -> list[_Head]:
    """The labels of columns between a token and a line."""
    start, line = span
    found: list[_Head] = []
    for index in stream.columns[bisect_left(stream.columns, start) :]:
        if stream.tokens[index].line >= line:
            break
        for token, match in labels_at(index, stream):
            keys = [item.key for item in match.columns if item.table == table]
            if keys:
                found.append(_Head(token, keys[0]))
                break
    return found


def _row(label: Found, cells: tuple[CellToken, ...], *, edition: str, columns: tuple[Column, ...]) -> StreamRow:
    key = label.item.key
    return StreamRow(key=key, edition=edition, columns=columns, label=label, cells=cells, inline=True, extra=())


def _own_rows(
    stream: Stream, found: Sequence[Found], *, spec: TableSpec, edition: str
) -> tuple[str, list[StreamRow], list[Decided], list[CellToken]] | None:
    """Each label with its own five values: the table turned by a quarter, or three small ones under a heading each."""
    block = spec.blocks[0]
    count = len(block.columns)
    rows: list[StreamRow] = []
    columns = block.columns
    for label in found:
        heads, cells = _own_cells(stream, label.end, table=spec.key)
        header = read_header(stream, heads, table=spec.key, blocks={})
        if header is None and not rows:
            above = (max(0, label.start - HEAD_REACH), label.start)
            header = read_header(stream, above, table=spec.key, blocks={})
        if header is not None:
            nearest = header.columns[-count:]
            columns = printed_order(block, nearest)
            if len(dict(nearest)) != count or len(header.columns) >= 2 * count:
                return None  # the values below are those of several labels, of which others may be lost
        filled = sum(1 for cell in cells if cell.kind is not BLANK)
        shown = len(cells) == count and stream.divided[cells[0].line]
        if (filled != count and not shown) or (len(cells) > count and _shows_blank(cells)):
            return None
        rows.append(_row(label, tuple(cells), edition=edition, columns=columns))
    if not rows:
        return None
    placed = [place(row.cells, count, Habit()) for row in rows]
    if _are_broken(rows, [item.options[0] for item in placed if item.options], spec):
        return None
    return edition, rows, [Decided(item.options, None) for item in placed], []


def _are_broken(rows: Sequence[StreamRow], options: Sequence[Placement], spec: TableSpec) -> bool:
    """Whether more than one group does not add up as placed: a publisher slips in one."""
    rule = row_rule(spec)
    return rule is not None and sum(weigh(*pair, rule) is False for pair in zip(rows, options, strict=False)) > 1


def _shows_blank(cells: Sequence[CellToken]) -> bool:
    """Whether a blank stands before or among the values."""
    last = max((index for index, cell in enumerate(cells) if cell.kind is not BLANK), default=0)
    return any(cell.kind is BLANK for cell in cells[:last])


def _own_cells(stream: Stream, at: int, *, table: str) -> tuple[tuple[int, int], list[CellToken]]:
    """The values behind a label and the labels of columns that may follow it; and where these stand."""
    tokens = stream.tokens
    start = first = at
    while first < len(tokens) and tokens[first].kind not in (NUMBER, MARK):
        if tokens[first].kind is TEXT:
            match = stream.matches[first]
            if match is None or not any(item.table == table for item in match.columns):
                break
            at = first + 1
        first += 1
    stop = at
    while stop < len(tokens) and tokens[stop].kind is not TEXT:
        stop += 1
    cells = list(tokens[at:stop])
    return (start, at), without_bullet(cells, tokens[stop]) if stop < len(tokens) else cells


def _value_cells(stream: Stream, start: int) -> list[CellToken]:
    """The tokens of the value row: from the first that is no header word to the next text."""
    tokens = stream.tokens
    first = header_end = start
    while first < len(tokens) and first - start < _REACH:
        token = tokens[first]
        if token.kind in (NUMBER, MARK):
            break
        if token.kind is TEXT:
            if stream.matches[first] is None and len(token.text) > _LONGEST_FRAGMENT and not is_rule(token.text):
                return _blank_row(tokens, header_end, first)
            header_end = first + 1
        first += 1
    else:
        return _blank_row(tokens, header_end, first)
    last = first
    while last < len(tokens) and tokens[last].kind is not TEXT:
        last += 1
    line = tokens[first].line
    row = list(tokens[header_end:last])
    row = without_bullet(row, tokens[last]) if last < len(tokens) else row
    own = [token for token in row if token.line == line]
    if len(own) > 1:
        later = [token for token in row if token.line > line]
        filled = sum(1 for token in own if token.kind is not BLANK)
        more = [token for token in later if token.kind is not BLANK]
        return own + later if more and filled + len(more) <= _FIFTEEN else own
    return _without_pads(row)


def _without_pads(cells: Sequence[CellToken]) -> list[CellToken]:
    """Cells one a line, without the blanks of lines of several pipes: they close a row."""
    lines = Counter(cell.line for cell in cells)
    return [cell for cell in cells if lines[cell.line] == 1 or cell.kind is not BLANK]


_FIFTEEN = 15


def _blank_row(tokens: Sequence[CellToken], header_end: int, stop: int) -> list[CellToken]:
    """The last line of blanks after the header, when it is all there is."""
    blanks = [token for token in tokens[header_end:stop] if token.kind is BLANK]
    return [token for token in blanks if token.line == blanks[-1].line] if blanks else []
