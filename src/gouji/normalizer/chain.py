"""Find a table in a stream of tokens: the best chain of labels in the form's order, by dynamic programming."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.normalizer.cells import CellKind, CellToken
from gouji.normalizer.labels import How, core
from gouji.normalizer.vocabulary import Item, Match, Part, Vocabulary
from gouji.text.fold import fold


@dataclass(frozen=True, slots=True)
class Found:
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
        joined: For the first token of several that form one label together: how many, and the label.
    """

    tokens: Sequence[CellToken]
    matches: Sequence[Match | None]
    joined: dict[int, list[tuple[int, Match]]]


_JUNK = 0.04
_WEIGHTS = {Part.ROW: 1.0, Part.PARENT: 0.5, Part.TITLE: 0.9}
_HOW = {How.EXACT: 0.0, How.CORE: -0.05, How.CLOSE: -0.3}
_JOINED = -0.1
_VALUES_FOLLOW = 1.0
_CUT_LABEL = 0.35
_MOST_JOINED = 8


def read_labels(tokens: Sequence[CellToken], vocabulary: Vocabulary) -> Stream:
    """Match every token, and runs of neighbouring ones that mean nothing alone."""
    match = vocabulary.match
    matches = [match(token.text) if token.kind is CellKind.TEXT else None for token in tokens]
    joined: dict[int, list[tuple[int, Match]]] = {}
    for start, token in enumerate(tokens):
        if token.kind is CellKind.TEXT and _may_begin(token.text, vocabulary):
            found = _join(tokens, start, vocabulary)
            if found:
                joined[start] = found
    return Stream(tokens=tokens, matches=matches, joined=joined)


def _may_begin(text: str, vocabulary: Vocabulary) -> bool:
    return len(text) <= vocabulary.longest and vocabulary.begins(text)


def _join(tokens: Sequence[CellToken], start: int, vocabulary: Vocabulary) -> list[tuple[int, Match]]:
    """Labels that a token forms with the texts right after it, blanks between them not counting."""
    found = []
    text = fold(tokens[start].text)
    for end in range(start + 1, min(start + _MOST_JOINED, len(tokens))):
        if tokens[end].kind is CellKind.BLANK:
            continue
        if tokens[end].kind is not CellKind.TEXT:
            break
        text += fold(tokens[end].text)
        if len(text) > vocabulary.longest:
            break
        match = vocabulary.exact(text)
        if match is not None:
            found.append((end + 1, match))
    return found


def find_chains(stream: Stream, table: str, vocabulary: Vocabulary) -> list[list[Found]]:
    """The chains of one table's rows, parents and titles, best first, none overlapping.

    A page may show a table twice, or hold two reports.
    """
    candidates = list(_candidates(stream, table, vocabulary))
    chains: list[list[Found]] = []
    while candidates:
        chain = _best_chain(candidates, stream)
        if sum(1 for found in chain if found.item.part is Part.ROW) < 1:
            break
        chains.append(chain)
        first, last = chain[0].start, chain[-1].end
        candidates = [found for found in candidates if found.end <= first or found.start >= last]
        if len(chains) == _MOST_CHAINS:
            break
    return chains


_MOST_CHAINS = 4


def _candidates(stream: Stream, table: str, vocabulary: Vocabulary) -> Iterable[Found]:
    tokens = stream.tokens
    for start, match in enumerate(stream.matches):
        if match is not None:
            yield from _founds(stream, match, table=table, span=(start, start + 1))
        for end, longer in stream.joined.get(start, ()):
            yield from _founds(stream, longer, table=table, span=(start, end), extra=_JOINED)
        if match is None and start not in stream.joined and tokens[start].kind is CellKind.TEXT:
            for item in vocabulary.starts(core(tokens[start].text)):
                if item.table == table and _values_follow(tokens, start + 1):
                    yield Found(start, start + 1, item, _CUT_LABEL, How.CLOSE)


def _founds(stream: Stream, match: Match, *, table: str, span: tuple[int, int], extra: float = 0.0) -> Iterable[Found]:
    start, end = span
    for item in match.items:
        if item.table == table and item.part in _WEIGHTS:
            weight = _WEIGHTS[item.part] + _HOW[match.how] + extra
            if item.part is Part.ROW and _values_follow(stream.tokens, end):
                weight += _VALUES_FOLLOW
            yield Found(start, end, item, weight, match.how)


def _values_follow(tokens: Sequence[CellToken], at: int) -> bool:
    while at < len(tokens) and tokens[at].kind is CellKind.BLANK:
        at += 1
    return at < len(tokens) and tokens[at].kind is not CellKind.TEXT


def _best_chain(candidates: list[Found], stream: Stream) -> list[Found]:
    """The heaviest chain in rising order, less a little for every strange text between its labels."""
    junk = _count_junk(stream)
    highest = max(found.item.order for found in candidates) + 2
    best = [(float("-inf"), -1)] * highest
    """For every order: the score (with the junk before its end added back) of the best chain ending there."""
    score: list[float] = []
    before: list[int] = []
    waiting = sorted(range(len(candidates)), key=lambda index: candidates[index].end)
    ready = 0
    for index in sorted(range(len(candidates)), key=lambda index: candidates[index].start):
        while len(score) <= index:
            score.append(0.0)
            before.append(-1)
        found = candidates[index]
        while ready < len(waiting) and candidates[waiting[ready]].end <= found.start:
            done = waiting[ready]
            value = score[done] + _JUNK * junk[candidates[done].end]
            order = candidates[done].item.order
            if value > best[order][0]:
                best[order] = (value, done)
            ready += 1
        value, previous = max(best[: found.item.order]) if found.item.order else (0.0, -1)
        value -= _JUNK * junk[found.start]
        if value > 0:
            score[index] = found.weight + value
            before[index] = previous
        else:
            score[index] = found.weight
    at = max(range(len(candidates)), key=lambda index: (score[index], -index))
    chain = []
    while at >= 0:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def _count_junk(stream: Stream) -> list[int]:
    """For every place the number of texts before it that are no labels."""
    counts = [0]
    for token, match in zip(stream.tokens, stream.matches, strict=True):
        counts.append(counts[-1] + (token.kind is CellKind.TEXT and match is None))
    return counts
