"""Compare the reports of one body over the years, once all are in the store: what one says of the other.

The same checks as ``gouji check`` makes on several files. Two documents of one body and year that do not agree are a
conflict in the table ``duplicates``; which of them the year before and the year after go with cannot be known, and
that year is compared with none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.checker.bodies import match_bodies
from gouji.checker.series import check_series
from gouji.datasets.limits import fits
from gouji.datasets.schema import SERIES_FINDINGS, load_rows
from gouji.datasets.variables import Variable
from gouji.forms import Form
from gouji.model.finding import Number
from gouji.model.report import Metadata, Report, State, Status, Value
from gouji.model.series import SeriesFinding
from gouji.model.source import Source

if TYPE_CHECKING:
    import duckdb

_PIECE = 200
_KNOWN = 10_000
"""Values kept to be used again: most cells are blank, 0 or a small number."""
_TABLES = ("disclosure", "requests", "review")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document stands among those to be compared: by body, then year."""

    body: str
    year: int
    document: int


def find_in_series(
    store: duckdb.DuckDBPyConnection, *, path: Path, forms: Iterable[Form], variables: Iterable[Variable]
) -> None:
    """Fill the table ``series_findings``; ``path`` is a file for its rows."""
    chosen = tuple(forms)
    money = frozenset(variable.cell for variable in variables if variable.is_money)
    store.execute("CREATE TABLE compared (place INTEGER, document INTEGER)")
    places = _places(store)
    store.execute(
        "INSERT INTO compared SELECT unnest(?::INTEGER[]), unnest(?::INTEGER[])",
        [list(range(len(places))), [place.document for place in places]],
    )
    number = longest = 0
    with path.open("w", encoding="utf-8") as file:
        together = zip(places, _reports(store, money=money), strict=True)
        for _, group in groupby(together, key=lambda pair: pair[0].body):
            for finding in check_series([report for _, report in group], forms=chosen):
                number += 1
                line = json.dumps(_row(number, finding)) + "\n"
                longest = max(longest, file.write(line))
    store.execute("DROP TABLE compared")
    load_rows(store, SERIES_FINDINGS, path, longest=longest)
    path.unlink()


def _places(store: duckdb.DuckDBPyConnection) -> list[_Place]:
    """The documents that have a report of the same body in the year before or after."""
    rows = store.execute(
        "SELECT agency, year, document FROM documents WHERE use AND agency IS NOT NULL AND year IS NOT NULL "
        "ORDER BY document"
    ).fetchall()
    years: dict[str, set[int]] = {}
    for agency, year, _ in rows:
        years.setdefault(agency, set()).add(year)
    bodies = match_bodies(years)
    documents: dict[str, dict[int, list[int]]] = {}
    for agency, year, document in rows:
        documents.setdefault(bodies[agency], {}).setdefault(year, []).append(document)
    return [
        _Place(body, year, found[0])
        for body, of_body in sorted(documents.items())
        for year, found in sorted(of_body.items())
        if len(found) == 1 and any(len(of_body.get(year + step, ())) == 1 for step in (-1, 1))
    ]


_REPORTS = """
    SELECT document, agency, year, edition_disclosure, edition_requests, edition_review, cells
    FROM compared JOIN documents d USING (document)
    LEFT JOIN (SELECT document, string_agg(cell || chr(31) || state || chr(31) || CASE WHEN value IS NULL THEN ''
    WHEN value = trunc(value) THEN CAST(CAST(value AS BIGINT) AS VARCHAR)
    ELSE rtrim(CAST(value AS VARCHAR), '0') END, chr(30) ORDER BY position) AS cells
    FROM "values" SEMI JOIN compared USING (document) GROUP BY document)
    USING (document) ORDER BY place
"""
"""All cells of a document as one text: four times faster than lists, of which every number would be made anew."""


def _reports(store: duckdb.DuckDBPyConnection, *, money: frozenset[str]) -> Iterator[Report]:
    """The compared documents in order, as far as comparing needs them; their number stands for their path."""
    read_amount, read_count = (lru_cache(_KNOWN)(partial(_value, is_money=money)) for money in (True, False))
    answer = store.cursor().execute(_REPORTS)
    while rows := answer.fetchmany(_PIECE):
        for document, agency, year, *given, text in rows:
            found = (cell.partition("\x1f") for cell in (text.split("\x1e") if text else ()))
            yield Report(
                source=Source(path=str(document), sha256="", media_type=""),
                status=Status.OK,
                editions=dict(zip(_TABLES, given, strict=True)),
                meta=Metadata(agency=agency, year=year),
                cells={cell: (read_amount if cell in money else read_count)(known) for cell, _, known in found},
            )


def _value(known: str, *, is_money: bool) -> Value:
    r"""State and number of a cell of the store as the parser gives them: a count whole, an amount in decimals.

    >>> _value("reported\x1f12", is_money=False).value, _value("reported\x1f100.5", is_money=True).value
    (12, Decimal('100.5'))
    """
    state, _, digits = known.partition("\x1f")
    number: Number | None = None
    if digits:
        number = int(digits) if not is_money and "." not in digits else Decimal(digits)
    return Value(value=number, state=State(state))


def _row(number: int, found: SeriesFinding) -> Mapping[str, Any]:
    finding = found.finding
    documents = [int(source) for source in found.sources]
    return {
        "finding": number,
        "body": found.body,
        "year": found.year,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "document": documents[-1],
        "documents": documents,
        "matched": list(found.matched),
        "cells": list(finding.cells),
        "left": _number(finding.left),
        "right": _number(finding.right),
        "difference": _number(finding.difference),
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
    }


def _number(value: Number | None) -> str | None:
    """A sum as the store takes it; one that is too large for it stands in the message only."""
    return str(value) if value is not None and fits(value) else None
