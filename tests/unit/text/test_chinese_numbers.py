import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.text.chinese_numbers import read_chinese_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("〇", 0), ("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("一十二", 12), ("二十", 20), ("四十六", 46),
        ("一百", 100), ("一百零五", 105), ("一百一十", 110), ("一百二十三", 123), ("两千", 2000), ("两千零三十", 2030),
        ("一千零一十", 1010), ("九千九百九十九", 9999), ("一万", 10_000), ("十二万三千四百五十六", 123_456), ("三万零五", 30_005),
        ("一亿零三百万", 103_000_000), ("二〇", 20), ("二〇二三", 2023), ("廿五", 25), ("贰拾叁", 23), ("八百六十三", 863),
    ],
)  # fmt: skip
def test_reads(text: str, value: int) -> None:
    assert read_chinese_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "件", "三百五", "一千二", "三万五", "十百", "百百", "一二十", "万", "4十", "一万万"]
)
def test_refuses(text: str) -> None:
    assert read_chinese_number(text) is None


def spell(number: int) -> str:
    """Write 1..9999 with units, the standard way."""
    digits, out, gap = "零一二三四五六七八九", "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + unit
        gap = not digit
    return out


@given(st.integers(1, 9999))
def test_round_trip(number: int) -> None:
    assert read_chinese_number(spell(number)) == number
