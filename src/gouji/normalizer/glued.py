"""Text whose cells ran together (``规章000行政规范性文件6413212``): cut at the labels, then at the digits.

Archives that keep only the text of a page lose what parted the cells. The labels of the form are found inside the run;
the digits between them are cut later in every way that leaves no leading zero (:func:`gouji.normalizer.placing.place`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.normalizer.cells import BLANK, GLUED, NUMBER, TEXT, CellToken, kind_of
from gouji.normalizer.vocabulary import Vocabulary
from gouji.text.fold import fold_with_map

_VALUES = re.compile(r"[+-]?\d[\d.,]*(?:元|万元|亿元)?|[/\\]|-+")
_PATTERNS: dict[int, re.Pattern[str]] = {}
_LEAST = 2


def cut_glued(tokens: Sequence[CellToken], vocabulary: Vocabulary) -> list[CellToken] | None:
    """Cut every text that holds labels of the form next to other labels or digits.

    Returns:
        The tokens with those texts cut up; ``None`` when there is nothing to cut.
    """
    pattern = _pattern_of(vocabulary)
    done: list[CellToken] = []
    cut = False
    framed = False
    """The last text was a whole row, so that the pipes after it are its frame and show no blank cells."""
    for token in tokens:
        if token.kind is BLANK and framed:
            continue
        if token.kind is not TEXT or vocabulary.match(token.text) is not None:
            done.append(token)
            framed = False
            continue
        pieces = list(_pieces(token, pattern))
        cut = cut or len(pieces) > 1
        framed = len(pieces) > 1
        done.extend(pieces or [token])
    return done if cut else None


def _pattern_of(vocabulary: Vocabulary) -> re.Pattern[str]:
    """All labels in one alternation, longest first."""
    found = _PATTERNS.get(id(vocabulary))
    if found is None:
        labels = [re.escape(label) for label in vocabulary.labels() if len(label) >= _LEAST]
        found = _PATTERNS[id(vocabulary)] = re.compile("|".join(labels))
    return found


def _pieces(token: CellToken, pattern: re.Pattern[str]) -> Iterator[CellToken]:
    folded, places = fold_with_map(token.text)
    labels = list(pattern.finditer(folded))
    if not labels or (len(labels) == 1 and not _VALUES.search(folded)):
        return
    at = 0
    for match in labels:
        yield from _between(token, places=places, span=(at, match.start()))
        yield _part(token, match.group(), places[match.start()])
        at = match.end()
    yield from _between(token, places=places, span=(at, len(folded)))


def _between(token: CellToken, *, places: Sequence[int], span: tuple[int, int]) -> Iterator[CellToken]:
    """The values, or the prose, between two labels."""
    start, stop = span
    if start == stop:
        return
    source = token.text[places[start] : places[stop - 1] + 1]
    apart = source.split()
    for run in re.finditer(r"\S+", source):
        at = places[start] + run.start()
        values = list(_VALUES.finditer(run.group()))
        if "".join(match.group() for match in values) != run.group():
            yield _part(token, run.group(), at)
            continue
        glued = len(apart) == 1
        for match in values:
            part = _part(token, match.group(), at + match.start())
            yield part if glued else part._replace(gap=0)


def _part(token: CellToken, text: str, offset: int) -> CellToken:
    kind = NUMBER if any(char.isdigit() for char in text) and _VALUES.fullmatch(text) else kind_of(text)
    return CellToken(text, kind, token.line, token.column + offset, GLUED, token.nth)
