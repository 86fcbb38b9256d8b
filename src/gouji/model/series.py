"""What several reports say of one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gouji.model.finding import Finding, Message, Number, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFinding:
    """Something that does not fit between reports.

    Attributes:
        body: The body concerned.
        year: Report year of the later report, or of parent and children.
        sources: Paths of the reports, the one the cells are quoted from last.
        matched: Names as printed that were taken for one body, when they differ.
        finding: As within a report; ``where`` is in the last of ``sources``.
    """

    body: str
    year: int
    sources: tuple[str, ...]
    matched: tuple[str, ...] = ()
    finding: Finding

    @property
    def rule(self) -> str:
        """Code of the rule."""
        return self.finding.rule

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.finding.severity

    @property
    def cells(self) -> tuple[str, ...]:
        """Canonical ids concerned."""
        return self.finding.cells

    @property
    def difference(self) -> Number | None:
        """Left less right side."""
        return self.finding.difference

    @property
    def message(self) -> Message:
        """For people."""
        return self.finding.message

    def to_dict(self) -> dict[str, Any]:
        """As JSON types."""
        return {
            "body": self.body,
            "year": self.year,
            "sources": list(self.sources),
            "matched": list(self.matched),
            **self.finding.to_dict(),
        }
