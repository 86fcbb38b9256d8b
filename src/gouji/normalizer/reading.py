"""What the two normalizers - of grids and of token streams - hand on: one statutory table, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gouji.model.finding import Note
from gouji.model.report import Leftover, Value

if TYPE_CHECKING:
    from gouji.normalizer.told import Undecided


@dataclass(frozen=True, kw_only=True)
class TableReading:
    """One statutory table as read from one place.

    Attributes:
        table: Its key in the form (``disclosure`` …).
        edition: The edition its labels say.
        cells: Canonical id to value, for every cell the page has (absent cells may be left out).
        labels: How many labels of the form were recognised; decides between two readings of the same table.
        notes: Doubts.
        leftovers: Numbers inside the table that no cell took.
        lines: For text, the half-open range of 0-based lines it occupies; they are not prose.
        blocks: Indices of the document's blocks (grids) it was read from.
        plain: Every row stands whole in its own place, and adds up: there is nothing to doubt.
        unreadable: For grids, whether some value is no number.
        undecided: For text, the rows, where some have several placements left that further evidence may decide.
    """

    table: str
    edition: str
    cells: Mapping[str, Value]
    labels: int
    notes: tuple[Note, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    lines: tuple[int, int] | None = None
    blocks: tuple[int, ...] = field(default=())
    plain: bool = False
    unreadable: bool = False
    undecided: Undecided | None = None
