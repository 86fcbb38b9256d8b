"""From a noun in its sentence to the name of the quantity it stands for, and of the readings that are admissible."""

from __future__ import annotations

from typing import Protocol

from gouji.checker.prose_lexicon import Token

NAMELESS = Token("", "", 0, 0, "")
"""Stands for a noun that could not be made out."""
_VERBS = {
    "receive": ("received", "received"),
    "receive_new": ("received", "received_new"),
    "handle": ("handled", "handled"),
    "answer": ("answered", "answered"),
    "": ("received", "received"),
}
DOCUMENT_VERBS = frozenset({"issue", "repeal", "in_force"})
CASES = frozenset({"review", "suit", "direct_suit", "suit_after_review"})
_BASES_OF_ALL = frozenset({"", "received", "handled", "answered"})
_TOPICS = frozenset({"case", "document", "foreign", "decision", "fee"})


class Understood(Protocol):
    """What naming needs to know of the sentence."""

    year: int | None
    topic: str
    evidence: bool
    verb: str
    document_verb: str
    decided: bool
    among: bool
    base: str
    case: str


Name = tuple[str, str]
"""The quantity, and the key of its admissible readings."""


def name_topic(token: Token) -> str:
    """What is spoken of after this word; empty when it does not change.

    >>> name_topic(Token("case", "suit", 0, 4, "")), name_topic(Token("fill", "mark", 0, 1, ""))
    ('suit', '')
    """
    if token.kind == "out" or (token.kind == "request" and token.key == "strong"):
        return "request"
    if token.kind in {"document", "case"}:
        return "review" if token.key == "both" else token.key
    return token.kind if token.kind in _TOPICS else ""


def name_head(head: Token, state: Understood) -> Name | None:
    """The quantity a noun stands for here, or ``None`` when the sentence does not tell."""
    if head.kind == "verb":
        return _name_verb(head, state)
    if head.kind == "request":
        return _VERBS.get(state.verb)
    if head.kind == "column":
        base = state.base if state.among and state.base not in _BASES_OF_ALL else "received"
        return (f"{base}@{head.key}",) * 2 if "+" not in base and "@" not in base else None
    if head.kind == "case":
        name = "review+suit" if head.key == "both" else head.key
        return name, name
    if head.kind == "result":
        return (f"{state.case}@{head.key}",) * 2 if state.case else None
    if head.kind == "document":
        return (f"{head.key}@{state.document_verb}",) * 2 if state.document_verb else None
    if head.kind == "decision":
        name = head.key.removesuffix("!")
        return (name, name) if state.decided or state.verb == "handle" or name != head.key else None
    return _name_carried(head, state) if head.kind == "carried" else (head.key, head.key)


def _name_verb(verb: Token, state: Understood) -> Name | None:
    """A verb alone: the noun is the topic of the sentence."""
    if verb.key in DOCUMENT_VERBS:
        known = state.topic in {"normative_documents", "regulations"}
        return (f"{state.topic}@{verb.key}",) * 2 if known else None
    if state.topic not in {"", "request"} or not state.evidence:
        return None
    return _VERBS.get(verb.key)


def _name_carried(head: Token, state: Understood) -> Name | None:
    """A year named with the carrying decides which way; our own year may be meant either way."""
    if head.value is None:
        return head.key, head.key
    if state.year is None:
        return None
    expected = state.year + (1 if head.key == "carried_over" else -1)
    if head.value == expected:
        return head.key, head.key
    return ("carried", "carried") if head.value == state.year else None
