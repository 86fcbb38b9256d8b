"""Pages without readable text - scans, broken character maps, outlines: to OCR where it is installed, else a note."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from gouji.errors import MissingToolError
from gouji.model.finding import Message, Note
from gouji.model.raw import Block
from gouji.model.source import Where
from gouji.readers.lattice.shapes import PageContent
from gouji.readers.pdf.page import PageReading
from gouji.readers.pdf.picture import render_page

BROKEN_MAP = 0.2
"""With this share of characters without Unicode, a page's text is junk."""
_FEW = 24
"""A scan has at most this many characters of text (a page number, a stamp of the scanner)."""
_PICTURE = 0.3
"""Share of the page that images cover, from which it may be a scan."""
_GARBLED = 0.02
"""With this share of Latin letters with accents among Chinese text, a program has spoilt the map of its fonts (old
Ghostscript does: ``、`` becomes ``1``, ``（`` becomes ``ÿ``)."""
_OUTLINES = 150
"""A page without text but with this many drawn objects may be text turned to outlines."""


def why_unreadable(page: PageReading) -> str | None:
    """Why a page needs OCR: ``"map"``, ``"scan"``, ``"outlines"``, ``"layer"``, ``"garbled"`` - or ``None``: not.

    Of the last two the text that stands there is better than none.
    """
    if page.characters and page.map_errors >= BROKEN_MAP:
        return "map"
    if page.image_share >= _PICTURE and page.characters <= _FEW:
        return "scan"
    if page.image_share >= _PICTURE and page.invisible:
        return "layer"
    if page.accented >= _GARBLED:
        return "garbled"
    if not page.characters and page.objects >= _OUTLINES:
        return "outlines"
    return None


def read_images(data: bytes, numbers: Sequence[int], *, path: str) -> list[Any]:
    """The pages as OCR reads them (``gouji.readers.ocr.Scan``).

    Raises:
        MissingToolError: The extra ``gouji[ocr]`` is not installed.
    """
    try:
        ocr = import_module("gouji.readers.ocr")
    except ModuleNotFoundError as error:
        raise MissingToolError("a scan: install gouji[ocr] to read it", where=path) from error
    scale = ocr.DPI / 72
    ocr.require_ocr(where=path)
    pictures = ((number, render_page(data, number, scale=scale)) for number in numbers)
    return [ocr.scan_page(_array(picture), page=number, scale=scale) for number, picture in pictures]


def with_confidence(blocks: Sequence[Block], scans: Sequence[Any]) -> tuple[Block, ...]:
    """The blocks, with the confidence of the cells that OCR read."""
    return tuple(import_module("gouji.readers.ocr").with_confidence(blocks, scans)) if scans else tuple(blocks)


def scan_notes(scans: Sequence[Any]) -> list[Note]:
    """A note for every page that OCR read."""
    return [import_module("gouji.readers.ocr").note_of(scan) for scan in scans]


def _array(picture: tuple[int, int, bytes]) -> Any:
    """Height × width × 3, as OCR takes it."""
    import numpy as np

    wide, high, pixels = picture
    return np.frombuffer(pixels, dtype=np.uint8).reshape(high, wide, 3)


READABLE = {"layer": "TEXT-LAYER", "garbled": "TEXT-GARBLED"}
"""Reasons that leave the page's text to be read, and the notes that say so."""
_WHY = {
    "map": ("字体没有字符对照表，文字无法直接读取", "its fonts have no character map, so its text cannot be read"),
    "scan": ("本页是扫描图像，没有文字", "it is a scanned image without text"),
    "outlines": ("本页文字已转为图形", "its text has been turned to outlines"),
    "layer": ("本页是扫描图像，文字为他人识别结果", "it is a scanned image with a text layer from someone's OCR"),
    "garbled": (
        "字体的字符对照表有误，部分文字和标点变成了别的字符",
        "the character map of its fonts is wrong: some characters have become others",
    ),
}


def ocr_note(page: PageContent, why: str) -> Note:
    """Say that a page could not be read for want of OCR."""
    zh, en = _WHY[why]
    code = READABLE.get(why, "OCR-NEEDED")
    advice = ("", "") if why == "layer" else ("；安装 gouji[ocr] 后可以识别", "; gouji[ocr] can")
    return Note(
        code=code,
        where=Where(page=page.number),
        message=Message(zh=f"第{page.number}页：{zh}{advice[0]}", en=f"page {page.number}: {en}{advice[1]}"),
    )
