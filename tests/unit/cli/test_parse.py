"""The ``parse`` command: what it prints, and its exit status."""

import json
from pathlib import Path

from click.testing import CliRunner

from gouji.cli import main


def test_a_missing_file_is_one_outcome(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["parse", str(tmp_path / "none.txt")])
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert (data["schema"], data["status"], data["notes"][0]["code"]) == (1, "failed", "READ-FILE")
    assert "cannot open the file" in result.stderr


def test_no_path_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["parse"]).exit_code == 64


def test_a_form_with_a_mistake_is_wrong_usage(tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    form.write_text("[form]\nedition = 1\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["parse", "--form", str(form), "x.txt"])
    assert result.exit_code == 64
    assert "form.edition" in result.stderr
