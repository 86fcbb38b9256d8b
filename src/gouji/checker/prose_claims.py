"""What a sentence claims: the claim itself, and how the nouns before a number hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.checker.prose_lexicon import Token
from gouji.model.finding import Number

HEADS = frozenset({"request", "out", "column", "case", "result", "document", "decision", "fee", "carried"})
"""Kinds of words that name a quantity."""
HARMLESS = frozenset({"aspect", "items"})
"""Words that say nothing more where something is said not to exist (无……方面的事项)."""
_OPAQUE = frozenset({"noise", "publish", "foreign", "subset"})
_CLOSING = frozenset({"fill", "verb", "link", "mark"})
_NEUTRAL = frozenset({"link", "request", "out", "case"})


class Claim(NamedTuple):
    """Something the prose says of a quantity of the report's own tables.

    Attributes:
        quantity: What is counted, e.g. ``"received"``, ``"granted+partly_granted"``, ``"refused.state_secret"``,
            ``"received@natural_person"``, ``"suit@upheld"``, ``"normative_documents@issued"``, ``"fees"``.
        value: The number claimed: 件, 万元 for fees, percent for a share.
        kind: ``"count"``, ``"none"`` (said not to exist), ``"share"`` (a percentage) or ``"money"``.
        digits: Decimals printed (for shares and money).
        reading: Name of the set of admissible readings; mostly the quantity.
        own: For a share, the count that the sentence gives for the same thing.
        said: Counts of the paragraph that a share may be a share of.
        section: Number of the section it stands in.
        nth: Which of the sections given it is (0-based); numbers may occur twice.
        text: The piece of the sentence.
        start: Place of the piece in the section's text (0-based).
        end: End of the piece.
        certain: Whether it is about this body and this year; only such claims are compared.
    """

    quantity: str
    value: Number
    kind: str = "count"
    digits: int = 0
    reading: str = ""
    own: int | None = None
    said: tuple[int, ...] = ()
    section: int = 0
    nth: int = 0
    text: str = ""
    start: int = 0
    end: int = 0
    certain: bool = True


class Heads(NamedTuple):
    """Nouns coordinated with one another (予以公开和部分公开).

    Attributes:
        tokens: The nouns.
        rest: How many characters behind them no token covers.
        more: Whether "and others" follows, so that the number is not theirs alone.
    """

    tokens: tuple[Token, ...]
    rest: int
    more: bool = False


def find_heads(tokens: Sequence[Token], *, until: int) -> Heads | None:
    """The last group of coordinated quantity nouns among ``tokens``.

    Args:
        tokens: In order, without numbers.
        until: Where the number stands; characters between the last noun and it that no token covers are counted.
    """
    group: list[Token] = []
    joined = vague = False
    tight = True  # nothing but filling words since the last noun
    reached = rest = 0
    for token in tokens:
        gap = token.start - reached if group else 0
        rest += gap
        joined, tight = joined and not gap, tight and gap <= 1
        if token.kind in HEADS and token.key != "everyone" and not (group and tight and _adds_nothing(token, group)):
            if _is_parent(token, group) and not vague:
                pass  # the reason for refusing says more than the refusal behind it
            elif joined:
                group.append(token)
            else:
                group = [token]
            joined = vague = False
            tight = True
            rest = 0
        elif token.key == "and" and group:
            joined, tight = True, False
        elif token.key == "etc":
            vague = True
        elif token.kind not in {"fill", *HEADS}:
            joined = tight = False
            opaque = token.kind in _OPAQUE and token.key not in HARMLESS
            rest += token.end - token.start if opaque else 0
        reached = token.end
    return Heads(tuple(group), rest + max(until - reached, 0), vague) if group else None


def _adds_nothing(token: Token, group: Sequence[Token]) -> bool:
    """A bare noun for requests right behind a noun that names them: what is carried, who asked, what was asked for."""
    return token.kind == "request" and (token.key == "weak" or group[-1].kind == "carried")


def _is_parent(token: Token, group: Sequence[Token]) -> bool:
    return len(group) == 1 and token.kind == "out" and group[0].key.startswith(token.key + ".")


def is_spoiled(tokens: Sequence[Token]) -> bool:
    """Whether a word among them makes the number one of something else, or of a part only.

    A list of ways closed by "and other ways" is no part.
    """
    spoiled = False
    for index, token in enumerate(tokens):
        if token.kind == "foreign":
            return True
        if token.key == "channels":
            spoiled = False
        elif token.kind == "subset":
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            harmless = after is not None and after.kind in _NEUTRAL and after.start == token.end
            spoiled = spoiled or token.key != "about" or not harmless
    return spoiled


def last_of(tokens: Sequence[Token], kind: str) -> Token | None:
    """The last token of a kind."""
    for token in reversed(tokens):
        if token.kind == kind:
            return token
    return None


def has(tokens: Sequence[Token], kind: str, key: str | None = None) -> bool:
    """Whether a token of that kind (and key) is among them."""
    for token in tokens:  # noqa: SIM110 - asked for every number, mostly of one or two words
        if token.kind == kind and (key is None or token.key == key):
            return True
    return False


def is_approximate(before: Sequence[Token]) -> bool:
    """Whether the last word before a number says that it is about so many."""
    return bool(before) and before[-1].key == "approximate"


class Place(NamedTuple):
    """A number with the words before it (since the last number or comma, at ``begin``) and behind it, to ``end``."""

    begin: int
    before: Sequence[Token]
    number: Token
    after: Sequence[Token]
    end: int

    @property
    def unknown(self) -> int:
        """How many characters before the number no token covers."""
        return self.number.start - self.begin - sum(token.end - token.start for token in self.before)

    def goes_on(self, token: Token) -> bool:
        """Whether something follows that is neither a filling word nor a deed, so that the noun may be another one."""
        following = next((one for one in self.after if one.start >= token.end), None)
        if following is None:
            return self.end > token.end
        return following.start > token.end or following.kind not in _CLOSING
