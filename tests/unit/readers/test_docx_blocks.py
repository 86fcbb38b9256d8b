"""Structures of Word documents: each is one that real files have and that some reader gets wrong."""

import pytest

from gouji.model.raw import Grid, RawDocument, TextBlock
from gouji.readers.docx import read_docx
from tests.unit.readers.word_builder import cell, docx, paragraph, row, run, table


def read(body: str, *, styles: str = "") -> RawDocument:
    return read_docx(docx(body, styles=styles), path="a.docx")


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


def shape(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]


def one_cell(inside: str) -> str:
    (grid,) = read(table(row(cell("x"), cell(inside=inside)))).grids
    return grid.cells[1].text


def test_paragraphs_and_tables_in_reading_order() -> None:
    document = read(paragraph("一、总体情况") + table(row(cell("a"), cell("b"))) + paragraph("二、") + paragraph())
    assert [type(block).__name__ for block in document.blocks] == ["TextBlock", "Grid", "TextBlock"]
    assert document.blocks[0].where.paragraph == 1
    grid = document.grids[0]
    assert grid.where.table == 1
    assert grid.cells[1].where.to_dict() == {"table": 1, "row": 1, "column": 2}


def test_spans() -> None:
    (grid,) = read(
        table(
            row(cell("申请人", merge="restart"), cell("法人", span=2)),
            row(cell(merge=""), cell("企业"), cell("科研")),
            row(cell("1"), before=2),
            widths=(900, 900, 900),
        )
    ).grids
    assert shape(grid) == [
        ("申请人", 0, 0, 2, 1),
        ("法人", 0, 1, 1, 2),
        ("企业", 1, 1, 1, 1),
        ("科研", 1, 2, 1, 1),
        ("1", 2, 2, 1, 1),
    ]
    assert (grid.rows, grid.columns) == (3, 3)


