"""The codebook: every variable with its labels in Chinese and English, unit, editions and rules; from the forms."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from gouji.datasets.dataset import Dataset
from gouji.datasets.schema import TABLES, VIEWS

_STATES = (
    ("reported", "A number stands in the cell.", ""),
    ("inferred", "The number was inferred; `evidence` names what decided it.", ""),
    ("blank", "The cell is there and empty. A blank is not a zero.", ".a"),
    ("not_applicable", "The cell says `/`, `-`, `—` or 无.", ".b"),
    ("absent", "The page has no such row or column.", ".c"),
    ("ambiguous", "The cell can be read in several ways; `readings` lists them.", ".d"),
    ("unreadable", "The text of the cell is no number.", ".e"),
)
_CSS = (
    "body{font:15px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;margin:2em auto;max-width:80em;padding:0 1em}"
    "table{border-collapse:collapse;width:100%;margin:1em 0}"
    "td,th{border:1px solid #ccc;padding:.2em .5em;text-align:left;vertical-align:top}"
    "th{background:#f2f2f2;position:sticky;top:0}code{font-size:90%}"
)

Block = tuple[str, Any]
"""``("h1", text)``, ``("p", text)`` or ``("table", rows, header first)``."""


def write_codebook(dataset: Dataset, folder: Path) -> list[Path]:
    """``codebook.md`` and ``codebook.html``."""
    blocks = list(describe(dataset))
    markdown, page = folder / "codebook.md", folder / "codebook.html"
    markdown.write_text(to_markdown(blocks), encoding="utf-8", newline="\n")
    page.write_text(to_html(blocks), encoding="utf-8", newline="\n")
    return [markdown, page]


def describe(dataset: Dataset) -> Iterator[Block]:
    """What the codebook says, block by block."""
    yield "h1", "Codebook"
    facts = dict(dataset.rows("SELECT name, value FROM meta ORDER BY name"))
    counted = f"{dataset.count('documents')} documents, {dataset.count('wide')} reports"
    made = f"{counted}, made by gouji {facts.get('parser', '')}"
    about = "政府信息公开工作年度报告: annual reports on government-information disclosure."
    yield "p", f"{made}, schema {facts['schema']}. {about}"
    yield "p", "; ".join(f"edition {name[5:]}: {value}" for name, value in facts.items() if name.startswith("form "))
    yield "h2", "States of a cell"
    yield "table", [("state", "meaning", "Stata"), *_STATES]
    yield "h2", "Variables"
    yield from _variables(dataset)
    yield "h2", "Rules"
    rules = dataset.rows(
        "SELECT code, edition, table_key, severity, zh, en, basis FROM rules ORDER BY table_key, code, edition"
    )
    yield "table", [("rule", "edition", "table", "severity", "Chinese", "English", "basis"), *rules]
    yield "h2", "Tables"
    for table in TABLES:
        yield "h3", table.name
        yield "p", f"{table.about}."
        yield "table", [("column", "type", "meaning"), *((f.name, f.type, f.about) for f in table.exported)]
    yield "h2", "Views"
    yield "table", [("view", "meaning"), *VIEWS.items()]


def _variables(dataset: Dataset) -> Iterator[Block]:
    rows = dataset.rows(
        "SELECT table_key, cell, stata, label_zh, label_en, unit, kind, array_to_string(editions, ', '), "
        "array_to_string(rules, ', ') FROM cells ORDER BY position"
    )
    found = {
        key: list(group) for key, group in groupby(sorted(rows, key=lambda row: str(row[0])), key=lambda row: row[0])
    }
    header = ("variable", "Stata", "Chinese", "English", "unit", "kind", "editions", "rules")
    for key in dict.fromkeys(row[0] for row in rows):
        yield "h3", key
        yield "table", [header, *(row[1:] for row in found[key])]


def to_markdown(blocks: Iterable[Block]) -> str:
    """Blocks as Markdown."""
    parts = []
    for kind, content in blocks:
        if kind == "table":
            header, *rows = content
            lines = [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
            parts.append("\n".join(lines))
        elif kind == "p":
            parts.append(content)
        else:
            parts.append(f"{'#' * int(kind[1])} {content}")
    return "\n\n".join(parts) + "\n"


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell if cell is not None else "").replace("|", "\\|") for cell in cells) + " |"


def to_html(blocks: Iterable[Block]) -> str:
    """Blocks as one HTML page without any reference to the outside."""
    parts = [f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Codebook</title><style>{_CSS}</style>']
    for kind, content in blocks:
        if kind == "table":
            header, *rows = content
            parts.append("<table><tr>" + "".join(f"<th>{_escape(cell)}</th>" for cell in header) + "</tr>")
            parts.extend("<tr>" + "".join(f"<td>{_escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            parts.append("</table>")
        else:
            parts.append(f"<{kind}>{_escape(content)}</{kind}>")
    return "\n".join(parts) + "\n"


def _escape(value: Any) -> str:
    return html.escape("" if value is None else str(value))
