"""Build the DuckDB file of a data set from parsed rows: the same input gives the same tables, whatever the order."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from gouji.datasets.columns import IN_COLUMNS
from gouji.datasets.duplicates import link_duplicates
from gouji.datasets.rows import Rows
from gouji.datasets.schema import (
    CELLS,
    CONTAINERS,
    META,
    PARSED,
    RULES,
    SCHEMA,
    TABLES,
    VALUES,
    TableDef,
    create_table,
    create_views,
    literal,
    load_columns,
    load_rows,
)
from gouji.datasets.series_findings import find_in_series
from gouji.datasets.variables import Variable, list_variables
from gouji.forms import Form

if TYPE_CHECKING:
    import duckdb

FILE = "gouji.duckdb"
"""Name of the store within the folder of a data set."""

_TABLES = {table.name: table for table in TABLES}
_PARSED = tuple(table.name for table in PARSED)
_WORK = ".building"
_CHUNK = 4 * 2**20
_BUFFER = 2**20
_AHEAD = 2
"""Pieces that may wait for DuckDB."""
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One input: the columns of ``documents`` that do not come from its content, and its parsed rows."""

    facts: Mapping[str, Any]
    rows: Rows


def build_dataset(
    folder: Path,
    *,
    entries: Iterable[Entry],
    containers: Iterable[Mapping[str, Any]] = (),
    forms: Iterable[Form],
    facts: Mapping[str, str] | None = None,
    check: bool = True,
    threads: int = 1,
) -> Path:
    """Write the data set's file, wholly or not at all.

    Args:
        folder: Where it goes; a file of an earlier build is replaced in one step at the end.
        entries: In the order of their paths; taken one at a time.
        containers: Rows of the table ``containers``, in the order of their paths.
        forms: Editions of the form.
        facts: Further rows of ``meta``.
        check: Whether to compare the reports of one body over the years.
        threads: How many processors DuckDB may use.

    Returns:
        The path of the file.
    """
    work, target = folder / _WORK, folder / FILE
    shutil.rmtree(work, ignore_errors=True)  # of a build that was killed
    work.mkdir(parents=True)
    try:
        _write_store(
            work, entries=entries, containers=containers, forms=tuple(forms), facts=facts, check=check, threads=threads
        )
        _settle(work / FILE, target=target)
    finally:
        shutil.rmtree(work, ignore_errors=True)  # else what is half done would hold the room of a full disk
    return target


def _write_store(
    work: Path,
    *,
    entries: Iterable[Entry],
    containers: Iterable[Mapping[str, Any]],
    forms: tuple[Form, ...],
    facts: Mapping[str, str] | None,
    check: bool,
    threads: int,
) -> None:
    import duckdb

    variables = list_variables(forms)
    with duckdb.connect(str(work / FILE)) as store:
        store.execute(f"SET memory_limit = '{_MEMORY}'; SET threads = {threads}")
        store.execute(f"SET temp_directory = {literal(str(work))}")
        for table in TABLES:
            store.execute(create_table(table))
        with contextlib.closing(_Loader(store, folder=work)) as loader:
            for number, entry in enumerate(entries, start=1):
                loader.add(number, entry)
            loader.add_rows(CONTAINERS, containers)
            loader.add_rows(CELLS, _cells(variables))
            loader.add_rows(RULES, _rules(forms))
            loader.add_rows(META, _meta(facts or {}, forms=forms))
        link_duplicates(store)
        if check:
            find_in_series(store, path=work / "series_findings.ndjson", forms=forms, variables=variables)
        for view in create_views(variables):
            store.execute(view)
        store.execute("CHECKPOINT")


