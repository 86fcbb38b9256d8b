import pytest

from gouji.readers.sniff import Format, is_utf16, sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><html></html>", Format.HTML),
        (b"\xef\xbb\xbf<html>", Format.HTML),
        ("<html><body><p>公开</p>".encode("utf-16"), Format.HTML),
        ("<html><body><p>公开</p>".encode("utf-16-le"), Format.HTML),
        (b"<div>a</div>", Format.HTML),
        (b"<!-- saved -->\n<HTML>", Format.HTML),
        (b"%PDF-1.4", Format.PDF),
        (b"junk\n%PDF-1.4", Format.PDF),
        (b"<p>see %PDF-1.4</p>", Format.HTML),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.LEGACY),
        (b"{\\rtf1 abc}", Format.LEGACY),
        (b"\xff\xd8\xff\xe0", Format.IMAGE),
        (b"\x1f\x8b\x08\x00", Format.GZIP),
        (b"PK\x03\x04 not a zip", Format.ZIP),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", Format.MAIL),
        ("一、总体情况\n| 规章 | 1<br>2 |".encode(), Format.TEXT),
        ("总体情况".encode("gb18030"), Format.TEXT),
        (bytes(range(256)) * 4, Format.UNKNOWN),
    ],
)
def test_formats_are_told_by_content(data: bytes, kind: Format) -> None:
    assert sniff(data) is kind


def test_zeros_alone_are_not_utf16() -> None:
    assert not is_utf16(b"\x00" * 100)


@pytest.mark.parametrize("table", ["| a | b |\n|---|---|\n| 1 | 2 |", "{|\n| a\n|-\n| 1\n|}", "|===\n|a |b\n|==="])
def test_tables_of_plain_markup_are_text_whatever_tag_stands_before_them(table: str) -> None:
    assert sniff(f'<div id="zoom">\n\n<span>x</span>\n\n{table}\n\n</div>\n'.encode()) is Format.TEXT
