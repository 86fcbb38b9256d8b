"""What stands outside the tables: lines, without the pages' furniture, put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gouji.model.raw import TextBlock
from gouji.model.source import Where
from gouji.readers.lattice.shapes import Box, Glyph, PageContent, turn_box
from gouji.readers.lattice.words import find_words, line_text, split_lines

_MARGIN = 0.1
"""Furniture stands in this share of the page's height at its top or bottom."""
_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*(?:第\s*)?(\d{1,3})(?:\s*页)?(?:\s*[/／,，、]?\s*(?:共\s*)?\d{1,3}(?:\s*页)?)?[-—–―·\s]*"
)
_NUMBERS = re.compile(r"[\d\s]+")
_HEADING = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:[、．.，]|部分|章)|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、．.](?!\d)"
)
_SENTENCE_END = tuple("。！？；：.!?;:")
_NARROW = re.compile("[ -~]")
_CHINESE = re.compile("[\u2e81-\ufdff\uff01-\uff60]")
_ROMAN = re.compile(r"[A-Za-z,.;]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; ``y`` is its baseline, ``run`` what it is made of."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    run: tuple[Glyph, ...] = ()

    @property
    def words(self) -> tuple[tuple[str, float, float], ...]:
        """Its parts between wide gaps, with their x extents."""
        return find_words(self.run)

    @property
    def box(self) -> Box:
        """Its extent."""
        return self.x0, self.y - 0.9 * self.size, self.x1, self.y + 0.2 * self.size


def find_lines(glyphs: Sequence[Glyph], *, page: int) -> list[Line]:
    """The lines of one page, top to bottom."""
    lines = []
    for run in split_lines(glyphs):
        text = line_text(run).strip()
        if text:
            lines.append(Line(text, run[0].x0, max(glyph.x1 for glyph in run), run[0].y, _em(run), page, tuple(run)))
    return lines


def _em(run: Sequence[Glyph]) -> float:
    """The size of a line's type: the advance of its Chinese characters, which is the same in every font.

    A digit is about half as wide.
    """
    wide = [(glyph.x1 - glyph.x0) / _ems(glyph.text) for glyph in run if _CHINESE.search(glyph.text)]
    if wide:
        return median(wide)
    digits = [2 * (glyph.x1 - glyph.x0) / len(glyph.text) for glyph in run if glyph.text.isdigit()]
    return median(digits) if digits else median(glyph.size for glyph in run) / 1.2


def _ems(text: str) -> float:
    """How many times its size a text is long: a digit or a letter is about half as wide.

    >>> _ems("一、2023年")
    5.0
    """
    return len(text) - len(_NARROW.findall(text)) / 2


def drop_furniture(lines: Sequence[Line], pages: Sequence[PageContent]) -> list[Line]:
    """Leave out page numbers, and headers and footers: what returns at the same height of several pages."""
    heights = {page.number: page.height for page in pages}
    edge = [line for line in lines if _at_edge(line, heights[line.page])]
    dropped = _page_numbers(edge, pages=len(heights)) | _repeated(edge, pages=len(heights))
    return [line for line in lines if line not in dropped]


def _at_edge(line: Line, height: float) -> bool:
    return line.y < _MARGIN * height or line.y - line.size > (1 - _MARGIN) * height


def _page_numbers(lines: Iterable[Line], *, pages: int) -> set[Line]:
    """Lines that are a page number: decorated, or counting on with the pages."""
    counted: dict[int, list[Line]] = {}
    decorated: set[Line] = set()
    for line in lines:
        match = _PAGE_NUMBER.fullmatch(line.text)
        if match is None or (len(line.text.split()) > 1 and _NUMBERS.fullmatch(line.text)):
            continue  # several numbers and nothing else are values of a table
        if line.text != match[1]:
            decorated.add(line)
        counted.setdefault(int(match[1]) - line.page, []).append(line)
    for offset, group in counted.items():
        if (offset == 0 and (len(group) > 1 or pages < 3)) or len(group) >= max(2, pages // 2):
            decorated.update(group)
    return decorated


def _repeated(lines: Iterable[Line], *, pages: int) -> set[Line]:
    groups: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((re.sub(r"\d+", "0", line.text), round(line.y / 6)), []).append(line)
    return {
        line
        for (text, _), group in groups.items()
        if len({line.page for line in group}) >= max(2, pages / 2) and not re.fullmatch(r"[\d\s/]+", text)
        for line in group
    }


def join_paragraphs(lines: Sequence[Line], *, frame: tuple[float, float, float]) -> list[list[Line]]:
    """Divide consecutive lines into paragraphs; ``frame`` as :func:`find_frame` gives it."""
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and not _starts_paragraph(paragraphs[-1][-1], line, frame=frame):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def find_frame(lines: Sequence[Line]) -> tuple[float, float, float]:
    """Left and right edge of the text, and the usual distance of its lines."""
    if not lines:
        return 0.0, 0.0, 0.0
    widest = max(line.x1 - line.x0 for line in lines)
    full = [line for line in lines if line.x1 - line.x0 > 0.7 * widest]
    lefts, rights = sorted(line.x0 for line in full), sorted(line.x1 for line in full)
    steps = [
        below.y - above.y
        for above, below in pairwise(full)
        if above.page == below.page and 0 < below.y - above.y < 4 * above.size
    ]
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10], median(steps) if steps else 0.0


def _starts_paragraph(above: Line, line: Line, *, frame: tuple[float, float, float]) -> bool:
    left, right, step = frame
    size = line.size
    if abs(above.size - size) > 0.15 * max(above.size, size):
        return True
    same_page = above.page == line.page
    if same_page and line.y - above.y > max(1.5 * step, 1.3 * size) and line.y - above.y > 1.2 * step:
        return True
    if _is_centred(above, frame) and _is_centred(line, frame):
        return not same_page or bool(_HEADING.match(line.text))
    if line.x0 > left + size or above.x1 < right - 2.5 * size:
        return True
    if not _HEADING.match(line.text):
        return False
    return above.text.endswith(_SENTENCE_END) or abs(above.size - size) > 0.02 * size


def _is_centred(line: Line, frame: tuple[float, float, float]) -> bool:
    left, right, _ = frame
    before, after = line.x0 - left, right - line.x1
    return before > 2.5 * line.size and after > 2.5 * line.size and abs(before - after) < 2 * line.size


def paragraph_block(lines: Sequence[Line], pages: Sequence[PageContent]) -> TextBlock:
    """A paragraph's lines as one block; its place is on the page where it begins."""
    text = lines[0].text
    for line in lines[1:]:
        text += (" " if _ROMAN.match(text[-1]) and _ROMAN.match(line.text[0]) else "") + line.text
    first = [line.box for line in lines if line.page == lines[0].page]
    box = (min(b[0] for b in first), min(b[1] for b in first), max(b[2] for b in first), max(b[3] for b in first))
    page = next(page for page in pages if page.number == lines[0].page)
    return TextBlock(text=text, where=Where(page=page.number, bbox=turn_box(box, page)))
