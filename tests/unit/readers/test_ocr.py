"""Scanned pages: what is found in the picture, and what the recogniser makes of it."""

import importlib.util
import io
from pathlib import Path
from typing import Any

import pytest

from gouji.errors import MissingToolError, ReadError
from gouji.model.raw import Cell, Grid
from gouji.model.source import Where
from gouji.readers import ocr_engine
from gouji.readers.image import find_scale, read_image
from gouji.readers.lattice.rules import Net
from gouji.readers.lattice.shapes import PageContent, Rule
from gouji.readers.ocr import Scan, Score, note_of, read_page, tidy, with_confidence
from gouji.readers.ocr_engine import Text
from gouji.readers.pdf import engine

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from gouji.readers import ocr_image, ocr_lines, ocr_rules  # noqa: E402 - only where numpy and cv2 are

SCALE = 200 / 72
ROWS = (("12", "345", "0"), ("6789", "", "1"), ("50", "2023", "98"))


def picture(rows: tuple[tuple[str, ...], ...] = ROWS, *, seal: bool = False) -> Any:
    """A page with a ruled table of numbers, in RGB at 200 dpi."""
    from PIL import Image, ImageChops, ImageDraw, ImageFont

    page = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=34)
    left, top, wide, high = 200, 300, 300, 90
    for row in range(len(rows) + 1):
        draw.line([(left, top + row * high), (left + wide * len(rows[0]), top + row * high)], "black", 2)
    for column in range(len(rows[0]) + 1):
        draw.line([(left + column * wide, top), (left + column * wide, top + high * len(rows))], "black", 2)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            draw.text((left + column * wide + 90, top + row * high + 25), value, "black", font=font)
    if seal:  # ink on ink: the darker of the two
        stamp = Image.new("RGB", page.size, "white")
        over = ImageDraw.Draw(stamp)
        over.ellipse([350, 250, 750, 650], outline=(230, 30, 40), width=12)
        over.rectangle([500, 400, 600, 500], fill=(230, 30, 40))
        page = ImageChops.darker(page, stamp)
    return np.asarray(page)


def png(image: Any, *, kind: str = "PNG", **options: Any) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(image).save(out, kind, **options)
    return out.getvalue()


def layout(image: Any) -> tuple[ocr_image.Sheet, ocr_lines.Layout]:
    sheet = ocr_image.prepare(image, scale=SCALE)
    return sheet, ocr_lines.find_layout(sheet)


@pytest.mark.parametrize("angle", [0.0, 0.4, -1.2, 2.5])
def test_rules_are_found_at_any_angle(angle: float) -> None:
    image = np.stack([ocr_image.turn(picture()[:, :, 0], angle)] * 3, axis=2)
    sheet, found = layout(image)
    assert sheet.angle == pytest.approx(-angle, abs=0.06)
    assert (len(sheet.horizontal), len(sheet.vertical)) == (4, 4)
    assert len(found.cells) == 9
    assert sorted(line.cell for line in found.lines if line.cell is not None) == [0, 1, 2, 3, 5, 6, 7, 8]


def test_a_red_seal_is_not_ink() -> None:
    plain, sealed = layout(picture())[1], layout(picture(seal=True))[1]
    assert len(plain.lines) == len(sealed.lines) == 8


def test_a_faint_grey_seal_is_not_ink() -> None:
    image = picture().copy()
    ring = (picture(seal=True) != picture()).any(axis=2)
    image[ring] = np.minimum(image[ring], 190)
    assert len(layout(image)[1].lines) == 8


def test_strokes_of_characters_are_no_rules() -> None:
    image = np.full((2339, 1654), 255, np.uint8)
    cv2.putText(image, "HEH", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 3, 0, 8)
    sheet, _ = layout(image)
    assert not sheet.horizontal


def test_a_stroke_that_touches_the_table_does_not_make_it_longer() -> None:
    levels = [Rule(0, 0, 100), Rule(20, 0, 100)]
    upright = [Rule(0, 0, 20), Rule(50, 0, 40), Rule(60, 19, 40), Rule(100, 0, 20)]
    assert ocr_rules.trim(Net(levels, upright)).vertical == [Rule(0, 0, 20), Rule(50, 0, 20), Rule(100, 0, 20)]
    opened = [Rule(0, 0, 40), Rule(50, 0, 40), Rule(100, 0, 40)]
    assert ocr_rules.trim(Net(levels, list(opened))).vertical == opened


def test_strokes_that_hang_on_a_border_are_cut_off_or_dropped() -> None:
    levels = [Rule(0, 0, 200), Rule(20, 0, 200), Rule(60, 0, 200), Rule(75, 40, 90)]
    upright = [Rule(0, 0, 60), Rule(100, 0, 32), Rule(150, 20, 33), Rule(200, 0, 60), Rule(60, 60, 75)]
    net = ocr_rules.prune(Net(levels, upright))
    assert net.vertical == [Rule(0, 0, 60), Rule(100, 0, 20), Rule(200, 0, 60)]
    assert net.horizontal == levels[:3]


