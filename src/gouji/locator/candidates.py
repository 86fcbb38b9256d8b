"""Every place of a text that may be the heading of a section, with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from gouji.locator.headings import Headings, Meaning, Strength
from gouji.model.raw import Lines
from gouji.text.fold import fold, fold_with_map
from gouji.text.marks import Ladder, Mark, read_mark
from gouji.text.markup import is_link, strip_markup
from gouji.text.places import find_places

_HINT = re.compile("[况況述要題题項项讼訟施]")
_EDGE = " \t\u3000\xa0\r#*_>|│┃║+-•◆●■\\"
_INLINE = re.compile(r".\s*[、.．,，]\s*(?=[^\s|、])")
_DIGITS = "一二三四五六"
_ROW = re.compile(r"\|\s*\d[\d.,]*\s*\|")
"""A cell that holds a number alone: a row of a table, and no heading."""
_STOPS = "。：:；; 　\t.|"
_LONGEST = 60
_LONGEST_START = 34
_MOST = 400


class Candidate(NamedTuple):
    """A possible heading. Name the fields when you make one.

    Attributes:
        number: The section its words mean.
        line: Line (0-based).
        start: Character of the line at which it starts.
        end: Character at which the text after it starts.
        heading: As printed.
        score: What speaks for it, without what follows it.
    """

    number: int
    line: int
    start: int
    end: int
    heading: str
    score: int


def find_candidates(lines: Lines, headings: Headings, *, among: Collection[int] | None = None) -> list[Candidate]:
    """Find every possible heading, in order; ``among`` some of the lines (0-based) only, if they are given."""
    found: list[Candidate] = []
    for index, text in enumerate(lines.texts) if among is None else ((at, lines.texts[at]) for at in sorted(among)):
        if len(text) < 3 or _HINT.search(text) is None:
            continue
        found.extend(islice(_in_line(text, index, headings=headings, lines=lines), _MOST - len(found)))
        if len(found) >= _MOST:
            break
    return found


def _in_line(text: str, index: int, *, headings: Headings, lines: Lines) -> Iterator[Candidate]:
    plain = strip_markup(text).strip(_EDGE)
    if len(plain) <= _LONGEST and _ROW.search(plain) is None:
        whole = _whole(text, plain, index, headings=headings, lines=lines)
        if whole is not None:
            yield whole
            return
    if len(plain) > 8:
        yield from _inside(text, index, headings=headings)


def _whole(text: str, plain: str, index: int, *, headings: Headings, lines: Lines) -> Candidate | None:
    """A line that is a heading and nothing else."""
    folded = fold(plain)
    mark = read_mark(folded)
    meaning = headings.match(folded[mark.end if mark else 0 :])
    if meaning is None and mark is None and folded[:1] in _DIGITS and len(folded) > 3:
        mark = Mark(Ladder.CHINESE, _DIGITS.index(folded[0]) + 1, 1)
        meaning = headings.match(folded[1:])
    if meaning is None:
        return None
    level = lines.document.blocks[lines.blocks[index]]
    marked = text.lstrip().startswith("#") or getattr(level, "level", None) is not None
    score = _score(meaning, mark) + 1 + marked - 2 * (is_link(text))
    start = text.find(plain[0])
    return Candidate(number=meaning.number, line=index, start=max(start, 0), end=len(text), heading=plain, score=score)


def _inside(text: str, index: int, *, headings: Headings) -> Iterator[Candidate]:
    """Headings with numeral at the start of, or within, a longer line."""
    for place in sorted(place for digit in _DIGITS for place in find_places(text, digit)):
        match = _INLINE.match(text, place)
        if match is None:
            continue
        before = text[match.start() - 1] if match.start() else ""
        if before and (before in "（(第十" or before.isdigit()):
            continue
        piece = text[match.start() : match.start() + _LONGEST_START]
        folded = fold(piece)
        mark = read_mark(folded)
        if mark is None or mark.ladder is not Ladder.CHINESE:
            continue
        meaning = headings.match_start(folded[mark.end :])
        if meaning is None:
            continue
        folded, places = fold_with_map(piece)
        last = mark.end + meaning.end
        end = match.start() + (places[last] if last < len(places) else len(piece))
        heading = text[match.start() : end].strip()
        while end < len(text) and text[end] in _STOPS:
            end += 1
        yield Candidate(
            number=meaning.number,
            line=index,
            start=match.start(),
            end=end,
            heading=heading,
            score=_score(meaning, mark),
        )


def _score(meaning: Meaning, mark: Mark | None) -> int:
    """Words and numeral together."""
    score = int(meaning.strength)
    if mark is None:
        return score - (meaning.strength is Strength.WEAK)
    agrees = mark.number == meaning.number
    if mark.ladder is Ladder.CHINESE:
        return score + (3 if agrees else 1)
    if mark.ladder is Ladder.ARABIC:
        return score + (2 if agrees else -1)
    return score + (1 if mark.ladder is Ladder.LOST else -3)
