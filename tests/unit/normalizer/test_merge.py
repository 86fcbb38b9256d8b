"""Several readings of one table become one, or an honest doubt."""

from collections.abc import Mapping
from dataclasses import replace

from gouji.model.report import State, Value
from gouji.model.source import Where
from gouji.normalizer.merge import merge_readings
from gouji.normalizer.reading import TableReading

ORDER = ["disclosure", "requests", "review"]


def reading(table: str, numbers: Mapping[str, int | None], *, labels: int = 10, line: int = 0) -> TableReading:
    cells = {
        f"{table}.{key}": Value(
            value=number,
            state=State.BLANK if number is None else State.REPORTED,
            raw="" if number is None else str(number),
            where=Where(line=line + 1),
        )
        for key, number in numbers.items()
    }
    return TableReading(table=table, edition="2021", cells=cells, labels=labels, lines=(line, line + 5))


def test_pieces_are_joined() -> None:
    merged = merge_readings([reading("requests", {"a": 1}), reading("requests", {"b": 2}, line=9)], order=ORDER)
    cells = merged.tables["requests"].cells
    assert {key: cell.value for key, cell in cells.items()} == {"requests.a": 1, "requests.b": 2}
    assert (merged.notes, merged.leftovers) == ((), ())


def test_a_table_printed_twice_alike_is_one_table() -> None:
    merged = merge_readings([reading("review", {"a": 1}), reading("review", {"a": 1}, line=9)], order=ORDER)
    assert merged.tables["review"].cells["review.a"].value == 1
    assert merged.notes == ()


def test_readings_that_disagree_are_ambiguous() -> None:
    merged = merge_readings(
        [reading("review", {"a": 1, "b": 7}), reading("review", {"a": 2, "b": 7}, line=9)], order=ORDER
    )
    cells = merged.tables["review"].cells
    assert (cells["review.a"].state, cells["review.a"].readings) == (State.AMBIGUOUS, (1, 2))
    assert cells["review.b"].value == 7
    assert [(note.code, note.cells) for note in merged.notes] == [("TABLE-AGAIN", ("review.a",))]


def test_a_value_against_a_blank_is_a_disagreement() -> None:
    merged = merge_readings([reading("review", {"a": 1}), reading("review", {"a": None}, line=9)], order=ORDER)
    assert merged.tables["review"].cells["review.a"].state is State.AMBIGUOUS


def test_a_fragment_with_other_numbers_is_left_over() -> None:
    merged = merge_readings(
        [reading("review", {"a": 1}, labels=20), reading("review", {"a": 2}, labels=3, line=9)], order=ORDER
    )
    assert merged.tables["review"].cells["review.a"].value == 1
    assert [left.raw for left in merged.leftovers] == ["2"]
    assert [note.code for note in merged.notes] == ["TABLE-AGAIN"]


def test_a_second_report_is_never_mixed_with_the_first() -> None:
    merged = merge_readings(
        [
            reading("disclosure", {"a": 1}),
            reading("disclosure", {"a": 2}, line=10),
            reading("requests", {"a": 3}, line=20),
        ],
        order=ORDER,
    )
    assert set(merged.tables) == {"disclosure"}
    assert [left.raw for left in merged.leftovers] == ["2", "3"]
    assert [note.code for note in merged.notes] == ["TWO-REPORTS"]


def test_two_full_reports() -> None:
    tables = [reading(table, {"a": number}, line=number * 10) for number, table in enumerate(ORDER + ORDER)]
    merged = merge_readings(tables, order=ORDER)
    assert [table.cells[f"{key}.a"].value for key, table in merged.tables.items()] == [0, 1, 2]
    assert [left.raw for left in merged.leftovers] == ["3", "4", "5"]


def test_of_two_tables_with_other_numbers_none_lends_a_row_to_the_other() -> None:
    """A table of the year before, with a row more, on the same page."""
    older = reading("requests", {"a": 5, "b": 6, "c": 7, "d": 27}, labels=12, line=9)
    for edition in ("2021", "2019"):
        merged = merge_readings(
            [reading("requests", {"a": 1, "b": 2, "c": 3}), replace(older, edition=edition)], order=ORDER
        )
        cells = merged.tables["requests"].cells
        assert not any(cell.value for cell in cells.values())
        assert cells["requests.d"].readings == (27,)
        assert [note.code for note in merged.notes] == ["TABLE-AGAIN"]
