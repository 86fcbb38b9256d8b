"""Reports to JSON lines and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from gouji.model.report import Report


def write_json_lines(reports: Iterable[Report], path: str | Path) -> int:
    """Write one report a line, as ``gouji parse`` prints them; returns how many."""
    count = 0
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        for report in reports:
            file.write(report.to_json() + "\n")
            count += 1
    return count


def read_json_lines(path: str | Path) -> Iterator[Report]:
    """Read what :func:`write_json_lines` or ``gouji parse`` wrote, one report at a time.

    Raises:
        ValueError: A line is no report; the message says which.
    """
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield Report.from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}: line {number} is no report: {error}") from error
