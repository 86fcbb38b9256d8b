"""Reports set in every style: each number in its cell, or at least none in a wrong one."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument
from reportlab.platypus.doctemplate import LayoutError

from gouji.readers.pdf import read_pdf
from tests.unit.readers.pdf.make_pdf import Number, Style, consistent_values, make_pdf, values_read

EXACT = {
    "plain": Style(),
    "dotted": Style(rules="dotted"),
    "dashed": Style(rules="dashed"),
    "double": Style(rules="double"),
    "thick": Style(rules="thick"),
    "open at the sides": Style(rules="open"),
    "horizontal rules only": Style(rules="level", label_width=70),
    "no rules": Style(rules="none", label_width=70),
    "no rules, numbers on top": Style(rules="none", valign="TOP", label_width=70),
    "header repeated": Style(repeat=2, before=6),
    "rows cut by the page": Style(cut=True, before=8, label_width=50),
    "sideways": Style(rotate=90, size=7),
    "sideways, the other way": Style(rotate=270),
    "tiny, wrapped digits": Style(size=5.5, label_width=90, padding=1),
    "landscape": Style(wide=True, size=5.5, padding=1),
}


def numbers(values: dict[str, Number]) -> dict[str, Number]:
    return {key: value for key, value in values.items() if value not in (None, "/")}


@pytest.mark.parametrize("style", EXACT.values(), ids=EXACT.keys())
def test_every_number_is_read(style: Style) -> None:
    values = consistent_values("2021", 11)
    assert numbers(values_read(make_pdf(values, style=style))) == values


def test_numbers_that_wrap_are_whole() -> None:
    values = consistent_values("2021", 5, largest=1234567)
    for rules in ("all", "none"):
        got = values_read(make_pdf(values, style=Style(rules=rules, size=8, padding=6, label_width=70)))
        wrong = {key: value for key, value in got.items() if value is not None and value != values[key]}
        assert wrong == {}


@settings(max_examples=8)
@given(
    style=st.builds(
        Style,
        rules=st.sampled_from(["all", "none", "level", "open", "dotted", "dashed", "double", "thick"]),
        size=st.sampled_from([5.5, 7, 8]),
        valign=st.sampled_from(["TOP", "MIDDLE", "BOTTOM"]),
        align=st.sampled_from(["left", "center", "right"]),
        rotate=st.sampled_from([0, 90, 270]),
        before=st.integers(0, 12),
        padding=st.sampled_from([1, 2, 4]),
        label_width=st.sampled_from([50, 62, 70]),
    ),
    edition=st.sampled_from(["2019", "2021"]),
    seed=st.integers(0, 10**6),
    blank=st.sampled_from([None, "", "/"]),
)
def test_no_number_is_ever_wrong(style: Style, edition: str, seed: int, blank: str | None) -> None:
    values = consistent_values(edition, seed, blank=blank)
    try:
        data = make_pdf(values, edition=edition, style=style)
    except LayoutError:
        return  # reportlab cannot set this one
    wrong = {
        key: (got, values.get(key)) for key, got in values_read(data).items() if got not in (None, values.get(key))
    }
    assert wrong == {}


def test_page_numbers_are_not_in_the_text() -> None:
    document = read_pdf(make_pdf(consistent_values("2021", 1), style=Style(before=10)), path="x.pdf")
    assert "- 1 -" not in document.text()
    assert "- 2 -" not in document.text()


def test_prose_lines_are_joined_to_paragraphs() -> None:
    document = read_pdf(make_pdf(consistent_values("2021", 1)), path="x.pdf")
    assert any("所列数据的统计期限自2023年1月1日起至2023年12月31日止" in line for line in document.text().split("\n"))


def boxes_of(data: bytes) -> list[tuple[float, float, float, float]]:
    boxes = [cell.where.bbox for grid in read_pdf(data, path="x.pdf").grids for cell in grid.cells]
    return [box for box in boxes if box is not None]


def test_cells_of_a_turned_page_lie_on_the_page_as_displayed() -> None:
    plain = make_pdf(consistent_values("2021", 1))
    document = PdfDocument(plain)
    for page in document:
        page.set_rotation(90)
    turned = io.BytesIO()
    document.save(turned)
    expected = [(841.9 - bottom, x0, 841.9 - top, x1) for x0, top, x1, bottom in boxes_of(plain)]
    found = boxes_of(turned.getvalue())
    assert len(found) == len(expected)
    assert all(
        abs(a - b) < 0.2 for one, other in zip(found, expected, strict=True) for a, b in zip(one, other, strict=True)
    )


def test_cells_of_a_table_set_sideways_lie_on_the_page_as_displayed() -> None:
    boxes = boxes_of(make_pdf(consistent_values("2021", 1), style=Style(rotate=90)))
    assert boxes
    assert all(0 <= box[0] < box[2] <= 842 and 0 <= box[1] < box[3] <= 596 for box in boxes)
