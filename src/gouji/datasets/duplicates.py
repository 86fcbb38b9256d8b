"""Find documents that are the same report, keep all, and mark the one to use.

Identical bytes are the same report. So are documents of the same body and year whose figures agree and, where there
are too few figures to tell, whose prose agrees too: bodies share names (several cities have a 鼓楼区), and one must
not hide another. Documents of the same body and year that do not agree are linked as a conflict, and each stays in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SAME_FIGURES = 0.9
"""Share of the cells with a value in both documents that must be equal."""

TELLING = 8
"""Equal cells that are not zero, from which on the figures alone tell; below, the prose must agree."""

SAME_PROSE = 0.8
"""Similarity of the prose of two documents with few figures, 0 to 1."""

MANY = 300
"""Documents of one body and year beyond which only equal figures are looked for: the name is hardly a body's own."""

_PROSE = 20_000
_PIECE = 200
_FORMATS = ("html", "wordprocessingml", "text/plain", "msword", "ofd", "pdf")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What is needed of a document to compare it with another of its body and year."""

    document: int
    sha256: str
    status: str
    media_type: str
    scanned: bool
    doubts: int
    leftovers: int
    numbers: int
    cells: dict[str, tuple[Decimal | None, str]]
    prose: str

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts the best one first: read whole, without doubt, in a format whose tables are sure, first in the list."""
        format_rank = next((n for n, name in enumerate(_FORMATS) if name in self.media_type), len(_FORMATS))
        return (
            self.status != "ok",
            self.doubts + self.leftovers,
            self.scanned,
            -self.numbers,
            format_rank,
            self.document,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How two documents compare: cells with a value in both, equal ones, equal ones that are not zero."""

    compared: int
    equal: int
    telling: int

    @property
    def same_figures(self) -> bool:
        """Whether nearly all figures are the same."""
        return self.compared > 0 and self.equal >= SAME_FIGURES * self.compared


def compare(one: Candidate, other: Candidate) -> Likeness:
    """Compare the cells that have a value in both."""
    both = [
        (value, other.cells[cell][0])
        for cell, (value, _) in one.cells.items()
        if value is not None and other.cells.get(cell, (None, ""))[0] is not None
    ]
    equal = [left for left, right in both if left == right]
    return Likeness(compared=len(both), equal=len(equal), telling=sum(value != 0 for value in equal))


def is_same_report(one: Candidate, other: Candidate) -> bool:
    """Whether two documents of the same body and year are the same report."""
    if one.sha256 == other.sha256:
        return True
    likeness = compare(one, other)
    if not likeness.same_figures:
        return False
    if likeness.telling >= TELLING:
        return True
    from rapidfuzz.fuzz import ratio  # when it is first needed: seldom

    return ratio(one.prose, other.prose, score_cutoff=SAME_PROSE * 100) > 0


def group_reports(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Documents of one body and year, put together by report; in each the one to use stands first."""
    ranked = sorted(candidates, key=lambda candidate: candidate.rank)
    if len(ranked) > MANY:
        return _group_equal(ranked)
    reports: list[list[Candidate]] = []
    for candidate in ranked:
        for report in reports:
            if any(is_same_report(candidate, member) for member in report):
                report.append(candidate)
                break
        else:
            reports.append([candidate])
    return reports


def _group_equal(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    reports: dict[frozenset[tuple[str, Decimal]], list[Candidate]] = {}
    alone: list[list[Candidate]] = []
    for candidate in candidates:
        figures = frozenset((cell, value) for cell, (value, _) in candidate.cells.items() if value)
        if len(figures) < TELLING:
            alone.append([candidate])
        else:
            reports.setdefault(figures, []).append(candidate)
    return [*reports.values(), *alone]


def link_duplicates(store: duckdb.DuckDBPyConnection) -> None:
    """Fill ``documents.report``, ``documents.use`` and the table ``duplicates``."""
    store.execute("UPDATE documents SET use = status IN ('ok', 'partial')")
    store.execute("CREATE TEMP TABLE linked (document INTEGER, head INTEGER)")
    _link_identical(store)
    _link_reports(store)
    store.execute(
        "UPDATE documents SET use = false FROM linked WHERE documents.document = linked.document AND documents.use"
    )
    store.execute(
        "UPDATE documents SET report = r.report FROM (SELECT document, row_number() OVER (ORDER BY document) AS report "
        "FROM documents WHERE use) r WHERE documents.document = r.document"
    )
    store.execute(
        "UPDATE documents SET report = head.report FROM linked JOIN documents head ON head.document = linked.head "
        "WHERE documents.document = linked.document"
    )
    store.execute("DROP TABLE linked")


def _link_identical(store: duckdb.DuckDBPyConnection) -> None:
    """Files with the same bytes: the first in the list stands for all (that it is in use is decided afterwards)."""
    store.execute(
        "INSERT INTO duplicates BY NAME SELECT document, head AS other, 'identical' AS kind, '' AS cell, '0' AS state, "
        "CAST(numbers AS VARCHAR) AS other_state FROM (SELECT document, numbers, bytes, "
        "first_value(document) OVER (PARTITION BY sha256 ORDER BY document) AS head FROM documents) "
        "WHERE document <> head AND bytes > 0"
    )


def _link_reports(store: duckdb.DuckDBPyConnection) -> None:
    store.execute(
        "CREATE TABLE grouped AS SELECT document, dense_rank() OVER (ORDER BY agency_key, year) AS grp FROM ("
        "SELECT *, count(*) OVER (PARTITION BY agency_key, year) AS many FROM documents d "
        "WHERE use AND agency_key IS NOT NULL AND year IS NOT NULL "
        "AND NOT EXISTS (FROM duplicates u WHERE u.document = d.document AND kind = 'identical')) WHERE many > 1"
    )
    pairs: list[tuple[int, int, str]] = []
    for _, group in groupby(_candidates(store), key=lambda found: found[0]):
        reports = group_reports(candidate for _, candidate in group)
        first = min((report[0] for report in reports), key=lambda candidate: candidate.document)
        for report in reports:
            pairs += [(member.document, report[0].document, "same_report") for member in report[1:]]
            if report[0] is not first:
                pairs.append((report[0].document, first.document, "conflict"))
    store.execute("DROP TABLE grouped")
    store.execute("CREATE TABLE pairs (document INTEGER, other INTEGER, kind VARCHAR)")
    if pairs:
        columns = [list(column) for column in zip(*pairs, strict=True)]
        store.execute(
            "INSERT INTO pairs SELECT unnest(?::INTEGER[]), unnest(?::INTEGER[]), unnest(?::VARCHAR[])", columns
        )
    store.execute(_DIFFERENCES)
    store.execute("INSERT INTO linked SELECT document, other FROM pairs WHERE kind = 'same_report'")
    store.execute("DROP TABLE pairs")
    # A copy goes where the first of its copies went.
    store.execute(
        "INSERT INTO linked SELECT u.document, coalesce(l.head, u.other) FROM duplicates u JOIN documents d "
        "ON d.document = u.other LEFT JOIN linked l ON l.document = u.other "
        "WHERE u.kind = 'identical' AND d.status IN ('ok', 'partial')"
    )


_DIFFERENCES = """
    INSERT INTO duplicates BY NAME
    WITH compared AS (
        SELECT coalesce(one.document, two.document) AS document, coalesce(one.other, two.other) AS other,
        coalesce(one.kind, two.kind) AS kind, coalesce(one.cell, two.cell) AS cell, one.value AS value,
        coalesce(one.state, 'absent') AS state, two.value AS other_value, coalesce(two.state, 'absent') AS other_state
        FROM (SELECT p.*, v.cell, v.value, v.state FROM pairs p JOIN "values" v ON v.document = p.document) one
        FULL JOIN (SELECT p.*, v.cell, v.value, v.state FROM pairs p JOIN "values" v ON v.document = p.other) two
        ON one.document = two.document AND one.other = two.other AND one.cell = two.cell)
    SELECT * FROM compared WHERE value IS DISTINCT FROM other_value
    UNION ALL BY NAME
    SELECT p.document, p.other, p.kind, '' AS cell,
    CAST(count(c.cell) FILTER (c.value IS DISTINCT FROM c.other_value) AS VARCHAR) AS state,
    CAST(count(c.cell) AS VARCHAR) AS other_state
    FROM pairs p LEFT JOIN compared c ON c.document = p.document AND c.other = p.other GROUP BY ALL
"""
"""For every pair first the pair itself, with the numbers of cells that differ and that were compared; then every cell
that differs, or that only one of them has."""


_CANDIDATES = """
    SELECT grp, document, sha256, status, coalesce(media_type, ''), doubts, leftovers, numbers,
    EXISTS (FROM notes n WHERE n.document = d.document AND lower(code) LIKE '%ocr%'), cells, numbers_of, states, prose
    FROM grouped JOIN documents d USING (document)
    LEFT JOIN (SELECT document, list(cell ORDER BY position) AS cells, list(value ORDER BY position) AS numbers_of,
    list(state ORDER BY position) AS states FROM "values" SEMI JOIN grouped USING (document) GROUP BY document)
    USING (document)
    LEFT JOIN (SELECT document, string_agg(text, '' ORDER BY position) AS prose FROM sections
    SEMI JOIN grouped USING (document) GROUP BY document) USING (document)
    ORDER BY grp, document
"""


def _candidates(store: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, Candidate]]:
    """Every document of a group with the group's number, group by group."""
    answer = store.cursor().execute(_CANDIDATES)
    while rows := answer.fetchmany(_PIECE):
        for group, document, sha256, status, media_type, doubts, leftovers, numbers, scanned, *lists, prose in rows:
            cells, values, states = (found or [] for found in lists)
            yield (
                group,
                Candidate(
                    document=document,
                    sha256=sha256,
                    status=status,
                    media_type=media_type,
                    scanned=scanned,
                    doubts=doubts,
                    leftovers=leftovers,
                    numbers=numbers,
                    cells=dict(zip(cells, zip(values, states, strict=True), strict=True)),
                    prose="".join((prose or "").split())[:_PROSE],
                ),
            )
