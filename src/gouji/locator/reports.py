"""Where a second report begins in a document, so that the two are never mixed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.locator.candidates import Candidate
from gouji.locator.sections import follows_content, with_next
from gouji.locator.signature import find_signature
from gouji.model.raw import Block, Lines, RawDocument, TextBlock
from gouji.text.fold import fold
from gouji.text.titles import read_title

_SURE = 5
_ENOUGH = 3
_LONGEST_TITLE = 200
_HEAD = 4000
_HINT = re.compile("[报報]")
_OPENING = re.compile(r"(?:根据|按照|依据|根據|按照).{0,80}(?:条例|條例|通知|要求|规定)")


def find_second(candidates: Sequence[Candidate], lines: Lines) -> int | None:
    """The line (0-based) at which a second report may begin, or ``None``.

    It does where the first heading comes again after others, with content under each, and others follow; or at the
    title of another body or year within the sections. Only if tables stand on both sides there are two reports.
    """
    sure = [
        candidate
        for candidate, after in with_next(candidates)
        if candidate.score >= _SURE and follows_content(candidate, after, lines=lines)
    ]
    if len(sure) < 2:
        return None
    seen: set[int] = set()
    for index, candidate in enumerate(sure):
        if candidate.number == 1 and len(seen) > 1 and len({later.number for later in sure[index:]}) >= _ENOUGH:
            return _beginning(lines, sure[index - 1].line + 1, candidate.line)
        seen.add(candidate.number)
    return _other_title(lines, sure)


def _other_title(lines: Lines, sure: Sequence[Candidate]) -> int | None:
    """The title of another report between two sections: its body or its year is not named above the first one."""
    head = ""
    for index in range(sure[0].line + 1, sure[-1].line):
        text = lines.texts[index]
        if len(text) > _LONGEST_TITLE or _HINT.search(text) is None:
            continue
        title = read_title(text.strip())
        if title is None or title.agency is None or title.year is None:
            continue
        head = head or fold("".join(lines.texts[: sure[0].line + 1])[-_HEAD:])
        if fold(title.agency) not in head or str(title.year) not in head:
            return index
    return None


def split_document(document: RawDocument, lines: Lines, at: int) -> tuple[RawDocument, RawDocument]:
    """Part a document at a line (0-based): its own first part, and the rest."""
    number, offset = lines.blocks[at], lines.offsets[at]
    block = document.blocks[number]
    before: list[Block] = list(document.blocks[:number])
    after: list[Block] = list(document.blocks[number + 1 :])
    if isinstance(block, TextBlock):
        texts = block.text.split("\n")
        where = block.where if block.where.line is None else block.where._replace(line=block.where.line + offset)
        if offset:
            before.append(replace(block, text="\n".join(texts[:offset])))
        after.insert(0, replace(block, text="\n".join(texts[offset:]), where=where))
    return replace(document, blocks=tuple(before)), replace(document, blocks=tuple(after), notes=())


def _beginning(lines: Lines, start: int, stop: int) -> int:
    """The line of the second title; else the first line after the signature; else that of the opening words."""
    for index in range(start, stop):
        if len(lines.texts[index]) < _LONGEST_TITLE and read_title(lines.texts[index].strip()):
            return index
    text = "\n".join(lines.texts[start:stop])
    signature = find_signature(text)
    if signature is not None:
        after = text[signature.end :]
        for index in range(stop - after.count("\n"), stop):
            if _OPENING.search(lines.texts[index]):
                return index
        return min(stop, stop - after.count("\n"))
    return next((index for index in range(start, stop) if _OPENING.search(lines.texts[index])), stop)
