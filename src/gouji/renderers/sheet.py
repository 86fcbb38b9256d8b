"""A statutory table as it is printed: boxes with spans, before any format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.forms.load import find_edition
from gouji.forms.spec import Block, Form, TableSpec
from gouji.model.report import ABSENT, Report, State, Value
from gouji.renderers.look import Look, print_label, print_value
from gouji.renderers.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One printed cell: text, top left place (0-based), spans.

    ``role`` is ``"title"``, ``"header"``, ``"label"``, ``"value"`` or ``"empty"``; ``cell`` the id of a value.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    role: str = "value"
    cell: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One printed table. ``head`` is the number of header rows at the top, article titles not counted."""

    table: str
    boxes: tuple[Box, ...]
    rows: int
    columns: int
    head: int = 0

    def lines(self) -> Iterator[tuple[Box, ...]]:
        """For every row the boxes that begin in it, left to right."""
        rows: list[list[Box]] = [[] for _ in range(self.rows)]
        for box in sorted(self.boxes, key=lambda box: box.column):
            rows[box.row].append(box)
        yield from map(tuple, rows)

    def covered(self) -> list[list[Box | None]]:
        """For every place of the rectangle the box that covers it."""
        places: list[list[Box | None]] = [[None] * self.columns for _ in range(self.rows)]
        for box in self.boxes:
            for row in range(box.row, box.row + box.rowspan):
                for column in range(box.column, box.column + box.colspan):
                    places[row][column] = box
        return places


def print_tables(
    report: Report, *, look: Look, forms: Mapping[str, Form] | None = None
) -> dict[str, tuple[Sheet, ...]]:
    """Every table the report has, by key; several sheets where the author cut it.

    Args:
        report: Its ``editions`` say the form of each table; cells that are absent are not printed.
        look: The author's ways.
        forms: Forms by edition, when they are not the built-in ones.
    """
    printed = {}
    for key, edition in report.editions.items():
        if edition is None:
            continue
        form = forms[edition] if forms else find_edition(edition)
        sheets = _print_table(form.table(key), values=report.cells, look=look)
        if sheets:
            printed[key] = tuple(_finish(sheet, look=look) for sheet in sheets)
    return printed


def _print_table(table: TableSpec, *, values: Mapping[str, Value], look: Look) -> list[Sheet]:
    if table.layout == "across":
        sheet = _across(table, values=values, look=look)
        return [sheet] if sheet.boxes else []
    blocks = [
        block
        for block in (_present(table, block, values=values) for block in table.blocks)
        if block.rows and block.columns
    ]
    if look.split == "whole" or len(blocks) == 1:
        sheet = _stack([_block(table, block, values=values, look=look, first=block is blocks[0]) for block in blocks])
        return [] if not blocks else _cut(sheet, look=look) if look.split.startswith("two") else [sheet]
    return [_block(table, block, values=values, look=look, first=block is blocks[0]) for block in blocks]


def _present(table: TableSpec, block: Block, *, values: Mapping[str, Value]) -> Block:
    """The block without the rows and columns that are absent altogether."""

    def there(row: str, column: str) -> bool:
        return values.get(f"{table.key}.{row}.{column}", ABSENT).state is not State.ABSENT

    rows = tuple(row for row in block.rows if any(there(row.key, column.key) for column in block.columns))
    columns = tuple(column for column in block.columns if any(there(row.key, column.key) for row in rows))
    return replace(block, rows=rows, columns=columns)


