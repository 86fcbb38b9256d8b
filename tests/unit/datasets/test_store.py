"""What goes into the store comes out of it; copies are linked, conflicts are shown."""

from decimal import Decimal

from gouji.datasets.dataset import Dataset
from gouji.datasets.schema import TABLES
from gouji.datasets.variables import STATA_NAME, list_variables, short_names
from gouji.forms import editions


def test_values_and_states_are_kept(dataset: Dataset) -> None:
    rows = dataset.rows(
        'SELECT cell, value, state, raw, readings, evidence, page, bbox FROM documents JOIN "values" USING (document) '
        "WHERE path = 'a/2.html'"
    )
    found = {row[0]: row[1:] for row in rows}
    assert found["requests.received.total"] == (None, "blank", "", None, None, None, None)
    assert found["requests.granted.total"][2] == "=1+1\ufffd|\n\u0007"
    assert found["requests.carried_in.total"] == (None, "ambiguous", "12", ["1", "12"], None, None, None)
    assert found["disclosure.fees.amount"][0] == Decimal("1234.567")
    assert found["review.review.upheld"] == (7, "inferred", "7", None, "row-sum", 1, [1.0, 2.5, 3.0, 4.0])


def test_a_number_beyond_the_store_is_kept_as_text_and_noted(dataset: Dataset) -> None:
    row = dataset.rows("SELECT value, state, raw FROM \"values\" WHERE raw LIKE '1000000000%'")
    assert row == [(None, "unreadable", "1" + "0" * 18)]
    assert dataset.rows("SELECT cells FROM notes WHERE code = 'DATASET-NUMBER'") == [(["review.review.total"],)]


def test_findings_notes_leftovers(dataset: Dataset) -> None:
    assert dataset.rows('SELECT document, rule, severity, cells, "left", "right" FROM findings') == [
        (2, "REQ-ROW", "error", ["requests.received.total"], 3, 2)
    ]
    assert dataset.rows("SELECT line, \"column\" FROM notes WHERE code = 'CELL-AMBIGUOUS'") == [(3, 4)]
    assert dataset.rows('SELECT raw, table_number, "row" FROM leftovers') == [("99", 2, 3)]
    assert dataset.rows("SELECT doubts, leftovers, errors FROM documents WHERE path = 'a/2.html'") == [(3, 1, 1)]


def test_the_same_report_in_two_formats(dataset: Dataset) -> None:
    found = dataset.rows("SELECT path, use FROM documents WHERE path LIKE 'b/1%' ORDER BY path")
    assert found == [("b/1.html", True), ("b/1.pdf", False)]
    rows = dataset.rows(
        "SELECT kind, cell, value, other_value FROM duplicates WHERE kind = 'same_report' ORDER BY cell"
    )
    assert [(kind, cell) for kind, cell, *_ in rows] == [
        ("same_report", ""),
        ("same_report", "requests.received.total"),
    ]
    assert rows[1][2] == 1
    assert dataset.rows("SELECT count(DISTINCT report) FROM documents WHERE path LIKE 'b/1%'") == [(1,)]


def test_two_reports_of_one_name_and_year_stay_two(dataset: Dataset) -> None:
    assert dataset.rows("SELECT kind FROM duplicates WHERE cell = '' AND kind = 'conflict'") == [("conflict",)]
    assert dataset.rows("SELECT count(*) FROM wide WHERE agency = '丙局'") == [(2,)]


def test_wide_has_one_row_a_report(dataset: Dataset) -> None:
    assert dataset.count("wide") == dataset.count("wide_states") == 7
    assert dataset.rows('SELECT "disclosure.fees.amount" FROM wide WHERE document = 2') == [(Decimal("1234.567"),)]
    assert dataset.rows('SELECT "requests.received.total" FROM wide_states WHERE document = 2') == [("blank",)]


def test_series_know_the_year_before(dataset: Dataset) -> None:
    rows = dataset.rows(
        "SELECT year, value, previous, change FROM series WHERE agency = '甲局' AND cell = 'requests.outcome_total.total' ORDER BY year"
    )
    assert [row[0] for row in rows] == [2021, 2022, 2023]
    assert rows[0][2] is None
    assert rows[1][2] == rows[0][1]
    assert rows[2][3] == rows[2][1] - rows[1][1]


def test_every_table_has_the_fields_it_says(dataset: Dataset) -> None:
    for table in TABLES:
        names = [row[0] for row in dataset.rows(f'DESCRIBE "{table.name}"')]
        assert names == [field.name for field in table.fields]
        assert all(field.about for field in table.fields)


def test_short_names_are_unique_and_short() -> None:
    names = [variable.stata for variable in list_variables(editions().values())]
    assert len(set(names)) == len(names) == 226
    assert max(map(len, names)) <= STATA_NAME


def test_short_names_that_would_be_the_same_are_marked() -> None:
    long = ["t." + "_".join(["abcdefgh"] * 12) + end for end in ("x", "y")]
    names = short_names(long)
    assert len(set(names.values())) == 2
    assert all(len(name) <= STATA_NAME for name in names.values())


def test_frames(dataset: Dataset) -> None:
    frame = dataset.to_pandas()
    assert str(frame["requests.outcome_total.total"].dtype) == "Int64"
    assert frame.shape == dataset.to_polars().shape
    assert dataset.to_polars("SELECT 1 AS one").to_dicts() == [{"one": 1}]
    assert repr(dataset).endswith("10 documents>")