def test_two_merges_one_under_the_other_stay_apart() -> None:
    (grid,) = read(
        table(
            row(cell("a", merge="restart"), cell("1")),
            row(cell(merge="continue"), cell("2")),
            row(cell("b", merge="restart"), cell("3")),
            row(cell(merge="continue"), cell("4")),
        )
    ).grids
    assert [(c.text, c.row, c.rowspan) for c in grid.cells if c.column == 0] == [("a", 0, 2), ("b", 2, 2)]


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    (grid,) = read(table(row(cell("a", merge=""), cell("1")))).grids
    assert shape(grid) == [("a", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]


def test_text_hidden_by_a_merge_is_noted() -> None:
    document = read(table(row(cell("a", merge="restart"), cell("1")), row(cell("77", merge=""), cell("2"))))
    assert [note.code for note in document.notes] == ["WORD-HIDDEN-CELL"]
    assert "77" in document.notes[0].message.en


def test_horizontal_merge_of_old_converters() -> None:
    start, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    (grid,) = read(
        table(
            row(
                f"<w:tc><w:tcPr>{start}</w:tcPr>{paragraph('宽')}</w:tc>",
                f"<w:tc><w:tcPr>{on}</w:tcPr>{paragraph()}</w:tc>",
                cell("1"),
            ),
            row(cell("a"), cell("b"), cell("c")),
        )
    ).grids
    assert shape(grid)[:2] == [("宽", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]


@pytest.mark.parametrize(
    "wrap", ["<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"]
)
def test_wrapped_at_every_level(wrap: str) -> None:
    text = wrap.format(run("7"))
    inner = wrap.format(paragraph(inside=text))
    cells = cell("x") + wrap.format(cell(inside=inner))
    (grid,) = read(wrap.format(table(wrap.format(f"<w:tr>{cells}</w:tr>")))).grids
    assert [c.text for c in grid.cells] == ["x", "7"]


def test_inserted_stays_and_deleted_goes() -> None:
    inside = (
        f"<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>34</w:delText></w:r></w:del><w:moveFrom>{run('5')}</w:moveFrom>"
        f"<w:moveTo>{run('6')}</w:moveTo>"
    )
    (grid,) = read(
        table(
            row(cell("a"), cell(inside=paragraph(inside=inside)), properties="<w:ins/>"),
            row(cell("gone"), cell("1"), properties="<w:del/>"),
        )
    ).grids
    assert [c.text for c in grid.cells] == ["a", "126"]
    assert grid.rows == 1


def test_deleted_paragraph_mark_joins() -> None:
    document = read(paragraph("收到申请", properties="<w:rPr><w:del/></w:rPr>") + paragraph("12件"))
    assert texts(document) == ["收到申请12件"]


def test_hidden_and_struck_text() -> None:
    assert one_cell(paragraph(inside=run("9", "<w:vanish/>") + run("8"))) == "8"
    assert one_cell(paragraph(inside=run("9", '<w:vanish w:val="0"/>') + run("8"))) == "98"
    document = read(table(row(cell("a"), cell(inside=paragraph(inside=run("5", "<w:strike/>") + run("6"))))))
    assert document.grids[0].cells[1].text == "6"
    assert [note.code for note in document.notes] == ["WORD-STRUCK"]


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "properties", [WHITE, '<w:color w:val="FEFEFE"/>', '<w:sz w:val="2"/>', '<w:rStyle w:val="hid"/>']
)
def test_white_and_tiny_text_is_left_out_and_noted(properties: str) -> None:
    document = read(
        table(row(cell("a"), cell(inside=paragraph(inside=run("5", properties) + run("6"))))), styles=STYLES
    )
    assert document.grids[0].cells[1].text == "6"
    assert [note.code for note in document.notes] == ([] if "rStyle" in properties else ["TEXT-UNSEEN"])


STYLES = (
    '<w:style w:type="character" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="hid"><w:basedOn w:val="base"/></w:style>'
    '<w:style w:type="character" w:styleId="up"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="dark"><w:tblStylePr><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)


@pytest.mark.parametrize(
    "inside",
    [
        run("5", WHITE + '<w:highlight w:val="black"/>'),
        run("5", WHITE + '<w:shd w:val="clear" w:fill="000000"/>'),
        run("5", WHITE + '<w:shd w:val="solid" w:color="000000"/>'),
    ],
)
def test_white_text_on_a_dark_ground_is_read(inside: str) -> None:
    assert one_cell(paragraph(inside=inside)) == "5"


def test_white_text_in_a_shaded_cell_or_table_is_read() -> None:
    white = paragraph(inside=run("5", WHITE))
    dark = cell(inside=white).replace("<w:tcPr>", '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/>')
    assert read(table(row(cell("a"), dark))).grids[0].cells[1].text == "5"
    styled = table(row(cell("a"), cell(inside=white))).replace(
        "<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="dark"/></w:tblPr>'
    )
    assert read(styled, styles=STYLES).grids[0].cells[1].text == "5"


def test_a_style_may_raise_digits_and_a_lowered_one_is_no_digit_either() -> None:
    body = table(row(cell("a"), cell(inside=paragraph(inside=run("5") + run("1", '<w:rStyle w:val="up"/>')))))
    assert read(body, styles=STYLES).grids[0].cells[1].text == "5[1]"
    assert one_cell(paragraph(inside=run("5") + run("1", '<w:vertAlign w:val="subscript"/>'))) == "5(1)"


def test_a_cell_that_was_deleted_is_gone() -> None:
    gone = cell("9").replace("<w:tcPr>", '<w:tcPr><w:cellDel w:id="1"/>')
    assert [one.text for one in read(table(row(cell("a"), gone, cell("5")))).grids[0].cells] == ["a", "5"]


def test_a_raised_digit_is_no_digit_of_the_figure() -> None:
    for mark, read_as in (("①", "[1]"), ("[2]", "[2]"), ("*", "[*]"), ("345", "[345]")):
        assert one_cell(paragraph(inside=run("5") + run(mark, '<w:vertAlign w:val="superscript"/>'))) == f"5{read_as}"
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    assert one_cell(paragraph(inside=run("5") + raised)) == "5[1]"
    lifted = run("1", '<w:position w:val="8"/>')
    assert one_cell(paragraph(inside=run("5") + lifted)) == "5[1]"
    assert one_cell(paragraph(inside=lifted + run("5", '<w:position w:val="-2"/>'))) == "15"


def test_a_formula_is_a_number_unless_it_parts_its_digits() -> None:
    formula = "<m:oMath><m:r><m:t>1</m:t></m:r><m:r><m:t>5</m:t></m:r></m:oMath>"
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>5</m:t></m:r></m:den></m:f></m:oMath>"
    )
    assert one_cell(paragraph(inside=formula)) == "15"
    assert one_cell(paragraph(inside=fraction)) == "1/5"


def test_breaks_tabs_and_symbols() -> None:
    pieces = "<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t><w:br/><w:t>3</w:t><w:noBreakHyphen/><w:softHyphen/>"
    pieces += '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="宋体" w:char="F034"/></w:r>'
    assert texts(read(paragraph(inside=pieces))) == ["1\t2\n3-✓4"]


def test_fields_show_their_result() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>"
    nested = mark("begin") + run("99") + mark("separate") + run("98") + mark("end")
    assert (
        one_cell(paragraph(inside=mark("begin") + code + nested + mark("separate") + run("42") + mark("end"))) == "42"
    )
    assert one_cell(paragraph(inside=f'<w:fldSimple w:instr="x">{run("7")}</w:fldSimple>')) == "7"


def test_a_field_without_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(read(paragraph("a", inside=begin) + paragraph("b"))) == ["a", "b"]


def test_ruby_shows_the_base() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('wu')}</w:rt><w:rubyBase>{run('务')}</w:rubyBase></w:ruby></w:r>"
    assert texts(read(paragraph(inside=ruby))) == ["务"]


