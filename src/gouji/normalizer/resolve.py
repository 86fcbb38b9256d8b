"""Decide between the placements of rows by what the form says adds up: the row's sum, the column sums, the balance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import mul
from typing import NamedTuple

from gouji.forms.spec import CHANGE, COUNT, Column, Kind, Rule, TableSpec
from gouji.model.finding import Number
from gouji.model.report import State
from gouji.normalizer.cells import BLANK, MARK, NUMBER, TEXT, CellToken
from gouji.normalizer.joint import keep_balanced, keep_consistent
from gouji.normalizer.placing import Placement, Placements, Sure, spread, without_blanks
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.subsets import Vector
from gouji.text.numbers import NumberReading, read_change, read_count, read_money


class Decided(NamedTuple):
    """A row after the sums have spoken: the placements that remain and what decided (``None``: the layout)."""

    options: tuple[Placement, ...]
    evidence: str | None


_SUMMED = 3


def read_token(token: CellToken | None, kind: Kind, unit: str = "万元") -> NumberReading:
    """The number in a token, by the kind of its column."""
    return NumberReading(None, State.BLANK) if token is None else read_text(token.text, kind, unit)


def read_text(text: str, kind: Kind, unit: str) -> NumberReading:
    """The number in a cell, by the kind of its column."""
    if kind is COUNT:
        return read_count(text)
    return read_change(text) if kind is CHANGE else read_money(text, unit=unit)


def decide(rows: Sequence[StreamRow], placements: Sequence[Placements], spec: TableSpec) -> list[Decided]:
    """Keep of each row the placements that the form's sums allow.

    A row that the layout decides stays as it is, whether it adds up or not: a wrong sum is the publisher's.
    """
    rule = row_rule(spec)
    decided = [_by_row(row, placed, rule) for row, placed in zip(rows, placements, strict=True)]
    decided = _by_total_habit(rows, decided, rule)
    if rule is not None and any(len(item.options) > 1 for item in decided):
        decided = by_columns(rows, decided, spec)
    return decided


def row_rule(spec: TableSpec) -> Rule | None:
    """The rule by which each row of a table adds up, if it has one."""
    return next((rule for rule in spec.rules if rule.kind == "sum" and rule.each == "row"), None)


def signs_of(rule: Rule | None, columns: Sequence[Column]) -> list[int]:
    """How each column counts in a row's sum, so that the row adds up to 0."""
    left, right = (rule.left, rule.right) if rule else ((), ())
    return [(column.key in left) - (column.key in right) for column in columns]


def depths_of(spec: TableSpec) -> dict[str, int]:
    """For every row how many labels it stands under, its own included."""
    return {row.key: len(row.label) for block in spec.blocks for row in block.rows}


def decide_plain(rows: Sequence[StreamRow], spec: TableSpec) -> list[Decided] | None:
    """The usual table, known at a glance: every row in its own columns, from its first cell on, each column named once.

    Blanks that the text shows stay where they are if full rows prove where the columns begin.

    Returns:
        What :func:`decide` would find of it; ``None`` for any other table, and where some row does not add up. In a
        table whose rows have no sum, marks have to part the cells.
    """
    rule = row_rule(spec)
    found = []
    full: list[StreamRow] = []
    with_gaps: list[StreamRow] = []
    columns: Sequence[Column] = ()
    signs: Sequence[int] = ()
    for row in rows:
        if row.columns is not columns:
            columns = row.columns
            signs = signs_of(rule, columns)
        cells = row.cells[: len(signs)]
        kinds = [cell.kind for cell in row.cells]
        blanks = kinds.count(BLANK)
        if row.doubtful or not row.named or TEXT in kinds or (rule is None and row.bare):
            return None
        if len(kinds) - blanks == len(signs) and BLANK not in kinds[: len(signs)]:
            full.append(row)
        elif row.bare or kinds[len(signs) :].count(BLANK) != len(kinds) - len(signs):
            return None
        elif blanks < len(kinds):
            with_gaps.append(row)
        for cell in cells:
            if cell.gap < 0 or " " in cell.text:
                return None
        numbers = (0,) if rule is None else vector(row, cells)
        if numbers is None or sum(map(mul, numbers, signs)):
            return None
        found.append(Decided((cells,), None))
    return found if _show_their_place(with_gaps, full, spec) else None


