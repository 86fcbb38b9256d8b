"""A small grammar over the tokens of a sentence: which number is said of which quantity.

A sentence is read once, left to right. It falls into segments at commas; in a segment every number has the words before
it, and, where those name nothing (``20件予以公开``), the words behind it. What a later clause leaves out, the state
supplies: the topic, the year, the body spoken of, the noun of the clause before.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from gouji.checker.prose_claims import HEADS, Claim, Heads, Place, find_heads, has, is_approximate, is_spoiled, last_of
from gouji.checker.prose_lexicon import Token
from gouji.checker.prose_names import DOCUMENT_VERBS, NAMELESS, name_head, name_topic
from gouji.checker.prose_none import read_all, read_none
from gouji.checker.prose_shares import read_share
from gouji.checker.prose_state import State

_LOOSE = 4  # characters unknown to us that may stand between a noun and its number
_SEGMENT = frozenset({"comma", "semicolon", "colon", "open", "close"})
_COUNTED = frozenset({"count", "bare", "line"})
_LINKING = frozenset({"fill", "link", "date", "period"})
_STRICT = frozenset({"case", "document", "decision"})


def read_sentence(tokens: Sequence[Token], state: State, *, span: tuple[int, int]) -> Iterator[Claim]:
    """Find the claims of one sentence, which takes the characters of ``span``."""
    state.begin_sentence()
    outer: list[tuple[str, str, Heads | None]] = []
    for (begin, stop), opener, segment in _segments(tokens, span=span):
        state.begin, state.opener = begin, opener
        if opener == "open":
            outer.append((state.period, state.body, state.stale))
            state.among = True
        elif opener == "close" and outer:
            state.period, state.body, state.stale = outer.pop()
        elif opener != "close":
            state.stale = state.stale if opener in {"comma", "colon"} else None
        yield from _read_segment(segment, state, end=stop, bracketed=opener == "open")


def _segments(tokens: Sequence[Token], *, span: tuple[int, int]) -> Iterator[tuple[tuple[int, int], str, list[Token]]]:
    """Where each segment begins and ends, the separator before it, its tokens."""
    begin, opener = span[0], ""
    segment: list[Token] = []
    for token in tokens:
        if token.kind == "mark" and token.key in _SEGMENT:
            yield (begin, token.start), opener, segment
            begin, opener, segment = token.end, token.key, []
        else:
            segment.append(token)
    yield (begin, span[1]), opener, segment


def _read_segment(segment: list[Token], state: State, *, end: int, bracketed: bool) -> Iterator[Claim]:
    period, state.verb = state.period, ""
    kinds = [token.kind for token in segment]
    cut = kinds.index("neg") if "neg" in kinds else len(kinds)
    numbers = [index for index, kind in enumerate(kinds[:cut]) if kind == "number"]
    begin = 0
    for at, index in enumerate(numbers):
        limit = numbers[at + 1] if at + 1 < len(numbers) else cut
        after = _behind(segment, index + 1, limit)
        before = segment[begin:index]
        state.note(before)
        _queue(before, segment[index:cut], state)
        stop = index + 1 + len(after)
        since = segment[begin - 1].end if begin else state.begin
        place = Place(since, before, segment[index], after, segment[stop].start if stop < len(segment) else end)
        used = yield from _read_number(place, state, bracketed=bracketed)
        begin = index + 1
        if used:
            state.note(after)
            begin += len(after)
    rest = segment[begin:cut]
    state.note(rest)
    if cut < len(segment):
        yield from read_none(segment[cut:], state)
        state.note(segment[cut:])
    elif not numbers:
        yield from read_all(segment, state)
    if numbers or cut < len(segment):
        state.stale = None
    elif not HEADS.isdisjoint(kinds):
        state.stale = find_heads(segment, until=0) or state.stale
    if "compare" in kinds:
        state.period = period


def _behind(segment: Sequence[Token], begin: int, limit: int) -> list[Token]:
    """The words between a number and the next separator or number."""
    behind: list[Token] = []
    for token in segment[begin:limit]:
        if token.kind == "mark":
            break
        behind.append(token)
    return behind


def _queue(before: Sequence[Token], ahead: Sequence[Token], state: State) -> None:
    """``分别为``: the nouns wait for as many numbers."""
    if not has(before, "link", "respectively"):
        return
    heads = find_heads(before, until=0) or state.stale
    numbers = [token for token in ahead if token.kind == "number" and token.key in _COUNTED]
    state.queue.clear()
    if heads is not None and len(heads.tokens) == len(numbers):
        state.queue.extend(heads.tokens)
    else:
        state.queue.extend([NAMELESS] * len(numbers))


def _read_number(place: Place, state: State, *, bracketed: bool) -> Generator[Claim, None, bool]:
    """Yield what one number claims; tell whether the words behind it were used up."""
    before, number = place.before, place.number
    last, state.last = state.last, None
    if number.key == "share":
        yield from read_share(place, state, last=last, bracketed=bracketed)
    elif state.queue:
        head = state.queue.pop(0)
        if head is not NAMELESS and not is_spoiled(before):
            yield from _emit([head], number, state)
    elif not _is_vague(place) and not is_spoiled(before):
        heads = find_heads(before, until=number.start)
        behind = None if heads or number.key == "bare" else find_heads(place.after, until=0)
        if heads is None and is_spoiled(place.after):
            return False
        if behind is not None:
            yield from _emit_behind(behind, place, state)
            return True
        if number.key != "bare" or (_linked(before) and place.end == number.end):
            yield from _emit_before(heads or _stale(place, state), place, state)
    return False


def _is_vague(place: Place) -> bool:
    """About so many, or so many more than last year, or nothing that is counted."""
    number = place.number
    about = is_approximate(place.before) or has(place.after[:1], "link", "approximate")
    return number.key == "other" or number.vague or about or has(place.before, "compare")


def _linked(before: Sequence[Token]) -> bool:
    """A number without a unit counts only after a copula."""
    return bool(before) and before[-1].key in {"copula", "all", "respectively"}


def _stale(place: Place, state: State) -> Heads | None:
    """``申请数量，共46件``, ``予以公开：20件``: the noun of the segment before, when this one only links."""
    if not place.before and state.stale is not None and place.number.start == state.begin:
        beside = state.stale.tokens[-1].end == state.begin - 1
        return state.stale if beside and state.opener in {"colon", "open"} else None
    reached = state.begin
    for token in (*place.before, place.number):
        links = token.kind in {"fill", "date", "period"} or token.key == "all" or token is place.number
        if token.start != reached or not links:
            return None
        reached = token.end
    return state.stale if place.before else None


def _emit_before(heads: Heads | None, place: Place, state: State) -> Iterator[Claim]:
    if heads is None:
        verb = _verb_alone(place)
        if verb is not None and place.unknown <= 2 and not _is_partial(verb, place, state):
            yield from _emit([verb], place.number, state)
        return
    before = place.before
    kinds = {token.kind for token in heads.tokens}
    bare = last_of(before, "verb") is None and "request" in kinds
    allowed = 0 if bare else 2 if kinds & _STRICT else _LOOSE
    if heads.more or heads.rest > allowed or not _may_count(heads.tokens[-1], place, state):
        state.topic = "foreign" if has(before, "publish") and kinds & _STRICT else state.topic
        return
    out = last_of(before, "out")
    if kinds == {"column"} and out is not None and out.start < heads.tokens[0].start:
        state.base, state.among = out.key, True
    yield from _emit(heads.tokens, place.number, state)


def _is_partial(verb: Token, place: Place, state: State) -> bool:
    """``其中以局名义制发2件``: a deed alone, said of a part."""
    if verb.key in DOCUMENT_VERBS:
        return state.among
    part = has(place.before, "link", "among") or has(place.before, "link", "rest")
    return part and verb.key in {"receive", "handle"}


def _verb_alone(place: Place) -> Token | None:
    """``办结46件``, ``46件已办结``: the deed without its object, right beside the number."""
    verb = last_of(place.before, "verb")
    if verb is not None:
        between = [token for token in place.before if token.start >= verb.end]
        covered = sum(token.end - token.start for token in between if token.kind in _LINKING)
        return verb if place.number.start - verb.end - covered <= 1 else None
    reached = place.number.end
    for token in place.after:
        if token.start != reached or token.kind not in {"fill", "verb"}:
            return None
        if token.kind == "verb":
            return token if token.key == "answer" else None
        reached = token.end
    return None


def _emit_behind(heads: Heads, place: Place, state: State) -> Iterator[Claim]:
    first = heads.tokens[0]
    covered = sum(token.end - token.start for token in place.after if token.start < first.start)
    partial = first.kind == "request" and (
        has(place.before, "link", "among")
        or has(place.before, "link", "rest")
        or (last_of(place.before, "verb") is None and place.goes_on(first))
    )
    if first.start - place.number.end - covered <= 2 and not partial and _may_count(first, place, state):
        state.topic = name_topic(first) or state.topic
        if first.kind == "case":
            state.case = state.topic
        yield from _emit(heads.tokens, place.number, state)


def _may_count(head: Token, place: Place, state: State) -> bool:
    """Whether a noun can be counted in this place, with these verbs around it."""
    before, number, after = place.before, place.number, place.after
    verb = last_of(before, "verb")
    if head.kind == "request":
        if head.key == "weak":
            return state.evidence and _next_to_verb(head, before, number)
        return verb is not None or head.start > number.start or not place.goes_on(number)
    if head.kind == "case":
        if has(before, "carried") or has(before, "out", "carried") or (verb is not None and verb.start > head.start):
            return False
        if state.told or state.domain or has(after, "request"):
            return True
        state.judging = state.judging or verb is not None
        return not state.judging and (state.about or state.topic != "foreign")
    if head.kind == "document" and verb is None and (place.unknown or head.start > number.start):
        return False  # a verb of an earlier clause holds only where nothing else is said
    if head.kind in {"document", "decision", "fee"}:
        return not has(before, "publish") and state.topic != "foreign" and number.key != "line"
    if head.kind in {"out", "column", "carried"}:
        return state.topic != "foreign" and number.key != "line"
    return True


def _next_to_verb(head: Token, before: Sequence[Token], number: Token) -> bool:
    """A bare 申请 counts right behind its verb, or right behind its number."""
    if head.start >= number.end:
        return True
    place = max((token.end for token in before if token.end <= head.start and token.kind != "fill"), default=None)
    verb = last_of([token for token in before if token.end <= head.start], "verb")
    return verb is not None and place == verb.end and head.start - verb.end <= 1


def _emit(heads: Sequence[Token], number: Token, state: State) -> Iterator[Claim]:
    named = [name_head(head, state) for head in heads]
    value = number.value
    names = [name for name in named if name is not None]
    money = number.key == "money"
    if value is None or len(names) < len(heads) or money != all(head.kind == "fee" for head in heads):
        return
    claims = []
    for group in [[name] for name in names] if value == 0 else [names]:
        quantities, readings = zip(*group, strict=True)
        claim = Claim(
            quantity="+".join(quantities),
            reading="+".join(readings),
            value=value,
            kind="money" if money else "count",
            digits=number.digits,
            start=min(heads[0].start, number.start),
            end=max(heads[-1].end, number.end),
            certain=state.certain and not _is_part(quantities[0], number, state),
        )
        claims.append(claim)
    yield from claims
    _remember(claims[-1], heads[-1], state)


def _is_part(quantity: str, number: Token, state: State) -> bool:
    """``办结47件，其中按期办结46件``: perhaps only a part of what was handled."""
    whole = state.base in {"answered", "handled"} and state.among and quantity in {"answered", "handled"}
    return whole and number.value != state.base_value


def _remember(claim: Claim, head: Token, state: State) -> None:
    state.last = claim
    state.elsewhere = state.elsewhere or "other" in {state.period, state.body}
    state.decided = state.decided or head.kind == "decision"
    if head.kind == "document":
        state.among = False
    if head.kind in {"request", "out", "verb"}:
        state.base, state.base_value, state.among = claim.quantity, int(claim.value), False
        state.topic = "request" if head.kind != "verb" else state.topic
        if claim.quantity in {"received", "handled", "answered"}:
            state.counted = int(claim.value)
    if claim.kind == "count":
        state.said.append(int(claim.value))
