"""How well wrong cells are located: errors injected into consistent tables.

    python tests/bench/bench_locate.py [--seed N] [--cases N] [--profile extraction|draft] [--floors]

Prints, for each kind of slip: detected, first answer right, located (confident), located wrongly, milliseconds. Exit
status 1 when a bar of tests/bench/locate.toml is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from gouji.checker.locate import Answer, locate
from tests.bench.slips import CLASSES, Grid, make_grid, requests_table, to_cells

SIZES = (15, 150, 2500)
EDITIONS = ("2021", "2019")


@dataclass
class Score:
    cases: int = 0
    detected: int = 0
    right: int = 0
    listed: int = 0
    located: int = 0
    wrong: int = 0
    times: list[float] = field(default_factory=list)


def spoiled(name: str, rng: Random, *, edition: str, size: int) -> tuple[Grid, Grid]:
    """A consistent table and the same with one kind of slip."""
    while True:
        clean = make_grid(rng, edition=edition, size=size)
        grid = [row[:] for row in clean]
        if CLASSES[name](grid, rng) and [[n or 0 for n in row] for row in grid] != clean:
            return clean, grid


def repaired(grid: Grid, changes: dict[str, int], keys: list[str]) -> Grid:
    numbers = [
        changes.get(key, number or 0) for key, number in zip(keys, [n for row in grid for n in row], strict=True)
    ]
    return [list(numbers[i : i + 7]) for i in range(0, len(numbers), 7)]


def score_one(score: Score, clean: Grid, grid: Grid, *, edition: str, profile: str, solver: bool) -> None:
    table = requests_table(edition)
    cells = to_cells(grid, edition=edition)
    begin = time.perf_counter()
    found = locate(table, cells, profile=profile, solver=solver)
    score.times.append((time.perf_counter() - begin) * 1000)
    keys = list(table.slots)
    fits = [
        repaired(grid, {change.cell: int(change.new) for change in item.changes}, keys) == clean
        for item in found.explanations
    ]
    score.cases += 1
    score.detected += found.answer is not Answer.CONSISTENT
    score.right += bool(fits) and fits[0]
    score.listed += any(fits)
    score.located += found.answer is Answer.LOCATED
    score.wrong += found.answer is Answer.LOCATED and not fits[0]


def run(
    name: str,
    *,
    seed: int,
    cases: int,
    editions: tuple[str, ...] = EDITIONS,
    profile: str = "extraction",
    solver: bool = False,
) -> Score:
    """Score one kind of slip; the same seed gives the same cases."""
    score = Score()
    settings = [(edition, size) for edition in editions for size in SIZES]
    for edition, size in settings:
        rng = Random(f"{seed}/{name}/{edition}/{size}")
        for _ in range(-(-cases // len(settings))):
            clean, grid = spoiled(name, rng, edition=edition, size=size)
            score_one(score, clean, grid, edition=edition, profile=profile, solver=solver)
    return score


def bars() -> dict[str, dict[str, float]]:
    data: dict[str, dict[str, float]] = tomllib.loads((Path(__file__).parent / "locate.toml").read_text("utf-8"))
    return data


def missed(name: str, score: Score) -> Iterator[str]:
    """The bars that are not reached."""
    for key, bar in bars().get(name, {}).items():
        reached = 100 * getattr(score, key) / score.cases
        if reached > bar if key == "wrong" else reached < bar:
            yield f"{name}: {key} {reached:.2f} %, the bar is {bar} %"


def line(name: str, score: Score) -> str:
    share = [100 * n / score.cases for n in (score.detected, score.right, score.listed, score.located, score.wrong)]
    numbers = "  ".join(f"{value:8.2f}" for value in share)
    return f"{name:30} {score.cases:6}  {numbers}  {median(score.times):7.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=1260, help="of each kind, over both editions and all sizes")
    parser.add_argument("--profile", default="extraction")
    parser.add_argument("--edition", choices=EDITIONS)
    parser.add_argument("--solver", action="store_true")
    parser.add_argument("--only")
    args = parser.parse_args()
    editions = (args.edition,) if args.edition else EDITIONS
    print(
        f"seed {args.seed}; editions {', '.join(editions)}; {'/'.join(map(str, SIZES))} requests; profile {args.profile}"
    )
    print(
        f"{'kind of slip':30} {'cases':>6}  {'detected':>8}  {'first':>8}  {'listed':>8}  {'located':>8}  {'wrongly':>8}  {'ms':>7}"
    )
    failures: list[str] = []
    times: list[float] = []
    wrong = upto_two = 0
    for name in CLASSES:
        if args.only and args.only not in name:
            continue
        score = run(name, seed=args.seed, cases=args.cases, editions=editions, profile=args.profile, solver=args.solver)
        print(line(name, score), flush=True)
        failures += missed(name, score)
        times += score.times
        if not name.startswith("three"):
            wrong, upto_two = wrong + score.wrong, upto_two + score.cases
    print(f"located wrongly with up to two errors: {wrong} of {upto_two}; median {median(times):.2f} ms")
    print("\n".join(failures) or "all bars reached")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
