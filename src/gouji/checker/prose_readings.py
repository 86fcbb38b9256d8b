"""The admissible readings of a claim in the tables of a report, and whether one of them fits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

from gouji.checker.prose_claims import Claim
from gouji.model.finding import Message, Number
from gouji.model.report import State, Value

_TERM = re.compile(r"([+-]?)\s*([a-z_.*]+)(?:@([a-z_]+))?")
_KNOWN = frozenset({State.REPORTED, State.INFERRED})
_EMPTY = frozenset({State.BLANK, State.NOT_APPLICABLE})
_REVIEW = frozenset({"review", "direct_suit", "suit_after_review"})
_DISCLOSURE = frozenset({"normative_documents", "regulations", "licensing", "penalties", "compulsory_measures", "fees"})
_MOST = 60  # combinations of readings looked at


class Sum(NamedTuple):
    """A reading evaluated.

    Attributes:
        value: Sum of the known terms.
        cells: All terms, positive ones first named.
        complete: Whether every term is known.
        blank: Whether what is not known is empty cells only; read as 0 they add nothing.
        bounded: Whether what is unknown can only add to ``value``.
    """

    value: Number
    cells: tuple[str, ...]
    complete: bool
    blank: bool
    bounded: bool

    def allows(self, claimed: Number, *, step: Decimal | None = None) -> bool:
        """Whether the claim may be true: equal (empty cells read as 0), or not decided because terms are unknown.

        Args:
            claimed: What the prose says.
            step: For money, the size of the last digit printed: rounding either way is allowed.
        """
        if self.complete or self.blank:
            return self.value == claimed if step is None else abs(Decimal(self.value) - Decimal(claimed)) < step
        return not (self.bounded and self.value > claimed)


@cache
def vocabulary() -> Mapping[str, Any]:
    """The file ``prose_readings.toml``."""
    return tomllib.loads((files("gouji.checker") / "prose_readings.toml").read_text(encoding="utf-8"))


def readings_of(claim: Claim, cells: Mapping[str, Value]) -> list[Sum]:
    """Every admissible reading of a claim (for a share: of its count) that this report has cells for."""
    known = vocabulary()["readings"]
    if claim.reading in known:
        return evaluate(known[claim.reading], cells)
    parts = [evaluate(_expressions(part), cells) for part in claim.reading.split("+")]
    combined = list(product(*parts))[:_MOST] if all(parts) else []
    return [_added(sums) for sums in combined]


def wholes_of(claim: Claim, cells: Mapping[str, Value]) -> list[Sum]:
    """What a share may be a share of."""
    known = vocabulary()["wholes"]
    row = claim.reading.split("+")[0].partition("@")[0]
    if row in _REVIEW or row == "suit":
        return evaluate(known["review" if row == "review" else "suit"], cells)
    parent = row.partition(".")[0]
    own = evaluate(_expressions(parent), cells) if parent not in {"received", "handled", "answered"} else []
    return [*evaluate(known["requests"], cells), *own]


@lru_cache(maxsize=1024)
def _expressions(name: str) -> list[str]:
    """Readings of a simple name: from the file, or a row of the request or review table, with its column."""
    known = vocabulary()["readings"]
    if name in known:
        return list(known[name])
    row, _, column = name.partition("@")
    if row in _DISCLOSURE:
        return []
    rows = known.get(row) or [f"{'review' if row in _REVIEW else 'requests'}.{row}"]
    if row not in _REVIEW and row not in {"suit", "received"}:
        rows = [*rows, *known["received"]] if column else rows
    if not column:
        return list(rows)
    found = []
    for columns in vocabulary()["columns"].get(column, [[column]]):
        found += [" + ".join(_TERM.sub(rf"\1\2@{each}", one) for each in columns) for one in rows]
    return found


def evaluate(expressions: Iterable[str], cells: Mapping[str, Value]) -> list[Sum]:
    """Evaluate readings; those whose cells this edition does not have are left out."""
    sums = (_evaluate(expression, cells) for expression in expressions)
    return [one for one in sums if one is not None]


def _evaluate(expression: str, cells: Mapping[str, Value]) -> Sum | None:
    value: Number = 0
    ids: list[str] = []
    complete = blank = bounded = True
    for sign, row, column in _terms_of(expression):
        terms = _cells_of(row, column or "total", cells)
        if not terms:
            return None
        bounded = bounded and sign != "-"
        for term in terms:
            cell = cells[term]
            if cell.state in _KNOWN and cell.value is not None:
                value = value - cell.value if sign == "-" else value + cell.value
            else:
                complete, blank = False, blank and cell.state in _EMPTY
        ids += terms
    return Sum(value, tuple(ids), complete, blank, bounded)


@cache
def _terms_of(expression: str) -> Sequence[tuple[str, str, str]]:
    """Sign, row and column of each term."""
    return _TERM.findall(expression)


def _cells_of(row: str, column: str, cells: Mapping[str, Value]) -> list[str]:
    if not row.endswith(".*"):
        name = f"{row}.{column}"
        return [name] if name in cells else []
    prefix, suffix = row[:-1], f".{column}"
    return [name for name in cells if name.startswith(prefix) and name.endswith(suffix)]


def _added(sums: Sequence[Sum]) -> Sum:
    return Sum(
        sum((one.value for one in sums), start=0),
        tuple(dict.fromkeys(cell for one in sums for cell in one.cells)),
        all(one.complete for one in sums),
        all(one.blank for one in sums),
        all(one.bounded for one in sums),
    )


def contradicts(claim: Claim, cells: Mapping[str, Value]) -> list[Sum]:
    """The readings of a claim when none fits; empty when one does, or may, or when every one rests on empty cells."""
    readings = readings_of(claim, cells)
    if claim.kind == "share":
        return readings if _share_is_wrong(claim, readings, wholes_of(claim, cells)) else []
    step = Decimal(1).scaleb(-claim.digits) if claim.kind == "money" else None
    if not any(reading.complete or reading.value > claim.value for reading in readings):
        return []
    return [] if any(reading.allows(claim.value, step=step) for reading in readings) else readings


def _share_is_wrong(claim: Claim, parts: Sequence[Sum], wholes: Sequence[Sum]) -> bool:
    """Whether no part over no whole gives the percentage, rounded or cut at the digits printed."""
    if not parts or not wholes or not all(one.complete for one in (*parts, *wholes)):
        return False
    step, share = Decimal(1).scaleb(-claim.digits), Decimal(claim.value)
    above = {Decimal(part.value) for part in parts} | ({Decimal(claim.own)} if claim.own is not None else set())
    below = {Decimal(whole.value) for whole in wholes} | {Decimal(number) for number in claim.said}
    return not any(abs(100 * part / whole - share) < step for part in above for whole in below if whole > 0)


def describe(quantity: str, *, language: str) -> str:
    """A quantity in words.

    >>> describe("received@natural_person", language="en")
    'requests received (natural_person)'
    """
    names = vocabulary()["names"][language]
    words = []
    for part in quantity.split("+"):
        row, _, column = part.partition("@")
        extra = names.get(column, column)
        words.append(names.get(row, row) + (f" ({extra})" if extra else ""))
    return " + ".join(words)


def write_message(kind: str, **words: Any) -> Message:
    """A message in both languages, from the file; a pair among ``words`` is one word in Chinese and in English.

    >>> write_message("year", year=2023, section=1, text="2022").en
    'The report is for 2023, yet section 1 says “2022”.'
    """
    zh, en = (
        vocabulary()["messages"][language][kind].format(
            **{name: word[index] if isinstance(word, tuple) else word for name, word in words.items()}
        )
        for index, language in enumerate(("zh", "en"))
    )
    return Message(zh=zh, en=en)
