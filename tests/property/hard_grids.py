"""What authors, Word and content systems do to the statutory tables: each a change of rows of cells, as HTML has them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from gouji.model.raw import Grid, TextBlock
from gouji.model.report import Report
from gouji.readers.html import read_html
from gouji.renderers.html import render_html


@dataclass(frozen=True, slots=True)
class Item:
    """A cell as HTML has it."""

    text: str
    rowspan: int = 1
    colspan: int = 1


Rows = list[list[Item]]
Tables = list[Rows]


def tables_of(report: Report) -> Tables:
    """The three tables as the form prints them."""
    page = read_html(render_html(report).encode(), path="a")
    return [rows_of(grid) for grid in page.grids]


def rows_of(grid: Grid) -> Rows:
    rows: Rows = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(Item(cell.text, cell.rowspan, cell.colspan))
    return rows


def page_of(report: Report, tables: Sequence[Rows]) -> str:
    """The report's page with these tables in place of its own; what is beyond three goes to the end."""
    page = read_html(render_html(report).encode(), path="a")
    left = list(tables)
    parts = []
    for block in page.blocks:
        if isinstance(block, TextBlock):
            parts.append(f"<p>{escape(block.text)}</p>")
        elif left:
            parts.append(html_of(left.pop(0)))
    parts.extend(html_of(rows) for rows in left)
    return f"<html><head><meta charset=utf-8></head><body>{''.join(parts)}</body></html>"


def html_of(rows: Rows) -> str:
    body = "".join("<tr>" + "".join(_cell(item) for item in row) + "</tr>" for row in rows)
    return f"<table border=1>{body}</table>"


def _cell(item: Item) -> str:
    spans = f' rowspan="{item.rowspan}"' * (item.rowspan > 1) + f' colspan="{item.colspan}"' * (item.colspan > 1)
    return f"<td{spans}>{escape(item.text)}</td>"


def unspan(rows: Rows, *, repeat: bool) -> Rows:
    """Every grid place a cell of its own: spans repeat their text or leave blanks."""
    places: dict[tuple[int, int], str] = {}
    width = 0
    taken: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(rows):
        at = 0
        for item in row:
            while taken.get((number, at)):
                at += 1
            for down in range(item.rowspan):
                for right in range(item.colspan):
                    taken[number + down, at + right] = True
                    first = down == right == 0
                    places[number + down, at + right] = item.text if first or repeat else ""
            at += item.colspan
            width = max(width, at)
    return [[Item(places.get((number, column), "")) for column in range(width)] for number in range(len(rows))]


def cut(rows: Rows, at: int) -> tuple[Rows, Rows]:
    """Two tables; a span that is cut ends with the first and is not taken up again, as Word's HTML export does."""
    top = [
        [replace(item, rowspan=min(item.rowspan, at - number)) for item in row] for number, row in enumerate(rows[:at])
    ]
    return top, rows[at:]


def cut_like_a_page(rows: Rows, at: int) -> tuple[Rows, Rows]:
    """Two tables; a span that is cut goes on with a blank cell, as PDF pages do."""
    top, bottom = cut(rows, at)
    flat: list[tuple[int, Item]] = []
    taken: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(rows[:at]):
        column = 0
        for item in row:
            while taken.get((number, column)):
                column += 1
            for down in range(item.rowspan):
                for right in range(item.colspan):
                    taken[number + down, column + right] = True
            if number + item.rowspan > at:
                flat.append((column, Item("", number + item.rowspan - at, item.colspan)))
            column += item.colspan
    flat.sort(key=lambda pair: pair[0])
    return top, [[*(item for _, item in flat), *bottom[0]], *bottom[1:]]


Change = Callable[[Tables, random.Random], Tables]


def _each(change: Callable[[Rows], Rows]) -> Change:
    return lambda tables, _: [change(rows) for rows in tables]


def _requests(change: Callable[[Rows, random.Random], list[Rows]]) -> Change:
    return lambda tables, rng: [tables[0], *change(tables[1], rng), *tables[2:]]


def _serials(rows: Rows, rng: random.Random) -> list[Rows]:
    return [[[Item("序号", 3), *rows[0]], *rows[1:3], *([Item(str(n)), *row] for n, row in enumerate(rows[3:], 1))]]


def _no_header(rows: Rows, rng: random.Random) -> list[Rows]:
    return [rows[3:]]


def _cut(rows: Rows, rng: random.Random) -> list[Rows]:
    return list(cut(rows, rng.randrange(4, len(rows))))


def _cut_page(rows: Rows, rng: random.Random) -> list[Rows]:
    return list(cut_like_a_page(rows, rng.randrange(4, len(rows))))


def _cut_headed(rows: Rows, rng: random.Random) -> list[Rows]:
    top, bottom = cut_like_a_page(rows, rng.randrange(4, len(rows)))
    return [top, [*rows[:3], *bottom]]


