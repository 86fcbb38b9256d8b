"""The ``coverage`` command: which bodies and years are there, and what is missing."""

from pathlib import Path

import click


@click.command()
@click.argument("data", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--units",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Bodies that should report, one a line, other names of it after commas.",
)
@click.option("--years", metavar="YEARS", help="Years they should report on, 2019-2024.  [default: those of the data]")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Folder for CSV and picture.  [default: OUT]"
)
def coverage(*, data: Path, units: Path | None, years: str | None, into: Path | None) -> None:
    """Show bodies by years for the data set in the folder OUT: read, with findings, in part, failed, missing.

    Prints the matrix, and writes coverage.csv and coverage.png (with the extra plot).
    """
    from gouji.datasets.coverage import measure, read_units, to_lines, write_coverage
    from gouji.datasets.dataset import open_dataset
    from gouji.errors import GoujiError

    try:
        named = read_units(units.read_text(encoding="utf-8-sig")) if units else []
    except UnicodeDecodeError as error:
        raise click.UsageError(f"the list of units is not UTF-8: {error}") from error
    try:
        with open_dataset(data) as dataset:
            found = measure(dataset, units=named, years=_years(years))
            for line in to_lines(found):
                click.echo(line)
            for path in write_coverage(found, into or dataset.folder):
                click.echo(path, err=True)
    except GoujiError as error:
        raise click.ClickException(str(error)) from error


def _years(text: str | None) -> list[int]:
    if not text:
        return []
    first, _, last = text.partition("-")
    if not first.isdecimal() or (last and not last.isdecimal()):
        raise click.BadParameter(f"must be like 2019-2024, is {text!r}", param_hint="--years")
    return list(range(int(first), int(last or first) + 1))
