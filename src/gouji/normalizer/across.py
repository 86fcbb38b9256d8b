"""The review table: all its rows side by side in one printed row of values, under a header of two or three rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gouji.forms.spec import Column, Rule, TableSpec
from gouji.normalizer.cells import BLANK, MARK, NUMBER, RESTORED, TEXT, CellToken
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.edition import decide_edition
from gouji.normalizer.placing import Habit, Placement, Placements, Sure, cut_digits, parts_of, place, spread
from gouji.normalizer.resolve import Decided, adds_up, row_rule, weigh
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.torn import counts_of, ends_with_sum, may_add_up_joined, may_lack_blanks
from gouji.normalizer.vocabulary import ROW, Vocabulary

_REACH = 90
_LONGEST_FRAGMENT = 12
_MOST = 60
_MOST_STRIPPED = 4
_MOST_LOST = 10
"""Blanks at the end of the last row that a text may have lost, and at both ends where all stands on one line."""


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
        apart: Numbers of this text may have come apart: the row is read only where each group shows that none has.

    Returns:
        The edition, the rows (one a block of columns), what was decided of each, and the tokens no row could take;
        ``None`` when the header is not followed by a row of cells.
    """
    rows_found = [found for found in chain if found.item.part is ROW]
    edition = decide_edition(stream, chain, vocabulary=vocabulary, default=default)
    spec = vocabulary.forms[edition].table(chain[0].item.table)
    own = _own_rows(stream, rows_found, spec=spec, edition=edition)
    if own is not None:
        return own
    if len(rows_found) < 2:
        return None
    cells = _value_cells(stream, rows_found[-1].end)
    labels = {found.item.key: found for found in rows_found}
    columns = spec.blocks[0].columns
    keys = [row.key for row in spec.blocks[0].rows]
    if not cells or any(key not in labels for key in keys):
        return None
    bare = not stream.divided[cells[0].line]
    torn = _is_torn(stream, cells) or ((apart or bare) and not _is_whole(cells, keys, spec, apart=apart))
    blank_rows = [_row(labels[key], (), edition=edition, columns=columns) for key in keys]
    heads = _heads(stream, (rows_found[0].start, cells[0].line), table=spec.key)
    centred = len(heads) == len(keys) * len(columns) and not stream.divided[cells[0].line]
    placed = under(cells, heads) if centred else None
    choices = Placements((tuple(placed),), Sure.LAYOUT) if placed else _choices(cells, blank_rows, spec)
    if not choices or torn:
        return edition, blank_rows, [Decided((), None) for _ in keys], [c for c in cells if c.kind is NUMBER]
    layout = choices.sure is not Sure.OPEN
    rows: list[StreamRow] = []
    decided: list[Decided] = []
    width = len(columns)
    for number, key in enumerate(keys):
        parts = tuple(dict.fromkeys(option[number * width : (number + 1) * width] for option in choices.options))
        tokens = tuple(dict.fromkeys(token for part in parts for token in part if token is not None))
        rows.append(_row(labels[key], tokens, edition=edition, columns=columns))
        decided.append(Decided(parts, None if layout else "row-sum"))
    return edition, rows, decided, list(choices.unused)


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


def _heads(stream: Stream, span: tuple[int, int], *, table: str) -> list[CellToken]:
    """The labels of columns between a token and a line."""
    start, line = span
    found = []
    for index in stream.columns[bisect_left(stream.columns, start) :]:
        token, match = stream.tokens[index], stream.matches[index]
        if token.line >= line:
            break
        if match is not None and any(item.table == table for item in match.columns):
            found.append(token)
    return found


def _row(label: Found, cells: tuple[CellToken, ...], *, edition: str, columns: tuple[Column, ...]) -> StreamRow:
    key = label.item.key
    return StreamRow(key=key, edition=edition, columns=columns, label=label, cells=cells, inline=True, extra=())


def _own_rows(
    stream: Stream, found: Sequence[Found], *, spec: TableSpec, edition: str
) -> tuple[str, list[StreamRow], list[Decided], list[CellToken]] | None:
    """The table turned by a quarter: each label followed by its own five values."""
    columns = spec.blocks[0].columns
    rows: list[StreamRow] = []
    for label in found:
        cells: list[CellToken] = []
        at = label.end
        while at < len(stream.tokens) and stream.tokens[at].kind is not TEXT:
            cells.append(stream.tokens[at])
            at += 1
        if sum(1 for cell in cells if cell.kind is not BLANK) != len(columns):
            return None
        rows.append(_row(label, tuple(cells), edition=edition, columns=columns))
    if not rows:
        return None
    placed = [place(row.cells, len(columns), Habit()) for row in rows]
    return edition, rows, [Decided(item.options, None) for item in placed], []