def _half_row(rows: Rows, rng: random.Random) -> list[Rows]:
    """A page break through a row: its label at the foot of one page, its values at the head of the next."""
    at = rng.randrange(4, len(rows) - 1)
    top, bottom = cut_like_a_page(rows, at)
    first = bottom[0]
    label = len(first) - 7
    names = [replace(item, rowspan=1) for item in first[:label] if item.text]
    values = [replace(item, text="") for item in first[:label]]
    return [[*top, [*names, *[Item("")] * 7]], [[*values, *first[label:]], *bottom[1:]]]


def _extra(rows: Rows, rng: random.Random) -> list[Rows]:
    at = rng.randrange(5, len(rows))
    row = [Item("其中：网络申请", 1, 1), *(Item(str(rng.randrange(50))) for _ in range(7))]
    grown = [[*line] for line in rows]
    for number, line in enumerate(grown):
        for index, item in enumerate(line):
            if number < at < number + item.rowspan:
                line[index] = replace(item, rowspan=item.rowspan + 1)
    return [[*grown[:at], row, *grown[at:]]]


def _one_table(tables: Tables, rng: random.Random) -> Tables:
    return [[row for rows in tables for row in rows]]


def _garble(rows: Rows, rng: random.Random) -> list[Rows]:
    at = rng.randrange(3, len(rows))
    index = len(rows[at]) - 8
    label = rows[at][index]
    kind = rng.randrange(3)
    text = ["", label.text[: len(label.text) // 2], label.text.replace(label.text[-1], "□")][kind]
    changed = [*rows[at]]
    changed[index] = replace(label, text=text)
    return [[*rows[:at], changed, *rows[at + 1 :]]]


def _garble_header(rows: Rows, rng: random.Random) -> list[Rows]:
    index = rng.randrange(5)
    changed = [*rows[2]]
    changed[index] = replace(changed[index], text="□□")
    return [[*rows[:2], changed, *rows[3:]]]


def _swap_rows(rows: Rows, rng: random.Random) -> list[Rows]:
    return [[*rows[:3], rows[4], rows[3], *rows[5:]]]


def _wide(rows: Rows, rng: random.Random) -> list[Rows]:
    """The column 自然人 two grid columns wide, its values in the one or the other."""
    grown = [[*rows[0][:-1], replace(rows[0][-1], colspan=8)]]
    grown.append([replace(rows[1][0], colspan=2), *rows[1][1:]])
    grown.append(rows[2])
    for row in rows[3:]:
        pair = [row[-7], Item("")]
        rng.shuffle(pair)
        grown.append([*row[:-7], *pair, *row[-6:]])
    return [grown]


def _short_spans(rows: Rows, rng: random.Random) -> list[Rows]:
    """A group's rowspan is one too few: the last row of the group shifts left."""
    grown = [[*row] for row in rows]
    spots = [(n, i) for n, row in enumerate(rows[3:], 3) for i, item in enumerate(row) if 2 < item.rowspan < 20]
    number, index = rng.choice(spots)
    grown[number][index] = replace(grown[number][index], rowspan=grown[number][index].rowspan - 1)
    return [grown]


def _repeat_review(tables: Tables, rng: random.Random) -> Tables:
    return [*tables[:2], unspan(tables[2], repeat=True)]


def _review_values(tables: Tables) -> list[str]:
    return [item.text for item in tables[2][-1]]


RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
BODIES = ["行政复议", "未经复议直接起诉", "复议后起诉"]


def _review_rows(tables: Tables, rng: random.Random) -> Tables:
    values = _review_values(tables)
    head = [Item("类别"), *map(Item, RESULTS)]
    rows = [[Item(body), *map(Item, values[n * 5 : n * 5 + 5])] for n, body in enumerate(BODIES)]
    return [*tables[:2], [head, *rows]]


def _review_grouped_rows(tables: Tables, rng: random.Random) -> Tables:
    values = _review_values(tables)
    rows = [[Item("", 1, 2), *map(Item, RESULTS)], [Item("行政复议", 1, 2), *map(Item, values[:5])]]
    rows += [
        [Item("行政诉讼", 2), Item(BODIES[1]), *map(Item, values[5:10])],
        [Item(BODIES[2]), *map(Item, values[10:])],
    ]
    return [*tables[:2], rows]


def _review_columns(tables: Tables, rng: random.Random) -> Tables:
    values = _review_values(tables)
    rows = [[Item("结果"), *map(Item, BODIES)]]
    rows += [[Item(name), *(Item(values[n * 5 + k]) for n in range(3))] for k, name in enumerate(RESULTS)]
    return [*tables[:2], rows]


def _review_down(tables: Tables, rng: random.Random) -> Tables:
    values = _review_values(tables)
    rows: Rows = []
    for n, body in enumerate(BODIES):
        for k, name in enumerate(RESULTS):
            lead = [Item(body, 5)] if k == 0 else []
            group = [[Item("行政复议", 5, 2)], [Item("行政诉讼", 10), *lead], lead][n] if k == 0 else []
            rows.append([*group, Item(name), Item(values[n * 5 + k])])
    return [*tables[:2], rows]


def _review_stacked(tables: Tables, rng: random.Random) -> Tables:
    values = _review_values(tables)
    rows: Rows = []
    for n, body in enumerate(BODIES):
        rows += [[Item(body, 1, 5)], [*map(Item, RESULTS)], [*map(Item, values[n * 5 : n * 5 + 5])]]
    return [*tables[:2], rows]


def _review_three(tables: Tables, rng: random.Random) -> Tables:
    values = _review_values(tables)
    made = [
        [[Item(body, 1, 5)], [*map(Item, RESULTS)], [*map(Item, values[n * 5 : n * 5 + 5])]]
        for n, body in enumerate(BODIES)
    ]
    return [*tables[:2], *made]


def _review_cut(tables: Tables, rng: random.Random) -> Tables:
    return [*tables[:2], tables[2][:3], tables[2][3:]]


FAITHFUL: Mapping[str, Change] = {
    "as it is": lambda tables, _: tables,
    "labels repeated": _each(lambda rows: unspan(rows, repeat=True)),
    "blanks for spans": _each(lambda rows: unspan(rows, repeat=False)),
    "serial numbers": _requests(_serials),
    "no header": _requests(_no_header),
    "cut": _requests(_cut),
    "cut like a page": _requests(_cut_page),
    "cut, header again": _requests(_cut_headed),
    "all in one table": _one_table,
    "extra row": _requests(_extra),
    "rows exchanged": _requests(_swap_rows),
    "wide column": _requests(_wide),
    "short spans": _requests(_short_spans),
    "header garbled": _requests(_garble_header),
    "review repeated": _repeat_review,
    "review in rows": _review_rows,
    "review in grouped rows": _review_grouped_rows,
    "review in columns": _review_columns,
    "review downwards": _review_down,
    "review stacked": _review_stacked,
    "review in three tables": _review_three,
    "review cut": _review_cut,
}
"""Changes after which everything can still be read."""


def _drop_cell(rows: Rows, rng: random.Random) -> list[Rows]:
    at = rng.randrange(3, len(rows))
    row = [*rows[at]]
    del row[len(row) - 1 - rng.randrange(7)]
    return [[*rows[:at], row, *rows[at + 1 :]]]


def _add_blank(rows: Rows, rng: random.Random) -> list[Rows]:
    at = rng.randrange(3, len(rows))
    row = [*rows[at]]
    row.insert(len(row) - rng.randrange(8), Item(""))
    return [[*rows[:at], row, *rows[at + 1 :]]]


def _drop_blanks(rows: Rows, rng: random.Random) -> list[Rows]:
    return [[row if n < 3 else [item for item in row if item.text or item.rowspan > 1] for n, row in enumerate(rows)]]


def _merge_values(rows: Rows, rng: random.Random) -> list[Rows]:
    at = rng.randrange(3, len(rows))
    row = [*rows[at]]
    index = len(row) - 2 - rng.randrange(5)
    row[index : index + 2] = [replace(row[index], colspan=2)]
    return [[*rows[:at], row, *rows[at + 1 :]]]


def _last(change: Callable[[Rows, random.Random], list[Rows]]) -> Change:
    """The same for the value row of the last table."""

    def changed(tables: Tables, rng: random.Random) -> Tables:
        rows = tables[2]
        (made,) = change([[], [], [], rows[3]], rng)
        return [*tables[:2], [*rows[:3], made[3]]]

    return changed


def _stray_table(tables: Tables, rng: random.Random) -> Tables:
    stray = [[Item("类别"), Item("数量")], [Item("行政许可"), Item("77")], [Item("行政处罚"), Item("78")]]
    return [stray, *tables] if rng.random() < 0.5 else [*tables, stray]


def _digits_apart(rows: Rows, rng: random.Random) -> list[Rows]:
    return [
        [
            [
                replace(item, text=" ".join(item.text))
                if n > 3 and item.text.isdigit() and rng.random() < 0.3
                else item
                for item in row
            ]
            for n, row in enumerate(rows)
        ]
    ]


HARSH: Mapping[str, Change] = {
    **FAITHFUL,
    "half a row": _requests(_half_row),
    "label garbled": _requests(_garble),
    "cell dropped": _requests(_drop_cell),
    "blank added": _requests(_add_blank),
    "blanks dropped": _requests(_drop_blanks),
    "values merged": _requests(_merge_values),
    "review cell dropped": _last(_drop_cell),
    "review blank added": _last(_add_blank),
    "review blanks dropped": _last(_drop_blanks),
    "review values merged": _last(_merge_values),
    "stray table": _stray_table,
    "digits apart": _requests(_digits_apart),
}
"""Changes after which some cells may be doubtful, and none may be wrong."""
