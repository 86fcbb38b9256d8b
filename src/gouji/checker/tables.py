"""The tables that a report has, and where its cells stand: what every check asks first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gouji.forms.load import editions
from gouji.forms.spec import Form, TableSpec
from gouji.model.report import ABSENT, Report, Value
from gouji.model.source import NOWHERE, Where


def tables_of(report: Report, *, forms: Sequence[Form] | None = None) -> Iterator[TableSpec]:
    """The tables the report has, each of the edition its labels say."""
    known = {form.edition: form for form in forms} if forms is not None else editions()
    for key, edition in report.editions.items():
        form = known.get(edition) if edition is not None else None
        if form is not None:
            yield from (table for table in form.tables if table.key == key)


def place_of(cells: Mapping[str, Value], keys: Iterable[str]) -> Where:
    """The first place that is known of these cells."""
    places = (cells.get(key, ABSENT).where for key in keys)
    return next((place for place in places if place is not None), NOWHERE)
