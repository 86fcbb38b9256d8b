"""Runs of characters read from their two ends: only where nothing parts them."""

import io

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.readers.lattice.shapes import Glyph
from gouji.readers.pdf import read_pdf
from gouji.readers.pdf.engine import open_document
from gouji.readers.pdf.page import PageReader

WIDE = pdfmetrics.stringWidth("0", "Helvetica", 10)
SONG = "STSong-Light"


def draw(*texts: tuple[float, float, str], space: float = 0, font: str = "Helvetica") -> bytes:
    """Texts at x and y (from the bottom); with a table of two columns that meet at x = 200, from y = 300 to 400."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    canvas = Canvas(buffer)
    for edge in (100, 200, 300):
        canvas.line(edge, 300, edge, 400)
    for edge in (300, 350, 400):
        canvas.line(100, edge, 300, edge)
    canvas.setFont(font, 10)
    for x, y, text in texts:
        canvas.drawString(x, y, text, charSpace=space)
    canvas.save()
    return buffer.getvalue()


def glyphs_of(data: bytes) -> list[Glyph]:
    with open_document(data) as document:
        return sorted(PageReader(document).read(1).content.glyphs, key=lambda glyph: (glyph.y, glyph.x0))


def test_a_number_is_one_glyph_with_the_place_of_all_its_digits() -> None:
    (glyph,) = glyphs_of(draw((110, 320, "10186")))
    assert glyph.text == "10186"
    assert (glyph.x0, glyph.x1, 842 - glyph.y) == pytest.approx((110, 110 + 5 * WIDE, 320), abs=0.5)


def test_ideographs_and_the_stops_between_them_are_one_glyph() -> None:
    words = "规章、行政许可"
    assert [glyph.text for glyph in glyphs_of(draw((110, 320, words), font=SONG))] == [words]


def test_what_a_rule_crosses_is_taken_apart() -> None:
    assert [glyph.text for glyph in glyphs_of(draw((200 - 2 * WIDE, 320, "1234")))] == ["1", "2", "3", "4"]


def test_numbers_that_nearly_touch_over_a_rule_stay_two() -> None:
    data = draw((200 - 2 * WIDE - 0.4, 320, "12"), (200.4, 320, "34"), (110, 370, "7"), (210, 370, "8"))
    (grid,) = read_pdf(data, path="x.pdf").grids
    assert [cell.text for cell in grid.cells] == ["7", "8", "12", "34"]


def test_digits_set_wide_apart_are_no_run() -> None:
    assert [glyph.text for glyph in glyphs_of(draw((110, 320, "123"), space=0.2 * WIDE))] == ["1", "2", "3"]


def test_digits_on_two_baselines_are_no_run() -> None:
    texts = [glyph.text for glyph in glyphs_of(draw((110, 320, "12"), (110 + 2 * WIDE, 323, "3")))]
    assert "123" not in texts
    assert sorted("".join(texts)) == ["1", "2", "3"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_has_the_same_runs(degrees: int) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 600))
    canvas.translate(300, 300)
    canvas.rotate(degrees)
    for at in (-100, 0, 100):
        canvas.line(at, -100, at, 100)
        canvas.line(-100, at, 100, at)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(-80, 40, "10186")
    canvas.drawString(-2 * WIDE, -60, "1234")
    canvas.save()
    assert [glyph.text for glyph in glyphs_of(buffer.getvalue())] == ["10186", "1", "2", "3", "4"]


@pytest.mark.parametrize("first", [True, False])
def test_a_watermark_that_runs_aslant_is_no_text_of_the_table(first: bool) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)

    def mark() -> None:
        canvas.saveState()
        canvas.translate(105, 305)
        canvas.rotate(35)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "2024 88")
        canvas.restoreState()

    if first:
        mark()
    for edge in (100, 200, 300):
        canvas.line(edge, 300, edge, 400)
    for edge in (300, 350, 400):
        canvas.line(100, edge, 300, edge)
    canvas.setFont("Helvetica", 10)
    for number, (x, y) in enumerate([(x, y) for y in (370, 320) for x in (110, 210)], 31):
        canvas.drawString(x, y, f"{number} items of the table")
    if not first:
        mark()
    canvas.save()
    (grid,) = read_pdf(buffer.getvalue(), path="x.pdf").grids
    assert [cell.text[:2] for cell in grid.cells] == ["31", "32", "33", "34"]
    assert "88" not in "".join(cell.text for cell in grid.cells)


@pytest.mark.parametrize("numbers", [("90件", "152,859件"), ("增加3", "1.66万元"), ("7件",)])
def test_numbers_with_units_have_their_own_places_on_a_page_without_rules(numbers: tuple[str, ...]) -> None:
    """Read a line at a time, the places of its words are only guessed; the second number would stand before 200."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    canvas = Canvas(buffer)
    canvas.setFont(SONG, 10)
    canvas.drawString(100, 400, "行政规范性文件")
    for x, number in zip((250, 450), numbers, strict=False):
        canvas.drawString(x, 400, number)
    canvas.save()
    starts = {round(glyph.x0) for glyph in glyphs_of(buffer.getvalue())}
    assert starts >= {100, *(250, 450)[: len(numbers)]}


def test_a_page_of_prose_is_read_a_line_at_a_time_whatever_its_number() -> None:
    """That is quicker, and nobody asks where its words stand."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    canvas = Canvas(buffer)
    canvas.setFont(SONG, 10)
    for y, line in ((400, "2023年，本机关公开政府信息 3 条。"), (380, "一、总体情况"), (50, "- 3 -")):
        canvas.drawString(100, y, line)
    canvas.save()
    assert len(glyphs_of(buffer.getvalue())) == 3
