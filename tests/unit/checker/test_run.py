"""The rules of the form over one report."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gouji.checker.run import check
from gouji.forms import editions
from gouji.model.finding import Severity
from gouji.model.report import State, Value
from tests.unit.checker.reports import one_request, report_of, with_cell

GRANTED = "requests.granted.natural_person"


BLANK = Value(value=None, state=State.BLANK)
SLASH = Value(value=None, state=State.NOT_APPLICABLE, raw="/")


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_clean_report_has_no_findings(edition: str) -> None:
    assert check(report_of(one_request(12), edition=edition)) == ()


def test_one_wrong_cell_breaks_exactly_the_rules_on_it() -> None:
    report = report_of({**one_request(12), GRANTED: 11})
    found = check(report)
    assert [(finding.rule, finding.left, finding.right, finding.difference) for finding in found] == [
        ("REQ-ROW", 11, 12, -1),
        ("REQ-OUTCOMES", 11, 12, -1),
    ]
    assert {finding.severity for finding in found} == {Severity.ERROR}
    assert found[0].message.zh.startswith("（一）予以公开：左边 11，右边 12，相差 1")
    assert found[1].message.en.startswith("Natural persons: 11 on the left, 12 on the right, 1 apart")


def test_a_table_the_page_does_not_have_is_not_judged() -> None:
    report = report_of({GRANTED: 11})
    assert check(replace(report, editions={"requests": None})) == ()
    assert check(replace(report, editions={"requests": "1999"})) == ()


def test_an_empty_form_claims_nothing() -> None:
    assert check(report_of({}, fill=BLANK)) == ()


@pytest.mark.parametrize("fill", [BLANK, SLASH])
def test_blank_read_as_zero_is_named(fill: Value) -> None:
    found = check(report_of(one_request(12), fill=fill))
    assert {finding.severity for finding in found} == {Severity.INFO}
    assert [finding.rule for finding in found] == ["REQ-ROW", "REQ-OUTCOMES", "REQ-BALANCE"]
    assert "按 0 计" in found[0].message.zh
    assert "blank is read as 0" in found[0].message.en
    assert "requests.received.business" in found[0].missing


@pytest.mark.parametrize("fill", [BLANK, SLASH])
def test_where_zeros_are_left_blank_a_wrong_sum_is_an_error(fill: Value) -> None:
    found = [f for f in check(report_of({**one_request(12), GRANTED: 11}, fill=fill)) if f.severity != Severity.INFO]
    assert [(finding.rule, finding.severity.value) for finding in found] == [
        ("REQ-ROW", "error"),
        ("REQ-OUTCOMES", "error"),
    ]
    assert "按 0 计" in found[0].message.zh


def test_where_zeros_are_printed_a_blank_may_be_a_lost_number() -> None:
    report = with_cell(report_of(one_request(12)), GRANTED, BLANK)
    assert {finding.severity for finding in check(report, profile="draft")} == {Severity.ERROR}
    found = check(report)
    assert [(finding.rule, finding.severity.value) for finding in found] == [
        ("REQ-ROW", "warning"),
        ("REQ-OUTCOMES", "warning"),
    ]
    assert found[0].missing == (GRANTED,)


@pytest.mark.parametrize("state", [State.UNREADABLE, State.AMBIGUOUS, State.ABSENT])
def test_what_cannot_be_judged_is_one_finding_a_rule(state: State) -> None:
    report = report_of(one_request(12))
    for column in ("natural_person", "business"):
        report = with_cell(report, f"requests.granted.{column}", Value(value=None, state=state))
    found = check(report)
    assert [(finding.rule, finding.severity.value) for finding in found] == [
        ("REQ-ROW", "info"),
        ("REQ-OUTCOMES", "info"),
    ]
    assert found[0].missing == (GRANTED, "requests.granted.business")
    assert "无法判断" in found[0].message.zh


def test_a_missing_term_cannot_excuse_an_excess() -> None:
    report = with_cell(
        report_of({**one_request(12), GRANTED: 13}),
        "requests.granted.other_org",
        Value(value=None, state=State.UNREADABLE),
    )
    assert ("REQ-ROW", "error") in [(finding.rule, finding.severity.value) for finding in check(report)]


def test_counts_and_money_are_not_negative() -> None:
    report = report_of({"disclosure.fees.amount": Decimal("-0.5"), "review.review.upheld": 3, "review.review.total": 3})
    found = check(report)
    assert [(finding.rule, finding.left) for finding in found] == [("DIS-NEGATIVE", Decimal("-0.5"))]
    assert "-0.5" in found[0].message.zh


def test_a_change_may_be_negative() -> None:
    assert check(report_of({"disclosure.licensing.change": -5}, edition="2019")) == ()


def test_the_review_table() -> None:
    found = check(report_of({"review.direct_suit.upheld": 3, "review.direct_suit.total": 4}))
    assert [(finding.rule, finding.difference) for finding in found] == [("REV-ROW", -1)]


def test_forms_of_ones_own() -> None:
    assert check(report_of({GRANTED: 11}), forms=[editions()["2019"]]) == ()


@pytest.mark.parametrize(
    ("edition", "values", "rule"),
    [
        (
            "2021",
            {
                "disclosure.regulations.issued": 3,
                "disclosure.regulations.repealed": 1,
                "disclosure.regulations.in_force": 1,
            },
            "DIS-IN-FORCE",
        ),
        ("2019", {"disclosure.regulations.disclosed": 3, "disclosure.regulations.total_disclosed": 2}, "DIS-DISCLOSED"),
        ("2019", {"disclosure.fees.items_last_year": 3, "disclosure.fees.change": -4}, "DIS-ITEMS"),
    ],
)
def test_a_part_is_not_larger_than_its_whole(edition: str, values: dict[str, int], rule: str) -> None:
    report = report_of(values, edition=edition)
    assert check(report) == ()
    [finding] = check(report, profile="draft")
    assert (finding.rule, finding.severity) == (rule, Severity.REVIEW)
    assert " 3" in finding.message.zh
    assert " 3" in finding.message.en
    assert check(with_cell(report, next(iter(values)), BLANK), profile="draft") == ()


TOTALS = [f"requests.{row.key}.total" for block in editions()["2021"].table("requests").blocks for row in block.rows]


@pytest.mark.parametrize(("profile", "severity"), [("extraction", Severity.WARNING), ("draft", Severity.ERROR)])
@pytest.mark.parametrize("blank", [BLANK, SLASH])
def test_a_column_of_totals_that_was_left_out_is_one_finding(blank: Value, profile: str, severity: Severity) -> None:
    report = report_of(one_request(12))
    report = replace(report, cells={**report.cells, **dict.fromkeys(TOTALS, blank)})
    found = [finding for finding in check(report, profile=profile) if finding.severity is not Severity.INFO]
    assert [(finding.rule, finding.severity, finding.difference) for finding in found] == [("REQ-ROW", severity, None)]
    assert found[0].cells == found[0].missing
    suggested = {suspect.cell: suspect.suggested for suspect in found[0].suspects}
    assert suggested["requests.received.total"] == 12
    assert found[0].message.zh.startswith("“总计”一列全部没有数字，")
    assert "the column Total has no number at all" in found[0].message.en


def test_a_total_that_is_wanting_among_others_is_a_finding_of_its_row() -> None:
    report = with_cell(report_of(one_request(12)), "requests.received.total", BLANK)
    (found,) = (finding for finding in check(report) if finding.severity is not Severity.INFO and finding.left == 12)
    assert (found.rule, found.difference) == ("REQ-ROW", 12)
