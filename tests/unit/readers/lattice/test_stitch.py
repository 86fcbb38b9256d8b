"""Pieces of one table over a page break."""

from gouji.readers.lattice.shapes import Piece, PieceCell
from gouji.readers.lattice.stitch import fits, stitch


def piece(
    rows: list[list[str]],
    *,
    page: int,
    edges: list[float] | None = None,
    open_top: bool = False,
    open_bottom: bool = False,
) -> Piece:
    """A table without spans; ``None`` edges are 50 points apart."""
    xs = edges or [50.0 * index for index in range(len(rows[0]) + 1)]
    cells = [
        PieceCell(text, row, column, 1, 1, page, (xs[column], 20.0 * row, xs[column + 1], 20.0 * row + 20))
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    ]
    box = (xs[0], 0.0, xs[-1], 20.0 * len(rows))
    return Piece(cells, len(rows), xs, page, box, open_top, open_bottom)


def texts(joined: Piece) -> list[list[str]]:
    return [[cell.text for cell in joined.cells if cell.row == row] for row in range(joined.rows)]


def test_rows_follow_and_a_repeated_header_is_dropped() -> None:
    above = piece([["信息内容", "本年制发件数"], ["规章", "1"]], page=1)
    below = piece([["信息内容", "本年制发件数"], ["行政规范性文件", "2"]], page=2)
    assert fits(above, below)
    assert texts(stitch(above, below)) == [["信息内容", "本年制发件数"], ["规章", "1"], ["行政规范性文件", "2"]]


def test_a_label_cut_from_its_values_is_joined_to_them() -> None:
    above = piece([["行政许可", "1"], ["行政处罚", ""]], page=1)
    below = piece([["", "7"], ["行政强制", "3"]], page=2)
    assert texts(stitch(above, below)) == [["行政许可", "1"], ["行政处罚", "7"], ["行政强制", "3"]]


def test_a_label_cut_in_two_is_joined() -> None:
    above = piece([["行政许可", "1"], ["行政规范", "5"]], page=1)
    below = piece([["性文件", ""], ["行政强制", "3"]], page=2)
    assert texts(stitch(above, below)) == [["行政许可", "1"], ["行政规范性文件", "5"], ["行政强制", "3"]]


def test_a_row_of_values_all_of_which_stand_on_one_of_the_pages_is_one() -> None:
    header = ["结果维持", "结果纠正", "总计"]
    above = piece([header, ["", "", ""]], page=1, open_bottom=True)
    below = piece([["1", "", "1"]], page=2, open_top=True)
    assert texts(stitch(above, below)) == [header, ["1", "", "1"]]


def test_two_rows_whose_labels_take_other_columns_are_not_one_because_one_is_blank() -> None:
    above = piece([["自然人", "", "总计"], ["二、上年结转", "", ""]], page=1)
    below = piece([["三、本年度办理结果", "（一）予以公开", "7"]], page=2)
    above.cells[-3].colspan = 2
    del above.cells[-2]
    assert texts(stitch(above, below))[-2:] == [["二、上年结转", ""], ["三、本年度办理结果", "（一）予以公开", "7"]]


def test_two_whole_rows_are_never_joined() -> None:
    above = piece([["行政许可", "1"], ["行政处罚", ""]], page=1)
    below = piece([["行政强制", "3"]], page=2)
    assert texts(stitch(above, below)) == [["行政许可", "1"], ["行政处罚", ""], ["行政强制", "3"]]


def test_numbers_are_never_run_together_over_a_ruled_break() -> None:
    above = piece([["行政许可", "1"], ["行政处罚", "2"]], page=1)
    below = piece([["", "7"]], page=2)
    assert texts(stitch(above, below)) == [["行政许可", "1"], ["行政处罚", "2"], ["", "7"]]


