"""The ``draw`` command."""

from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from gouji.cli import main
from tests.unit.readers.pdf.make_pdf import consistent_values, make_pdf


def test_a_page_is_drawn_with_its_values(tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(make_pdf(consistent_values("2021", 3)))
    done = CliRunner().invoke(main, ["draw", str(report), "--page", "2", "-o", str(tmp_path / "page.png")])
    assert done.exit_code == 0, done.output
    assert "values" in done.stderr
    assert int(done.stderr.split()[-2]) > 100
    with Image.open(tmp_path / "page.png") as picture:
        assert picture.size == (1786, 2526)
        colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert {(220, 30, 30), (40, 90, 220), (0, 110, 40)} <= colours


def test_what_cannot_be_drawn_says_why(tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(make_pdf(consistent_values("2021", 3)))
    page = tmp_path / "page.html"
    page.write_text("<p>一、总体情况", encoding="utf-8")
    for arguments in (["draw", str(report), "--page", "99"], ["draw", str(page)]):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 2
        assert "READ-" in done.stderr
