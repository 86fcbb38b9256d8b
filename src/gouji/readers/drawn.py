"""Tables drawn in plain text, with box characters or with ``+--+`` and ``|``, as grids.

Terminal browsers (w3m, elinks) and document converters (pandoc, docutils) draw them. The page is laid out on the grid
of a terminal, where an East-Asian character takes two columns; drawn lines become ruling lines and characters become
glyphs, and the geometry that reads PDF reads them (:mod:`gouji.readers.lattice`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.model.raw import Block, Cell, Grid, TextBlock
from gouji.model.source import Where
from gouji.readers.lattice import Glyph, Rule, build_grids
from gouji.text.markup import without_marks, without_spans
from gouji.text.width import char_width

_ARMS = {
    **dict.fromkeys("─━═╌┄┈╍┅┉-=", "lr"),
    **dict.fromkeys("│┃║╎┆┊╏┇┋|", "ud"),
    **dict.fromkeys("┌┍┎┏╔╒╓╭", "rd"),
    **dict.fromkeys("┐┑┒┓╗╕╖╮", "ld"),
    **dict.fromkeys("└┕┖┗╚╘╙╰", "ru"),
    **dict.fromkeys("┘┙┚┛╝╛╜╯", "lu"),
    **dict.fromkeys("├┝┞┟┠┡┢┣╠╞╟", "rud"),
    **dict.fromkeys("┤┥┦┧┨┩┪┫╣╡╢", "lud"),
    **dict.fromkeys("┬┭┮┯┰┱┲┳╦╤╥", "lrd"),
    **dict.fromkeys("┴┵┶┷┸┹┺┻╩╧╨", "lru"),
    **dict.fromkeys("┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╬╪╫+", "lrud"),
}
_TOPS = tuple("┌┍┎┏╔╒╓╭")
_BOTTOMS = tuple("└┕┖┗╚╘╙╰")
_ASCII = "-=|+"
_BOX = re.compile("[" + "".join(char for char in _ARMS if char not in _ASCII) + "]")
_ASCII_RULE = re.compile(r"\s*\+[-=+:]{2,}.*\+\s*")
_INNER_RULE = re.compile(r"\|.*[|\s]\+[-=]{2}")
"""A line of a table within a frame."""
_STEP = 10.0
_LINE = 20.0
_LONGEST_CELL = 300
_DEEPEST = 4
_RULED = re.compile(r"--|==|[─━═┄┈╌]{2}")
_BAR = re.compile(r"[|│┃║]")
_COUNT = re.compile(r"\s*[+-]?\d[\d,.]*\s*")
_LEAST_UNDER = 2


def read_drawn(text: str, *, first: int = 1, depth: int = 0) -> tuple[Block, ...]:
    """Part a text into its drawn tables and the lines around them.

    Args:
        text: The text.
        first: Number of its first line.
        depth: How many frames it stands in.

    Returns:
        Blocks in reading order; a text without drawings is one block.
    """
    if not may_be_drawn(text):
        return (TextBlock(text=text, where=Where(line=first)),)
    lines = text.split("\n")
    blocks: list[Block] = []
    plain = 0
    for start, stop, kind in _find_drawings(lines):
        found = _read_one(lines[start:stop], kind=kind, first=first + start, depth=depth)
        if found:
            if start > plain:
                blocks.append(TextBlock(text="\n".join(lines[plain:start]), where=Where(line=first + plain)))
            blocks.extend(found)
            plain = stop
    if plain < len(lines):
        blocks.append(TextBlock(text="\n".join(lines[plain:]), where=Where(line=first + plain)))
    return tuple(blocks)


def may_be_drawn(text: str) -> bool:
    """Whether a text holds any character that draws."""
    return "+-" in text or "+=" in text or _BOX.search(text) is not None


def _find_drawings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Half-open ranges of lines that make a drawing, and its kind."""
    index = 0
    while index < len(lines):
        kind = _kind_at(lines, index)
        if kind is None:
            index += 1
            continue
        start, stop = _extent(lines, index, kind)
        yield start, stop, kind
        index = stop


def _kind_at(lines: Sequence[str], index: int) -> str | None:
    line = lines[index]
    if _BOX.search(line) and sum(1 for char in line if char in _ARMS) >= 3:
        return "box"
    return "ascii" if _ASCII_RULE.fullmatch(line) else None


def _extent(lines: Sequence[str], index: int, kind: str) -> tuple[int, int]:
    stop = index + 1
    while stop < len(lines) and not _begins_another(lines[stop - 1], lines[stop]):
        if kind == "box" and not _BOX.search(lines[stop]):
            break
        if kind == "ascii" and (lines[stop].lstrip()[:1] not in ("+", "|") or not lines[stop].strip()):
            break
        stop += 1
    return index, stop


