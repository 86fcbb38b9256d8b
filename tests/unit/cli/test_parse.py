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


def test_one_line_a_path_in_order_and_standard_input(tmp_path: Path) -> None:
    seed = Path(__file__).parents[3] / "fixtures" / "seed-2023.txt"
    odd = tmp_path / "none-\udcff.txt"
    result = CliRunner().invoke(main, ["parse", str(seed), str(odd), "-"], input=seed.read_bytes())
    assert result.exit_code == 2
    reports = [json.loads(line) for line in result.stdout_bytes.decode("utf-8").splitlines()]
    assert [report["status"] for report in reports] == ["ok", "failed", "ok"]
    assert [report["source"]["path"] for report in reports] == [str(seed), str(tmp_path / "none-?.txt"), "-"]


def test_pretty_and_explain() -> None:
    seed = str(Path(__file__).parents[3] / "fixtures" / "seed-2023.txt")
    result = CliRunner().invoke(main, ["parse", "--pretty", seed])
    assert (result.exit_code, json.loads(result.stdout)["agency"]) == (0, "乌鲁木齐市招商服务局")
    assert "requests.received.total: '0' at line 28" in CliRunner().invoke(main, ["parse", "--explain", seed]).stdout
