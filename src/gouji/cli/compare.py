"""The ``compare`` command: the cells on which two documents differ, and where each stands."""

import json
from typing import TYPE_CHECKING

import click

from gouji.cli.inputs import outcomes, read_forms

if TYPE_CHECKING:
    from gouji.checker.compare import Comparison
    from gouji.model.source import Where


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--states", is_flag=True, help="Also list cells without a number in either, for different reasons.")
@click.option("--form", "form_paths", multiple=True, metavar="FILE", help="Read with this form; may be given again.")
@click.pass_context
def compare(
    ctx: click.Context, *, first: str, second: str, as_json: bool, states: bool, form_paths: tuple[str, ...]
) -> None:
    """List the cells on which two documents differ, say the HTML and the PDF of one report (- is standard input).

    Exit status: 0 all numbers are the same, 1 some differ, 2 one of them could not be read.
    """
    from gouji.checker.compare import compare as compare_reports
    from gouji.model.report import Status

    forms = read_forms(form_paths)
    (_, left), (_, right) = outcomes((first, second), forms=forms, check=False)
    for report in (left, right):
        if report.status in (Status.FAILED, Status.NOT_A_REPORT):
            click.echo(f"{report.source.path}: {report.status.value}: {report.reason or ''}", err=True)
    if {left.status, right.status} & {Status.FAILED, Status.NOT_A_REPORT}:
        ctx.exit(2)
    found = compare_reports(left, right, forms={form.edition: form for form in forms} if forms else None)
    click.echo(json.dumps(found.to_dict(), ensure_ascii=False) if as_json else _render(found, states=states))
    ctx.exit(0 if found.equal else 1)


def _render(found: "Comparison", *, states: bool) -> str:
    from gouji.checker.compare import describe

    lines = [f"{name}: {left} ≠ {right}" for name, (left, right) in found.facts.items()]
    shown = [item for item in found.differences if states or item.kind != "state"]
    for item in shown:
        lines.append(f"{item.label}  [{item.cell}]")
        for report, value in ((found.left, item.left), (found.right, item.right)):
            lines.append(f"    {describe(value):>10}  {report.source.path}{_place(value.where)}")
    differ = sum(1 for item in found.differences if item.kind != "state")
    lines.append(f"{found.same} cells the same, {differ} differ")
    return "\n".join(lines)


def _place(where: "Where | None") -> str:
    if where is None:
        return ""
    return "".join(f", {name} {value}" for name, value in where.to_dict().items() if name != "bbox")
