"""Read scanned pages: their tables by ruling lines, every line of every cell by the recogniser, confidence kept.

Needs the extra ``gouji[ocr]``; nothing is fetched from the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gouji.model.finding import Message, Note
from gouji.model.raw import Block, Grid
from gouji.model.source import Where
from gouji.readers.lattice import assemble
from gouji.readers.lattice.shapes import Box, Glyph, PageContent, turn_box
from gouji.readers.ocr_engine import Text, recognise, require_ocr
from gouji.readers.ocr_image import Sheet, prepare
from gouji.readers.ocr_lines import InkLine, crop, find_layout

if TYPE_CHECKING:
    from gouji.readers.ocr_image import Image

DPI = 200
"""What pages are rendered at for OCR."""
_COARSE, _FINE = 2.2, 4.3
"""Pixels in a point; pages outside of this are brought to :data:`DPI`."""
POOR = 0.95
"""A page whose longest lines are read with less confidence than this is tried the other ways up."""
_BETTER = 0.05
_SAMPLE = 12
_LETTERS = {
    "o": "0",
    "O": "0",
    "Q": "0",
    "D": "0",
    "〇": "0",
    "l": "1",
    "I": "1",
    "|": "1",
    "S": "5",
    "B": "8",
    "Z": "2",
}
_TRAILING = re.compile(r"(?<=\d)[.,·'`_:;、，。]+$|^[.,·'`_:;、，。]+(?=\d)")
_CORRECTED = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """How sure the recogniser was of one line, and the middle of that line (points, on the page as displayed)."""

    x: float
    y: float
    score: float


@dataclass(frozen=True, slots=True)
class Scan:
    """One page read by OCR: glyphs and rules as any page has them, and the confidence of every line."""

    content: PageContent
    scores: tuple[Score, ...]

    @property
    def confidence(self) -> float:
        """Mean over the lines; 1 for an empty page."""
        return sum(score.score for score in self.scores) / len(self.scores) if self.scores else 1.0


def read_page(image: Image, *, page: int, scale: float) -> tuple[Block, ...]:
    """The tables and paragraphs of one scanned page; every cell with its confidence.

    Args:
        image: Height x width x 3 (RGB), or height x width.
        page: 1-based number for ``where``.
        scale: Pixels in a point; 200 dpi is 200 / 72.

    Raises:
        MissingToolError: The extra ``gouji[ocr]`` is not installed.
    """
    scan = scan_page(image, page=page, scale=scale)
    return with_confidence(assemble([scan.content]), [scan])


def scan_page(image: Image, *, page: int, scale: float) -> Scan:
    """One scanned page as glyphs and rules, to be assembled with the document's other pages.

    Raises:
        MissingToolError: The extra ``gouji[ocr]`` is not installed.
    """
    require_ocr()
    image, scale = resize(image, scale=scale)
    reading = _read(image, scale=scale)
    if reading.lines and reading.sample < POOR:
        reading = _other_way_up(image, reading, scale=scale)
    return _to_scan(reading, page=page)


def resize(image: Image, *, scale: float) -> tuple[Image, float]:
    """Bring a page to a resolution at which characters are large enough, and no larger than helps."""
    import cv2
    import numpy as np

    if _COARSE <= scale <= _FINE:
        return image, scale
    wanted = DPI / 72
    how = cv2.INTER_CUBIC if scale < wanted else cv2.INTER_AREA
    high, wide = (max(round(side * wanted / scale), 1) for side in image.shape[:2])
    return np.asarray(cv2.resize(image, (wide, high), interpolation=how), dtype=np.uint8), wanted


@dataclass(slots=True)
class _Reading:
    sheet: Sheet
    lines: list[InkLine]
    texts: list[Text]
    turns: int = 0

    @property
    def sample(self) -> float:
        """Mean confidence of the longest lines: the short ones are numbers, which read well upside down too."""
        pairs = sorted(zip(self.lines, self.texts, strict=True), key=lambda pair: pair[0].x0 - pair[0].x1)[:_SAMPLE]
        return sum(text.score for _, text in pairs) / max(len(pairs), 1)


def _read(image: Image, *, scale: float, turns: int = 0, most: int | None = None) -> _Reading:
    """Prepare, divide and recognise; ``most`` reads only that many of the longest lines."""
    sheet = prepare(image, scale=scale)
    layout = find_layout(sheet)
    lines = layout.lines
    if most is not None:
        lines = sorted(lines, key=lambda line: line.x0 - line.x1)[:most]
    texts = recognise([crop(sheet, line, least=0.8 * layout.usual) for line in lines])
    return _Reading(sheet, lines, [tidy(text) for text in texts], turns)


def _other_way_up(image: Image, reading: _Reading, *, scale: float) -> _Reading:
    """Read a page that makes little sense the three other ways up, and keep the best."""
    import numpy as np

    best, best_score = 0, reading.sample + _BETTER
    for turns in (1, 2, 3):
        sample = _read(np.ascontiguousarray(np.rot90(image, turns)), scale=scale, most=_SAMPLE)
        if sample.lines and sample.sample > best_score:
            best, best_score = turns, sample.sample
    if not best:
        return reading
    return _read(np.ascontiguousarray(np.rot90(image, best)), scale=scale, turns=best)


def tidy(text: Text) -> Text:
    """Letters that stand where a number must be become digits, and dust after a number goes: with half the confidence.

    >>> tidy(Text("1O4", 0.9)), tidy(Text("12.", 0.8)), tidy(Text("规章", 0.9))
    (Text(text='104', score=0.45), Text(text='12', score=0.4), Text(text='规章', score=0.9))
    """
    words = text.text.strip()
    plain = _TRAILING.sub("", words)
    if any(char.isdigit() for char in plain) or plain in _LETTERS:
        as_digits = "".join(_LETTERS.get(char, char) for char in plain)
        if as_digits.isdigit():
            plain = as_digits
    if plain != words and plain.replace(".", "").replace(",", "").isdigit():
        return Text(plain, text.score * _CORRECTED)
    return Text(words, text.score)


def _to_scan(reading: _Reading, *, page: int) -> Scan:
    sheet = reading.sheet
    wide, high = sheet.size
    content = PageContent(
        number=page,
        width=wide,
        height=high,
        glyphs=[
            glyph
            for line, text in zip(reading.lines, reading.texts, strict=True)
            for glyph in spread(line, text.text, scale=sheet.scale)
        ],
        horizontal=sheet.horizontal,
        vertical=sheet.vertical,
        turns=reading.turns,
    )
    scores = []
    for line, text in zip(reading.lines, reading.texts, strict=True):
        box = line.x0 / sheet.scale, line.y0 / sheet.scale, line.x1 / sheet.scale, line.y1 / sheet.scale
        x0, top, x1, bottom = turn_box(box, content)
        scores.append(Score((x0 + x1) / 2, (top + bottom) / 2, text.score))
    return Scan(content, tuple(scores))


def spread(line: InkLine, text: str, *, scale: float) -> list[Glyph]:
    """The characters of a recognised line over its width; Chinese ones are twice as wide.

    >>> [(glyph.text, glyph.x0, glyph.x1) for glyph in spread(InkLine(0, 0, 40, 10), "章1 ", scale=1)]
    [('章', 0.0, 20.0), ('1', 20.0, 30.0)]
    """
    widths = [2 if char > "\u2000" else 1 for char in text]
    unit = (line.x1 - line.x0) / scale / max(sum(widths), 1)
    x, glyphs = line.x0 / scale, []
    for char, width in zip(text, widths, strict=True):
        if not char.isspace():
            glyphs.append(Glyph(char, x, x + width * unit, line.y1 / scale, line.height / scale))
        x += width * unit
    return glyphs


def with_confidence(blocks: Iterable[Block], scans: Sequence[Scan]) -> tuple[Block, ...]:
    """Give the cells of scanned pages the confidence of their least sure line; a blank cell of theirs has 1."""
    scores = {scan.content.number: scan.scores for scan in scans}
    return tuple(_with_confidence(block, scores) if isinstance(block, Grid) else block for block in blocks)


def _with_confidence(grid: Grid, scores: dict[int, tuple[Score, ...]]) -> Grid:
    cells = []
    for cell in grid.cells:
        page, box = cell.where.page, cell.where.bbox
        if page in scores and box is not None:
            inside = [score.score for score in scores[page] if _is_inside(score, box)]
            cells.append(cell._replace(confidence=round(min(inside, default=1.0), 3)))
        else:
            cells.append(cell)
    return replace(grid, cells=tuple(cells))


def _is_inside(score: Score, box: Box) -> bool:
    return box[0] - 0.5 <= score.x <= box[2] + 0.5 and box[1] - 0.5 <= score.y <= box[3] + 0.5


def note_of(scan: Scan) -> Note:
    """Say that a page was read by OCR, and how sure it is."""
    share = f"{100 * scan.confidence:.1f} %"
    return Note(
        code="OCR",
        where=Where(page=scan.content.number),
        message=Message(
            zh=f"本页为图像，经文字识别读入，平均置信度 {share}",
            en=f"this page was read by OCR, mean confidence {share}",
        ),
    )
