"""What stands there as the form prints it is read at a glance, and as the longer way would read it."""

from collections.abc import Sequence

import pytest

from gouji.forms import editions
from gouji.model.report import Report
from gouji.normalizer import grids, grids_rows
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_rows import Reading
from gouji.normalizer.grids_vocab import Vocabulary
from gouji.pipeline import parse_bytes
from gouji.readers.html import read_html
from gouji.renderers.html import STYLES, render_html
from tests.generate import Wish, invent

FORMS = tuple(editions().values())


def read_the_longer_way(page: bytes, monkeypatch: pytest.MonkeyPatch) -> Report:
    with monkeypatch.context() as patch:
        patch.setattr(grids, "read_plain", lambda *_: None)
        return parse_bytes(page)


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("seed", range(3))
def test_both_ways_find_the_same(style: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = render_html(invent(seed, wish=Wish(size="middle")), style=STYLES[style]).encode()
    assert parse_bytes(page).to_dict() == read_the_longer_way(page, monkeypatch).to_dict()


@pytest.mark.parametrize("style", ["layout_table", "repeat_labels"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_plain_page_needs_no_comparing_of_rows(edition: str, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even with the rows of another edition, whose labels are nearly the same."""
    page = render_html(invent(4, wish=Wish(size="middle", edition=edition)), style=STYLES[style]).encode()
    compared: list[str] = []
    monkeypatch.setattr(grids, "compare_records", lambda _, vocab: compared.append(vocab.edition))
    found = {reading.table: reading for reading in grids.read_grids(read_html(page, path="a"), FORMS)}
    assert compared == []
    assert len(found["requests"].cells) == sum(key.startswith("requests.") for key in FORMS[edition == "2021"].slots)


def test_a_table_with_the_rows_of_an_edition_is_read_as_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    page = render_html(invent(4, wish=Wish(size="middle", edition="2019")), style=STYLES["official"])
    old = '<td colspan="2">（一）予以公开'
    assert page.count(old) == 1
    read: list[str] = []
    longer = grids_rows.read_records

    def follow(lines: Sequence[Line], number: int, vocab: Vocabulary) -> Reading:
        if vocab.spec.key == "requests":
            read.append(vocab.edition)
        return longer(lines, number, vocab)

    monkeypatch.setattr(grids, "read_records", follow)
    parse_bytes(page.replace(old, "<td>（一）予以公开").encode())
    assert read == ["2019"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（一）予以公开</td>", "（一）予以公开</td><td></td>"),
        ('</td></tr>\n<tr><td rowspan="8">', '</td><td>9</td></tr>\n<tr><td rowspan="8">'),
        ('<td colspan="2">（一）予以公开', '<td colspan="3">（一）予以公开'),
        ('<td colspan="2">（一）予以公开', "<td>（一）予以公开"),
        ('<td colspan="2">（一）予以公开</td>', "<td>（一）予以公开</td><td>7</td>"),
        ("（一）予以公开", "（一）予\ufffd以公开"),
        ("（一）予以公开", "某项"),
        (">自然人</td>", ">某某</td>"),
    ],
)
def test_what_is_unlike_the_form_is_looked_at_closely(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = render_html(invent(4, wish=Wish(size="middle", edition="2021")), style=STYLES["official"])
    assert page.count(old) == 1
    compared: list[str] = []
    longer = grids_rows.compare_records

    def compare(reading: Reading, vocab: Vocabulary) -> None:
        compared.append(vocab.spec.key)
        longer(reading, vocab)

    monkeypatch.setattr(grids, "compare_records", compare)
    parse_bytes(page.replace(old, new).encode())
    assert "requests" in compared
