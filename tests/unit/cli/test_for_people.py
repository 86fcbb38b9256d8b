"""The commands ``check``, ``forms`` and ``explain``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.cli import main
from gouji.forms import editions

ROOT = Path(__file__).parents[3]


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, args)
    return result.exit_code, result.stdout


def test_check_says_what_became_of_each_path(tmp_path: Path) -> None:
    code, text = run("check", "--lang", "en", str(tmp_path / "none.txt"))
    assert code == 2
    assert "none.txt" in text
    assert "cannot open the file" in text


def test_forms_lists_the_editions() -> None:
    code, text = run("forms")
    assert code == 0
    assert [line.split()[0] for line in text.splitlines()] == ["2019", "2021"]


def test_one_form_in_words_and_as_json() -> None:
    _, text = run("forms", "2021")
    assert "requests: 收到和处理政府信息公开申请情况" in text
    assert "REQ-BALANCE" in text
    data = json.loads(run("forms", "2021", "--json")[1])
    cells = [cell["id"] for table in data["tables"] for cell in table["cells"]]
    assert cells == list(editions()["2021"].slots)
    assert [item["edition"] for item in json.loads(run("forms", "--json")[1])] == ["2019", "2021"]


def test_the_ids_of_a_form() -> None:
    lines = run("forms", "2021", "--ids")[1].splitlines()
    assert len(lines) == len(editions()["2021"].slots)
    assert lines[0].split("\t") == ["2021", "disclosure.regulations.issued", "规章 / 本年制发件数", "件"]


def test_an_unknown_edition_is_wrong_usage() -> None:
    assert run("forms", "1999")[0] == 64


@pytest.mark.parametrize(("lang", "word"), [("zh", "等于"), ("en", "equal")])
def test_explain(lang: str, word: str) -> None:
    code, text = run("explain", "req-balance", "--lang", lang)
    assert code == 0
    assert text.startswith("REQ-BALANCE (rule, error)")
    assert word in text


def test_explain_lists_everything_and_gives_json() -> None:
    assert "TWO-REPORTS" in run("explain")[1]
    assert json.loads(run("explain", "READ-EMPTY", "--json")[1])["kind"] == "error"
    assert run("explain", "NO-SUCH-CODE")[0] == 64


@pytest.mark.parametrize(
    ("value", "word"), [("zh_CN.UTF-8", "无法读取"), ("de_DE.UTF-8", "cannot be read"), ("", "cannot be read")]
)
def test_the_locale_decides_the_language(monkeypatch: pytest.MonkeyPatch, value: str, word: str) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", value)
    assert word in run("check", "nowhere.txt")[1]
