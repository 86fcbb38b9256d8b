"""Numbers of which the page shows less, more or something else than its text says: drawn small, read by the reader."""

import io
import re

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.readers.pdf import read_pdf
from tests.unit.readers.pdf.small_page import VISIBLE, Draw, cells, codes, page, place, text

Box = tuple[float, float, float, float]
"""Left, bottom, width, height, against where the text begins."""


def operators(canvas: Canvas, words: str) -> None:
    canvas._code.append(words)  # type: ignore[attr-defined]


def clipped(words: str, box: Box, *, row: int = 2, behind: float = 0, within: str = "") -> Draw:
    """Text of which only what is in a box is seen; ``within`` another clip."""

    def draw(canvas: Canvas) -> None:
        x, y = place(row, 0, behind=behind)
        operators(canvas, f"q {within} {x + box[0]} {y + box[1]} {box[2]} {box[3]} re W n")
        canvas.drawString(x, y, words)
        operators(canvas, "Q")

    return draw


AWAY: Box = (100, 100, 5, 5)
LAST = VISIBLE[:4]


@pytest.mark.parametrize(
    ("drawings", "expected"),
    [
        ([clipped("7", AWAY, row=0, behind=10.01)], VISIBLE),
        ([clipped("77", AWAY)], VISIBLE),
        ([clipped("13", AWAY), text("18", 2, behind=0)], [*LAST, "18", ""]),
        ([clipped("18", AWAY), text("18", 2, behind=0)], [*LAST, "18", ""]),
    ],
)
def test_what_a_clip_takes_off_is_not_read(drawings: list[Draw], expected: list[str]) -> None:
    document = read_pdf(page(*drawings), path="x.pdf")
    assert (cells(document), codes(document)) == (expected, ["TEXT-UNSEEN"])


@pytest.mark.parametrize(
    ("box", "expected"), [((-5, -5, 15, 20), "45?"), ((-5, -5, 17, 20), "45?"), ((-5, 3, 40, 20), "???")]
)
def test_a_number_that_a_clip_cuts_is_none(box: Box, expected: str) -> None:
    assert cells(read_pdf(page(clipped("456", box)), path="x.pdf")) == [*LAST, expected, ""]


def test_two_numbers_of_one_text_of_which_one_is_clipped() -> None:
    document = read_pdf(page(clipped("45     67", (-5, -5, 17, 20))), path="x.pdf")
    assert (cells(document), codes(document)) == ([*LAST, "45", ""], ["TEXT-UNSEEN"])


@pytest.mark.parametrize("within", ["", "0 0 400 600 re W n"])
def test_a_clip_with_room_for_its_text_changes_nothing(within: str) -> None:
    document = read_pdf(page(clipped("456", (-5, -5, 40, 20), within=within)), path="x.pdf")
    assert (cells(document), codes(document)) == ([*LAST, "456", ""], [])


def test_a_clip_that_is_no_rectangle_is_looked_at() -> None:
    def draw(canvas: Canvas) -> None:
        x, y = place(2, 0)
        operators(canvas, f"q {x} {y - 9} m {x + 60} {y - 9} l {x} {y - 60} l h W n")
        canvas.drawString(x, y, "7")
        operators(canvas, "Q")

    assert cells(read_pdf(page(draw), path="x.pdf")) == VISIBLE


def test_a_form_may_be_clipped_as_a_whole() -> None:
    def draw(canvas: Canvas) -> None:
        x, y = place(2, 0)
        canvas.beginForm("part")
        canvas.setFont("Helvetica", 9)
        canvas.drawString(0, 0, "7")
        canvas.endForm()
        operators(canvas, f"q {x} {y + 50} 10 10 re W n 1 0 0 1 {x} {y} cm")
        canvas.doForm("part")
        operators(canvas, "Q")

    assert cells(read_pdf(page(draw), path="x.pdf")) == VISIBLE


@pytest.mark.parametrize(("drawn", "said"), [("8", "9"), ("88", "95"), ("88", " "), ("5", "50"), ("88", "88")])
def test_what_is_drawn_counts_and_not_what_it_is_said_to_be(drawn: str, said: str) -> None:
    def draw(canvas: Canvas) -> None:
        operators(canvas, f"/Span <</ActualText ({said})>> BDC")
        canvas.drawString(*place(2, 0), drawn)
        operators(canvas, "EMC")

    assert cells(read_pdf(page(draw), path="x.pdf")) == [*LAST, drawn, ""]


def cover(box: Box, *, image: int | None = None) -> Draw:
    """A white area, or a picture of one grey, over the first cell."""

    def draw(canvas: Canvas) -> None:
        x, y = place(0, 0)
        if image is None:
            canvas.setFillGray(1)
            canvas.rect(x + box[0], y + box[1], *box[2:], stroke=0, fill=1)
        else:
            canvas.drawImage(ImageReader(Image.new("L", (9, 9), image)), x + box[0], y + box[1], *box[2:])

    return draw


@pytest.mark.parametrize("image", [None, 255, 40])
@pytest.mark.parametrize(
    ("box", "expected"), [((5.2, -2, 8, 10), "1?"), ((-1, -2, 6, 10), "?1"), ((-1, -2, 16, 5), "??")]
)
def test_a_number_of_which_a_part_is_painted_over_is_none(box: Box, expected: str, image: int | None) -> None:
    (first, *_) = cells(read_pdf(page(cover(box, image=image)), path="x.pdf"))
    assert first == expected or (image == 40 and set(first) == {"?"})


