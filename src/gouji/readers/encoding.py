"""Decode text by evidence: what a page declares is only one witness, and often a false one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from gouji.readers.sniff import is_utf16

_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})"""
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB = {"gb2312", "gbk", "gb18030", "hz", "x-gbk", "cp936", "gb_2312-80", "chinese", "iso-ir-58", "csgb2312"}
_BIG5 = {"big5", "big5-hkscs", "big5hkscs", "cp950", "x-x-big5"}
_WORDS = (
    "政府",
    "信息",
    "公开",
    "年度",
    "报告",
    "情况",
    "行政",
    "申请",
    "總計",
    "總体",
    "其他",
    "資訊",
    "公開",
    "，",
    "。",
    "的",
    "、",
)
_SAMPLE = 4096
_PIECE = 32_768
_JUDGED = 1_000_000
"""Bytes by which the encoding of a very long text is decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text and how it was come by.

    Attributes:
        text: Without byte order mark.
        encoding: The one that was used, as Python names it.
        declared: The one the page names, lower case, ``None`` when it names none.
        damaged: How many characters could not be decoded (they stand as U+FFFD).
    """

    text: str
    encoding: str
    declared: str | None = None
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """Decode by evidence: the byte order mark, then strict UTF-8, then what the page declares, then GB18030.

    GB2312 and GBK are read as their superset GB18030. Bytes that are wrong in every encoding cost one U+FFFD each,
    in the encoding that fits best; a text cut in the middle of a character loses that character only.

    >>> decode("公开".encode("gb18030")).encoding, decode("公开".encode()).encoding, decode(b"abc").encoding
    ('gb18030', 'utf-8', 'utf-8')
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _finish(data[len(bom) :], encoding, declared=None)
    if is_utf16(data):
        little = data[1:2048:2].count(0) >= data[0:2048:2].count(0)
        return _finish(data, "utf-16-le" if little else "utf-16-be", declared=None)
    declared = find_declared(data)
    strict = _strict(data, "utf-8")
    return _best(data, declared) if strict is None else _finished(strict, "utf-8", declared=declared)


def is_plain(data: bytes) -> bool:
    """Whether bytes are sound UTF-8 without a mark, but for a character cut at the very end; no text is made of them.

    >>> is_plain("公开".encode()), is_plain("公开".encode("gb18030")), is_plain("公".encode("utf-8-sig"))
    (True, False, False)
    """
    if data.startswith(codecs.BOM_UTF8) or is_utf16(data) or b"\xef\xbf\xbd" in data:
        return False
    start = 0
    try:
        while (read := codecs.utf_8_decode(data[start : start + _PIECE], "strict", False)[1]) > 0:  # noqa: FBT003
            start += read
    except UnicodeDecodeError:
        return False
    return True


def find_declared(data: bytes) -> str | None:
    """The encoding that a page names in its first kilobytes.

    >>> find_declared(b'<meta charset="GB2312">')
    'gb2312'
    """
    match = _DECLARED.search(data[:_SAMPLE])
    if match is None:
        return None
    return (match[1] or match[2]).decode("ascii").lower()


def _strict(data: bytes, encoding: str) -> str | None:
    """The text, when everything decodes but for a character cut off at the very end."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except UnicodeDecodeError:
        return None


def _candidates(declared: str | None) -> list[str]:
    names = ["utf-8", "gb18030", "big5hkscs"]
    if declared in _BIG5:
        names = ["utf-8", "big5hkscs", "gb18030"]
    elif declared and declared not in _GB and declared not in {"utf-8", "utf8"}:
        try:
            info = codecs.lookup(declared)
        except LookupError:
            return names
        if getattr(info, "_is_text_encoding", True) and not info.name.startswith(
            ("utf", "iso8859", "cp125", "ascii", "latin", "idna", "puny", "raw", "unicode")
        ):
            names.append(info.name)
    return names


def _best(data: bytes, declared: str | None) -> Decoded:
    """The candidate with the fewest damaged characters; among equals the one with the most everyday words."""
    tried = []
    for order, encoding in enumerate(_candidates(declared)):
        decoded = _finish(data[:_JUDGED], encoding, declared=declared)
        sample = decoded.text
        words = sum(sample.count(word) for word in _WORDS)
        tried.append((decoded.damaged * 20 - words, order, decoded))
    best = min(tried, key=lambda item: item[:2])[2]
    return best if len(data) <= _JUDGED else _finish(data, best.encoding, declared=declared)


def _finish(data: bytes, encoding: str, *, declared: str | None) -> Decoded:
    return _finished(
        codecs.getincrementaldecoder(encoding)("replace").decode(data, final=False), encoding, declared=declared
    )


def _finished(text: str, encoding: str, *, declared: str | None) -> Decoded:
    damaged = text.count("\ufffd") if "\ufffd" in text else 0
    return Decoded(text=text.removeprefix("\ufeff"), encoding=encoding, declared=declared, damaged=damaged)
