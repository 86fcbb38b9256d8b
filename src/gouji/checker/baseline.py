"""Verdicts that last: what a reviewer accepted ("the source really says so") is not shown again until a number changes.

The file is plain text, one verdict a line, sorted, so that a version-control diff shows what was accepted::

    # gouji baseline 1
    某某市财政局 2023<TAB>REQ-ROW<TAB>requests.granted.natural_person=12 requests.granted.total=11

Report, rule, and every number of the rule's cells that is not 0. A cell without a number says why it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from gouji.checker.messages import show
from gouji.model.finding import Finding, Severity
from gouji.model.report import ABSENT, Report
from gouji.model.series import SeriesFinding

T = TypeVar("T")

HEADER = "# gouji baseline 1"
_NAMED = 30


@dataclass(slots=True)
class Baseline:
    """The verdicts of one file.

    Attributes:
        entries: Each a line: report, rule, cells with values.
    """

    entries: set[str] = field(default_factory=set)
    _renewed: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, path: str | Path) -> Baseline:
        """Read a file; one that does not exist yet has no verdicts.

        Raises:
            ValueError: It is no baseline file, or a line of it is none.
        """
        path = Path(path)
        if not path.exists():
            return cls()
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        if not lines or lines[0].strip() != HEADER:
            raise ValueError(f"{path}: the first line must be {HEADER!r}")
        entries = {line.rstrip() for line in lines if line.strip() and not line.startswith("#")}
        for line in sorted(entries):
            if line.count("\t") != 2:
                raise ValueError(f"{path}: not a verdict (report, rule, cells, divided by tabs): {line!r}")
        return cls(entries)

    def save(self, path: str | Path) -> None:
        """Write the file, sorted."""
        text = "\n".join([HEADER, *sorted(self.entries)]) + "\n"
        Path(path).write_text(text, encoding="utf-8", newline="\n")

    def split(self, report: Report) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """The findings of a report that are open, and those that were accepted."""
        return _split(report.findings, [self._knows(entry_of(report, finding)) for finding in report.findings])

    def split_series(
        self, found: Sequence[SeriesFinding]
    ) -> tuple[tuple[SeriesFinding, ...], tuple[SeriesFinding, ...]]:
        """The same for findings between reports."""
        return _split(found, [self._knows(series_entry_of(item)) for item in found])

    def accept(self, report: Report) -> None:
        """Accept all that is open in a report; verdicts on it that have lapsed go."""
        key = key_of(report)
        if key not in self._renewed:
            self._renewed.add(key)
            self.entries = {entry for entry in self.entries if not _is_of(entry, key) or _is_between(entry)}
        self.entries |= {entry_of(report, f) for f in report.findings if f.severity is not Severity.INFO}

    def accept_series(self, found: Iterable[SeriesFinding]) -> None:
        """The same for findings between reports."""
        for item in found:
            self.entries.add(series_entry_of(item))

    def lapsed(self, reports: Iterable[Report]) -> tuple[str, ...]:
        """Verdicts on these reports that no finding answers to any more: a number has changed."""
        keys, current = set(), set()
        for report in reports:
            keys.add(key_of(report))
            current |= {entry_of(report, finding) for finding in report.findings}
        ours = {entry for entry in self.entries if entry.split("\t", 1)[0] in keys and not _is_between(entry)}
        return tuple(sorted(ours - current))

    def _knows(self, entry: str) -> bool:
        return entry in self.entries


def _is_between(entry: str) -> bool:
    """Whether a verdict is on a finding between reports."""
    return entry.split("\t", 2)[1].startswith("SERIES-")


def _is_of(entry: str, key: str) -> bool:
    return entry.split("\t", 1)[0] == key


def _split(items: Sequence[T], known: Sequence[bool]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    pairs = list(zip(items, known, strict=True))
    return tuple(item for item, is_known in pairs if not is_known), tuple(item for item, is_known in pairs if is_known)


def key_of(report: Report) -> str:
    """What a report is known by: body and year, which outlive file names; without them, the file's name."""
    if report.agency and report.year is not None:
        return f"{_plain(report.agency)} {report.year}"
    return _plain(report.source.path.replace("\\", "/").rpartition("/")[2])


def entry_of(report: Report, finding: Finding) -> str:
    """The line that stands for a finding."""
    numbers = []
    for cell in dict.fromkeys((*finding.cells, *finding.missing)):
        value = report.cells.get(cell, ABSENT)
        if value.value != 0:
            numbers.append(f"{cell}={value.state.value if value.value is None else show(value.value)}")
    return _entry(key_of(report), finding, numbers)


def series_entry_of(item: SeriesFinding) -> str:
    """The line that stands for a finding between reports."""
    cells = item.finding.cells
    named = cells if len(cells) <= _NAMED else (*cells[:1], f"+{len(cells) - 1}")
    return _entry(f"{_plain(item.body)} {item.year}", item.finding, list(named))


def _entry(key: str, finding: Finding, numbers: list[str]) -> str:
    sides = [
        f"{name}={show(side)}" for name, side in (("left", finding.left), ("right", finding.right)) if side is not None
    ]
    return "\t".join((key, finding.rule, " ".join([*sides, *sorted(numbers)])))


def _plain(text: str) -> str:
    return " ".join(text.split())
