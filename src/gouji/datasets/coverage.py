"""What is there and what is missing: bodies by years."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gouji.datasets.dataset import Dataset
from gouji.datasets.rows import agency_key

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_LEAST_NAME = 3


class Cover(StrEnum):
    """What is known of one body in one year, the best first."""

    PRESENT = "present"
    FINDINGS = "findings"
    PARTIAL = "partial"
    FAILED = "failed"
    MISSING = "missing"

    @property
    def sign(self) -> str:
        """One character for the terminal."""
        return {"present": "●", "findings": "!", "partial": "◐", "failed": "✗", "missing": "·"}[self.value]

    @property
    def about(self) -> str:
        """What it means."""
        return _ABOUT[self]


_ABOUT = {
    Cover.PRESENT: "read in full, adds up",
    Cover.FINDINGS: "read in full, with findings of severity error",
    Cover.PARTIAL: "read in part",
    Cover.FAILED: "a file that could not be read, or holds no report, has this name and year in its path",
    Cover.MISSING: "nothing",
}
_RANK = {cover: rank for rank, cover in enumerate(Cover)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A body that should report, and the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Its names, folded."""
        return tuple(key for key in map(agency_key, (self.name, *self.aliases)) if key)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """A matrix of bodies and years.

    Attributes:
        units: The rows, in order.
        years: The columns, rising.
        cells: What is known of a unit's year; missing ones are left out.
        strangers: Bodies of the data set that are none of the given units.
        unplaced: Failed files whose path names no unit or no year.
    """

    units: tuple[str, ...]
    years: tuple[int, ...]
    cells: Mapping[tuple[str, int], Cover]
    strangers: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()

    def at(self, unit: str, year: int) -> Cover:
        """What is known of a unit in a year."""
        return self.cells.get((unit, year), Cover.MISSING)

    def counts(self) -> dict[Cover, int]:
        """How often each is there."""
        found = dict.fromkeys(Cover, 0)
        for unit in self.units:
            for year in self.years:
                found[self.at(unit, year)] += 1
        return found


def read_units(text: str) -> list[Unit]:
    r"""The units of a file: one a line, other names after it, divided by commas, tabs or semicolons.

    >>> read_units("# 某市\n财政局,市财政局\n教育局\n")[0].aliases
    ('市财政局',)
    """
    units = []
    for line in text.lstrip("\ufeff").splitlines():
        names = [name.strip().strip('"') for name in re.split(r"[,;\t，；]", line)]
        if names[0] and not line.startswith("#"):
            units.append(Unit(name=names[0], aliases=tuple(filter(None, names[1:]))))
    return units


def measure(dataset: Dataset, *, units: Sequence[Unit] = (), years: Sequence[int] = ()) -> Coverage:
    """Find out what is there.

    Args:
        dataset: An open data set.
        units: Bodies that should report; those of the data set when there are none.
        years: Years they should report on; from the first to the last of the data set when there are none.
    """
    rows = dataset.rows(
        "SELECT agency_key, agency, year, status, errors, leftovers + doubts FROM documents "
        "WHERE use AND agency_key IS NOT NULL AND year IS NOT NULL ORDER BY agency_key, year, document"
    )
    names: dict[str, str] = {}
    for key, agency, *_ in rows:
        names.setdefault(key, agency)
    chosen = list(units) or [Unit(name=name) for name in names.values()]
    owners = match_units(chosen, names)
    columns = tuple(years) or _span(row[2] for row in rows)
    cells: dict[tuple[str, int], Cover] = {}
    for key, _, year, status, errors, _ in rows:
        cover = Cover.PARTIAL if status != "ok" else Cover.FINDINGS if errors else Cover.PRESENT
        if key in owners:
            _keep(cells, (owners[key], year), cover)
    unplaced = []
    for (path,) in dataset.rows("SELECT path FROM documents WHERE status IN ('failed', 'not_a_report') ORDER BY path"):
        placed = place_path(path, units=chosen)
        if placed is None:
            unplaced.append(path)
        else:
            _keep(cells, placed, Cover.FAILED)
    return Coverage(
        units=tuple(unit.name for unit in chosen),
        years=columns,
        cells=cells,
        strangers=tuple(name for key, name in names.items() if key not in owners),
        unplaced=tuple(unplaced),
    )


