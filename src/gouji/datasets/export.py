"""Write a data set in other formats: sorted, without times, so that the same data give the same bytes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from gouji.datasets.dataset import Dataset
from gouji.datasets.schema import TABLES, Field, TableDef, literal, quote
from gouji.errors import GoujiError

FORMATS = ("csv", "parquet", "xlsx", "dta", "datapackage", "codebook")
"""What :func:`export` can write."""

_WRITERS = {
    "csv": ("gouji.datasets.export", "write_csv"),
    "parquet": ("gouji.datasets.export", "write_parquet"),
    "xlsx": ("gouji.datasets.excel", "write_excel"),
    "dta": ("gouji.datasets.stata", "write_stata"),
    "datapackage": ("gouji.datasets.package", "write_package"),
    "codebook": ("gouji.datasets.codebook", "write_codebook"),
}
BOM = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for something else."""


class ExportError(GoujiError):
    """The data set cannot be written in that format."""

    code = "EXPORT"


def export(dataset: Dataset, *, to: str, out: str | Path | None = None) -> list[Path]:
    """Write a data set in another format.

    Args:
        dataset: An open data set.
        to: One of :data:`FORMATS`.
        out: Folder to write into; by default ``export/FORMAT`` in the folder of the data set.

    Returns:
        The files written.

    Raises:
        ExportError: There is no such format, the extra for it is not installed, or it cannot be written (the disk is
            full, say): then the files of an earlier export are as they were.
    """
    import duckdb

    if to not in _WRITERS:
        raise ExportError(f"no format {to!r}; known are {', '.join(FORMATS)}")
    folder = Path(out) if out is not None else dataset.folder / "export" / to
    module, name = _WRITERS[to]
    writer: Callable[[Dataset, Path], list[Path]] = getattr(import_module(module), name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder, ignore_cleanup_errors=True) as work:
            written = writer(dataset, Path(work))
            return [path.replace(folder / path.name) for path in written]
    except (OSError, duckdb.IOException) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(f"cannot be written: {reason}", where=str(folder)) from error


def sorted_select(table: TableDef, *, as_text: bool = False) -> str:
    """The SQL of a table as it is exported: without volatile columns, in the order of its key.

    Args:
        table: The table.
        as_text: Lists joined with ``;`` and decimals without needless zeros, for text formats.
    """
    columns = ", ".join(_as_text(field) if as_text else quote(field.name) for field in table.exported)
    keys = ", ".join(quote(name) for name in table.key)
    return f"SELECT {columns} FROM {quote(table.name)} ORDER BY {keys}"  # noqa: S608 - our own names


def wide_select(dataset: Dataset, *, as_text: bool = False, view: str = "wide") -> str:
    """The SQL of a wide view as it is exported."""
    money = (
        {cell for (cell,) in dataset.rows("SELECT cell FROM cells WHERE kind = 'money'")} if view == "wide" else set()
    )
    names = [name for name, *_ in dataset.rows(f"DESCRIBE {view}")]
    columns = ", ".join(plain_number(name) if as_text and name in money else quote(name) for name in names)
    return f"SELECT {columns} FROM {view} ORDER BY report"  # noqa: S608 - our own names


def plain_number(name: str) -> str:
    """SQL that writes a decimal as people do: ``12`` and ``0.5``, not ``12.0000000000``."""
    column = quote(name)
    return f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.') AS {column}"


def _as_text(field: Field) -> str:
    column = quote(field.name)
    if field.type.endswith("[]"):
        return f"array_to_string({column}, ';') AS {column}"
    return plain_number(field.name) if field.type.startswith("DECIMAL") else column


def selects(dataset: Dataset, *, as_text: bool = False) -> Iterator[tuple[str, str]]:
    """Every table and wide view with its SQL, the ones most asked for first."""
    yield "wide", wide_select(dataset, as_text=as_text)
    yield "wide_states", wide_select(dataset, as_text=as_text, view="wide_states")
    for table in TABLES:
        yield table.name, sorted_select(table, as_text=as_text)


def write_csv(dataset: Dataset, folder: Path) -> list[Path]:
    """CSV files in UTF-8 with a byte order mark, for Excel; a value that is missing is empty."""
    from gouji.datasets.codebook import write_codebook

    written = [
        copy_csv(dataset, sql, path=folder / f"{name}.csv", bom=True) for name, sql in selects(dataset, as_text=True)
    ]
    return [*written, *write_codebook(dataset, folder)]


def copy_csv(dataset: Dataset, sql: str, *, path: Path, bom: bool) -> Path:
    """Write the answer to a query as CSV."""
    unmarked = path.with_suffix(".unmarked")
    dataset.run(f"COPY ({sql}) TO {literal(str(unmarked))} (FORMAT csv, HEADER)")
    with unmarked.open("rb") as source, path.open("wb") as target:
        if bom:
            target.write(BOM)
        shutil.copyfileobj(source, target)
    unmarked.unlink()
    return path


def write_parquet(dataset: Dataset, folder: Path) -> list[Path]:
    """Parquet files: types as in the store, money and values as exact decimals."""
    from gouji.datasets.codebook import write_codebook

    written = []
    for name, sql in selects(dataset):
        path = folder / f"{name}.parquet"
        dataset.run(f"COPY ({sql}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        written.append(path)
    return [*written, *write_codebook(dataset, folder)]


def shorten(text: str, *, limit: int) -> str:
    """A text that a format with a limit can hold; one that is cut says so.

    >>> shorten("abc", limit=3), shorten("a" * 100, limit=40)
    ('abc', 'aaaaaaaaaaaaaaa [gouji: the rest is cut]')
    """
    return text if len(text) <= limit else text[: limit - len(_CUT)] + _CUT


_CUT = " [gouji: the rest is cut]"


def needs(extra: str, *modules: str) -> None:
    """Check that an extra is installed.

    Raises:
        ExportError: It is not; the message says how to install it.
    """
    from importlib.util import find_spec

    if not all(find_spec(module) for module in modules):
        raise ExportError(f"this format needs the extra `{extra}`: pip install 'gouji[{extra}]'")
