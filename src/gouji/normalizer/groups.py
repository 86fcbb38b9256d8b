"""Groups of columns side by side in one row of values, each of which ends with its sum: where each value stands.

The review table prints its three rows so. Which values are whose is decided by the sums of all groups together; what
stands where within one, by its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gouji.forms.spec import Rule, TableSpec
from gouji.normalizer.cells import BLANK, RESTORED, CellToken
from gouji.normalizer.digits import cut_digits
from gouji.normalizer.placing import (
    Habit,
    Placement,
    Placements,
    Sure,
    parts_of,
    place,
    spread,
    without_blanks,
)
from gouji.normalizer.resolve import adds_up, row_rule, weigh
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.torn import may_lack_blanks

_MOST = 60
_MOST_STRIPPED = 4
_MOST_LOST = 10
"""Blanks at the end of the last row that a text may have lost, and at both ends where all stands on one line."""


class Parts(NamedTuple):
    """For every group its possible placements; ``unused`` are tokens that none can hold."""

    by_group: tuple[tuple[Placement, ...], ...]
    sure: Sure
    unused: tuple[CellToken, ...] = ()


def place_groups(cells: Sequence[CellToken], rows: Sequence[StreamRow], spec: TableSpec) -> Parts | None:
    """Placements of one row of values in the columns of all groups.

    Args:
        cells: The values, explicit blanks included.
        rows: The groups, none of which has cells of its own.
        spec: Of the table.

    Returns:
        ``None`` where the sums leave none, or too many.
    """
    width = len(rows[0].columns)
    whole = _choices(cells, rows, spec)
    if isinstance(whole, Placements):
        starts = range(0, len(rows) * width, width)
        parts = (tuple(dict.fromkeys(option[at : at + width] for option in whole.options)) for at in starts)
        return Parts(tuple(parts), whole.sure, whole.unused)
    return whole


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
        held = self.held(option)
        return held.count(True) > 0 and held.count(False) <= 1

    def held(self, option: Placement) -> list[bool | None]:
        """Whether the sum of each group holds; nothing of zeros."""
        return [weigh(self.row, part, self.rule) for part in self.parts(option)]

    def close(self, option: Placement) -> bool:
        """Whether every group adds up and ends with its total."""
        return self.are_good(option) and all(
            part[-1] is not None and part[-1].kind is not BLANK for part in self.parts(option)
        )


def _choices(cells: Sequence[CellToken], rows: Sequence[StreamRow], spec: TableSpec) -> Placements | Parts | None:
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
    elif len(filled) == 1 and filled[0].text.isdecimal() and len(filled[0].text) >= groups.count:
        options = _cut_groups(filled[0], groups.number, groups.width)
        if options and may_lack_blanks(filled[0], groups.number, width=groups.width):
            return None
    else:
        return _dealt(filled, groups, index=_with_an_index(cells, filled, groups))
    return Placements(tuple(options[:_MOST]), Sure.OPEN) if options and len(options) <= _MOST else None


def _shown_places(cells: Sequence[CellToken], filled: Sequence[CellToken], groups: _Groups) -> Placements | None:
    """The one placement that the cells show, if they do: each has one, or blanks between them are shown."""
    count = groups.count
    own = tuple(cells)
    if len(filled) == count:
        placed = place(cells, count, Habit())
        lines = set(Counter(cell.line for cell in cells).values())
        whole = len(cells) == count and len(lines) == 1 and lines <= {1, groups.width, count}
        whole = whole and groups.held(placed.options[0]).count(False) <= 1
        if placed.sure is Sure.LAYOUT and (whole or groups.prove(placed.options[0])):
            return placed  # a row that lines wrap otherwise may hold pieces of numbers
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
    found = {without_blanks(longer[start : start + count]): longer[start : start + count] for start in starts}
    return [option for option in found.values() if good(option)]


def _dealt(filled: Sequence[CellToken], groups: _Groups, *, index: Sequence[Placement]) -> Parts | None:
    """Deal the tokens in order to the groups, each of which must add up, in every way.

    Args:
        filled: The tokens.
        groups: That take them.
        index: Placements that stand beside these, see :func:`_with_an_index`.
    """
    count, last = len(filled), groups.number
    ways = {
        (start, stop): [option for option in spread(list(filled[start:stop]), groups.width) if groups.is_good(option)]
        for start in range(count + 1)
        for stop in range(start, min(start + groups.width, count) + 1)
    }
    before: list[set[int]] = [{0}]
    for _ in range(last):
        before.append({stop for (start, stop), found in ways.items() if found and start in before[-1]})
    after = {count}
    by_group: list[tuple[Placement, ...]] = []
    for number in range(last - 1, -1, -1):
        taken = [pair for pair, found in ways.items() if found and pair[0] in before[number] and pair[1] in after]
        options = [option for pair in taken for option in ways[pair]]
        options += [groups.parts(option)[number] for option in index]
        by_group.append(tuple(dict.fromkeys(options)))
        after = {start for start, _ in taken}
    return Parts(tuple(by_group[::-1]), Sure.OPEN) if all(0 < len(own) <= _MOST for own in by_group) else None


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
