"""Chinese fonts that are not in the file: what is read does not depend on those of the machine."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from gouji.readers.pdf import fonts, read_pdf
from gouji.readers.pdf.engine import LOCK
from gouji.readers.pdf.fonts import box_font
from gouji.readers.pdf.picture import render_page
from tests.unit.readers.pdf.make_pdf import consistent_values, make_pdf, values_read
from tests.unit.readers.pdf.test_characters import SONG, draw


@pytest.fixture
def bare_machine() -> Iterator[None]:
    """A machine that has no fonts at all, as most containers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "_fonts_of_machine", lambda: None)
        with LOCK, box_font():
            pass
        yield
    with LOCK, box_font():
        pass  # afterwards the fonts of the machine are in use again


LONE = draw((110, 370, "无"), (210, 370, "章"), (110, 320, "规章"), (210, 320, "〇"), font=SONG)


def cells(data: bytes) -> list[str]:
    (grid,) = read_pdf(data, path="x.pdf").grids
    return [cell.text for cell in grid.cells]


def test_characters_that_stand_alone_are_read() -> None:
    assert cells(LONE) == ["无", "章", "规章", "〇"]


@pytest.mark.usefixtures("bare_machine")
def test_they_are_read_on_a_machine_without_fonts_too() -> None:
    assert cells(LONE) == ["无", "章", "规章", "〇"]
    values = consistent_values("2021", 5)
    assert values_read(make_pdf(values)) == values


@pytest.mark.usefixtures("bare_machine")
def test_without_the_box_they_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.readers.pdf.engine.box_font", nullcontext)
    assert "无" not in "".join(block.text for block in read_pdf(LONE, path="x.pdf").blocks if hasattr(block, "text"))
    assert all("无" not in cell.text for grid in read_pdf(LONE, path="x.pdf").grids for cell in grid.cells)


def test_pages_are_drawn_with_the_fonts_of_the_machine_before_and_after() -> None:
    before = render_page(LONE, 1, scale=1)
    assert len(set(before[2])) > 2
    read_pdf(LONE, path="x.pdf")
    assert render_page(LONE, 1, scale=1) == before
    with LOCK, box_font():
        pass
    assert render_page(LONE, 1, scale=1) == before
