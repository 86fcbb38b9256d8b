"""The ``forms`` command: the editions of the form, their tables, rows, columns, ids and rules."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gouji.forms import Form, TableSpec


@click.command()
@click.argument("edition", required=False)
@click.option("--form", "form_path", metavar="FILE", help="Show this form of your own instead.")
@click.option("--ids", is_flag=True, help="One cell a line: id, printed label, unit; divided by tabs.")
@click.option("--json", "as_json", is_flag=True, help="The whole form as JSON.")
def forms(*, edition: str | None, form_path: str | None, ids: bool, as_json: bool) -> None:
    """List the editions of the form, or show one EDITION: its tables, rows, columns and rules."""
    from gouji.cli.inputs import read_forms
    from gouji.forms import editions

    known = editions()
    if form_path is not None:
        chosen = read_forms([form_path]) or []
    elif edition is None:
        chosen = list(known.values())
    elif edition in known:
        chosen = [known[edition]]
    else:
        raise click.BadParameter(f"no edition {edition!r}; known are {', '.join(known)}", param_hint="EDITION")
    if as_json:
        data = [_to_dict(form) for form in chosen]
        click.echo(json.dumps(data if edition is None and form_path is None else data[0], ensure_ascii=False, indent=2))
    elif ids:
        for form in chosen:
            for key, slot in form.slots.items():
                label = " / ".join((*slot.row.label, *slot.column.label))
                click.echo(f"{form.edition}\t{key}\t{label}\t{slot.column.unit}")
    elif edition is None and form_path is None:
        for form in chosen:
            years = f"{form.first_year}-{form.last_year or ''}"
            click.echo(f"{form.edition}  {years:10} {form.source}  {len(form.slots)} cells")
    else:
        for form in chosen:
            click.echo(_describe(form))


def _describe(form: "Form") -> str:
    from gouji.renderers.terminal import shorten

    lines = [f"{form.edition}: {form.source}, {form.first_year}-{form.last_year or ''}"]
    lines.extend(f"  {section.number}  {section.heading}  {section.en}" for section in form.sections)
    for table in form.tables:
        lines += ["", f"{table.key}: {table.title} ({table.en})"]
        for block in table.blocks:
            if block.title:
                lines.append(f"  {block.title}")
            columns = [
                (f"    | {column.key}", shorten(" / ".join(column.label), 60), column.unit) for column in block.columns
            ]
            rows = [(f"    - {row.key}", shorten(" / ".join(row.label), 60), row.en) for row in block.rows]
            lines.extend(_left(columns + rows))
        rules = [(f"    {rule.code}", f"{rule.zh} ({rule.severity.value})") for rule in table.rules]
        lines.extend(_left(rules))
    return "\n".join(lines)


def _left(rows: "Sequence[tuple[str, ...]]") -> list[str]:
    """Columns aligned to the left, for wide characters too."""
    from gouji.renderers.terminal import width

    widths = [max(width(row[index]) for row in rows) for index in range(len(rows[0]))] if rows else []
    return [
        "  ".join(text + " " * (widths[index] - width(text)) for index, text in enumerate(row)).rstrip() for row in rows
    ]


def _to_dict(form: "Form") -> dict[str, Any]:
    return {
        "edition": form.edition,
        "source": form.source,
        "first_year": form.first_year,
        "last_year": form.last_year,
        "sections": [{"number": item.number, "heading": item.heading, "en": item.en} for item in form.sections],
        "tables": [_table(table) for table in form.tables],
    }


def _table(table: "TableSpec") -> dict[str, Any]:
    return {
        "key": table.key,
        "section": table.section,
        "title": table.title,
        "en": table.en,
        "cells": [
            {
                "id": key,
                "row": list(slot.row.label),
                "column": list(slot.column.label),
                "unit": slot.column.unit,
                "kind": slot.column.kind.value,
            }
            for key, slot in table.slots.items()
        ],
        "rules": [
            {
                "code": rule.code,
                "kind": rule.kind,
                "each": rule.each,
                "left": list(rule.left),
                "right": list(rule.right),
                "severity": rule.severity.value,
                "zh": rule.zh,
                "en": rule.en,
                "basis": rule.basis,
            }
            for rule in table.rules
        ],
    }
