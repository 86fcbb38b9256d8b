"""Tables without rules: what the form and the numbers' places tell."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.forms import editions
from gouji.model.raw import Grid, RawDocument
from gouji.model.source import Source
from gouji.normalizer.grids import read_grids
from gouji.readers.lattice import Glyph, PageContent, assemble, unruled
from gouji.readers.lattice.found import Found, doubt_differing, doubt_rows, doubt_strays
from gouji.readers.lattice.labelled import Labels
from gouji.readers.lattice.tokens import Token, find_columns
from gouji.readers.lattice.words import DOUBT

FORMS = editions()


def text(words: str, x: float, y: float, *, size: float = 8) -> list[Glyph]:
    """Words set from x on; digits are half as wide as characters."""
    glyphs = []
    for char in words:
        wide = size / 2 if char.isascii() else size
        glyphs.append(Glyph(char, x, x + wide, y, size * 1.2))
        x += wide
    return glyphs


def centred(words: str, x: float, y: float) -> list[Glyph]:
    return text(words, x - sum(4 if char.isascii() else 8 for char in words) / 2, y)


def wrapped(words: str, x: float, y: float, *, room: int) -> list[Glyph]:
    """Words in lines of at most ``room`` characters, around the height y."""
    lines = [words[start : start + room] for start in range(0, len(words), room)]
    top = y - 5 * (len(lines) - 1)
    return [glyph for number, line in enumerate(lines) for glyph in text(line, x, top + 10 * number)]


def requests_page(values: dict[str, int | None], *, edition: str, pitch: float, room: int) -> PageContent:
    """The request table without a single rule, long labels in several lines."""
    spec = FORMS[edition].table("requests")
    (block,) = spec.blocks
    glyphs = text("三、收到和处理政府信息公开申请情况", 60, 40, size=12)
    columns = [260.0 + 46 * index for index in range(len(block.columns))]
    for x, column in zip(columns, block.columns, strict=True):
        glyphs += wrapped(column.label[-1], x - 16, 70, room=4)
    y = 110.0
    for row in block.rows:
        lines = -(-len(row.label[-1]) // room)
        y += 5 * lines + pitch / 2
        glyphs += wrapped(row.label[-1], 60, y, room=room)
        for x, column in zip(columns, block.columns, strict=True):
            value = values.get(f"requests.{row.key}.{column.key}")
            glyphs += centred("" if value is None else str(value), x, y)
        y += 5 * lines + pitch / 2
    return PageContent(number=1, width=600, height=y + 200, glyphs=glyphs)


def consistent(edition: str, seed: int, *, share_blank: float) -> dict[str, int | None]:
    """Numbers that add up by row and by column."""
    chance = random.Random(seed)
    (block,) = FORMS[edition].table("requests").blocks
    values: dict[str, int | None] = {}
    sums = {"received", "carried_in", "outcome_total", "carried_over"}
    for column in block.columns[:-1]:
        outcomes = 0
        for row in block.rows:
            blank = row.key not in sums and chance.random() < share_blank
            value = None if blank else chance.choice([0, 0, 1, 7, 12, 340, 123456])
            values[f"requests.{row.key}.{column.key}"] = value
            outcomes += 0 if row.key in sums or value is None else value
        over, before = chance.choice([0, 3, 25]), chance.choice([0, 2, 31])
        values[f"requests.outcome_total.{column.key}"] = outcomes
        values[f"requests.carried_over.{column.key}"] = over
        values[f"requests.carried_in.{column.key}"] = min(before, outcomes + over)
        values[f"requests.received.{column.key}"] = outcomes + over - min(before, outcomes + over)
    for row in block.rows:
        parts = [values[f"requests.{row.key}.{column.key}"] for column in block.columns[:-1]]
        values[f"requests.{row.key}.total"] = sum(part or 0 for part in parts)
    return values


def read(page: PageContent) -> dict[str, object]:
    blocks = assemble([page])
    document = RawDocument(source=Source(path="x", sha256="", media_type="application/pdf"), blocks=blocks)
    return {
        key: cell.value
        for reading in read_grids(document, tuple(FORMS.values()))
        for key, cell in reading.cells.items()
    }


@pytest.mark.parametrize("edition", ["2019", "2021"])
@settings(max_examples=12)
@given(seed=st.integers(0, 10**6), pitch=st.floats(8, 20), room=st.integers(9, 22))
def test_every_number_of_the_request_table_is_read_or_none_wrongly(
    edition: str, seed: int, pitch: float, room: int
) -> None:
    values = consistent(edition, seed, share_blank=0.1)
    got = read(requests_page(values, edition=edition, pitch=pitch, room=room))
    wrong = {
        key: (value, values.get(key)) for key, value in got.items() if value is not None and value != values.get(key)
    }
    assert wrong == {}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_request_table_is_read_whole(edition: str) -> None:
    values = consistent(edition, 7, share_blank=0.1)
    got = read(requests_page(values, edition=edition, pitch=12, room=16))
    assert {key: got.get(key) for key in values} == values


def test_prose_with_numbers_makes_no_table() -> None:
    glyphs = [
        glyph
        for row in range(30)
        for glyph in text(f"本年收到申请 {row} 件，办结 {row + 1} 件，其他 3 件", 60, 60 + 20 * row)
    ]
    blocks = assemble([PageContent(number=1, width=600, height=800, glyphs=glyphs)])
    assert not any(isinstance(block, Grid) for block in blocks)


def test_a_document_of_another_kind_is_left_alone() -> None:
    rows = [(f"项目{row}", str(row * 3), str(row)) for row in range(20)]
    glyphs = [
        glyph
        for n, row in enumerate(rows)
        for i, word in enumerate(row)
        for glyph in text(word, 60 + 120 * i, 60 + 20 * n)
    ]
    blocks = assemble([PageContent(number=1, width=600, height=800, glyphs=glyphs)])
    assert not any(isinstance(block, Grid) for block in blocks)


def test_numbers_set_at_the_left_of_a_column_are_not_parted_by_their_lengths() -> None:
    numbers = [Token("1", 131, 135, 0, 8, 0), Token("1", 270, 274, 0, 8, 0), Token("81892", 131, 151, 9, 8, 1)]
    assert find_columns(numbers, headers=(), count=3) is None
    assert find_columns(numbers, headers=(), count=2) == [(131, 151), (270, 274)]


def test_the_edition_whose_own_labels_are_printed_is_read() -> None:
    """A number in the first row of (六)其他处理, beside that label: the edition of 2019 has it as one row."""
    (block,) = FORMS["2021"].table("requests").blocks
    filled = {"received": 18, "carried_in": 1, "granted": 18, "outcome_total": 19, "carried_over": 0}
    row = next(row for row in block.rows if row.label[-1].startswith("1.申请人无正当理由"))
    values: dict[str, int | None] = {
        f"requests.{key}.{column}": number
        for key, number in {**filled, row.key: 1}.items()
        for column in ("natural_person", "total")
    }
    page = requests_page(values, edition="2021", pitch=14, room=16)
    height = next(glyph.y for glyph in page.glyphs if glyph.text == "逾")
    spans = text("（六）其他处理", 2, height + 5)
    cells = read(replace(page, glyphs=[*page.glyphs, *spans]))
    assert cells[f"requests.{row.key}.total"] == 1
    assert "requests.other.total" not in cells


def test_rows_that_another_reading_gives_to_other_labels_are_in_doubt() -> None:
    one, two = Token("5", 0, 5, 10, 8, 0), Token("7", 0, 5, 20, 8, 1)
    found = Found(values={("a", "x"): [one], ("b", "x"): [two]})
    doubt_differing(found, [found, Found(values={("a", "x"): [one], ("c", "x"): [two]})])
    assert found.doubtful == {"b"}


@pytest.mark.parametrize(
    ("lines", "stands"),
    [
        ({10: "规范性文件"}, True),
        ({5: "行政规范", 15: "性文件"}, True),
        ({10: "规章"}, False),
        ({5: "其他主动公开文件（指", 15: "未编文号的）"}, False),
        ({5: "行政规范", 15: "规章"}, False),
        ({5: "行政规范性文件"}, False),
        ({10: "政府公报"}, False),
        ({10: "行政规范性文件数"}, True),
        ({0: "其他主动公开文件（指未编文号的公开", 10: "文件）"}, False),
        ({}, False),
    ],
)
def test_numbers_belong_to_the_label_they_stand_by(lines: dict[int, str], stands: bool) -> None:
    rows = FORMS["2021"].table("disclosure").blocks[0].rows
    words = [Token(words, 0, 40, y, 8, y) for y, words in lines.items()]
    number = Token("830", 100, 112, 10, 8, 10)
    assert Labels(rows).stand_by([number], rows[1], words=words) is stands


def test_the_end_of_a_label_that_could_be_of_another_shows_nothing_by_itself() -> None:
    """信访举报投诉类申/请: the last line is of 重复申请 as well."""
    rows = {row.key: row for row in FORMS["2021"].table("requests").blocks[0].rows}
    number = Token("2", 100, 104, 20, 8, 20)
    words = [Token("1.信访举报投诉类申", 10, 80, 10, 8, 10), Token("请", 40, 48, 20, 8, 20)]
    words += [Token("2.重复申请", 30, 60, 31, 8, 31)]
    labels = Labels(list(rows.values()))
    assert labels.stand_by([number], rows["not_processed.petition"], words=words)
    assert not labels.stand_by([number], rows["not_processed.repeated"], words=words)


def test_numbers_in_two_lines_are_not_given_to_the_second_of_two_labels() -> None:
    rows = FORMS["2019"].table("disclosure").blocks[0].rows
    numbers = [Token("552", 100, 112, 10, 8, 10), Token("4", 104, 108, 20, 8, 20)]
    words = [Token("规章", 20, 36, 10, 8, 10), Token("规范性文件", 10, 50, 20, 8, 20)]
    assert not any(Labels(rows).stand_by(numbers, row, words=words) for row in rows)
    assert Labels(rows).stand_by(numbers, rows[1], words=words[1:])


def test_a_piece_of_a_higher_label_is_not_taken_for_one_of_the_rows_own() -> None:
    rows = {row.key: row for row in FORMS["2021"].table("requests").blocks[0].rows}
    number = Token("2", 100, 104, 20, 8, 20)
    leaf = ("2.申请人逾期未按收费通", "知要求缴纳费用、行政机", "关不再处理其政府信息公", "开申请")
    words = [Token(line, 30, 90, 7 + 9 * index, 8, index) for index, line in enumerate(leaf)]
    words += [Token("其他处", 0, 24, 11, 8, 11), Token("理", 0, 8, 20, 8, 20)]
    assert Labels(list(rows.values())).stand_by([number], rows["other.unpaid"], words=words)


def test_labels_that_a_label_is_under_may_stand_beside_it() -> None:
    rows = FORMS["2021"].table("requests").blocks[0].rows
    row = next(row for row in rows if row.label[-1] == "3.其他")
    number = Token("2085", 100, 112, 10, 8, 10)
    above, own = Token("（六）其他处理", 0, 40, 10, 8, 10), Token("3.其他", 50, 70, 10, 8, 10)
    assert Labels(rows).stand_by([number], row, words=[above, own])
    assert not Labels(rows).stand_by([number], row, words=[above])


def test_a_publishers_own_row_lends_its_numbers_to_no_other() -> None:
    """Its label is in two lines, its numbers between them: as near to its neighbour's label as to its own."""
    (block, *_) = FORMS["2021"].table("disclosure").blocks
    page = text("二、主动公开政府信息情况", 60, 40, size=12) + text(block.title or "", 60, 60)
    for x, column in zip((200, 300, 400), block.columns, strict=True):
        page += text(column.label[-1], x, 75)
    page += text("规章", 60, 88) + text("39", 300, 88) + text("1073", 400, 88)
    page += text("行政规范性文件", 60, 101) + text("830", 200, 101) + text("2", 400, 101)
    page += text("其他主动公开文件（指未编文", 60, 114) + text("号的公开文件）", 60, 124)
    page += text("3", 200, 119) + text("4", 300, 119) + text("5", 400, 119)
    y = 130
    for other in FORMS["2021"].table("disclosure").blocks[1:]:
        page += text(other.title or "", 60, y + 15) + text(other.columns[0].label[-1], 200, y + 30)
        for row in other.rows:
            page += text(row.label[-1], 60, y + 45) + text("7", 200, y + 45)
            y += 15
        y += 30
    cells = read(PageContent(number=1, width=600, height=800, glyphs=page))
    numbers = {
        key: value for key, value in cells.items() if key.split(".")[1] in {"regulations", "normative_documents"}
    }
    assert {key: value for key, value in numbers.items() if value is not None} == {
        "disclosure.regulations.repealed": 39,
        "disclosure.regulations.in_force": 1073,
    }
    assert cells["disclosure.licensing.decisions"] == 7


