"""The tables and views of a data set. ``docs/reference/dataset.md`` is generated from what stands here.

Every change of a table or of a column's meaning raises :data:`SCHEMA`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.datasets.variables import Variable

if TYPE_CHECKING:
    import duckdb

SCHEMA = 2
"""Version of the tables; stands in the table ``meta`` under ``schema``."""

NUMBER = "DECIMAL(25,10)"
"""Type of a value: whole numbers below 10^15 and amounts with at most ten decimals, exactly."""

SHORT_ROW = 2**20
"""Bytes of a row for which DuckDB is always ready. It reads in pieces of some rows, several at a time."""

MAX_WHOLE = 10**15
MAX_DECIMALS = 10

MISSING = ("blank", "not_applicable", "absent", "ambiguous", "unreadable")
"""States without a value, in the order of Stata's ``.a`` … ``.e``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a table: name, DuckDB type, meaning in English; ``volatile`` ones are left out of exports."""

    name: str
    type: str
    about: str
    volatile: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDef:
    """A table: its columns, the columns that sort it (and name a row), and its meaning."""

    name: str
    about: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    @property
    def exported(self) -> tuple[Field, ...]:
        """The columns that do not change from run to run."""
        return tuple(field for field in self.fields if not field.volatile)


def _fields(text: str) -> tuple[Field, ...]:
    lines = (line.split("|") for line in text.strip().splitlines())
    return tuple(
        Field(
            name=name.strip(), type=kind.strip().rstrip("~"), about=about.strip(), volatile=kind.strip().endswith("~")
        )
        for name, kind, about in lines
    )


_PLACE = """
line | INTEGER | Line of the text, from 1
column | INTEGER | Character in the line, or column of the table, from 1
xpath | VARCHAR | Path of the element in the HTML tree
page | INTEGER | Page, from 1
bbox | DOUBLE[] | x0, top, x1, bottom in PDF points from the top left of the page
table_number | INTEGER | Table of the document, from 1
row | INTEGER | Row of that table, from 1
paragraph | INTEGER | Paragraph of a word-processor document, from 1
"""

DOCUMENTS = TableDef(
    name="documents",
    about="Every input file, exactly one row",
    key=("document",),
    fields=_fields("""
document | INTEGER | Number of the document in the order of the paths, from 1
path | VARCHAR | As given; the member of an archive after `!`
status | VARCHAR | ok, partial, not_a_report or failed
reason | VARCHAR | Why it is not ok, one English sentence
agency | VARCHAR | Name of the body, as printed
year | INTEGER | The year reported on
title | VARCHAR | Title, as printed
edition | VARCHAR | Edition of most tables
edition_disclosure | VARCHAR | Edition of that table, null when there is none
edition_requests | VARCHAR | Edition of that table, null when there is none
edition_review | VARCHAR | Edition of that table, null when there is none
period_start | VARCHAR | First day of the period, ISO date
period_end | VARCHAR | Last day of the period, ISO date
signed | VARCHAR | Date signed, ISO date
published | VARCHAR | Date published, ISO date
phone | VARCHAR | Telephone number, as printed
agency_key | VARCHAR | Name of the body, folded, to find the same body again
report | INTEGER | Number of the report: documents of the same report share it; null when the file is none
use | BOOLEAN | True for the one document of its report to use; false for duplicates and files that are no report
numbers | INTEGER | Cells that have a value
doubts | INTEGER | Cells that are ambiguous or unreadable
errors | INTEGER | Findings of severity error
findings | INTEGER | Findings of any severity
notes | INTEGER | Notes about our reading
leftovers | INTEGER | Numbers of the tables that no cell took
sha256 | VARCHAR | Of the bytes
bytes | BIGINT | Size of the file
media_type | VARCHAR | Of the content, not of the name
encoding | VARCHAR | Of text, by evidence
inside | VARCHAR | Name of the document within a file that only wraps it
url | VARCHAR | Address, for records of a web archive
fetched | VARCHAR | Date of capture, for records of a web archive
parser | VARCHAR | Version of the parser, and a digest of its code, its forms and its engines
parsed_at | VARCHAR~ | When it was parsed, UTC
seconds | DOUBLE~ | How long that took
"""),
)

VALUES = TableDef(
    name="values",
    about="Every cell of the form in every report, long",
    key=("document", "position"),
    fields=_fields(f"""
document | INTEGER | Number of the document
position | INTEGER | Place of the cell in its report, from 1
cell | VARCHAR | Canonical id
value | {NUMBER} | The number; 万元 for money; null without one
state | VARCHAR | reported, inferred, or why there is no value: blank, not_applicable, absent, ambiguous, unreadable
raw | VARCHAR | The text as it stands in the source
readings | VARCHAR[] | For an ambiguous cell, the values that remain possible
evidence | VARCHAR | For an inferred cell, what decided it
confidence | DOUBLE | 0 to 1, from OCR only
{_PLACE.strip()}
"""),
)

