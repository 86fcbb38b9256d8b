"""Printed label to key of the form: exact, folded, alias; then close spelling, which always earns a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from gouji.text.fold import fold

_ENUMERATOR = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,:]|\([一二三四五六七八九十]{1,3}\)、?|[一二三四五六七八九十](?=\()|\(?\d{1,2}[.、,)](?!\d)|[\u2460-\u2473])"
)
_REMARK = re.compile(r"\([^()]*\)?")
_LATIN = re.compile(
    r"(?<=[\u3400-\u9fff])[,/·-]?[a-z][a-z,.;:'&/-]*[a-z.]|[a-z][a-z,.;:'&/-]*[a-z.][,/·-]?(?=[\u3400-\u9fff])",
    re.IGNORECASE,
)
"""Words of another language behind Chinese ones, or before them; spaces are folded away."""
_OTHERWISE = re.compile(r"last|prev|prior|former|year|change|growth|ratio|percent|share|average|accum", re.IGNORECASE)
"""They may say what makes another label of it."""
_EDGE = "、,.:;。·-\"'*"


_NUMBER_BEHIND = re.compile(r"\d(?:[件项个条]|万?元)?$")
_TELLING = re.compile(r"上一?年|去年|前年|往年|同比|环比|累计|以来")
"""Words that make another label of one, however near its spelling is."""


class How(IntEnum):
    """How a label was matched, best first."""

    EXACT = 0
    CORE = 1
    CLOSE = 2


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A printed label and the key it means. ``distance`` counts the edited characters of a close spelling."""

    key: str
    how: How
    distance: int = 0


def core(label: str) -> str:
    """The words of a label: folded, without its numeral, bracketed explanation and punctuation at the edges.

    Of a label in two languages the Chinese one.

    >>> (
    ...     core("（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ...     core("1．属于国家秘密"),
    ...     core("规章 Regulations"),
    ... )
    ('部分公开', '属于国家秘密', '规章')
    """
    text = fold(label)
    match = _ENUMERATOR.match(text)
    if match and match.end() < len(text):
        text = text[match.end() :]
    words = _REMARK.sub("", text) or text
    if _LATIN.search(words) and not _OTHERWISE.search(words):
        words = _LATIN.sub("", words) or words
    return words.strip(_EDGE)


def tells_same(label: str, other: str) -> bool:
    """Whether two labels that are spelled alike may mean the same: those of this year and of the last do not.

    Nor does one with a digit more at its end: that is a value which stands too near.

    >>> (
    ...     tells_same("本年制发件数", "上年制发件数"),
    ...     tells_same("上年度结转", "上年结转"),
    ...     tells_same("重复申请1", "重复申请"),
    ... )
    (False, True, False)
    """
    return label[-1:].isdigit() == other[-1:].isdigit() and _TELLING.findall(label) == _TELLING.findall(other)


class Labels:
    """The labels of one axis, ready to be matched.

    Args:
        spellings: For every key, all its printed spellings. A core that two keys share matches neither by core.
    """

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        self._exact: dict[str, str] = {}
        cores: dict[str, set[str]] = {}
        for key, labels in spellings.items():
            for label in labels:
                self._exact.setdefault(fold(label), key)
                cores.setdefault(core(label), set()).add(key)
        self._core = {text: next(iter(keys)) for text, keys in cores.items() if len(keys) == 1}
        self._known: dict[str, LabelMatch | None] = {}

    def match(self, text: str) -> LabelMatch | None:
        """The key a printed label means, or ``None``."""
        found = self._known.get(text, _UNSEEN)
        if found is _UNSEEN:
            if len(self._known) > _CACHE:
                self._known.clear()
            found = self._known[text] = self._match(fold(text))
        return found  # type: ignore[return-value]

    def _match(self, folded: str) -> LabelMatch | None:
        if not folded:
            return None
        if folded in self._exact:
            return LabelMatch(self._exact[folded], How.EXACT)
        words = core(folded)
        if words in self._core:
            return LabelMatch(self._core[words], How.CORE)
        return self._close(words)

    def _close(self, words: str) -> LabelMatch | None:
        """One slip in up to six characters; two labels equally near match neither."""
        if len(words) < _SHORTEST_CLOSE:
            return None
        from rapidfuzz.distance import DamerauLevenshtein

        allowed = max(1, len(words) // 6)
        near: list[tuple[int, str]] = []
        for text, key in self._core.items():
            if abs(len(text) - len(words)) <= allowed:
                distance = DamerauLevenshtein.distance(words, text, score_cutoff=allowed)
                if distance <= allowed and tells_same(words, text):
                    near.append((distance, key))
        near.sort()
        if not near or (len(near) > 1 and near[0][0] == near[1][0] and near[0][1] != near[1][1]):
            return None
        return LabelMatch(near[0][1], How.CLOSE, near[0][0])


_UNSEEN = object()
_CACHE = 4096
_SHORTEST_CLOSE = 4