def disclosure_page(edition: str, values: dict[str, int]) -> PageContent:
    """The disclosure table without a single rule, its lines close together."""
    page = text("二、主动公开政府信息情况", 60, 40, size=12)
    y = 60
    for block in FORMS[edition].table("disclosure").blocks:
        places = [180 + 360 // len(block.columns) * index for index in range(len(block.columns))]
        page += text(block.title or "", 60, y)
        for x, column in zip(places, block.columns, strict=True):
            page += text(column.label[-1], x, y + 11)
        y += 22
        for row in block.rows:
            page += text(row.label[-1], 60, y)
            for x, column in zip(places, block.columns, strict=True):
                value = values.get(f"disclosure.{row.key}.{column.key}")
                page += [] if value is None else text(str(value), x, y)
            y += 11
    return PageContent(number=1, width=600, height=800, glyphs=page)


def test_the_columns_of_a_block_are_not_looked_for_in_the_block_above() -> None:
    """收费 has two columns where 行政处罚 has three, and one of the two is blank."""
    values = {
        f"disclosure.{row}.items_last_year": 7 for row in ("licensing", "penalties", "compulsory_measures", "fees")
    }
    values |= {f"disclosure.regulations.{column}": 3 for column in ("produced", "disclosed", "total_disclosed")}
    values["disclosure.procurement.projects"] = 13
    cells = read(disclosure_page("2019", values))
    assert {key: value for key, value in cells.items() if value is not None} == values


def test_no_edition_reads_a_table_whose_columns_are_those_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(unruled, "read_unruled", lambda _, spec: asked.append(spec))
    words = [Token(column, 60, 100, 9, 8, 0) for column in ("本年新制作数量", "本年新公开数量", "对外公开总数量")]
    words += [Token("行政规范性文件", 0, 50, 20, 8, 1)]
    assert unruled.best_edition(words, tuple(FORMS.values()), "disclosure") is None
    assert asked == [FORMS["2019"].table("disclosure")]


def review_page(values: list[int | None], *, room: int) -> PageContent:
    """The review table without a single rule; the labels of groups and columns in lines of ``room`` characters."""
    (block,) = FORMS["2021"].table("review").blocks
    page = text("四、政府信息公开行政复议、行政诉讼情况", 60, 40, size=12)
    for index, row in enumerate(block.rows):
        for level, part in enumerate(row.label):
            page += wrapped(part, 120 + 165 * index, 70 + 40 * level, room=room)
        for place, column in enumerate(block.columns):
            x = 60 + 33 * (5 * index + place)
            page += wrapped(column.label[-1], x - 4 * room, 150, room=room)
            value = values[5 * index + place]
            page += [] if value is None else centred(str(value), x, 190)
    return PageContent(number=1, width=700, height=800, glyphs=page)


@pytest.mark.parametrize(("room", "blank"), [(1, None), (2, None), (4, None), (1, 3), (2, 3)])
def test_the_columns_of_the_review_table_are_told_by_labels_in_several_lines(room: int, blank: int | None) -> None:
    values: list[int | None] = [1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 0, 0, 1, 2, 3]
    if blank is not None:
        values[blank], values[4] = None, 6
    cells = read(review_page(values, room=room))
    (block,) = FORMS["2021"].table("review").blocks
    keys = [f"review.{row.key}.{column.key}" for row in block.rows for column in block.columns]
    assert [cells[key] for key in keys] == values


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({3: 2, 4: 2}, {3: 2, 4: 2}),
        ({}, {}),
        ({3: 2}, {}),  # the sum does not hold: it may be another number
        ({13: 5, 14: 5, 0: 1, 4: 1}, {13: 5, 14: 5, 0: 1, 4: 1}),
    ],
)
def test_a_review_table_that_is_nearly_blank_is_told_by_all_its_labels(
    values: dict[int, int], expected: dict[int, int]
) -> None:
    cells = read(review_page([values.get(index) for index in range(15)], room=2))
    (block,) = FORMS["2021"].table("review").blocks
    keys = [f"review.{row.key}.{column.key}" for row in block.rows for column in block.columns]
    assert {index: cells[key] for index, key in enumerate(keys) if cells.get(key) is not None} == expected


