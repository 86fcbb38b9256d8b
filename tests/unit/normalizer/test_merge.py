"""Several readings of one table become one, or an honest doubt."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from gouji.model.report import State, Value
from gouji.model.source import Where
from gouji.normalizer.merge import merge_readings
from gouji.normalizer.reading import TableReading

ORDER = ["disclosure", "requests", "review"]


def reading(
    table: str, numbers: Mapping[str, int | None], *, labels: int = 10, line: int = 0, edition: str = "2021"
) -> TableReading:
    cells = {
        f"{table}.{key}": Value(
            value=number,
            state=State.BLANK if number is None else State.REPORTED,
            raw="" if number is None else str(number),
            where=Where(line=line + 1),
        )
        for key, number in numbers.items()
    }
    return TableReading(table=table, edition=edition, cells=cells, labels=labels, lines=(line, line + 5))


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


def with_open(found: TableReading, *keys: str) -> TableReading:
    """The same, these cells not decided."""
    return replace(
        found, cells=dict(found.cells) | {f"{found.table}.{key}": Value(None, State.AMBIGUOUS) for key in keys}
    )


def test_what_one_table_has_left_open_another_tells_only_if_they_have_most_numbers_in_common() -> None:
    """Last year's table in an annex contradicts nothing of a table that could not be read."""
    numbers = {"a": 5, "b": 6, "c": 7, "d": 0}
    for unread, known in (("abcd", None), ("bcd", None), ("b", 6)):
        first = with_open(reading("requests", numbers), *unread)
        merged = merge_readings([first, reading("requests", numbers, line=9)], order=ORDER)
        assert merged.tables["requests"].cells["requests.b"].value == known
        assert [note.code for note in merged.notes] == ["TABLE-AGAIN"][: known is None]


@pytest.mark.parametrize("labels", [9, 11])
def test_rows_that_one_table_lacks_are_not_taken_from_one_with_other_numbers(labels: int) -> None:
    second = reading("requests", {"a": 1, "b": 3, "c": 4}, line=9, labels=labels)
    merged = merge_readings([reading("requests", {"a": 1, "b": 2}), second], order=ORDER)
    cells = merged.tables["requests"].cells
    assert {key: cell.value for key, cell in cells.items()} == {"requests.a": 1, "requests.b": None, "requests.c": None}


def test_of_two_editions_the_first_is_read() -> None:
    merged = merge_readings(
        [reading("requests", {"a": 1}, labels=20), reading("requests", {"a": 2}, labels=23, line=9, edition="2019")],
        order=ORDER,
    )
    assert merged.tables["requests"].cells["requests.a"].value == 1
    assert [left.raw for left in merged.leftovers] == ["2"]


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
    merged = merge_readings([reading("requests", {"a": 1, "b": 2, "c": 3}), older], order=ORDER)
    cells = merged.tables["requests"].cells
    assert not any(cell.value for cell in cells.values())
    assert cells["requests.d"].readings == (27,)
    assert [note.code for note in merged.notes] == ["TABLE-AGAIN"]
