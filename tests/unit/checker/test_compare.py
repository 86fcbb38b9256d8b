import json
from pathlib import Path

from click.testing import CliRunner

from gouji.checker.compare import compare
from gouji.cli import main
from gouji.model.report import State
from gouji.pipeline import parse_bytes
from gouji.renderers.html import render_html
from tests.generate import Wish, invent

PAGE = render_html(invent(3, wish=Wish(edition="2021", size="middle", zeros="0")))


def changed(page: str) -> str:
    """The page with the first three-digit number of its tables one higher."""
    at = page.index("<td", page.index("一、本年新收"))
    start = page.index(">", at) + 1
    end = page.index("<", start)
    return f"{page[:start]}{int(page[start:end]) + 1}{page[end:]}"


def test_a_changed_number_is_found_with_both_places() -> None:
    left, right = (parse_bytes(page.encode(), check=False) for page in (PAGE, changed(PAGE)))
    found = compare(left, right)
    (item,) = found.differences
    assert (item.cell, item.kind, item.difference) == ("requests.received.natural_person", "value", -1)
    assert item.left.where is not None
    assert item.left.where == (item.right.where)
    assert not found.equal


def test_a_number_on_one_side_only() -> None:
    left, right = (parse_bytes(page.encode(), check=False) for page in (PAGE, PAGE.replace("规章", "法规")))
    kinds = {item.kind for item in compare(left, right).differences}
    assert kinds == {"missing"}


def test_blank_and_absent_do_not_make_reports_unequal() -> None:
    report = parse_bytes(PAGE.encode(), check=False)
    found = compare(report, report)
    assert found.equal
    assert not found.differences
    assert found.same == sum(cell.state in (State.REPORTED, State.INFERRED) for cell in report.cells.values())


def test_the_command(tmp_path: Path) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    first.write_text(PAGE, "utf-8")
    second.write_text(changed(PAGE), "utf-8")
    result = CliRunner().invoke(main, ["compare", str(first), str(second)])
    assert result.exit_code == 1
    assert "一、本年新收政府信息公开申请数量 · 自然人" in result.stdout
    as_json = CliRunner().invoke(main, ["compare", "--json", str(first), str(second)])
    assert json.loads(as_json.stdout)["differences"][0]["cell"] == "requests.received.natural_person"
    assert CliRunner().invoke(main, ["compare", str(first), str(first)]).exit_code == 0
    assert CliRunner().invoke(main, ["compare", str(first), str(tmp_path / "c.html")]).exit_code == 2
