"""Articles stored as strings: the answers of interfaces, the state of pages that a script fills."""

import json
from collections.abc import Callable

import pytest

from gouji.errors import ReadError
from gouji.pipeline import parse_bytes
from gouji.readers import read
from gouji.renderers.html import render_html
from tests.generate import Wish, invent
from tests.judge import judge

TRUTH = invent(4, wish=Wish(edition="2021"))
PAGE = render_html(TRUTH)
ARTICLE = PAGE[PAGE.index("<h1>") : PAGE.index("</div></body>")]
AROUND = {"title": TRUTH.title, "content": ARTICLE, "publishDate": "2024-01-20"}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps({"code": 200, "data": AROUND}, ensure_ascii=False),
        json.dumps([AROUND], indent=2),
        "callback(" + json.dumps({"data": AROUND}) + ");",
        json.dumps({"data": {"content": escaped(ARTICLE)}}),
        json.dumps({"html": ARTICLE, "more": [ARTICLE, "<p>另一篇</p>"]}),
    ],
)
def test_the_article_of_an_answer_is_read(answer: str) -> None:
    report = parse_bytes(answer.encode(), check=False)
    assert judge(TRUTH, report).exact
    assert report.source.media_type == "application/json"
    assert report.meta.title == TRUTH.title


def test_an_answer_with_several_reports_is_none() -> None:
    other = render_html(invent(5, wish=Wish(edition="2021")))
    with pytest.raises(ReadError) as error:
        read(json.dumps([{"content": ARTICLE}, {"content": other}]).encode())
    assert error.value.code == "READ-SEVERAL"


@pytest.mark.parametrize("text", ["[1] 一、总体情况", '{"a": "一、总体情况"}', '{"a": 1}\n{"a": 2}', "(略)"])
def test_what_is_no_answer_with_an_article_is_text(text: str) -> None:
    assert read(text.encode()).source.media_type == "text/plain"


def script(text: str) -> str:
    return f"<script>{text}</script>"


@pytest.mark.parametrize(
    "store",
    [
        lambda: script(json.dumps({"page": AROUND})).replace("<script>", '<script type="application/json">'),
        lambda: script("window.__STATE__=" + json.dumps({"page": AROUND}).replace("<", "\\u003c") + ";f()"),
        lambda: script("var a = '" + ARTICLE.replace("\n", "\\n").replace("</", "<\\/") + "', b = \"it's\";"),
        lambda: script(f"el.innerHTML = `{ARTICLE}`;"),
        lambda: f"<template>{ARTICLE}</template>",
        lambda: f"<noscript>{ARTICLE}</noscript>",
        lambda: f'<iframe srcdoc="{escaped(PAGE)}"></iframe>',
    ],
)
@pytest.mark.parametrize("menu", ["", "<ul>" + "<li>政府信息公开指南</li>" * 200 + "</ul>"])
def test_the_article_that_a_page_stores_is_read(store: Callable[[], str], menu: str) -> None:
    page = f"<html><body>{menu}<div id='app'></div>{store()}</body></html>"
    report = parse_bytes(page.encode(), check=False)
    assert judge(TRUTH, report).exact
    assert [note.code for note in report.notes] == ["HTML-HIDDEN"]


def test_what_a_page_stores_beside_the_report_it_shows_is_not_read() -> None:
    other = render_html(invent(5, wish=Wish(edition="2021")))
    page = PAGE.replace("</body>", script("var next = " + json.dumps(other).replace("<", "\\u003c")) + "</body>")
    report = parse_bytes(page.encode(), check=False)
    assert judge(TRUTH, report).exact
    assert not report.notes


def test_what_an_article_hides_that_a_page_stores_stays_hidden() -> None:
    row = "<tr><td>规章</td><td><span style='display:none'>3</span>5</td><td>自然人</td></tr>"
    article = f"<p>总体情况：自然人提出申请，结转0件，行政复议0件，主动公开信息。</p><table>{row * 12}</table>"
    page = f"<html><body><textarea>{escaped(article)}</textarea></body></html>"
    assert read(page.encode()).grids[0].cells[1].text == "5"