class _Loader:
    """Gathers rows in one temporary file a table and hands them to DuckDB in large pieces, all in one transaction.

    DuckDB takes a piece in while the next one is being gathered; nobody else may use the store until :meth:`close`.
    """

    def __init__(self, store: duckdb.DuckDBPyConnection, *, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.files: dict[str, BinaryIO] = {}
        self.pieces = 0
        self.trouble: BaseException | None = None
        self.longest: dict[str, int] = {}
        self.waiting: queue.Queue[tuple[str, Path, int] | None] = queue.Queue(maxsize=_AHEAD)
        self.store.begin()  # else DuckDB would write every piece into its log first
        self.thread = threading.Thread(target=self._load, name="gouji-load", daemon=True)
        self.thread.start()

    def _load(self) -> None:
        while (piece := self.waiting.get()) is not None:
            name, path, longest = piece
            try:
                if self.trouble is None:
                    _load(self.store, name, path, longest=longest)
                path.unlink()
            except BaseException as error:  # noqa: BLE001 - raised again by `close`
                self.trouble = self.trouble or error

    def add(self, number: int, entry: Entry) -> None:
        mark = b'{"document":%d,' % number
        facts = json.dumps(dict(entry.facts), ensure_ascii=False).encode("utf-8", "replace")
        for name in (IN_COLUMNS, *_PARSED):
            lines = entry.rows.get(name, b"")
            if not lines:
                continue
            if name == "documents":
                lines = lines[:-1] + b"," + facts[1:]
            self.write(name, mark + lines[1:].replace(b"\n{", b"\n" + mark) + b"\n")

    def add_rows(self, table: TableDef, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            self.write(table.name, json.dumps(dict(row), ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def write(self, name: str, lines: bytes) -> None:
        file = self.files.get(name)
        if file is None:
            file = self.files[name] = (self.folder / f"{name}.ndjson").open("wb", buffering=_BUFFER)
        file.write(lines)
        self.longest[name] = max(self.longest.get(name, 0), len(lines))
        if file.tell() >= _CHUNK:
            self.flush(name)

    def flush(self, name: str) -> None:
        """Hand over what has been gathered for a table."""
        file = self.files.pop(name)
        file.close()
        self.pieces += 1
        piece = self.folder / f"{name}.{self.pieces}.ndjson"
        (self.folder / f"{name}.ndjson").rename(piece)
        self.waiting.put((name, piece, self.longest.pop(name)))

    def close(self) -> None:
        """Hand over the rest, and wait until all of it is in the store.

        Raises:
            duckdb.Error: The store did not take it (the disk is full, say).
        """
        for name in list(self.files):
            self.flush(name)
        self.waiting.put(None)
        self.thread.join()
        if self.trouble is not None:
            raise self.trouble
        self.store.commit()


def _load(store: duckdb.DuckDBPyConnection, name: str, path: Path, *, longest: int) -> None:
    if name == IN_COLUMNS:
        load_columns(store, VALUES, path, longest=longest)
    else:
        load_rows(store, _TABLES[name], path, longest=longest)


def _cells(variables: Iterable[Variable]) -> Iterator[dict[str, Any]]:
    for position, variable in enumerate(variables, start=1):
        yield {
            "position": position,
            "cell": variable.cell,
            "stata": variable.stata,
            "table_key": variable.table,
            "label_zh": variable.label_zh,
            "label_en": variable.label_en,
            "unit": variable.unit,
            "kind": variable.kind.value,
            "editions": variable.editions,
            "rules": variable.rules,
        }


def _rules(forms: Iterable[Form]) -> Iterator[dict[str, Any]]:
    found = ((form, table, rule) for form in forms for table in form.tables for rule in table.rules)
    for position, (form, table, rule) in enumerate(found, start=1):
        yield {
            "position": position,
            "edition": form.edition,
            "table_key": table.key,
            "code": rule.code,
            "kind": rule.kind,
            "each": rule.each,
            "left": rule.left,
            "right": rule.right,
            "severity": rule.severity.value,
            "zh": rule.zh,
            "en": rule.en,
            "basis": rule.basis,
        }


def _meta(facts: Mapping[str, str], *, forms: Iterable[Form]) -> Iterator[dict[str, str]]:
    known = {"schema": str(SCHEMA), **facts}
    known.update({f"form {form.edition}": form.source for form in forms})
    yield from ({"name": name, "value": known[name]} for name in sorted(known))


def _settle(building: Path, *, target: Path) -> None:
    """Put the finished file in its place in one step, so that a kill leaves the old one or the new one."""
    with building.open("rb") as file:
        os.fsync(file.fileno())
    Path(f"{target}.wal").unlink(missing_ok=True)
    building.replace(target)
