"""The journal of a batch: every result, kept the moment it is there, so that a killed run can go on.

It is an SQLite file in the folder of the data set. Its transactions survive a kill, a full disk and a power cut; its
lock, which the system drops with the process, keeps two runs apart. The data set proper is built from it at the end.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gouji.batches.result import Result, is_stale
from gouji.errors import GoujiError

FILE = "journal.sqlite"
"""Name of the journal within the folder of a data set."""

VERSION = 1
"""Raised when a column changes; a journal of another version is begun anew."""

_COMMIT_EVERY = 0.5
_WAIT = 2.0
_LOG_PAGES = 8192
"""Pages of 4 kB that the log may grow to: while it is put into the file proper, all workers wait for the disk."""

_TABLES = """
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY, status TEXT NOT NULL, code TEXT NOT NULL, limits TEXT NOT NULL, errors INTEGER NOT NULL,
    parsed_at REAL NOT NULL, seconds REAL NOT NULL, rows BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS inputs (
    path TEXT PRIMARY KEY, run INTEGER NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
    url TEXT, fetched TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS containers (
    path TEXT PRIMARY KEY, run INTEGER NOT NULL, kind TEXT NOT NULL, members INTEGER NOT NULL, taken INTEGER NOT NULL,
    passed_over INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class JournalError(GoujiError):
    """The journal cannot be written: another run uses it, or the disk is full."""

    code = "BATCH-JOURNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRecord:
    """One input as the journal keeps it; see the table ``documents`` for the meanings."""

    path: str
    key: str
    sha256: str
    size: int
    url: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerRecord:
    """One archive among the inputs; see the table ``containers``."""

    path: str
    kind: str
    members: int
    taken: int
    passed_over: int


class Journal:
    """The journal of one folder, open for one run. Safe to use from several threads.

    Attributes:
        run: Number of this run.
        finished: Whether the run before this one came to its end.
    """

    def __init__(self, folder: Path) -> None:
        """Open the journal, or begin it.

        Raises:
            JournalError: Another run has it open, or it cannot be written.
        """
        self.path = folder / FILE
        self.lock = threading.RLock()
        self.committed = time.monotonic()
        try:
            self.store = self._open()
        except sqlite3.Error as error:
            raise self._told(error) from error
        self.run = int(self.fact("run") or 0)
        self.finished = self.fact("finished") == str(self.run)

    def _open(self) -> sqlite3.Connection:
        store = sqlite3.connect(self.path, timeout=_WAIT, check_same_thread=False, isolation_level=None)
        # Exclusive: no shared memory file, so that it works on network disks, and no second run at the same time.
        store.execute("PRAGMA locking_mode = EXCLUSIVE")
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = NORMAL")
        store.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        store.execute("BEGIN IMMEDIATE")
        version = store.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            for table in ("results", "inputs", "containers", "facts"):
                store.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.split(";"):
            store.execute(statement)
        store.execute(f"PRAGMA user_version = {VERSION}")
        store.execute("COMMIT")
        store.execute("BEGIN IMMEDIATE")
        return store

    def begin(self) -> None:
        """Begin a run: what it finds is marked with its number."""
        with self.lock:
            self.run += 1
            self.set_fact("run", str(self.run))
            self.commit()

    def finish(self) -> None:
        """Say that all inputs of this run have been seen."""
        with self.lock:
            self.set_fact("finished", str(self.run))
            self.commit()

    def find(self, key: str) -> tuple[str, str, int, list[float]] | None:
        """Status, code, errors and limits of a result that is there already."""
        with self.lock:
            row = self._execute("SELECT status, code, errors, limits FROM results WHERE key = ?", key).fetchone()
        return None if row is None else (row[0], row[1], row[2], _numbers(row[3]))

    def add_result(self, key: str, result: Result, *, limits: Iterable[float]) -> None:
        """Keep a result."""
        listed = " ".join(f"{limit:g}" for limit in limits)
        values = (key, result.status, result.code, listed, result.errors, result.parsed_at, result.seconds, result.rows)
        with self.lock:
            self._execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values)

    def add_input(self, record: InputRecord) -> None:
        """Note that an input was seen in this run, and which result is its."""
        values = (record.path, self.run, record.key, record.sha256, record.size, record.url, record.fetched)
        with self.lock:
            self._execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)", *values)
            if time.monotonic() - self.committed > _COMMIT_EVERY:
                self.commit()

    def add_container(self, record: ContainerRecord) -> None:
        """Note what was in an archive."""
        values = (record.path, self.run, record.kind, record.members, record.taken, record.passed_over)
        with self.lock:
            self._execute("INSERT OR REPLACE INTO containers VALUES (?, ?, ?, ?, ?, ?)", *values)

    def inputs(self, *, all_runs: bool = False) -> Iterator[tuple[InputRecord, float, float, bytes]]:
        """The inputs of this run in the order of their paths, each with time, duration and rows of its result."""
        rows = self.store.execute(
            "SELECT path, key, sha256, bytes, url, fetched, parsed_at, seconds, rows "
            "FROM inputs JOIN results USING (key) WHERE run = ? OR ? ORDER BY path",
            (self.run, all_runs),
        )
        for path, key, sha256, size, url, fetched, parsed_at, seconds, packed in rows:
            record = InputRecord(path=path, key=key, sha256=sha256, size=size, url=url, fetched=fetched)
            yield record, parsed_at, seconds, packed

    def containers(self, *, all_runs: bool = False) -> Iterator[dict[str, Any]]:
        """The archives of this run in the order of their paths."""
        rows = self.store.execute(
            "SELECT path, kind, members, taken, passed_over FROM containers WHERE run = ? OR ? ORDER BY path",
            (self.run, all_runs),
        )
        names = ("path", "kind", "members", "taken", "passed_over")
        return (dict(zip(names, row, strict=True)) for row in rows)

    def count(self, *, this_run: bool = True) -> int:
        """Inputs seen in this run; or those of earlier runs that this one has not seen."""
        sign = "=" if this_run else "<>"
        with self.lock:
            return int(self._execute(f"SELECT count(*) FROM inputs WHERE run {sign} ?", self.run).fetchone()[0])  # noqa: S608

    def known_keys(self, path: str, *, limits: Sequence[float]) -> dict[str, str]:
        """For a path, and the members of an archive at it: the key that each had, if its result is still good."""
        sql = (
            "SELECT path, key, code, limits FROM inputs JOIN results USING (key) "
            "WHERE path = ?1 OR path >= ?1 || '!' AND path < ?1 || '\"'"
        )
        with self.lock:
            rows = self._execute(sql, path).fetchall()
        return {name: key for name, key, code, old in rows if not is_stale(code, limits=_numbers(old), now=limits)}

    def fact(self, name: str) -> str | None:
        """A fact kept from an earlier run."""
        row = self._execute("SELECT value FROM facts WHERE name = ?", name).fetchone()
        return None if row is None else str(row[0])

    def set_fact(self, name: str, value: str) -> None:
        """Keep a fact."""
        self._execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value)

    def commit(self) -> None:
        """Make sure of what has been added. Called by itself twice a second."""
        with self.lock:
            self._execute("COMMIT")
            self._execute("BEGIN IMMEDIATE")
            self.committed = time.monotonic()

    def close(self) -> None:
        """Make sure of everything, and let go of the file."""
        with self.lock:
            try:
                self._execute("COMMIT")
            finally:
                self.store.close()

    def _execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        try:
            return self.store.execute(sql, values)
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> JournalError:
        text = str(error)
        if "locked" in text:
            text = "another run is working in this folder"
        return JournalError(text, where=str(self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split()]
