"""What all rows of a text table show of one another."""

import pytest

from gouji.forms import editions
from gouji.model.report import State, Value
from gouji.pipeline import parse_bytes

ROWS = [row for block in editions()["2021"].table("requests").blocks for row in block.rows]
HEAD = "三、收到和处理政府信息公开申请情况\n\n"


def few_columns(room: int) -> str:
    """The table as inscriptis writes it where most columns are blank: nothing shows how many stand where."""
    wide = max(len(row.label[-1]) for row in ROWS) + room
    values = ("7         8      15", "7                7")
    lines = [f"{row.label[-1]:{wide}}{values[number % 2]}" for number, row in enumerate(ROWS)]
    return HEAD + "\n".join(lines) + "\n\n四、政府信息公开行政复议、行政诉讼情况\n"


def read(text: str) -> dict[str, Value]:
    return dict(parse_bytes(text.encode(), check=False).cells)


def test_no_column_has_room_between_the_longest_label_and_the_next_value() -> None:
    cells = read(few_columns(2))
    for number, row in enumerate(ROWS):
        assert cells[f"requests.{row.key}.natural_person"].value == 7, row.key
        assert cells[f"requests.{row.key}.business"].value is None
        assert cells[f"requests.{row.key}.total"].value == (15, 7)[number % 2]


@pytest.mark.parametrize("room", [3, 4, 9])
def test_a_column_of_blanks_may_stand_in_a_wider_gap(room: int) -> None:
    cells = read(few_columns(room))
    assert cells["requests.granted.natural_person"].state is State.AMBIGUOUS


def test_not_where_one_row_has_further_columns() -> None:
    label = ROWS[3].label[-1]
    text = few_columns(2)
    line = next(line for line in text.splitlines() if line.startswith(label))
    cells = read(text.replace(line, f"{label} 7  8  15"))
    assert cells["requests.granted.natural_person"].state is State.AMBIGUOUS
