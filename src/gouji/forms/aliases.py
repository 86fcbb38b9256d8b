"""Other spellings of the form's labels, each with the fixture that shows it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One entry of ``aliases.toml``: on ``axis`` (row, column, title, stub, heading, table), what ``labels`` mean."""

    axis: str
    means: str
    labels: tuple[str, ...]
    fixture: str


@cache
def aliases() -> tuple[Alias, ...]:
    """All known spellings."""
    text = (files("gouji.forms") / "data" / "aliases.toml").read_text(encoding="utf-8")
    return tuple(
        Alias(axis=item["axis"], means=item["means"], labels=tuple(item["label"]), fixture=item["fixture"])
        for item in tomllib.loads(text)["alias"]
    )


def spellings(axis: str, label: str) -> tuple[str, ...]:
    """The official label first, then its aliases on that axis."""
    return (
        label,
        *(other for alias in aliases() if alias.axis == axis and alias.means == label for other in alias.labels),
    )
