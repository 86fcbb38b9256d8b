"""The ``export`` command: a data set in other formats."""

from pathlib import Path

import click


@click.command()
@click.argument("data", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--to",
    "formats",
    multiple=True,
    required=True,
    type=click.Choice(["csv", "parquet", "xlsx", "dta", "datapackage", "codebook"]),
    help="Format; may be given again.",
)
@click.option("-o", "--into", type=click.Path(file_okay=False, path_type=Path), help="Default: OUT/export/FORMAT.")
def export(*, data: Path, formats: tuple[str, ...], into: Path | None) -> None:
    """Write the data set in the folder OUT in other formats, long and wide.

    csv: UTF-8 with a byte order mark, for Excel. parquet: exact decimals. xlsx: one workbook. dta: Stata, with labels
    and the kinds of missing as .a to .e. datapackage: a Frictionless Data Package. codebook: every variable explained
    (Markdown and HTML). The same data give the same bytes.
    """
    from gouji.datasets.dataset import open_dataset
    from gouji.datasets.export import export as write
    from gouji.errors import GoujiError

    try:
        with open_dataset(data) as dataset:
            for name in formats:
                folder = into / name if into is not None and len(formats) > 1 else into
                for path in write(dataset, to=name, out=folder):
                    click.echo(path)
    except GoujiError as error:
        raise click.ClickException(str(error)) from error
