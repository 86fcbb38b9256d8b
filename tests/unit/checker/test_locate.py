"""Which cell is wrong: one test a kind of slip, and the refusals."""

import importlib.util
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from gouji.checker.code import Code
from gouji.checker.locate import Answer, Location, code_of, locate
from gouji.forms import editions
from gouji.forms.spec import TableSpec
from gouji.model.report import State, Value
from gouji.model.source import Where

TABLE = editions()["2021"].table("requests")
ROWS = {
    "received": [3001, 53, 0, 0, 61, 4, 3119],
    "carried_in": [34, 0, 0, 0, 0, 0, 34],
    "granted": [1288, 21, 0, 0, 50, 3, 1362],
    "partly_granted": [447, 7, 0, 0, 0, 0, 454],
    "refused.internal_affairs": [50, 1, 0, 0, 0, 0, 51],
    "refused.administrative_query": [105, 0, 0, 0, 0, 0, 105],
    "unavailable.not_held": [746, 12, 0, 0, 10, 1, 769],
    "not_processed.petition": [56, 6, 0, 0, 0, 0, 62],
    "other.misc": [240, 6, 0, 0, 1, 0, 247],
    "outcome_total": [2932, 53, 0, 0, 61, 4, 3050],
    "carried_over": [103, 0, 0, 0, 0, 0, 103],
}
COLUMNS = [column.key for column in TABLE.blocks[0].columns]


def cells_of(changes: Mapping[str, list[int]] | None = None) -> dict[str, Value]:
    rows = {row.key: [0] * 7 for row in TABLE.blocks[0].rows} | ROWS | dict(changes or {})
    return {
        f"requests.{row}.{column}": Value(value=number, state=State.REPORTED, raw=str(number))
        for row, numbers in rows.items()
        for column, number in zip(COLUMNS, numbers, strict=True)
    }


def best(location: Location) -> list[tuple[str, int | None, int, str]]:
    return [(c.cell[9:], c.old, c.new, c.kind) for c in location.explanations[0].changes]  # type: ignore[misc]


def test_a_consistent_table() -> None:
    assert locate(TABLE, cells_of()).answer is Answer.CONSISTENT


