"""Find a table in a stream of tokens: the best chain of labels in the form's order, by dynamic programming."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from gouji.normalizer.cells import BLANK, TEXT, CellToken
from gouji.normalizer.labels import How, core
from gouji.normalizer.vocabulary import COLUMN, PARENT, ROW, TITLE, Item, Match, Vocabulary
from gouji.text.fold import fold


class Found(NamedTuple):
    """A label recognised at tokens ``start`` .. ``end`` (half-open)."""

    start: int
    end: int
    item: Item
    weight: float
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Tokens with the labels that stand among them.

    Attributes:
        tokens: See :class:`CellToken`.
        matches: For each token, what it means as a whole, or ``None``.
        cut: For tokens that are the beginning of a row's label with values after it: the rows.
        strange: For each token what it costs a table to hold it: nothing for values and labels.
        tables: For each token that is a label, the tables it belongs to.
        columns: Places of tokens that are, or begin, the label of a column, in rising order.
        labels: Places of tokens that are, or begin, any label or part of one, in rising order.
        ends: Places of tokens that end the row before them, because they are, or begin, a label for certain.
        divided: For every line, whether pipes or tabs part its cells, not only frame them.
        joined: For the first token of several that form one label together: how many, and the label.
        votes: What the labels of a stretch say of its edition, counted once.
        lines: The text.
    """

    tokens: Sequence[CellToken]
    matches: Sequence[Match | None]
    joined: dict[int, list[tuple[int, Match]]]
    cut: dict[int, tuple[Item, ...]] = field(default_factory=dict)
    divided: Sequence[bool] = ()
    columns: Sequence[int] = ()
    labels: Sequence[int] = ()
    ends: Sequence[int] = ()
    strange: Sequence[int] = ()
    tables: Sequence[tuple[int, frozenset[str]]] = ()
    votes: dict[tuple[str, int, int], Counter[str]] = field(default_factory=dict)
    lines: Sequence[str] = ()


_JUNK = 0.04
_ROW = 1.0
_ABOVE = {PARENT: 0.5, TITLE: 0.9}
_HOW = {How.EXACT: 0.0, How.CORE: -0.05, How.CLOSE: -0.3}
_JOINED = -0.1
_VALUES_FOLLOW = 1.0
_LIKE_A_COLUMN = 0.6
"""总计 and 其他 without their numerals are rows only where the rows around them say so."""
_CUT_LABEL = 0.35
_MOST_JOINED = 8


def read_labels(tokens: Sequence[CellToken], vocabulary: Vocabulary, *, lines: Sequence[str] = ()) -> Stream:
    """Match every token, and runs of neighbouring ones that mean nothing alone."""
    matches: list[Match | None] = [None] * len(tokens)
    joined: dict[int, list[tuple[int, Match]]] = {}
    cut: dict[int, tuple[Item, ...]] = {}
    strange = [0] * len(tokens)
    tables: list[tuple[int, frozenset[str]]] = []
    columns: list[int] = []
    ends: list[int] = []
    for index in [index for index, token in enumerate(tokens) if token.kind is TEXT]:
        text = tokens[index].text
        meaning = matches[index] = vocabulary.match(text)
        longer: list[tuple[int, Match]] = []
        if len(text) <= vocabulary.longest and vocabulary.begins(text):
            longer = _join(tokens, index, vocabulary)
            if longer:
                joined[index] = longer
            elif meaning is None and _values_follow(tokens, index + 1):
                cut[index] = vocabulary.starts(core(text))
        if meaning is not None:
            tables.append((index, meaning.tables))
        else:
            strange[index] = _HEADING_COST if _HEADING.match(text) else 1
        if meaning is not None or (longer and any(found.how is not How.CLOSE for _, found in longer)):
            ends.append(index)
        if (meaning is not None and meaning.columns) or (longer and any(found.columns for _, found in longer)):
            columns.append(index)
    return Stream(
        tokens=tokens,
        matches=matches,
        joined=joined,
        cut=cut,
        divided=_find_divided(tokens, lines),
        columns=columns,
        labels=sorted({index for index, _ in tables} | joined.keys() | cut.keys()),
        ends=ends,
        strange=strange,
        tables=tables,
        lines=lines,
    )


def _is_column(match: Match | None) -> bool:
    return match is not None and match.items[0].part is COLUMN


_DIVIDERS = re.compile("[|\t│┃║｜]")
_PARTED_WIDELY = re.compile(r"[^\s|│┃║｜] {2,}[+-]?[\d/]")
_FRAME = " \u3000\xa0|\t│┃║｜"


def _find_divided(tokens: Sequence[CellToken], lines: Sequence[str]) -> list[bool]:
    """Which lines show their blanks: between pipes or tabs, or, where there are none of these, between commas."""
    divided = list(map(_is_divided, lines))
    commas = {number for number, line in enumerate(lines) if "," in line and not divided[number]}
    if not commas:
        return divided
    if any(token.kind is BLANK and token.gap >= 0 and token.line in commas for token in tokens):
        for token in tokens:
            if token.nth == 1 and lines[token.line][: token.column].rstrip(' "').endswith(","):
                divided[token.line] = True
        return divided
    cells = Counter(token.line for token in tokens if token.line in commas)
    for number in commas:
        if cells[number] == cells[number - 1] == lines[number].count(",") + 1 and cells[number] > 1:
            divided[number] = True
    return divided


def _is_divided(line: str) -> bool:
    """Whether pipes or tabs stand between the cells of a line; those around it, or before each row, only frame it."""
    if _DIVIDERS.search(line) is None or ("  " in line and _PARTED_WIDELY.search(line) is not None):
        return False
    inner = line.strip(_FRAME)
    return " " not in inner or _DIVIDERS.search(inner) is not None


