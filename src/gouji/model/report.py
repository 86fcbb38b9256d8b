"""The canonical record of one annual report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from gouji.model.finding import Finding, Note, Number, Suspect, number_from_json, number_to_json
from gouji.model.source import NOWHERE, Source, Where

SCHEMA = 1


class State(StrEnum):
    """Why a cell has the value it has, or has none."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"
    INFERRED = "inferred"


class Status(StrEnum):
    """What became of a document."""

    OK = "ok"
    PARTIAL = "partial"
    NOT_A_REPORT = "not_a_report"
    FAILED = "failed"


class Value(NamedTuple):
    """One canonical cell. Name the fields when you make one.

    Attributes:
        value: ``int`` for counts (件, 项), ``Decimal`` in 万元 for money, ``None`` unless reported or inferred.
        state: See :class:`State`.
        raw: The text as it stands in the source, untouched.
        where: Its place; ``None`` when the source has no such cell.
        readings: For an ambiguous cell, the values that remain possible.
        evidence: For an inferred cell, what decided it (a code, e.g. ``"row-sum"``, ``"column-sums"``, ``"width"``).
        confidence: 0..1, from OCR only.
    """

    value: Number | None
    state: State
    raw: str = ""
    where: Where | None = None
    readings: tuple[Number, ...] = ()
    evidence: str | None = None
    confidence: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract."""
        data: dict[str, Any] = {"value": number_to_json(self.value), "state": self.state.value, "raw": self.raw}
        if self.where is not None:
            data["where"] = self.where.to_dict()
        if self.readings:
            data["readings"] = [number_to_json(reading) for reading in self.readings]
        if self.evidence is not None:
            data["evidence"] = self.evidence
        if self.confidence is not None:
            data["confidence"] = self.confidence
        return data

    def __repr__(self) -> str:
        """The value and its state, and what else is known."""
        known = [f"{self.value!r}", self.state.value, f"raw={self.raw!r}"]
        known += [f"{name}={value!r}" for name in _SHOWN if (value := getattr(self, name)) not in (None, ())]
        return f"Value({', '.join(known)})"

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Value:
        """The inverse of :meth:`to_dict`."""
        readings = (number_from_json(reading) for reading in data.get("readings", ()))
        return cls(
            value=number_from_json(data["value"]),
            state=State(data["state"]),
            raw=data["raw"],
            where=Where.from_dict(data["where"]) if "where" in data else None,
            readings=tuple(reading for reading in readings if reading is not None),
            evidence=data.get("evidence"),
            confidence=data.get("confidence"),
        )


_SHOWN = ("readings", "evidence", "confidence", "where")

ABSENT = Value(value=None, state=State.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One of the six sections: ``number`` 1..6 (by its meaning, not by the printed numeral), heading, prose.

    ``where`` is the place of the heading, ``places`` those of the lines of ``text``, where they are known.
    """

    number: int
    heading: str
    text: str
    where: Where = NOWHERE
    places: tuple[Where, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract, with the place when known."""
        data: dict[str, Any] = {"number": self.number, "heading": self.heading, "text": self.text}
        if self.where != NOWHERE:
            data["where"] = self.where.to_dict()
        if self.places:
            data["places"] = [place.to_dict() for place in self.places]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Section:
        """The inverse of :meth:`to_dict`."""
        places = tuple(Where.from_dict(place) for place in data.get("places", ()))
        return cls(**{**data, "where": Where.from_dict(data.get("where", {})), "places": places})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A number printed in a table of the report that no cell of the form took."""

    raw: str
    where: Where = NOWHERE

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract."""
        return {"raw": self.raw, "where": self.where.to_dict()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Leftover:
        """The inverse of :meth:`to_dict`."""
        return cls(raw=data["raw"], where=Where.from_dict(data["where"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the report says about itself. Dates are ISO strings; what is not stated is ``None``."""

    agency: str | None = None
    title: str | None = None
    year: int | None = None
    period: tuple[str, str] | None = None
    signed: str | None = None
    published: str | None = None
    phone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """One annual report as data.

    Attributes:
        source: What was read.
        status: See :class:`Status`.
        reason: For ``partial``, ``not_a_report`` and ``failed``: why, in one English sentence.
        edition: The edition of most tables, ``None`` when no table was found.
        editions: Edition by table key; ``None`` for a table the page does not have.
        meta: Agency, title, year, period, dates, telephone.
        cells: Canonical id to :class:`Value`, in the order of the form, absent ones included.
        sections: Those found, in document order.
        findings: Filled by the checker.
        notes: Doubts about our reading.
        leftovers: Numbers of the tables that no cell took.
    """

    source: Source
    status: Status
    reason: str | None = None
    edition: str | None = None
    editions: Mapping[str, str | None] = field(default_factory=dict)
    meta: Metadata = Metadata()
    cells: Mapping[str, Value] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    leftovers: tuple[Leftover, ...] = ()

    def __post_init__(self) -> None:
        """Make the mappings read-only."""
        object.__setattr__(self, "cells", MappingProxyType(dict(self.cells)))
        object.__setattr__(self, "editions", MappingProxyType(dict(self.editions)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by value: read-only mappings cannot be pickled as they are."""
        state = {name: getattr(self, name) for name in self.__dataclass_fields__}
        state["cells"], state["editions"] = dict(self.cells), dict(self.editions)
        return _rebuild, (state,)

    def with_findings(self, findings: tuple[Finding, ...]) -> Report:
        """The same report with these findings; the read-only mappings of this one serve it too."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, findings=findings)
        return made

    def apply(self, proposal: Suspect | Iterable[Suspect]) -> Report:
        """A new report with the values that the checker proposed, and a note for each; this one stays as it is.

        Args:
            proposal: A suspect of a finding, or all suspects of a cause.

        Raises:
            ValueError: The proposal is not for this report.
        """
        applied: Report = _view("apply")(self, proposal)
        return applied

    @property
    def agency(self) -> str | None:
        """Name of the body, as printed."""
        return self.meta.agency

    @property
    def title(self) -> str | None:
        """Title as printed."""
        return self.meta.title

    @property
    def year(self) -> int | None:
        """The year reported on."""
        return self.meta.year

    def values(self) -> dict[str, Number]:
        """Id to number, for the cells that have one."""
        return {key: cell.value for key, cell in self.cells.items() if cell.value is not None}

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of the command line, schema 1."""
        return {
            "schema": SCHEMA,
            "source": self.source.to_dict(),
            "status": self.status.value,
            "reason": self.reason,
            "edition": self.edition,
            "editions": dict(self.editions),
            "agency": self.meta.agency,
            "title": self.meta.title,
            "year": self.meta.year,
            "period": list(self.meta.period) if self.meta.period else None,
            "signed": self.meta.signed,
            "published": self.meta.published,
            "phone": self.meta.phone,
            "cells": {key: cell.to_dict() for key, cell in self.cells.items()},
            "sections": [section.to_dict() for section in self.sections],
            "findings": [finding.to_dict() for finding in self.findings],
            "notes": [note.to_dict() for note in self.notes],
            "leftovers": [leftover.to_dict() for leftover in self.leftovers],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """The inverse of :meth:`to_dict`: nothing is lost on the way out and in.

        Raises:
            ValueError: The data are of another schema.
        """
        if data.get("schema") != SCHEMA:
            raise ValueError(f"schema {data.get('schema')!r} is not known; this version reads {SCHEMA}")
        return cls(
            source=Source.from_dict(data["source"]),
            status=Status(data["status"]),
            reason=data["reason"],
            edition=data["edition"],
            editions=data["editions"],
            meta=Metadata(
                agency=data["agency"],
                title=data["title"],
                year=data["year"],
                period=tuple(data["period"]) if data["period"] else None,
                signed=data["signed"],
                published=data["published"],
                phone=data["phone"],
            ),
            cells={key: Value.from_dict(cell) for key, cell in data["cells"].items()},
            sections=tuple(Section.from_dict(section) for section in data["sections"]),
            findings=tuple(Finding.from_dict(finding) for finding in data["findings"]),
            notes=tuple(Note.from_dict(note) for note in data["notes"]),
            leftovers=tuple(Leftover.from_dict(leftover) for leftover in data["leftovers"]),
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """One JSON object, as the command line prints it."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """The inverse of :meth:`to_json`."""
        return cls.from_dict(json.loads(text))

    def __repr__(self) -> str:
        """What was read, in one line."""
        who = " ".join(str(part) for part in (self.agency, self.year) if part is not None) or self.source.path
        tables = sum(edition is not None for edition in self.editions.values())
        found = f"{tables} tables, {len(self.findings)} findings, {len(self.notes)} notes"
        return f"<Report {who}: {self.status.value}, {found}, {len(self.leftovers)} leftovers>"

    def __getitem__(self, table: str) -> TableView:
        """A statutory table, e.g. ``report["requests"]``: prints as the form, gives its cells by row and column.

        Raises:
            KeyError: The report's edition has no such table.
        """
        view: TableView = _view("table")(self, table)
        return view

    def _repr_html_(self) -> str:
        """For notebooks."""
        html: str = _view("html")(self)
        return html

    def to_frame(self, library: str | None = None) -> Any:
        """All cells as a long table: a pandas or polars data frame, whichever is asked for, or is installed.

        Raises:
            ImportError: Neither is.
        """
        return _view("frame")(self, library)


class TableView(Protocol):
    """One statutory table of one report, for people; see :mod:`gouji.renderers.terminal`."""

    def __getitem__(self, place: tuple[str, str]) -> Value:
        """The cell of a row and a column, by the keys of the form."""

    def _repr_html_(self) -> str: ...


VIEWS: dict[str, str] = {
    "table": "gouji.renderers.terminal:TableView",
    "html": "gouji.renderers.terminal:render_html",
    "frame": "gouji.exporters.frames:to_frame",
    "apply": "gouji.checker.apply:apply",
}
"""How a report shows itself, as ``module:name`` that is imported when asked for. Only names: the model itself needs
neither the forms nor any library, and a host application may put its own in their place."""


def _view(kind: str) -> Any:
    module, _, name = VIEWS[kind].partition(":")
    return getattr(import_module(module), name)


def _rebuild(state: dict[str, Any]) -> Report:
    return Report(**state)
