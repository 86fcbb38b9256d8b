"""Columns of others: what is a name of the form, in whatever pieces, is none."""

from io import StringIO

import pytest

from gouji.forms import editions
from gouji.model.report import Report
from gouji.normalizer.cells import read_cells
from gouji.normalizer.chain import read_labels
from gouji.normalizer.headers import names_more, read_header
from gouji.normalizer.stream import vocabulary_of
from gouji.pipeline import parse_bytes
from gouji.renderers.html import STYLES, render_html
from tests.generate import Wish, invent

HEAD = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"


def codes(report: Report) -> set[str]:
    return {note.code for note in report.notes}


@pytest.mark.parametrize("pieces", [("为：", "之和，"), ("勾稽", "为：第", "之和", "第四")])
def test_the_sentence_in_the_corner_names_no_columns(pieces: tuple[str, ...]) -> None:
    """``DataFrame.to_string`` prints it in pieces, on each line of the header."""
    pandas = pytest.importorskip("pandas")
    page = render_html(invent(4, wish=Wish(size="middle", edition="2021")), style=STYLES["official"])
    broken = HEAD
    for piece in pieces:
        broken = broken.replace(piece, f"{piece}  ")
    assert HEAD in page
    frames = pandas.read_html(StringIO(page))
    text = "\n".join(frame.to_string(index=False, header=False) for frame in frames).replace(HEAD, broken)
    report = parse_bytes(text.encode())
    assert "HEADER-ORDER" not in codes(report)
    assert report.cells["requests.granted.natural_person"].value == 38


def test_a_label_in_pieces_is_no_other_column_where_digits_ran_together() -> None:
    """``总 计``: two texts, one label."""
    form = editions()["2021"].table("requests")
    vocabulary = vocabulary_of(tuple(editions().values()))
    names = [column.label[-1] for column in form.blocks[0].columns]
    for texts, more in (
        ([*names[:-1], "总", "计"], False),
        ([*names[1:-1], "总", "计", names[0]], False),
        ([*names[1:-1], "总", "某", names[0]], True),
        ([*names[:3], "街道", *names[3:]], True),
    ):
        stream = read_labels(read_cells(texts, is_label=vocabulary.is_label), vocabulary, lines=texts)
        header = read_header(stream, (0, len(stream.tokens)), table="requests", blocks={})
        assert header is not None
        assert names_more(form.blocks[0], header, stream) is more
