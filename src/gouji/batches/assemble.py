"""Build the data set from the journal, in a process of its own: the master's memory stays small and flat."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from gouji.batches.journal import Journal
from gouji.batches.pool import worker_environment
from gouji.batches.result import unpack
from gouji.batches.version import parser_version
from gouji.datasets.build import Entry, build_dataset
from gouji.errors import GoujiError
from gouji.forms import editions, load_form


def assemble(folder: Path, *, forms: Iterable[str] = (), all_runs: bool = False, check: bool = True) -> Path:
    """Build the data set of a folder from its journal.

    Args:
        folder: Folder of the data set.
        forms: Files with forms; none means the built-in editions.
        all_runs: Also take the inputs of earlier runs.
        check: Whether to compare the reports of one body over the years.
    """
    own = [load_form(path) for path in forms]
    with Journal(folder) as journal:
        return build_dataset(
            folder,
            entries=read_entries(journal, all_runs=all_runs),
            containers=journal.containers(all_runs=all_runs),
            forms=own or editions().values(),
            facts={"parser": parser_version()},
            check=check,
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


def assemble_apart(folder: Path, *, forms: Iterable[str] = (), all_runs: bool = False, check: bool = True) -> None:
    """As :func:`assemble`, in another process.

    Raises:
        GoujiError: It failed (the disk is full, say); the journal is whole, and the next run builds again.
    """
    order = json.dumps({"folder": str(folder), "forms": list(forms), "all_runs": all_runs, "check": check})
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gouji.batches.assemble"],
        input=order.encode(),
        capture_output=True,
        check=False,
        env=worker_environment(),
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        raise GoujiError(f"the data set could not be built: {said[-1]}", code="BATCH-BUILD", where=str(folder))


if __name__ == "__main__":
    given = json.load(sys.stdin)
    assemble(Path(given.pop("folder")), **given)
