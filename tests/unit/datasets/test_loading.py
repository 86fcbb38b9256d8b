"""What happens when the store does not take the rows."""

from pathlib import Path
from typing import Any

import pytest

from gouji.datasets import build, columns
from gouji.datasets.build import Entry, build_dataset
from gouji.datasets.columns import IN_COLUMNS, write_columns
from gouji.datasets.dataset import open_dataset
from gouji.datasets.rows import write_rows
from gouji.forms import editions
from gouji.model.report import Report, State, Status, Value
from gouji.model.source import Source
from tests.unit.datasets.conftest import reports, write_dataset


def test_an_error_while_loading_is_raised_and_the_old_store_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write_dataset(tmp_path, reports())
    before = target.read_bytes()

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(build, "load_rows", refuse)
    with pytest.raises(OSError, match="no space left"):
        write_dataset(tmp_path, reports())
    assert target.read_bytes() == before


def test_many_small_pieces_make_the_same_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for chunk in (2**23, 500):
        monkeypatch.setattr(build, "_CHUNK", chunk)
        write_dataset(tmp_path / str(chunk), reports())
        with open_dataset(tmp_path / str(chunk)) as dataset:
            found.append(dataset.rows('FROM "values"'))
    assert found[0] == found[1]


def with_texts(*texts: str) -> Report:
    cells = {f"t.r.{number}": Value(value=None, state=State.UNREADABLE, raw=text) for number, text in enumerate(texts)}
    return Report(source=Source(path="", sha256="", media_type=""), status=Status.OK, cells=cells)


def test_very_long_texts_go_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_LONG", 10)
    monkeypatch.setattr("gouji.datasets.limits.LONGEST_TEXT", 20)
    report = with_texts("a", "b" * 9, "c", "d" * 30, "", "e")
    assert [piece["position"] for piece in write_columns(report.cells)[0]] == [[1, 2, 3], [4], [5, 6]]
    build_dataset(tmp_path, entries=[Entry(facts={"path": "a"}, rows=write_rows(report))], forms=editions().values())
    with open_dataset(tmp_path) as dataset:
        found = [raw for (raw,) in dataset.rows('SELECT raw FROM "values" ORDER BY position')]
    assert found == ["a", "b" * 9, "c", "d" * 20 + " [gouji: 10 characters cut]", "", "e"]


def test_cells_that_an_older_gouji_wrote_row_by_row_are_taken_too(tmp_path: Path) -> None:
    rows = write_rows(with_texts("1"))
    del rows[IN_COLUMNS]
    rows["values"] = (
        b'{"position":1,"cell":"a.b.c","state":"blank","raw":""}\n{"position":2,"cell":"a.b.d","value":"7"}'
    )
    build_dataset(tmp_path, entries=[Entry(facts={"path": "a"}, rows=rows)], forms=editions().values())
    with open_dataset(tmp_path) as dataset:
        found = dataset.rows('SELECT document, cell, value, raw FROM "values" ORDER BY position')
    assert found == [(1, "a.b.c", None, ""), (1, "a.b.d", 7, None)]
