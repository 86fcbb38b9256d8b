"""Web archives: take the records that can be a report, told by a cheap look at the bytes, and pass over the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from gouji.batches.inputs import Item, fit_item
from gouji.batches.journal import ContainerRecord
from gouji.batches.settings import Settings

_MEGABYTE = 2**20
_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")

_SUBJECT = ("信息公开", "信息公開")
_KIND = ("年度报告", "年度報告", "年报", "行政复议", "行政復議", "工作报告")


def _needles(words: tuple[str, ...]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for word in words:
        for encoding in _ENCODINGS:
            try:
                found.append(word.encode(encoding))
            except UnicodeEncodeError:
                continue
        found.append("".join(f"&#{ord(character)};" for character in word).encode())
        found.append("".join(f"&#x{ord(character):x};" for character in word).encode())
        found.append("".join(f"&#x{ord(character):X};" for character in word).encode())
        found.append("".join(f"\\u{ord(character):04x}" for character in word).encode())
    return tuple(dict.fromkeys(found))


_SUBJECT_BYTES = _needles(_SUBJECT)
_KIND_BYTES = _needles(_KIND)
_WORD_FILES = ("WordDocument".encode("utf-16-le"), b"word/document.xml", b"OFD.xml")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"\x00\x00\x01\x00", b"wOF", b"\x1f\x8b")


def may_be_report(data: bytes) -> bool:
    """Whether some bytes can be a report at all; never a wrong no for a page that has the words in plain text.

    A PDF is always taken: its text is compressed. A Word or OFD file is told by the names of its parts.

    >>> may_be_report("<title>政府信息公开工作年度报告</title>".encode("gb18030")), may_be_report(b"<p>weather")
    (True, False)
    """
    if b"%PDF-" in data[:1024]:
        return True
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return any(mark in data for mark in _WORD_FILES)
    if data.startswith(_IMAGES):
        return False
    return any(word in data for word in _SUBJECT_BYTES) and any(word in data for word in _KIND_BYTES)


def read_warc(stream: BinaryIO, *, path: str, settings: Settings) -> Iterator[Item | ContainerRecord]:
    """The records of a web archive that can be a report, and last what the archive was.

    A record is named by archive, address and number: ``crawl.warc.gz!http://…/index.html@102``.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        reason = "a web archive needs the extra `warc`: pip install 'gouji[warc]'"
        yield Item(path=path, code="READ-TOOL", reason=reason)
        return
    members = taken = 0
    try:
        for record in ArchiveIterator(stream):
            members += 1
            if not _is_document(record):
                continue
            item = _read_record(record, path=f"{path}!{_address(record)}@{members}", settings=settings)
            if item.code or may_be_report(item.data):
                taken += 1
                yield fit_item(item, settings=settings)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        yield Item(path=path, code="BATCH-ARCHIVE", reason=f"the archive is damaged after {members} records: {error}")
    yield ContainerRecord(path=path, kind="warc", members=members, taken=taken, passed_over=members - taken)


def _is_document(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    return record.http_headers is None or record.http_headers.get_statuscode() == "200"


def _address(record: Any) -> str:
    return str(record.rec_headers.get_header("WARC-Target-URI") or "")


def _read_record(record: Any, *, path: str, settings: Settings) -> Item:
    url, fetched = _address(record) or None, record.rec_headers.get_header("WARC-Date")
    try:
        data = record.content_stream().read(settings.max_size * _MEGABYTE + 1)
    except Exception as error:  # noqa: BLE001 - of any decompressor; this record's outcome, not the run's end
        reason = f"the record cannot be unpacked: {error}"
        return Item(path=path, code="BATCH-ARCHIVE", reason=reason, url=url, fetched=fetched)
    return Item(path=path, data=data, url=url, fetched=fetched)
