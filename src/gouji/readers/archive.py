"""A zip, a gzip or a mail that holds one document: open it, within limits, and read that document."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote

from gouji.errors import ReadError
from gouji.model.raw import RawDocument
from gouji.readers import read
from gouji.readers.parts import read_xml
from gouji.readers.sniff import Format, sniff

MAX_UNPACKED = 64 * 1024 * 1024
"""No more bytes than this are unpacked from one archive."""
MAX_ENTRIES = 2000
MAX_DEPTH = 3
_ORDER = (Format.DOCX, Format.OFD, Format.PDF, Format.LEGACY, Format.HTML, Format.MAIL, Format.ZIP, Format.GZIP)
_REPORT = re.compile(r"年度报告|年报|信息公开|公开工作")
_EPUB = b"application/epub+zip"
_BODY = re.compile(rb"<body\b[^<>]*>(.*)</body\s*>", re.DOTALL | re.IGNORECASE)
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX|\.|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside another."""

    name: str
    data: bytes
    kind: Format


def read_zip(data: bytes, *, path: str) -> RawDocument:
    """Read the one document of a zip.

    Raises:
        ReadError: ``READ-ENCRYPTED``, ``READ-DAMAGED``, ``READ-TOO-LARGE``; ``READ-SEVERAL`` when nothing tells which
            of several documents is meant; ``READ-FORMAT`` when there is none.
    """
    entries = _unzip(data, path)
    book = _bind(entries)
    return read(book, path=path) if book else read_entry(entries, path=path)


def _bind(entries: Sequence[Entry]) -> bytes:
    """The chapters of an EPUB as one page, in the order in which its package names them; nothing of any other zip."""
    if not any(entry.name == "mimetype" and entry.data.startswith(_EPUB) for entry in entries):
        return b""
    package = next((entry for entry in entries if entry.name.endswith(".opf")), None)
    if package is None:
        return b""
    root = read_xml(package.data, path=package.name)
    hrefs = {item.get("id"): unquote(item.get("href", "")) for item in root.iter("{*}item")}
    files = {PurePosixPath(entry.name): entry.data for entry in entries}
    folder = PurePosixPath(package.name).parent
    chapters = [files.get(folder / hrefs.get(item.get("idref"), ""), b"") for item in root.iter("{*}itemref")]
    bodies = [match[1] for chapter in chapters if (match := _BODY.search(chapter)) is not None]
    return b'<html><head><meta charset="utf-8"></head><body>' + b"".join(bodies) + b"</body></html>"


def read_gzip(data: bytes, *, path: str) -> RawDocument:
    """Read the document in a gzip file.

    Raises:
        ReadError: As :func:`read_zip`.
    """
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as stream:
            unpacked = stream.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"the gzip file is damaged: {error}", code="READ-DAMAGED", where=path) from error
    if len(unpacked) > MAX_UNPACKED:
        raise _too_large(path)
    name = PurePosixPath(path.replace("\\", "/")).name.removesuffix(".gz")
    return read_entry([Entry(name, unpacked, sniff(unpacked))], path=path)


def read_entry(entries: Sequence[Entry], *, path: str) -> RawDocument:
    """Read the one entry that can be the report.

    Raises:
        ReadError: There is none, or nothing tells which of several it is.
    """
    entry = _choose(entries, path)
    inner = f"{path}!{entry.name}"
    if inner.count("!") > MAX_DEPTH:
        raise ReadError("archives inside archives, too deep", code="READ-TOO-LARGE", where=path)
    return read(entry.data, path=inner)


def _choose(entries: Sequence[Entry], path: str) -> Entry:
    for kinds in (_ORDER, (Format.TEXT, Format.JSON), (Format.IMAGE,)):
        found = [entry for entry in entries if entry.kind in kinds and entry.data.strip()]
        if found:
            break
    else:
        raise ReadError("there is no document in it", code="READ-FORMAT", where=path)
    if len(found) > 1:
        found = [entry for entry in found if _REPORT.search(entry.name)] or found
    if len({PurePosixPath(entry.name).stem for entry in found}) == 1 and found[0].kind in _ORDER:
        return min(found, key=lambda entry: _ORDER.index(entry.kind))
    if len(found) > 1:
        names = ", ".join(entry.name for entry in found[:5])
        raise ReadError(
            f"there are several documents in it ({names}); read each by itself", code="READ-SEVERAL", where=path
        )
    return found[0]


def _unzip(data: bytes, path: str) -> list[Entry]:
    entries: list[Entry] = []
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist()[:MAX_ENTRIES]:
                name = entry_name(info)
                if info.is_dir() or _JUNK.search(name):
                    continue
                if info.flag_bits & 1:
                    raise ReadError("the archive asks for a password", code="READ-ENCRYPTED", where=path)
                with archive.open(info) as stream:
                    unpacked = stream.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise _too_large(path)
                entries.append(Entry(name, unpacked, sniff(unpacked)))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError(f"the archive is damaged: {error}", code="READ-DAMAGED", where=path) from error
    return entries


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry; Chinese Windows writes GBK and does not say so.

    >>> info = zipfile.ZipInfo("年报.pdf".encode("gbk").decode("cp437"))
    >>> info.flag_bits = 0
    >>> entry_name(info)
    '年报.pdf'
    """
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return info.filename


def _too_large(path: str) -> ReadError:
    return ReadError(f"it unpacks to more than {MAX_UNPACKED >> 20} MB", code="READ-TOO-LARGE", where=path)
