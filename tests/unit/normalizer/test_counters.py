"""Tables that a program has printed with the numbers of its rows, and with a word for what is empty."""

from gouji.forms import editions
from gouji.model.raw import RawDocument, TextBlock, read_lines
from gouji.model.report import State, Value
from gouji.model.source import Source, Where
from gouji.normalizer.cells import read_cells
from gouji.normalizer.counters import without_counters
from gouji.normalizer.stream import read_stream

FORMS = tuple(editions().values())
ROWS = ["第二十条第(一)项", "信息内容,本年制发件数,本年废止件数,现行有效件数", "规章,1,,3", "行政规范性文件,4,5,6"]


def cells(text: str) -> dict[str, Value]:
    document = RawDocument(
        source=Source(path="a", sha256="", media_type="text/plain"),
        blocks=(TextBlock(text=text, where=Where(line=1)),),
    )
    (reading,) = read_stream(read_lines(document), FORMS)
    return dict(reading.cells)


def test_numbers_of_rows_belong_to_no_cell() -> None:
    more = ["第二十条第(五)项", "信息内容,本年处理决定数量", "行政许可,12"]
    text = "\n".join(f"{number},{row}" for number, row in enumerate([*ROWS, *more]))
    found = cells(text)
    assert [found[f"disclosure.normative_documents.{key}"].value for key in ("issued", "repealed", "in_force")] == [
        4,
        5,
        6,
    ]
    assert found["disclosure.regulations.repealed"].state is State.BLANK
    assert found["disclosure.licensing.decisions"].value == 12


def test_a_word_for_nothing_is_a_blank() -> None:
    rows = [row.replace(",,", ",NaN,").split(",") for row in ROWS]
    text = "\n".join(f"| {number} | {' | '.join(row)} |" for number, row in enumerate(rows))
    value = cells(text)["disclosure.regulations.repealed"]
    assert (value.value, value.state, value.raw) == (None, State.BLANK, "NaN")


def test_numbers_that_do_not_count_stay() -> None:
    for text in ("1 规章\n3 规章\n4 规章\n5 规章", "1\n2\n3\n4", "1 规章\n2 规章\n3 规章\n规章"):
        assert without_counters(read_cells(text.split("\n"), is_label=lambda text: text == "规章")) is None
