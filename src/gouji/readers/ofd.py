"""Read OFD, the national layout format (GB/T 33190): a zip of XML pages, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from gouji.errors import ReadError
from gouji.model.finding import Message, Note
from gouji.model.raw import MetaField, RawDocument
from gouji.model.source import Source, Where
from gouji.readers.lattice import PageContent, assemble
from gouji.readers.lattice.shapes import Box
from gouji.readers.leftout import left_out_note
from gouji.readers.ofd_page import PageReader, Reading, local, numbers
from gouji.readers.parts import Package, resolve

if TYPE_CHECKING:
    from lxml import etree

MEDIA_TYPE = "application/ofd"
A4: Box = (0.0, 0.0, 210.0, 297.0)
_META = ("Title", "Author", "Subject", "Creator", "CreationDate", "ModDate")
_MAX_PAGES = 2000
_JUNK_SHARE = 0.3
_UNSEEN_ZH, _UNSEEN_EN = "看不见的文字（透明或白色）", "text that nobody sees (transparent or white)"


def read_ofd(data: bytes, *, path: str) -> RawDocument:
    """Read an OFD: tables with page and box of every cell, and the paragraphs around them.

    Args:
        data: The bytes of the file.
        path: For messages and the source.

    Raises:
        ReadError: Encrypted, damaged, or without any page.
    """
    package = Package(data, path=path)
    root = package.xml("OFD.xml")
    if root is None:
        code = "READ-ENCRYPTED" if "Encryptions.xml" in package else "READ-DAMAGED"
        raise ReadError("the container has no OFD document in it", code=code, where=path)
    if "Encryptions.xml" in package:
        raise ReadError("the OFD is encrypted", code="READ-ENCRYPTED", where=path)
    pages: list[PageContent] = []
    notes: list[Note] = []
    for name in _documents(package, root):
        document = _Document(package, name)
        for content, unseen in document.pages(first=len(pages) + 1):
            pages.append(content)
            if unseen:
                notes.append(left_out_note("TEXT-UNSEEN", unseen, page=content.number, zh=_UNSEEN_ZH, en=_UNSEEN_EN))
    if not pages:
        raise ReadError("the OFD has no page", code="READ-DAMAGED", where=path)
    notes += [_junk_note(page.number) for page in pages if _is_junk(page)]
    return RawDocument(
        source=Source(path=path, sha256=sha256(data).hexdigest(), media_type=MEDIA_TYPE),
        blocks=assemble(pages, notes=notes),
        meta=_read_meta(root),
        notes=tuple(notes),
    )


def _documents(package: Package, root: etree._Element) -> Iterator[str]:
    """The parts that hold the documents; of several versions the current one."""
    for body in _children(root, "DocBody"):
        name = _text(body, "DocRoot")
        for version in body.iter("{*}Version"):
            if version.get("Current") == "true":
                place = resolve("OFD.xml", version.get("BaseLoc") or "")
                current = package.xml(place)
                chosen = None if current is None else _text(current, "DocRoot")
                name = resolve(place, chosen) if chosen else name
        if name:
            yield resolve("OFD.xml", name)


def _children(element: etree._Element, *names: str) -> list[etree._Element]:
    return [child for child in element if local(child) in names]


def _text(element: etree._Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if local(child) == name), "")


class _Document:
    """One document of the package: its pages, templates and composite units."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        root = package.xml(name)
        if root is None:
            raise ReadError(f"{name} is missing from the OFD", code="READ-DAMAGED", where=package.path)
        self._root = root
        self._common = next(iter(_children(root, "CommonData")), None)
        self._templates: dict[str, str] = {}
        self._composites: dict[str, etree._Element] = {}
        for child in () if self._common is None else self._common:
            if local(child) == "TemplatePage":
                self._templates[child.get("ID") or ""] = child.get("BaseLoc") or ""
            elif local(child) in ("PublicRes", "DocumentRes"):
                self._read_resources(self._find(child.text or "", self._name))
        self._box = self._area(self._common) or A4

    def pages(self, *, first: int) -> Iterator[Reading]:
        """Every page, numbered from ``first``."""
        reader = PageReader(self._composites)
        places = [page.get("BaseLoc") or "" for group in _children(self._root, "Pages") for page in group]
        for number, place in enumerate(places[:_MAX_PAGES], first):
            name = self._find(place, self._name)
            root = self._package.xml(name)
            if root is None:
                raise ReadError(f"page {number} is missing from the OFD", code="READ-DAMAGED", where=self._package.path)
            for resources in _children(root, "PageRes"):
                self._read_resources(self._find(resources.text or "", name))
            parts = [*self._templates_of(root), *_children(root, "Content")]
            yield reader.read(parts, box=self._area(root) or self._box, number=number)

    def _templates_of(self, page: etree._Element) -> Iterator[etree._Element]:
        for use in _children(page, "Template"):
            place = self._templates.get(use.get("TemplateID") or "")
            root = self._package.xml(self._find(place, self._name)) if place else None
            if root is not None:
                yield from _children(root, "Content")

    def _area(self, element: etree._Element | None) -> Box | None:
        if element is None:
            return None
        for area in _children(element, "PageArea", "Area"):
            box = numbers(_text(area, "PhysicalBox"))
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return box[0], box[1], box[2], box[3]
        return None

    def _find(self, place: str, base: str) -> str:
        """A part by its location: relative to the part that names it, or, as some write it, to the root."""
        name = resolve(base, place.strip())
        return name if name in self._package else resolve("", place.strip())

    def _read_resources(self, name: str) -> None:
        root = self._package.xml(name)
        if root is None:
            return
        for unit in root.iter("{*}CompositeGraphicUnit"):
            self._composites[unit.get("ID") or ""] = unit


def _read_meta(root: etree._Element) -> tuple[MetaField, ...]:
    fields = []
    for body in _children(root, "DocBody")[:1]:
        for info in _children(body, "DocInfo"):
            for name in _META:
                value = _text(info, name)
                if value:
                    fields.append(MetaField(name=name, value=value))
    return tuple(fields)


def _is_junk(page: PageContent) -> bool:
    """Whether the page's text is glyph numbers and not characters: private, control or unknown ones."""
    junk = sum(1 for glyph in page.glyphs if not glyph.text.isprintable() or glyph.text == "\ufffd")
    return junk > _JUNK_SHARE * max(len(page.glyphs), 1)


def _junk_note(number: int) -> Note:
    return Note(
        code="TEXT-UNMAPPED",
        where=Where(page=number),
        message=Message(
            zh="本页文字只有字形编号，无法还原为汉字", en="the text of this page is glyph numbers, not characters"
        ),
    )