def test_numbers_of_a_review_table_nearly_blank_that_stand_between_its_labels_are_none() -> None:
    page = review_page([None] * 3 + [2, 2] + [None] * 10, room=2)
    shifted = [glyph._replace(x0=glyph.x0 + 13, x1=glyph.x1 + 13) if glyph.y == 190 else glyph for glyph in page.glyphs]
    assert {value for value in read(replace(page, glyphs=shifted)).values() if value is not None} == set()


def test_two_numbers_in_one_column_of_the_review_table_are_none() -> None:
    page = review_page([1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 0, 0, 1, 2, 3], room=2)
    first = next(glyph for glyph in page.glyphs if glyph.text == "1" and glyph.y == 190)
    other = first._replace(x0=first.x0 + 9, x1=first.x1 + 9)
    cells = read(replace(page, glyphs=[*page.glyphs, other]))
    assert cells["review.review.upheld"] is None


def test_fifteen_numbers_without_the_labels_of_the_review_table_are_not_it() -> None:
    page = review_page([1] * 15, room=2)
    others = [
        glyph._replace(text="甲") if glyph.y > 60 and not glyph.text.isdigit() else glyph for glyph in page.glyphs
    ]
    assert read(replace(page, glyphs=others)) == {}


def test_a_blank_row_beside_one_in_doubt_is_not_told_and_one_in_doubt_holds_no_blanks() -> None:
    spec = FORMS["2021"].table("requests")
    (block,) = spec.blocks
    one, two, three = (row.key for row in block.rows[:3])
    columns = [column.key for column in block.columns]
    found = Found(values={(one, columns[0]): [Token("5", 0, 5, 10, 8, 0)]}, rows={one, two, three}, doubtful={one})
    doubt_rows(found, spec)
    assert found.rows == {one}
    assert [found.values[one, column][-1].text for column in columns] == [DOUBT] * len(columns)


