"""What `make bench` measures where the shared samples are not there."""

import pytest

from gouji.pipeline import parse_bytes
from tests.bench import speed_files


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_without_samples_the_renderers_draw_some(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed_files, "shared_folder", lambda: None)
    speed_files.documents.cache_clear()
    where, files = speed_files.documents(kind)
    speed_files.documents.cache_clear()
    assert where == f"gouji.renderers.{kind}"
    assert len(set(files)) == len(files) >= 8
    assert parse_bytes(files[0]).cells