def _keep(cells: dict[tuple[str, int], Cover], place: tuple[str, int], cover: Cover) -> None:
    cells[place] = min(cells.get(place, Cover.MISSING), cover, key=_RANK.__getitem__)


def _span(years: Iterable[int]) -> tuple[int, ...]:
    found = sorted(set(years))
    return tuple(range(found[0], found[-1] + 1)) if found else ()


def match_units(units: Sequence[Unit], keys: Iterable[str]) -> dict[str, str]:
    """Which unit each body of the data set is: by its name or another, else by the only unit whose name is in its name.

    >>> match_units([Unit(name="财政局"), Unit(name="教育局")], ["某县财政局", "教育局", "某县"])
    {'某县财政局': '财政局', '教育局': '教育局'}
    """
    exact = {key: unit.name for unit in units for key in unit.keys}
    found: dict[str, str] = {}
    for key in keys:
        if key in exact:
            found[key] = exact[key]
            continue
        near = {
            unit.name
            for unit in units
            for name in unit.keys
            if len(name) >= _LEAST_NAME and (key.endswith(name) or (name.endswith(key) and len(key) >= _LEAST_NAME))
        }
        if len(near) == 1:
            found[key] = near.pop()
    return found


def place_path(path: str, *, units: Iterable[Unit]) -> tuple[str, int] | None:
    """Unit and year that a path names, when it names exactly one of each; of units the longest name.

    >>> place_path("某县/财政局/2021年报.pdf", units=[Unit(name="财政局")])
    ('财政局', 2021)
    """
    years = set(_YEAR.findall(path))
    folded = agency_key(path) or ""
    named = sorted(((len(key), unit.name) for unit in units for key in unit.keys if key in folded), reverse=True)
    longest = {name for size, name in named if size == named[0][0]}
    if len(years) != 1 or len(longest) != 1:
        return None
    return longest.pop(), int(years.pop())


def to_csv(coverage: Coverage) -> str:
    """The matrix as CSV: one row a unit, one column a year."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["unit", *coverage.years])
    writer.writerows([unit, *(coverage.at(unit, year).value for year in coverage.years)] for unit in coverage.units)
    return out.getvalue()


def to_lines(coverage: Coverage) -> Iterator[str]:
    """The matrix for the terminal."""
    from rich.cells import cell_len

    width = max((cell_len(unit) for unit in coverage.units), default=4)
    yield " " * width + "  " + " ".join(str(year) for year in coverage.years)
    for unit in coverage.units:
        signs = "".join(f"{coverage.at(unit, year).sign:^5}" for year in coverage.years)
        yield unit + " " * (width - cell_len(unit)) + f"  {signs}".rstrip()
    yield ""
    total = max(1, len(coverage.units) * len(coverage.years))
    for cover, count in coverage.counts().items():
        yield f"{cover.sign} {count:6} ({count / total:6.1%})  {cover.value}: {cover.about}"
    if coverage.strangers:
        named = "、".join(coverage.strangers[:5])
        yield f"{len(coverage.strangers)} bodies of the data set are none of the units: {named} …"
    if coverage.unplaced:
        yield f"{len(coverage.unplaced)} files that gave no report name no unit and year in their path"


def write_coverage(coverage: Coverage, folder: Path) -> list[Path]:
    """``coverage.csv`` (with a byte order mark, for Excel) and, with the extra ``plot``, ``coverage.png``."""
    from gouji.datasets.plots import can_plot, plot_coverage

    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "coverage.csv"
    table.write_text(to_csv(coverage), encoding="utf-8-sig", newline="")
    return [table, *(plot_coverage(coverage, folder) if can_plot() and coverage.years else [])]
