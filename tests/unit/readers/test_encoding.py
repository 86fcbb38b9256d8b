import pytest

from gouji.readers.encoding import decode, find_declared

TEXT = "<meta charset=gb2312>政府信息公开工作年度报告，总体情况。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_what_is_declared_is_only_a_witness(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_big5_is_read_when_it_fits_best() -> None:
    text = "<meta charset=big5>政府資訊公開年度報告，總體情況。其他"
    assert decode(text.encode("big5")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_cut_character_at_the_end_does_not_change_the_encoding(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding)[:-1])
    assert decoded.encoding == encoding
    assert decoded.text == TEXT[:-1]


def test_stray_bytes_cost_themselves_only() -> None:
    decoded = decode("政府信息公开".encode() * 5 + b"\xff" + "年度报告".encode())
    assert decoded.encoding == "utf-8"
    assert decoded.damaged == 1


def test_no_declaration() -> None:
    assert find_declared(b"<p>") is None
