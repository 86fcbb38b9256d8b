"""Exact-cell accuracy over every document with a known truth, against the floors of ``floors.json`` (`make accuracy`).

A cell is right when its value is the printed one, or rightly none; wrong when a value is given that is not printed; missed
when none is given. Wrong must be 0 everywhere. Floors only rise: `python -m pytest tests/bench -k accuracy --golden-update`
writes what is reached now, never less.
"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gouji.model.report import Report
from gouji.pipeline import outcome
from gouji.text.numbers import read_count, read_money

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("floors.json")
HERE = ("fixtures/layouts", "fixtures/corpus", "fixtures/extracted")
SHARED = ("text", "html", "docx", "docx-styles", "legacy", "ofd", "pdf", "pdf-styles", "pdf-unruled")


def number(value: object) -> Decimal | None:
    """What a truth file says, as a number; ``None`` for a blank and for what is no number."""
    if value is None or isinstance(value, int):
        return None if value is None else Decimal(value)
    read = read_money(str(value)).value
    if read is None:
        read = read_count(str(value)).value
    return None if read is None else Decimal(read)


def count_cells(truth: dict[str, Any], report: Report) -> Counter[str]:
    """Right, missed and wrong cells of one document."""
    found: Counter[str] = Counter()
    for key in {**truth, **report.values()}:
        want, have = number(truth.get(key)), report.values().get(key)
        if have is not None and have != want:
            found["wrong"] += 1
        elif have is None and want is not None:
            found["missed"] += 1
        elif key in truth:
            found["right"] += 1
    return found


@cache
def measure(folder: Path) -> tuple[Counter[str], tuple[str, ...]]:
    """All documents of a folder that have a truth beside them, and the names of those read wrongly."""
    total: Counter[str] = Counter()
    bad = []
    for path in sorted(folder.rglob("*truth.json")):
        sources = [path.with_name(path.name.removesuffix(".truth.json"))]
        if path.name == "truth.json":
            sources = sorted(path.parent.glob("input.*"))
        for source in sources:
            found = count_cells(json.loads(path.read_text("utf-8"))["values"], outcome(source, check=False))
            if found["wrong"]:
                bad.append(f"{source.name}: {found['wrong']}")
            total += found
            total["documents"] += 1
    return total, tuple(bad)


def compare(name: str, folder: Path, *, update: bool) -> None:
    """Print one line, and hold it against its floor."""
    total, bad = measure(folder)
    cells = total["right"] + total["missed"] + total["wrong"]
    reached = total["right"] / cells if cells else 0.0
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8"))
    print(
        f"\n{name:24}{total['documents']:>5} documents {100 * reached:8.3f} % right, missed {total['missed']}, wrong {total['wrong']}"
    )
    if update and reached > floors.get(name, 0.0):
        floors[name] = int(reached * 10000) / 10000
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    assert bad == ()
    assert reached >= floors.get(name, 0.0)


@pytest.mark.slow
@pytest.mark.parametrize("name", HERE)
def test_accuracy_of_the_fixtures(name: str, *, golden_update: bool) -> None:
    folder = ROOT / name
    if not folder.is_dir():
        pytest.skip(f"no {name}")
    compare(name, folder, update=golden_update)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHARED)
def test_accuracy_of_the_shared_samples(name: str, shared: Path, *, golden_update: bool) -> None:
    compare(f"shared/{name}", shared / "samples" / name, update=golden_update)
