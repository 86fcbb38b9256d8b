"""Show how far a batch is: a bar on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LINE_EVERY = 10.0


@dataclass(kw_only=True)
class Tally:
    """What has been done so far. Counted by the workers' threads, read by the display.

    Attributes:
        total: Documents expected: grows as archives are opened; ``None`` until the folders have been counted.
        done: Documents with an outcome.
        kept: Those whose outcome was there already.
        statuses: How many of each status.
        errors: Findings of severity error.
        stage: What is being done.
    """

    total: int | None = None
    done: int = 0
    kept: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    errors: int = 0
    stage: str = "reading"
    began: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, status: str, *, errors: int, kept: bool) -> None:
        """Count one outcome."""
        with self.lock:
            self.done += 1
            self.kept += kept
            self.errors += errors
            self.statuses[status] = self.statuses.get(status, 0) + 1

    def expect(self, more: int) -> None:
        """Expect more documents (those in an archive)."""
        with self.lock:
            if self.total is not None:
                self.total += more

    def left(self) -> int | None:
        """Documents without an outcome; ``None`` until the folders have been counted."""
        with self.lock:
            return None if self.total is None else max(0, self.total - self.done)

    @property
    def rate(self) -> float:
        """Documents a second, since the beginning."""
        return self.done / max(time.monotonic() - self.began, 1e-9)

    def line(self) -> str:
        """The tally in one line."""
        counted = ", ".join(f"{count} {status}" for status, count in sorted(self.statuses.items()))
        of = "" if self.total is None else f" of {self.total}"
        left = "" if self.total is None or not self.done else f", {self._left()} left"
        rate = f"{self.rate:.1f}/s"
        return f"{self.stage}: {self.done}{of} ({counted or 'none yet'}), {self.errors} errors found, {rate}{left}"

    def _left(self) -> str:
        seconds = int(max(0, (self.total or 0) - self.done) / max(self.rate, 1e-9))
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


class Silent:
    """Shows nothing."""

    def show(self, tally: Tally) -> None:
        """Show the tally."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""


class PlainLines(Silent):
    """Writes a line every ten seconds, and one at the end."""

    def __init__(self, stream: TextIO | None = None, *, every: float = _LINE_EVERY) -> None:
        self.stream = stream or sys.stderr
        self.every = every
        self.shown = time.monotonic()
        self.last = ""

    def show(self, tally: Tally) -> None:
        """Show the tally, if it is time."""
        self.last = tally.line()
        if time.monotonic() - self.shown >= self.every:
            self.shown = time.monotonic()
            print(self.last, file=self.stream, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the last line."""
        if self.last:
            print(self.last, file=self.stream, flush=True)


class Bar(Silent):
    """A progress bar: files, rate, findings, time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar: Progress = Progress(
            TextColumn("{task.fields[stage]}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.fields[of]}"),
            TextColumn("{task.fields[rate]:.1f}/s"),
            TextColumn("[red]{task.fields[failed]} failed[/] [yellow]{task.fields[errors]} errors found[/]"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self.task: TaskID = self.bar.add_task(
            "batch", total=None, stage="reading", of="?", rate=0.0, failed=0, errors=0
        )

    def show(self, tally: Tally) -> None:
        """Show the tally."""
        self.bar.update(
            self.task,
            completed=tally.done,
            total=tally.total,
            stage=tally.stage,
            of="?" if tally.total is None else tally.total,
            rate=tally.rate,
            failed=tally.statuses.get("failed", 0),
            errors=tally.errors,
        )

    def __enter__(self) -> Self:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the bar as it is."""
        self.bar.stop()


def choose_display(*, quiet: bool = False) -> Silent:
    """A bar on a terminal, lines elsewhere, nothing when quiet."""
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else PlainLines()