def _value_cells(stream: Stream, start: int) -> list[CellToken]:
    """The tokens of the value row: from the first that is no header word to the next text."""
    tokens = stream.tokens
    first = header_end = start
    while first < len(tokens) and first - start < _REACH:
        token = tokens[first]
        if token.kind in (NUMBER, MARK):
            break
        if token.kind is TEXT:
            if stream.matches[first] is None and len(token.text) > _LONGEST_FRAGMENT:
                return _blank_row(tokens, header_end, first)
            header_end = first + 1
        first += 1
    else:
        return _blank_row(tokens, header_end, first)
    last = first
    while last < len(tokens) and tokens[last].kind is not TEXT:
        last += 1
    line = tokens[first].line
    own = [token for token in tokens[header_end:last] if token.line == line]
    if len(own) > 1:
        later = [token for token in tokens[first:last] if token.line > line]
        filled = sum(1 for token in own if token.kind is not BLANK)
        more = [token for token in later if token.kind is not BLANK]
        return own + later if more and filled + len(more) <= _FIFTEEN else own
    return _without_pads(tokens[header_end:last])


def _without_pads(cells: Sequence[CellToken]) -> list[CellToken]:
    """Cells one a line, without the blanks of lines of several pipes: they close a row."""
    lines = Counter(cell.line for cell in cells)
    return [cell for cell in cells if lines[cell.line] == 1 or cell.kind is not BLANK]


_FIFTEEN = 15


def _blank_row(tokens: Sequence[CellToken], header_end: int, stop: int) -> list[CellToken]:
    """The last line of blanks after the header, when it is all there is."""
    blanks = [token for token in tokens[header_end:stop] if token.kind is BLANK]
    return [token for token in blanks if token.line == blanks[-1].line] if blanks else []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """The groups of columns that stand side by side, each of which adds up.

    Attributes:
        row: One of them.
        rule: By which they add up.
        number: How many.
    """

    row: StreamRow
    rule: Rule
    number: int

    @property
    def width(self) -> int:
        """Columns of one group."""
        return len(self.row.columns)

    @property
    def count(self) -> int:
        """Columns of all."""
        return self.number * self.width

    def parts(self, option: Placement) -> list[Placement]:
        """The placement of each group."""
        return [option[at : at + self.width] for at in range(0, self.count, self.width)]

    def is_good(self, part: Placement) -> bool:
        """Whether a group adds up."""
        return adds_up(self.row, part, self.rule)

    def are_good(self, option: Placement) -> bool:
        """Whether all do."""
        return all(map(self.is_good, self.parts(option)))

    def prove(self, option: Placement) -> bool:
        """Whether the groups that hold more than zeros add up, all but one that a publisher may have got wrong."""
        held = [weigh(self.row, part, self.rule) for part in self.parts(option)]
        return held.count(True) > 0 and held.count(False) <= 1

    def close(self, option: Placement) -> bool:
        """Whether every group adds up and ends with its total."""
        return self.are_good(option) and all(
            part[-1] is not None and part[-1].kind is not BLANK for part in self.parts(option)
        )


def _choices(cells: Sequence[CellToken], rows: Sequence[StreamRow], spec: TableSpec) -> Placements | None:
    """Placements of the whole row, in columns of all groups side by side."""
    rule = row_rule(spec)
    filled = [cell for cell in cells if cell.kind is not BLANK]
    if not filled:
        return Placements(((None,) * sum(len(row.columns) for row in rows),), Sure.LAYOUT)
    if rule is None:
        return None
    groups = _Groups(row=rows[0], rule=rule, number=len(rows))
    shown = _shown_places(cells, filled, groups)
    if shown is not None:
        index = [] if len(cells) == groups.count else _with_an_index(cells, filled, groups)
        return Placements((*shown.options, *index), Sure.OPEN) if index else shown
    parted = tuple(part for cell in filled for part in parts_of(cell))
    if len(parted) == groups.count and groups.are_good(parted):
        return Placements((parted, *_with_an_index(cells, filled, groups)), Sure.OPEN)
    if len(filled) > groups.count:
        options = [option for option in place(cells, groups.count, Habit()).options if groups.are_good(option)]
    elif len(filled) == 1 and filled[0].text.isdigit() and len(filled[0].text) >= groups.count:
        options = _cut_groups(filled[0], groups.number, groups.width)
        if options and may_lack_blanks(filled[0], groups.number, width=groups.width):
            return None
    else:
        options = _spread_groups(filled, groups.number, width=groups.width, good=groups.is_good)
        options += _with_an_index(cells, filled, groups)
    return Placements(tuple(options[:_MOST]), Sure.OPEN) if options and len(options) <= _MOST else None