@pytest.mark.parametrize(
    ("row", "stands", "kind"),
    [
        ("granted", [1828, 21, 0, 0, 50, 3, 1362], "transposition"),
        ("granted", [8182, 21, 0, 0, 50, 3, 1362], "other"),
        ("granted", [1288, 21, 0, 0, 50, 8, 1362], "confusable"),
        ("granted", [1288, 23, 0, 0, 50, 3, 1362], "digit"),
        ("granted", [1288, 21, 0, 0, 50, 3, 136], "dropped_digit"),
        ("received", [30011, 53, 0, 0, 61, 4, 3119], "extra_digit"),
        ("received", [0, 53, 0, 0, 61, 4, 3119], "lost"),
        ("outcome_total", [2932, 53, 0, 0, 60, 4, 3050], "digit"),
        ("carried_over", [101, 0, 0, 0, 0, 0, 103], "digit"),
        ("partly_granted", [449, 7, 0, 0, 0, 0, 454], "digit"),
        ("refused.internal_affairs", [50, 1, 0, 0, 0, 0, 49], "miscount"),
        ("carried_in", [34, 0, 0, 0, 0, 0, 1], "other"),
        ("unavailable.not_held", [647, 12, 0, 0, 10, 1, 769], "far_transposition"),
        ("other.misc", [240, 6, 0, 0, 1, 12, 247], "other"),
    ],
)
def test_one_wrong_cell(row: str, stands: list[int], kind: str) -> None:
    found = locate(TABLE, cells_of({row: stands}))
    assert found.answer is Answer.LOCATED
    [(cell, old, new, said)] = best(found)
    (at,) = (i for i, (a, b) in enumerate(zip(stands, ROWS[row], strict=True)) if a != b)
    assert (cell, old, new, said) == (f"{row}.{COLUMNS[at]}", stands[at], ROWS[row][at], kind)
    assert found.common == (f"requests.{cell}",)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"granted": [1288, 21, 0, 50, 0, 3, 1362]}, "moved_column"),
        ({"granted": [1288, 21, 0, 3, 50, 0, 1362]}, "moved_column"),
        ({"granted": [21, 1288, 0, 0, 50, 3, 1362]}, "exchanged_columns"),
        (
            {
                "carried_in": [0, 0, 0, 0, 0, 0, 34],
                "granted": [1288, 21, 0, 0, 50, 3, 1362],
                "received": [3001, 53, 0, 0, 61, 4, 3119],
            },
            "lost",
        ),
        ({"partly_granted": [0, 7, 0, 0, 0, 0, 454], "refused.state_secret": [447, 0, 0, 0, 0, 0, 0]}, "moved_row"),
        ({"partly_granted": [1288, 7, 0, 0, 0, 0, 454], "granted": [447, 21, 0, 0, 50, 3, 1362]}, "exchanged_rows"),
        ({"refused.administrative_query": [10, 5, 0, 0, 0, 0, 105]}, "split"),
        ({"granted": [12, 88, 21, 0, 0, 50, 3]}, "split_shift"),
        ({"granted": [1288, 21, 0, 50, 3, 1362, 0]}, "dropped_blank"),
        ({"granted": [1288, 21, 50, 3, 1362, 0, 0]}, "dropped_blank"),
        ({"granted": [1288, 1288, 21, 0, 0, 50, 3]}, "extra_token"),
        ({"granted": [0, 0, 0, 0, 0, 0, 0]}, "row_lost"),
        ({"partly_granted": [1288, 21, 0, 0, 50, 3, 1362]}, "row_repeated"),
        ({"outcome_total": [103, 0, 0, 0, 0, 0, 103], "carried_over": [2932, 53, 0, 0, 61, 4, 3050]}, "rows_exchanged"),
        ({"other.misc": [2932, 53, 0, 0, 61, 4, 3050], "outcome_total": [240, 6, 0, 0, 1, 0, 247]}, "rows_exchanged"),
    ],
)
def test_one_slip_over_several_cells(changes: dict[str, list[int]], kind: str) -> None:
    found = locate(TABLE, cells_of(changes))
    repaired = {change.cell: change.new for change in found.explanations[0].changes}
    clean = cells_of()
    assert {cell: clean[cell].value for cell in repaired} == repaired
    assert len(repaired) == sum(value.value != clean[key].value for key, value in cells_of(changes).items())
    if kind != "other":
        assert {change.kind for change in found.explanations[0].changes} == {kind}


def test_the_cells_of_one_slip_name_each_other() -> None:
    found = locate(TABLE, cells_of({"granted": [1288, 21, 0, 50, 0, 3, 1362]}))
    assert [change.together for change in found.explanations[0].changes] == [
        ("requests.granted.legal_service",),
        ("requests.granted.public_welfare",),
    ]


def test_two_typos_are_located_only_when_nothing_else_fits() -> None:
    found = locate(
        TABLE, cells_of({"granted": [1289, 21, 0, 0, 50, 3, 1362], "carried_over": [103, 7, 0, 0, 0, 0, 103]})
    )
    assert found.answer is Answer.LOCATED
    assert {change[0] for change in best(found)} == {"granted.natural_person", "carried_over.business"}


def test_an_authors_consistent_slip_has_several_explanations() -> None:
    found = locate(TABLE, cells_of({"granted": [1289, 21, 0, 0, 50, 3, 1363]}))
    assert found.answer is Answer.CANDIDATES
    assert found.total == len(found.explanations) == 7


def test_a_typo_and_a_moved_value_together() -> None:
    changes = {"granted": [1288, 21, 0, 50, 0, 3, 1362], "other.misc": [250, 6, 0, 0, 1, 0, 247]}
    found = locate(TABLE, cells_of(changes))
    assert found.answer is Answer.CANDIDATES
    assert {change[3] for change in best(found)} == {"moved_column", "digit"}


def test_a_dropped_blank_and_a_typo_elsewhere() -> None:
    changes = {"granted": [1288, 21, 0, 50, 3, 1362, 0], "other.misc": [250, 6, 0, 0, 1, 0, 247]}
    assert {change[3] for change in best(locate(TABLE, cells_of(changes)))} == {"dropped_blank", "digit"}


