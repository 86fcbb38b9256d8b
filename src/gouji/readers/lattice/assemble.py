"""Pages to blocks in reading order: tables put together over page breaks, and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from gouji.forms import editions
from gouji.model.finding import Message, Note
from gouji.model.raw import Block, TextBlock
from gouji.model.source import Where
from gouji.readers.lattice.build import find_pieces, is_divided, to_grid
from gouji.readers.lattice.prose import (
    Line,
    drop_furniture,
    find_frame,
    find_lines,
    join_paragraphs,
    paragraph_block,
)
from gouji.readers.lattice.raised import bracket_raised
from gouji.readers.lattice.shapes import PageContent, Piece
from gouji.readers.lattice.spaced import join_spaced
from gouji.readers.lattice.stitch import fits, stitch
from gouji.readers.lattice.tokens import find_tokens
from gouji.readers.lattice.unruled import UnruledTable, best_edition
from gouji.readers.lattice.zones import find_zones, tables_missing
from gouji.readers.leftout import left_out_note

_CONTINUED = re.compile(r"[（(]?\s*续\s*(?:表|上表|前表)?\s*[)）]?|(?:单位|计量单位)\s*[:：].{1,6}")


def assemble(pages: Sequence[PageContent], *, notes: list[Note] | None = None) -> tuple[Block, ...]:
    """The tables and paragraphs of a paged document, in reading order.

    Args:
        pages: All pages, in order.
        notes: Where to add what was doubtful.
    """
    pieces: list[Piece] = []
    lines: list[Line] = []
    is_spaced = False
    for page in (replace(page, glyphs=bracket_raised(page.glyphs)) for page in pages):
        struck: list[str] = []
        found, rest = find_pieces(page, struck=struck)
        if struck and notes is not None:
            notes.append(
                left_out_note("TEXT-STRUCK", struck, page=page.number, zh="删除线文字", en="struck-through text")
            )
        for piece in found:
            is_whole = is_divided(piece)
            if is_spaced or not is_whole:
                is_joined = join_spaced(piece, expected=is_spaced)
                is_spaced, is_whole = is_spaced or is_joined, is_whole or is_joined
            if is_whole:
                pieces.append(piece)
            else:
                rest = [*rest, *piece.glyphs]
        lines += find_lines(rest, page=page.number)
    lines = drop_furniture(lines, pages)
    tables, lines = _read_unruled(pieces, lines)
    if notes is not None:
        notes += [_unruled_note(piece) for piece in tables]
    items: list[Piece | Line] = [*pieces, *tables, *lines]
    items.sort(key=_position)
    return tuple(_blocks(_stitched(items), pages, frame=find_frame(lines)))


def _read_unruled(pieces: Sequence[Piece], lines: list[Line]) -> tuple[list[Piece], list[Line]]:
    """The statutory tables that no rules draw, and the lines that are not in them."""
    forms = tuple(editions().values())
    missing = tables_missing(forms, (cell.text for piece in pieces for cell in piece.cells))
    if not missing or not lines:
        return [], lines
    tables: dict[str, UnruledTable] = {}
    for key, start, end in find_zones(lines):
        if key in missing:
            tokens = [replace(token, line=token.line + start) for token in find_tokens(lines[start:end])]
            table = best_edition(tokens, forms, key)
            if table is not None and (key not in tables or table.labels > tables[key].labels):
                tables[key] = table
    taken = {index for table in tables.values() for index in range(table.lines[0], table.lines[1] + 1)}
    rest = [line for index, line in enumerate(lines) if index not in taken]
    return [table.piece for table in tables.values()], rest


def _unruled_note(piece: Piece) -> Note:
    return Note(
        code="TABLE-UNRULED",
        where=Where(page=piece.page, bbox=piece.box),
        message=Message(
            zh="此表没有框线：行列按表式中的标签和数字的位置确定",
            en="this table has no rules: its rows and columns were told from the form's labels and the numbers' places",
        ),
    )


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
