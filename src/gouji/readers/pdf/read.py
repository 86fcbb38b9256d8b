"""The bytes of a PDF to a :class:`~gouji.model.raw.RawDocument`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gouji.errors import MissingToolError, ReadError
from gouji.model.finding import Message, Note
from gouji.model.raw import MetaField, RawDocument
from gouji.model.source import Source, Where
from gouji.readers.collecting import without_collecting
from gouji.readers.lattice import PageContent, assemble
from gouji.readers.pdf.doubtful import READABLE, ocr_note, read_images, scan_notes, why_unreadable, with_confidence
from gouji.readers.pdf.engine import open_document
from gouji.readers.pdf.integrity import Inspection, inspect
from gouji.readers.pdf.page import PageReader, PageReading
from gouji.readers.pdf.second import read_second
from gouji.readers.pdf.unseen import left_out_notes

MEDIA_TYPE = "application/pdf"
_META = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")
_HEAD = 8192
Meta = tuple[MetaField, ...]


def read_pdf(data: bytes, *, path: str) -> RawDocument:
    """Read a PDF: every table with the page and box of its cells, and the paragraphs around them.

    Raises:
        ReadError: ``READ-EMPTY``, ``READ-ENCRYPTED`` (it asks for a password), ``READ-DAMAGED`` or ``READ-FORMAT`` (it
            is no PDF at all).
        MissingToolError: Nothing but scans, and the extra ``gouji[ocr]`` is not installed.
    """
    if not data.strip():
        raise ReadError("the file is empty", code="READ-EMPTY", where=path)
    if b"%PDF" not in data[:_HEAD]:
        raise ReadError("not a PDF: it does not begin as one", code="READ-FORMAT", where=path)
    with without_collecting():
        return _read(data, path=path)


def _read(data: bytes, *, path: str) -> RawDocument:
    inspection = inspect(data)
    try:
        readings, meta = _read_pages(data, inspection, path=path)
    except ReadError as error:
        return _second_opinion(data, path=path, error=error)
    damaged = inspection.damaged_pages
    notes = [_damage_note(number) for number in sorted({*damaged, *(p.content.number for p in readings if p.failed)})]
    notes += [note for page in readings for note in left_out_notes(page.left_out, page=page.content.number)]
    pages, scans = _replace_unreadable(data, readings, notes=notes, path=path)
    if not notes and not any(page.glyphs for page in pages):
        pages = _see_again(data, pages, notes=notes)
    blocks = with_confidence(assemble(pages, notes=notes), scans)
    return RawDocument(source=_source(data, path), blocks=blocks, meta=meta, notes=tuple(notes))


def _source(data: bytes, path: str) -> Source:
    return Source(path=path, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE)


def _read_pages(data: bytes, inspection: Inspection, *, path: str) -> tuple[list[PageReading], Meta]:
    """The pages, and what the document says of itself."""
    with open_document(data, path=path) as document:
        reader = PageReader(document, has_layers=inspection.has_layers, is_spelt=inspection.is_spelt)
        pages = [reader.read(number) for number in range(1, document.pages + 1)]
        meta = tuple(MetaField(name=name, value=document.meta(name)) for name in _META)
    return pages, tuple(field for field in meta if field.value)


def _second_opinion(data: bytes, *, path: str, error: ReadError) -> RawDocument:
    """What pdfplumber can still read of a file that PDFium does not open.

    Raises:
        ReadError: Nothing, or the file asks for a password.
    """
    pages = read_second(data) if error.code == "READ-DAMAGED" else []
    if not any(page.glyphs for page in pages):
        raise error
    notes = [_SECOND]
    blocks = assemble(pages, notes=notes)
    return RawDocument(source=_source(data, path), blocks=blocks, notes=tuple(notes))


def _see_again(data: bytes, pages: list[PageContent], *, notes: list[Note]) -> list[PageContent]:
    """What the second engine finds where the first one found nothing at all."""
    others = read_second(data)
    if not any(page.glyphs for page in others):
        return pages
    notes.append(_SECOND)
    return others


_SECOND = Note(
    code="PDF-DAMAGED",
    message=Message(
        zh="文件已损坏，由备用引擎读出，可能不完整",
        en="the file is damaged; a second engine read it, perhaps not all of it",
    ),
)


def _damage_note(number: int) -> Note:
    """Say that a page (0: one cannot tell which) could not be read whole."""
    return Note(
        code="PAGE-DAMAGED",
        where=Where(page=number or None),
        message=Message(
            zh=f"{f'第{number}页' if number else '有一页'}的内容已损坏，只读出完好的部分",
            en=f"{f'page {number}' if number else 'a page'} is damaged: only its sound part was read",
        ),
    )


def _replace_unreadable(
    data: bytes, readings: Sequence[PageReading], *, notes: list[Note], path: str
) -> tuple[list[PageContent], list[Any]]:
    """The pages to go on with: those without readable text as OCR reads them, or empty and with a note."""
    why = {page.content.number: reason for page in readings if (reason := why_unreadable(page))}
    pages = {page.content.number: page.content for page in readings if not page.failed}
    scans: list[Any] = []
    if why:
        try:
            scans = read_images(data, sorted(why), path=path)
        except MissingToolError:
            if len(why) == len(readings) and READABLE.keys().isdisjoint(why.values()):
                raise
            notes += [ocr_note(pages[number], reason) for number, reason in why.items()]
            pages.update({n: replace(pages[n], glyphs=()) for n, reason in why.items() if reason not in READABLE})
        notes += scan_notes(scans)
        pages.update({scan.content.number: scan.content for scan in scans})
    return [pages[number] for number in sorted(pages)], scans
