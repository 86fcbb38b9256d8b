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


def test_explain_reads_standard_input() -> None:
    seed = Path(__file__).parents[3] / "fixtures" / "seed-2023.txt"
    result = CliRunner().invoke(main, ["parse", "--explain", "-"], input=seed.read_bytes())
    assert result.exit_code == 0
    assert "requests.received.total: '0' at line 28" in result.stdout


def test_a_folder_stands_for_the_reports_below_it(tmp_path: Path) -> None:
    seed = Path(__file__).parents[3] / "fixtures" / "seed-2023.txt"
    for name in ("b.txt", "sub/a.txt", "notes.json", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(seed.read_bytes())
    result = CliRunner().invoke(main, ["parse", str(tmp_path)])
    paths = [json.loads(line)["source"]["path"] for line in result.stdout.splitlines()]
    assert (result.exit_code, paths) == (0, [str(tmp_path / "b.txt"), str(tmp_path / "sub/a.txt")])


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    for command in ("parse", "check"):
        result = CliRunner().invoke(main, [command, str(tmp_path)])
        assert result.exit_code == 2
        assert "no file in the folder looks like a report" in result.output
