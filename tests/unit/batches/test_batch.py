"""A folder in, a data set out: every input once, the same whatever happens on the way."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from gouji.batches import batch
from gouji.batches.journal import Journal, JournalError
from gouji.datasets.dataset import Dataset, open_dataset
from gouji.datasets.schema import TABLES
from gouji.errors import GoujiError, ReadError
from tests.generate import invent

QUICK = pytest.mark.usefixtures("quick_build")


def contents(dataset: Dataset) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    for table in TABLES:
        columns = ", ".join(f'"{field.name}"' for field in table.exported)
        keys = ", ".join(f'"{name}"' for name in table.key)
        found[table.name] = dataset.rows(f'SELECT {columns} FROM "{table.name}" ORDER BY {keys}')
    return found


@QUICK
def test_every_input_has_one_outcome(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.html").touch()
    (folder / "weather.html").write_text("<html><body><p>It rains.</p></body></html>")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 8)
    with batch(folder, tmp_path / "out", workers=1) as dataset:
        found = dict(dataset.rows("SELECT path, status FROM documents"))
        assert {Path(path).name: status for path, status in found.items()} == {
            "000.html": "ok",
            "001.html": "ok",
            "100.txt": "ok",
            "empty.html": "failed",
            "noise.bin": "failed",
            "weather.html": "not_a_report",
        }
        assert dataset.rows("SELECT count(*) FROM documents WHERE status <> 'ok' AND reason IS NULL") == [(0,)]


@QUICK
def test_the_values_are_those_of_the_reports(folder: Path, tmp_path: Path) -> None:
    with batch(folder, tmp_path / "out", workers=1) as dataset:
        report = invent(0)
        found = dict(dataset.rows('SELECT cell, value FROM "values" WHERE document = 1 AND value IS NOT NULL'))
        assert found == report.values()
        wide = dataset.query('SELECT year, "requests.received.total" FROM wide WHERE document = 1').fetchall()
        assert wide == [(report.year, report.values()["requests.received.total"])]


@QUICK
@pytest.mark.parametrize("workers", [1, 2])
def test_the_second_run_parses_nothing_and_gives_the_same(folder: Path, tmp_path: Path, workers: int) -> None:
    with batch(folder, tmp_path / "one", workers=1) as dataset:
        first = contents(dataset)
    with batch(folder, tmp_path / "out", workers=workers) as dataset:
        assert contents(dataset) == first
        times = dataset.rows("SELECT parsed_at, seconds FROM documents")
    with batch(folder, tmp_path / "out", workers=workers) as dataset:
        assert contents(dataset) == first
        assert dataset.rows("SELECT parsed_at, seconds FROM documents") == times
    with batch(folder, tmp_path / "out", workers=workers, force=True) as dataset:
        assert contents(dataset) == first
        assert dataset.rows("SELECT parsed_at, seconds FROM documents") != times


@QUICK
def test_the_data_set_holds_the_given_inputs_or_with_add_all(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with batch(folder / "000.html", out, workers=1) as dataset:
        assert dataset.count("documents") == 1
    with batch(folder / "001.html", out, workers=1) as dataset:
        assert [Path(path).name for (path,) in dataset.rows("SELECT path FROM documents")] == ["001.html"]
    with batch(folder / "001.html", out, workers=1, add=True) as dataset:
        assert dataset.count("documents") == 2


@QUICK
def test_a_data_set_still_open_does_not_hide_the_next_one(folder: Path, tmp_path: Path) -> None:
    with batch(folder, tmp_path / "out", workers=1) as before:  # as in a notebook, where a cell is run again
        (folder / "000.html").unlink()
        with batch(folder, tmp_path / "out", workers=1) as after:
            assert (before.count("documents"), after.count("documents")) == (3, 2)
            assert len(after.query("SELECT * FROM wide").fetchall()) == len(list(after.iterate("FROM wide"))) == 2
            assert after.to_polars("documents").height == 2


def test_a_changed_file_is_parsed_again(folder: Path, tmp_path: Path) -> None:
    with batch(folder, tmp_path / "out", workers=1) as dataset:
        assert dataset.rows("SELECT status FROM documents WHERE document = 1") == [("ok",)]
    (folder / "000.html").write_text("<html><body><p>It rains.</p></body></html>")
    with batch(folder, tmp_path / "out", workers=1) as dataset:
        assert dataset.rows("SELECT status FROM documents WHERE document = 1") == [("not_a_report",)]


@QUICK
def test_the_data_set_may_stand_among_its_inputs(folder: Path) -> None:
    for _ in range(2):
        with batch(folder, folder / "out", workers=1) as dataset:
            assert dataset.count("documents") == 3


@QUICK
def test_copies_are_kept_and_linked(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "000.html", folder / "copy.html")
    with batch(folder, tmp_path / "out", workers=1) as dataset:
        assert dataset.rows("SELECT document, other, kind FROM duplicates") == [(4, 1, "identical")]
        assert dataset.rows("SELECT document, report, use FROM documents ORDER BY document") == [
            (1, 1, True),
            (2, 2, True),
            (3, 3, True),
            (4, 1, False),
        ]
        assert dataset.count("wide") == 3


def test_a_source_that_is_not_there_is_told_before_any_work(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        batch([folder, tmp_path / "nowhere"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [(b"file/out", "Not a directory"), (b"o" * 300, "name too long"), (b"out-\xb1\xa8", "not UTF-8")],
)
def test_a_folder_that_cannot_be_is_told_before_any_work(folder: Path, tmp_path: Path, name: bytes, said: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GoujiError, match=said) as caught:
        batch(folder, os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    assert caught.value.code == "BATCH-FOLDER"
    str(caught.value).encode()


def test_a_linked_folder_is_named_and_not_lost(folder: Path, tmp_path: Path) -> None:
    (folder / "away").symlink_to(tmp_path)
    (folder / ".hidden").symlink_to(tmp_path)
    with batch(folder, tmp_path / "out", workers=1, include=("*.txt",)) as dataset:
        ((path, reason),) = dataset.rows("SELECT path, reason FROM documents WHERE status = 'failed'")
        assert path == f"{folder}/away"
        assert reason == "READ-FILE: is a link to a folder, which is not followed; name it to have it read"
    with batch(folder / "away", tmp_path / "other", workers=1, exclude=("*/out/*", "*/in/*")) as dataset:
        assert dataset.count("documents") == 0


def test_a_folder_that_cannot_be_listed_is_named_and_not_lost(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    (folder / "closed" / "a.txt").write_text("a")
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with batch(folder, tmp_path / "out", workers=1) as dataset:
        found = dataset.rows("SELECT path, reason FROM documents WHERE status = 'failed'")
    assert found == [(f"{folder}/closed", "READ-FILE: cannot open it: Permission denied")]


def test_two_runs_do_not_share_a_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.batches.journal._WAIT", 0.05)
    with Journal(tmp_path), pytest.raises(JournalError, match="another run"):
        batch(folder, tmp_path, workers=1)


def test_there_is_no_data_set_before_a_run(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no data set"):
        open_dataset(tmp_path)


def test_a_failed_build_is_told_and_made_good_by_the_next_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    blocker = out / ".building"
    blocker.write_text("a file where the build needs a folder")
    with pytest.raises(GoujiError, match="could not be built"):
        batch(folder, out, workers=1)
    blocker.unlink()
    with batch(folder, out, workers=1) as dataset:
        assert dataset.count("documents") == 3