@pytest.mark.parametrize(("on", "off"), [(2, 2), (8, 5), (1, 0)])
def test_dotted_dashed_and_faint_rules(on: int, off: int) -> None:
    image = np.full((600, 1400), 255, np.uint8)
    dark = 150 if not off else 60
    for row in range(4):
        image[100 + 80 * row : 102 + 80 * row, 100:1300] = dark
    for column in range(5):
        image[100:340, 100 + 300 * column : 102 + 300 * column] = dark
    if off:
        pattern = np.arange(1400) % (on + off) < on
        image[:, ~pattern] = np.where(
            np.isin(np.arange(600), [100, 101, 180, 181, 260, 261, 340, 341])[:, None], 255, image[:, ~pattern]
        )
    sheet = ocr_image.prepare(image, scale=SCALE)
    assert (len(sheet.horizontal), len(sheet.vertical)) == (4, 5)


def test_a_page_of_text_is_set_straight_by_its_lines() -> None:
    image = np.full((1000, 800), 255, np.uint8)
    for y in range(100, 900, 40):
        for x in range(100, 700, 22):
            cv2.rectangle(image, (x, y), (x + 14, y + 16), 0, 2)
    turned = ocr_image.turn(image, 1.0)
    ink = ocr_image.find_ink(turned, scale=SCALE)
    assert ocr_image.find_angle(ink, scale=SCALE) == pytest.approx(-1.0, abs=0.25)
    blank = np.full((500, 400), 255, np.uint8)
    assert ocr_image.find_angle(ocr_image.find_ink(blank, scale=SCALE), scale=SCALE) == 0.0


@pytest.mark.parametrize(
    ("drawn", "reaches"),
    [
        ("solid", True),
        ("dashed", True),
        ("faint", True),
        ("slanted", True),
        ("figures", False),  # ones and ideographs of left-aligned cells, one under the other
    ],
)
def test_strokes_of_characters_under_one_another_are_no_rule(drawn: str, reaches: bool) -> None:
    rows, high = 6, 35
    image = np.full((400, 800), 255, np.uint8)
    for row in range(rows):
        top = 100 + high * row
        if drawn == "figures":
            image[top + 7 : top + 28, 300:303] = 40
        elif drawn == "dashed":
            for dash in range(top, top + high, 9):
                image[dash : dash + 5, 300:302] = 60
        else:
            aside = row // 3 if drawn == "slanted" else 0
            image[top : top + high, 300 + aside : 302 + aside] = 170 if drawn == "faint" else 60
    for row in range(rows + 1):
        image[100 + high * row : 102 + high * row, 100:700] = 60
    levels = [Rule((101 + high * row) / SCALE, 100 / SCALE, 700 / SCALE) for row in range(-2, rows + 3)]
    rule = Rule(301 / SCALE, 100 / SCALE, (102 + high * rows) / SCALE)
    assert ocr_rules.reaches_borders(rule, levels, image, scale=SCALE) == reaches
    beyond = Rule(301 / SCALE, 1000 / SCALE, 1001 / SCALE)
    assert not ocr_rules.reaches_borders(beyond, levels, image, scale=SCALE)


def spots(*boxes: tuple[int, int, int, int]) -> Any:
    return np.array(boxes)


def test_lines_of_a_cell() -> None:
    two = spots((0, 0, 20, 20), (25, 0, 45, 20), (0, 30, 20, 50))
    assert ocr_lines.divide_lines(two, usual=20) == [(0, 0, 45, 20), (0, 30, 20, 50)]
    strokes_of_one = spots((0, 0, 20, 3), (2, 8, 18, 11), (0, 17, 20, 20))  # 三
    assert ocr_lines.divide_lines(strokes_of_one, usual=20) == [(0, 0, 20, 20)]
    dust = spots((5, 5, 8, 8))
    assert ocr_lines.divide_lines(dust, usual=20) == []
    lone_dash = spots((0, 0, 20, 20), (0, 60, 18, 63))
    assert ocr_lines.divide_lines(lone_dash, usual=20) == [(0, 0, 20, 20), (0, 60, 18, 63)]


def test_tidy() -> None:
    assert tidy(Text(" 12 ", 0.9)) == Text("12", 0.9)
    assert tidy(Text("0.", 0.8)) == Text("0", 0.4)
    assert tidy(Text("1.5", 0.8)) == Text("1.5", 0.8)
    assert tidy(Text("O", 0.8)) == Text("0", 0.4)
    assert tidy(Text("其他", 0.8)) == Text("其他", 0.8)


