"""A statutory table drawn as the form prints it, with values put into its slots: what a table without rules becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.forms import Block, TableSpec
from gouji.readers.lattice.shapes import Box, Piece, PieceCell
from gouji.readers.lattice.tokens import Token, value_of

Values = Mapping[tuple[str, str], Sequence[Token]]
"""Row key and column key to what stands there, top to bottom."""


def draw_table(spec: TableSpec, values: Values, *, rows: set[str], place: tuple[int, Box]) -> Piece:
    """The table with those of its rows that the page has (``rows``).

    Args:
        spec: The form's table.
        values: What was found.
        rows: Keys of the rows printed on the page; the others are left out.
        place: Page and box of the whole table.
    """
    sheet = _Sheet(place)
    for block in spec.blocks:
        if spec.layout == "across":
            _draw_across(sheet, block, values=values)
        else:
            _draw_rows(sheet, block, values=values, rows=rows)
    return sheet.piece()


class _Sheet:
    """Cells being put down, row by row."""

    def __init__(self, place: tuple[int, Box]) -> None:
        self.page, self.box = place
        self.cells: list[PieceCell] = []
        self.rows = 0

    def put(self, text: str, at: tuple[int, int], *, span: tuple[int, int] = (1, 1)) -> None:
        if span[0] and span[1]:
            self.cells.append(PieceCell(text, *at, *span, self.page, self.box))

    def put_value(self, tokens: Sequence[Token], at: tuple[int, int]) -> None:
        """A value: the tokens of a wrapped number joined, at their own place."""
        self.put(value_of(tokens), at)
        if tokens:
            boxes = [token.box for token in tokens if token.page == tokens[0].page]
            cell = self.cells[-1]
            cell.page = tokens[0].page
            cell.box = (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )

    def piece(self) -> Piece:
        width = max((cell.column + cell.colspan for cell in self.cells), default=0)
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return Piece(cells, self.rows, [float(index) for index in range(width + 1)], self.page, self.box)


def _draw_paths(sheet: _Sheet, paths: Sequence[Sequence[str]], *, at: tuple[int, int], depth: int, down: bool) -> None:
    """Label paths side by side: shared first parts become spanning cells, the last part fills the rest of the depth."""
    start = 0
    while start < len(paths):
        head, end = paths[start][0], start + 1
        leaf = len(paths[start]) == 1
        while not leaf and end < len(paths) and paths[end][0] == head:
            end += 1
        long, deep = end - start, depth if leaf else 1
        corner = (at[0] + start, at[1]) if down else (at[0], at[1] + start)
        sheet.put(head, corner, span=(long, deep) if down else (deep, long))
        if not leaf:
            inner = (corner[0], corner[1] + 1) if down else (corner[0] + 1, corner[1])
            rest = [path[1:] for path in paths[start:end]]
            _draw_paths(sheet, rest, at=inner, depth=depth - 1, down=down)
        start = end


def _draw_rows(sheet: _Sheet, block: Block, *, values: Values, rows: set[str]) -> None:
    printed = [row for row in block.rows if row.key in rows]
    if not printed:
        return
    depth = max(len(row.label) for row in block.rows)
    high = max(len(column.label) for column in block.columns)
    wide = depth + len(block.columns)
    if block.title:
        sheet.put(block.title, (sheet.rows, 0), span=(1, wide))
        sheet.rows += 1
    sheet.put(block.stub or "", (sheet.rows, 0), span=(high, depth))
    _draw_paths(sheet, [column.label for column in block.columns], at=(sheet.rows, depth), depth=high, down=False)
    sheet.rows += high
    _draw_paths(sheet, [row.label for row in printed], at=(sheet.rows, 0), depth=depth, down=True)
    for index, row in enumerate(printed):
        for number, column in enumerate(block.columns):
            sheet.put_value(values.get((row.key, column.key), ()), (sheet.rows + index, depth + number))
    sheet.rows += len(printed)


def _draw_across(sheet: _Sheet, block: Block, *, values: Values) -> None:
    paths = [(*row.label, *column.label) for row in block.rows for column in block.columns]
    high = max(map(len, paths))
    _draw_paths(sheet, paths, at=(sheet.rows, 0), depth=high, down=False)
    sheet.rows += high
    slots = [(row.key, column.key) for row in block.rows for column in block.columns]
    for number, slot in enumerate(slots):
        sheet.put_value(values.get(slot, ()), (sheet.rows, number))
    sheet.rows += 1
