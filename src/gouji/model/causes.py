"""Findings grouped by what would explain them: one cause, and the sums it breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gouji.model.finding import Finding, Severity, Suspect

_TERMS = 3
"""A sum has at least so many terms; a comparison (with the prose, with another year) has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One slip, or one thing that could not be explained.

    Attributes:
        suspects: The cells of the slip; empty when there is no explanation.
        alternatives: Other cells that would explain the same findings, best first.
        findings: What the slip explains, in the order of the form.
    """

    suspects: tuple[Suspect, ...]
    alternatives: tuple[Suspect, ...]
    findings: tuple[Finding, ...]

    @property
    def confident(self) -> bool:
        """Whether there is no other explanation."""
        return bool(self.suspects) and all(suspect.confident for suspect in self.suspects)

    @property
    def kind(self) -> str:
        """The kind of slip, or ``"unexplained"``, or for findings of other kinds their rule."""
        if self.suspects:
            return self.suspects[0].cause
        return "unexplained" if self.findings[0].difference is not None else self.findings[0].rule

    @property
    def severity(self) -> Severity:
        """The gravest of its findings."""
        order = list(Severity)
        return min((finding.severity for finding in self.findings), key=order.index)


def find_causes(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Group findings by their best explanation.

    Findings of one table that nothing explains are one cause; findings that no cell explains (prose, series) are each
    their own.

    Returns:
        In the order of the first finding of each.
    """
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(_key(finding, number), []).append(finding)
    return tuple(_cause(group) for group in groups.values())


def _key(finding: Finding, number: int) -> object:
    if finding.suspects and finding.difference is not None:
        first = finding.suspects[0]
        return frozenset((first.cell, *first.together)), first.suggested if not first.together else None
    if finding.difference is not None and len(finding.cells) >= _TERMS:
        return finding.severity, finding.cells[0].partition(".")[0]
    return number


def _cause(findings: list[Finding]) -> Cause:
    everyone = list(dict.fromkeys(suspect for finding in findings for suspect in finding.suspects))
    if not everyone:
        return Cause(suspects=(), alternatives=(), findings=tuple(findings))
    if findings[0].difference is None:  # not rivals, but the value of each cell that has none
        return Cause(suspects=tuple(everyone), alternatives=(), findings=tuple(findings))
    first = everyone[0]
    cells = {first.cell, *first.together}
    main = [s for s in everyone if s.cause == first.cause and {s.cell, *s.together} == cells]
    main = [s for s in main if s.suggested == first.suggested or s.cell != first.cell]
    others = [s for s in everyone if s not in main]
    return Cause(suspects=tuple(main), alternatives=tuple(others), findings=tuple(findings))
