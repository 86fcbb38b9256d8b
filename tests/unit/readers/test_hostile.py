"""Input made to hurt: bounded time, bounded memory, no network, no files, no crash."""

import random
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gouji.errors import ReadError
from gouji.pipeline import parse_bytes
from gouji.readers import read
from gouji.readers.html import MAX_BYTES

FEES = (
    "<table><tr><td colspan=2>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额（单位：万元）</td></tr>"
    "<tr><td>行政事业性收费</td><td>19.8</td></tr></table>"
)
AMOUNT = "disclosure.fees.amount"
LONGEST = 2.0
"""Seconds of processor time a test may take, the making of its page included."""


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    parse_bytes(FEES.encode())  # what is loaded when first needed is loaded now

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("content made us look elsewhere")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Two seconds of processor time, and half a gigabyte more memory, at most."""
    begun = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.process_time() - begun < LONGEST
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


@pytest.mark.parametrize("tag", ["div", "span", "p", "table", "b", "ul><li", "blockquote", "td", "font"])
def test_a_hundred_thousand_nested_elements(tag: str) -> None:
    page = f"<{tag}>" * 100_000 + FEES
    read(page.encode(), path="a")


def test_a_million_nested_divs() -> None:
    document = read(b"<div>" * 1_000_000 + b"a", path="a")
    assert len(document.blocks) <= 1


def test_what_nests_too_deeply_is_still_read() -> None:
    for tags in ("<font color=red><b>", "<div class=a>", "<p><span>"):
        report = parse_bytes((tags * 5000 + FEES).encode(), check=False)
        assert str(report.cells[AMOUNT].value) == "19.8"
        assert "HTML-TOO-DEEP" in [note.code for note in report.notes]


def test_nested_layout_tables() -> None:
    page = "<table><tr><td>x</td><td>" * 500 + FEES
    assert AMOUNT in parse_bytes(page.encode(), check=False).cells


def test_a_page_of_a_hundred_megabytes_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"<p>" + b"x" * (100 << 20), path="a")
    assert caught.value.code == "READ-TOO-LARGE"
    assert MAX_BYTES < 100 << 20


def test_a_page_of_ten_megabytes_of_links() -> None:
    page = FEES + "".join(f"<li><a href='/{n}.pdf'>附件：{n}</a>" for n in range(200_000))
    report = parse_bytes(page.encode(), check=False)
    assert "HTML-LONG" in [note.code for note in report.notes]
    assert len(read(page.encode(), path="a").links) <= 200


@pytest.mark.parametrize("span", ["1000000000", "-1", "0", "1e9", "99999999999999999999", "2.5", "x", "٣"])
def test_absurd_spans(span: str) -> None:
    page = FEES.replace("<td>19.8", f'<td colspan="{span}" rowspan="{span}">19.8')
    value = parse_bytes(page.encode(), check=False).cells[AMOUNT]
    assert value.value is None or str(value.value) == "19.8"


def test_a_table_of_a_million_cells() -> None:
    row = "<tr>" + "<td>1</td>" * 1000 + "</tr>"
    report = parse_bytes(("<table>" + row * 1000 + "</table>" + FEES).encode(), check=False)
    assert "HTML-LONG" in [note.code for note in report.notes]
    assert str(report.cells[AMOUNT].value) == "19.8"


@pytest.mark.parametrize("cell", ["<td>1</td>", '<div style="display:table-cell">1</div>'])
def test_a_table_of_many_cells_is_not_read(cell: str) -> None:
    around = "<table><tr>{}</tr></table>" if cell.startswith("<td") else '<div style="display:table">{}</div>'
    document = read((around.format(cell * 30_000) + FEES).encode(), path="a")
    assert [note.code for note in document.notes] == ["TABLE-TOO-LARGE"]
    assert len(document.grids) == 1


LONG = {
    "closed divs": "<div>a</div>" * 500_000,
    "one paragraph": "<p>" + "政府信息公开 " * 500_000 + "</p>",
    "paragraphs": "<p>信息<span>公开12</span>件</p>" * 150_000,
    "rows": "<table>" + "<tr><td>1" * 700_000 + "</table>",
    "styled rows": '<div style="display:table">'
    + '<div style="display:table-row"><div style="display:table-cell">1</div></div>' * 60_000
    + "</div>",
    "tables": "<table><tr><td>1</td><td>2</td></tr></table>" * 130_000,
    "script": "<script>" + "var a = '总体情况';" * 250_000 + "</script>",
    "comment": "<p>a</p><!--" + "-" * 5_000_000 + "-->",
    "picture": "<p><img src='data:image/png;base64," + "A" * 5_000_000 + "'></p>",
    "entities": "<p>" + "&nbsp;&lt;" * 500_000,
    "nested": "<div>" * 1_000_000,
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("before", [True, False])
def test_a_page_of_megabytes_is_read_where_the_report_is(name: str, *, before: bool) -> None:
    page = f"<html><body>{LONG[name]}{FEES}" if before else f"<html><body>{FEES}{LONG[name]}"
    report = parse_bytes(page.encode(), check=False)
    assert str(report.cells[AMOUNT].value) == "19.8"
    codes = {note.code for note in report.notes}
    assert ("HTML-LONG" in codes) is (name not in ("script", "comment", "picture"))


REVIEW = "<tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>总计</td></tr><tr><td>1</td><td>1</td><td>1</td><td>3</td></tr>"
MANY = {
    "headings in one line": "一、总体情况<br>" * 500_000,
    "headings a line": "一、总体情况<br>\n" * 300_000,
    "sections": "<html><p>一、总体情况<p>全年公开信息若干条。<p>二、主动公开政府信息情况" * 15_000,
    "titles": "<html>" + "<p>甲市水利局2023年政府信息公开工作年度报告</p>" * 30_000,
    "titles and tables": "<html>"
    + "<p>甲市水利局2023年政府信息公开工作年度报告</p><table><tr><td>1</td></tr></table>" * 12_000,
    "tables without rows": "<html>" + "<table></table>" * 100_000,
    "tables of labels": "<html>" + "<table><tr><td>行政处罚</td><td>2</td><td>3</td></tr></table>" * 8_000,
    "tables of results": "<html>" + f"<table>{REVIEW}</table>" * 4_000,
    "rows of results": f"<html><table>{REVIEW * 700}",
    "paragraphs in a cell": "<html><table><tr><td>" + "<p>1" * 200_000,
    "comments before all": "<!-- a -->\n" * 200_000 + "<html><p>a",
    "a comment without an end": "<!--" + "<p>\n" * 1_000_000,
    "a style without an end": "<style>" + ".a{color:red}\n" * 150_000,
    "links": "<html>" + "<a href='a.pdf'>a</a>" * 60_000,
    "frames": "<html>" + "<iframe src='a'></iframe>" * 60_000,
    "metas": "<html><head>" + "<meta name=a content=b>" * 60_000,
    "an attribute": "<html><p title='" + "x<td " * 1_000_000 + "'>a",
    "values without an end": "<html><table><tr>" + '<td a="' * 150_001,
    "ends of cells": "<html><table><tr><td>总计" + "</td>1" * 80_000,
    "scripts without an end": "<html><p>总计<table><tr><td>" + "<script " * 150_000,
    "years": "<html><p>" + "20" * 900_000,
    "dates": "<html><p>" + "2023年1月1日至" * 60_000,
}


@pytest.mark.parametrize("name", MANY)
def test_many_of_one_kind(name: str) -> None:
    with suppress(ReadError):
        assert not parse_bytes(MANY[name].encode()).values()


def test_a_long_page_without_a_word_of_the_form() -> None:
    data = ("<html><title>a</title><body>" + "<p>新闻12</p>" * 400_000).encode("gb18030")
    document = read(data, path="a")
    assert "HTML-LONG" in [note.code for note in document.notes]
    assert [field.value for field in document.meta] == ["a"]


def test_random_bytes_in_a_page() -> None:
    noise = random.Random(1).randbytes(3 << 20)
    for data in (noise, b"<html><table><tr><td>" + noise):
        try:
            parse_bytes(data)
        except ReadError:
            continue


def test_a_table_all_of_wide_spans() -> None:
    row = "<tr>" + '<td colspan="1000" rowspan="65534">1</td>' * 5 + "</tr>"
    read(("<table>" + row * 2000 + "</table>").encode(), path="a")


def test_entity_bombs_and_external_entities() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    )
    page = bomb + '<!ENTITY z SYSTEM "file:///etc/passwd">]><html><body><p>&j;&z;</p>' + FEES
    text = read(page.encode(), path="a").text()
    assert "root:" not in text
    assert len(text) < 10_000


def test_content_cannot_name_files() -> None:
    page = (
        '<html><head><base href="file:///etc/"><link rel="stylesheet" href="file:///etc/passwd">'
        '<script src="http://127.0.0.1:1/"></script></head><body><iframe src="file:///etc/passwd"></iframe>'
        '<object data="/etc/passwd"></object><img src="http://127.0.0.1:1/a.png"><p>a</p></body></html>'
    )
    document = read(page.encode(), path="a")
    assert "file:///etc/passwd" in document.links
    assert "root:" not in document.text()


def test_nul_bytes_and_control_characters() -> None:
    page = FEES.replace("19.8", "1\x009\x08.\x1f8").replace("<td>", "<td\x00>")
    report = parse_bytes(page.encode(), check=False)
    value = report.cells.get(AMOUNT)
    assert value is None or value.value is None or str(value.value) == "19.8"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_truncated_at_any_byte(encoding: str) -> None:
    data = ("<html><body>" + FEES + "<p>完</p></body></html>").encode(encoding)
    for end in range(0, len(data), 3):
        try:
            value = parse_bytes(data[:end], check=False).cells.get(AMOUNT)
        except ReadError:
            continue
        assert value is None or value.value is None or str(value.value) == "19.8"


def test_every_byte_value() -> None:
    for size in (1, 7, 300, 5000):
        data = bytes((number * 37 + number // 7) % 256 for number in range(size))
        for made in (data, b"<html>" + data, b"<table><tr><td>" + data):
            try:
                read(made, path="a")
            except ReadError:
                continue


def test_many_attributes_and_long_names() -> None:
    page = "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">a</p><" + "x" * 1_000_000 + ">" + FEES
    assert AMOUNT in parse_bytes(page.encode(), check=False).cells
