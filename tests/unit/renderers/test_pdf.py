"""The PDF holds every number as text, ruled or not."""

import pypdfium2
import pytest

from gouji.renderers.pdf import PdfStyle, render_pdf
from tests.generate import Wish, invent

REPORT = invent(11, wish=Wish(edition="2021", zeros="0", size="middle"))


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("style", [PdfStyle(), PdfStyle(ruled=False), PdfStyle(landscape=True, size=9)])
def test_every_number_is_there(style: PdfStyle) -> None:
    words = text_of(render_pdf(REPORT, style=style))
    for value in REPORT.values().values():
        assert str(value) in words


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_pdf(REPORT) == render_pdf(REPORT)


def test_rules_are_drawn() -> None:
    assert len(render_pdf(REPORT)) > len(render_pdf(REPORT, style=PdfStyle(ruled=False)))
