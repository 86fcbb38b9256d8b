"""Titles: what a page states of itself, without the name of the site."""

import pytest

from gouji.text.titles import find_title


@pytest.mark.parametrize("divider", ["-", " - ", "_", " | ", "——", "--", ">"])
def test_the_name_of_the_site_is_no_part_of_the_title(divider: str) -> None:
    stated = f"甲市水利局2023年政府信息公开工作年度报告{divider}甲市人民政府门户"
    title = find_title([], levels=[], stated=[stated])
    assert title is not None
    assert title.agency == "甲市水利局"


def test_a_title_full_of_dashes_takes_no_time() -> None:
    """Would not end within the age of the universe if the pattern tried every way to cut the dashes."""
    assert find_title([], levels=[], stated=["首页" + "-" * 5000 + "甲" * 60]) is None
