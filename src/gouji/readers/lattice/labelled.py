"""Whether numbers stand by the label they are given to: on one line with it, or between two lines of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from gouji.forms import Row
from gouji.forms.aliases import spellings
from gouji.readers.lattice.known import label_core
from gouji.readers.lattice.tokens import Token

_ON = 0.35
"""Words whose baseline is off by less than this share of their size stand on the numbers' line."""
_NEAR = 1.2
"""Lines of one label, with the numbers at half height between them, are no further from these than so many sizes."""
_PART = 0.6
"""A word is part of a label that has this share of its characters, if no other row's label has more of them."""


class Labels:
    """The labels of a table's rows as they may be printed, to ask whose a word is."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._leaves = {row.key: _spelt(row.label[-1]) for row in rows}

    def stand_by(self, numbers: Sequence[Token], row: Row, *, words: Sequence[Token]) -> bool:
        """Whether the numbers stand by a row's own label, and by no other.

        On the numbers' lines nothing may stand before them but the label and those it is under. Where it stands on
        none, the lines next above and below must both be its own.
        """
        top, bottom = min(token.y for token in numbers), max(token.y for token in numbers)
        size, left = numbers[0].size, min(token.x0 for token in numbers)
        reach = _NEAR * size
        near = [
            word
            for word in words
            if top - reach <= word.y <= bottom + reach and word.x0 < left and self._may_be_leaf(word, row)
        ]
        line = [word for word in near if top - _ON * size <= word.y <= bottom + _ON * size]
        if line:
            return all(self._is_part(word, row) for word in line)
        above = [word for word in near if word.y < top]
        below = [word for word in near if word.y > bottom]
        if not above or not below:
            return False
        nearest = max(word.y for word in above), min(word.y for word in below)
        return all(self._is_part(word, row) for word in near if word.y in nearest)

    def _may_be_leaf(self, word: Token, row: Row) -> bool:
        """Whether a word is more than punctuation, and not of a label that the row's own is under."""
        core = label_core(word.text)
        if not core or any(core in label for label in self._leaves[row.key]):
            return bool(core)
        return not any(core in label for part in row.label[:-1] for label in _spelt(part))

    def _is_part(self, word: Token, row: Row) -> bool:
        core = label_core(word.text)
        shares = {key: max(_share(core, label) for label in labels) for key, labels in self._leaves.items()}
        return shares[row.key] >= max(_PART, *shares.values())


@cache
def _spelt(label: str) -> tuple[str, ...]:
    return tuple(label_core(text) for text in spellings("row", label))


@cache
def _share(word: str, label: str) -> float:
    """Share of a word's characters that a label has; labels it is under may stand before it.

    >>> (
    ...     _share("文件", "行政规范性文件"),
    ...     _share("不予公开属于国家秘密", "属于国家秘密"),
    ...     _share("规章", "行政规范性文件"),
    ... )
    (1.0, 1.0, 0.5)
    """
    if word in label or (len(label) > 2 and word.endswith(label)):
        return 1.0
    return sum((Counter(word) & Counter(label)).values()) / len(word)