def _show_their_place(rows: Sequence[StreamRow], full: Sequence[StreamRow], spec: TableSpec) -> bool:
    """Whether the full rows prove that the columns of the others, too, begin right after the label.

    A blank may fill up what a span has left: so many cells as the label is less deep than others, as the row is longer,
    or as its cells begin earlier in the line. Full rows that differ in that have no such blanks; of one that does not,
    the others must not be less deep, longer, or begin earlier. Where blanks follow full rows, as many cells as theirs
    show that one behind the others is a cell.
    """
    if not rows:
        return True
    depths = depths_of(spec)
    if any(padded and {len(row.cells)} != padded for row in rows for padded in (_padded_lengths(row, full, depths),)):
        return False
    shapes = [[(depths.get(row.key, 1), -len(row.cells), row.cells[0].nth) for row in some] for some in (rows, full)]
    return bool(full) and all(
        len(set(proven)) > 1 or min(others) >= proven[0]
        for others, proven in zip(zip(*shapes[0], strict=True), zip(*shapes[1], strict=True), strict=True)
    )


def _padded_lengths(row: StreamRow, full: Sequence[StreamRow], depths: Mapping[str, int]) -> set[int]:
    """How many cells the full rows have that are as deep as a row, if some have blanks behind their values.

    Where rows share a line, a blank ends each, and one of fewer columns tells nothing (0).
    """
    depth = depths.get(row.key, 1)
    alike = [other for other in full if depths.get(other.key, 1) == depth]
    if all(len(other.cells) == len(other.columns) for other in alike):
        return set()
    beside = [other.cells[0].line == row.cells[0].line and len(other.columns) != len(row.columns) for other in alike]
    return {0 if apart else len(other.cells) for other, apart in zip(alike, beside, strict=True)}


def _by_row(row: StreamRow, placed: Placements, rule: Rule | None) -> Decided:
    decided = _by_sum(row, placed, rule)
    if rule is not None and len(decided.options) == 1 and _may_repeat(row, decided.options[0], rule, sure=placed.sure):
        return Decided((*decided.options, (None,) * len(row.columns)), None)
    if rule is not None and placed.sure is Sure.LAYOUT and row.bare and _lacks_total(row, decided.options, rule):
        filled = [cell for cell in decided.options[0] if cell is not None and _is_filled(cell)]
        others = [option for option in spread(filled, len(row.columns)) if adds_up(row, option, rule)]
        return Decided((*decided.options, *others), None)
    return decided


def _lacks_total(row: StreamRow, options: Sequence[Placement], rule: Rule) -> bool:
    """Whether, in a row without marks between its cells, the total stands under another column by its place."""
    if len(options) != 1 or _is_filled(options[0][-1]) or row.columns[-1].key not in rule.right:
        return False
    filled = [cell for cell in options[0] if _is_filled(cell)]
    moved: Placement = (*filled[:-1], *(None,) * (len(row.columns) - len(filled)), *filled[-1:])
    return len(filled) > 1 and weigh(row, options[0], rule) is False and weigh(row, moved, rule) is True


def _may_repeat(row: StreamRow, option: Placement, rule: Rule, *, sure: Sure) -> bool:
    """Whether the last two values are perhaps one total printed twice, and another value was dropped or is missing."""
    filled = [cell for cell in row.cells if cell.kind is not BLANK]
    if len(filled) < len(row.columns) or filled[-1].text != filled[-2].text or option[-2] is not filled[-2]:
        return False
    if len(filled) > len(row.columns):
        return option[0] is not filled[0]
    return row.bare and sure is Sure.LAYOUT and weigh(row, option, rule) is False