def _shown_places(cells: Sequence[CellToken], filled: Sequence[CellToken], groups: _Groups) -> Placements | None:
    """The one placement that the cells show, if they do: each has one, or blanks between them are shown."""
    count = groups.count
    own = tuple(cells)
    if len(filled) == count:
        placed = place(cells, count, Habit())
        if placed.sure is Sure.LAYOUT and (len(cells) == count or groups.prove(placed.options[0])):
            return placed
    if len(cells) < count:
        return None
    if len(filled) < len(cells) == count:
        alone = groups.close(own) or _stands_alone(cells)
        if alone or (groups.prove(own) and len(_windows(cells, count, groups.prove)) == 1):
            return Placements((own,), Sure.LAYOUT)
    if len({cell.line for cell in cells}) == 1 and not any(cell.gap == RESTORED for cell in cells):
        options = _windows(cells, count, groups.are_good)
        if len(options) == 1 and groups.prove(options[0]):
            return Placements(tuple(options), Sure.OPEN)
    return None


def _with_an_index(cells: Sequence[CellToken], filled: Sequence[CellToken], groups: _Groups) -> list[Placement]:
    """What a line that shows a blank among its values holds behind its first cell, which may number the row."""
    first, last = cells.index(filled[0]), cells.index(filled[-1])
    behind = tuple(cells[first + 1 : first + 1 + groups.count])
    if len(behind) < groups.count or cells[0].line != cells[-1].line or last - first > groups.count:
        return []
    shows = any(cell.kind is BLANK for cell in cells[first:last])
    return [behind] if shows and groups.are_good(behind) and groups.prove(behind) else []


def _stands_alone(cells: Sequence[CellToken]) -> bool:
    """Whether the cells are those of one line that shows its blanks by marks between, without any left at its end."""
    return len({cell.line for cell in cells}) == 1 and cells[0].nth == 0 and cells[-1].kind is not BLANK


def _windows(cells: Sequence[CellToken], count: int, good: Callable[[Placement], bool]) -> list[Placement]:
    """Runs of tokens that hold all values and add up; a few blanks may be lost at either end."""
    lost: Placement = (None,) * (_MOST_STRIPPED if cells[0].nth == 0 else _MOST_LOST)
    longer: Placement = (*lost, *cells, *lost)
    filled = [index for index, cell in enumerate(longer) if cell is not None and cell.kind is not BLANK]
    starts = range(max(0, filled[-1] - count + 1), min(filled[0], len(longer) - count) + 1)
    found = {_shown(longer[start : start + count]): longer[start : start + count] for start in starts}
    return [option for option in found.values() if good(option)]


def _shown(option: Placement) -> Placement:
    return tuple(cell if cell is not None and cell.kind is not BLANK else None for cell in option)


def _spread_groups(
    filled: list[CellToken], groups: int, *, width: int, good: Callable[[Placement], bool]
) -> list[Placement]:
    """Deal the tokens in order to the groups, each of which must add up."""
    if groups == 0:
        return [()] if not filled else []
    found: list[Placement] = []
    for take in range(min(width, len(filled)) + 1):
        heads = [option for option in spread(filled[:take], width) if good(option)]
        if not heads:
            continue
        for tail in _spread_groups(filled[take:], groups - 1, width=width, good=good):
            found.extend(head + tail for head in heads)
            if len(found) > _MOST:
                return found
    return found


def _cut_groups(token: CellToken, groups: int, width: int) -> list[Placement]:
    """Cut digits that ran together into groups that each add up."""
    if groups == 0:
        return [()] if not token.text else []
    found: list[Placement] = []
    least_after = (groups - 1) * width
    for length in range(width, len(token.text) - least_after + 1):
        heads = cut_digits(token._replace(text=token.text[:length]), width, total=True)
        if not heads:
            continue
        rest = token._replace(text=token.text[length:], column=token.column + length)
        for tail in _cut_groups(rest, groups - 1, width):
            found.extend(head + tail for head in heads)
            if len(found) > _MOST:
                return found
    return found
