"""Percentages in a sentence: of which quantity, and of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checker.prose_claims import Claim, Place, find_heads, has, is_approximate, is_spoiled
from gouji.checker.prose_lexicon import Token
from gouji.checker.prose_names import name_head
from gouji.checker.prose_state import State

_SHARED = frozenset({"out", "column", "result", "carried"})


def read_share(place: Place, state: State, *, last: Claim | None, bracketed: bool) -> Iterator[Claim]:
    """Find what a percentage is said of: the noun before it, or else the count just given (``last``).

    Args:
        place: The percentage and the words around it.
        state: Of the sentence.
        last: The claim made by the number just before, if it made one.
        bracketed: Whether the segment stands in brackets, where no 占 is needed.
    """
    before, number = place.before, place.number
    at = next((index for index, token in enumerate(before) if token.key == "share"), None)
    if (at is None and not (bracketed and not before)) or number.value is None:
        return
    if is_approximate(before) or has(place.after[:1], "link", "approximate") or number.vague:
        return
    if has(before, "compare") or is_spoiled(before) or has(before, "link", "respectively"):
        return
    whole = _share_of(before[:at], state, last)
    if whole is not None:
        yield whole._replace(
            value=number.value,
            kind="share",
            digits=number.digits,
            said=tuple(state.said),
            end=number.end,
            certain=whole.certain and state.certain,
        )


def _share_of(before: Sequence[Token], state: State, last: Claim | None) -> Claim | None:
    """Of what a percentage is said: the noun before it, or else the count just given."""
    heads = find_heads(before, until=0)
    if heads is None:
        counted = last is not None and last.kind == "count" and last.quantity != "received"
        return last._replace(own=int(last.value)) if counted and last is not None else None
    named = [name_head(head, state) for head in heads.tokens]
    if not all(named) or not all(head.kind in _SHARED for head in heads.tokens):
        return None
    quantity, reading = ("+".join(name[part] for name in named if name) for part in (0, 1))
    return Claim(quantity=quantity, reading=reading, value=0, start=heads.tokens[0].start, end=heads.tokens[-1].end)
