"""Text that nobody sees, watermarks, struck-through text, layers and annotations: drawn small, read by the reader."""

import io
import re

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from gouji.model.report import State
from gouji.readers.pdf import read_pdf
from gouji.text.numbers import read_count
from tests.unit.readers.pdf.small_page import (
    HIGH,
    LEFT,
    LOW,
    VISIBLE,
    WIDE,
    Draw,
    cells,
    codes,
    page,
    place,
    text,
    with_state,
)


@pytest.mark.parametrize(
    "hidden",
    [
        with_state(text("7"), grey=1),
        with_state(text("7"), grey=0.99),
        with_state(text("7"), alpha=0),
        text("7", mode=3),
        text("7", mode=7),
        with_state(text("7", 2), grey=1),
        with_state(text("7", behind=38), grey=1),  # across the rule
        with_state(text("7", 2, 1), alpha=0.01),
    ],
)
def test_text_that_nobody_sees_is_left_out_and_noted(hidden: Draw) -> None:
    document = read_pdf(page(hidden), path="x.pdf")
    assert cells(document) == VISIBLE
    assert codes(document) == ["TEXT-UNSEEN"]
    assert document.notes[0].message.en.endswith(": 7")


def test_white_text_on_a_dark_ground_is_read() -> None:
    document = read_pdf(page(with_state(text("9", 2, behind=0), grey=1), dark=True), path="x.pdf")
    assert (cells(document), codes(document)) == (["11", "12", "13", "14", "9", ""], [])


def test_pale_figures_in_their_cells_are_read() -> None:
    document = read_pdf(page(with_state(text("0", 2, behind=0), grey=0.75)), path="x.pdf")
    assert (cells(document), codes(document)) == (["11", "12", "13", "14", "0", ""], [])


@pytest.mark.parametrize("words", ["2023", "1234567890"])
def test_a_pale_text_across_a_rule_or_a_figure_is_a_watermark(words: str) -> None:
    document = read_pdf(page(with_state(text(words, 0, 0, behind=5), grey=0.8)), path="x.pdf")
    assert (cells(document), codes(document)) == (VISIBLE, ["TEXT-WATERMARK"])


def test_a_watermark_printed_over_a_table_is_left_out_where_it_crosses_nothing_too() -> None:
    marks = [with_state(text("2023", row, 0, behind=5), grey=0.8) for row in range(3)]
    document = read_pdf(page(*marks), path="x.pdf")
    assert cells(document) == VISIBLE


def test_a_large_pale_text_in_a_blank_cell_is_a_watermark() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.setFont("Helvetica", 16)
        canvas.drawString(LEFT + 5, LOW - 2 * HIGH + 5, "2023")

    assert cells(read_pdf(page(draw), path="x.pdf")) == VISIBLE


@pytest.mark.parametrize("new", ["13", "88"])
def test_a_figure_painted_over_is_not_read(new: str) -> None:
    def over(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(LEFT + 2, LOW - HIGH + 2, WIDE - 4, HIGH - 4, stroke=0, fill=1)

    document = read_pdf(page(over, text(new, 1, behind=0)), path="x.pdf")
    assert (cells(document), codes(document)) == (["11", "12", new, "14", "", ""], ["TEXT-UNSEEN"])


def test_a_figure_printed_over_another_one_is_no_number() -> None:
    document = read_pdf(page(text("88", 1, behind=1)), path="x.pdf")
    assert read_count(cells(document)[2]).state is State.UNREADABLE


def test_the_text_of_a_scan_that_somebody_recognised_is_read() -> None:
    picture = ImageReader(Image.new("RGB", (9, 9), (250, 250, 250)))

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture, 0, 0, 400, 600)
        canvas.drawString(100, 500, "A scan has more text than a stamp.")

    assert cells(read_pdf(page(scan, text("8", 2, behind=0, mode=3)), path="x.pdf"))[4] == "8"


@pytest.mark.parametrize(("start", "end", "left"), [(0, 5, "1"), (0, 10, ""), (5, 10, "1")])
def test_what_a_line_runs_through_is_left_out_and_noted(start: float, end: float, left: str) -> None:
    def strike(canvas: Canvas) -> None:
        x, y = place(0, 0)
        canvas.line(x + start, y + 2.6, x + end, y + 2.6)
        canvas.line(*place(1, 0, behind=-2)[:1], y - HIGH - 1, x + 12, y - HIGH - 1)  # 13 is underlined

    document = read_pdf(page(strike), path="x.pdf")
    assert (cells(document), codes(document)) == ([left, *VISIBLE[1:]], ["TEXT-STRUCK"])


