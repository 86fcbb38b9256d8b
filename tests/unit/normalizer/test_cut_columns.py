"""Tables cut at the columns of their dashes: what is empty there is a blank of its own."""

from gouji.normalizer.aligned import restore_blanks
from gouji.normalizer.cells import BLANK, read_cells

LINES = [
    "  ------  ----  ----  ----  ----",
    "  label     a     b     c     d",
    "  first     1     2",
    "  second    1     2     3     4",
    "  third           2     3     4",
    "  ------  ----  ----  ----  ----",
]


def test_every_column_of_a_row_has_its_token() -> None:
    tokens = read_cells(LINES, is_label=lambda _: False)
    first = [token for token in tokens if token.line == 2]
    assert [token.text for token in first] == ["first", "1", "2", "", ""]
    assert [token.column for token in first if token.kind is BLANK] == [len(LINES[2])] * 2
    assert restore_blanks(tokens, LINES) == tokens


def test_where_cells_are_lines_that_begin_with_a_pipe_a_pipe_alone_is_one_blank_cell() -> None:
    """html2text, of cells that end with ``<br>``; a line of the header has two texts."""
    lines = ["（本列数据的勾稽关系为） | 申请人情况", "2.没有现成信息需要另行制作", *["|"] * 5, *["| 1"] * 7]
    cells = [token.text for token in read_cells(lines, is_label=lambda _: False) if token.line > 1]
    assert cells == [*[""] * 5, *["1"] * 7]


def test_tabs_before_every_cell_but_a_row_s_first_show_the_blank_ones() -> None:
    """resiliparse, of cells that end with ``<br>``."""
    lines = [*["行政处罚", "\t\t2", "\t\t52", "\t\t\xa0 ", "行政强制", "\t\t2", "\t\t\xa0 ", "\t\t\xa0 "] * 5]
    cells = [token.text for token in read_cells(lines, is_label=lambda _: False)]
    assert cells == ["行政处罚", "2", "52", "", "行政强制", "2", "", ""] * 5


def test_marks_of_strong_words_anchors_and_line_breaks_are_no_part_of_a_cell() -> None:
    """pandoc's org and MediaWiki; a backslash behind a number ends its line."""
    lines = ["| *规章* | <<x>>1 | '''2''' | 3\\\\ | \\\\ | 5* |"]
    assert [token.text for token in read_cells(lines, is_label=lambda _: False)] == ["规章", "1", "2", "3", "", "5*"]
