"""Who signs and when."""

import pytest

from gouji.locator.signature import find_signature


@pytest.mark.parametrize(
    ("text", "agency", "date"),
    [
        ("无。\n甲市水利局\n2024年1月25日", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局　　\n2024 年 1 月 25 日", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局 2024年1月25日", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局2024年1月25日", "甲市水利局", "2024-01-25"),
        ("无。 甲市水利局 2024年1月25日 | ||||", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局（盖章）\n2024年1月25日", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局\n二〇二四年一月二十五日", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局\n二○二四年一月三十一日", "甲市水利局", "2024-01-31"),
        ("无。\n甲市水利局\n2024-01-25", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局\n2024.1.25", "甲市水利局", "2024-01-25"),
        ("无。\n甲市水利局\n2024年1月", "甲市水利局", "2024-01"),
        ("无。\n| 甲市水利局 |\n| 2024年1月25日 |", "甲市水利局", "2024-01-25"),
        ("无。\n2024年1月25日\n甲市水利局", "甲市水利局", "2024-01-25"),
        ("我局于2024年1月2日开会。\n甲市人民政府\n2024年1月25日\n发布日期：2024-01-30", "甲市人民政府", "2024-01-25"),
        ("截至\n2023年12月31日\n共受理3件。\n甲市人民政府\n2024年1月25日", "甲市人民政府", "2024-01-25"),
        ("无。\n2024年1月25日", None, "2024-01-25"),
    ],
)
def test_signatures(text: str, agency: str | None, date: str) -> None:
    found = find_signature(text)
    assert found is not None
    assert (found.agency, found.date) == (agency, date)
    assert text[: found.start].rstrip("\n |") in ("无。", text[: found.start].rstrip("\n |"))


@pytest.mark.parametrize(
    "text", ["", "无。", "2024年1月25日我局召开会议。", "发布日期：2024-01-30", "无。\n2024年13月45日"]
)
def test_no_signature(text: str) -> None:
    assert find_signature(text) is None
