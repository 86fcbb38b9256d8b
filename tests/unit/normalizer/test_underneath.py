"""Values that stand under the middle of their labels, as lynx sets them; long labels and wide numbers in tight columns."""

import random
from collections.abc import Callable, Sequence

import pytest

from gouji.forms import editions
from gouji.model.raw import RawDocument, TextBlock, read_lines
from gouji.model.report import State, Value
from gouji.model.source import Source, Where
from gouji.normalizer.stream import read_stream
from gouji.text.width import text_width

FORMS = tuple(editions().values())
TABLE = editions()["2021"].table("requests")
ROWS = [row for block in TABLE.blocks for row in block.rows]
COLUMNS = TABLE.blocks[0].columns
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LAST = HEADS[1:-1]

Measure = Callable[[str], int]


def line(cells: Sequence[str], widths: Sequence[int], measure: Measure) -> str:
    """Cells each in the middle of its column, one space between columns."""
    parts = []
    for cell, width in zip(cells, widths, strict=True):
        room = max(width - measure(cell), 0)
        parts.append(" " * (room // 2) + cell + " " * (room - room // 2))
    return " ".join(parts).rstrip()


def centred(values: Sequence[Sequence[str]], measure: Measure = len) -> str:
    """The table of requests with these values, seven a row."""
    labels = [row.label[-1] for row in ROWS]
    columns = [labels, *([HEADS[at], *(row[at] for row in values)] for at in range(len(HEADS)))]
    widths = [max(map(measure, column)) for column in columns]
    upper = line(["", "自然人", "", "", "", "", "", "总计"], widths, measure)
    lower = line(["", "", *LAST, ""], widths, measure)
    body = (line([label, *row], widths, measure) for label, row in zip(labels, values, strict=True))
    return "\n".join([upper, lower, *body]) + "\n"


def read(text: str) -> dict[str, Value]:
    source = Source(path="a", sha256="", media_type="text/plain")
    document = RawDocument(source=source, blocks=(TextBlock(text=text, where=Where(line=1)),))
    return dict(
        next(reading for reading in read_stream(read_lines(document), FORMS) if reading.table == "requests").cells
    )


def invented(rng: random.Random, *, blank: float) -> list[list[str]]:
    """Rows that add up, some of whose cells are blank where nothing was counted."""
    rows = []
    for _ in ROWS:
        numbers = [0 if rng.random() < blank else rng.choice((3, 17, 240, 1385)) for _ in HEADS[1:]]
        rows.append([str(number) if number else "" for number in (*numbers, sum(numbers))])
    return rows


@pytest.mark.parametrize("measure", [len, text_width], ids=["characters", "terminal"])
@pytest.mark.parametrize("seed", range(12))
def test_the_place_under_the_label_says_which_cell_is_blank(seed: int, measure: Measure) -> None:
    values = invented(random.Random(seed), blank=0.4)
    found = read(centred(values, measure))
    for row, printed in zip(ROWS, values, strict=True):
        for column, text in zip(COLUMNS, printed, strict=True):
            cell = found[f"requests.{row.key}.{column.key}"]
            assert cell.value == (int(text) if text else None), (row.key, column.key)
            assert cell.state is not State.AMBIGUOUS


def test_a_value_between_two_labels_leaves_the_table_open() -> None:
    values = invented(random.Random(1), blank=0.4)
    lines = centred(values).split("\n")
    short = next(index for index, row in enumerate(values, start=2) if 0 < sum(map(bool, row)) < len(HEADS) - 2)
    at = len(lines[short]) - len(lines[short].split()[-1])
    lines[short] = lines[short][:at] + "   " + lines[short][at:]
    found = read("\n".join(lines))
    cells = [found[f"requests.{ROWS[short - 2].key}.{column.key}"] for column in COLUMNS]
    assert any(cell.state is State.AMBIGUOUS for cell in cells)
    for cell, text in zip(cells, values[short - 2], strict=True):
        assert cell.value in (None, int(text or -1))


def test_a_long_label_leaves_its_first_value_one_space() -> None:
    rows = [["0"] * 7 for _ in ROWS]
    number = next(index for index, row in enumerate(ROWS) if row.key == "other.unpaid")
    rows[number] = ["1420", "112", "14", "1", "12", "15", "1574"]
    text = centred(rows)
    assert f"{ROWS[number].label[-1]} 1420" in text
    found = read(text)
    assert found["requests.other.unpaid.natural_person"].value == 1420
    assert found["requests.other.unpaid.total"].value == 1574


def test_a_long_label_may_be_followed_by_a_mark() -> None:
    rows = [["0"] * 7 for _ in ROWS]
    number = next(index for index, row in enumerate(ROWS) if row.key == "other.unpaid")
    rows[number] = ["/"] * 7
    assert read(centred(rows))["requests.other.unpaid.natural_person"].state is State.NOT_APPLICABLE


def test_numbers_with_thousands_that_one_space_parts_are_several() -> None:
    rows = [["0"] * 7 for _ in ROWS]
    rows[0] = ["28,092", "3,914", "2,200", "2,800", "1,218", "5,410", "43,634"]
    found = read(centred(rows))
    assert [found[f"requests.received.{column.key}"].value for column in COLUMNS] == [
        28092,
        3914,
        2200,
        2800,
        1218,
        5410,
        43634,
    ]


def flush(values: Sequence[Sequence[str]], *, shift: int = 0, cut: int = 0) -> str:
    """The table with every cell flush left; the values stand ``shift`` characters beside their labels.

    With ``cut``, the header stands again before that row, all columns moved.
    """
    heads = [*HEADS[:5], "其 他", "总 计"]
    labels = [row.label[-1] for row in ROWS]
    widths = [max(5, len(head) + 1) for head in heads]
    lines: list[str] = []
    for number, (label, row) in enumerate(zip(labels, values, strict=True)):
        room = 44 if number < cut else 50
        if number in (0, cut):
            gap = " " * (room + 2 - shift)
            lines.append(gap + "自然人" + " " * (sum(widths[:-1]) - 3) + "总 计")
            middle = "".join(head.ljust(width) for head, width in zip(heads[1:-1], widths[1:-1], strict=True))
            lines.append(gap + " " * widths[0] + middle.rstrip())
        cells = "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append(label.ljust(room) + "  " + cells.rstrip())
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("shift", "cut"), [(0, 0), (1, 0), (0, 12), (1, 12)])
def test_values_beside_their_labels_by_one_character_and_headers_that_come_again(shift: int, cut: int) -> None:
    """lynx sets a header with spans one character before its columns; 总 计 is a label as well."""
    values = invented(random.Random(5), blank=0.6)
    found = read(flush(values, shift=shift, cut=cut))
    for row, printed in zip(ROWS, values, strict=True):
        for column, text in zip(COLUMNS, printed, strict=True):
            assert found[f"requests.{row.key}.{column.key}"].value == (int(text) if text else None)
