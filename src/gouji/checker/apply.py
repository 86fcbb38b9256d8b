"""Put a proposal into effect: a new report, with a trail of what was changed and why. The old one stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.checker.messages import show
from gouji.model.finding import Message, Note, Suspect
from gouji.model.report import Report, State
from gouji.model.source import NOWHERE


def apply(report: Report, proposal: Suspect | Iterable[Suspect]) -> Report:
    """Take over the suggested value of some suspects.

    Args:
        report: Stays as it is.
        proposal: One suspect, or all cells of one cause (``cause.suspects``).

    Returns:
        A report whose cells have the suggested values, the state ``inferred`` and the evidence ``"proposal"``, with a
        note ``PROPOSAL-APPLIED`` for each. It has no findings: check it again.

    Raises:
        ValueError: A suspect was found in another report, or proposes nothing.
    """
    suspects = (proposal,) if isinstance(proposal, Suspect) else tuple(proposal)
    cells, notes = dict(report.cells), list(report.notes)
    for suspect in suspects:
        cell = cells.get(suspect.cell)
        if cell is None or cell.value != suspect.value:
            raise ValueError(f"{suspect.cell}: the proposal is for {suspect.value}, which does not stand there")
        if suspect.suggested is None:
            raise ValueError(f"{suspect.cell}: nothing is proposed")
        cells[suspect.cell] = cell._replace(
            value=suspect.suggested, state=State.INFERRED, readings=(), evidence="proposal"
        )
        notes.append(_note(suspect, report))
    return replace(report, cells=cells, notes=tuple(notes), findings=())


def _note(suspect: Suspect, report: Report) -> Note:
    old, new = show(suspect.value) or "–", show(suspect.suggested)
    return Note(
        code="PROPOSAL-APPLIED",
        where=report.cells[suspect.cell].where or NOWHERE,
        message=Message(
            zh=f"按核对建议，{suspect.cell} 由 {old} 改为 {new}（{suspect.cause}）",
            en=f"{suspect.cell} was changed from {old} to {new}, as the checker proposed ({suspect.cause})",
        ),
        cells=(suspect.cell,),
    )
