"""What each kind of slip costs: data, in ``weights.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PROFILES = ("extraction", "draft")

_LAYOUT_KINDS = ("split", "split_shift", "dropped_blank", "dropped_blank_grid", "extra_token")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The tables of ``weights.toml``, as one profile has them.

    Attributes:
        profile: ``"extraction"`` or ``"draft"``.
        cell: Cost of changing a cell, and the factors on it.
        edit: Cost of the change itself.
        kind: Cost of one slip over several cells.
        limit: When an answer counts as located.
    """

    profile: str
    cell: Mapping[str, float]
    edit: Mapping[str, float]
    kind: Mapping[str, float]
    limit: Mapping[str, float]


@cache
def load_weights(profile: str) -> Weights:
    """The weights of one profile.

    Raises:
        ValueError: There is no such profile.

    >>> load_weights("draft").edit["miscount"] < load_weights("extraction").edit["miscount"]
    True
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile!r}; there are {', '.join(PROFILES)}")
    data = tomllib.loads((files("gouji.checker") / "weights.toml").read_text(encoding="utf-8"))
    edit, kind, draft = data["edit"], data["kind"], data["draft"]
    if profile == "draft":
        edit |= {"miscount": draft["miscount"], "confusable": draft["confusable"]}
        kind |= {name: kind[name] * draft["layout_factor"] for name in _LAYOUT_KINDS}
    return Weights(profile=profile, cell=data["cell"], edit=edit, kind=kind, limit=data["limit"])
