"""Read Word documents: .docx, .docm, .dotx, Flat OPC and Word 2003 XML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from gouji.errors import ReadError
from gouji.model.finding import Message, Note
from gouji.model.raw import MetaField, RawDocument
from gouji.model.source import Source
from gouji.readers.docx_blocks import Walker
from gouji.readers.docx_inserts import read_inserts
from gouji.readers.docx_looks import StyleLooks
from gouji.readers.docx_numbering import Numbering, W
from gouji.readers.docx_styles import Styles
from gouji.readers.docx_text import Story, unwrap
from gouji.readers.parts import Package, read_xml, resolve, same_namespaces

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_LOOKS = b"vanish", b"trike", b"vertAlign"
"""Of what a style of characters may say, that which decides what is read."""
_OFFICE = "/officeDocument"
_META = ("title", "subject", "creator", "created", "modified")


def read_docx(data: bytes, *, path: str) -> RawDocument:
    """Read a Word document into paragraphs and tables, as printed.

    Exact spans; rows in content controls and insertions; automatic numbers; text boxes once. Deleted, hidden and
    struck-through text is left out, the last with a note.

    Args:
        data: The bytes of the file.
        path: For messages and :class:`Source`.

    Raises:
        ReadError: Encrypted, damaged, no Word document, or unpacking beyond all measure.
    """
    parts = _open(data, path)
    main = parts.main
    body = main.find(f"{W}body")
    if body is None:
        raise ReadError("the Word document has no body", code="READ-DAMAGED", where=path)
    raw = parts.raw_main
    load_styles = cache(lambda: parts.xml_of("styles"))
    styles = Styles(load_styles() if b"pStyle" in raw else None)
    numbering = Numbering()
    if b"numPr" in raw or b"listPr" in raw or styles.numbers():
        numbering = Numbering(parts.xml_of("numbering"), styles=styles.numbers())
    looks = StyleLooks(load_styles, is_followed=b"rStyle" in raw and parts.names("styles", _LOOKS))
    walker = Walker(styles=styles, numbering=numbering, story=Story(styles=looks))
    walker.walk(unwrap(body))
    blocks, notes = read_inserts(walker, parts.read_related, path=path)
    return RawDocument(
        source=Source(path=path, sha256=sha256(data).hexdigest(), media_type=MEDIA_TYPE),
        blocks=blocks,
        meta=_read_meta(parts),
        notes=(*_read_notes(walker), *notes),
    )


class _Parts:
    """The parts of one document, whatever container holds them."""

    def __init__(self, *, raw_main: bytes, main: etree._Element, related: Mapping[str, str], path: str) -> None:
        self.raw_main = raw_main
        self.main = main
        self.related = related
        self.path = path

    def xml_of(self, kind: str) -> etree._Element | None:
        """The root of the related part of that kind (``styles``, ``numbering``, ``core-properties``)."""
        raise NotImplementedError

    def names(self, kind: str, words: tuple[bytes, ...]) -> bool:
        """Whether any of some words stands in the related part of that kind."""
        del kind
        return any(word in self.raw_main for word in words)

    def read_related(self, relationship: str) -> bytes | None:
        """The bytes of the part that a relationship's id means, ``None`` when it is not here."""
        del relationship
        return None


class _ZipParts(_Parts):
    def __init__(self, package: Package, *, path: str) -> None:
        self.package = package
        self.name = _main_name(package, path)
        raw = package.read(self.name)
        if raw is None:
            raise ReadError("the container has no Word document in it", code="READ-DAMAGED", where=path)
        raw = same_namespaces(raw)
        super().__init__(
            raw_main=raw,
            main=read_xml(raw, path=f"{path}!{self.name}"),
            related=_related(package, self.name),
            path=path,
        )

    def xml_of(self, kind: str) -> etree._Element | None:
        name = self.related.get(kind)
        data = None if name is None else self.package.read(name)
        if data is None:
            return None
        return read_xml(same_namespaces(data), path=f"{self.path}!{name}")

    def names(self, kind: str, words: tuple[bytes, ...]) -> bool:
        name = self.related.get(kind)
        data = (None if name is None else self.package.read(name)) or b""
        return any(word in data for word in words)

    def read_related(self, relationship: str) -> bytes | None:
        name = self.related.get(f"#{relationship}")
        return None if name is None else self.package.read(name)


