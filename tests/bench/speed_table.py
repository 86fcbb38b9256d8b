"""How `make bench` measures and prints: one line a figure, with its limit where the project promises one."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WARM = 2
broken: list[str] = []


def median(action: Callable[[], Any], *, rounds: int) -> float:
    """Milliseconds of the middle one of several runs, garbage collected before each."""
    for _ in range(WARM):
        action()
    times = []
    for _ in range(rounds):
        gc.collect()
        begin = spent()
        action()
        times.append((spent() - begin) * 1000)
    return statistics.median(times)


def spent() -> float:
    """Processor seconds of this process and of those it has started and seen end."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def line(name: str, value: str, *, limit: str = "", good: bool = True) -> None:
    """One line of the table."""
    mark = "" if not limit else "ok" if good else "BROKEN"
    print(f"  {name:58}{value:>16}  {limit:24}{mark}")
    if not good:
        broken.append(name)


def shared_folder() -> Path | None:
    """The samples that are not part of the repository, where they are."""
    candidates = (ROOT.parent / "shared", ROOT.parent.parent / "shared")
    return next((folder for folder in candidates if folder.is_dir()), None)
