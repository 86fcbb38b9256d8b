"""Sums and OCR: one misread digit is mended openly, doubt without proof is ambiguous, the author's errors stay."""

from dataclasses import replace

import pytest

from gouji.forms import editions
from gouji.forms.evaluate import evaluate
from gouji.model.report import State, Value
from gouji.normalizer.ocr_repair import repair, repair_tables
from gouji.normalizer.reading import TableReading

FORM = editions()["2021"]
TABLE = FORM.table("requests")
COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org")
GRANTED, RECEIVED, OUTCOME = "requests.granted", "requests.received", "requests.outcome_total"


def sound(confidence: float | None = 0.99) -> TableReading:
    """A table that adds up: 1204 + 10 * column requests received, all granted."""
    numbers = dict.fromkeys(TABLE.slots, 0)
    for at, column in enumerate(COLUMNS):
        for row in (RECEIVED, GRANTED, OUTCOME):
            numbers[f"{row}.{column}"] = 1204 + 10 * at
    for row in (RECEIVED, GRANTED, OUTCOME):
        numbers[f"{row}.total"] = sum(numbers[f"{row}.{column}"] for column in COLUMNS)
    assert all(evaluate(equation, numbers).holds for equation in TABLE.equations)
    cells = {
        key: Value(value=number, state=State.REPORTED, raw=str(number), confidence=confidence)
        for key, number in numbers.items()
    }
    return TableReading(table="requests", edition="2021", cells=cells, labels=40)


def misread(reading: TableReading, key: str, raw: str, confidence: float = 0.9) -> TableReading:
    value = Value(value=int(raw), state=State.REPORTED, raw=raw, confidence=confidence)
    if not raw.strip().isdigit():
        value = Value(value=None, state=State.UNREADABLE, raw=raw, confidence=confidence)
    return replace(reading, cells={**reading.cells, key: value})


def unreadable(reading: TableReading, key: str, raw: str, state: State = State.UNREADABLE) -> TableReading:
    return replace(reading, cells={**reading.cells, key: Value(value=None, state=state, raw=raw, confidence=0.9)})


def test_a_sound_table_is_returned_as_it_is() -> None:
    reading = sound()
    assert repair(reading, TABLE.equations) is reading


@pytest.mark.parametrize("raw", ["1284", "124", "12804"])
def test_one_misread_digit_is_inferred(raw: str) -> None:
    key = f"{GRANTED}.natural_person"
    done = repair(misread(sound(), key, raw), TABLE.equations)
    value = done.cells[key]
    assert (value.value, value.state, value.evidence, value.raw) == (1204, State.INFERRED, "ocr+sums", raw)
    assert [(note.code, note.cells) for note in done.notes] == [("OCR-REPAIRED", (key,))]


def test_several_misread_cells_that_do_not_meet() -> None:
    keys = f"{GRANTED}.natural_person", f"{RECEIVED}.business"
    reading = misread(misread(sound(), keys[0], "1284"), keys[1], "1294")
    done = repair(reading, TABLE.equations)
    assert [done.cells[key].value for key in keys] == [1204, 1214]


def test_what_the_recogniser_was_sure_of_stays() -> None:
    reading = misread(sound(), f"{GRANTED}.natural_person", "1284", confidence=0.99)
    assert repair(reading, TABLE.equations) is reading


def test_more_than_one_digit_is_not_inferred_but_doubted() -> None:
    key = f"{GRANTED}.natural_person"
    done = repair(misread(sound(), key, "1386"), TABLE.equations)
    value = done.cells[key]
    assert (value.value, value.state, value.readings) == (None, State.AMBIGUOUS, (1386,))
    assert [note.code for note in done.notes] == ["OCR-DOUBTFUL"]


def test_two_misread_cells_of_one_row_are_both_doubted() -> None:
    keys = f"{GRANTED}.natural_person", f"{GRANTED}.business"
    done = repair(misread(misread(sound(), keys[0], "1284"), keys[1], "1814"), TABLE.equations)
    assert [done.cells[key].state for key in keys] == [State.AMBIGUOUS, State.AMBIGUOUS]


@pytest.mark.parametrize(("raw", "state"), [("12O4x"[:4], State.UNREADABLE), ("12 04", State.AMBIGUOUS)])
def test_what_could_not_be_read_follows_from_the_sums(raw: str, state: State) -> None:
    key = f"{GRANTED}.natural_person"
    done = repair(unreadable(sound(), key, raw, state), TABLE.equations)
    assert (done.cells[key].value, done.cells[key].state) == (1204, State.INFERRED)


def test_what_could_not_be_read_and_is_far_from_the_sums_stays() -> None:
    reading = unreadable(sound(), f"{GRANTED}.natural_person", "规")
    assert repair(reading, TABLE.equations) is reading


def test_doubtful_but_confirmed_stays() -> None:
    key = f"{GRANTED}.natural_person"
    reading = sound()
    reading = replace(reading, cells={**reading.cells, key: reading.cells[key]._replace(confidence=0.4)})
    assert repair(reading, TABLE.equations) is reading


def test_doubtful_and_in_no_sum_is_ambiguous() -> None:
    table = FORM.table("disclosure")
    value = Value(value=7, state=State.REPORTED, raw="7", confidence=0.6)
    sure = value._replace(confidence=0.95)
    reading = TableReading(
        table="disclosure",
        edition="2021",
        cells={"disclosure.regulations.issued": value, "disclosure.regulations.repealed": sure},
        labels=9,
    )
    done = repair(reading, table.equations)
    assert done.cells["disclosure.regulations.issued"].state is State.AMBIGUOUS
    assert done.cells["disclosure.regulations.repealed"] == sure


def test_ink_in_which_nothing_was_recognised_is_no_blank() -> None:
    table = FORM.table("disclosure")
    value = Value(value=None, state=State.BLANK, raw="", confidence=0.0)
    reading = TableReading(table="disclosure", edition="2021", cells={"disclosure.fees.amount": value}, labels=9)
    assert repair(reading, table.equations).cells["disclosure.fees.amount"].state is State.UNREADABLE


def test_tables_not_read_by_ocr_are_left_alone() -> None:
    broken = misread(sound(None), f"{GRANTED}.natural_person", "1284")
    cells = {key: value._replace(confidence=None) for key, value in broken.cells.items()}
    reading = replace(broken, cells=cells)
    assert repair_tables([reading], [FORM])[0] is reading
    done = repair_tables([broken], [FORM])
    assert done[0].cells[f"{GRANTED}.natural_person"].value == 1204
