"""Where a second report begins in a document, so that the two are never mixed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.locator.candidates import Candidate
from gouji.locator.sections import follows_content
from gouji.locator.signature import find_signature
from gouji.model.raw import Block, Lines, RawDocument, TextBlock
from gouji.text.titles import read_title

_SURE = 5
_ENOUGH = 3
_LATE = 4
_OPENING = re.compile(r"(?:根据|按照|依据|現根據|根據).{0,80}(?:条例|條例|通知|要求|规定)")


def find_second(candidates: Sequence[Candidate], lines: Lines) -> int | None:
    """The line (0-based) at which a second report begins, or ``None``.

    It does where the headings begin anew after enough of them, with content under each, and go on.
    """
    sure = [
        candidate
        for candidate, after in zip(candidates, [*candidates[1:], None], strict=False)
        if candidate.score >= _SURE and follows_content(candidate, after, lines=lines)
    ]
    seen: set[int] = set()
    for index, candidate in enumerate(sure):
        enough = len(seen) >= _ENOUGH and max(seen) >= _LATE
        if candidate.number == 1 and enough and len({later.number for later in sure[index:]}) >= _ENOUGH:
            return _beginning(lines, sure[index - 1].line + 1, candidate.line)
        seen.add(candidate.number)
    return None


def split_document(document: RawDocument, lines: Lines, at: int) -> tuple[RawDocument, RawDocument]:
    """Part a document at a line (0-based): its own first part, and the rest."""
    number, offset = lines.blocks[at], lines.offsets[at]
    block = document.blocks[number]
    before: list[Block] = list(document.blocks[:number])
    after: list[Block] = list(document.blocks[number + 1 :])
    if isinstance(block, TextBlock):
        texts = block.text.split("\n")
        where = block.where if block.where.line is None else replace(block.where, line=block.where.line + offset)
        if offset:
            before.append(replace(block, text="\n".join(texts[:offset])))
        after.insert(0, replace(block, text="\n".join(texts[offset:]), where=where))
    return replace(document, blocks=tuple(before)), replace(document, blocks=tuple(after), notes=())


def _beginning(lines: Lines, start: int, stop: int) -> int:
    """The line of the second title; else the first line after the signature; else that of the opening words."""
    for index in range(start, stop):
        if len(lines.texts[index]) < 200 and read_title(lines.texts[index].strip()):
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
