"""The HTML is what a browser would show: every value in its place."""

import pytest
from lxml import etree

from gouji.renderers.html import STYLES, HtmlStyle, render_html
from tests.generate import Wish, invent, with_value

REPORT = invent(11, wish=Wish(edition="2021", zeros="0", size="middle"))


@pytest.mark.parametrize("name", [name for name, style in STYLES.items() if style.look.money == "plain"])
def test_every_value_is_there_in_order(name: str) -> None:
    tree = etree.fromstring(render_html(REPORT, style=STYLES[name]), etree.HTMLParser())
    cells = tree.xpath(
        "//*[self::td or self::th or contains(@style, 'table-cell')][not(ancestor::div[@style='display:none'])]"
    )
    texts = ["".join("".join(cell.itertext()).split()).replace(",", "") for cell in cells]
    numbers = iter(texts)
    assert all(str(value) in numbers for value in REPORT.values().values())


def test_soup_cuts_numbers_over_spans() -> None:
    page = render_html(with_value(REPORT, "requests.received.total", 54321), style=STYLES["word_soup"])
    assert "mso-spacerun" in page
    assert "54321" not in page
    assert ">543<" in page


def test_prose_and_frame() -> None:
    page = render_html(REPORT)
    for section in REPORT.sections:
        assert section.heading in page
    assert REPORT.title
    assert page.count(REPORT.title) == 2
    assert "<h1>" in page


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (HtmlStyle(charset=None), "<head><title>"),
        (STYLES["layout_table"], "ArticleTitle"),
        (STYLES["nested_layout"], "<!--"),
        (STYLES["thousands"], "<th"),
        (STYLES["div_tables"], "display:table-cell"),
        (STYLES["traditional"], "規章"),
        (STYLES["broken_labels"], "<br>"),
    ],
)
def test_what_the_styles_are_for(style: HtmlStyle, expected: str) -> None:
    assert expected in render_html(REPORT, style=style)


def test_text_is_escaped() -> None:
    report = invent(1)
    title = '<b>&"'
    page = render_html(type(report)(source=report.source, status=report.status, meta=type(report.meta)(title=title)))
    assert "<h1>&lt;b&gt;&amp;" in page