def _block(table: TableSpec, block: Block, *, values: Mapping[str, Value], look: Look, first: bool) -> Sheet:
    """One block: title, header, rows. Widths are made equal when blocks are stacked."""
    depth = max(len(row.label) for row in block.rows)
    deep = max(len(column.label) for column in block.columns)
    width = depth + len(block.columns)
    boxes: list[Box] = []
    top = 0
    if block.title:
        boxes.append(Box(text=print_label(block.title, look=look), row=0, column=0, colspan=width, role="title"))
        top = 1
    head = deep + (1 if table.group else 0)
    corner = block.stub or table.head or ""
    boxes.append(
        Box(text=print_label(corner, look=look), row=top, column=0, rowspan=head, colspan=depth, role="header")
    )
    if table.group:
        text = print_label(table.group, look=look)
        boxes.append(Box(text=text, row=top, column=depth, colspan=len(block.columns), role="header"))
    under = top + head - deep
    paths = [column.label for column in block.columns]
    boxes.extend(
        replace(
            box,
            text=print_label(box.text, look=look, header=True),
            row=under + box.column,
            column=depth + box.row,
            rowspan=box.colspan,
            colspan=box.rowspan,
            role="header",
        )
        for box in _tree(paths, depth=deep)
    )
    top += head
    boxes.extend(
        replace(box, text=print_label(box.text, look=look), row=top + box.row)
        for box in _tree([row.label for row in block.rows], depth=depth)
    )
    for down, row in enumerate(block.rows):
        for right, column in enumerate(block.columns):
            cell = f"{table.key}.{row.key}.{column.key}"
            text = print_value(values.get(cell, ABSENT), kind=column.kind, look=look)
            boxes.append(Box(text=text, row=top + down, column=depth + right, cell=cell))
    rows = top + len(block.rows)
    if look.extra_row and first and block.title:
        boxes.append(Box(text=print_label(words().extra_row, look=look), row=rows, column=0, role="label"))
        boxes.extend(Box(text=str(3 + n), row=rows, column=1 + n) for n in range(len(block.columns)))
        rows += 1
    return Sheet(table=table.key, boxes=tuple(boxes), rows=rows, columns=width, head=top)


def _across(table: TableSpec, *, values: Mapping[str, Value], look: Look) -> Sheet:
    """All row and column labels over one row of values."""
    (block,) = table.blocks
    slots = [
        (row, column)
        for row in block.rows
        for column in block.columns
        if values.get(f"{table.key}.{row.key}.{column.key}", ABSENT).state is not State.ABSENT
    ]
    if not slots:
        return Sheet(table=table.key, boxes=(), rows=0, columns=0)
    depth = max(len(row.label) + len(column.label) for row, column in slots)
    boxes = [
        replace(
            box,
            text=print_label(box.text, look=look, header=True),
            row=box.column,
            column=box.row,
            rowspan=box.colspan,
            colspan=box.rowspan,
            role="header",
        )
        for box in _tree([row.label + column.label for row, column in slots], depth=depth)
    ]
    for number, (row, column) in enumerate(slots):
        cell = f"{table.key}.{row.key}.{column.key}"
        text = print_value(values[cell], kind=column.kind, look=look)
        boxes.append(Box(text=text, row=depth, column=number, cell=cell))
    return Sheet(table=table.key, boxes=tuple(boxes), rows=depth + 1, columns=len(slots), head=depth)


def _tree(paths: Sequence[tuple[str, ...]], *, depth: int) -> list[Box]:
    """Label paths as boxes, one path a row: a shared beginning spans rows, the last label the columns that are left."""
    boxes = []
    for index, path in enumerate(paths):
        before = paths[index - 1] if index else ()
        for level, text in enumerate(path):
            last = level == len(path) - 1
            if not last and before[: level + 1] == path[: level + 1]:
                continue
            end = index + 1
            while not last and end < len(paths) and paths[end][: level + 1] == path[: level + 1]:
                end += 1
            span = depth - level if last else 1
            boxes.append(Box(text=text, row=index, column=level, rowspan=end - index, colspan=span, role="label"))
    return boxes


def _stack(sheets: list[Sheet]) -> Sheet:
    """Blocks below one another as one table; the last box of a narrower row spans what is left."""
    columns = max((sheet.columns for sheet in sheets), default=0)
    boxes: list[Box] = []
    top = 0
    for sheet in sheets:
        for box in sheet.boxes:
            more = columns - sheet.columns if box.column + box.colspan == sheet.columns else 0
            boxes.append(replace(box, row=box.row + top, colspan=box.colspan + more))
        top += sheet.rows
    head = sheets[0].head if sheets else 0
    return Sheet(table=sheets[0].table if sheets else "", boxes=tuple(boxes), rows=top, columns=columns, head=head)