def _by_sum(row: StreamRow, placed: Placements, rule: Rule | None) -> Decided:
    if placed.sure is Sure.LAYOUT or not placed.options:
        return Decided(placed.options, None)
    if rule is None:
        if placed.sure is Sure.SOFT and not (row.bare and None in placed.options[0]):
            return Decided(placed.options[:1], "layout")
        return Decided(placed.options, "only-reading" if len(placed.options) == 1 else None)
    good = [option for option in placed.options if adds_up(row, option, rule)]
    if placed.sure is Sure.SOFT:
        favourite = placed.options[0]
        if favourite in good and (_is_filled(favourite[-1]) or len(good) == 1):
            return Decided((favourite,), None)
        good = [option for option in good if option != favourite]
        if good:
            return Decided((favourite, *good), None)
        return (
            Decided((favourite,), "layout")
            if _is_filled(favourite[-1]) or placed.regular
            else Decided(placed.options, None)
        )
    if good and any(map(_is_filled, row.cells)) and not any(map(_is_filled, chain.from_iterable(good))):
        return Decided((), None)  # a row in doubt: that nothing at all adds up to 0 is no reason to read a blank row
    if len(good) == 1 and weigh(row, good[0], rule) is None and not all(map(_is_filled, good[0])):
        return Decided((good[0], (None,) * len(row.columns)), None)  # zeros add up in any place
    if len(good) == 1:
        return Decided((good[0],), "row-sum")
    return Decided(tuple(good) or (*placed.options, (None,) * len(row.columns)), None)


def doubt_all(rows: Sequence[StreamRow], decided: Sequence[Decided], spec: TableSpec) -> list[Decided]:
    """Take nothing for certain in a table most of whose rows do not add up, in no way: it is we who misplace its cells.

    A publisher slips in a row or two. One repeated column, or one that is missing, breaks nearly all of them.
    """
    rule = row_rule(spec)
    if rule is None:
        return list(decided)
    broken = judged = 0
    for row, item in zip(rows, decided, strict=True):
        held = _holds_anyhow(row, item, rule)
        judged += held is not None
        broken += held is False
    if judged < _SUMMED or 2 * broken <= judged:
        return list(decided)
    return [Decided((*item.options, (None,) * len(row.columns)), None) for row, item in zip(rows, decided, strict=True)]


def _holds_anyhow(row: StreamRow, item: Decided, rule: Rule) -> bool | None:
    """Whether a row of more than zeros adds up, in any of its placements."""
    found = None
    for option in item.options:
        held = weigh(row, option, rule)
        if held:
            return True
        found = held if found is None else found
    return found


def _is_filled(token: CellToken | None) -> bool:
    return token is not None and token.kind is not BLANK


def adds_up(row: StreamRow, option: Placement, rule: Rule) -> bool:
    """Whether a placement's own sum holds, blanks read as 0; never for cells that are no numbers."""
    numbers = vector(row, option)
    return numbers is not None and _holds(row, numbers, rule)


def weigh(row: StreamRow, option: Placement, rule: Rule) -> bool | None:
    """Whether the sum of a placement holds; ``None`` where it holds only zeros, which tell nothing."""
    numbers = vector(row, option)
    return _holds(row, numbers, rule) if numbers is not None and any(numbers) else None


def _holds(row: StreamRow, numbers: Vector, rule: Rule) -> bool:
    balance = 0
    for number, column in zip(numbers, row.columns, strict=True):
        if column.key in rule.left:
            balance += number
        elif column.key in rule.right:
            balance -= number
    return balance == 0


def vector(row: StreamRow, option: Placement) -> Vector | None:
    """The numbers of a placement, blanks and marks as 0; ``None`` when a cell cannot be read."""
    numbers: list[int] = []
    for token, column in zip(option, row.columns, strict=True):
        if token is None or token.kind is BLANK or token.kind is MARK:
            numbers.append(0)
            continue
        kind = column.kind
        value = (read_count(token.text) if kind is COUNT else read_token(token, kind, row.unit)).value
        if not isinstance(value, int):
            return None
        numbers.append(value)
    return tuple(numbers)


def _by_total_habit(rows: Sequence[StreamRow], decided: list[Decided], rule: Rule | None) -> list[Decided]:
    """Where zeros are printed in the total column alone, a lone 0 is the total's.

    Shown by at least three rows whose every possible placement fills the total and holds no other zero.
    """
    if rule is None or len(rule.right) != 1:
        return decided
    shown = 0
    for row, item in zip(rows, decided, strict=True):
        filled = [cell for cell in row.cells if cell.kind is NUMBER]
        if 1 < len(filled) < len(row.columns):
            if any(cell.text == "0" for cell in filled[:-1]) or not all(option[-1] for option in item.options):
                return decided
            shown += 1
    if shown < _SUMMED:
        return decided
    return [_total_only(row, item) for row, item in zip(rows, decided, strict=True)]


