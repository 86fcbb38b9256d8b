"""The six sections of a report, by their meaning: which headings are theirs, and the prose of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from gouji.locator.candidates import Candidate
from gouji.model.raw import Lines
from gouji.model.report import Section
from gouji.text.markup import find_wrap_width, goes_on, strip_markup

_LEAST = 3
_SURE = 6
_CONTENT = 6
_EDGE = " \t\u3000\xa0\r|│┃"


def choose_headings(candidates: Sequence[Candidate], *, lines: Lines, taken: Collection[int] = ()) -> list[Candidate]:
    """The best-supported headings whose numbers rise, and sure ones of the remaining numbers out of order.

    A table of contents or a navigation repeats the headings: those that are followed by content win. A heading in a
    row of a statutory table (``taken``) is less sure than one of its own.
    """
    scores = [
        candidate.score + follows_content(candidate, after, lines=lines, taken=taken) - (candidate.line in taken)
        for candidate, after in with_next(candidates)
    ]
    kept = [index for index, score in enumerate(scores) if score >= _LEAST]
    best: dict[int, tuple[int, int | None]] = {}
    ends: dict[int, int] = {}  # for every number the best chain that ends with it, the last of equals
    for index in kept:
        number = candidates[index].number
        before: int | None = None
        for last, other in ends.items():
            if last < number and (before is None or (best[other][0], other) > (best[before][0], before)):
                before = other
        total = scores[index] + (best[before][0] if before is not None else 0)
        best[index] = (total, before)
        if number not in ends or total >= best[ends[number]][0]:
            ends[number] = index
    chain: list[int] = []
    at = max(kept, key=lambda index: best[index][0], default=None)
    while at is not None:
        chain.append(at)
        at = best[at][1]
    numbers = {candidates[index].number for index in chain}
    for index in kept:
        if scores[index] > _SURE and candidates[index].number not in numbers:
            numbers.add(candidates[index].number)
            chain.append(index)
    return [candidates[index] for index in sorted(chain)]


def with_next(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate | None]]:
    """Each heading with the one after it."""
    return zip_longest(candidates, candidates[1:])


def follows_content(
    candidate: Candidate, after: Candidate | None, *, lines: Lines, taken: Collection[int] = ()
) -> bool:
    """Whether text or a table follows a heading before the next one: in a table of contents nothing does."""
    if after is not None and after.line == candidate.line:
        return after.start - candidate.end >= _CONTENT
    if len(lines.texts[candidate.line]) - candidate.end >= _CONTENT:
        return True
    stop = len(lines.texts) if after is None else after.line
    for index in range(candidate.line + 1, stop):
        if index in taken or len(lines.texts[index].strip(_EDGE)) >= _CONTENT:
            return True
    return False


def cut_sections(
    headings: Sequence[Candidate], *, lines: Lines, taken: Collection[int] = (), end: int | None = None
) -> list[Section]:
    """Cut the text at the headings."""
    stop = len(lines.texts) if end is None else end
    pieces = [_prose(heading, after, lines=lines, taken=taken, stop=stop) for heading, after in with_next(headings)]
    width = find_wrap_width([text for piece in pieces for text, _, _ in piece])
    sections = []
    for heading, piece in zip(headings, pieces, strict=True):
        prose = _unwrapped(piece, width) if width else [part for part in piece if part[0]]
        sections.append(
            Section(
                number=heading.number,
                heading=heading.heading,
                text="\n".join([text for text, _, _ in prose]),
                where=lines.where(heading.line, heading.start),
                places=tuple([lines.where(line, start) for _, line, start in prose]),
            )
        )
    return sections


def _prose(
    heading: Candidate, after: Candidate | None, *, lines: Lines, taken: Collection[int], stop: int
) -> list[tuple[str, int, int]]:
    """The lines of a section, also empty ones, each with the line and character it begins at."""
    texts = lines.texts
    if after is not None and after.line == heading.line:
        parts = [(heading.line, heading.end, texts[heading.line][heading.end : after.start])]
    else:
        parts = [(heading.line, heading.end, texts[heading.line][heading.end :])]
        until = max(heading.line + 1, stop) if after is None else after.line
        parts.extend((index, 0, texts[index]) for index in range(heading.line + 1, until) if index not in taken)
        before = texts[after.line][: after.start] if after is not None else ""
        if after is not None and any(map(str.isalnum, before)):
            parts.append((after.line, 0, before))
    return [(_clean(text), line, start + len(text) - len(text.lstrip(_EDGE))) for line, start, text in parts]


def _unwrapped(piece: Sequence[tuple[str, int, int]], width: int) -> list[tuple[str, int, int]]:
    """Join the lines that a program has wrapped, leave out the empty ones."""
    found: list[tuple[str, int, int]] = []
    last = ""
    for text, line, start in piece:
        if found and goes_on(last, text, width=width):
            before, *place = found[-1]
            space = " " if before[-1:].isascii() and before[-1:].isalpha() and text[:1].isascii() else ""
            found[-1] = (before + space + text, place[0], place[1])
        elif text:
            found.append((text, line, start))
        last = text
    return found


def _clean(text: str) -> str:
    return strip_markup(text).strip(_EDGE)