def test_a_picture_over_a_number_may_be_one() -> None:
    document = read_pdf(page(cover((-15, -5, 40, 16), image=40)), path="x.pdf")
    assert (cells(document), codes(document)) == (["?", *VISIBLE[1:]], ["TEXT-UNSEEN"])


def stroke(*, row: int, length: float = 4, gap: float = 1, upright: bool = False, filled: bool = False) -> Draw:
    """A short line before where the text of a cell begins: level at half the height of digits, or upright."""

    def draw(canvas: Canvas) -> None:
        x, y = place(row, 0)
        canvas.setLineWidth(0.6)
        if upright:
            canvas.line(x - gap, y, x - gap, y + 6.5)
        elif filled:
            canvas.rect(x - gap - length, y + 2.3, length, 0.6, stroke=0, fill=1)
        else:
            canvas.line(x - gap - length, y + 2.3, x - gap, y + 2.3)

    return draw


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (stroke(row=0), "-11"),
        (stroke(row=0, filled=True), "-11"),
        (stroke(row=0, length=2.6), "-11"),
        (stroke(row=0, upright=True, gap=2), "11?"),
    ],
)
def test_a_line_before_a_number_is_its_sign_or_puts_it_in_doubt(drawing: Draw, expected: str) -> None:
    assert cells(read_pdf(page(drawing), path="x.pdf")) == [expected, *VISIBLE[1:]]


def outline(canvas: Canvas) -> None:
    """A seven, drawn as its outline."""
    x, y = place(2, 0)
    path = canvas.beginPath()
    path.moveTo(x, y + 6.5)
    for dx, dy in ((4, 6.5), (1.5, 0), (0.8, 0), (3, 5.7), (0, 5.7)):
        path.lineTo(x + dx, y + dy)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize("drawing", [stroke(row=2, upright=True), stroke(row=2), outline])
def test_what_is_drawn_in_a_cell_without_text_is_not_blank(drawing: Draw) -> None:
    assert cells(read_pdf(page(drawing), path="x.pdf")) == [*LAST, "?", ""]


def test_what_stands_off_the_page_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(-30, place(0, 0)[1], "99")
        canvas.drawString(300, 700, "12")

    document = read_pdf(page(draw), path="x.pdf")
    assert (cells(document), codes(document)) == (VISIBLE, ["TEXT-UNSEEN"])


def test_the_cells_that_the_edge_of_the_page_cuts_are_not_blank() -> None:
    data = page(text("15", 2, behind=0)).replace(b"/MediaBox [ 0 0 400 600 ]", b"/MediaBox [ 0 0 170 600 ]")
    assert cells(read_pdf(data, path="x.pdf")) == ["11", "?", "13", "?", "15", ""]


def test_a_row_whose_borders_are_drawn_off_both_pages_is_one_row() -> None:
    """So QtWebKit (wkhtmltopdf) cuts a row: each page has the whole of its borders, of which the other part is off it."""
    buffer = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(buffer, pagesize=(300, 100), invariant=1)
    for rows in (
        [(60, 95, "行政许可", "7"), (-40, 60, "行政", "")],
        [(70, 170, "处罚", "8"), (20, 70, "行政强制", "9")],
    ):
        canvas.setFont("STSong-Light", 9)
        for low, high, *words in rows:
            for x, word in zip((20, 120), words, strict=True):
                canvas.rect(x, low, 100, high - low)
                canvas.drawString(x + 5, max(low, 0) + 12, word)
        canvas.showPage()
    canvas.save()
    assert cells(read_pdf(buffer.getvalue(), path="x.pdf")) == ["行政许可", "7", "行政处罚", "8", "行政强制", "9"]


def field(canvas: Canvas) -> None:
    x, y = map(int, place(2, 0, behind=-15))
    canvas.acroForm.textfield(
        value="5", name="n", x=x, y=y - 5, width=40, height=16, fontSize=9, annotationFlags="print"
    )


def without_appearance(data: bytes, *, asks: bool) -> bytes:
    """The same page with a field that has no appearance; ``asks`` for the viewer to make one."""
    data = re.sub(rb"/AP <<(?:[^<>]|<<[^<>]*>>)*>>", b"", data)
    match = re.search(rb"/Fields \[ (\d+) 0 R \]", data)
    root = re.search(rb"/Root (\d+ \d+ R)", data)
    font = re.search(rb"/Helv (\d+ 0 R)", data)
    assert match
    assert root
    assert font
    data = re.sub(
        rb"/AcroForm \d+ 0 R", b"/AcroForm 98 0 R", data[: data.rindex(b"xref", 0, data.rindex(b"startxref"))]
    )
    form = b"98 0 obj << /NeedAppearances %s /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv %s >> >> /Fields [%s 0 R] >> endobj"
    return data + form % (b"true" if asks else b"false", font[1], match[1]) + b"\ntrailer << /Root %s >>" % root[1]


@pytest.mark.parametrize(("asks", "expected"), [(True, "5"), (False, "?")])
def test_a_field_without_appearance_is_read_if_viewers_are_asked_to_make_one(asks: bool, expected: str) -> None:
    document = read_pdf(without_appearance(page(field), asks=asks), path="x.pdf")
    assert cells(document)[4] == expected
