"""Tables drawn in plain text."""

import pytest

from gouji.model.raw import Grid, TextBlock
from gouji.readers import read
from gouji.readers.drawn import read_drawn
from gouji.text.width import text_width

BOX = """前文
┌──────────────────┬────┐
│第二十条第（一）项│    │
├────────┬────┬────┼────┤
│规章    │1204│/   │    │
└────────┴────┴────┴────┘
后文"""
ASCII = """+------------+------+
| 规章       | 1    |
+------------+------+
| 行政许可   | 22   |
+------------+------+"""


def test_box_characters_make_a_grid_with_places() -> None:
    before, grid, after = read_drawn(BOX)
    assert isinstance(before, TextBlock)
    assert isinstance(grid, Grid)
    assert isinstance(after, TextBlock)
    assert (before.text, after.text, after.where.line) == ("前文", "后文", 7)
    assert [[cell.text for cell in row] for row in grid.by_row] == [
        ["第二十条第（一）项", ""],
        ["规章", "1204", "/", ""],
    ]
    number = grid.by_row[1][1]
    assert (number.where.line, number.where.column) == (5, 9)


def test_plus_and_minus_make_a_grid() -> None:
    (grid,) = read_drawn(ASCII)
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.by_row] == [["规章", "1"], ["行政许可", "22"]]


@pytest.mark.parametrize("cell", ["规章(一)  ", "规章“一”"])
def test_bars_that_a_width_moved_are_set_straight(cell: str) -> None:
    (grid,) = read_drawn(f"+------------+------+\n| {cell} | 10 |\n+------------+------+")
    assert isinstance(grid, Grid)
    assert grid.by_row[0][1].text == "10"


def test_a_drawing_with_bars_under_no_rule_is_not_trusted() -> None:
    crooked = "+------------+------+\n| 规章 | 1 | 0  4 |\n+------------+------+"
    assert all(isinstance(block, TextBlock) for block in read_drawn(crooked))


def test_plain_text_is_one_block() -> None:
    assert read_drawn("a\nb") == (TextBlock(text="a\nb", where=read_drawn("a\nb")[0].where),)


def test_a_tab_in_a_box_is_no_error() -> None:
    text = "┌──────┬──────┐\n│规章  │  \t0  │\n├──────┼──────┤\n│许可  │   3  │\n└──────┴──────┘"
    assert "规章" in "".join(block.text for block in read_drawn(text) if isinstance(block, TextBlock))


def test_a_table_that_begins_right_below_another_is_one_of_its_own() -> None:
    text = "+----+---+\n| 规章 | 1 |\n+----+---+\n+--+----+\n| 甲 | 2  |\n+--+----+"
    grids = [block for block in read_drawn(text) if isinstance(block, Grid)]
    assert len(grids) == 2


def test_rows_without_rules_between_are_no_drawing() -> None:
    rows = (
        "| 规章 | 1 | 2 |\n| 规范性文件 | 3 | 4 |\n| 信息内容 | 甲 | 乙 |\n| 行政处罚 | 5 | 6 |\n| 行政强制 | 7 | 8 |"
    )
    edge = "+------------+---+---+"
    assert all(isinstance(block, TextBlock) for block in read_drawn(f"{edge}\n{rows}\n{edge}"))


def test_a_number_that_goes_on_in_the_next_line_stays_in_its_cell() -> None:
    (grid,) = read_drawn("+------+-------+\n| 规章 | 2     |\n|      | 8,092 |\n+------+-------+")
    assert isinstance(grid, Grid)
    assert grid.by_row[0][1].text == "2\n8,092"


@pytest.mark.parametrize("inner", [ASCII, "┌────┬───┐\n│规章│12 │\n├────┼───┤\n│许可│22 │\n└────┴───┘"])
def test_what_a_frame_holds_is_read_without_its_edges(inner: str) -> None:
    prose = "本年度认真落实政府信息公开条例。" * 2
    lines = ["", *[prose] * 10, "", *inner.split("\n"), "", "54"]
    width = 70
    shown = [f"| {line}{' ' * (width - text_width(line))} |" for line in lines]
    frame = "+" + "-" * (width + 2) + "+"
    blocks = read_drawn("\n".join([frame, *shown, frame]))
    (grid,) = (block for block in blocks if isinstance(block, Grid))
    assert len(grid.cells) == 4
    assert "|" not in "".join(block.text for block in blocks if isinstance(block, TextBlock))


def test_tables_that_pandoc_left_out_are_told() -> None:
    assert [note.code for note in read("三、收到情况\n\n[TABLE]\n".encode()).notes] == ["TEXT-LEFT-OUT"]
    assert not read("三、收到情况\n".encode()).notes


def test_marks_around_the_words_of_a_cell_are_left_out() -> None:
    drawn = (
        ASCII.replace("规章       ", "**规章**   ")
        .replace("| 1    |", "| []{#x}1 |".replace(" |", "|"))
        .replace("22   |", "22\\  |")
    )
    (grid,) = read_drawn(drawn)
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.by_row] == [["规章", "1"], ["行政许可", "22"]]