def test_positions_that_are_known_cannot_have_dropped_a_blank() -> None:
    cells = cells_of({"granted": [1288, 21, 0, 50, 3, 1362, 0]})
    assert locate(TABLE, cells).explanations[0].cost < locate(TABLE, cells, geometry=True).explanations[0].cost


def test_a_draft_is_not_split() -> None:
    cells = cells_of({"refused.administrative_query": [10, 5, 0, 0, 0, 0, 105]})
    assert locate(TABLE, cells).explanations[0].cost < locate(TABLE, cells, profile="draft").explanations[0].cost
    moved = cells_of({"granted": [1288, 21, 0, 50, 0, 3, 1362]})
    assert locate(TABLE, moved, profile="draft").explanations[0].changes[0].kind == "moved_column"


def test_no_such_profile() -> None:
    with pytest.raises(ValueError, match="no profile 'guess'; there are extraction, draft"):
        locate(TABLE, cells_of({"granted": [1, 21, 0, 0, 50, 3, 1362]}), profile="guess")


def without(cells: dict[str, Value], key: str, state: State) -> dict[str, Value]:
    return cells | {f"requests.{key}": Value(value=None, state=state)}


def test_a_blank_is_the_first_suspect() -> None:
    found = locate(TABLE, without(cells_of(), "granted.natural_person", State.BLANK))
    assert found.answer is Answer.LOCATED
    assert best(found) == [("granted.natural_person", None, 1288, "lost")]


def test_an_unreadable_cell_follows_from_the_others() -> None:
    found = locate(TABLE, without(cells_of(), "granted.natural_person", State.UNREADABLE))
    assert found.answer is Answer.CONSISTENT
    assert found.implied == {"requests.granted.natural_person": 1288}


def test_an_implied_value_is_never_below_zero() -> None:
    cells = without(cells_of(), "granted.natural_person", State.UNREADABLE)
    for key in (
        "granted.total",
        "outcome_total.natural_person",
        "outcome_total.total",
        "received.natural_person",
        "received.total",
    ):
        value = cells[f"requests.{key}"].value
        assert value is not None
        cells[f"requests.{key}"] = Value(value=value - 2000, state=State.REPORTED)
    assert locate(TABLE, cells).implied == {}


def test_an_unknown_cell_and_a_wrong_one() -> None:
    cells = without(cells_of({"other.misc": [250, 6, 0, 0, 1, 0, 247]}), "granted.business", State.AMBIGUOUS)
    found = locate(TABLE, cells)
    assert found.answer is Answer.LOCATED
    assert best(found) == [("other.misc.natural_person", 250, 240, "digit")]


def test_an_unknown_cell_in_a_sum_of_the_wrong_one_makes_it_unsure() -> None:
    wrong = cells_of({"other.misc": [250, 6, 0, 0, 1, 0, 247]})
    found = locate(TABLE, without(wrong, "other.misc.business", State.AMBIGUOUS))
    assert found.answer is Answer.CANDIDATES
    assert best(found) == [("other.misc.natural_person", 250, 240, "digit")]


def test_among_many_unknown_cells_nothing_is_sure() -> None:
    cells = cells_of({"other.misc": [250, 6, 0, 0, 1, 0, 247]})
    for row in [*ROWS][:9]:
        for column in COLUMNS[2:4] if row != "other.misc" else ():
            cells = without(cells, f"{row}.{column}", State.UNREADABLE)
    found = locate(TABLE, cells)
    assert found.answer is Answer.CANDIDATES
    assert best(found) == [("other.misc.natural_person", 250, 240, "digit")]


def test_an_unknown_cell_and_two_wrong_ones_are_never_sure() -> None:
    changes = {"granted": [1289, 21, 0, 0, 50, 3, 1362], "carried_over": [103, 7, 0, 0, 0, 0, 103]}
    found = locate(TABLE, without(cells_of(changes), "other.misc.business", State.ABSENT))
    assert found.answer is Answer.CANDIDATES


