"""Sentences that say there is none (未收到…, 无…), or that all are of one kind (均为自然人)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from gouji.checker.prose_claims import HARMLESS, Claim, find_heads, has
from gouji.checker.prose_lexicon import Token, lexicon
from gouji.checker.prose_names import Understood, name_head

_REQUESTS = {"strong": ("received", "received_none"), "weak": ("received", "received_none")}
_ZERO = {"zero_received": "received_none", "zero_review": "review", "zero_suit": "suit"}
_KINDS = {
    "receive": {"request", "case"},
    "occur": {"request", "case", "carried", "document", "decision", "fee", "out"},
    "issue": {"document"},
    "repeal": {"document"},
    "decide": {"decision"},
}
_SPOILING = frozenset({"foreign", "subset", "publish", "noise", "neg"})


class Speaking(Understood, Protocol):
    """What is known of the sentence."""

    about: bool
    counted: int | None

    @property
    def certain(self) -> bool:
        """Whether it speaks of this body's year."""


def read_none(tokens: Sequence[Token], state: Speaking) -> Iterator[Claim]:
    """Find what a segment, from its negation on, says not to exist."""
    again = next((index for index, token in enumerate(tokens) if index and token.kind == "neg"), None)
    if again is not None and tokens[again - 1].key == "and":
        yield from read_none(tokens[: again - 1], state)
        yield from read_none(tokens[again:], state)
        return
    neg = tokens[0]
    if neg.key in _ZERO:
        yield from _zeros(tokens, state)
        return
    if any(token.text in lexicon().defeats for token in tokens):
        return
    if len(tokens) > 1 and tokens[1].value == 1 and tokens[1].key == "count":
        tokens = [neg, *tokens[2:]]  # not one
    if has(tokens, "number"):
        return
    document_verb, verb = state.document_verb, state.verb
    state.document_verb = _document_verb(neg, tokens)
    state.verb = "receive"
    for head in _heads(tokens, state):
        name = _name(head, state)
        if name is not None:
            yield _none(name, (neg.start, head.end), state)
    state.document_verb, state.verb = document_verb, verb


def _zeros(tokens: Sequence[Token], state: Speaking) -> Iterator[Claim]:
    for token in tokens:
        if token.kind == "neg" and token.key in _ZERO and (state.about or state.evidence):
            yield _none((token.key.removeprefix("zero_"), _ZERO[token.key]), (token.start, token.end), state)


def _none(name: tuple[str, str], span: tuple[int, int], state: Speaking) -> Claim:
    quantity, reading = name
    start, end = span
    return Claim(quantity=quantity, reading=reading, value=0, kind="none", start=start, end=end, certain=state.certain)


def _document_verb(neg: Token, tokens: Sequence[Token]) -> str:
    told = (token.key for token in tokens if token.kind == "verb" and token.key in {"issue", "repeal", "in_force"})
    return neg.key if neg.key in {"issue", "repeal"} else next(told, "any")


def _heads(tokens: Sequence[Token], state: Speaking) -> Sequence[Token]:
    """The nouns denied: one coordinated group, with nothing behind it that would turn it into something else."""
    neg = tokens[0]
    heads = find_heads(tokens[1:], until=tokens[-1].end)
    if heads is None or heads.rest > 1:
        return ()
    first, last = heads.tokens[0], heads.tokens[-1]
    behind = [token for token in tokens if token.start >= last.end]
    ahead = [token for token in tokens[1:] if token.end <= first.start]
    if any(token.kind in _SPOILING and token.key not in HARMLESS for token in behind) or _is_spoiled(ahead, first):
        return ()
    if any(head.key == "weak" for head in heads.tokens) and not (state.evidence and first.start == neg.end):
        return ()
    if any(head.kind == "out" for head in heads.tokens) and first.start != neg.end:
        return ()
    kinds = _KINDS.get(neg.key, set())
    return [head for head in heads.tokens if head.kind in kinds and (head.kind != "case" or _told(state, tokens))]


def _is_spoiled(ahead: Sequence[Token], first: Token) -> bool:
    """Part-making words before the noun; what is listed before it (举报、投诉、行政复议) is another matter."""
    for index, token in enumerate(ahead):
        following = ahead[index + 1] if index + 1 < len(ahead) else first
        if (
            token.kind == "subset"
            and token.key != "aspect"
            and not (token.key == "about" and following.start == token.end)
        ):
            return True
        if token.kind == "foreign" and following.key != "and":
            return True
        if token.kind == "neg":
            return True
    return False


def _told(state: Speaking, tokens: Sequence[Token]) -> bool:
    return state.about or state.evidence or has(tokens, "link", "about") or state.topic != "foreign"


def _name(head: Token, state: Speaking) -> tuple[str, str] | None:
    if head.kind == "request":
        return _REQUESTS[head.key]
    if head.kind == "decision":
        return (head.key.removesuffix("!"),) * 2
    return name_head(head, state)


def read_all(tokens: Sequence[Token], state: Speaking) -> Iterator[Claim]:
    """``均为自然人申请``: as many as were received."""
    heads = find_heads(tokens, until=0) if state.counted is not None else None
    if heads is None or len(heads.tokens) > 1 or heads.tokens[0].kind != "column" or state.counted is None:
        return
    head = heads.tokens[0]
    if any(token.kind == "link" and token.key == "all" and token.end == head.start for token in tokens):
        name = f"received@{head.key}"
        yield Claim(
            quantity=name,
            reading=name,
            value=state.counted,
            start=tokens[0].start,
            end=head.end,
            certain=state.certain,
        )
