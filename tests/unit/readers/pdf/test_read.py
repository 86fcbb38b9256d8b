"""Files that cannot be read, or not whole; threads and processes."""

import io
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.errors import MissingToolError, ReadError
from gouji.model.raw import Grid
from gouji.readers.pdf import read_pdf
from gouji.readers.pdf.integrity import _content_streams, inspect
from gouji.readers.pdf.picture import render_page
from tests.unit.readers.pdf.make_pdf import consistent_values, make_pdf, values_read

VALUES = consistent_values("2021", 3)
REPORT = make_pdf(VALUES)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "READ-EMPTY"),
        (b" \n", "READ-EMPTY"),
        (b"<html><body>404 Not Found</body></html>", "READ-FORMAT"),
        (REPORT[: len(REPORT) // 2], "READ-DAMAGED"),
        (b"%PDF-1.7\nnothing more", "READ-DAMAGED"),
        (make_pdf(VALUES, password="secret"), "READ-ENCRYPTED"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(data, path="x.pdf")
    assert caught.value.code == code
    assert "x.pdf" in str(caught.value)


def test_an_owner_password_does_not_keep_a_report_from_being_read() -> None:
    assert values_read(make_pdf(VALUES, owner="secret")) == VALUES


def test_junk_before_the_file_does_no_harm() -> None:
    assert values_read(b"\r\nHTTP/1.1 200 OK\r\n\r\n" + REPORT) == VALUES


def test_a_file_without_its_cross_references_is_read() -> None:
    start = REPORT.rindex(b"xref", 0, REPORT.rindex(b"startxref"))
    trailer = REPORT[REPORT.index(b"trailer", start) : REPORT.rindex(b"startxref")]
    assert values_read(REPORT[:start] + trailer) == VALUES


def damage_second_page(data: bytes) -> bytes:
    """Put wrong bytes into the middle of the second content stream."""
    starts = [place for place in range(len(data)) if data.startswith(b">>\nstream\n", place)]
    place = starts[1] + 800
    return data[:place] + b"!!!zzz#uuuu~~~" + data[place + 14 :]


def test_a_damaged_page_is_noted() -> None:
    damaged = damage_second_page(REPORT)
    assert inspect(REPORT).damaged_pages == ()
    assert inspect(damaged).damaged_pages == (2,)
    notes = read_pdf(damaged, path="x.pdf").notes
    assert [(note.code, note.where.page) for note in notes if note.code == "PAGE-DAMAGED"] == [("PAGE-DAMAGED", 2)]


def test_a_damaged_page_of_an_encrypted_file_is_noted() -> None:
    report = make_pdf(VALUES, owner="secret")
    assert [note.code for note in read_pdf(report, path="x.pdf").notes] == []
    notes = read_pdf(damage_second_page(report), path="x.pdf").notes
    assert [(note.code, note.where.page) for note in notes if note.code == "PAGE-DAMAGED"] == [("PAGE-DAMAGED", 2)]


def test_of_an_object_written_twice_the_newer_version_counts() -> None:
    """A file that was added to: the broken page stands in it still, and nothing names it any more."""
    start = int(REPORT[REPORT.rindex(b"startxref") + 9 :].split()[0])
    number = sorted(_content_streams(REPORT))[1]
    place = REPORT.index(b"\n%d 0 obj" % number) + 1
    body = REPORT[place : REPORT.index(b"endobj", place) + 7]
    broken = damage_second_page(REPORT)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, len(broken))
    size = REPORT[REPORT.rindex(b"/Size") :].split()[1]
    root = REPORT[REPORT.rindex(b"/Root") :].split()[1]
    trailer = b"<< /Size %s /Root %s 0 R /Prev %d >>\n" % (size, root, start)
    end = b"startxref\n%d\n%%%%EOF\n" % (len(broken) + len(body))
    mended = broken + body + table + trailer + end
    assert values_read(mended) == VALUES
    assert inspect(broken).damaged_pages == (2,)
    assert inspect(mended).damaged_pages == ()


def scanned(*, text: bool, invisible: bool = False) -> bytes:
    """A page that is one picture, before it a page of text if ``text``, an invisible text layer if ``invisible``."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    if text:
        canvas.drawString(72, 700, "A page with some text on it, enough of it to count as text.")
        canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), (200, 200, 200))), 0, 0, 595, 842)
    if invisible:
        layer = canvas.beginText(72, 700)
        layer.setTextRenderMode(3)
        layer.textLine("What somebody else's OCR thought it saw on this page of paper.")
        canvas.drawText(layer)
    canvas.save()
    return buffer.getvalue()


def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any, path: str) -> list[Any]:
        raise MissingToolError("a scan: install gouji[ocr] to read it", where=path)

    monkeypatch.setattr("gouji.readers.pdf.read.read_images", refuse)


def test_a_scan_without_ocr_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    with pytest.raises(MissingToolError, match=r"gouji\[ocr\]"):
        read_pdf(scanned(text=False), path="x.pdf")


@pytest.mark.parametrize(("invisible", "code"), [(False, "OCR-NEEDED"), (True, "TEXT-LAYER")])
def test_a_scanned_page_among_others_is_noted(invisible: bool, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    document = read_pdf(scanned(text=True, invisible=invisible), path="x.pdf")
    assert [(note.code, note.where.page) for note in document.notes] == [(code, 2)]
    assert "enough of it" in document.text()


def test_a_blank_page_is_no_scan() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, "Text")
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    assert read_pdf(buffer.getvalue(), path="x.pdf").notes == ()


def test_a_table_inside_a_form_object_is_found_at_its_place() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    canvas.beginForm("table")
    canvas.grid([0, 60, 120], [0, 20, 40])
    canvas.drawString(70, 26, "7")
    canvas.endForm()
    canvas.translate(100, 500)
    canvas.doForm("table")
    canvas.save()
    (grid,) = (block for block in read_pdf(buffer.getvalue(), path="x.pdf").blocks if isinstance(block, Grid))
    (cell,) = (cell for cell in grid.cells if cell.text)
    assert cell.where.bbox == (160, 260, 220, 280)


def test_the_picture_of_a_page_has_its_size_and_colours() -> None:
    wide, high, pixels = render_page(scanned(text=False), 1, scale=0.5)
    assert (wide, high) == (298, 421)
    assert pixels[:3] == bytes([200, 200, 200])
    with pytest.raises(ReadError, match="no page 9"):
        render_page(REPORT, 9, scale=1)


def test_threads_may_read_at_the_same_time() -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(values_read, [REPORT] * 12))
    assert all(result == VALUES for result in results)


def test_processes_may_read_at_the_same_time() -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        results = list(pool.map(values_read, [REPORT] * 4))
    assert all(result == VALUES for result in results)


@pytest.mark.parametrize(("words", "codes"), [("ÿóÿç", ["TEXT-GARBLED"]), ("cafe", []), ("é", [])])
def test_a_spoilt_character_map_is_noted(words: str, codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    without_ocr(monkeypatch)
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(buffer)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(
        72, 700, "本报告所列数据的统计期限自二〇二三年一月一日起，主动公开政府信息情况，收到和处理申请情况。"
    )
    canvas.drawString(
        72, 680, "坚持以公开为常态、不公开为例外，及时回应社会关切，切实保障公众的知情权、参与权和监督权。"
    )
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 660, words)
    canvas.save()
    document = read_pdf(buffer.getvalue(), path="x.pdf")
    assert [note.code for note in document.notes] == codes
    assert words in document.text()
