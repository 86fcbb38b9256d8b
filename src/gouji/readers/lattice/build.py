"""Rules and characters of one page to its tables, and what stands outside of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.model.raw import Cell, Grid
from gouji.model.source import Where
from gouji.readers.lattice.cells import build_piece
from gouji.readers.lattice.ink import add_signs, doubt_inked, find_ink
from gouji.readers.lattice.rules import find_nets, merge_rules
from gouji.readers.lattice.shapes import Box, Glyph, PageContent, Piece, Rule, turn_box
from gouji.readers.lattice.struck import drop_struck, find_strikes, take_strikes
from gouji.text.numbers import is_number_like

_FRAME_CHARACTERS = 60
"""More text than this in a single cell is a frame around prose, no table."""


def build_grids(
    horizontal: Iterable[Rule], vertical: Iterable[Rule], glyphs: Sequence[Glyph], *, page: int
) -> tuple[tuple[Grid, ...], tuple[Glyph, ...]]:
    """The ruled tables of one page, top to bottom, and the glyphs outside of them.

    Everything in points from the page's top left, y downward, upright (see :class:`~.shapes.Glyph`). Rules may be
    given as drawn: in strokes, doubled, in any order.

    >>> level = [Rule(0, 0, 100), Rule(20, 0, 100)]
    >>> upright = [Rule(0, 0, 20), Rule(50, 0, 20), Rule(100, 0, 20)]
    >>> grids, rest = build_grids(level, upright, [Glyph("7", 70, 75, 14, 9), Glyph("x", 9, 14, 40, 9)], page=1)
    >>> [cell.text for cell in grids[0].cells], grids[0].columns_at, len(rest)
    (['', '7'], (0.0, 50.0, 100.0), 1)
    """
    content = PageContent(
        number=page, width=0, height=0, glyphs=glyphs, horizontal=tuple(horizontal), vertical=tuple(vertical)
    )
    pieces, rest = find_pieces(content)
    return tuple(to_grid(piece) for piece in pieces), tuple(rest)


def find_pieces(page: PageContent, *, struck: list[str] | None = None) -> tuple[list[Piece], list[Glyph]]:
    """The tables of one page, top to bottom, and the glyphs outside of them; struck-through text goes to ``struck``."""
    nets = find_nets(merge_rules(page.horizontal), merge_rules(page.vertical))
    boxes = sorted(((net.box, net) for net in nets), key=lambda pair: _area(pair[0]))
    rest = list(page.glyphs)
    for net in nets:
        take_strikes(net, rest)
    strikes = find_strikes(page.horizontal, nets)
    if strikes:
        rest = drop_struck(rest, strikes, struck=[] if struck is None else struck)
    ink = find_ink(page, nets)
    if ink:
        rest = add_signs(rest, ink)
    pieces: list[Piece] = []
    for box, net in boxes:
        inside, outside = _divide(rest, box)
        piece = build_piece(net, inside, page=page.number)
        if piece is not None and not _is_frame(piece):
            pieces.append(piece)
            rest = outside
    doubt_inked(pieces, ink)
    pieces.sort(key=lambda piece: (piece.box[1], piece.box[0]))
    return pieces, rest


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _divide(glyphs: Sequence[Glyph], box: Box) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs inside a box, and the others."""
    x0, top, x1, bottom = box
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        _, left, right, base, size = glyph
        if top <= base - 0.25 * size <= bottom and x0 <= (left + right) / 2 <= x1:
            inside.append(glyph)
        else:
            outside.append(glyph)
    return inside, outside


def is_divided(piece: Piece) -> bool:
    """Whether rules part the values: False when cells hold several numbers, for lack of lines between them."""
    parts = [words for cell in piece.cells if len(words := cell.text.split()) > 1]
    return sum(_has_two_numbers(words) for words in parts) < 2


def _has_two_numbers(words: Sequence[str]) -> bool:
    """Whether several of the words of a cell are numbers, or what ends with digits is followed by a number."""
    numbers = sum(map(is_number_like, words))
    return numbers >= 2 or (numbers == 1 and is_number_like(words[-1]) and words[-2][-1:].isdigit())


def _is_frame(piece: Piece) -> bool:
    return sum(len(cell.text) for cell in piece.cells) > _FRAME_CHARACTERS and len(piece.cells) == 1


def to_grid(piece: Piece, *, table: int | None = None, pages: Sequence[PageContent] = ()) -> Grid:
    """A finished piece as a grid; every cell knows its page, its box on the page as displayed, row and column."""
    turned = {page.number: page for page in pages}
    plain = PageContent(number=0, width=0, height=0)
    cells = tuple(
        Cell(
            text=cell.text,
            row=cell.row,
            column=cell.column,
            rowspan=cell.rowspan,
            colspan=cell.colspan,
            where=Where(
                page=cell.page,
                bbox=turn_box(cell.box, turned.get(cell.page, plain)),
                table=table,
                row=cell.row + 1,
                column=cell.column + 1,
            ),
        )
        for cell in piece.cells
    )
    return Grid(
        cells=cells,
        rows=piece.rows,
        columns=piece.columns,
        where=Where(page=piece.page, bbox=turn_box(piece.box, turned.get(piece.page, plain)), table=table),
        columns_at=tuple(piece.edges),
    )
