"""Whether the pages' content decodes to its end: PDFium reads the sound half of a damaged stream and says nothing."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zlib

_CONTENTS = re.compile(rb"/Contents\s*(?:(\d+) \d+ R|\[([^\]]*)\])")
_REFERENCE = re.compile(rb"(\d+) \d+ R")
_STREAM = re.compile(rb"\bstream\r?\n")
_LENGTH = re.compile(rb"/Length (\d+)\b(?! \d+ R)")
_MAX_DICTIONARY = 4096


def find_damaged_pages(data: bytes) -> tuple[int, ...]:
    """The pages (1-based) whose content does not decode to its end; ``(0,)`` when it cannot be told which.

    Only the compression in common use is tested; an encrypted file cannot be.
    """
    if b"/Encrypt" in data:
        return ()
    streams = _content_streams(data)
    if not streams:
        start = 0
        while (start := data.find(b"/ObjStm", start)) >= 0:
            place = data.rfind(b" obj", 0, start)
            streams |= _content_streams(_decoded(data, max(place, 0))[0])
            start += 1
    damaged = {number for number in streams if not _decoded(data, _place_of(data, number))[1]}
    return _pages_of(data, damaged) if damaged else ()


def _place_of(data: bytes, number: int) -> int:
    """Where the newest version of an object begins; the end of the data when it is nowhere."""
    mark = b"%d 0 obj" % number
    place = data.rfind(mark)
    while place > 0 and data[place - 1 : place].isdigit():
        place = data.rfind(mark, 0, place)
    return place if place >= 0 else len(data)


def _content_streams(data: bytes) -> set[int]:
    """Object numbers that pages name as their content."""
    numbers: set[int] = set()
    for match in _CONTENTS.finditer(data):
        if match[1]:
            numbers.add(int(match[1]))
        else:
            numbers.update(int(item[1]) for item in _REFERENCE.finditer(match[2]))
    return numbers


def _decoded(data: bytes, place: int) -> tuple[bytes, bool]:
    """What the stream of the object at ``place`` decodes to, and whether it does so to its end."""
    match = _STREAM.search(data, place, place + _MAX_DICTIONARY)
    if match is None:
        return b"", True
    dictionary = data[place : match.start()]
    if b"FlateDecode" not in dictionary or b"Crypt" in dictionary:
        return b"", True
    length = _LENGTH.search(dictionary)
    end = match.end() + int(length[1]) if length else data.find(b"endstream", match.end())
    body = data[match.end() : end if end > 0 else len(data)]
    if b"ASCII85Decode" in dictionary:
        try:
            body = base64.a85decode(body.strip().removesuffix(b"~>"))
        except (ValueError, binascii.Error):
            return b"", False
    decoder = zlib.decompressobj()
    try:
        plain = decoder.decompress(body)
    except zlib.error:
        return b"", False
    return plain, decoder.eof


def _pages_of(data: bytes, damaged: set[int]) -> tuple[int, ...]:
    """The pages that have these objects as content, as the other engine tells; it is asked for damaged files only."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            found = tuple(
                page.page_number
                for page in document.pages
                if any(getattr(item, "objid", None) in damaged for item in page.page_obj.contents)
            )
    except Exception:  # noqa: BLE001 - pdfminer raises whatever it stumbles over in a damaged file
        found = ()
    return found or (0,)
