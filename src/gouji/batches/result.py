"""The result of parsing one content: rows of the data set, packed for the journal."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.datasets.rows import Rows, write_rows
from gouji.errors import ReadError

if TYPE_CHECKING:
    from gouji.model.report import Report

LIMIT_CODES = ("BATCH-TIME", "BATCH-MEMORY", "BATCH-CRASH")
"""Failures that may come from the limits or the machine; tried again when the limits change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one content.

    Attributes:
        status: Of the report.
        code: For a failure of the batch itself, its code (``BATCH-TIME`` …).
        errors: Findings of severity error.
        parsed_at: Seconds since 1970.
        seconds: How long it took.
        rows: Packed rows, see :func:`pack`.
    """

    status: str
    code: str
    errors: int
    parsed_at: float
    seconds: float
    rows: bytes


def result_of(report: Report, *, began: float, code: str = "") -> Result:
    """Pack a report."""
    rows = write_rows(report)
    return Result(
        status=report.status.value,
        code=code,
        errors=sum(finding.severity == "error" for finding in report.findings),
        parsed_at=round(time.time(), 3),
        seconds=round(time.perf_counter() - began, 4),
        rows=pack(rows),
    )


def failure(code: str, reason: str, *, began: float | None = None) -> Result:
    """The result of a content that the batch itself had to give up."""
    from gouji import pipeline  # all readers: who only looks at results, as the building of the store, needs none

    report = pipeline.failed(ReadError(reason, code=code), path="", data=b"")
    return result_of(report, began=time.perf_counter() if began is None else began, code=code)


def pack(rows: Rows) -> bytes:
    """Rows of all tables as one compressed text.

    >>> unpack(pack({"documents": b"{}", "values": b""}))
    {'documents': b'{}', 'values': b''}
    """
    head = json.dumps({name: len(lines) for name, lines in rows.items()}).encode()
    return zlib.compress(head + b"\n" + b"".join(rows.values()), 3)


def unpack(data: bytes) -> Rows:
    """The inverse of :func:`pack`."""
    head, _, rest = zlib.decompress(data).partition(b"\n")
    rows: Rows = {}
    start = 0
    for name, size in json.loads(head).items():
        rows[name] = rest[start : start + size]
        start += size
    return rows


def is_stale(code: str, *, limits: Sequence[float], now: Sequence[float]) -> bool:
    """Whether a kept failure should be tried again because a limit has been changed since."""
    return code in LIMIT_CODES and list(limits) != list(now)
