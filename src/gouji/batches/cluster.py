"""The same batch on a Dask cluster: its workers parse and write Parquet parts, which are gathered into the journal.

The folder of the data set and the inputs must be on a disk that all machines see. On each Dask worker the files are
parsed by a process of its own under the same limits as on one machine, so that a bad file kills that process and not
the Dask worker. A Dask worker that dies is the cluster's business: its task is done again elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.batches.archives import open_source
from gouji.batches.inputs import show_path
from gouji.batches.journal import ContainerRecord, InputRecord, Journal
from gouji.batches.pool import Seat, Watch
from gouji.batches.result import Result, failure
from gouji.batches.settings import Settings
from gouji.batches.version import identify
from gouji.errors import GoujiError, MissingToolError

if TYPE_CHECKING:
    from gouji.batches.run import Run

PARTS = "parts"
"""Folder of the parts within the folder of a data set; empty once they are gathered."""

CHUNK = 40
"""Files of one task: some ten seconds of work, so that little is lost with a worker."""

PATIENCE = "20s"
"""How long to wait for the scheduler."""

_RETRIES = 5
_AHEAD = 4
"""Tasks on their way for every thread of the cluster: a list of millions is never sent at once."""

_COLUMNS = (
    "path VARCHAR, key VARCHAR, sha256 VARCHAR, size BIGINT, url VARCHAR, fetched VARCHAR, container VARCHAR, "
    "result VARCHAR, rows BLOB"
)


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a Dask worker is sent: some files, the hash that each had in an earlier run, the settings."""

    files: tuple[str, ...]
    known: dict[str, str]
    settings: Settings
    parts: str
    base: str
    force: bool

    @property
    def name(self) -> str:
        """Name of its part: of what is to be done, so that doing it twice gives one part."""
        text = json.dumps([self.files, sorted(self.known.items()), asdict(self.settings), self.force])
        return sha256(text.encode()).hexdigest()[:24]


def run_on_cluster(run: Run, *, address: str, folder: Path) -> None:
    """Let a cluster parse the inputs of a run.

    Raises:
        GoujiError: The extra is not installed, or the scheduler cannot be reached.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise MissingToolError("--dask needs the extra `dask`: pip install 'gouji[dask]'") from None
    parts = (folder / PARTS).resolve()
    parts.mkdir(exist_ok=True)
    gather_left_behind(run.journal, parts=parts)
    try:
        client: Any = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise GoujiError(f"cannot reach the Dask scheduler: {error}", code="BATCH-DASK", where=address) from error
    run.counting().start()
    with client:
        tasks = make_tasks(run, parts=parts)
        threads = sum(client.nthreads().values()) or 1
        sent: dict[Any, Task] = {}

        def send(task: Task) -> Any:
            future = client.submit(do_task, task, key=f"gouji-{task.name}", retries=_RETRIES, pure=False)
            sent[future] = task
            return future

        first = [send(task) for task in islice(tasks, threads * _AHEAD)]
        waiting: Any = as_completed(first)  # type: ignore[no-untyped-call]
        for future in waiting:
            task = sent.pop(future)
            if future.status == "finished":
                gather(Path(future.result()), run=run)
                following: Iterable[Task] = islice(tasks, 1)
            elif future.cancelled():
                raise GoujiError("the Dask scheduler is gone", code="BATCH-DASK", where=address)
            else:
                following = _smaller(task, run=run, error=future.exception())
            for more in following:
                waiting.add(send(more))
            run.show(run.tally)
    with contextlib.suppress(OSError):
        parts.rmdir()


def make_tasks(run: Run, *, parts: Path) -> Iterator[Task]:
    """The inputs of a run in pieces of :data:`CHUNK` files."""
    files = run.files()
    while chunk := tuple(islice(files, CHUNK)):
        known: dict[str, str] = {}
        for path in () if run.force else chunk:
            known.update(run.journal.known_keys(show_path(path), limits=run.limits))
        yield Task(
            files=chunk, known=known, settings=run.settings, parts=str(parts), base=str(Path.cwd()), force=run.force
        )


def _smaller(task: Task, *, run: Run, error: BaseException | None) -> Iterator[Task]:
    """A task that killed its workers again and again: each file alone; a single file is given up."""
    if len(task.files) > 1:
        yield from (replace(task, files=(path,)) for path in task.files)
        return
    for item in open_source(task.files[0], settings=run.settings):
        if not isinstance(item, ContainerRecord):
            result = failure("BATCH-DASK", f"the cluster's workers died on it: {type(error).__name__}")
            run.keep(identify(item, settings=run.settings), result=result)


_HERE = threading.local()


def _seat(settings: Settings) -> Seat:
    """This thread's process for parsing, kept from task to task."""
    seat = getattr(_HERE, "seat", None)
    if seat is None or seat.settings != settings:
        if seat is not None:
            seat.leave()
        seat = _HERE.seat = Seat(settings, watch=Watch())
    return seat


