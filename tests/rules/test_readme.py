"""What the README shows is what the tool prints."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- tested -->\n```console\n\$ ([^\n]+)\n(.*?)```", re.DOTALL)


def test_the_python_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    sessions = "\n".join(re.findall(r"```python\n(>>> .*?)```", README, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(sessions, {}, "README.md", "README.md", 0)
    assert len(test.examples) > 3
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize(("command", "shown"), BLOCK.findall(README))
def test_the_commands(command: str, shown: str) -> None:
    command = command.replace("gouji ", f"{sys.executable} -m gouji ", 1) if command.startswith("gouji") else command
    command = command.replace("| gouji ", f"| {sys.executable} -m gouji ")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == shown


def test_the_input_shown_is_the_fixture() -> None:
    shown = re.search(r"```text\n(三、.*?)```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] in (ROOT / "fixtures" / "seed-2023.txt").read_text("utf-8")