def test_a_line_through_a_figure_is_no_rule_where_it_ends_close_to_one() -> None:
    def strike(canvas: Canvas) -> None:
        canvas.drawString(LEFT + WIDE + 2, LOW - 2 * HIGH + 7, "98")
        canvas.line(LEFT + WIDE + 2, LOW - 2 * HIGH + 9.6, LEFT + WIDE + 12, LOW - 2 * HIGH + 9.6)

    document = read_pdf(page(strike, text("7", 2, 1, behind=0)), path="x.pdf")
    assert (cells(document), codes(document)) == (["11", "12", "13", "14", "", "7"], ["TEXT-STRUCK"])


@pytest.mark.parametrize("radius", [14, 25, 40])
def test_the_ring_of_a_seal_is_no_rule_and_strikes_nothing_out(radius: float) -> None:
    def ring(canvas: Canvas) -> None:
        for x, y in (place(0, 0), place(1, 1), place(2, 0)):
            canvas.circle(x + 5, y + radius + 2.6, radius, fill=0)
            canvas.circle(x + 5 + radius, y + 2.6, radius, fill=0)

    document = read_pdf(page(ring), path="x.pdf")
    assert (cells(document), codes(document)) == (VISIBLE, [])


def with_layer(data: bytes, *, state: str) -> bytes:
    """The same page with a layer named in its catalogue, which ``state`` says is ON or OFF."""
    layer = b"/OCProperties << /OCGs [99 0 R] /D << /%s [99 0 R] >> >>" % state.encode()
    data = re.sub(rb"(/Type /Catalog)", rb"\1 " + layer, data)
    data = re.sub(rb"(/Resources <<)", rb"\1 /Properties << /Old 99 0 R >>", data)
    at = data.rindex(b"xref", 0, data.rindex(b"startxref"))
    return data[:at] + b"99 0 obj << /Type /OCG /Name (old) >> endobj\ntrailer << /Root %s >>" % _root(data)


def _root(data: bytes) -> bytes:
    found = re.search(rb"/Root (\d+ \d+ R)", data)
    assert found
    return found[1]


@pytest.mark.parametrize(("state", "expected"), [("OFF", "11"), ("ON", "117")])
def test_a_layer_that_is_switched_off_is_not_read(state: str, expected: str) -> None:
    def layered(canvas: Canvas) -> None:
        canvas._code.append("/OC /Old BDC")  # type: ignore[attr-defined]
        canvas.drawString(*place(0, 0, behind=10.01), "7")
        canvas._code.append("EMC")  # type: ignore[attr-defined]

    document = read_pdf(with_layer(page(layered), state=state), path="x.pdf")
    assert cells(document) == [expected, *VISIBLE[1:]]


@pytest.mark.parametrize(("flags", "shown"), [("print", "5"), ("hidden", ""), ("noview print", "")])
def test_what_annotations_show_is_read(flags: str, shown: str) -> None:
    def field(canvas: Canvas) -> None:
        x, y = map(int, place(2, 0, behind=-15))
        canvas.acroForm.textfield(
            value="5", name="n", x=x, y=y - 5, width=40, height=16, fontSize=9, annotationFlags=flags
        )

    assert cells(read_pdf(page(field), path="x.pdf"))[4] == shown


@pytest.mark.parametrize("gap", [0, 0.6, 2])
def test_coloured_areas_are_cells(gap: float) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600), invariant=1)
    canvas.setFillGray(1)
    canvas.rect(0, 0, 400, 600, stroke=0, fill=1)
    for row in range(5):
        for column in range(3):
            canvas.setFillGray(0.9 - 0.05 * ((row + column) % 2))
            canvas.rect(50 + 60 * column, 400 - 20 * row, 60 - gap, 20 - gap, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(60 + 60 * column, 405 - 20 * row, f"{row}{column}")
    canvas.save()
    assert cells(read_pdf(buffer.getvalue(), path="x.pdf")) == [
        f"{row}{column}" for row in range(5) for column in range(3)
    ]
