"""Many files in, one data set out: inputs, workers, the journal that makes a run resumable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gouji.batches.run import batch
    from gouji.batches.settings import Settings

__all__ = ["Settings", "batch"]


def __getattr__(name: str) -> Any:
    """Load the work when it is first asked for."""
    if name == "batch":
        from gouji.batches.run import batch

        return batch
    if name == "Settings":
        from gouji.batches.settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
