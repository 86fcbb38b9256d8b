"""The ``summary`` command: a data set in a few numbers and figures."""

import json
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("data", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Folder for text and figures.  [default: OUT]"
)
def summary(*, data: Path, as_json: bool, into: Path | None) -> None:
    """Count what is in the data set in the folder OUT: outcomes, findings, reports that need no hand.

    Prints tables, and writes summary.md and (with the extra plot) the figures summary.png and summary.pdf.
    """
    from gouji.datasets.dataset import open_dataset
    from gouji.datasets.summary import summarize, to_json, write_summary
    from gouji.errors import GoujiError

    try:
        with open_dataset(data) as dataset:
            parts = summarize(dataset)
            if as_json:
                click.echo(json.dumps(to_json(parts), ensure_ascii=False))
            else:
                _show(parts)
                if not parts:
                    click.echo("The data set is empty.")
            for path in write_summary(dataset, into or dataset.folder):
                click.echo(path, err=True)
    except GoujiError as error:
        raise click.ClickException(str(error)) from error


def _show(parts: list[Any]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from gouji.datasets.summary import show

    console = Console()
    for part in parts:
        table = Table(title=part.title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
        for index, name in enumerate(part.header):
            table.add_column(
                name.removesuffix(" %"), justify="left" if index == 0 or not _is_number(part, index) else "right"
            )
        for row in part.rows:
            table.add_row(*(show(value, name=name) for value, name in zip(row, part.header, strict=True)))
        console.print(table)


def _is_number(part: Any, column: int) -> bool:
    return all(isinstance(row[column], int | float) for row in part.rows)
