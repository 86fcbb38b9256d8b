"""Keep the work on a page bounded: of a very long one only the part that a report can stand in is read, with a note.

The longest real page seen has 0.4 MB; pages with pictures inside their markup may have ten times as much.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gouji.model.finding import Message, Note
from gouji.model.raw import Block, Grid, TextBlock
from gouji.text.places import find_places

LONGEST = 2_000_000
"""Bytes of markup that are parsed."""
MOST_BLOCKS = 10_000
"""Paragraphs and tables that are looked at; a report has about a hundred."""
LONGEST_TEXT = 50_000
"""Characters of one paragraph; the longest report seen has 40,000 in all."""
_BEFORE, _AFTER = 200_000, 400_000
_BLOCKS_BEFORE, _BLOCKS_AFTER = 1000, 2000
_HEAD = 200_000
_MOST_HITS = 500
_WORDS = (
    "总体情况",
    "主动公开政府信息",
    "收到和处理",
    "第二十",
    "自然人",
    "行政复议",
    "结果维持",
    "主要问题",
    "需要报告",
)
_BYTES = tuple(word.encode() for word in _WORDS)
_ANY_WORD = re.compile("|".join(_WORDS))
_PICTURE = re.compile(rb"(?<=[\"'(=])data:[^\"'()<>\s]{500,}", re.IGNORECASE)
_HEAD_ENDS = re.compile(rb"</head\s*>|<body[\s>]", re.IGNORECASE)


def shorten(markup: bytes) -> tuple[bytes, Note | None]:
    """Cut a page that is too long down to its head and to where most of the form's words stand.

    What scripts, comments and pictures within the markup hold is left out first; often that is enough, and nothing that
    is shown is lost.

    Args:
        markup: The page in UTF-8.
    """
    if len(markup) <= LONGEST:
        return markup, None
    size = len(markup)
    markup = _PICTURE.sub(b"data:", _empty(_empty(markup, b"<!--", b"-->"), b"<script", b"</script"))
    if len(markup) <= LONGEST:
        return markup, None
    places = sorted(
        (place, number) for number, word in enumerate(_BYTES) for place in find_places(markup, word, most=_MOST_HITS)
    )
    start, end = _window(places, most=LONGEST - _HEAD, before=_BEFORE, after=_AFTER)
    start, end = markup.rfind(b"<", 0, start + 1), markup.find(b">", end) + 1
    start, end = max(start, 0), end or len(markup)
    head = _HEAD_ENDS.search(markup, 0, _HEAD)
    kept = markup[start:end] if head is None or head.end() > start else markup[: head.end()] + markup[start:end]
    return kept, _note(f"{size / 1e6:.1f} MB", f"{len(kept) / 1e6:.1f} MB")


def narrow(blocks: Sequence[Block]) -> tuple[Sequence[Block], Note | None]:
    """Of very many blocks those around the form's words, and of a very long paragraph its beginning."""
    long = [len(block.text) for block in blocks if isinstance(block, TextBlock) and len(block.text) > LONGEST_TEXT]
    if long:
        blocks = [_cut(block) for block in blocks]
    if len(blocks) <= MOST_BLOCKS:
        return blocks, _note(f"{max(long)} characters", f"{LONGEST_TEXT}") if long else None
    places = [(index, number) for index, block in enumerate(blocks) for number in _said(block)]
    start, end = _window(places, most=MOST_BLOCKS, before=_BLOCKS_BEFORE, after=_BLOCKS_AFTER)
    kept = blocks[start:end]
    return kept, _note(f"{len(blocks)} blocks", f"{len(kept)}")


def _cut(block: Block) -> Block:
    return replace(block, text=block.text[:LONGEST_TEXT]) if isinstance(block, TextBlock) else block


def _said(block: Block) -> list[int]:
    """The numbers of the words that stand in a block."""
    text = "\n".join([cell.text for cell in block.cells]) if isinstance(block, Grid) else block.text
    return [number for number, word in enumerate(_WORDS) if word in text] if _ANY_WORD.search(text) else []


def _window(places: Sequence[tuple[int, int]], *, most: int, before: int, after: int) -> tuple[int, int]:
    """Where most different words stand close together; the beginning when there is none."""
    starts = [place for place, _ in places]
    best, first, last = 0, 0, 0
    for index, place in enumerate(starts):
        until = bisect_right(starts, place + most - before - after)
        different = len({number for _, number in places[index : min(until, index + 200)]})
        if different > best:
            best, first, last = different, place, starts[until - 1]
    start = max(0, first - before)
    return start, min(last + after, start + most) if best else most


def _empty(markup: bytes, opening: bytes, closing: bytes) -> bytes:
    """Without what stands between two marks; a mark without its end leaves the rest as it is."""
    lower = markup.lower()
    kept: list[bytes] = []
    done = 0
    while (start := lower.find(opening, done)) >= 0:
        start += len(opening)
        end = lower.find(closing, start)
        if end < 0:
            break
        inner = lower.find(b">", start, end) + 1 if opening != b"<!--" else start
        kept.append(markup[done : inner or start])
        done = end
    kept.append(markup[done:])
    return b"".join(kept)


def _note(whole: str, part: str) -> Note:
    message = Message(
        zh=f"网页过长（{whole}），只读其中最像报告的{part}",
        en=f"a very long page: of {whole} only {part} were read, those most like a report",
    )
    return Note(code="HTML-LONG", message=message)
