"""Findings as SARIF 2.1.0, which code-review sites and editors show at the line they concern.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from gouji.exporters.explanations import explanations
from gouji.exporters.findings import Findings, Labels, number, say, show_place, slip
from gouji.model.finding import Finding, Severity, Suspect
from gouji.model.source import NOWHERE, Where

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REVIEW: "warning", Severity.INFO: "note"}


def render_all(found: Findings, *, lang: str = "zh") -> str:
    """One SARIF log with one run."""
    results = list(_results(found, lang))
    codes = sorted({result["ruleId"] for result in results})
    driver = {
        "name": "gouji",
        "version": version("gouji"),
        "rules": [_rule(code, lang) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, lang: str) -> dict[str, Any]:
    known = explanations().get(code)
    rule: dict[str, Any] = {"id": code}
    if known is not None:
        rule["fullDescription"] = {"text": say(known.message, lang)}
    return rule


def _results(found: Findings, lang: str) -> Iterator[dict[str, Any]]:
    for audit in found.audits:
        labels = Labels(audit.report, lang)
        for finding in audit.report.findings:
            yield _result(finding, labels)
        for finding in audit.accepted:
            yield {**_result(finding, labels), "suppressions": [{"kind": "external"}]}
    for item in found.series:
        text = f"{item.body} {item.year}: {say(item.finding.message, lang)}"
        yield {
            **_base(item.finding, text, (item.body, str(item.year))),
            "locations": [_location(path, item.finding.where, lang=lang) for path in item.sources[-1:]],
        }


def _result(finding: Finding, labels: Labels) -> dict[str, Any]:
    report, lang = labels.report, labels.lang
    result = _base(finding, say(finding.message, lang), (report.agency or report.source.path, str(report.year)))
    result["locations"] = [_location(report.source.path, finding.where, cells=finding.cells[:1], lang=lang)]
    related = [_related(suspect, labels) for suspect in finding.suspects]
    if related:
        result["relatedLocations"] = [{"id": index, **place} for index, place in enumerate(related, 1)]
    return result


def _base(finding: Finding, text: str, who: Iterable[str]) -> dict[str, Any]:
    sides = (str(finding.left), str(finding.right), *finding.cells)
    digest = hashlib.sha256("\t".join((*who, finding.rule, *sides)).encode()).hexdigest()
    return {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "partialFingerprints": {"gouji/v1": digest[:32]},
    }


def _related(suspect: Suspect, labels: Labels) -> dict[str, Any]:
    report, lang = labels.report, labels.lang
    cell = report.cells.get(suspect.cell)
    where = (cell.where if cell else None) or NOWHERE
    place = _location(report.source.path, where, cells=(suspect.cell,), lang=lang)
    new = number(suspect.suggested, lang)
    place["message"] = {"text": f"{labels.cell(suspect.cell)} → {new} ({slip(suspect.cause, lang)})"}
    return place


def _location(path: str, where: Where, *, cells: Iterable[str] = (), lang: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path.replace("\\", "/"), safe="/:!")}}
    if where.line:
        physical["region"] = {"startLine": where.line} | ({"startColumn": where.column} if where.column else {})
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = [{"fullyQualifiedName": cell, "kind": "member"} for cell in cells]
    words = show_place(where, lang)
    if words and not where.line:
        logical.append({"name": words})
    if logical:
        location["logicalLocations"] = logical
    return location
