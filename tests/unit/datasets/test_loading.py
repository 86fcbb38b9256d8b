"""What happens when the store does not take the rows."""

from pathlib import Path
from typing import Any

import pytest

from gouji.datasets import build
from gouji.datasets.dataset import open_dataset
from tests.unit.datasets.conftest import reports, write_dataset


def test_an_error_while_loading_is_raised_and_the_old_store_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write_dataset(tmp_path, reports())
    before = target.read_bytes()

    def refuse(*arguments: Any) -> None:
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
