"""Pages to blocks in reading order: tables put together over page breaks, and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from gouji.model.raw import Block, TextBlock
from gouji.readers.lattice.build import find_pieces, to_grid
from gouji.readers.lattice.prose import (
    Line,
    drop_furniture,
    find_frame,
    find_lines,
    join_paragraphs,
    paragraph_block,
)
from gouji.readers.lattice.shapes import PageContent, Piece
from gouji.readers.lattice.stitch import fits, stitch

_CONTINUED = re.compile(r"[（(]?\s*续\s*(?:表|上表|前表)?\s*[)）]?|(?:单位|计量单位)\s*[:：].{1,6}")


def assemble(pages: Sequence[PageContent]) -> tuple[Block, ...]:
    """The tables and paragraphs of a paged document, in reading order."""
    pieces: list[Piece] = []
    lines: list[Line] = []
    for page in pages:
        found, rest = find_pieces(page)
        pieces += found
        lines += find_lines(rest, page=page.number)
    lines = drop_furniture(lines, pages)
    items: list[Piece | Line] = [*pieces, *lines]
    items.sort(key=_position)
    return tuple(_blocks(_stitched(items), pages, frame=find_frame(lines)))


def _position(item: Piece | Line) -> tuple[int, float]:
    return (item.page, item.y) if isinstance(item, Line) else (item.page, item.box[1])


def _stitched(items: Sequence[Piece | Line]) -> list[Piece | Line]:
    """Join every piece to the one before it where nothing but a mark of continuation stands between."""
    done: list[Piece | Line] = []
    between: list[Piece | Line] = []
    for item in items:
        if isinstance(item, Line) and done and isinstance(done[-1], Piece) and _CONTINUED.fullmatch(item.text):
            between.append(item)
        elif isinstance(item, Piece) and done and isinstance(done[-1], Piece) and fits(done[-1], item):
            done[-1] = stitch(done[-1], item)
            between = []
        else:
            done += [*between, item]
            between = []
    return done + between


def _blocks(
    items: Sequence[Piece | Line], pages: Sequence[PageContent], *, frame: tuple[float, float, float]
) -> list[Block]:
    blocks: list[Block] = []
    tables = 0
    for is_line, group in groupby(items, key=lambda item: isinstance(item, Line)):
        if is_line:
            lines = [item for item in group if isinstance(item, Line)]
            blocks += [paragraph_block(paragraph, pages) for paragraph in join_paragraphs(lines, frame=frame)]
            continue
        for piece in group:
            if isinstance(piece, Piece):
                if len(piece.cells) == 1 and not piece.cells[0].text.strip():
                    continue
                tables += 1
                blocks.append(to_grid(piece, table=tables, pages=pages))
    return blocks


def text_of(blocks: Sequence[Block]) -> str:
    """The prose of some blocks."""
    return "\n".join(block.text for block in blocks if isinstance(block, TextBlock))