def _total_only(row: StreamRow, item: Decided) -> Decided:
    filled = [cell for cell in row.cells if cell.kind is NUMBER]
    if len(item.options) < 2 or len(filled) != 1 or filled[0].text != "0":
        return item
    options = tuple(option for option in item.options if option[-1] is not None)
    return Decided(options, "total-column") if len(options) == 1 else item


def by_columns(rows: Sequence[StreamRow], decided: list[Decided], spec: TableSpec) -> list[Decided]:
    """Keep of each row the placements with which the columns can add up."""
    numbers: dict[str, list[Vector]] = {}
    rule = row_rule(spec)
    possible = [_possible(row, item, rule) for row, item in zip(rows, decided, strict=True)]
    for row, options in zip(rows, possible, strict=True):
        vectors = [vector(row, option) for option in options]
        if not vectors or any(found is None for found in vectors):
            continue
        numbers[row.key] = [found for found in vectors if found is not None]
    kept: dict[str, set[int]] = {}
    for each in (each for each in spec.rules if each.kind == "sum" and each.each == "column"):
        _narrow(each, {row.key for row in rows}, numbers=numbers, kept=kept)
    return [
        _keep(item, kept[row.key], possible=options) if row.key in kept else item
        for row, item, options in zip(rows, decided, possible, strict=True)
    ]


def _possible(row: StreamRow, item: Decided, rule: Rule | None) -> list[Placement]:
    """The options that place a row's values; where it may have others, too, all that add up."""
    real = real_options(row, item.options)
    filled = [cell for cell in row.cells if cell.kind is not BLANK]
    if rule is None or len(real) == len(item.options) or len(filled) > len(row.columns):
        return real
    known = {without_blanks(option) for option in real}
    others = (option for option in spread(filled, len(row.columns)) if option not in known)
    return [*real, *(option for option in others if adds_up(row, option, rule))]


def real_options(row: StreamRow, options: Sequence[Placement]) -> list[Placement]:
    """The options that place the row's values: to know nothing of them is not to read zeros."""
    real = [option for option in options if any(map(_is_filled, option))]
    return real if real or any(cell.kind is not BLANK for cell in row.cells) else list(options)


def _narrow(rule: Rule, present: set[str], *, numbers: Mapping[str, list[Vector]], kept: dict[str, set[int]]) -> None:
    """Apply one column rule to the options that remain; rows the page does not have make it say nothing."""
    terms = [*rule.left, *rule.right]
    if len(present & set(terms)) != len(terms) or any(term not in numbers for term in terms):
        return
    alive = {term: sorted(kept.get(term, range(len(numbers[term])))) for term in terms}
    options = {term: [numbers[term][index] for index in alive[term]] for term in terms}
    if len(rule.right) == 1:
        result = keep_consistent(options, details=rule.left, total=rule.right[0])
    else:
        result = keep_balanced(options, left=rule.left, right=rule.right)
    for term, chosen in (result or {}).items():
        kept[term] = {alive[term][index] for index in chosen}


def _keep(item: Decided, chosen: set[int], *, possible: Sequence[Placement]) -> Decided:
    """The options that were chosen; a doubt whether there are others stays until one alone is left."""
    options = tuple(option for index, option in enumerate(possible) if index in chosen)
    doubt = tuple(option for option in item.options if not any(map(_is_filled, option)))
    zeros = not any(cell is not None and _COUNTS.search(cell.text) for option in options for cell in option)
    if len(options) == len(item.options) or (zeros and doubt):
        return item
    return Decided(options, "column-sums") if len(options) == 1 else Decided((*options, *doubt), item.evidence)


_COUNTS = re.compile(r"[^\D0]")


def readings_of(options: Sequence[Placement], column: int, *, kind: Kind, unit: str) -> tuple[list[Number], bool]:
    """The numbers a column may hold over all placements, and whether it may also be blank."""
    numbers: dict[Number, None] = {}
    blank = False
    for option in options:
        value = read_token(option[column], kind, unit).value
        if value is None:
            blank = True
        else:
            numbers[value] = None
    return list(numbers), blank