def _join(tokens: Sequence[CellToken], start: int, vocabulary: Vocabulary) -> list[tuple[int, Match]]:
    """Labels that a token forms with the texts right after it, blanks between them not counting."""
    found = []
    text = fold(tokens[start].text)
    for end in range(start + 1, min(start + _MOST_JOINED, len(tokens))):
        if tokens[end].kind is BLANK:
            continue
        if tokens[end].kind is not TEXT:
            break
        text += fold(tokens[end].text)
        if len(text) > vocabulary.longest:
            break
        match = vocabulary.exact(text)
        if match is not None:
            found.append((end + 1, match))
    return found


def find_chains(stream: Stream, tables: Iterable[str]) -> dict[str, list[list[Found]]]:
    """For each table the chains of its rows, parents and titles, best first, none overlapping.

    A page may show a table twice, or hold two reports.
    """
    candidates: dict[str, list[Found]] = {table: [] for table in tables}
    for found in _candidates(stream):
        if found.item.table in candidates:
            candidates[found.item.table].append(found)
    return {table: _chains_of(stream, table, found) for table, found in candidates.items()}


def _chains_of(stream: Stream, table: str, candidates: list[Found]) -> list[list[Found]]:
    chains: list[list[Found]] = []
    junk = _count_junk(stream, table)
    while candidates:
        chain = _best_chain(candidates, junk)
        if sum(1 for found in chain if found.item.part is ROW) < (_LEAST_AGAIN if chains else 1):
            break
        chains.append(chain)
        first, last = chain[0].start, chain[-1].end
        candidates = [found for found in candidates if found.end <= first or found.start >= last]
        if len(chains) == _MOST_CHAINS:
            break
    return chains


_MOST_CHAINS = 4
_LEAST_AGAIN = 3
"""Rows that a second occurrence of a table must show; single words recur everywhere."""


def _candidates(stream: Stream) -> Iterable[Found]:
    for start in stream.labels:
        match = stream.matches[start]
        for end, longer in stream.joined.get(start, ()):
            yield from _founds(stream, longer, start=start, end=end, extra=_JOINED)
        if match is not None:
            yield from _founds(stream, match, start=start, end=start + 1)
        elif start in stream.cut:
            for item in stream.cut[start]:
                yield Found(start, start + 1, item, _CUT_LABEL, How.CLOSE)


def _founds(stream: Stream, match: Match, *, start: int, end: int, extra: float = 0.0) -> Iterable[Found]:
    extra += _HOW[match.how]
    follow: bool | None = None
    for item in match.items:
        part = item.part
        if part is ROW:
            follow = _values_follow(stream.tokens, end) if follow is None else follow
            weight = _ROW + extra + (_VALUES_FOLLOW if follow else 0.0)
            yield Found(start, end, item, weight * _LIKE_A_COLUMN if _is_column(match) else weight, match.how)
        elif part in _ABOVE:
            yield Found(start, end, item, _ABOVE[part] + extra, match.how)


def _values_follow(tokens: Sequence[CellToken], at: int) -> bool:
    while at < len(tokens) and tokens[at].kind is BLANK:
        at += 1
    return at < len(tokens) and tokens[at].kind is not TEXT


def _best_chain(candidates: list[Found], junk: Sequence[int]) -> list[Found]:
    """The heaviest chain in rising order, less a little for every strange text between its labels."""
    orders: list[int] = []
    tops: list[tuple[float, int]] = []
    """Scores (with the junk before their ends added back) of the best chains that end at ``orders``, both rising."""
    score: list[float] = []
    before: list[int] = []
    waiting = sorted(range(len(candidates)), key=[found.end for found in candidates].__getitem__)
    ready = 0
    for found in candidates:
        while ready < len(waiting) and candidates[waiting[ready]].end <= found.start:
            done = waiting[ready]
            _keep_best(
                orders,
                tops,
                order=candidates[done].item.order,
                top=(score[done] + _JUNK * junk[candidates[done].end], done),
            )
            ready += 1
        place = bisect_left(orders, found.item.order)
        value, previous = tops[place - 1] if place else (0.0, -1)
        value -= _JUNK * junk[found.start]
        score.append(found.weight + max(value, 0.0))
        before.append(previous if value > 0 else -1)
    at = score.index(max(score))
    chain = []
    while at >= 0:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def _keep_best(orders: list[int], tops: list[tuple[float, int]], *, order: int, top: tuple[float, int]) -> None:
    """Take in the score of a chain that ends at an order, and drop those it makes useless."""
    after = bisect_right(orders, order)
    if after and tops[after - 1] >= top:
        return
    first = bisect_left(orders, order)
    while after < len(tops) and tops[after] <= top:
        after += 1
    orders[first:after], tops[first:after] = [order], [top]


def is_like_a_column(stream: Stream, found: Found) -> bool:
    """Whether a row's label is, to the letter, a column's (总计, 其他): alone it tells nothing."""
    whole = next((match for end, match in stream.joined.get(found.start, ()) if end == found.end), None)
    return _is_column(whole or stream.matches[found.start])


def _count_junk(stream: Stream, table: str) -> list[int]:
    """For every place how much before it does not belong to the table.

    A strange text counts one, a label of another table more, a heading most: no table goes on after it.
    """
    costs = list(stream.strange)
    for index, tables in stream.tables:
        if table not in tables:
            costs[index] = _FOREIGN_COST
    return [0, *accumulate(costs)]


_HEADING = re.compile(r"\s*(?:[#*]+\s*)?[一二三四五六]\s*[、.．].{2,40}(?:情况|情況|事项|事項)")
_HEADING_COST = 50
_FOREIGN_COST = 10
