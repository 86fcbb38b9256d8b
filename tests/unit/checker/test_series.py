"""Report against report."""

from dataclasses import replace
from pathlib import Path

import pytest

import gouji
from gouji.checker.bodies import fold_body, match_bodies
from gouji.checker.children import read_parents
from gouji.model.finding import Number, Severity
from gouji.model.report import Report, State, Value
from tests.unit.checker.reports import one_request, report_of, with_cell

OVER = "requests.carried_over.natural_person"
IN = "requests.carried_in.natural_person"


def codes(reports: list[Report], **options: object) -> list[tuple[str, str]]:
    return [(item.finding.rule, item.finding.severity.value) for item in gouji.check_series(reports, **options)]  # type: ignore[arg-type]


def test_what_one_year_carries_over_the_next_carries_in() -> None:
    before, after = report_of({OVER: 3}, year=2022), report_of({IN: 4}, year=2023)
    assert codes([report_of({IN: 3}, year=2023), before]) == []
    [item] = gouji.check_series([after, before])
    assert (item.body, item.year, item.sources) == ("某市财政局", 2023, ("某市财政局-2022.txt", "某市财政局-2023.txt"))
    finding = item.finding
    assert (item.rule, item.severity, item.cells, item.difference, item.message) == (
        finding.rule,
        finding.severity,
        finding.cells,
        finding.difference,
        finding.message,
    )
    assert (finding.rule, finding.severity) == ("SERIES-CARRIED", Severity.ERROR)
    assert (finding.left, finding.right, finding.difference, finding.cells) == (3, 4, -1, (OVER, IN))
    assert "二、上年结转政府信息公开申请数量 · 自然人" in finding.message.zh
    assert finding.where.line == 10


def test_years_that_do_not_follow_and_reports_without_year_are_not_compared() -> None:
    reports = [
        report_of({OVER: 3}, year=2020),
        report_of({IN: 4}, year=2023),
        report_of({IN: 9}, year=None),
        report_of({}, agency=None),
    ]
    assert codes(reports) == []


def test_editions_may_change_between_the_years() -> None:
    reports = [report_of({OVER: 3}, year=2020, edition="2019"), report_of({IN: 4}, year=2021)]
    assert codes(reports) == [("SERIES-CARRIED", "error")]


def test_a_blank_counts_as_zero_and_a_doubtful_cell_as_unknown() -> None:
    before, after = report_of({OVER: 3}, year=2022), report_of({}, year=2023)
    assert codes([before, with_cell(after, IN, Value(value=None, state=State.BLANK))]) == [("SERIES-CARRIED", "error")]
    assert codes([before, with_cell(after, IN, Value(value=None, state=State.AMBIGUOUS))]) == []
    assert codes([with_cell(before, OVER, Value(value=None, state=State.ABSENT)), after]) == []
    assert codes([before, replace(after, editions={"requests": None})]) == []


def test_in_force_rolls_forward() -> None:
    row = "disclosure.normative_documents"
    before = report_of({f"{row}.in_force": 10}, year=2022)
    good: dict[str, Number] = {f"{row}.issued": 3, f"{row}.repealed": 2, f"{row}.in_force": 11}
    assert codes([before, report_of(good)]) == []
    assert codes([before, report_of({**good, f"{row}.in_force": 12})]) == [("SERIES-IN-FORCE", "review")]


def test_items_of_the_form_of_2019_roll_forward() -> None:
    row = "disclosure.licensing"
    before = report_of({f"{row}.items_last_year": 10, f"{row}.change": -2}, year=2019, edition="2019")
    assert codes([before, report_of({f"{row}.items_last_year": 8}, year=2020, edition="2019")]) == []
    assert codes([before, report_of({f"{row}.items_last_year": 9}, year=2020, edition="2019")]) == [
        ("SERIES-ITEMS", "review")
    ]


def test_a_table_that_repeats_last_years() -> None:
    values = one_request(1288) | {"requests.received.business": 0}
    assert codes([report_of(values, year=2022), report_of(values)]) == [("SERIES-REPEATED", "warning")]
    assert codes([report_of(one_request(3), year=2022), report_of(one_request(3))]) == []


