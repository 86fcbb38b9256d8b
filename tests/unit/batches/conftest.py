"""Small folders of invented reports."""

from pathlib import Path

import pytest

from gouji.batches.assemble import assemble
from gouji.renderers.html import render_html
from gouji.renderers.pipe import render_text
from tests.generate import Wish, invent


def write_reports(folder: Path, *, html: int = 2, text: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(html):
        (folder / f"{seed:03}.html").write_text(render_html(invent(seed)), encoding="utf-8")
    for seed in range(text):
        report = invent(100 + seed, wish=Wish(zeros="0"))
        (folder / f"{100 + seed:03}.txt").write_text(render_text(report), encoding="gb18030")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "in")


@pytest.fixture
def quick_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build in this process: saves the start of another."""
    monkeypatch.setattr("gouji.batches.run.assemble_apart", assemble)
