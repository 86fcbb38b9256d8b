"""Whether numbers stand by the label they are given to: on one line with it, or between two lines of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

from gouji.forms import Row
from gouji.forms.aliases import spellings
from gouji.readers.known import is_numeral, label_core
from gouji.readers.lattice.tokens import Token, bands

_ON = 0.35
"""Words whose baseline is off by less than this share of their size stand on the numbers' line."""
_NEAR = 1.2
"""Lines of one label, with the numbers at half height between them, are no further from these than so many sizes."""
_STEP = 2.0
"""Lines of one label are no further apart than so many sizes."""
_MOST = 0.6
"""Words that share this much of their characters with a label are it, if they share less with every other row's."""


class Labels:
    """The labels of a table's rows as they may be printed, to ask whose a word is."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._leaves = {row.key: _spelt(row.label[-1]) for row in rows}

    def stand_by(self, numbers: Sequence[Token], row: Row, *, words: Sequence[Token]) -> bool:
        """Whether the numbers stand by a row's own label, and by no other.

        On the numbers' lines nothing may stand before them but the label and those it is under. Where it stands on
        none, the lines next above and below must both be its own. Numbers in several lines need the whole label: they
        may be those of two rows.
        """
        top, bottom = min(token.y for token in numbers), max(token.y for token in numbers)
        size, left = numbers[0].size, min(token.x0 for token in numbers)
        leaves = self._leaf_words([word for word in words if word.x0 < left], row, around=(top - size, bottom + size))
        lines = bands(leaves, tolerance=_ON)
        heights = [line[0].y for line in lines]
        first, last = bisect_left(heights, top - _ON * size), bisect_right(heights, bottom + _ON * size)
        if first == last:
            first, last = first - 1, last + 1
            if first < 0 or last > len(lines) or max(top - heights[first], heights[last - 1] - bottom) > _NEAR * size:
                return False
        is_one_line = bottom - top <= _ON * size
        return self._is_whole(lines, (first, last), row) or (is_one_line and self._is_most(lines[first:last], row))

    def _leaf_words(self, words: Sequence[Token], row: Row, *, around: tuple[float, float]) -> list[Token]:
        """The words that are neither numerals nor of a label that the row's own is under.

        A piece of such a label that could as well be of the row's own is of the former if it stands left of the latter.
        """
        higher = [label for part in row.label[:-1] for label in _spelt(part)]
        own, both = [], []
        for word in words:
            core = "" if is_numeral(word.text) else label_core(word.text)
            if core and not any(core in label for label in higher):
                own.append(word)
            elif core and any(core in label for label in self._leaves[row.key]):
                both.append(word)
        edge = min((word.x0 for word in own if around[0] < word.y < around[1]), default=float("-inf"))
        return own + [word for word in both if word.x1 > edge]

    def _is_whole(self, lines: Sequence[Sequence[Token]], middle: tuple[int, int], row: Row) -> bool:
        """Whether some lines with those of the middle among them make a row's whole label."""
        longest = max(map(len, self._leaves[row.key]))
        for first in range(middle[0], -1, -1):
            text = ""
            for index in range(first, len(lines)):
                line = lines[index]
                if index > first and line[0].y - lines[index - 1][0].y > _STEP * line[0].size:
                    break
                text += "".join(word.text for word in line)
                if index >= middle[1] - 1 and label_core(text) in self._leaves[row.key]:
                    return True
                if len(text) > longest + _NUMERAL:
                    break
            if index < middle[1] - 1:
                return False
        return False

    def _is_most(self, lines: Sequence[Sequence[Token]], row: Row) -> bool:
        """Whether the words of some lines are most of a row's label, in another wording, and of no other label."""
        text = label_core("".join(word.text for line in lines for word in line))
        shares = {key: max(_share(text, label) for label in labels) for key, labels in self._leaves.items()}
        mine = shares.pop(row.key)
        return mine >= _MOST and mine > max(shares.values(), default=0.0)


_NUMERAL = 4
"""Characters of a label's numeral, at most."""


@cache
def _spelt(label: str) -> tuple[str, ...]:
    return tuple(label_core(text) for text in spellings("row", label))


@cache
def _share(text: str, label: str) -> float:
    """Share of a text's characters that a label has, or of the label's that the text has: the lesser.

    >>> _share("文件", "文件目录"), _share("行政许可事项", "行政许可")
    (0.5, 0.6666666666666666)
    """
    return sum((Counter(text) & Counter(label)).values()) / max(len(text), len(label), 1)
