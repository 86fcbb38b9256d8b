"""Open a data set and ask it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from gouji.datasets.build import FILE
from gouji.datasets.schema import SCHEMA, TABLES, VIEWS, literal, quote
from gouji.errors import ReadError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

_NAME = "gouji"
NAMES = (*(table.name for table in TABLES), *VIEWS)
"""The tables and views."""


class Dataset:
    """A data set, opened for reading. Close it, or use it in a ``with`` statement.

    Attributes:
        path: The DuckDB file.
        store: The open connection, for what the methods do not offer.
    """

    def __init__(self, path: Path) -> None:
        import duckdb

        self.path = path
        # Opened by its path, a file that was replaced while somebody still has the old one open would give the old.
        self.store: duckdb.DuckDBPyConnection = duckdb.connect()
        try:
            self.store.execute(f"ATTACH {literal(str(path))} AS {_NAME} (READ_ONLY)")
            self.store.execute(f"USE {_NAME}")
        except duckdb.Error as error:
            self.close()
            raise ReadError(f"cannot open the data set: {error}", code="DATASET", where=str(path)) from error
        self.schema = int(self.fact("schema") or 0)
        if self.schema != SCHEMA:
            self.close()
            raise ReadError(
                f"the data set has schema {self.schema}, this gouji reads {SCHEMA}; run gouji batch again",
                code="DATASET-SCHEMA",
                where=str(path),
            )

    @property
    def folder(self) -> Path:
        """The folder of the data set."""
        return self.path.parent

    def query(self, sql: str) -> duckdb.DuckDBPyRelation:
        """Ask in SQL; the answer has ``fetchall()``, ``df()``, ``pl()`` and more.

        See ``docs/reference/dataset.md`` for the tables.
        """
        return self.cursor().sql(sql)

    def to_pandas(self, name: str = "wide") -> pd.DataFrame:
        """A table, a view or the answer to a query as a pandas frame.

        Whole numbers are of pandas' type ``Int64``, which knows missing values; money becomes ``float64``.
        """
        answer = self.query(self.select(name))
        kinds = zip(answer.columns, answer.types, strict=True)
        whole = [column for column, kind in kinds if str(kind) in ("INTEGER", "BIGINT")]
        frame: pd.DataFrame = answer.df()
        return frame.astype(dict.fromkeys(whole, "Int64"))

    def to_polars(self, name: str = "wide") -> pl.DataFrame:
        """A table, a view or the answer to a query as a polars frame; money stays decimal."""
        import polars as pl

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "frame.parquet"
            self.query(self.select(name)).write_parquet(str(path))
            return pl.read_parquet(path)

    def select(self, name: str) -> str:
        """The SQL of a table or view by its name; anything else is SQL already."""
        return f"SELECT * FROM {quote(name)}" if name in NAMES else name  # noqa: S608 - one of NAMES

    def fact(self, name: str) -> str | None:
        """A fact of the table ``meta``."""
        import duckdb

        try:
            rows = self.store.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchall()
        except duckdb.CatalogException:
            return None
        return rows[0][0] if rows else None

    def count(self, name: str) -> int:
        """How many rows a table or view has."""
        rows = self.rows(f"SELECT count(*) FROM ({self.select(name)})")  # noqa: S608
        return int(rows[0][0])

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of an answer."""
        return self.store.execute(sql).fetchall()

    def iterate(self, sql: str, *, size: int = 10_000) -> Iterator[tuple[Any, ...]]:
        """All rows of an answer, taken in pieces."""
        answer = self.cursor().execute(sql)
        while rows := answer.fetchmany(size):
            yield from rows

    def run(self, sql: str) -> None:
        """Run a statement that has no answer, with one thread: what it writes is the same every time."""
        cursor = self.cursor()
        cursor.execute("SET threads = 1")
        cursor.execute(sql).fetchall()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own, so that answers do not wait for one another."""
        cursor = self.store.cursor()
        cursor.execute(f"USE {_NAME}")
        return cursor

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Dataset {str(self.path)!r}: {self.count('documents')} documents>"


def open_dataset(path: str | Path) -> Dataset:
    """Open the data set that ``gouji batch`` made.

    Args:
        path: Its folder, or the DuckDB file in it.

    Raises:
        ReadError: There is none, or it was made by another version of gouji.
    """
    path = Path(path)
    if path.is_dir():
        path /= FILE
    if not path.is_file():
        raise ReadError("there is no data set here (gouji batch makes one)", code="DATASET", where=str(path))
    return Dataset(path)