def test_confidence_of_cells() -> None:
    cells = (
        Cell(text="1", row=0, column=0, where=Where(page=1, bbox=(0, 0, 50, 20))),
        Cell(text="", row=0, column=1, where=Where(page=1, bbox=(50, 0, 100, 20))),
        Cell(text="2", row=0, column=2, where=Where(page=2, bbox=(0, 0, 50, 20))),
    )
    scan = Scan(PageContent(number=1, width=100, height=100), (Score(20, 10, 0.9), Score(25, 15, 0.4)))
    (grid,) = with_confidence([Grid(cells=cells, rows=1, columns=3)], [scan])
    assert isinstance(grid, Grid)
    assert [cell.confidence for cell in grid.cells] == [0.4, 1.0, None]
    assert "65.0 %" in note_of(scan).message.en
    assert Scan(PageContent(number=1, width=1, height=1), ()).confidence == 1.0


def test_scale() -> None:
    assert find_scale((1684, 1190), dpi=144) == 2.0
    assert find_scale((1684, 1190), dpi=0) == 2.0
    assert find_scale((1684, 1190), dpi=72) == 2.0


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        ocr_engine, "find_spec", lambda name: None if name == "rapidocr" else importlib.util.find_spec(name)
    )
    with pytest.raises(MissingToolError, match=r"rapidocr not installed.*gouji\[ocr\]"):
        read_image(b"", path="a.png")


def table(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.by_row]


EXPECTED = [list(row) for row in ROWS]


@pytest.mark.ocr
@pytest.mark.parametrize(("kind", "options"), [("PNG", {"dpi": (200, 200)}), ("JPEG", {"quality": 80}), ("BMP", {})])
def test_a_picture_is_read(kind: str, options: dict[str, Any]) -> None:
    document = read_image(png(picture(seal=True), kind=kind, **options), path="a")
    (grid,) = document.grids
    assert table(grid) == EXPECTED
    assert [note.code for note in document.notes] == ["OCR"]
    assert all(cell.confidence is not None and cell.confidence > 0.5 for cell in grid.cells)
    box = grid.cells[0].where.bbox
    assert box is not None
    assert box[:2] == pytest.approx((72, 108), abs=2)


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_lying_on_its_side_or_head(shared: Path, turns: int) -> None:
    import pypdfium2

    path, scale = shared / "samples/pdf-scans/g_notounicode_lo.nounicode.pdf", 150 / 72
    with engine.LOCK:
        image = pypdfium2.PdfDocument(path)[3].render(scale=scale).to_numpy()[:, :, ::-1]
    upright = read_page(image, page=4, scale=scale)
    turned = read_page(np.ascontiguousarray(np.rot90(image, turns)), page=4, scale=scale)
    assert [table(grid) for grid in turned if isinstance(grid, Grid)] == [
        table(grid) for grid in upright if isinstance(grid, Grid)
    ]
    assert turned[0].where.page == 4


@pytest.mark.ocr
@pytest.mark.parametrize("size", [0.5, 2.0])
def test_coarse_and_fine_pictures(size: float) -> None:
    image = cv2.resize(picture(), None, fx=size, fy=size, interpolation=cv2.INTER_AREA)
    assert table(read_image(png(image), path="a").grids[0]) == EXPECTED


@pytest.mark.ocr
def test_tiff_of_several_pages() -> None:
    from PIL import Image

    out = io.BytesIO()
    pages = [Image.fromarray(picture()), Image.fromarray(picture((("7", "8", "9"),)))]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    document = read_image(out.getvalue(), path="a.tif")
    assert document.source.media_type == "image/tiff"
    assert [note.where.page for note in document.notes] == [1, 2]
    assert [cell.where.page for grid in document.grids for cell in grid.cells if cell.text == "8"] == [2]


@pytest.mark.ocr
def test_transparent_is_white() -> None:
    image = np.dstack([picture(), 255 - (picture()[:, :, :1] > 128) * np.uint8(255)]).astype(np.uint8)
    assert table(read_image(png(image), path="a").grids[0]) == EXPECTED


@pytest.mark.ocr
def test_an_empty_page() -> None:
    document = read_image(png(np.full((400, 300, 3), 255, np.uint8)), path="a")
    assert document.blocks == ()


@pytest.mark.ocr
def test_damaged_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    def code(data: bytes) -> str:
        with pytest.raises(ReadError) as caught:
            read_image(data, path="a.png")
        return caught.value.code

    whole = png(picture())
    assert code(whole[: len(whole) // 2]) == "READ-DAMAGED"
    assert code(b"\x89PNG\r\n\x1a\n") == "READ-DAMAGED"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert code(whole) == "READ-BOMB"