FINDINGS = TableDef(
    name="findings",
    about="What does not add up in a report (theirs)",
    key=("document", "finding"),
    fields=_fields(f"""
document | INTEGER | Number of the document
finding | INTEGER | Number of the finding in its report, from 1
rule | VARCHAR | Code of the rule
severity | VARCHAR | error, warning, review or info
cells | VARCHAR[] | Ids of all terms, left side first
left | {NUMBER} | Sum of the left side
right | {NUMBER} | Sum of the right side
difference | {NUMBER} | Left less right
missing | VARCHAR[] | Terms without a value
suspects | VARCHAR | Cells that would explain it, best first, as JSON
message_zh | VARCHAR | For people
message_en | VARCHAR | For people
{_PLACE.strip()}
"""),
)

NOTES = TableDef(
    name="notes",
    about="What was doubtful in our reading (ours)",
    key=("document", "note"),
    fields=_fields(f"""
document | INTEGER | Number of the document
note | INTEGER | Number of the note in its report, from 1
code | VARCHAR | Stable code
cells | VARCHAR[] | Ids concerned
message_zh | VARCHAR | For people
message_en | VARCHAR | For people
{_PLACE.strip()}
"""),
)

LEFTOVERS = TableDef(
    name="leftovers",
    about="Numbers printed in a table that no cell of the form took",
    key=("document", "leftover"),
    fields=_fields(f"""
document | INTEGER | Number of the document
leftover | INTEGER | Number of the leftover in its report, from 1
raw | VARCHAR | The text as it stands in the source
{_PLACE.strip()}
"""),
)

SECTIONS = TableDef(
    name="sections",
    about="The prose of the six sections",
    key=("document", "position"),
    fields=_fields(f"""
document | INTEGER | Number of the document
position | INTEGER | Place of the section in its report, from 1
number | INTEGER | 1 to 6, by meaning
heading | VARCHAR | As printed
text | VARCHAR | The prose
{_PLACE.strip()}
"""),
)

PARSED = (DOCUMENTS, VALUES, FINDINGS, NOTES, LEFTOVERS, SECTIONS)
"""The tables whose rows come from parsing."""

DUPLICATES = TableDef(
    name="duplicates",
    about="Documents that are the same report, or claim to be of the same body and year, and where they differ",
    key=("document", "other", "cell"),
    fields=_fields(f"""
document | INTEGER | The document
other | INTEGER | The one to use instead; for conflicts, the first of the same body and year
kind | VARCHAR | identical (same bytes), same_report (same figures), conflict (same body and year, other figures)
cell | VARCHAR | A cell in which they differ; empty for the pair itself
value | {NUMBER} | Value in the document
state | VARCHAR | State in the document; for the pair itself, the number of cells that differ
other_value | {NUMBER} | Value in the other
other_state | VARCHAR | State in the other; for the pair itself, the number of cells compared
"""),
)

SERIES_FINDINGS = TableDef(
    name="series_findings",
    about="What does not fit between the reports of one body, year by year (theirs)",
    key=("finding",),
    fields=_fields(f"""
finding | INTEGER | Number of the finding, by body, then year, from 1
body | VARCHAR | The body concerned
year | INTEGER | Year of the later report
rule | VARCHAR | Code of the rule
severity | VARCHAR | error, warning, review or info
document | INTEGER | Number of the later document, the one the cells are quoted from
documents | INTEGER[] | Numbers of the documents compared, by year
matched | VARCHAR[] | Names as printed that were taken for one body, when they differ
cells | VARCHAR[] | Ids of all terms, last year's first
left | {NUMBER} | What follows from the year before
right | {NUMBER} | What the year itself says
difference | {NUMBER} | Left less right
message_zh | VARCHAR | For people
message_en | VARCHAR | For people
"""),
)

CONTAINERS = TableDef(
    name="containers",
    about="Archives among the inputs, and what was in them",
    key=("path",),
    fields=_fields("""
path | VARCHAR | As given
kind | VARCHAR | zip, tar or warc
members | INTEGER | Files or records in it
taken | INTEGER | Those that became documents
passed_over | INTEGER | Records of a web archive that cannot be a report: other status, type, or none of the words
"""),
)

CELLS = TableDef(
    name="cells",
    about="The variables: every cell of every edition of the form",
    key=("position",),
    fields=_fields("""
position | INTEGER | Order of the codebook, from 1
cell | VARCHAR | Canonical id
stata | VARCHAR | Short name, for Stata
table_key | VARCHAR | disclosure, requests or review
label_zh | VARCHAR | Labels of row and column as printed
label_en | VARCHAR | The same in English
unit | VARCHAR | 件, 项 or 万元
kind | VARCHAR | count, change or money
editions | VARCHAR[] | Editions that have it
rules | VARCHAR[] | Rules it is a term of
"""),
)

