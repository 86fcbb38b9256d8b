"""A worker: a process of its own that parses one file after another for its master.

Run as ``python -m gouji.batches.worker``; it talks through its standard input and output (see
:mod:`gouji.batches.protocol`) and ends when its master does.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import time
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from gouji import pipeline
from gouji.batches.protocol import WorkerLost, receive, send
from gouji.batches.result import Result, failure, result_of
from gouji.errors import ReadError
from gouji.forms import Form, load_form

_GRACE = 10.0
"""Seconds after the time limit when a worker ends itself: for masters that were killed."""

_MEGABYTE = 2**20


def main() -> None:
    """Serve a master until it hangs up."""
    incoming, outgoing = _take_streams()
    try:
        settings, _ = receive(incoming)
        limit_memory(settings["memory"] * _MEGABYTE)
        forms = [load_form(path) for path in settings["forms"]] or None
        _warm_up()
        send(outgoing, {"ready": True})
        while True:
            _, data = receive(incoming)
            faulthandler.dump_traceback_later(settings["clock"] + _GRACE, exit=True, file=sys.stderr)
            result = parse(data, forms=forms, check=settings["check"], profile=settings["profile"])
            faulthandler.cancel_dump_traceback_later()
            head: dict[str, Any] = asdict(result)
            body = head.pop("rows")
            send(outgoing, head, body)
    except WorkerLost:
        pass


def parse(data: bytes, *, forms: list[Form] | None = None, check: bool = True, profile: str = "extraction") -> Result:
    """Parse one content. Whatever happens, there is a result.

    The pipeline is not told the path: the result depends on the content alone.
    """
    began = time.perf_counter()
    try:
        try:
            report = pipeline.parse_bytes(data, path="", forms=forms, check=check, profile=profile)
        except ReadError as error:
            report = pipeline.failed(error, path="", data=data)
        return result_of(report, began=began)
    except MemoryError:
        return failure("BATCH-MEMORY", "needs more memory than allowed", began=began)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one outcome for every file; what was caught is its reason
        return failure("BATCH-ERROR", describe(error), began=began)


def describe(error: BaseException) -> str:
    """An unexpected error in one line: its kind, its message, where in gouji it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}gouji{os.sep}" in frame.filename] or frames
    place = f" ({Path(ours[-1].filename).name}, {ours[-1].name})" if ours else ""
    message = " ".join(str(error).split())[:200]
    return f"a mistake in gouji: {type(error).__name__}: {message}{place}"


def limit_memory(limit: int) -> None:
    """Have the system refuse memory beyond a limit in bytes, where it can."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _warm_up() -> None:
    """Import what the first file would need, so that it does not count as its time."""
    import gouji.checker.run  # noqa: F401 - the import is the point
    import gouji.readers.html  # noqa: F401


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the streams for ourselves; what a library prints must not get between the frames."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return incoming, outgoing


if __name__ == "__main__":
    main()
