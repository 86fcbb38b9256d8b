"""What a batch may be told, and reading it from ``gouji.toml``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from gouji.errors import GoujiError

FILE = "gouji.toml"
"""Read from the current folder when it is there; the table ``[batch]``."""


class SettingsError(GoujiError, ValueError):
    """A setting that does not exist, or has a value it cannot have."""

    code = "SETTINGS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a batch is run. Only ``profile``, ``check`` and ``forms`` change what is read.

    Attributes:
        workers: Processes that parse; 0 means one for every processor.
        timeout: Seconds of processor time for one file; by the clock it may take four times as long, for the machine
            may have other work.
        memory: Megabytes that a worker may use for one file.
        max_size: Megabytes beyond which a file is not opened.
        recycle: Files after which a worker is replaced by a new one; up to twice as many when few are left.
        profile: Who is suspected of a wrong cell, ``"extraction"`` or ``"draft"``.
        check: Whether to look for what does not add up.
        forms: Files with forms of your own; none means the built-in editions.
        include: Only files whose path matches one of these patterns (``*.pdf``).
        exclude: No file whose path matches one of these.
    """

    workers: int = 0
    timeout: float = 120.0
    memory: int = 2048
    max_size: int = 200
    recycle: int = 500
    profile: str = "extraction"
    check: bool = True
    forms: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what makes no sense, before any file is touched."""
        if self.profile not in ("extraction", "draft"):
            raise SettingsError(f"profile must be 'extraction' or 'draft', is {self.profile!r}")
        for name, least in (("workers", 0), ("timeout", 0.01), ("memory", 64), ("max_size", 1), ("recycle", 1)):
            if getattr(self, name) < least:
                raise SettingsError(f"{name} must be at least {least}, is {getattr(self, name)}")

    @property
    def processes(self) -> int:
        """How many workers to start."""
        return self.workers or available_processors()

    @property
    def clock(self) -> float:
        """Seconds by the clock that one file may take."""
        return 4 * self.timeout

    def with_changes(self, changes: Mapping[str, Any], *, where: str = "") -> Settings:
        """These settings with some replaced.

        Raises:
            SettingsError: There is no setting of that name, or its value has the wrong type.

        >>> Settings().with_changes({"memory": 512}).memory
        512
        """
        defaults = Settings()
        known = {field.name for field in fields(Settings)}
        clean: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise SettingsError(f"no setting {name!r}; known are {', '.join(sorted(known))}", where=where)
            clean[name] = _fit(value, like=getattr(defaults, name), name=name, where=where)
        return replace(self, **clean)


def _fit(value: Any, *, like: Any, name: str, where: str) -> Any:
    if isinstance(like, tuple) and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(like, float) and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if type(value) is type(like):
        return value
    wanted = "a list of texts" if isinstance(like, tuple) else type(like).__name__
    raise SettingsError(f"{name} must be {wanted}, is {value!r}", where=where)


def read_settings(path: Path | None = None) -> Settings:
    """The settings of a file; of ``gouji.toml`` in the current folder when there is one, else the defaults.

    Raises:
        SettingsError: The file has a mistake, or was named and is not there.
    """
    if path is None:
        path = Path(FILE)
        if not path.is_file():
            return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot read the settings: {error}", where=str(path)) from error
    table = data.get("batch", {})
    if not isinstance(table, dict):
        raise SettingsError("batch must be a table", where=str(path))
    return Settings().with_changes(table, where=f"{path}: batch")


def available_processors() -> int:
    """Processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
