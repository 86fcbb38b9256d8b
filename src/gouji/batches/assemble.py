"""Build the data set from the journal, in a process of its own: the master's memory stays small and flat."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from gouji.batches.journal import Journal
from gouji.batches.result import unpack
from gouji.datasets.build import Entry, build_dataset
from gouji.errors import GoujiError
from gouji.forms import editions, load_form


def assemble(
    folder: Path,
    *,
    parser: str,
    forms: Iterable[str] = (),
    all_runs: bool = False,
    check: bool = True,
    threads: int = 1,
) -> Path:
    """Build the data set of a folder from its journal.

    Args:
        folder: Folder of the data set.
        parser: Version of the parser.
        forms: Files with forms; none means the built-in editions.
        all_runs: Also take the inputs of earlier runs.
        check: Whether to compare the reports of one body over the years.
        threads: How many processors DuckDB may use.
    """
    own = [load_form(path) for path in forms]
    with Journal(folder) as journal:
        return build_dataset(
            folder,
            entries=read_entries(journal, all_runs=all_runs),
            containers=journal.containers(all_runs=all_runs),
            forms=own or editions().values(),
            facts={"parser": parser},
            check=check,
            threads=threads,
        )


def read_entries(journal: Journal, *, all_runs: bool) -> Iterator[Entry]:
    """The journal's inputs as the store takes them."""
    for record, parsed_at, seconds, packed in journal.inputs(all_runs=all_runs):
        yield Entry(
            facts={
                "path": record.path,
                "sha256": record.sha256,
                "bytes": record.size,
                "url": record.url,
                "fetched": record.fetched,
                "parser": record.key.split(":")[-2],
                "parsed_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(parsed_at)),
                "seconds": seconds,
            },
            rows=unpack(packed),
        )


def assemble_apart(folder: Path, **order: Any) -> None:
    """As :func:`assemble`, in another process.

    Raises:
        GoujiError: It failed (the disk is full, say); the journal is whole, and the next run builds again.
    """
    from gouji.batches.pool import worker_environment

    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-m", "gouji.batches.assemble", json.dumps({"folder": str(folder), **order})],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=worker_environment(),
    )
    with process:
        try:
            import duckdb  # noqa: F401 - it takes a while, and to open what is being built it will be needed

            errors = cast("BinaryIO", process.stderr).read()
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        said = errors.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        raise GoujiError(f"the data set could not be built: {said[-1]}", code="BATCH-BUILD", where=str(folder))


def end_with_master() -> None:
    """End this process when whoever started it is gone: a run that follows must not find the folder in use."""

    def wait() -> None:
        os.read(0, 1)  # nothing is ever sent; the pipe is closed when the master ends, however it ends
        os._exit(1)

    threading.Thread(target=wait, name="gouji-master", daemon=True).start()


if __name__ == "__main__":
    end_with_master()
    given = json.loads(sys.argv[1])
    assemble(Path(given.pop("folder")), **given)
    os._exit(0)  # all is written and closed; to free the memory piece by piece would only take time
