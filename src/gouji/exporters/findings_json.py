"""Findings as JSON: one object a report, grouped by cause, and one for what does not fit between reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gouji.exporters.findings import Audit, Findings, causes_of
from gouji.model.causes import Cause
from gouji.model.finding import Severity


def render_all(found: Findings) -> str:
    """One JSON object a line: the reports in order, then ``{"series": [...]}`` if there is anything between them."""
    return "\n".join(json.dumps(item, ensure_ascii=False) for item in _objects(found))


def _objects(found: Findings) -> Iterator[dict[str, Any]]:
    yield from (audit_to_dict(audit) for audit in found.audits)
    if found.series or found.lapsed:
        yield {"series": [item.to_dict() for item in found.series], "lapsed": list(found.lapsed)}


def audit_to_dict(audit: Audit) -> dict[str, Any]:
    """A checked report: who, the causes with their findings, what is only information, what was accepted."""
    report = audit.report
    infos = (finding for finding in report.findings if finding.severity is Severity.INFO)
    return {
        "path": report.source.path,
        "status": report.status.value,
        "reason": report.reason,
        "agency": report.agency,
        "year": report.year,
        "causes": [_cause_to_dict(cause) for cause in causes_of(report)],
        "remarks": [finding.to_dict() for finding in infos],
        "accepted": [finding.to_dict() for finding in audit.accepted],
        "notes": [note.to_dict() for note in report.notes],
    }


def _cause_to_dict(cause: Cause) -> dict[str, Any]:
    return {
        "kind": cause.kind,
        "severity": cause.severity.value,
        "confident": cause.confident,
        "suspects": [suspect.to_dict() for suspect in cause.suspects],
        "alternatives": [suspect.to_dict() for suspect in cause.alternatives],
        "findings": [finding.to_dict() for finding in cause.findings],
    }
