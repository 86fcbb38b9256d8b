"""The ``check`` command: what does not add up, for people."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from gouji.cli.inputs import LANGUAGES, choose_language, exit_status, outcomes, read_forms

if TYPE_CHECKING:
    from gouji.model.report import Report

_RENDERER = "gouji.exporters.findings_text"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language; by default that of the locale.")
@click.option("--form", "form_paths", multiple=True, metavar="FILE", help="Read with this form; may be given again.")
@click.option(
    "--profile",
    type=click.Choice(["extraction", "draft"]),
    default="extraction",
    show_default=True,
    help="Who is suspected of a wrong cell: our reading, or the author of a draft.",
)
@click.pass_context
def check(
    ctx: click.Context, *, paths: tuple[str, ...], lang: str | None, form_paths: tuple[str, ...], profile: str
) -> None:
    """Say what does not add up in each report, and what was doubtful to read (- is standard input).

    Exit status: 0 read and adds up, 1 findings of severity error, 2 something could not be read.
    """
    language = choose_language(lang)
    status = 0
    for path, report in outcomes(paths, forms=read_forms(form_paths), profile=profile):
        click.echo(_render(path, report, language))
        status = max(status, exit_status(report))
    ctx.exit(status)


def _render(path: str, report: "Report", language: str) -> str:
    if find_spec(_RENDERER):
        text: str = import_module(_RENDERER).render(report, lang=language)
        return text
    head = f"{path}: {report.status.value}" + (f" ({report.reason})" if report.reason else "")
    lines = [f"  {item.rule} {item.severity.value}: {item.message.to_dict()[language]}" for item in report.findings]
    lines += [f"  {note.code}: {note.message.to_dict()[language]}" for note in report.notes]
    return "\n".join([head, *lines])
