"""One reader a format: bytes to :class:`~gouji.model.raw.RawDocument`. Each is imported when it is needed.

``sniff`` tells the format, ``encoding`` that of text. ``html`` leads through ``htmltree``, ``htmldamage``,
``htmlstyle`` (by ``htmlrole`` and ``htmlshort``), ``htmlmain``, ``htmlwalk``, ``htmlrows`` and ``grid``; ``htmlboxes``
finds tables that are made of other elements, by the labels of the form (``known``), ``stored`` articles that are
strings. ``docx`` and its ``docx_*`` read Word, ``legacy`` what LibreOffice must open, ``ofd`` and ``pdf`` pages, whose
tables are made by the geometry of ``lattice``, as are those that ``ocr`` and ``image`` see. ``archive`` and ``mhtml``
unpack one document. ``leftout`` says what was printed and not read.
"""

from __future__ import annotations

from importlib import import_module

from gouji.errors import ReadError
from gouji.model.raw import RawDocument
from gouji.readers.sniff import Format, sniff

__all__ = ["read"]

_HEAD = 1024
_BLANK = b" \t\r\n\x00"
_READERS = {
    Format.HTML: ("gouji.readers.html", "read_html"),
    Format.TEXT: ("gouji.readers.text", "read_text"),
    Format.JSON: ("gouji.readers.stored", "read_json"),
    Format.PDF: ("gouji.readers.pdf", "read_pdf"),
    Format.DOCX: ("gouji.readers.docx", "read_docx"),
    Format.OFD: ("gouji.readers.ofd", "read_ofd"),
    Format.LEGACY: ("gouji.readers.legacy", "read_legacy"),
    Format.IMAGE: ("gouji.readers.image", "read_image"),
    Format.MAIL: ("gouji.readers.mhtml", "read_mail"),
    Format.ZIP: ("gouji.readers.archive", "read_zip"),
    Format.GZIP: ("gouji.readers.archive", "read_gzip"),
}


def read(data: bytes, *, path: str = "<bytes>") -> RawDocument:
    """Read a document of any format, told by its content.

    Args:
        data: The file.
        path: Its name, for messages and for ``Source.path``; nothing is read from it.

    Raises:
        ReadError: The bytes are empty, of an unknown format, damaged beyond reading or encrypted.

    >>> read("<p>一、总体情况".encode()).blocks[0].text
    '一、总体情况'
    """
    if not data[:_HEAD].strip(_BLANK) and not data.strip(_BLANK):
        raise ReadError("the file is empty", code="READ-EMPTY", where=path)
    kind = sniff(data)
    if kind not in _READERS:
        raise ReadError("neither a document format we know nor text", code="READ-FORMAT", where=path)
    module, name = _READERS[kind]
    try:
        reader = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise ReadError(f"no reader for {kind.value}", code="READ-FORMAT", where=path) from error
    document: RawDocument = reader(data, path=path)
    return document
