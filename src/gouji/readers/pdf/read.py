"""The bytes of a PDF to a :class:`~gouji.model.raw.RawDocument`."""

from __future__ import annotations

import hashlib

from gouji.errors import ReadError
from gouji.model.finding import Note
from gouji.model.raw import MetaField, RawDocument
from gouji.model.source import Source
from gouji.readers.lattice import assemble
from gouji.readers.pdf.engine import open_document
from gouji.readers.pdf.page import PageReader, PageReading

MEDIA_TYPE = "application/pdf"
_META = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")


def read_pdf(data: bytes, *, path: str) -> RawDocument:
    """Read a PDF: every table with the page and box of its cells, and the paragraphs around them.

    Raises:
        ReadError: ``READ-EMPTY``, ``READ-ENCRYPTED`` (it asks for a password), ``READ-DAMAGED`` or ``READ-FORMAT`` (it
            is no PDF at all).
    """
    if not data.strip():
        raise ReadError("the file is empty", code="READ-EMPTY", where=path)
    pages, meta = _read_pages(data, path=path)
    source = Source(path=path, sha256=hashlib.sha256(data).hexdigest(), media_type=MEDIA_TYPE)
    notes: list[Note] = []
    blocks = assemble([page.content for page in pages if not page.failed], notes=notes)
    return RawDocument(source=source, blocks=blocks, meta=meta, notes=tuple(notes))


def _read_pages(data: bytes, *, path: str) -> tuple[list[PageReading], tuple[MetaField, ...]]:
    with open_document(data, path=path) as document:
        reader = PageReader(document)
        pages = [reader.read(number) for number in range(1, document.pages + 1)]
        meta = tuple(MetaField(name=name, value=document.meta(name)) for name in _META)
    return pages, tuple(field for field in meta if field.value)
