"""A Frictionless Data Package (version 1): CSV files, and a descriptor that says what is in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gouji.datasets.codebook import write_codebook
from gouji.datasets.dataset import Dataset
from gouji.datasets.export import copy_csv, sorted_select
from gouji.datasets.schema import DOCUMENTS, MISSING, TABLES, WIDE_FACTS, TableDef, literal, quote

LICENCE_NOTE = (
    "The reports are official documents of administrative bodies, published under the Regulations on Open Government "
    "Information. Before you publish this data set, choose a licence for your own work in it and name it here."
)
LICENCE = {"name": "notspecified", "title": "Not specified: choose one before publishing", "path": "LICENCE-NOTE.txt"}

_TYPES = {"INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean"}
_STATES = ("reported", "inferred", *MISSING)
_REFERENCED = {"values", "findings", "series_findings", "notes", "leftovers", "sections", "duplicates"}


def write_package(dataset: Dataset, folder: Path) -> list[Path]:
    """``datapackage.json`` with a CSV file for every table, the codebook and a note about the licence."""
    written = [copy_csv(dataset, _wide_sql(dataset), path=folder / "wide.csv", bom=False)]
    resources = [_resource(written[0], about="One row a report; a missing value says why", fields=list(_wide(dataset)))]
    resources[0]["schema"].update(missingValues=["", *MISSING], primaryKey=["report"])
    for table in TABLES:
        path = copy_csv(dataset, sorted_select(table, as_text=True), path=folder / f"{table.name}.csv", bom=False)
        resource = _resource(path, about=table.about, fields=[_field(table, field) for field in table.exported])
        resource["schema"]["primaryKey"] = list(table.key)
        if table.name in _REFERENCED:
            resource["schema"]["foreignKeys"] = [
                {"fields": ["document"], "reference": {"resource": "documents", "fields": ["document"]}}
            ]
        resources.append(resource)
        written.append(path)
    note = folder / "LICENCE-NOTE.txt"
    note.write_text(LICENCE_NOTE + "\n", encoding="utf-8", newline="\n")
    descriptor = folder / "datapackage.json"
    package = {
        "profile": "tabular-data-package",
        "name": "gouji",
        "title": "Annual reports on government-information disclosure (政府信息公开工作年度报告)",
        "description": f"Made with gouji. {LICENCE_NOTE}",
        "version": dataset.fact("parser") or "",
        "licenses": [LICENCE],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    descriptor.write_text(text + "\n", encoding="utf-8", newline="\n")
    return [descriptor, *written, note, *write_codebook(dataset, folder)]


def _wide_sql(dataset: Dataset) -> str:
    """The wide table with the state of a cell where it has no value."""
    facts = ", ".join(f"d.{quote(name)}" for name in WIDE_FACTS)
    cells = ", ".join(
        f"first(known) FILTER (cell = {literal(cell)}) AS {quote(cell)}"
        for (cell,) in dataset.rows("SELECT cell FROM cells ORDER BY position")
    )
    return (
        f"SELECT {facts}, p.* EXCLUDE (document) FROM documents d LEFT JOIN (SELECT document, {cells} FROM "  # noqa: S608
        "(SELECT document, cell, coalesce(rtrim(rtrim(CAST(value AS VARCHAR), '0'), '.'), state) AS known "
        'FROM "values") GROUP BY document) p USING (document) WHERE d.use ORDER BY d.report'
    )


def _wide(dataset: Dataset) -> Iterator[dict[str, Any]]:
    by_name = {field.name: field for field in DOCUMENTS.fields}
    for name in WIDE_FACTS:
        yield _field(DOCUMENTS, by_name[name])
    for cell, zh, en, unit, kind in dataset.rows(
        "SELECT cell, label_zh, label_en, unit, kind FROM cells ORDER BY position"
    ):
        yield {
            "name": cell,
            "title": en,
            "description": f"{zh} ({unit})",
            "type": "number" if kind == "money" else "integer",
        }


def _field(table: TableDef, field: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "type": "number" if field.type.startswith("DECIMAL") else _TYPES.get(field.type, "string"),
        "description": field.about,
    }
    if found["type"] == "boolean":
        found.update(trueValues=["true"], falseValues=["false"])
    if (table.name, field.name) == ("values", "state"):
        found["constraints"] = {"required": True, "enum": list(_STATES)}
    elif (table.name, field.name) == ("documents", "status"):
        found["constraints"] = {"required": True, "enum": ["ok", "partial", "not_a_report", "failed"]}
    return found


def _resource(path: Path, *, about: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": path.stem,
        "path": path.name,
        "profile": "tabular-data-resource",
        "description": about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
