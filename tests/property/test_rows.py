"""Whatever stands in a report, the store takes it and gives it back."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.batches.result import pack, unpack
from gouji.datasets.build import Entry, build_dataset
from gouji.datasets.dataset import open_dataset
from gouji.datasets.rows import write_rows
from gouji.forms import editions
from gouji.model.report import Leftover, Report, Section, State, Status, Value
from gouji.model.source import Source, Where

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=15)
@given(
    texts=st.lists(ANY_TEXT, min_size=1, max_size=6),
    number=st.integers() | st.decimals(allow_nan=False, allow_infinity=False),
)
def test_any_text_and_number(texts: list[str], number: int) -> None:
    report = Report(
        source=Source(path="!" + texts[0], sha256="", media_type="text/plain"),
        status=Status.OK,
        cells={f"t.r.{index}": Value(value=number, state=State.REPORTED, raw=text) for index, text in enumerate(texts)},
        sections=tuple(Section(number=1, heading=text, text=text) for text in texts),
        leftovers=tuple(Leftover(raw=text, where=Where(bbox=(0.0, 1.0, float("inf"), 2.0))) for text in texts),
    )
    rows = unpack(pack(write_rows(report)))
    with tempfile.TemporaryDirectory() as folder:
        build_dataset(Path(folder), entries=[Entry(facts={"path": "a\n\"'"}, rows=rows)], forms=editions().values())
        with open_dataset(folder) as dataset:
            wanted = [(text.encode("utf-8", "replace").decode().replace("\0", "\ufffd"),) for text in texts]
            assert dataset.rows('SELECT raw FROM "values" ORDER BY position') == wanted
            assert dataset.rows("SELECT text FROM sections ORDER BY position") == wanted
            assert dataset.rows("SELECT raw FROM leftovers ORDER BY leftover") == wanted
            assert all(value in (number, None) for (value,) in dataset.rows('SELECT value FROM "values"'))
