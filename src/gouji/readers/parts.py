"""Open the parts of a zip container (Word, OFD) and their XML, within bounds: no bomb, no entity, no network."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from gouji.errors import ReadError

if TYPE_CHECKING:
    from lxml import etree

MAX_PART = 64 << 20
"""Bytes of one part, unpacked. The largest report seen has 0.3 MB."""
MAX_RATIO = 400
"""Unpacked to packed, for parts above :data:`_RATIO_FROM`; the XML of real reports packs 20 to 60 times."""
_RATIO_FROM = 8 << 20
_MAX_PARTS = 20_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Package:
    """The parts of a zip container by name; names are compared without case, as Windows programs write them.

    Args:
        data: The bytes of the file.
        path: For messages.

    Raises:
        ReadError: No zip, damaged, or with too many parts.
    """

    def __init__(self, data: bytes, *, path: str) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise ReadError(f"not a whole zip container: {error}", code="READ-DAMAGED", where=path) from error
        if len(entries) > _MAX_PARTS:
            raise ReadError(f"a container of {len(entries)} parts", code="READ-BOMB", where=path)
        self._entries: dict[str, zipfile.ZipInfo] = {_key(entry.filename): entry for entry in entries}

    @property
    def names(self) -> list[str]:
        """Names of all parts as written, with forward slashes."""
        return [entry.filename.replace("\\", "/") for entry in self._entries.values()]

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, ``None`` when there is no such part.

        Raises:
            ReadError: The part is encrypted, damaged, or larger than any report.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            return None
        if entry.flag_bits & 0x1:
            raise ReadError(f"{name} is encrypted", code="READ-ENCRYPTED", where=self.path)
        limit = MAX_PART
        if entry.file_size > limit or _is_bomb(entry.file_size, entry.compress_size):
            raise ReadError(f"{name} unpacks to {entry.file_size} bytes", code="READ-BOMB", where=self.path)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)
        except (*_BROKEN, RuntimeError) as error:
            raise ReadError(f"{name} is damaged: {error}", code="READ-DAMAGED", where=self.path) from error
        if len(data) > limit:
            raise ReadError(f"{name} unpacks to more than {limit} bytes", code="READ-BOMB", where=self.path)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root element of an XML part, ``None`` when there is no such part."""
        data = self.read(name)
        return None if data is None else read_xml(data, path=f"{self.path}!{name}")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _is_bomb(size: int, packed: int) -> bool:
    return size > _RATIO_FROM and size > MAX_RATIO * max(packed, 1)


def read_xml(data: bytes, *, path: str) -> etree._Element:
    """Parse XML without entities, DTDs or network.

    Raises:
        ReadError: Not well-formed, or with a document type (no report has one; bombs do).

    >>> read_xml(b"<a><b/></a>", path="x")[0].tag
    'b'
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"damaged XML: {error}", code="READ-DAMAGED", where=path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("XML with a document type is not read", code="READ-BOMB", where=path)
    return root


_OPEN_NAMESPACES: Mapping[bytes, bytes] = {
    # ISO 29500 Strict and Word 2003 write the same elements under other names.
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://schemas.microsoft.com/office/word/2003/wordml": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
_OTHER = re.compile(b"purl.oclc.org|word/2003/wordml")


def same_namespaces(data: bytes) -> bytes:
    """Rename the namespaces of Strict documents and of Word 2003 to those everybody writes."""
    if _OTHER.search(data, 0, 20_000):
        for old, new in _OPEN_NAMESPACES.items():
            data = data.replace(old, new)
    return data


def resolve(base: str, target: str) -> str:
    """The part that ``target`` means when written in part ``base``.

    >>> resolve("word/document.xml", "../media/a.png"), resolve("Doc_0/Document.xml", "/Doc_0/Pages/P.xml")
    ('media/a.png', 'Doc_0/Pages/P.xml')
    """
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = list(PurePosixPath(base).parent.parts)
    for part in target.replace("\\", "/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
