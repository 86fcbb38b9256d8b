"""The ``draw`` command: a page with what was read from it drawn over it."""

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page, from 1.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The picture to write (.png); FILE.pageN.png when not given.",
)
@click.option("--scale", type=click.FloatRange(1, 8), default=3.0, show_default=True, help="Pixels a point.")
def draw(*, file: Path, page: int, output: Path | None, scale: float) -> None:
    """Draw a page of a PDF with what was read from it.

    Ruling lines in red, cells in blue, the canonical id of each value in green, or orange where the value is doubtful.
    """
    from gouji.cli.drawing import draw_page
    from gouji.errors import ReadError

    target = output or file.with_name(f"{file.name}.page{page}.png")
    try:
        picture, count = draw_page(file.read_bytes(), path=str(file), page=page, scale=scale)
    except ReadError as error:
        raise click.ClickException(f"{error.code}: {error}") from error
    picture.save(target)
    click.echo(f"{target}: page {page}, {count} values", err=True)
