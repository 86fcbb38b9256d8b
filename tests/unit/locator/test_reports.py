"""A document without any heading has no second report, and no sections."""

from gouji.locator.reports import find_second
from gouji.locator.sections import choose_headings
from gouji.model.raw import Lines, RawDocument
from gouji.model.source import Source

NOTHING = Lines(
    texts=(),
    blocks=(),
    offsets=(),
    document=RawDocument(source=Source(path="a", sha256="", media_type="text/plain")),
)


def test_no_candidates_no_second_report() -> None:
    assert find_second((), NOTHING) is None


def test_no_candidates_no_headings() -> None:
    assert choose_headings((), lines=NOTHING) == []
