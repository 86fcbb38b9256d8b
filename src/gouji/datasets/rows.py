"""A report as rows of the data set's tables, written as JSON lines that the store reads as they are."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from gouji.datasets.columns import IN_COLUMNS, write_columns
from gouji.datasets.limits import cut, fits
from gouji.model.report import Report, State
from gouji.model.source import NOWHERE, Where
from gouji.text.fold import fold

Rows = dict[str, bytes]
"""Table name to its rows, one JSON object a line, without the number of the document; the cells are `IN_COLUMNS`."""


def write_rows(report: Report) -> Rows:
    """The rows of a report. They depend on the content alone: no path, no time, no number of the document.

    >>> from gouji.model.report import Report, Status
    >>> from gouji.model.source import Source
    >>> report = Report(
    ...     source=Source(path="a", sha256="", media_type="text/plain"), status=Status.FAILED, reason="empty"
    ... )
    >>> sorted(write_rows(report)), b'"reason":"empty"' in write_rows(report)["documents"]
    (['documents', 'findings', 'leftovers', 'notes', 'sections', 'values in columns'], True)
    """
    values, unfit = write_columns(report.cells)
    notes = [_note_row(note.to_dict()) for note in report.notes] + [_unfit_note(cell) for cell in unfit]
    return {
        "documents": _lines([_document_row(report, notes=len(notes), unfit=len(unfit))]),
        IN_COLUMNS: _lines(values),
        "findings": _lines(_numbered("finding", (_finding_row(finding.to_dict()) for finding in report.findings))),
        "notes": _lines(_numbered("note", notes)),
        "leftovers": _lines(
            _numbered("leftover", ({"raw": item.raw, **place(item.where)} for item in report.leftovers))
        ),
        "sections": _lines(
            _numbered(
                "position",
                (
                    {"number": item.number, "heading": item.heading, "text": item.text, **place(item.where)}
                    for item in report.sections
                ),
            )
        ),
    }


def agency_key(agency: str | None) -> str | None:
    """A body's name without what differs between two printings of it: width, spaces, brackets.

    >>> agency_key("鼓楼区 司法局（本级）")
    '鼓楼区司法局本级'
    """
    folded = "".join(character for character in fold(agency or "") if character.isalnum())
    return folded or None


def place(where: Where | None) -> dict[str, Any]:
    """The columns of a place; those of what is not known are left out."""
    if where is None or where == NOWHERE:
        return {}
    known = where.to_dict()
    if "table" in known:
        known["table_number"] = known.pop("table")
    if not all(math.isfinite(edge) for edge in known.get("bbox", ())):
        del known["bbox"]
    return known


def _document_row(report: Report, *, notes: int, unfit: int) -> dict[str, Any]:
    states = [cell.state for cell in report.cells.values()]
    period = report.meta.period or (None, None)
    inside = report.source.path.partition("!")[2]
    return {
        "status": report.status.value,
        "reason": report.reason,
        "agency": report.meta.agency,
        "agency_key": agency_key(report.meta.agency),
        "year": report.meta.year,
        "title": report.meta.title,
        "edition": report.edition,
        **{f"edition_{table}": edition for table, edition in report.editions.items() if table in _TABLES},
        "period_start": period[0],
        "period_end": period[1],
        "signed": report.meta.signed,
        "published": report.meta.published,
        "phone": report.meta.phone,
        "numbers": sum(cell.value is not None for cell in report.cells.values()) - unfit,
        "doubts": states.count(State.AMBIGUOUS) + states.count(State.UNREADABLE) + unfit,
        "errors": sum(finding.severity == "error" for finding in report.findings),
        "findings": len(report.findings),
        "notes": notes,
        "leftovers": len(report.leftovers),
        "media_type": report.source.media_type,
        "encoding": report.source.encoding,
        "inside": inside or None,
    }


_TABLES = ("disclosure", "requests", "review")


def _finding_row(data: dict[str, Any]) -> dict[str, Any]:
    row = {name: data[name] for name in ("rule", "severity", "cells", "missing")}
    for name in ("left", "right", "difference"):
        number = data[name]
        row[name] = str(number) if number is not None and fits(Decimal(number)) else None
    row["suspects"] = json.dumps(data["suspects"], ensure_ascii=False) if data["suspects"] else None
    return {**row, **_message(data), **place(_where(data))}


def _note_row(data: dict[str, Any]) -> dict[str, Any]:
    return {"code": data["code"], "cells": data.get("cells", []), **_message(data), **place(_where(data))}


def _unfit_note(cell: str) -> dict[str, Any]:
    return {
        "code": "DATASET-NUMBER",
        "cells": [cell],
        "message_zh": "数字过长，不可能是件数或金额，数据集不收",
        "message_en": "a number too long to be a count or an amount is not taken into the data set",
    }


def _where(data: Mapping[str, Any]) -> Where:
    return Where.from_dict(data.get("where") or {})


def _message(data: Mapping[str, Any]) -> dict[str, str]:
    return {"message_zh": data["message"]["zh"], "message_en": data["message"]["en"]}


def _numbered(name: str, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    return ({name: number, **row} for number, row in enumerate(rows, start=1))


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = "\n".join(encoder.encode({name: cut(value) for name, value in row.items()}) for row in rows)
    # No text of a report may break the store: NUL and lone surrogates stand for what could not be decoded.
    if "\\u0000" in text:
        text = _NUL.sub("\\1\ufffd", text)
    return text.encode("utf-8", "replace")


_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
