"""Digits whose cells ran together (``6413212``): every way to cut them into numbers without leading zeros."""

from __future__ import annotations

from gouji.normalizer.cells import CellToken

MOST_OPTIONS = 400


def cut_digits(token: CellToken, count: int, *, total: bool) -> list[tuple[CellToken | None, ...]]:
    """Every way to cut digits that ran together into ``count`` numbers without leading zeros.

    Args:
        token: A token of digits only.
        count: How many numbers.
        total: Whether the last must be the sum of the others; prunes early.
    """
    digits = token.text
    found: list[tuple[str, ...]] = []
    if digits[:1] in ("-", "+") and digits[1:].isdecimal():
        _cut_any(digits[1:], count, found=found)
        return [_cut_tokens(token, (digits[0] + first, *rest)) for first, *rest in found]
    if not digits.isdecimal():
        return [(token,)] if count == 1 else []
    if total and count > 1:
        longest = len(digits) - count + 1
        for length in range(1, longest + 1):
            last = digits[-length:]
            if length == 1 or last[0] != "0":
                _Cutter(last, found).cut(digits[:-length], count - 1, rest=int(last))
    else:
        _cut_any(digits, count, found=found)
    return [_cut_tokens(token, pieces) for pieces in found]


def _cut_tokens(token: CellToken, pieces: tuple[str, ...]) -> tuple[CellToken | None, ...]:
    option: list[CellToken | None] = []
    column = token.column
    for piece in pieces:
        option.append(token._replace(text=piece, column=column))
        column += len(piece)
    return tuple(option)


def _cut_any(digits: str, count: int, *, found: list[tuple[str, ...]], done: tuple[str, ...] = ()) -> None:
    if len(found) > MOST_OPTIONS:
        return
    if count == 1:
        if is_number(digits):
            found.append((*done, digits))
        return
    longest = 1 if digits[:1] == "0" else len(digits) - count + 1
    for length in range(1, longest + 1):
        _cut_any(digits[length:], count - 1, found=found, done=(*done, digits[:length]))


def is_number(digits: str) -> bool:
    """Whether digits are a number: no zero leads others."""
    return digits == "0" or (digits != "" and digits[0] != "0")


class _Cutter:
    """Cuts digits into numbers that add up to a rest, and appends each way, closed by ``last``, to ``found``."""

    def __init__(self, last: str, found: list[tuple[str, ...]]) -> None:
        self.last = last
        self.found = found

    def cut(self, digits: str, count: int, *, rest: int, done: tuple[str, ...] = ()) -> None:
        if len(self.found) > MOST_OPTIONS:
            return
        if count == 1:
            if is_number(digits) and int(digits) == rest:
                self.found.append((*done, digits, self.last))
            return
        longest = 1 if digits[:1] == "0" else min(len(digits) - count + 1, len(str(rest)))
        for length in range(1, longest + 1):
            number = int(digits[:length])
            if number > rest:
                break
            self.cut(digits[length:], count - 1, rest=rest - number, done=(*done, digits[:length]))