def _begins_another(above: str, below: str) -> bool:
    """Whether a table ends with a line and another begins with the next, nothing between."""
    if _ASCII_RULE.fullmatch(above) and _ASCII_RULE.fullmatch(below):
        return True
    return above.lstrip()[:1] in _BOTTOMS and below.lstrip()[:1] in _TOPS


def _read_one(lines: Sequence[str], *, kind: str, first: int, depth: int) -> tuple[Block, ...]:
    if _rows_are_lines(lines):
        return ()
    width = 1 if kind == "ascii" else _best_width(lines)
    canvas = _Canvas(lines, ascii_only=kind == "ascii", box_width=width)
    if canvas.crooked:
        return ()
    grids, rest = build_grids(canvas.horizontal, canvas.vertical, canvas.glyphs, page=1)
    blocks: list[Block] = []
    if not grids and len(rest) > _LONGEST_CELL and canvas.horizontal and depth < _DEEPEST:  # one cell around it all
        sides, levels = [rule.at for rule in canvas.vertical], [rule.at for rule in canvas.horizontal]
        text, top = canvas.cut((min(sides), min(levels), max(sides), max(levels)))
        return read_drawn(text, first=first + top, depth=depth + 1)
    for grid in grids:
        giants = [cell for cell in grid.cells if len(cell.text) > _LONGEST_CELL]
        if giants and depth < _DEEPEST:
            for cell in grid.cells:
                if cell.where.bbox is not None and cell.text:
                    text, top = canvas.cut(cell.where.bbox)
                    blocks.extend(read_drawn(text, first=first + top, depth=depth + 1))
        else:
            blocks.append(_placed(grid, canvas, first=first))
    return tuple(blocks)


def _rows_are_lines(lines: Sequence[str]) -> bool:
    """Whether rows stand line under line without a rule between (psql, mysql): pipes part them, and geometry cannot.

    Shown by three numbers under one another, or twice two, in the cells between two rules; one number that was wrapped
    is rather two lines, and only once.
    """
    found: list[int] = []
    above: list[str] = []
    for line in lines:
        if _RULED.search(line):
            found, above = [], []
            continue
        cells = _BAR.split(line.strip())
        if len(cells) != len(above):
            found = [0] * len(cells)
        else:
            found = [
                count + (_COUNT.fullmatch(upper) is not None and _COUNT.fullmatch(lower) is not None)
                for count, upper, lower in zip(found, above, cells, strict=True)
            ]
        if max(found) >= _LEAST_UNDER:
            return True
        above = cells
    return False


def _best_width(lines: Sequence[str]) -> int:
    """Whether box characters take one column here or two: whichever sets verticals under more junctions."""
    scores = {}
    for width in (1, 2):
        canvas = _Canvas(lines, ascii_only=False, box_width=width)
        ends = {(rule.at, rule.start) for rule in canvas.vertical} & {(rule.at, rule.end) for rule in canvas.vertical}
        scores[width] = len(ends)
    return max(scores, key=lambda width: (scores[width], -width))