def test_nothing_is_located_where_everything_is_unknown() -> None:
    cells = {key: Value(value=None, state=State.UNREADABLE) for key in TABLE.slots}
    cells["requests.granted.natural_person"] = Value(value=5, state=State.REPORTED)
    cells["requests.granted.total"] = Value(value=3, state=State.REPORTED)
    assert locate(TABLE, cells) == Location(answer=Answer.CONSISTENT)


def test_too_many_wrong_cells() -> None:
    wrong = {
        row: [n + 1 + i * 7 + j * j for j, n in enumerate(numbers)] for i, (row, numbers) in enumerate(ROWS.items())
    }
    assert locate(TABLE, cells_of(wrong)).answer is Answer.UNLOCATABLE


def test_ocr_and_page_seams_make_a_cell_likelier() -> None:
    changes = {"granted": [1289, 21, 0, 0, 50, 3, 1363]}
    cells = cells_of(changes)
    for column in COLUMNS:
        key = f"requests.other.misc.{column}"
        cells[key] = Value(value=cells[key].value, state=State.INFERRED, confidence=0.4)
    for row in TABLE.blocks[0].rows:
        for column in COLUMNS:
            key = f"requests.{row.key}.{column}"
            where = Where(page=1 if row.key in ("received", "carried_in", "granted") else 2)
            cells[key] = Value(
                value=cells[key].value, state=cells[key].state, confidence=cells[key].confidence, where=where
            )
    assert {change[0] for change in best(locate(TABLE, cells))} == {"other.misc.natural_person", "other.misc.total"}


def test_huge_numbers_stay_exact() -> None:
    huge = 11_398_889 * 10**12
    changes = {row: [huge, 0, 0, 0, 0, 0, huge] for row in ("received", "granted", "outcome_total")}
    rows = {row: [0] * 7 for row in ROWS} | changes
    cells = cells_of(rows | {"granted": [huge + 1, 0, 0, 0, 0, 0, huge]})
    assert best(locate(TABLE, cells)) == [("granted.natural_person", huge + 1, huge, "digit")]


def test_the_form_of_2019() -> None:
    table = editions()["2019"].table("requests")
    cells = {key: Value(value=0, state=State.REPORTED) for key in table.slots}
    for row in ("received", "other", "outcome_total"):
        for column in ("business", "total"):
            cells[f"requests.{row}.{column}"] = Value(value=14, state=State.REPORTED)
    cells["requests.other.business"] = Value(value=41, state=State.REPORTED)
    found = locate(table, cells)
    assert found.answer is Answer.LOCATED
    assert best(found) == [("other.business", 41, 14, "transposition")]


def test_the_review_table_can_only_be_guessed() -> None:
    table = editions()["2021"].table("review")
    cells = {key: Value(value=0, state=State.REPORTED) for key in table.slots}
    cells["review.review.upheld"] = Value(value=18, state=State.REPORTED)
    cells["review.review.total"] = Value(value=81, state=State.REPORTED)
    found = locate(table, cells)
    assert found.answer is Answer.CANDIDATES
    assert {item.changes[0].cell for item in found.explanations} == {
        f"review.review.{key}" for key in ("upheld", "corrected", "other", "pending", "total")
    }


def money_table() -> TableSpec:
    from gouji.forms.load import read_form

    text = """
[form]
edition = "mine"
source = "a test"
first_year = 2021
[[section]]
number = 1
heading = "费"
en = "Fees"
[[table]]
key = "fees"
section = 1
title = "费"
en = "Fees"
[[table.block]]
en = "Fees"
columns = [
  { key = "a", label = ["甲"], en = "A", unit = "万元", kind = "money" },
  { key = "b", label = ["乙"], en = "B", unit = "万元", kind = "money" },
  { key = "total", label = ["计"], en = "Total", unit = "万元", kind = "money" },
]
rows = [{ key = "one", label = ["一"], en = "One" }, { key = "two", label = ["二"], en = "Two" }, { key = "all", label = ["计"], en = "All" }]
[[table.rule]]
code = "FEE-ROW"
kind = "sum"
each = "row"
left = ["a", "b"]
right = ["total"]
zh = "甲加乙等于计"
en = "A and B make the total"
basis = "计"
[[table.rule]]
code = "FEE-COLUMN"
kind = "sum"
each = "column"
left = ["one", "two"]
right = ["all"]
zh = "一加二等于计"
en = "one and two make all"
basis = "计"
"""
    return read_form(text, name="mine.toml").table("fees")


