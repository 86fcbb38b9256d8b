"""The ``parse`` command: documents in, one JSON object a line out."""

import json
import sys
from typing import TYPE_CHECKING

import click

from gouji.cli.inputs import STDIN, exit_status, expand, outcomes, read_forms
from gouji.errors import ReadError

if TYPE_CHECKING:
    from gouji.forms import Form


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--pretty", is_flag=True, help="Indent the JSON, for people.")
@click.option("--form", "form_paths", multiple=True, metavar="FILE", help="Read with this form; may be given again.")
@click.option("--check/--no-check", default=True, help="Whether to look for what does not add up.")
@click.option(
    "--profile",
    type=click.Choice(["extraction", "draft"]),
    default="extraction",
    show_default=True,
    help="Who is suspected of a wrong cell: our reading, or the author of a draft.",
)
@click.option("--explain", is_flag=True, help="Show what each token of the tables became and why, not the JSON.")
@click.pass_context
def parse(
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    pretty: bool,
    form_paths: tuple[str, ...],
    check: bool,
    profile: str,
    explain: bool,
) -> None:
    """Read reports and print one JSON object a line, in the order of the PATHs.

    A PATH is a file, a folder (every report below it), or - for standard input.

    Exit status: 0 read and adds up, 1 findings of severity error, 2 something could not be read.
    """
    forms = read_forms(form_paths)
    paths = tuple(expand(paths))
    if explain:
        ctx.exit(_explain(paths, forms=forms))
    status = 0
    for path, report in outcomes(paths, forms=forms, check=check, profile=profile):
        line = json.dumps(report.to_dict(), ensure_ascii=False, indent=2 if pretty else None)
        click.echo((line + "\n").encode("utf-8", "replace"), nl=False)  # whatever the terminal's encoding is
        if report.reason:
            click.echo(f"{path}: {report.status.value}: {report.reason}", err=True)
        status = max(status, exit_status(report))
    ctx.exit(status)


def _explain(paths: tuple[str, ...], *, forms: "list[Form] | None") -> int:
    from gouji import pipeline

    status = 0
    for path in paths:
        try:
            data = sys.stdin.buffer.read() if path == STDIN else None
            click.echo(pipeline.explain(path, forms=forms, data=data))
        except ReadError as error:
            click.echo(str(error), err=True)
            status = 2
    return status
