"""Whatever happens to a consistent table: one wrong cell is located, and no answer is sure and wrong."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from gouji.checker.apply import apply
from gouji.checker.locate import Answer, Location, locate
from gouji.checker.run import check
from gouji.model.causes import find_causes
from gouji.model.report import State, Value
from tests.bench.slips import TYPOS, Grid, make_grid, requests_table, to_cells, typos
from tests.unit.checker.reports import report_of

EDITIONS = st.sampled_from(("2019", "2021"))
SIZES = st.sampled_from((5, 15, 150, 2500))
SEEDS = st.integers(0, 2**32)


def mend(found: Location, grid: Grid, edition: str) -> list[int]:
    """All numbers after the best explanation has been applied."""
    new = {change.cell: change.new for change in found.explanations[0].changes}
    numbers = (number for row in grid for number in row)
    return [int(new.get(key, number or 0)) for key, number in zip(requests_table(edition).slots, numbers, strict=True)]


def flat(grid: Grid) -> list[int]:
    return [number or 0 for row in grid for number in row]


@given(edition=EDITIONS, size=SIZES, seed=SEEDS, kind=st.sampled_from(sorted(TYPOS)))
def test_one_wrong_cell_is_located(edition: str, size: int, seed: int, kind: str) -> None:
    rng = Random(seed)
    clean = make_grid(rng, edition=edition, size=size)
    grid = [row[:] for row in clean]
    if TYPOS[kind](grid, rng) and flat(grid) != flat(clean):
        found = locate(requests_table(edition), to_cells(grid, edition=edition))
        assert found.answer is Answer.LOCATED
        assert len(found.explanations[0].changes) == 1
        assert mend(found, grid, edition) == flat(clean)


@given(edition=EDITIONS, size=SIZES, seed=SEEDS)
def test_two_wrong_cells_are_never_located_wrongly(edition: str, size: int, seed: int) -> None:
    rng = Random(seed)
    clean = make_grid(rng, edition=edition, size=size)
    grid = [row[:] for row in clean]
    if typos(2)(grid, rng):
        found = locate(requests_table(edition), to_cells(grid, edition=edition))
        assert found.answer is not Answer.CONSISTENT or flat(grid) == flat(clean)
        assert found.answer is not Answer.LOCATED or mend(found, grid, edition) == flat(clean)


@given(seed=SEEDS, delta=st.integers(1, 10**18), cell=st.integers(0, 174))
def test_any_number_of_any_size_is_computed_exactly(seed: int, delta: int, cell: int) -> None:
    clean = make_grid(Random(seed), edition="2021", size=150)
    grid = [row[:] for row in clean]
    grid[cell // 7][cell % 7] = flat(clean)[cell] + delta
    found = locate(requests_table("2021"), to_cells(grid, edition="2021"))
    assert mend(found, grid, "2021") == flat(clean)


@given(seed=SEEDS, order=st.permutations(range(6)))
def test_the_order_of_the_applicants_does_not_matter(seed: int, order: list[int]) -> None:
    rng = Random(seed)
    grid = make_grid(rng, edition="2021", size=150)
    if TYPOS["digit substituted"](grid, rng):
        other = [[row[i] for i in order] + row[6:] for row in grid]
        first = locate(requests_table("2021"), to_cells(grid, edition="2021"))
        second = locate(requests_table("2021"), to_cells(other, edition="2021"))
        columns = [column.key for column in requests_table("2021").blocks[0].columns]
        back = {columns[new]: columns[old] for new, old in enumerate(order)} | {"total": "total"}
        changes = [(c.cell.rpartition("."), c.old, c.new) for c in second.explanations[0].changes]
        assert [(c.cell, c.old, c.new) for c in first.explanations[0].changes] == [
            (f"{row}.{back[column]}", old, new) for (row, _, column), old, new in changes
        ]


@given(edition=EDITIONS, size=SIZES, seed=SEEDS)
def test_the_same_answer_twice_and_a_proposal_mends_what_it_explains(edition: str, size: int, seed: int) -> None:
    rng = Random(seed)
    grid = make_grid(rng, edition=edition, size=size)
    if TYPOS[rng.choice(sorted(TYPOS))](grid, rng):
        cells = {key: cell for key, cell in to_cells(grid, edition=edition).items() if cell.state is State.REPORTED}
        report = report_of({key: cell.value or 0 for key, cell in cells.items()}, edition=edition)
        findings = check(report)
        assert check(report) == findings
        for cause in find_causes(findings):
            assert check(apply(report, cause.suspects)) == ()


@given(edition=EDITIONS, seed=SEEDS, unknown=st.integers(0, 160))
def test_an_unknown_cell_is_implied_by_a_consistent_table(edition: str, seed: int, unknown: int) -> None:
    grid = make_grid(Random(seed), edition=edition, size=150)
    cells = to_cells(grid, edition=edition)
    key = list(cells)[unknown]
    found = locate(requests_table(edition), {**cells, key: Value(value=None, state=State.UNREADABLE)})
    assert (found.answer, found.implied) == (Answer.CONSISTENT, {key: flat(grid)[unknown]})