def _cut(sheet: Sheet, *, look: Look) -> list[Sheet]:
    """Two pieces, as a page break makes them; a label that spans the cut stands empty, or again, below."""
    if sheet.rows < 8:
        return [sheet]
    at = _cut_row(sheet)
    above = [replace(box, rowspan=min(box.rowspan, at - box.row)) for box in sheet.boxes if box.row < at]
    first = replace(sheet, boxes=tuple(above), rows=at)
    head = [box for box in sheet.boxes if box.row < sheet.head] if look.split == "two_headed" else []
    shift = at - (sheet.head if head else 0)
    below = []
    for box in sheet.boxes:
        end = box.row + box.rowspan
        if end > at:
            start = max(box.row, at)
            text = box.text if box.row >= at or look.repeat_labels else ""
            below.append(replace(box, row=start - shift, rowspan=end - start, text=text))
    rows = sheet.rows - shift
    return [first, replace(sheet, boxes=(*head, *below), rows=rows, head=len(head) and sheet.head)]


def _cut_row(sheet: Sheet) -> int:
    """The row past the middle where fewest labels span the cut."""

    def spanning(row: int) -> int:
        return sum(box.row < row < box.row + box.rowspan for box in sheet.boxes)

    middle = (sheet.head + sheet.rows) // 2
    return min(range(middle, sheet.rows - 1), key=lambda row: (spanning(row), row))


def _finish(sheet: Sheet, *, look: Look) -> Sheet:
    if look.wide_total and sheet.table == "requests":
        sheet = _widen(sheet, column=sheet.columns - 1)
    if look.trailing_column:
        sheet = _trailing(sheet)
    return _repeat(sheet) if look.repeat_labels else sheet


def _widen(sheet: Sheet, *, column: int) -> Sheet:
    def wider(box: Box) -> Box:
        if box.column > column:
            return replace(box, column=box.column + 1)
        return replace(box, colspan=box.colspan + 1) if box.column + box.colspan > column else box

    return replace(sheet, boxes=tuple(map(wider, sheet.boxes)), columns=sheet.columns + 1)


def _trailing(sheet: Sheet) -> Sheet:
    """One more, empty column; titles span it."""

    def spans(box: Box) -> bool:
        return box.role == "title"

    titled = {box.row for box in sheet.boxes if spans(box)}
    boxes = [replace(box, colspan=box.colspan + 1) if spans(box) else box for box in sheet.boxes]
    boxes += [
        Box(text="", row=row, column=sheet.columns, role="empty") for row in range(sheet.rows) if row not in titled
    ]
    return replace(sheet, boxes=tuple(boxes), columns=sheet.columns + 1)


def _repeat(sheet: Sheet) -> Sheet:
    """Row labels again in every row they span, and empty cells in place of the columns they span."""
    boxes: list[Box] = []
    for box in sheet.boxes:
        if box.role != "label":
            boxes.append(box)
            continue
        for row in range(box.row, box.row + box.rowspan):
            boxes.append(replace(box, row=row, rowspan=1, colspan=1))
            boxes.extend(
                Box(text="", row=row, column=column, role="empty")
                for column in range(box.column + 1, box.column + box.colspan)
            )
    return replace(sheet, boxes=tuple(boxes))


def check_sheet(sheet: Sheet) -> None:
    """Raise ``ValueError`` unless the boxes tile the rectangle exactly."""
    places = sheet.covered()
    area = sum(box.rowspan * box.colspan for box in sheet.boxes)
    if area != sheet.rows * sheet.columns or any(box is None for row in places for box in row):
        raise ValueError(f"{sheet.table}: boxes overlap or leave holes")
