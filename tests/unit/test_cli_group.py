import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import gouji
from gouji import cli


@click.command("odd")
@click.argument("how")
def odd(how: str) -> None:
    """Fail in the way asked for."""
    if how == "usage":
        raise click.BadParameter("no")
    if how == "file":
        raise click.FileError("a.html")
    if how == "interrupt":
        raise KeyboardInterrupt
    if how in ("full", "lost"):
        raise OSError(errno.ENOSPC if how == "full" else errno.EBADF, "no room", "a.html")
    if how == "bug":
        raise RuntimeError("boom")
    click.get_current_context().exit(1)


@pytest.mark.parametrize(
    ("how", "status"),
    [("usage", 64), ("file", 2), ("interrupt", 130), ("bug", 70), ("full", 2), ("lost", 70), ("findings", 1)],
)
def test_exit_status(monkeypatch: pytest.MonkeyPatch, how: str, status: int) -> None:
    monkeypatch.setattr(cli, "_COMMANDS", {"odd": f"{__name__}:odd"})
    result = CliRunner().invoke(cli.main, ["odd", how])
    assert result.exit_code == status
    assert (result.stderr == "Error: a.html: no room\n") == (how == "full")


@pytest.mark.parametrize("arguments", [["no-such-command"], ["--no-such-option"]])
def test_wrong_usage_of_the_group(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli.main, arguments)
    assert result.exit_code == 64
    assert result.stdout == ""


def test_a_missing_module_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_COMMANDS", {"never": "gouji.cli.never_written:never"})
    result = CliRunner().invoke(cli.main, ["--help"])
    assert result.exit_code == 0
    assert "never" not in result.output
    assert CliRunner().invoke(cli.main, ["never"]).exit_code == 64


def test_every_listed_command_loads() -> None:
    context = click.Context(cli.main)
    for name in cli.main.list_commands(context):
        command = cli.main.get_command(context, name)
        assert command is not None
        assert command.name == name


def test_runs_as_a_module() -> None:
    source = Path(cli.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "gouji", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )
    assert done.stdout.strip() == f"gouji {gouji.__version__}"
