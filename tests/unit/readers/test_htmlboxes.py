"""Tables made of blocks."""

import pytest

from gouji.model.raw import RawDocument
from gouji.readers.html import read_html

ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "1", "", "3"),
    ("行政许可", "4", "", ""),
    ("自然人", "5", "6", "7"),
)
WORDS = "<p>总体情况：自然人提出申请，结转0件，行政复议0件，主动公开信息。</p>"


def page(table: str) -> RawDocument:
    return read_html(f"<h1>年报</h1>{WORDS}{table}{WORDS}".encode(), path="a")


def read(table: str) -> list[tuple[tuple[str, int], ...]]:
    return [tuple((cell.text, cell.column) for cell in row) for grid in page(table).grids for row in grid.by_row]


def build(table: str, row: str, cell: str) -> str:
    return table.format("".join(row.format("".join(cell.format(text) for text in texts)) for texts in ROWS))


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("<div>{}</div>", "<div style='display:flex'>{}</div>", "<div>{}</div>"),
        ("<div>{}</div>", "<ul>{}</ul>", "<li> {} </li>\n"),
        ("<div>{}</div>", "<dl>{}</dl>", "<dd><p><b>{}</b></p></dd>"),
        ("<div>{}</div>", "<div>{}</div>", "<span style='display:inline-block;width:60px'>{}</span>"),
        ("<div>{}</div>", "<div>{}</div>", "<span class=td>{}</span>"),
        ("<div role=table>{}</div>", "<div role=row>{}</div>", "<span role=cell>{}</span>"),
        ("<div role=grid><p role=rowgroup>{}</p></div>", "<b role=row>{}</b>", "<i role=gridcell>{}</i>"),
    ],
)
def test_rows_of_blocks_are_rows_of_a_table(table: str, row: str, cell: str) -> None:
    wanted = [tuple((text, column) for column, text in enumerate(texts)) for texts in ROWS]
    markup = build(table, row, cell)
    assert read(markup) == wanted
    assert [note.code for note in page(markup).notes] == ["HTML-BOXES"]


def test_head_and_body_side_by_side_are_one_table() -> None:
    markup = build("<section>{}</section>", "<div>{}</div>", "<div>{}</div>")
    split = markup.replace("<div><div>规章", "</section><section><div><div>规章")
    assert read(f"<div>{split}</div>") == read(markup)


def test_spans_told_to_those_who_do_not_see() -> None:
    row = "<div role=row><div role=rowheader aria-rowspan=2>规章</div><div role=cell aria-colspan=2>1</div><div role=cell>2</div></div>"
    assert read(f"<div role=table>{row}<div role=row><div role=cell>3</div></div></div>") == [
        (("规章", 0), ("1", 1), ("2", 3)),
        (("规章", 0), ("3", 1)),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        build("<div>{}</div>", "<p>{}</p>", "<span>{}</span>"),  # pieces of words, as editors cut them
        build("<div>{}</div>", "<div>附：{}</div>", "<div>{}</div>"),
        build("<div>{}</div>", "<div style='flex-direction:row-reverse'>{}</div>", "<div>{}</div>"),
        build("<div role=table>{}</div>", "<div role=row style='order: 2'>{}</div>", "<div role=cell>{}</div>"),
        build("<div>{}</div>", "<div>{}</div>", "<div>{}" + "。" * 121 + "</div>"),
        "<div><div><p>规章</p><p>5</p></div><div><p>行政许可</p><p>6</p></div></div>",
    ],
)
def test_what_may_be_no_table_stays_text(markup: str) -> None:
    assert page(markup).grids == ()


def test_pages_with_a_table_of_the_form_are_left_alone() -> None:
    real = "<table>" + "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS) + "</table>"
    assert len(page(real + build("<div>{}</div>", "<ul>{}</ul>", "<li>{}</li>")).grids) == 1


def test_a_menu_with_words_of_the_form_is_no_table_of_it() -> None:
    menu = "<table><tr><td>规章</td></tr><tr><td>行政许可</td></tr></table>"
    found = page(menu + build("<div>{}</div>", "<ul>{}</ul>", "<li>{}</li>"))
    assert [len(grid.cells) for grid in found.grids] == [2, 16]


def test_tables_of_a_page_that_a_script_shows() -> None:
    prose = "<p>总体情况：自然人提出申请，结转0件，行政复议0件，主动公开信息。</p>" * 20
    body = prose + build("<div>{}</div>", "<ul>{}</ul>", "<li>{}</li>")
    found = read_html(f"<div style='visibility:hidden;opacity:0'>{body}</div>".encode(), path="a")
    assert [len(grid.cells) for grid in found.grids] == [16]
    assert [note.code for note in found.notes] == ["HTML-BOXES", "HTML-HIDDEN"]
