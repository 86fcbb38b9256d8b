"""Open what holds many documents: zip, tar, web archives. Told by content; a Word file is a zip, but no archive."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from gouji.batches.inputs import Item, fit_item, is_wanted, open_regular, read_item, show_path, unreadable
from gouji.batches.journal import ContainerRecord
from gouji.batches.settings import Settings

_MEGABYTE = 2**20
_DEPTH = 3
"""How deep archives within archives are opened."""

_HEAD = 560
_PARTS_OF_DOCUMENTS = {"[Content_Types].xml", "OFD.xml", "mimetype", "META-INF/container.xml"}
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    OSError,
    EOFError,
    zlib.error,
    ValueError,
    RuntimeError,  # an encrypted member
    NotImplementedError,  # an unknown compression
)

_NOT_OPENED = {"RAR": b"Rar!\x1a\x07", "7z": b"7z\xbc\xaf\x27\x1c", "Zstandard": b"\x28\xb5\x2f\xfd"}

Found = Item | ContainerRecord


def open_source(path: str, *, settings: Settings, base: str = "") -> Iterator[Found]:
    """The documents of one file, one at a time: itself, or what is in it; after an archive's members, what it was.

    Args:
        path: The file, under the name that it has in the data set.
        settings: What is too large, and which members are wanted.
        base: Where a relative path begins, when not in the current folder.
    """
    shown = show_path(path)
    try:
        with open_regular(path, base=base) as stream:
            kind = tell_archive(stream)
            if kind:
                yield from _expand(stream, kind=kind, path=shown, settings=settings, depth=1)
                return
            item = read_item(stream, path=shown, settings=settings)
    except (OSError, ValueError) as error:
        item = unreadable(shown, error)
    yield item


def tell_archive(stream: BinaryIO) -> str:
    """``"zip"``, ``"tar"``, ``"warc"``, one we do not open, or nothing for a document; the stream is put back."""
    head = stream.read(_HEAD)
    stream.seek(0)
    for kind, mark in _NOT_OPENED.items():
        if head.startswith(mark):
            return kind
    if head.startswith(b"PK\x03\x04"):
        found = "zip" if _is_zip_of_documents(stream) else ""
        stream.seek(0)
        return found
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")):
        head = _decompressed_head(stream, head)
    if head.startswith(b"WARC/"):
        return "warc"
    return "tar" if head[257:262] == b"ustar" else ""


def _decompressed_head(stream: BinaryIO, head: bytes) -> bytes:
    import bz2
    import lzma

    opener: Callable[[BinaryIO], BinaryIO] = {
        b"\x1f": lambda data: gzip.GzipFile(fileobj=data),
        b"B": bz2.BZ2File,
        b"\xfd": lzma.LZMAFile,
    }[head[:1]]  # type: ignore[assignment] # each is a binary file
    try:
        return opener(stream).read(_HEAD)
    except (*_BROKEN, lzma.LZMAError):
        return b""
    finally:
        stream.seek(0)


def _is_zip_of_documents(stream: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = {info.filename for info in archive.infolist() if not info.is_dir()}
    except _BROKEN:
        return False
    return bool(names) and not names & _PARTS_OF_DOCUMENTS


def _expand(stream: BinaryIO, *, kind: str, path: str, settings: Settings, depth: int) -> Iterator[Found]:
    if kind in _NOT_OPENED:
        yield Item(path=path, code="BATCH-ARCHIVE", reason=f"is a {kind} archive, which is not opened: unpack it first")
        return
    if kind == "warc":
        from gouji.batches.warc import read_warc

        yield from read_warc(stream, path=path, settings=settings)
        return
    members = taken = 0
    names: dict[str, int] = {}
    try:
        for name, data, reason in _zip_members(stream, settings) if kind == "zip" else _tar_members(stream, settings):
            members += 1
            if not _is_visible(name) or not is_wanted(name, settings=settings):
                continue
            names[name] = names.get(name, 0) + 1
            mark = f"#{names[name]}" if names[name] > 1 else ""  # archives may hold a name twice
            inner = f"{path}!{name}{mark}"
            taken += 1
            if reason:
                yield Item(path=inner, code="BATCH-ARCHIVE", reason=reason)
                continue
            yield from _open_member(Item(path=inner, data=data), settings=settings, depth=depth)
    except _BROKEN as error:
        yield Item(path=path, code="BATCH-ARCHIVE", reason=f"the archive is damaged after {members} members: {error}")
    yield ContainerRecord(path=path, kind=kind, members=members, taken=taken, passed_over=0)


def _open_member(item: Item, *, settings: Settings, depth: int) -> Iterator[Found]:
    stream = io.BytesIO(item.data)
    kind = tell_archive(stream) if depth < _DEPTH else ""
    if kind:
        yield from _expand(stream, kind=kind, path=item.path, settings=settings, depth=depth + 1)
    else:
        yield fit_item(item, settings=settings)


def _zip_members(stream: BinaryIO, settings: Settings) -> Iterator[tuple[str, bytes, str]]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            name = zip_name(info)
            if info.flag_bits & 1:
                yield name, b"", "is encrypted"
                continue
            try:
                with archive.open(info) as member:
                    data = member.read(settings.max_size * _MEGABYTE + 1)
            except _BROKEN as error:
                yield name, b"", f"cannot be unpacked: {error}"
            else:
                yield name, data, ""


def zip_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: Chinese programs write GB18030 where the standard has an old American encoding."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _tar_members(stream: BinaryIO, settings: Settings) -> Iterator[tuple[str, bytes, str]]:
    with tarfile.open(fileobj=stream, mode="r|*") as archive:
        for info in archive:
            if not info.isfile():
                continue
            member = archive.extractfile(info)
            data = member.read(settings.max_size * _MEGABYTE + 1) if member else b""
            yield tar_name(info.name), data, ""


def tar_name(name: str) -> str:
    """The name of a member; bytes that are no UTF-8 are read as GB18030."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _is_visible(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return not any(part.startswith(".") and part not in (".", "..") for part in parts) and "__MACOSX" not in parts
