"""Which bodies and years are there, and the summary; also where no Chinese font is installed."""

import json
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.cli import main
from gouji.datasets import plots
from gouji.datasets.coverage import Cover, Unit, match_units, measure, place_path, read_units, to_csv, to_lines
from gouji.datasets.dataset import Dataset
from gouji.datasets.summary import summarize, to_json, to_markdown, write_summary


def test_the_matrix_of_the_data_set(dataset: Dataset) -> None:
    found = measure(dataset)
    assert found.units == ("丙局", "乙局", "甲局")
    assert found.years == (2020, 2021, 2022, 2023)
    assert [found.at("甲局", year) for year in found.years] == [
        Cover.FAILED,
        Cover.PRESENT,
        Cover.PARTIAL,
        Cover.PRESENT,
    ]
    assert found.at("乙局", 2021) is Cover.MISSING
    assert found.unplaced == ("d/x.html",)
    assert sum(found.counts().values()) == 12


def test_units_of_a_file(dataset: Dataset) -> None:
    units = read_units("\ufeff单位;别名\n甲局\n丁局,丁县丁局\n某市乙局\n")
    found = measure(dataset, units=units, years=[2022])
    assert found.strangers == ("丙局", "乙局")
    assert found.at("丁局", 2022) is Cover.MISSING
    lines = list(to_lines(found))
    assert lines[0].split() == ["2022"]
    assert any("丙局" in line for line in lines)
    assert to_csv(found).splitlines()[:3] == ["unit,2022", "单位,missing", "甲局,partial"]


def test_a_name_that_fits_two_units_fits_none() -> None:
    units = [Unit(name="甲县财政局"), Unit(name="乙县财政局")]
    assert match_units(units, ["财政局"]) == {}
    assert match_units(units, ["丙省甲县财政局"]) == {"丙省甲县财政局": "甲县财政局"}


@pytest.mark.parametrize(
    ("path", "placed"),
    [
        ("财政局/2021.pdf", ("财政局", 2021)),
        ("市财政局-2021年报(2022发布).pdf", None),
        ("20211231财政局.pdf", None),
        ("市财政局/2021.pdf", ("市财政局", 2021)),
        ("教育局/2021.pdf", None),
    ],
)
def test_a_failed_file_is_placed_by_its_path(path: str, placed: tuple[str, int] | None) -> None:
    assert place_path(path, units=[Unit(name="财政局"), Unit(name="市财政局")]) == placed


def test_summary(dataset: Dataset, tmp_path: Path) -> None:
    parts = {part.key: part for part in summarize(dataset)}
    assert parts["outcomes"].rows == (("ok", 7, 0.7), ("partial", 1, 0.1), ("not_a_report", 1, 0.1), ("failed", 1, 0.1))
    assert [row[1] for row in parts["reports"].rows] == [7, 6, 6, 6]
    assert parts["findings"].rows[0][:4] == ("REQ-ROW", "error", 1, 1)
    assert dict(parts["duplicates"].rows) == {"conflict": 1, "same_report": 1}
    text = to_markdown(list(parts.values()))
    assert "| ok | 7 | 70.0 % |" in text
    assert json.loads(json.dumps(to_json(list(parts.values()))))["years"][0]["year"] == 2020
    names = [path.name for path in write_summary(dataset, tmp_path)]
    assert names == ["summary.md", "summary.png", "summary.pdf"]


@pytest.mark.parametrize("font", [True, False])
def test_no_character_is_left_unprinted(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, font: bool
) -> None:
    if not font:
        monkeypatch.setattr(plots, "chinese_font", lambda: None)
        assert plots.names_to_print(["甲", "b"]) == ["unit 1", "unit 2"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a missing glyph
        (path,) = plots.plot_coverage(measure(dataset), tmp_path)
        plots.plot_summary(summarize(dataset), tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_commands(dataset: Dataset, tmp_path: Path) -> None:
    run = CliRunner().invoke
    out = run(main, ["coverage", str(dataset.folder), "--years", "2021-2022", "--into", str(tmp_path)])
    assert out.exit_code == 0, out.output
    assert "甲局" in out.output
    assert (tmp_path / "coverage.csv").read_bytes().startswith(b"\xef\xbb\xbfunit,2021,2022\n")
    assert run(main, ["coverage", str(dataset.folder), "--years", "x"]).exit_code == 64
    assert run(main, ["coverage", str(tmp_path)]).exit_code == 2
    out = run(main, ["summary", str(dataset.folder), "--json", "--into", str(tmp_path)])
    assert json.loads(out.stdout)["outcomes"][0] == {"status": "ok", "documents": 7, "share": 0.7}
    out = run(main, ["summary", str(dataset.folder), "--into", str(tmp_path)])
    assert "need no hand" in out.output
    out = run(main, ["export", str(dataset.folder), "--to", "codebook", "-o", str(tmp_path)])
    assert out.output.split() == [str(tmp_path / "codebook.md"), str(tmp_path / "codebook.html")]
