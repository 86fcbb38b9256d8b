"""The ``check`` command: what does not add up, in each report and between them, for people and for programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gouji.cli.inputs import LANGUAGES, choose_language, exit_status, expand, outcomes, read_forms

if TYPE_CHECKING:
    from gouji.checker.baseline import Baseline
    from gouji.exporters.findings import Audit, Findings
    from gouji.forms import Form
    from gouji.model.report import Report
    from gouji.model.series import SeriesFinding

FORMATS = ("text", "json", "xlsx", "sarif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for on the command line."""

    forms: "list[Form] | None"
    profile: str
    solver: bool
    baseline: Path | None
    accept: bool
    parents: Path | None
    format: str
    output: Path | None
    lang: str
    verbose: bool


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", type=click.Choice(FORMATS), default="text", show_default=True, help="Of the findings.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to standard output."
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language; by default that of the locale.")
@click.option("--form", "form_paths", multiple=True, metavar="FILE", help="Read with this form; may be given again.")
@click.option(
    "--profile",
    type=click.Choice(["extraction", "draft"]),
    default="extraction",
    show_default=True,
    help="Who is suspected of a wrong cell: our reading, or the author of a draft.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Verdicts of earlier reviews: do not show those again.",
)
@click.option("--accept", is_flag=True, help="Accept all that is found and write it to the baseline.")
@click.option(
    "--parents",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Who is whose child (TOML or CSV): a parent's tables must be the sum of its children's.",
)
@click.option("--solver", is_flag=True, help="Look for three and more wrong cells too (needs gouji[solver]).")
@click.option("-v", "--verbose", is_flag=True, help="List remarks and notes on our reading, not only their number.")
@click.pass_context
def check(
    ctx: click.Context, /, *, paths: tuple[str, ...], lang: str | None, form_paths: tuple[str, ...], **given: Any
) -> None:
    """Say what does not add up in each report, and between the reports of one body.

    A PATH is a file, a folder (every report below it), or - for standard input.

    Exit status: 0 read and adds up, 1 findings of severity error, 2 something could not be read. What the baseline
    accepts does not count, so that `gouji check draft.docx && publish` works.
    """
    options = Options(forms=read_forms(form_paths), lang=choose_language(lang), **given)
    if options.accept and options.baseline is None:
        raise click.UsageError("--accept needs --baseline FILE")
    if options.format == "xlsx" and options.output is None:
        raise click.UsageError("--format xlsx needs -o FILE")
    ctx.exit(_run(list(expand(paths)), options))


def _run(paths: list[str], options: Options) -> int:
    from gouji.exporters.findings import Findings

    baseline = _read_baseline(options)
    reports, audits, status = [], [], 0
    for report in _reports(paths, options):
        audit = _audit(report, baseline, accept=options.accept)
        status = max(status, exit_status(audit.report))
        reports.append(report)
        audits.append(audit)
        if _streams(options):
            _write(_text(Findings(audits=(audit,)), options), options)
    series, accepted = _series(reports, baseline, options)
    status = max(status, 1 if any(item.finding.severity.value == "error" for item in series) else 0)
    shown = Findings(audits=() if _streams(options) else tuple(audits), series=series, lapsed=baseline.lapsed(reports))
    if not _streams(options) or series or shown.lapsed:
        _write(_text(shown, options), options)
    if options.accept and options.baseline is not None:
        baseline.save(options.baseline)
    if accepted:
        click.echo(f"{accepted} findings between reports are accepted", err=True)
    return status


def _streams(options: Options) -> bool:
    """Whether each report is shown as soon as it is checked."""
    return options.format in ("text", "json") and options.output is None


def _read_baseline(options: Options) -> "Baseline":
    from gouji.checker.baseline import Baseline

    try:
        return Baseline.load(options.baseline) if options.baseline else Baseline()
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--baseline") from error


def _reports(paths: list[str], options: Options) -> "Iterator[Report]":
    from gouji.checker.run import check as check_report

    for _, report in outcomes(paths, forms=options.forms, profile=options.profile):
        if options.solver and report.findings:
            yield report.with_findings(check_report(report, forms=options.forms, profile=options.profile, solver=True))
        else:
            yield report


def _audit(report: "Report", baseline: "Baseline", *, accept: bool) -> "Audit":
    from gouji.exporters.findings import Audit

    if accept:
        baseline.accept(report)
    kept, accepted = baseline.split(report)
    return Audit(report=report.with_findings(kept), accepted=accepted)


def _series(reports: "list[Report]", baseline: "Baseline", options: Options) -> "tuple[tuple[SeriesFinding, ...], int]":
    """What is open between the reports, and how much was accepted."""
    from gouji.checker.children import read_parents
    from gouji.checker.series import check_series

    try:
        parents = read_parents(options.parents) if options.parents else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--parents") from error
    found = check_series(reports, parents=parents, forms=options.forms)
    if options.accept:
        baseline.accept_series(found)
    kept, accepted = baseline.split_series(found)
    return kept, len(accepted)


def _text(found: "Findings", options: Options) -> str:
    if options.format == "json":
        from gouji.exporters import findings_json

        return findings_json.render_all(found)
    if options.format == "sarif":
        from gouji.exporters import findings_sarif

        return findings_sarif.render_all(found, lang=options.lang)
    if options.format == "xlsx" and options.output is not None:
        from gouji.exporters import findings_xlsx

        findings_xlsx.write_all(found, options.output, lang=options.lang)
        return ""
    from gouji.exporters import findings_text

    return findings_text.render_all(found, lang=options.lang, forms=options.forms, verbose=options.verbose)


def _write(text: str, options: Options) -> None:
    if options.output is None:
        click.echo(text)
    elif options.format != "xlsx":
        options.output.write_text(text + "\n", encoding="utf-8")
