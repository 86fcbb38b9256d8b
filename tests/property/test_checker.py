"""A consistent report has no findings; one number off by one breaks exactly the rules on it."""

from hypothesis import given
from hypothesis import strategies as st

from gouji.checker.run import check
from gouji.forms.load import find_edition
from gouji.model.finding import Severity
from tests.generate import SIZES, with_value
from tests.property.strategies import Case, cases


@given(case=cases())
def test_consistent_reports_have_no_errors(case: Case) -> None:
    assert [finding for finding in check(case.report) if finding.severity is Severity.ERROR] == []


@given(case=cases(zeros="0", absent=False))
def test_whole_reports_have_no_findings_at_all(case: Case) -> None:
    assert check(case.report) == ()


@given(case=cases(zeros="0", absent=False), data=st.data())
def test_off_by_one_breaks_exactly_the_rules_on_the_cell(case: Case, data: st.DataObject) -> None:
    report = case.report
    form = find_edition(report.edition or "")
    cell = data.draw(st.sampled_from([key for key in form.slots if not key.startswith("disclosure.")]))
    value = report.values()[cell]
    changed = with_value(report, cell, value + (data.draw(st.sampled_from((-1, 1))) if value else 1))
    touched = {
        (equation.rule.code, equation.along)
        for table in form.tables
        for equation in table.equations
        if cell in (*equation.left, *equation.right)
    }
    errors = [finding for finding in check(changed) if finding.severity is Severity.ERROR]
    broken = {
        (equation.rule.code, equation.along)
        for table in form.tables
        for equation in table.equations
        for finding in errors
        if finding.rule == equation.rule.code and set(finding.cells) == {*equation.left, *equation.right}
    }
    assert broken == touched
    assert len(errors) == len(touched)
    assert all(abs(finding.difference or 0) == 1 for finding in errors)


@given(case=cases(zeros="0", size="middle"), data=st.data())
def test_a_negative_count_is_found(case: Case, data: st.DataObject) -> None:
    report = case.report
    cell = data.draw(st.sampled_from([key for key in report.values() if not key.endswith(".change")]))
    errors = [finding for finding in check(with_value(report, cell, -2)) if finding.rule.endswith("-NEGATIVE")]
    assert [finding.cells for finding in errors] == [(cell,)]


def test_sizes_cover_reports_without_requests() -> None:
    assert SIZES["none"] == 0