def test_digits_wrapped_over_an_open_break_are_one_number() -> None:
    above = piece([["行政许可", "1", "2", "3"], ["行政处罚", "1018", "5", "7"]], page=1, open_bottom=True)
    below = piece([["", "6", "", ""]], page=2, open_top=True)
    assert texts(stitch(above, below)) == [["行政许可", "1", "2", "3"], ["行政处罚", "10186", "5", "7"]]


def test_a_spanning_label_cut_in_two_spans_both_pages() -> None:
    above = piece([["（四）无", "1.本机关不掌握相关政府信息", "5"]], page=1)
    below = piece([["法提供", "2.没有现成信息需要另行制作", "6"], ["", "3.补正后申请内容仍不明确", "7"]], page=2)
    label = next(cell for cell in below.cells if cell.text == "法提供")
    label.rowspan = 2
    below.cells = [cell for cell in below.cells if (cell.row, cell.column) != (1, 0)]
    joined = stitch(above, below)
    assert [(cell.text, cell.rowspan) for cell in joined.cells if cell.column == 0] == [("（四）无法提供", 3)]


def test_edges_align_by_position_not_by_count() -> None:
    above = piece([["信息内容", "本年制发件数", "本年废止件数"], ["规章", "1", "2"]], page=1, edges=[0, 100, 150, 200])
    below = piece([["行政许可", "9"]], page=2, edges=[0.4, 100.6, 199.8])
    joined = stitch(above, below)
    assert [(cell.text, cell.column, cell.colspan) for cell in joined.cells if cell.row == 2] == [
        ("行政许可", 0, 1),
        ("9", 1, 2),
    ]


def test_a_new_table_does_not_join_the_one_before() -> None:
    above = piece([["行政许可", "1"]], page=1)
    assert not fits(above, piece([["行政复议", "行政诉讼"]], page=2))
    assert not fits(above, piece([["行政强制", "3"]], page=1))
    assert not fits(above, piece([["行政强制", "3"]], page=2, edges=[0, 60, 180]))


def test_a_header_cut_within_its_labels_is_one_row() -> None:
    above = piece([["结果", "结果", "其他", "尚未", "总计"]], page=1)
    below = piece([["维持", "纠正", "结果", "审结", ""], ["1", "0", "0", "0", "1"]], page=2)
    assert texts(stitch(above, below)) == [
        ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
        ["1", "0", "0", "0", "1"],
    ]


def test_two_rows_of_labels_are_no_halves() -> None:
    above = piece([["未经复议直接起诉", "复议后起诉"]], page=1)
    below = piece([["结果维持", "结果纠正"]], page=2)
    assert texts(stitch(above, below)) == [["未经复议直接起诉", "复议后起诉"], ["结果维持", "结果纠正"]]


def test_a_row_below_an_open_header_is_no_half_of_it() -> None:
    above = piece([["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]], page=1, open_bottom=True)
    below = piece([["行政许可", "0", "/", ""]], page=2, open_top=True)
    joined = texts(stitch(above, below))
    assert joined == [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可", "0", "/", ""]]


def test_a_row_whose_values_stand_on_either_page_is_one() -> None:
    above = piece([["重复申请", "1", "0", "1"], ["", "3", "", "3"]], page=1)
    below = piece([["其他", "", "0", ""], ["总计", "4", "0", "4"]], page=2)
    joined = texts(stitch(above, below))
    assert joined == [["重复申请", "1", "0", "1"], ["其他", "3", "0", "3"], ["总计", "4", "0", "4"]]


def test_a_label_with_its_groups_cut_in_two_is_one() -> None:
    above = piece([["三、本年度办理结果（三）不予公开8.属于行政查询事项", "0"], ["三、本年度办理结果", "1"]], page=1)
    below = piece([["（四）无法提供1.本机关不掌握相关政府信息", ""], ["三、本年度办理结果（七）总计", "4"]], page=2)
    assert [row[-1] for row in texts(stitch(above, below))] == ["0", "1", "4"]