def test_money_is_located_to_the_last_digit() -> None:
    rows = {"one": ("1.50", "2.25", "3.75"), "two": ("0", "1", "1"), "all": ("1.5", "3.25", "4.75")}
    cells = {
        f"fees.{row}.{column}": Value(value=Decimal(number), state=State.REPORTED)
        for row, numbers in rows.items()
        for column, number in zip(("a", "b", "total"), numbers, strict=True)
    }
    cells["fees.one.b"] = Value(value=Decimal("2.52"), state=State.REPORTED)
    [change] = locate(money_table(), cells).explanations[0].changes
    assert (change.cell, change.old, change.new, change.kind) == (
        "fees.one.b",
        Decimal("2.52"),
        Decimal("2.25"),
        "transposition",
    )


FOUR = {
    "received": [3002, 53, 0, 0, 61, 4, 3119],
    "carried_in": [34, 0, 0, 0, 9, 0, 34],
    "partly_granted": [447, 70, 0, 0, 0, 0, 454],
    "other.misc": [240, 6, 0, 0, 1, 5, 247],
    "unavailable.not_held": [746, 12, 30, 0, 10, 1, 769],
}


def test_a_solver_finds_what_is_beyond_two_slips_and_is_never_sure() -> None:
    pytest.importorskip("scipy")
    assert locate(TABLE, cells_of(FOUR)).answer is Answer.UNLOCATABLE
    found = locate(TABLE, cells_of(FOUR), solver=True)
    assert found.answer is Answer.CANDIDATES
    assert {(change[0], change[2]) for change in best(found)} == {
        ("received.natural_person", 3001),
        ("carried_in.legal_service", 0),
        ("partly_granted.business", 7),
        ("other.misc.other_org", 0),
        ("unavailable.not_held.research", 0),
    }


def test_a_solver_that_is_not_installed_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gouji.checker.solver.find_spec", lambda _: None)
    assert importlib.util.find_spec("gouji")
    assert locate(TABLE, cells_of(FOUR), solver=True).answer is Answer.UNLOCATABLE


def test_a_solver_may_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    monkeypatch.setattr(optimize, "milp", lambda *_, **__: SimpleNamespace(x=None))
    assert locate(TABLE, cells_of(FOUR), solver=True).answer is Answer.UNLOCATABLE


def test_in_a_draft_a_slip_stands_out_only_when_nothing_else_fits() -> None:
    found = locate(TABLE, cells_of({"other.misc": [240, 6, 0, 0, 0, 1, 247]}), profile="draft")
    assert (found.answer, found.total > 1) == (Answer.CANDIDATES, True)
    shifted = {"granted": [12, 88, 21, 0, 0, 50, 3]}
    assert locate(TABLE, cells_of(shifted), profile="draft").answer is Answer.LOCATED
    assert locate(TABLE, cells_of({"granted": [0, 0, 0, 0, 0, 0, 0]})).answer is Answer.CANDIDATES


def test_the_code_of_a_table_is_made_once_and_not_kept_for_ever() -> None:
    assert code_of(TABLE) is code_of(TABLE)
    for _ in range(70):
        assert code_of(replace(TABLE)).cells == tuple(TABLE.slots)


def test_the_code_of_the_form() -> None:
    code = code_of(TABLE)
    assert (len(code.equations), len(code.cells)) == (39, 175)
    assert all(len(hits) == 1 for hits in code.signatures.values())
    assert {len(column) for column in code.columns} == {2, 3}
    assert len(code.special_rows) == 4
    assert code_of(editions()["2021"].table("disclosure")).special_rows == ()


def test_a_cell_in_no_sum_can_be_unknown() -> None:
    code = Code(("a", "b", "c"), [{0: 1, 1: -1}])
    assert code.eliminate([2]).equations == ({0: 1, 1: -1},)
    assert code.eliminate([0]).equations == ()
    assert Code(("a", "b"), [{0: 1, 1: -1}, {0: 2, 1: -2}]).eliminate([0]).equations == ()
