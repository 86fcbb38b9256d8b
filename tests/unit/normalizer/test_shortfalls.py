"""What makes a report partial."""

from gouji.forms import editions
from gouji.model.finding import Message, Note
from gouji.model.report import State, Value
from gouji.normalizer.shortfalls import find_older, find_shortfalls

SPECS = {table.key: table for table in editions()["2021"].tables}
SIX = [1, 2, 3, 4, 5, 6]


def cells(**states: State) -> dict[str, Value]:
    """Every cell a reported zero, but those whose id begins with a key of ``states`` (dots as two underscores)."""
    found = {key: Value(value=0, state=State.REPORTED, raw="0") for spec in SPECS.values() for key in spec.slots}
    for prefix, state in states.items():
        for key in found:
            if key.startswith(prefix.replace("__", ".")):
                found[key] = Value(value=None, state=state)
    return found


def codes(found: dict[str, Value], *, sections: list[int] = SIX, notes: tuple[Note, ...] = ()) -> list[str]:
    own = {key: spec for key, spec in SPECS.items() if any(found[slot].state != State.ABSENT for slot in spec.slots)}
    shortfalls = find_shortfalls(SPECS, own=own, cells=found, sections=sections, notes=notes)
    return [shortfall.code or shortfall.message.en for shortfall in shortfalls]


def test_a_whole_report() -> None:
    assert codes(cells()) == []


def test_a_row_that_the_body_left_out_is_no_shortfall() -> None:
    assert codes(cells(disclosure__regulations=State.ABSENT, disclosure__fees=State.ABSENT)) == []
    assert codes(cells(requests__processed_otherwise=State.ABSENT)) in ([], ["TABLE-GAP"])


def test_a_table_that_is_not_there() -> None:
    assert codes(cells(review=State.ABSENT)) == ["TABLE-MISSING"]


def test_the_last_table_ends_early() -> None:
    found = cells(review=State.ABSENT, requests__carried_over=State.ABSENT)
    assert codes(found, sections=[1, 2, 3]) == ["TABLE-MISSING", "TABLE-CUT"]
    assert codes(found, sections=SIX) == ["TABLE-MISSING"]


def test_a_lost_page_leaves_a_gap() -> None:
    assert codes(cells(requests__refused=State.ABSENT)) == ["TABLE-GAP"]


def test_a_lost_column_leaves_a_gap() -> None:
    found = cells()
    for key in SPECS["requests"].slots:
        if key.endswith(".research"):
            found[key] = Value(value=None, state=State.ABSENT)
    assert codes(found) == ["TABLE-GAP"]


def test_doubtful_cells() -> None:
    assert codes(cells(review__review__upheld=State.AMBIGUOUS)) == ["1 cells can be read in several ways"]
    assert codes(cells(review__review__upheld=State.UNREADABLE)) == ["1 cells are no number"]


def test_a_blank_form() -> None:
    assert codes(cells(disclosure=State.BLANK, requests=State.BLANK, review=State.BLANK)) == ["BLANK-FORM"]


def test_what_earlier_stages_found() -> None:
    message = Message(zh="…", en="…")
    notes = (Note(code="TWO-REPORTS", message=message), Note(code="TEXT-REST", message=message))
    assert len(codes(cells(), notes=notes)) == 2


def test_a_year_before_every_form() -> None:
    forms = tuple(editions().values())
    (found,) = find_older(forms, 2016)
    assert (found.code, found.message.en) == (
        "FORM-UNKNOWN",
        "reports on 2016 have an older form; those known begin with 2019",
    )
    assert find_older(forms, 2019) == find_older(forms, None) == []
