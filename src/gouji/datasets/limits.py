"""What the store can hold. No report has a number or a text beyond it; a file made to break us may."""

from __future__ import annotations

from typing import Any

from gouji.datasets.schema import MAX_DECIMALS, MAX_WHOLE
from gouji.model.finding import Number

LONGEST_TEXT = 2_000_000
"""Characters of one text that the store takes."""


def fits(value: Number | None) -> bool:
    """Whether the store can hold a number exactly; what it cannot is no count and no amount.

    >>> from decimal import Decimal
    >>> fits(12), fits(Decimal("0.5")), fits(10**15), fits(Decimal("1e-11"))
    (True, True, False, False)
    """
    if value is None:
        return True
    if isinstance(value, int):
        return abs(value) < MAX_WHOLE
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MAX_DECIMALS and abs(value) < MAX_WHOLE


def cut(value: Any) -> Any:
    """A text no longer than a row may be; anything else as it is."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT]} [gouji: {len(value) - LONGEST_TEXT} characters cut]"
    return value
