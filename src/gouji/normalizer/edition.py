"""Which edition of the form a table of the stream is printed by: the one with most labels of its own around it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from gouji.normalizer.cells import TEXT
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.vocabulary import ROW, Vocabulary

HEAD_REACH = 80
"""How many tokens above its first label a table's header may begin."""


def decide_edition(stream: Stream, chain: Sequence[Found], *, vocabulary: Vocabulary, default: str) -> str:
    """The edition with most labels of its own around a chain; ``default`` when they tell nothing.

    A row counts only when values follow its label: （六）其他处理 is a row of 2019 and a parent of 2021.
    """
    table = chain[0].item.table
    names = [name for name in vocabulary.forms if (table, name) in vocabulary.blocks]
    score = votes_of(stream, chain, names)
    if not score:
        return default if default in names else names[-1]
    best = max(score.values())
    leaders = [name for name in names if score[name] == best]
    return default if default in leaders else leaders[-1]


def votes_of(stream: Stream, chain: Sequence[Found], names: Sequence[str]) -> Counter[str]:
    """For every edition how many of its own labels stand in and right above a chain; counted once."""
    span = (chain[0].item.table, chain[0].start, chain[-1].end)
    score = stream.votes.get(span)
    if score is None:
        score = stream.votes[span] = _count_votes(stream, chain, names)
    return score


def _count_votes(stream: Stream, chain: Sequence[Found], names: Sequence[str]) -> Counter[str]:
    """How many labels in and right above a chain are those of only some editions, and of which."""
    table = chain[0].item.table
    score: Counter[str] = Counter()
    for found in chain:
        if found.item.part is ROW and _has_value(stream, found.end):
            _vote(score, found.item.editions, names)
    first = bisect_left(stream.columns, chain[0].start - HEAD_REACH)
    for index in stream.columns[first : bisect_left(stream.columns, chain[-1].end)]:
        match = stream.matches[index]
        for meaning in (match, *(longer for _, longer in stream.joined.get(index, ()))):
            for item in meaning.columns if meaning else ():
                if item.table == table:
                    _vote(score, item.editions, names)
    return score


def _vote(score: Counter[str], editions: frozenset[str], names: Sequence[str]) -> None:
    if len(editions) < len(names):
        for edition in editions:
            score[edition] += 1


def _has_value(stream: Stream, at: int) -> bool:
    return at < len(stream.tokens) and stream.tokens[at].kind is not TEXT
