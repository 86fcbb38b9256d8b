"""Every code that the source can produce is explained, in both languages."""

import re
from pathlib import Path

import pytest

from gouji.exporters.explanations import explain, explanations

SOURCE = Path(__file__).parents[3] / "src" / "gouji"
CODE = re.compile(r"""(?:code|rule)\s*(?::\s*\w+)?=\s*f?["']([A-Z][A-Z0-9-]+)["']""")
QUOTED = re.compile(r"""["']([A-Z]{2,}(?:-[A-Z]{2,})+)["']""")
NOT_CODES = {"EN-US", "ZH-CN", "UTF-8", "GB-HANS"}
"""Quoted words that look like codes and are none."""


def used_codes() -> dict[str, str]:
    """Code to the file that uses it."""
    found: dict[str, str] = {}
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        for pattern in (CODE, QUOTED):
            found.update((match[1], path.relative_to(SOURCE).as_posix()) for match in pattern.finditer(text))
    return {code: path for code, path in found.items() if code not in NOT_CODES}


def test_every_code_is_explained() -> None:
    missing = {code: path for code, path in used_codes().items() if code not in explanations()}
    assert missing == {}, "add an entry to src/gouji/exporters/explanations.toml (zh and en), then this passes"


@pytest.mark.parametrize("code", explanations())
def test_an_explanation_says_something_in_both_languages(code: str) -> None:
    entry = explain(code)
    assert entry.kind in ("rule", "note", "error")
    assert re.search(r"[\u3400-\u9fff]", entry.message.zh)
    assert re.search(r"[a-z]{3}", entry.message.en)
    assert entry.kind != "rule" or entry.severity


def test_a_rule_quotes_the_form() -> None:
    entry = explain("REQ-BALANCE")
    assert any("国办公开办函〔2021〕30号" in basis for basis in entry.basis)
    assert entry.terms == (
        "一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量 = （七）总计 + 四、结转下年度继续办理",
    )


def test_an_unknown_code() -> None:
    with pytest.raises(KeyError):
        explain("NO-SUCH-CODE")
