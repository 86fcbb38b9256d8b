"""Tell the format of some bytes by their content, never by the name of the file."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO

HEAD = 65_536
"""How many bytes are looked at."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_IMAGES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"BM": "image/bmp",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_MAGICS = tuple(_IMAGES)
_TAG = re.compile(
    rb"<(?:!doctype\s+html|/?(?:html|head|body|meta|table|tbody|tr|td|th|div|p|span|center|font|article|section|form|ul|"
    rb"iframe|script|title|h[1-6])[\s/>])",
    re.IGNORECASE,
)
_SPACE = re.compile(rb"\s*")
_XML = re.compile(rb"<\?xml[^>]*>\s*", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_MAIL_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_MAIL_NAMES = re.compile(
    rb"^(?:MIME-Version|Content-Type|Return-Path|Received|Snapshot-Content-Location):", re.IGNORECASE | re.MULTILINE
)
_WORD_XML = (b"mso-application progid=", b"<w:wordDocument", b"<pkg:package")
_ENOUGH_TAGS = 2
_JSON = re.compile(rb"\s*(?:[\w.$]{1,80}\s*\(\s*)?[{\[]\s*(?:\"[^\"]{1,80}\"\s*:|\{\s*\")")
"""An object, a list of them, or a call with one: the answer of an interface."""
_TEXT_TABLE = re.compile(rb"^[ \t]*(?:\|[ \t:|-]*---[ \t:|-]*|\{\|[^|\n]*|\|={3,}|\|-)[ \t]*$", re.MULTILINE)
"""A line that only a table of Markdown, MediaWiki or AsciiDoc has."""
_ITS_MARKS = (b"---", b"\n{|", b"\n|=")


class Format(StrEnum):
    """What a file is, as its media type."""

    HTML = "text/html"
    TEXT = "text/plain"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    OFD = "application/ofd"
    LEGACY = "application/msword"
    IMAGE = "image"
    MAIL = "message/rfc822"
    ZIP = "application/zip"
    GZIP = "application/gzip"
    JSON = "application/json"
    UNKNOWN = "application/octet-stream"


def sniff(data: bytes) -> Format:
    """The format of a file.

    >>> sniff(b"<!DOCTYPE html><p>").value, sniff(b"%PDF-1.7").value, sniff("一、总体情况".encode()).value
    ('text/html', 'application/pdf', 'text/plain')
    """
    head = data[:HEAD]
    binary = _sniff_binary(data, head)
    if binary is not None:
        return binary
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            head = head[len(bom) :].decode(encoding, "replace").encode("utf-8", "replace")
            return _sniff_text(head)
    if is_utf16(head):
        return _sniff_text(head.replace(b"\x00", b""))
    return _sniff_text(head)


def _sniff_binary(data: bytes, head: bytes) -> Format | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or head.lstrip()[:5] == b"{\\rtf":
        return Format.LEGACY
    if head.startswith(b"\x1f\x8b\x08"):
        return Format.GZIP
    if head.startswith(_MAGICS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    at = head.find(b"%PDF-", 0, 1024 + 5)
    if at >= 0 and not _TAG.search(head, 0, at):
        return Format.PDF
    return None


def _sniff_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()[:10_000]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Format.DOCX if b"word/" in data[:HEAD] else Format.ZIP
    if "word/document.xml" in names or any(name.startswith("word/") for name in names):
        return Format.DOCX
    if "ofd.xml" in names:
        return Format.OFD
    if {"mimetype", "content.xml"} <= names:
        return Format.LEGACY
    return Format.ZIP


def _sniff_text(head: bytes) -> Format:
    start = head[:4096]
    if any(mark in start for mark in _WORD_XML):
        return Format.LEGACY
    if _starts_html(head):
        return Format.HTML
    if _JSON.match(head):
        return Format.JSON
    if _MAIL_HEADER.match(head) and _MAIL_NAMES.search(head, 0, 4096):
        return Format.MAIL
    if any(mark in head for mark in _ITS_MARKS) and _TEXT_TABLE.search(head):
        return Format.TEXT
    if b"<" in head and (_TAG.match(head.lstrip()) or len(_TAG.findall(head)) >= _ENOUGH_TAGS):
        return Format.HTML
    return Format.UNKNOWN if _is_binary(head) else Format.TEXT


def _starts_html(head: bytes) -> bool:
    """Whether a page begins, after an XML declaration and comments if any."""
    at = _end_of(_SPACE, head, 0)
    at = _end_of(_XML, head, at)
    while head.startswith(b"<!--", at):
        end = head.find(b"-->", at + 4)
        if end < 0:
            return False
        at = _end_of(_SPACE, head, end + 3)
    return _HTML.match(head, at) is not None


def _end_of(pattern: re.Pattern[bytes], head: bytes, at: int) -> int:
    match = pattern.match(head, at)
    return match.end() if match else at


def is_utf16(head: bytes) -> bool:
    """Whether bytes without a mark look like UTF-16: every other byte of the markup is zero.

    >>> is_utf16("<html><body>".encode("utf-16-le")), is_utf16(b"<html>")
    (True, False)
    """
    part = head[:2048]
    if b"\x00" not in part:
        return False
    half = len(part) // 2
    return half > 4 and max(part[0::2].count(0), part[1::2].count(0)) * 10 > half * 3 and part.count(0) < half * 1.2


def _is_binary(head: bytes) -> bool:
    """Control characters that no text has, in number; stray ones do not count."""
    return (len(head) - len(head.translate(None, _CONTROL))) * 50 > len(head)


_CONTROL = bytes((*range(9), *range(14, 24), 127))