class _Canvas:
    """Lines of text on a terminal's grid: ten points a column, twenty a line."""

    def __init__(self, lines: Sequence[str], *, ascii_only: bool, box_width: int) -> None:
        self.lines = lines
        self.half = box_width * _STEP / 2
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.glyphs: list[Glyph] = []
        self.places: list[list[float]] = []
        self.bars: list[int] = []
        """Columns at which the last ruling line sent bars downward."""
        self.crooked = False
        """Some bar stands under no rule, or some text does not fit between its bars: no grid can be trusted."""
        self.framing = ascii_only and any(_INNER_RULE.match(line) for line in lines)
        """It frames other tables, whose bars are no bars of its own."""
        if not ascii_only:
            self.bars = self._bars_above(lines, box_width=box_width)
        for row, line in enumerate(lines):
            self._draw(line, row, drawing=self._drawing(line, ascii_only=ascii_only), box_width=box_width)

    @staticmethod
    def _drawing(line: str, *, ascii_only: bool) -> str:
        if not ascii_only:
            return "".join(char for char in _ARMS if char not in _ASCII)
        return _ASCII if line.lstrip().startswith("+") else "|"

    def _bars_above(self, lines: Sequence[str], *, box_width: int) -> list[int]:
        """Columns at which the first ruling line meets bars from above: the text may begin in the middle of a table."""
        drawing = self._drawing("", ascii_only=False)
        for line in lines:
            drawn = list(self._drawn(line, drawing=drawing, box_width=box_width))
            if any(_ARMS[char] != "ud" for _, char in drawn):
                return [at for at, char in drawn if "u" in _ARMS[char]]
        return []

    def _draw(self, line: str, row: int, *, drawing: str, box_width: int) -> None:
        column = 0
        places: list[float] = []
        walls = set(self.bars) if self.framing and drawing == "|" else set()
        bars = [at for at in self._bars(line, drawing=drawing, box_width=box_width) if not walls or at in walls]
        snap = dict(zip(bars, self.bars, strict=True)) if len(bars) == len(self.bars) else {}
        shift = 0
        scale = 1.0
        begin = 0
        if bars and self.bars and not snap and set(bars) - set(self.bars):
            self.crooked = True
        if len(bars) < len(walls):
            self.crooked = True
        for char in line:
            draws = char in drawing and (not walls or column in walls)
            if draws and snap and column not in snap:  # a tab, or a character of no known width
                self.crooked = True
            elif draws and snap:
                at = bars.index(column)
                shift, begin, scale = snap[column] - column, column, 1.0
                if at + 1 < len(bars) and bars[at + 1] - column > snap[bars[at + 1]] - snap[column]:
                    scale = (snap[bars[at + 1]] - snap[column]) / (bars[at + 1] - column)
            x = (begin + shift + (column - begin) * scale) * _STEP
            places.append(x)
            if draws:
                self._stroke(char, x=x, width=box_width * _STEP, top=row * _LINE)
                column += box_width
                continue
            wide = char_width(char) if char != "\t" else 8 - column % 8
            if not char.isspace():
                self.glyphs.append(Glyph(char, x, x + wide * scale * _STEP, row * _LINE + 14, 10.0))
            column += wide
        self.places.append(places)
        if any(char in drawing and _ARMS[char] != "ud" for char in line):
            self.bars = [
                at for at, char in self._drawn(line, drawing=drawing, box_width=box_width) if "d" in _ARMS[char]
            ]

    def _bars(self, line: str, *, drawing: str, box_width: int) -> list[int]:
        """Columns of the bars of a line that draws nothing else; widths that differ by font move them."""
        drawn = list(self._drawn(line, drawing=drawing, box_width=box_width))
        return [at for at, _ in drawn] if all(_ARMS[char] == "ud" for _, char in drawn) else []

    @staticmethod
    def _drawn(line: str, *, drawing: str, box_width: int) -> Iterator[tuple[int, str]]:
        column = 0
        for char in line:
            if char in drawing:
                yield column, char
                column += box_width
            else:
                column += char_width(char)

    def _stroke(self, char: str, *, x: float, width: float, top: float) -> None:
        arms = _ARMS[char]
        if char == "+":
            arms = "lr" + ("u" if top > 0 else "") + ("d" if top < (len(self.lines) - 1) * _LINE else "")
        middle, height = x + width / 2, top + _LINE / 2
        if "l" in arms or "r" in arms:
            self.horizontal.append(Rule(height, x if "l" in arms else middle, x + width if "r" in arms else middle))
        if "u" in arms or "d" in arms:
            self.vertical.append(Rule(middle, top if "u" in arms else height, top + _LINE if "d" in arms else height))

    def cut(self, box: tuple[float, float, float, float]) -> tuple[str, int]:
        """The text inside a box, line by line, and the index of its first line."""
        x0, top, x1, bottom = box
        rows = [row for row in range(len(self.lines)) if top < row * _LINE + _LINE / 2 < bottom]
        pieces = []
        for row in rows:
            places = zip(self.lines[row], self.places[row], strict=True)
            pieces.append("".join(char for char, x in places if x0 - 1 < x < x1 - self.half - 1))
        return "\n".join(piece.rstrip() for piece in pieces), rows[0] if rows else 0

    def where(self, cell: Cell) -> tuple[int, int]:
        """0-based line and character of a cell's first glyph."""
        x0, top, x1, bottom = cell.where.bbox or (0.0, 0.0, 0.0, 0.0)
        for row in range(int(top // _LINE), min(len(self.lines), int(bottom // _LINE) + 1)):
            if not top < row * _LINE + _LINE / 2 < bottom:
                continue
            for index, x in enumerate(self.places[row]):
                if x0 <= x < x1 and not self.lines[row][index].isspace() and self.lines[row][index] not in _ARMS:
                    return row, index
        return int((top + _LINE / 2) // _LINE), 0


def _plain(text: str) -> str:
    """A cell without the marks that pandoc puts around its words, and behind a line that was asked to end."""
    return without_marks(_LINE_END.sub("", without_spans(text)))


_MARKED = re.compile(r"[*\\\[_<&]")
_LINE_END = re.compile(r"\\+$", re.MULTILINE)


def _placed(grid: Grid, canvas: _Canvas, *, first: int) -> Grid:
    """The same grid with places in the text instead of points on a page."""
    cells = []
    for cell in grid.cells:
        row, column = canvas.where(cell)
        text = _plain(cell.text) if _MARKED.search(cell.text) else cell.text
        cells.append(cell._replace(text=text, where=Where(line=first + row, column=column + 1)))
    return replace(grid, cells=tuple(cells), where=Where(line=first), columns_at=())