def test_a_number_that_touches_its_label_leaves_no_blank() -> None:
    values = consistent("2021", 5, share_blank=0)
    page = requests_page(values, edition="2021", pitch=14, room=18)
    y = next(glyph.y for glyph in page.glyphs if glyph.text == "秘")
    digits = [glyph for glyph in page.glyphs if glyph.y == y and glyph.text.isdigit() and 200 < glyph.x0 < 290]
    (end,) = [glyph.x1 for glyph in page.glyphs if glyph.y == y and glyph.text == "密"]
    shift = digits[0].x0 - end
    glued = [
        glyph._replace(x0=glyph.x0 - shift, x1=glyph.x1 - shift) if glyph in digits else glyph for glyph in page.glyphs
    ]
    blocks = assemble([replace(page, glyphs=glued)])
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    row = next(cell.row for cell in grid.cells if cell.text == "1.属于国家秘密")
    assert DOUBT in [cell.text for cell in grid.cells if cell.row == row]


def test_a_number_in_no_cell_puts_those_by_it_in_doubt_and_is_kept() -> None:
    value = Token("5", 10, 15, 10, 8, 0)
    found = Found(
        values={
            ("a", "x"): [value],
            ("a", "y"): [Token("6", 40, 45, 10, 8, 0)],
            ("b", "x"): [Token("7", 10, 15, 40, 8, 2)],
        }
    )
    doubt_strays(
        found, [value, Token("14", 70, 80, 16, 8, 1), Token("2件3件", 8, 50, 24, 8, 1), Token("第1条", 0, 9, 12, 8, 1)]
    )
    assert [[token.text for token in row] for row in found.others] == [["14"]]
    texts = {key: [token.text for token in cell] for key, cell in found.values.items()}
    assert texts == {
        ("a", "x"): ["5", DOUBT],
        ("a", "y"): ["6", DOUBT, DOUBT],
        ("b", "x"): ["7", DOUBT],
        ("b", "y"): [DOUBT],
    }


def test_numbers_of_no_row_are_not_given_one_by_the_words_before_them() -> None:
    """The label of a row of the form, of this edition or another, before numbers that are not known to be its."""
    values = consistent("2021", 5, share_blank=0)
    page = requests_page(values, edition="2021", pitch=14, room=18)
    last = max(glyph.y for glyph in page.glyphs)
    glyphs = [*page.glyphs, *text("（六）其他处理", 60, last + 16)]
    for x in (260, 306, 352, 398, 444, 490, 536):
        glyphs += centred("3", x, last + 16)
    got = read(replace(page, glyphs=glyphs))
    assert [value for key, value in got.items() if value is not None and value != values.get(key)] == []
