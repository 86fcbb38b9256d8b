"""From where a table is wrong to the suspects of each sum that does not hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.checker.locate import Answer, Change, Location
from gouji.model.finding import Suspect


def find_suspects(location: Location, equation: Sequence[str]) -> tuple[Suspect, ...]:
    """The cells that would explain one sum, best first, each followed by those that the same slip changed.

    Args:
        location: What can be said of where the table is wrong.
        equation: The terms of the sum.
    """
    confident = location.answer is Answer.LOCATED
    found: dict[tuple[str, object, str], Suspect] = {}
    for explanation in location.explanations:
        by_cell = {change.cell: change for change in explanation.changes}
        for change in explanation.changes:
            if change.cell in equation:
                for cell in (change.cell, *change.together):
                    suspect = _suspect(by_cell[cell], confident=confident)
                    found.setdefault((suspect.cell, suspect.suggested, suspect.cause), suspect)
    return tuple(found.values())


def _suspect(change: Change, *, confident: bool) -> Suspect:
    return Suspect(
        cell=change.cell,
        value=change.old,
        suggested=change.new,
        cause=_CAUSES.get(change.kind, change.kind),
        confident=confident,
        together=change.together,
    )


_CAUSES = {"confusable": "digit", "far_transposition": "transposition"}
"""Kinds that differ only in their cost."""


def find_implied(location: Location, cells: Iterable[str]) -> tuple[Suspect, ...]:
    """For cells without a value, the value that follows from the sums if all else is right."""
    if not location.implied:
        return ()
    return tuple(
        Suspect(cell=cell, value=None, suggested=location.implied[cell], cause="implied")
        for cell in cells
        if cell in location.implied
    )