RULES = TableDef(
    name="rules",
    about="What the form says of its numbers",
    key=("position",),
    fields=_fields("""
position | INTEGER | Order, from 1
edition | VARCHAR | Edition of the form
table_key | VARCHAR | disclosure, requests or review
code | VARCHAR | Stable code
kind | VARCHAR | sum or not_negative
each | VARCHAR | row (terms are columns) or column (terms are rows)
left | VARCHAR[] | Terms of the left side
right | VARCHAR[] | Terms of the right side
severity | VARCHAR | Of a violation
zh | VARCHAR | The rule in a Chinese sentence
en | VARCHAR | The same in English
basis | VARCHAR | The words of the form it rests on
"""),
)

META = TableDef(
    name="meta",
    about="Facts about the data set",
    key=("name",),
    fields=_fields("""
name | VARCHAR | Name of the fact
value | VARCHAR | The fact
"""),
)

TABLES = (*PARSED, SERIES_FINDINGS, DUPLICATES, CONTAINERS, CELLS, RULES, META)

VIEWS = {
    "wide": "One row a report (a body and year): its documents' facts, then one column a cell",
    "wide_states": "As `wide`, with the state of each cell instead of its value",
    "series": "One row a body, cell and year: value, state, the value of the year before, the change",
}


def quote(name: str) -> str:
    """A name as an SQL identifier.

    >>> quote("requests.received.total")
    '"requests.received.total"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def create_table(table: TableDef) -> str:
    """The SQL that makes a table."""
    columns = ", ".join(f"{quote(field.name)} {field.type}" for field in table.fields)
    return f"CREATE TABLE {quote(table.name)} ({columns})"


def load_rows(store: duckdb.DuckDBPyConnection, table: TableDef, path: Path, *, longest: int) -> None:
    """Take the rows of a file, one JSON object a line of at most so many bytes, into a table."""
    types = {field.name: field.type for field in table.fields}
    store.execute(f"INSERT INTO {quote(table.name)} SELECT * FROM {_read_json(path, types, longest=longest)}")  # noqa: S608 - our own names


def load_columns(store: duckdb.DuckDBPyConnection, table: TableDef, path: Path, *, longest: int) -> None:
    """As :func:`load_rows`, where a line has many rows: a list for every column but the first."""
    first, *others = table.fields
    types = {first.name: first.type, **{field.name: f"{field.type}[]" for field in others}}
    rows = ", ".join([quote(first.name), *(f"unnest({quote(field.name)})" for field in others)])
    store.execute(f"INSERT INTO {quote(table.name)} SELECT {rows} FROM {_read_json(path, types, longest=longest)}")  # noqa: S608 - our own names


def _read_json(path: Path, types: Mapping[str, str], *, longest: int) -> str:
    columns = ", ".join(f"{quote(name)}: {literal(kind)}" for name, kind in types.items())
    return (
        f"read_json({literal(str(path))}, format = 'newline_delimited', columns = {{{columns}}}, "
        f"maximum_object_size = {max(longest + 1, SHORT_ROW)})"
    )


WIDE_FACTS = (
    "report",
    "document",
    "agency",
    "year",
    "status",
    "edition",
    "signed",
    "errors",
    "doubts",
    "leftovers",
    "path",
)
"""Columns of ``documents`` that stand in front of the cells in the wide table."""


def create_views(variables: Iterable[Variable]) -> Iterable[str]:
    """The SQL that makes the views."""
    facts = ", ".join(f"d.{quote(name)}" for name in WIDE_FACTS)
    many = list(variables)
    for name, column in (("wide", "value"), ("wide_states", "state")):
        cells = ", ".join(_pivoted(variable, column) for variable in many)
        yield (
            f"CREATE VIEW {name} AS SELECT {facts}, p.* EXCLUDE (document) FROM documents d LEFT JOIN "  # noqa: S608 - our own names
            f'(SELECT document, {cells} FROM "values" GROUP BY document) p USING (document) '
            "WHERE d.use ORDER BY d.report"
        )
    # A body with two reports of one year has no value of the year before: which of the two would it be?
    yield (
        "CREATE VIEW series AS WITH s AS (SELECT d.agency, d.agency_key, v.cell, d.year, v.value, v.state, d.report, "
        "d.document, count(*) OVER (PARTITION BY d.agency_key, v.cell, d.year) AS reports "
        'FROM documents d JOIN "values" v USING (document) '
        "WHERE d.use AND d.agency_key IS NOT NULL AND d.year IS NOT NULL) "
        "SELECT s.*, before.value AS previous, s.value - before.value AS change FROM s LEFT JOIN s before "
        "ON before.agency_key = s.agency_key AND before.cell = s.cell AND before.year = s.year - 1 "
        "AND before.reports = 1 AND s.reports = 1"
    )


def _pivoted(variable: Variable, column: str) -> str:
    picked = f"first({column}) FILTER (cell = {literal(variable.cell)})"
    if column == "value" and not variable.is_money:
        picked = f"CAST({picked} AS BIGINT)"
    return f"{picked} AS {quote(variable.cell)}"
