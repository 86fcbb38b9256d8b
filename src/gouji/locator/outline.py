"""The outline of a report: what stands before its sections, the sections, and the signature."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from gouji.forms import Form
from gouji.locator.candidates import Candidate, find_candidates
from gouji.locator.headings import read_headings
from gouji.locator.sections import choose_headings, cut_sections
from gouji.locator.signature import Signature, find_signature
from gouji.model.raw import Lines
from gouji.model.report import Section

_HEAD_LINES = 400
_NO_SECTIONS = 80


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The parts of one report.

    Attributes:
        sections: In document order, the last one without the signature.
        head: Lines before the first section.
        levels: For every line of ``head``, its heading level if the format marks one.
        signature: At the end of the last section, if there is one.
        tail: The text of the last section with its signature and what follows.
    """

    sections: tuple[Section, ...]
    head: tuple[str, ...]
    levels: tuple[int | None, ...]
    signature: Signature | None
    tail: str


def find_outline(
    lines: Lines,
    forms: Sequence[Form],
    *,
    taken: Collection[int] = (),
    candidates: Sequence[Candidate] | None = None,
) -> Outline:
    """Find the sections of one report, what stands above them, and who signs.

    Args:
        lines: The text.
        forms: Editions whose headings are looked for.
        taken: Lines (0-based) of the statutory tables: they belong to no prose.
        candidates: The possible headings of these lines, when they are known already.
    """
    if candidates is None:
        candidates = find_candidates(lines, read_headings(forms))
    headings = choose_headings(candidates, lines=lines, taken=taken)
    sections = cut_sections(headings, lines=lines, taken=taken)
    head, levels = _head(lines, headings[0] if headings else None, taken=taken)
    tail = sections[-1].text if sections else "\n".join(head[-_NO_SECTIONS:])
    signature = find_signature(tail)
    if signature is not None and sections:
        sections[-1] = _shortened(sections[-1], tail[: signature.start].rstrip(" \t\n\r\u3000（([|"))
    return Outline(sections=tuple(sections), head=tuple(head), levels=tuple(levels), signature=signature, tail=tail)


def _shortened(section: Section, text: str) -> Section:
    """A section with the beginning of its text."""
    return replace(section, text=text, places=section.places[: text.count("\n") + 1 if text else 0])


def _head(lines: Lines, first: Candidate | None, *, taken: Collection[int]) -> tuple[list[str], list[int | None]]:
    stop = len(lines.texts) if first is None else first.line
    indices = [index for index in range(stop) if index not in taken]
    last = indices[_HEAD_LINES:][-_NO_SECTIONS:]
    indices = indices[:_HEAD_LINES] + last if first is None else indices[-_HEAD_LINES:]
    texts = [lines.texts[index] for index in indices]
    levels = [getattr(lines.document.blocks[lines.blocks[index]], "level", None) for index in indices]
    if first is not None and first.start:
        texts.append(lines.texts[first.line][: first.start])
        levels.append(None)
    return texts, levels