def test_math_is_text() -> None:
    assert one_cell("<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>") == "12"


BOX = "<w:txbxContent>{}</w:txbxContent>"
ALTERNATIVES = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once() -> None:
    box = ALTERNATIVES.format(BOX.format(paragraph("框内") + table(row(cell("a"), cell("1")))))
    document = read(paragraph("前", inside=box) + paragraph("后"))
    assert texts(document) == ["前", "框内", "后"]
    assert len(document.grids) == 1


def test_a_text_box_only_in_the_fallback() -> None:
    inside = "<w:r><mc:AlternateContent><mc:Choice Requires='x'><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert texts(read(paragraph(inside=inside.format(BOX.format(paragraph("框")))))) == ["框"]


def test_a_text_box_in_a_cell_is_text_of_the_cell() -> None:
    assert one_cell(paragraph(inside=ALTERNATIVES.format(BOX.format(paragraph("5"))))) == "5"


def test_layout_tables_are_opened() -> None:
    inner = table(row(cell("a"), cell("1")), row(cell("b"), cell("2")))
    document = read(table(row(cell(inside=paragraph("标题") + inner + paragraph("尾")))))
    assert texts(document) == ["标题", "尾"]
    assert [(grid.nested, len(grid.cells)) for grid in document.grids] == [(True, 4)]


def test_a_small_table_in_a_cell_is_its_text() -> None:
    assert one_cell(table(row(cell("31"))) + paragraph()) == "31"


def test_a_table_in_a_cell_of_a_real_table_stands_after_it() -> None:
    inner = table(row(cell("i"), cell("1")), row(cell("j"), cell("2")))
    rows = [row(cell(f"a{n}"), cell(f"{n}"), cell("z")) for n in range(5)]
    document = read(table(*rows, row(cell("b"), cell(inside=inner), cell("z"))))
    assert [(len(grid.cells), grid.nested) for grid in document.grids] == [(18, False), (4, True)]


def test_struck_rows_hidden_rows() -> None:
    (grid,) = read(table(row(cell("a"), cell("1")), row(cell("b"), cell("2"), properties="<w:hidden/>"))).grids
    assert [c.text for c in grid.cells] == ["a", "1"]


def test_paragraphs_of_a_cell_are_lines() -> None:
    assert one_cell(paragraph("科研") + paragraph() + paragraph("机构")) == "科研\n机构"


def test_empty_body_and_empty_tables() -> None:
    assert read("<w:tbl><w:tblPr/></w:tbl>" + table(row(), row(cell("a"), cell("b")))).grids[0].rows == 2