class _FlatParts(_Parts):
    """Flat OPC, all parts in one XML; or Word 2003, where styles and lists stand beside the body."""

    def __init__(self, root: etree._Element, raw: bytes, *, path: str) -> None:
        self._parts: dict[str, etree._Element] = {}
        for part in root.iter(f"{_PKG}part"):
            content = part.find(f"{_PKG}xmlData")
            if content is not None and len(content):
                self._parts[str(content[0].tag)] = content[0]
        main = self._parts.get(f"{W}document", root)
        self._old = {str(child.tag): child for child in root.iterchildren("{*}*")}
        super().__init__(raw_main=raw, main=main, related={}, path=path)

    def xml_of(self, kind: str) -> etree._Element | None:
        found = self._parts.get(f"{W}{kind}")
        return self._old.get(f"{W}{_OLD_NAMES.get(kind, kind)}") if found is None else found


_OLD_NAMES = {"numbering": "lists"}


def _open(data: bytes, path: str) -> _Parts:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError("the Word document is encrypted: a password is needed", code="READ-ENCRYPTED", where=path)
        raise ReadError("an old binary file, not a .docx", code="READ-FORMAT", where=path)
    if data.startswith(b"PK"):
        return _ZipParts(Package(data, path=path), path=path)
    text = same_namespaces(data)
    root = read_xml(text, path=path)
    if root.tag not in (f"{_PKG}package", f"{W}wordDocument", f"{W}document"):
        raise ReadError("XML, but no Word document", code="READ-FORMAT", where=path)
    return _FlatParts(root, text, path=path)


def _main_name(package: Package, path: str) -> str:
    """The part that holds the document: by the relationship that says so, else by its usual name."""
    root = package.xml("_rels/.rels")
    for element in () if root is None else root.iter(_RELATIONSHIP):
        if (element.get("Type") or "").endswith(_OFFICE):
            return resolve("", element.get("Target") or "")
    if "word/document.xml" in package:
        return "word/document.xml"
    if any(name.startswith(("xl/", "ppt/")) for name in package.names):
        raise ReadError("an Excel or PowerPoint file, not a Word document", code="READ-FORMAT", where=path)
    raise ReadError("the container has no Word document in it", code="READ-DAMAGED", where=path)


def _related(package: Package, name: str) -> dict[str, str]:
    """Part names by the kind and by the id of their relationship to part ``name``."""
    folder, _, last = name.rpartition("/")
    found: dict[str, str] = {}
    for base, part in ((name, f"{folder}/_rels/{last}.rels"), ("", "_rels/.rels")):
        root = package.xml(part)
        for element in () if root is None else root.iter(_RELATIONSHIP):
            if element.get("TargetMode") == "External":
                continue
            target = resolve(base, element.get("Target") or "")
            found.setdefault((element.get("Type") or "").rpartition("/")[2], target)
            if base:
                found[f"#{element.get('Id')}"] = target
    return found


def _read_meta(parts: _Parts) -> tuple[MetaField, ...]:
    """Title, author and dates of the document's properties, named as there."""
    root = parts.xml_of("core-properties")
    fields = []
    for element in () if root is None else root.iterchildren("{*}*"):
        name = str(element.tag).rpartition("}")[2]
        if name in _META and element.text and element.text.strip():
            fields.append(MetaField(name=name, value=element.text.strip()))
    return tuple(fields)


def _read_notes(walker: Walker) -> tuple[Note, ...]:
    notes = []
    if walker.story.struck:
        texts = _some(walker.story.struck)
        message = Message(zh=f"删除线文字未读入：{texts}", en=f"struck-through text was left out: {texts}")
        notes.append(Note(code="WORD-STRUCK", message=message))
    if walker.story.unseen:
        texts = _some(walker.story.unseen)
        message = Message(
            zh=f"看不见的文字（白色，或小得无法辨认）未读入：{texts}",
            en=f"text that nobody sees (white, or too small) was left out: {texts}",
        )
        notes.append(Note(code="TEXT-UNSEEN", message=message))
    if walker.hidden:
        texts = _some(walker.hidden)
        message = Message(
            zh=f"被合并单元格遮住的文字未读入：{texts}", en=f"text hidden by merged cells was left out: {texts}"
        )
        notes.append(Note(code="WORD-HIDDEN-CELL", message=message))
    return tuple(notes)


def _some(texts: list[str]) -> str:
    return "; ".join(text.strip() for text in texts[:5])
