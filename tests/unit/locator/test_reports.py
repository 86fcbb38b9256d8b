"""A document without any heading has no second report."""

from gouji.locator.reports import find_second
from gouji.model.raw import Lines, RawDocument
from gouji.model.source import Source


def test_no_candidates_no_second_report() -> None:
    document = RawDocument(source=Source(path="a", sha256="", media_type="text/plain"))
    assert find_second((), Lines(texts=(), blocks=(), offsets=(), document=document)) is None
