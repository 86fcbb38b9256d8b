"""What style makes of an element of a page."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What an element's style makes of it.

    ``SHOWN`` only undoes what another rule hides; an ``UNSEEN`` cell keeps its place. Of short texts only: those that
    are ``APART`` or ``PLACED`` may not show where they are written, ``PALE`` ones not at all, ``TURNED`` ones may read
    from right to left, ``RAISED`` ones are set as ``<sup>`` is.
    """

    HIDDEN = 1
    TABLE = 2
    ROW = 3
    CELL = 4
    APART = 5
    TURNED = 6
    RAISED = 7
    SHOWN = 8
    PALE = 9
    PLACED = 10
    UNSEEN = 11
