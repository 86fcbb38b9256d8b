"""The bars of locating on a few cases of each kind, and what checking costs; ``bench_locate.py`` does it at length."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from gouji.checker.run import check
from tests.bench.bench_locate import line, missed, run
from tests.bench.slips import CLASSES, TYPOS, make_grid, to_cells
from tests.unit.checker.reports import report_of


@pytest.mark.parametrize("name", CLASSES)
def test_the_bars_are_reached(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    score = run(name, seed=20231, cases=60)
    with capsys.disabled():
        print("\n" + line(name, score))
    assert score.wrong == 0 or name in ("two slips of any kind", "three typos")
    assert [text for text in missed(name, score) if "right" not in text] == []
    assert score.right / score.cases >= (0.9 if name in TYPOS or "author" not in name else 0)


def spoiled(kind: str | None) -> Any:
    rng = Random(5)
    grid = make_grid(rng, edition="2021", size=150)
    if kind:
        assert CLASSES[kind](grid, rng)
    report = report_of({})
    return replace(report, cells={**report.cells, **to_cells(grid, edition="2021")})


def test_check_clean(benchmark: Any) -> None:
    assert benchmark(check, spoiled(None)) == ()


def test_check_one_wrong_cell(benchmark: Any) -> None:
    assert benchmark(check, spoiled("digit substituted"))


def test_check_two_wrong_cells(benchmark: Any) -> None:
    assert benchmark(check, spoiled("two typos"))