def do_task(task: Task) -> str:
    """Parse the files of a task and write its part; runs on a Dask worker.

    Returns:
        The path of the part.
    """
    part = Path(task.parts) / f"{task.name}.parquet"
    rows: list[tuple[Any, ...]] = []
    seat = _seat(task.settings)
    for path in task.files:
        for found in open_source(path, settings=task.settings, base=task.base):
            if isinstance(found, ContainerRecord):
                rows.append((*(None,) * 6, json.dumps(asdict(found)), None, None))
                continue
            record = identify(found, settings=task.settings)
            known = not task.force and task.known.get(record.path) == record.key
            packed: tuple[Any, Any] = (None, None)
            if not known:
                result = asdict(failure(found.code, found.reason) if found.code else seat.parse(found.data))
                blob = result.pop("rows")
                packed = (json.dumps(result), blob)
            facts = (record.path, record.key, record.sha256, record.size, record.url, record.fetched)
            rows.append((*facts, None, *packed))
    write_part(part, rows)
    return str(part)


def write_part(part: Path, rows: list[tuple[Any, ...]]) -> None:
    """Write a part, wholly or not at all."""
    import duckdb

    from gouji.datasets.schema import literal

    unfinished = part.with_suffix(f".{os.getpid()}-{threading.get_ident()}.unfinished")
    with duckdb.connect() as store:
        store.execute(f"CREATE TABLE part ({_COLUMNS})")
        if rows:
            store.executemany("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        store.execute(f"COPY part TO {literal(str(unfinished))} (FORMAT parquet, COMPRESSION uncompressed)")
    unfinished.replace(part)


def read_part(part: Path) -> list[tuple[ContainerRecord | InputRecord, Result | None]]:
    """What is in a part."""
    import duckdb

    found: list[tuple[ContainerRecord | InputRecord, Result | None]] = []
    with duckdb.connect() as store:
        rows = store.execute("SELECT * FROM read_parquet(?)", [str(part)]).fetchall()
    for path, key, digest, size, url, fetched, container, result, blob in rows:
        if container is not None:
            found.append((ContainerRecord(**json.loads(container)), None))
            continue
        record = InputRecord(path=path, key=key, sha256=digest, size=size, url=url, fetched=fetched)
        found.append((record, None if result is None else Result(rows=blob, **json.loads(result))))
    return found


def gather(part: Path, *, run: Run) -> None:
    """Take a part into the journal, then remove it."""
    if not part.exists():  # gathered already: the cluster may do a task twice
        return
    for record, result in read_part(part):
        if isinstance(record, ContainerRecord):
            run.keep_container(record)
        else:
            run.keep(record, result=result)
    run.journal.commit()
    part.unlink()


def gather_left_behind(journal: Journal, *, parts: Path) -> None:
    """Take the results of a run that was killed; its inputs will be looked at again."""
    for part in sorted(parts.glob("*.parquet")):
        for record, result in read_part(part):
            if result is not None and isinstance(record, InputRecord):
                journal.add_result(record.key, result, limits=())
        journal.commit()
        part.unlink()
    for unfinished in parts.glob("*.unfinished"):
        unfinished.unlink(missing_ok=True)
