"""A data set in a few numbers: outcomes, what needs no hand, the most frequent findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.datasets.dataset import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table of the summary. Columns whose header ends in ``%`` hold shares, 0 to 1."""

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


_OUTCOMES = """
    SELECT status, count(*), count(*) / sum(count(*)) OVER () FROM documents GROUP BY status
    ORDER BY list_position(['ok', 'partial', 'not_a_report', 'failed'], status)
"""
_REPORTS = """
    WITH r AS (SELECT *, status = 'ok' AND leftovers = 0 AND doubts = 0 AS whole FROM documents WHERE use),
    c AS (SELECT count(*) n, count(*) FILTER (whole) w, count(*) FILTER (errors = 0) a,
    count(*) FILTER (whole AND errors = 0) h FROM r)
    SELECT 'all', n, n / n FROM c
    UNION ALL SELECT 'read in full: no cell in doubt, no number left over', w, w / n FROM c
    UNION ALL SELECT 'add up: no finding of severity error', a, a / n FROM c
    UNION ALL SELECT 'need no hand: both', h, h / n FROM c
"""
_YEARS = """
    SELECT year, count(*), count(DISTINCT agency_key), count(*) FILTER (status = 'ok'),
    count(*) FILTER (status = 'partial'), count(*) FILTER (errors > 0) FROM documents WHERE use GROUP BY year
    ORDER BY year NULLS LAST
"""
_FORMATS = """
    SELECT coalesce(media_type, 'unknown'), count(*), count(*) FILTER (status = 'ok'),
    count(*) FILTER (status = 'partial'), count(*) FILTER (status = 'not_a_report'),
    count(*) FILTER (status = 'failed') FROM documents GROUP BY ALL ORDER BY 2 DESC, 1
"""
_FINDINGS = """
    SELECT f.rule, f.severity, count(*), count(DISTINCT document),
    count(DISTINCT document) / (SELECT greatest(count(*), 1) FROM documents WHERE use), coalesce(any_value(r.en), '')
    FROM findings f JOIN documents USING (document)
    LEFT JOIN (SELECT code, min(en) AS en FROM rules GROUP BY code) r ON r.code = f.rule
    WHERE use AND f.severity <> 'info' GROUP BY f.rule, f.severity ORDER BY 4 DESC, 3 DESC, 1, 2 LIMIT 12
"""
_SERIES = """
    SELECT rule, severity, count(*), count(DISTINCT body), count(DISTINCT document) FROM series_findings
    GROUP BY rule, severity ORDER BY 5 DESC, 3 DESC, 1, 2
"""
_NOTES = """
    SELECT code, count(*), count(DISTINCT document) FROM notes JOIN documents USING (document) WHERE use
    GROUP BY code ORDER BY 3 DESC, 2 DESC, 1 LIMIT 12
"""
_REASONS = """
    SELECT status, CASE WHEN status = 'failed' THEN split_part(reason, ':', 1) ELSE reason END, count(*)
    FROM documents WHERE status IN ('failed', 'not_a_report') GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT 12
"""
_COPIES = "SELECT kind, count(*) FROM duplicates WHERE cell = '' GROUP BY kind ORDER BY kind"

_QUERIES = (
    ("outcomes", "Outcomes of the inputs", ("status", "documents", "share %"), _OUTCOMES),
    ("reports", "Reports (one document each)", ("of the reports", "reports", "share %"), _REPORTS),
    ("years", "Reports by year", ("year", "reports", "bodies", "ok", "partial", "with errors"), _YEARS),
    (
        "formats",
        "Documents by format",
        ("format", "documents", "ok", "partial", "not a report", "failed"),
        _FORMATS,
    ),
    (
        "findings",
        "Most frequent findings",
        ("rule", "severity", "findings", "reports", "of all reports %", "meaning"),
        _FINDINGS,
    ),
    (
        "series_findings",
        "Findings between the reports of one body",
        ("rule", "severity", "findings", "bodies", "reports"),
        _SERIES,
    ),
    ("notes", "Most frequent notes on our reading", ("note", "notes", "reports"), _NOTES),
    ("reasons", "Why files gave no report", ("status", "reason", "documents"), _REASONS),
    ("duplicates", "Copies and conflicts", ("kind", "documents"), _COPIES),
)


def summarize(dataset: Dataset) -> list[Part]:
    """The tables of the summary, empty ones left out."""
    parts = (
        Part(key=key, title=title, header=header, rows=tuple(dataset.rows(sql))) for key, title, header, sql in _QUERIES
    )
    return [part for part in parts if part.rows and part.rows[0][1] not in (0, None)]


def to_markdown(parts: Sequence[Part]) -> str:
    """The summary as Markdown, for a paper's appendix or a README."""
    return "\n\n".join("\n".join(_markdown(part)) for part in parts) + "\n"


def _markdown(part: Part) -> Iterator[str]:
    yield f"## {part.title}\n"
    yield "| " + " | ".join(name.removesuffix(" %") for name in part.header) + " |"
    yield "|" + "|".join(" --- " if index == 0 else " ---: " for index in range(len(part.header))) + "|"
    for row in part.rows:
        yield "| " + " | ".join(show(value, name=name) for value, name in zip(row, part.header, strict=True)) + " |"


def show(value: Any, *, name: str) -> str:
    """A value as text: shares in per cent.

    >>> show(0.125, name="share %"), show(None, name="year"), show(1200, name="documents")
    ('12.5 %', '-', '1200')
    """
    if value is None:
        return "-"
    return f"{value:.1%}".replace("%", " %") if name.endswith("%") else str(value)


def to_json(parts: Sequence[Part]) -> dict[str, list[dict[str, Any]]]:
    """The summary for programs."""
    return {
        part.key: [dict(zip((name.removesuffix(" %") for name in part.header), row, strict=True)) for row in part.rows]
        for part in parts
    }


def write_summary(dataset: Dataset, folder: Path) -> list[Path]:
    """``summary.md`` and, with the extra ``plot``, the figures ``summary.png`` and ``summary.pdf``."""
    from gouji.datasets.plots import can_plot, plot_summary

    folder.mkdir(parents=True, exist_ok=True)
    parts = summarize(dataset)
    text = folder / "summary.md"
    text.write_text(to_markdown(parts), encoding="utf-8", newline="\n")
    return [text, *(plot_summary(parts, folder) if can_plot() else [])]
