"""What does not add up (theirs), and what was doubtful to read (ours)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gouji.model.source import NOWHERE, Where

Number = int | Decimal


class Severity(StrEnum):
    """How much a finding weighs. Only ``error`` makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    REVIEW = "review"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence in both languages."""

    zh: str
    en: str

    def to_dict(self) -> dict[str, str]:
        """As in the JSON contract."""
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_dict(cls, data: dict[str, str]) -> Message:
        """The inverse of :meth:`to_dict`."""
        return cls(zh=data["zh"], en=data["en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A cell that would explain a finding, and the value that would mend it.

    Attributes:
        cell: Canonical id.
        value: What stands there.
        suggested: What would make the sums hold; never written back by itself.
        cause: Kind of slip, e.g. ``"digit"``, ``"transposition"``, ``"moved_column"``, ``"split"``.
        confident: True only when this is the only explanation.
        together: The other cells that the same slip changed (a value that moved leaves one cell and enters another).
    """

    cell: str
    value: Number | None
    suggested: Number | None
    cause: str
    confident: bool = False
    together: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract; ``together`` only where there is any."""
        data: dict[str, Any] = {
            "cell": self.cell,
            "value": number_to_json(self.value),
            "suggested": number_to_json(self.suggested),
            "cause": self.cause,
            "confident": self.confident,
        }
        if self.together:
            data["together"] = list(self.together)
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Suspect:
        """The inverse of :meth:`to_dict`."""
        return cls(
            cell=data["cell"],
            value=number_from_json(data["value"]),
            suggested=number_from_json(data["suggested"]),
            cause=data["cause"],
            confident=data["confident"],
            together=tuple(data.get("together", ())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the report that does not add up, or could not be judged.

    Attributes:
        rule: Code of the rule, stable for ever; has a page in the docs.
        severity: See :class:`Severity`.
        cells: Canonical ids of all terms, left side first.
        left: Sum of the left side, where it could be computed.
        right: Sum of the right side.
        difference: ``left - right``.
        missing: Ids of terms that have no value.
        suspects: Cells that would explain it, best first.
        message: For people.
        where: Place in the source (of a claim in the prose, say).
    """

    rule: str
    severity: Severity
    cells: tuple[str, ...] = ()
    left: Number | None = None
    right: Number | None = None
    difference: Number | None = None
    missing: tuple[str, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    message: Message
    where: Where = NOWHERE

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract."""
        data: dict[str, Any] = {
            "rule": self.rule,
            "severity": self.severity.value,
            "cells": list(self.cells),
            "left": number_to_json(self.left),
            "right": number_to_json(self.right),
            "difference": number_to_json(self.difference),
            "missing": list(self.missing),
            "suspects": [suspect.to_dict() for suspect in self.suspects],
            "message": self.message.to_dict(),
        }
        if self.where != NOWHERE:
            data["where"] = self.where.to_dict()
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Finding:
        """The inverse of :meth:`to_dict`."""
        return cls(
            rule=data["rule"],
            severity=Severity(data["severity"]),
            cells=tuple(data["cells"]),
            left=number_from_json(data["left"]),
            right=number_from_json(data["right"]),
            difference=number_from_json(data["difference"]),
            missing=tuple(data["missing"]),
            suspects=tuple(Suspect.from_dict(suspect) for suspect in data["suspects"]),
            message=Message.from_dict(data["message"]),
            where=Where.from_dict(data.get("where", {})),
        )

    def __repr__(self) -> str:
        """The rule and what it found, in one line."""
        return f"<Finding {self.rule} ({self.severity.value}): {self.message.zh}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something doubtful about our reading.

    Attributes:
        code: Stable, e.g. ``"LABEL-CLOSE"``; ``gouji explain CODE`` tells more.
        where: Place in the source.
        message: For people.
        cells: Canonical ids concerned, if any.
    """

    code: str
    message: Message
    where: Where = NOWHERE
    cells: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract."""
        data: dict[str, Any] = {"code": self.code, "where": self.where.to_dict(), "message": self.message.to_dict()}
        if self.cells:
            data["cells"] = list(self.cells)
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Note:
        """The inverse of :meth:`to_dict`."""
        return cls(
            code=data["code"],
            message=Message.from_dict(data["message"]),
            where=Where.from_dict(data["where"]),
            cells=tuple(data.get("cells", ())),
        )

    def __repr__(self) -> str:
        """The code and what is doubtful, in one line."""
        return f"<Note {self.code}: {self.message.zh}>"


def number_to_json(value: Number | None) -> int | str | None:
    """Counts stay numbers; money (``Decimal``, 万元) becomes a string so that no digit is lost."""
    return format(value, "f") if isinstance(value, Decimal) else value


def number_from_json(value: int | str | None) -> Number | None:
    """The inverse of :func:`number_to_json`.

    >>> number_from_json("316441.5"), number_from_json(12)
    (Decimal('316441.5'), 12)
    """
    return Decimal(value) if isinstance(value, str) else value
