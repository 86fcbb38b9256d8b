"""The ``batch`` command: a folder of reports in, a data set out."""

import sys
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("sources", nargs=-1, metavar="INPUT...")
@click.option(
    "-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the data set."
)
@click.option(
    "--from", "lists", multiple=True, metavar="FILE", help="A list of inputs, one a line (- is standard input)."
)
@click.option("-j", "--workers", type=click.IntRange(min=0), help="Processes; 0 is one for every processor.")
@click.option("--timeout", type=float, metavar="SECONDS", help="Processor time for one file.  [default: 120]")
@click.option("--memory", type=int, metavar="MB", help="Memory for one file.  [default: 2048]")
@click.option("--max-size", type=int, metavar="MB", help="Larger files are not opened.  [default: 200]")
@click.option("--include", multiple=True, metavar="PATTERN", help="Only paths like this (*.pdf); may be given again.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="No path like this; may be given again.")
@click.option("--form", "forms", multiple=True, metavar="FILE", help="Read with this form; may be given again.")
@click.option("--profile", type=click.Choice(["extraction", "draft"]), help="Who is suspected of a wrong cell.")
@click.option("--force", is_flag=True, help="Parse again what is known already.")
@click.option("--add", is_flag=True, help="Keep the documents of earlier runs in the data set.")
@click.option("--dask", metavar="ADDRESS", help="Let the workers of this Dask scheduler do it.")
@click.option("--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings.  [default: gouji.toml]")
@click.option(
    "--strict", is_flag=True, help="Exit with 1 for findings and 2 for what could not be read, as parse does."
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def batch(
    ctx: click.Context, /, *, sources: tuple[str, ...], out: Path, lists: tuple[str, ...], **options: Any
) -> None:
    """Read folders, files and archives (zip, tar, WARC) into a data set: the file gouji.duckdb in the folder OUT.

    Every input has exactly one outcome there, also what could not be read. Stopped at any moment, the same command goes
    on where it was. Files whose content is known are not parsed again.

    Exit status: 0 the data set is complete, whatever is in it (see --strict).
    """
    from gouji.batches.progress import choose_display
    from gouji.batches.run import batch as run_batch
    from gouji.batches.settings import SettingsError, read_settings
    from gouji.errors import FormError, GoujiError

    named = [*sources, *_listed(lists)]
    if not named:
        raise click.UsageError("name at least one INPUT, or a list of them with --from")
    keep = {name: options.pop(name) for name in ("force", "add", "dask")}
    config, strict, quiet = options.pop("config"), options.pop("strict"), options.pop("quiet")
    try:
        settings = read_settings(config).with_changes(
            {name: value for name, value in options.items() if value not in (None, ())}
        )
        with run_batch(named, out, settings=settings, display=choose_display(quiet=quiet), **keep) as dataset:
            if not quiet:
                _tell(dataset)
            ctx.exit(_status(dataset) if strict else 0)
    except (SettingsError, FormError) as error:
        raise click.UsageError(str(error)) from error
    except GoujiError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("\nStopped. Nothing is lost: the same command goes on from here.", err=True)
        raise


def _listed(lists: tuple[str, ...]) -> list[str]:
    from gouji.batches.inputs import read_list

    found: list[str] = []
    for name in lists:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            found.extend(read_list(data.decode("utf-8", "surrogateescape")))  # names of files may be any bytes
        except OSError as error:
            raise click.UsageError(f"cannot read the list {name}: {error}") from error
    return found


def _tell(dataset: Any) -> None:
    counts = dataset.rows("SELECT status, count(*) FROM documents GROUP BY ALL ORDER BY ALL")
    counted = ", ".join(f"{count} {status}" for status, count in counts)
    click.echo(f"{dataset.path}: {dataset.count('documents')} documents ({counted or 'none'})", err=True)
    copies = dataset.rows("SELECT kind, count(*) FROM duplicates WHERE cell = '' GROUP BY ALL ORDER BY ALL")
    for kind, count in copies:
        click.echo(f"  {count} {kind.replace('_', ' ')}: see the table duplicates", err=True)


def _status(dataset: Any) -> int:
    asked = "SELECT count(*) FILTER (status <> 'ok'), coalesce(sum(errors), 0) FROM documents"
    bad, errors = dataset.rows(asked)[0]
    if bad:
        return 2
    return 1 if errors else 0
