"""What ``parse`` and ``check`` share: forms named on the command line, paths and folders in, exit status out."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.errors import FormError, ReadError

if TYPE_CHECKING:
    from gouji.forms import Form
    from gouji.model.report import Report

STDIN = "-"
LANGUAGES = ("zh", "en")
SUFFIXES = (
    *(".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".pdf", ".doc", ".docx", ".wps", ".rtf", ".odt", ".ofd"),
    *(".txt", ".md", ".zip", ".eml", ".msg", ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
)
"""Of the files in a folder, those that may be reports."""


def read_forms(paths: Iterable[str]) -> "list[Form] | None":
    """Load the forms of ``--form``; none given means the built-in ones.

    Raises:
        click.BadParameter: A form has a mistake.
    """
    from gouji.forms import load_form

    try:
        return [load_form(path) for path in paths] or None
    except FormError as error:
        raise click.BadParameter(str(error), param_hint="--form") from error


def expand(paths: Iterable[str]) -> Iterator[str]:
    """Folders to the reports below them, in order of their paths; one without any stays as it is."""
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            yield path
            continue
        files = (file for file in Path(path).rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        shown = [str(file) for file in sorted(files) if not any(part.startswith(".") for part in file.parts[1:])]
        yield from shown or [path]


def outcomes(
    paths: Iterable[str], *, forms: "list[Form] | None" = None, check: bool = True, profile: str = "extraction"
) -> "Iterator[tuple[str, Report]]":
    """Each path with its report, one at a time, in order; ``-`` is standard input."""
    from gouji import pipeline

    for path in paths:
        if path != STDIN and Path(path).is_dir():
            error = ReadError("no file in the folder looks like a report", code="READ-FILE", where=path)
            yield path, pipeline.failed(error, path=path, data=b"")
            continue
        if path != STDIN:
            yield path, pipeline.outcome(path, forms=forms, check=check, profile=profile)
            continue
        data = sys.stdin.buffer.read()
        yield path, pipeline.outcome_of_bytes(data, path=path, forms=forms, check=check, profile=profile)


def exit_status(report: "Report") -> int:
    """0 read and adds up, 1 findings of severity ``error``, 2 something could not be read."""
    from gouji.model.finding import Severity
    from gouji.model.report import Status

    if report.status is not Status.OK:
        return 2
    return 1 if any(finding.severity is Severity.ERROR for finding in report.findings) else 0


def choose_language(asked: str | None) -> str:
    """The language asked for, or that of the locale: Chinese where it says so, else English."""
    if asked:
        return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
