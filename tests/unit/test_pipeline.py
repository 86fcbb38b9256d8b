"""Bytes in, one outcome out: what happens to good, bad and hostile input."""

import io
from pathlib import Path

import pytest

from gouji import pipeline
from gouji.errors import ReadError
from gouji.forms import editions
from gouji.model.raw import RawDocument, TextBlock
from gouji.model.report import Status
from gouji.model.source import Source, Where

FORMS = list(editions().values())
SEED = Path(__file__).parents[2] / "fixtures" / "seed-2023.txt"


def document(text: str) -> RawDocument:
    return RawDocument(
        source=Source(path="x.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8"),
        blocks=(TextBlock(text=text, where=Where(line=1)),),
        positions=False,
    )


def test_a_path_that_is_not_there_raises_in_parse_and_fails_in_outcome(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot open the file"):
        pipeline.parse(tmp_path / "none.txt")
    report = pipeline.outcome(tmp_path / "none.txt")
    assert (report.status, report.notes[0].code) == (Status.FAILED, "READ-FILE")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert pipeline.outcome(tmp_path).notes[0].code == "READ-FILE"


def test_a_text_stream_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="binary mode"):
        pipeline.parse(io.StringIO("一、总体情况"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"\x00\x00\x00", bytes(range(256)) * 40, b"\x7fELF\x02\x01\x01" + bytes(100)]
)
def test_bytes_that_are_no_document_fail_with_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    report = pipeline.outcome(path)
    assert report.status in (Status.FAILED, Status.NOT_A_REPORT)
    assert report.reason
    assert not report.values()