def test_two_reports_of_one_year() -> None:
    reports = [
        report_of(one_request(3), path="a"),
        report_of(one_request(4), path="b"),
        report_of(one_request(3), path="c"),
    ]
    [item] = gouji.check_series(reports)
    assert (item.finding.rule, item.sources) == ("SERIES-TWICE", ("a", "b"))
    assert item.to_dict()["sources"] == ["a", "b"]


def test_names_of_one_body_are_matched_and_the_match_is_shown() -> None:
    before = report_of({OVER: 3}, year=2022, agency="某某区人民政府办公室")
    [item] = gouji.check_series([before, report_of({IN: 4}, agency="某某区人民政府")])
    assert item.matched == ("某某区人民政府办公室", "某某区人民政府")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("某市招商局", "招商局", True),
        ("某市人民政府（本级）", "某市人民政府", True),
        ("某 市 财政局", "某市财政局", True),
        ("甲市财政局", "乙市财政局", False),
        ("财政局", "税务局", False),
        ("甲市局", "局", False),
    ],
)
def test_body_names(one: str, other: str, same: bool) -> None:
    bodies = match_bodies({one: [2022], other: [2023]})
    assert (bodies[one] == bodies[other]) is same


def test_a_short_name_is_not_matched_when_two_bodies_or_years_speak_against_it() -> None:
    bodies = match_bodies({"甲市财政局": [2022], "乙市财政局": [2022], "财政局": [2023]})
    assert bodies["财政局"] == "财政局"
    bodies = match_bodies({"甲市财政局": [2023], "财政局": [2023]})
    assert bodies["财政局"] == "财政局"


def test_a_name_that_is_only_a_bracket_stays() -> None:
    assert fold_body("（本级）") == "(本级)"


PARENTS = {"某市人民政府": ["甲区人民政府", "乙区人民政府"]}


def family(total: int) -> list[Report]:
    return [
        report_of(one_request(total), agency="某市人民政府"),
        report_of(one_request(3), agency="甲区人民政府办公室"),
        report_of(one_request(4), agency="乙区人民政府"),
    ]


def test_a_parent_is_the_sum_of_its_children() -> None:
    assert codes(family(7), parents=PARENTS) == []
    assert codes(family(8)) == []
    [item] = gouji.check_series(family(8), parents=PARENTS)
    assert (item.finding.rule, item.finding.left, item.finding.right, len(item.finding.cells)) == (
        "SERIES-CHILDREN",
        8,
        7,
        6,
    )
    assert "6 格" in item.finding.message.zh
    assert item.sources[-1] == "某市人民政府-2023.txt"


def test_a_missing_child_is_named() -> None:
    [item] = gouji.check_series(family(8)[:2], parents=PARENTS)
    assert item.finding.severity is Severity.INFO
    assert "乙区人民政府" in item.finding.message.zh


def test_a_parent_without_reports_and_children_of_another_edition() -> None:
    assert codes(family(8), parents={"丙市人民政府": ["甲区人民政府"]}) == []
    other = report_of(one_request(3), agency="甲区人民政府", edition="2019")
    assert codes([family(8)[0], other, family(8)[2]], parents=PARENTS) == []


def test_cells_a_child_does_not_have_are_not_summed() -> None:
    reports = family(8)
    reports[1] = with_cell(reports[1], "requests.received.total", Value(value=None, state=State.UNREADABLE))
    [item] = gouji.check_series(reports, parents=PARENTS)
    assert "requests.received.total" not in item.finding.cells


def test_parents_from_files(tmp_path: Path) -> None:
    toml, table = tmp_path / "parents.toml", tmp_path / "parents.csv"
    toml.write_text('[parents]\n"某市人民政府" = ["甲区人民政府", "乙区人民政府"]\n', encoding="utf-8")
    table.write_text("\ufeffparent,child\n某市人民政府,甲区人民政府\n某市人民政府, 乙区人民政府\n", encoding="utf-8")
    assert read_parents(toml) == read_parents(table) == PARENTS


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.toml", "[parents", "not valid TOML"),
        ("a.toml", "x = 1", r"needs a table \[parents\]"),
        ("a.toml", "[parents]\na = 3", r"needs a table \[parents\]"),
        ("a.csv", "a,b\n1,2\n", "columns parent and child"),
        ("a.csv", "", "columns parent and child"),
    ],
)
def test_mistakes_in_a_parents_file_are_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_parents(tmp_path / name)
