"""The command: lists, settings, exit statuses, and what it says."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.batches.assemble import assemble
from gouji.cli import main
from gouji.renderers.html import render_html
from tests.generate import invent


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gouji.batches.run.assemble_apart", assemble)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(render_html(invent(0)), encoding="utf-8")
    (tmp_path / "in" / "b.html").write_text("<html><body>weather</body></html>", encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, ["batch", "-j", "1", *args], input=stdin)


def test_it_says_what_was_read_and_ends_with_0() -> None:
    done = run("in", "-o", "out")
    assert done.exit_code == 0, done.output
    assert "2 documents (1 not_a_report, 1 ok)" in done.stderr
    assert done.stdout == ""
    again = run("in", "-o", "out", "--quiet", "--strict")
    assert again.exit_code == 2
    assert again.stderr == ""
    assert run("in/a.html", "-o", "out", "--strict").exit_code == 0


def test_a_list_on_standard_input_and_settings_of_a_file() -> None:
    Path("gouji.toml").write_text('[batch]\nexclude = ["*b.html"]\n', encoding="utf-8")
    done = run("--from", "-", "-o", "out", stdin="in\n")
    assert "1 documents (1 ok)" in done.stderr
    done = run("in", "-o", "out", "--exclude", "*a.html")
    assert "1 documents (1 not_a_report)" in done.stderr


def test_a_list_may_name_files_whose_names_are_no_utf8() -> None:
    name = b"in/\xb1\xa8.html"
    Path(os.fsdecode(name)).write_text(render_html(invent(1)), encoding="utf-8")
    Path("list").write_bytes(name + b"\0")
    done = run("--from", "list", "-o", "out")
    assert "1 documents (1 ok)" in done.stderr, done.output


def test_an_empty_folder_gives_an_empty_data_set() -> None:
    Path("empty").mkdir()
    assert "0 documents (none)" in run("empty", "-o", "out").stderr
    for command in (["summary"], ["coverage"], ["export", "--to", "xlsx", "--to", "dta", "--to", "datapackage"]):
        done = CliRunner().invoke(main, [*command, "out"])
        assert done.exit_code == 0, done.output
        assert ("The data set is empty." in done.stdout) == (command == ["summary"])


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        ((), 64, "name at least one INPUT"),
        (("--from", "nowhere"), 64, "cannot read the list"),
        (("in", "--timeout", "-1"), 64, "timeout must be at least"),
        (("in", "--timeout", "0"), 64, "timeout must be at least"),
        (("in", "--memory", "0"), 64, "memory must be at least"),
        (("in", "--config", "nowhere.toml"), 64, "cannot read the settings"),
        (("in", "--form", "in/a.html"), 64, "not valid TOML"),
        (("nowhere",), 2, "no such file or folder"),
    ],
)
def test_what_is_wrong_is_said(args: tuple[str, ...], status: int, said: str) -> None:
    done = run(*args, "-o", "out")
    assert (done.exit_code, said in done.output) == (status, True), done.output
