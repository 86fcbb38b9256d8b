"""Workers and the watch over them: a limit of time and memory for every file, a new process after a crash.

A worker is started by running Python anew, never by forking a process that has threads, and without importing the
caller's main module again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from gouji.batches.protocol import WorkerLost, receive, send
from gouji.batches.result import Result, failure
from gouji.batches.settings import Settings
from gouji.errors import GoujiError

COMMAND = ["-m", "gouji.batches.worker"]
"""What Python runs as a worker."""

_LOOK = 0.1
"""Seconds between two looks at the workers."""

_MEGABYTE = 2**20
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


class Worker:
    """One process. It lives for a number of files and is used by one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        """Start the process and wait until it is ready.

        Raises:
            GoujiError: It does not start.
        """
        self.settings = settings
        self.files = 0
        self.verdict = ""
        self.began: float | None = None
        self.seen: float | None = None
        self.cpu_began = 0.0
        self.resident = 0
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=worker_environment(),
            start_new_session=True,
        )
        self.incoming = cast("BinaryIO", self.process.stdout)
        self.outgoing = cast("BinaryIO", self.process.stdin)
        try:
            send(
                self.outgoing,
                {
                    "memory": settings.memory,
                    "clock": settings.clock,
                    "check": settings.check,
                    "profile": settings.profile,
                    "forms": list(settings.forms),
                },
            )
            receive(self.incoming)
        except WorkerLost as error:
            said = self.said()
            self.close()
            raise GoujiError(f"a worker does not start: {said}", code="BATCH-WORKER") from error

    def parse(self, data: bytes) -> Result:
        """Have one content parsed; a death of the process is a result like any other."""
        self.files += 1
        self.verdict = ""
        began = time.perf_counter()
        self.began = time.monotonic()
        try:
            send(self.outgoing, {}, data)
            head, body = receive(self.incoming)
            return Result(rows=body, **head)
        except (WorkerLost, TypeError):
            self.kill()
            code, reason = self._autopsy()
            return failure(code, reason, began=began)
        finally:
            self.began = None

    def judge(self) -> None:
        """Kill the process when it is beyond a limit. The first look at a file is where its processor time begins."""
        began = self.began
        if began is None:
            return
        settings, pid = self.settings, self.process.pid
        self.resident, cpu = resident_bytes(pid), cpu_seconds(pid)
        if began != self.seen:
            self.seen, self.cpu_began = began, cpu
        if cpu - self.cpu_began > settings.timeout or time.monotonic() - began > settings.clock:
            self.verdict = "BATCH-TIME"
        elif self.resident > settings.memory * _MEGABYTE:
            self.verdict = "BATCH-MEMORY"
        if self.verdict and self.began == began:
            self.kill()

    def _autopsy(self) -> tuple[str, str]:
        settings = self.settings
        if self.verdict == "BATCH-TIME":
            return self.verdict, f"took longer than {settings.timeout:g} seconds"
        if self.verdict == "BATCH-MEMORY":
            return self.verdict, f"needed more than {settings.memory} MB of memory"
        status = self.process.returncode
        name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return "BATCH-CRASH", f"the parser crashed on it ({name})"

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def said(self) -> str:
        """The end of what the process wrote to its standard error."""
        self.process.poll()
        self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, self.errors.tell() - 2000))
        return self.errors.read().decode("utf-8", "replace").strip()

    def kill(self) -> None:
        """End the process and everything it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(OSError):
            self.outgoing.close()
        self.kill()
        self.incoming.close()
        self.errors.close()


class Watch:
    """A thread that looks at all workers a few times a second."""

    def __init__(self) -> None:
        self.workers: set[Worker] = set()
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, name="gouji-watch", daemon=True)
        self.thread.start()

    def add(self, worker: Worker) -> None:
        """Look after a worker."""
        with self.lock:
            self.workers.add(worker)

    def remove(self, worker: Worker) -> None:
        """Look after it no longer."""
        with self.lock:
            self.workers.discard(worker)

    def kill_all(self) -> None:
        """End all workers at once, whatever they are at."""
        with self.lock:
            for worker in self.workers:
                worker.kill()

    def stop(self) -> None:
        """End the thread."""
        self.stopped.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.stopped.wait(_LOOK):
            with self.lock:
                for worker in self.workers:
                    worker.judge()


class Seat:
    """The place of one worker, kept by one thread: fills it again after a crash, or when its time has come."""

    def __init__(
        self,
        settings: Settings,
        *,
        watch: Watch,
        stopping: threading.Event | None = None,
        files_left: Callable[[], int | None] = lambda: None,
    ) -> None:
        self.settings = settings
        self.watch = watch
        self.files_left = files_left
        self.stopping = stopping or threading.Event()
        self.worker: Worker | None = None

    def parse(self, data: bytes) -> Result:
        """Parse one content; what kills a used worker is tried again in a new one: no file pays for others."""
        worker = self._take()
        was_new = worker.files == 0
        result = worker.parse(data)
        if not worker.alive or result.code == "BATCH-MEMORY":
            self.leave()
            killed_by_others = result.code == "BATCH-CRASH" and worker.process.returncode == -signal.SIGKILL
            again = result.code in ("BATCH-CRASH", "BATCH-MEMORY") and (not was_new or killed_by_others)
            if again and not self.stopping.is_set():
                result = self._take().parse(data)
                if self.worker is not None and (not self.worker.alive or result.code == "BATCH-MEMORY"):
                    self.leave()
        elif self._is_old(worker) or self._is_swollen(worker):
            self.leave()
        return result

    def _is_old(self, worker: Worker) -> bool:
        """Whether it has done its files. For a short rest no new one is started: that takes as long as many files."""
        recycle = self.settings.recycle
        if worker.files < recycle:
            return False
        left = self.files_left() if worker.files < 2 * recycle else None
        return left is None or left >= recycle * self.settings.processes // 2

    def leave(self) -> None:
        """End the worker."""
        if self.worker is not None:
            self.watch.remove(self.worker)
            self.worker.close()
            self.worker = None

    def _take(self) -> Worker:
        if self.worker is None or not self.worker.alive:
            self.leave()
            self.worker = Worker(self.settings)
            self.watch.add(self.worker)
        return self.worker

    def _is_swollen(self, worker: Worker) -> bool:
        """As the watch saw it last: asking the system after every file would cost more than reading the file."""
        return worker.resident > self.settings.memory * _MEGABYTE // 2


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used; 0 where the system does not tell."""
    try:
        rest = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(rest[11]) + int(rest[12]) + int(rest[13]) + int(rest[14])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0


def resident_bytes(pid: int) -> int:
    """Memory that a process occupies; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def worker_environment() -> dict[str, str]:
    """Our environment, with this very gouji importable, one thread a worker, and sets in the same order every time."""
    source = str(Path(__file__).resolve().parents[2])
    paths = [source, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    fixed = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
    return {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), **fixed}
