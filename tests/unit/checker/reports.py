"""Small consistent reports to spoil."""

from collections.abc import Mapping
from dataclasses import replace

from gouji.forms import editions
from gouji.model.finding import Number
from gouji.model.report import Metadata, Report, State, Status, Value
from gouji.model.source import Source, Where


def report_of(
    values: Mapping[str, Number],
    *,
    edition: str = "2021",
    fill: Value | None = None,
    agency: str | None = "某市财政局",
    year: int | None = 2023,
    path: str | None = None,
) -> Report:
    """A report with these values; all other cells of the form as ``fill``, 0 when not given."""
    zero = fill or Value(value=0, state=State.REPORTED, raw="0")
    cells = dict.fromkeys(editions()[edition].slots, zero)
    for line, (key, value) in enumerate(values.items(), 10):
        cells[key] = Value(value=value, state=State.REPORTED, raw=str(value), where=Where(line=line, column=3))
    tables = dict.fromkeys(("disclosure", "requests", "review"), edition)
    source = Source(path=path or f"{agency}-{year}.txt", sha256="0", media_type="text/plain")
    meta = Metadata(agency=agency, year=year)
    return Report(source=source, status=Status.OK, edition=edition, editions=tables, cells=cells, meta=meta)


def one_request(n: int, *, column: str = "natural_person") -> dict[str, Number]:
    """``n`` requests received and granted."""
    rows = ("received", "granted", "outcome_total")
    return {f"requests.{row}.{key}": n for row in rows for key in (column, "total")}


def with_cell(report: Report, key: str, cell: Value) -> Report:
    """The report with another cell."""
    return replace(report, cells={**report.cells, key: cell})
