"""Write the reference pages that follow from the code, whenever the documentation is built: none goes stale."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gouji.cli import main
from gouji.datasets.schema import SCHEMA, TABLES, VIEWS
from gouji.exporters.explanations import explanations
from gouji.forms import editions


def cli_page() -> str:
    """Describe every command of the command line, from click's own help."""
    parts = [
        "# Command line\n",
        "JSON goes to standard output, everything else to standard error. See also [](exit-status.md).\n",
    ]
    group = click.Context(main, info_name="gouji")
    parts.append(f"```text\n{main.get_help(group)}\n```\n")
    for name in main.list_commands(group):
        command = main.get_command(group, name)
        if command is not None:
            text = command.get_help(click.Context(command, info_name=name, parent=group))
            parts.append(f"## gouji {name}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def codes_page() -> str:
    """Explain every code of a rule, a note or an error, in both languages."""
    titles = {
        "rule": ("Rules", "What was published does not add up: a *finding* about the publisher."),
        "note": ("Notes", "Our reading is doubtful, or something about the document is worth knowing."),
        "error": ("Errors", "The document could not be read; nothing else of it is known."),
    }
    parts = ["# Rules, notes and errors\n", "The same as `gouji explain CODE` prints.\n"]
    for kind, (title, words) in titles.items():
        parts.append(f"## {title}\n\n{words}\n")
        for entry in explanations().values():
            if entry.kind == kind:
                severity = f" ({entry.severity})" if entry.severity else ""
                lines = [f"### {entry.code}{severity}\n", f"{entry.message.en}\n", f"{entry.message.zh}\n"]
                lines.extend(f"> {line}\n" for line in (*entry.terms, *entry.basis))
                parts.append("\n".join(lines))
    return "\n".join(parts)


def forms_page() -> str:
    """List every cell of every edition with its printed label and unit."""
    parts = ["# Forms\n", "Every cell id of the editions; ids are public and never change.\n"]
    for form in editions().values():
        parts.append(
            f"## Edition {form.edition}\n\n{form.source}, report years {form.first_year}-{form.last_year or ''}\n"
        )
        for table in form.tables:
            parts.append(
                f"### {form.edition}: {table.title}\n\n| id | row | column | unit |\n| --- | --- | --- | --- |"
            )
            for key, slot in table.slots.items():
                row, column = " / ".join(slot.row.label), " / ".join(slot.column.label)
                parts.append(f"| `{key}` | {row} | {column} | {slot.column.unit} |")
            parts.append("")
    return "\n".join(parts)


def dataset_page() -> str:
    """Describe every table and view of a data set."""
    head = (
        f"The file `gouji.duckdb`, of schema {SCHEMA}: the row `schema` of the table `meta`. Open it with "
        "`gouji.open_dataset`, or with DuckDB itself. Columns marked with a star change from run to run and are left "
        "out of exports. Quote `values`, `left`, `right`, `column` and `row` in SQL."
    )
    parts = ["# The data set\n", f"{head}\n"]
    for table in TABLES:
        parts.append(f"## {table.name}\n\n{table.about}.\n\n| column | type | meaning |\n| --- | --- | --- |")
        for field in table.fields:
            star = " *" if field.volatile else ""
            parts.append(f"| `{field.name}`{star} | `{field.type}` | {field.about} |")
        parts.append("")
    parts.append("## Views\n\n| view | meaning |\n| --- | --- |")
    parts.extend(f"| `{name}` | {about} |" for name, about in VIEWS.items())
    return "\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/dataset.md": dataset_page,
    "reference/codes.md": codes_page,
    "reference/forms.md": forms_page,
}
"""Path below docs/ to the function that gives the page's Markdown. Name each page in .gitignore as well."""


def write_pages(app: Any) -> None:
    """Write each page, only where its text has changed."""
    for name, page in PAGES.items():
        path = Path(app.srcdir) / name
        text = page()
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def setup(app: Any) -> dict[str, bool]:
    """Hook into Sphinx before it looks for source files."""
    app.connect("builder-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
