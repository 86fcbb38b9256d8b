"""What a sentence leaves unsaid because it was said before: the topic, the year, the body spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gouji.checker.prose_claims import Claim, Heads
from gouji.checker.prose_lexicon import Token
from gouji.checker.prose_names import CASES, DOCUMENT_VERBS, name_topic

_OWN, _OTHER, _UNSURE = "own", "other", "unsure"


@dataclass(slots=True)
class State:
    """What is understood without being said again.

    Attributes:
        year: The report's year.
        whose: Tells of a scope token whether it is this report's body; ``None`` says nothing.
        topic: What is spoken of: ``request``, ``review``, ``suit``, a document or ``foreign``.
        evidence: The paragraph speaks of requests for information.
        about: The paragraph speaks of the disclosure of information.
        told: The sentence does.
        judging: The sentence counts reviews and suits that the body handles, not those about its disclosure.
        domain: The section is on requests, or on reviews and suits about them.
        period: ``own``, ``other`` or ``unsure``.
        body: The same, of the body.
    """

    year: int | None
    whose: Callable[[Token, Token | None], str | None]
    topic: str = ""
    evidence: bool = False
    about: bool = False
    told: bool = False
    judging: bool = False
    domain: bool = False
    period: str = _OWN
    body: str = _OWN
    dated: bool = False
    elsewhere: bool = False
    begin: int = 0
    opener: str = ""
    planned: bool = False
    verb: str = ""
    document_verb: str = ""
    decided: bool = False
    among: bool = False
    base: str = ""
    base_value: int | None = None
    case: str = ""
    last: Claim | None = None
    counted: int | None = None
    queue: list[Token] = field(default_factory=list)
    stale: Heads | None = None
    said: list[int] = field(default_factory=list)

    @property
    def certain(self) -> bool:
        """Whether what is said now is said of this body's year."""
        return self.period == _OWN and self.body == _OWN and not self.planned

    def begin_sentence(self) -> None:
        """Forget what holds within a sentence only; figures of another year or body may go on into the next."""
        if not self.elsewhere:
            self.period, self.body = _OWN, _OWN
        self.dated, self.planned, self.elsewhere, self.told, self.judging = False, False, False, False, False
        self.verb, self.document_verb, self.decided, self.among, self.base = "", "", False, False, ""
        self.last, self.counted, self.stale = None, None, None
        self.queue.clear()

    def note(self, tokens: Iterable[Token]) -> None:
        """Take in what words say of time, body, topic and deed."""
        before: Token | None = None
        for token in tokens:
            self._note(token, before)
            if token.kind == "scope":
                before = token

    def _note(self, token: Token, before: Token | None) -> None:
        kind, key = token.kind, token.key
        if kind == "date":
            self._note_date(token)
        elif kind == "period":
            self._note_period(key)
        elif kind == "scope":
            self.body = self.whose(token, before) or self.body
        elif kind == "verb":
            self.verb = key
            if key in DOCUMENT_VERBS:
                self.document_verb = key
            self.decided = self.decided or key == "decide"
        elif kind == "link" and key == "among":
            self.among = True
        elif kind == "link" and key == "about":
            self.about = self.told = True
        else:
            self.told = self.told or (kind == "request" and key == "strong")
            self.topic = name_topic(token) or self.topic
            if self.topic in CASES and kind == "case":
                self.case = self.topic

    def _note_date(self, token: Token) -> None:
        if token.key == "part":
            self.period = _OTHER
        elif token.value is None or token.value == self.year:
            self.period, self.dated = _OWN, True
        else:
            self.period = _OTHER if self.year is not None else _UNSURE

    def _note_period(self, key: str) -> None:
        if key == "plan":
            self.planned = True
        elif key == _UNSURE:
            self.period = self.period if self.dated else _UNSURE
        else:
            self.period = key
            self.dated = self.dated or key == _OWN
