"""Labels broken into lines that stand under one another, in text that keeps its columns by spaces.

``pdftotext -layout``, inscriptis and lynx set a cell of several lines as the page shows it: beside it stand the lines
of other cells, so that reading along the lines mixes the pieces of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from gouji.normalizer.aligned import is_aligned
from gouji.normalizer.cells import BLANK, RESTORED, TEXT, CellToken
from gouji.normalizer.vocabulary import ROW, Vocabulary
from gouji.text.fold import fold
from gouji.text.width import text_width

_MOST_LINES = 8
_SEVERAL = 2


class Piece(NamedTuple):
    """A text on a line, and which columns of the page it takes, half-open."""

    token: CellToken
    begin: int
    end: int


class Stack(NamedTuple):
    """Pieces under one another, the label that they make, and the line it belongs to."""

    pieces: tuple[Piece, ...]
    text: str
    line: int


Row = Sequence[Piece]


def unstack(tokens: Sequence[CellToken], vocabulary: Vocabulary, lines: Sequence[str]) -> list[CellToken] | None:
    """The tokens with one for each label whose pieces stand under one another; ``None`` where there is none.

    A label stands on the line that has values beside it or, without these, where its first piece stands. Columns are
    those of a terminal or, where more labels come together so, characters.

    Args:
        tokens: In reading order.
        vocabulary: The labels of the forms.
        lines: The text.
    """
    if not any(map(is_aligned, lines)):
        return None
    rows = [list(row) for _, row in groupby(tokens, key=attrgetter("line"))]
    found = max((list(_stacks(_measured(rows, lines, measure), vocabulary)) for measure in (text_width, len)), key=len)
    if not found:
        return None
    gone = {(piece.token.line, piece.token.column) for stack in found for piece in stack.pieces}
    written = [(stack.line, stack.pieces[0].token._replace(text=stack.text)) for stack in found]
    done: list[CellToken] = []
    for row in rows:
        line = row[0].line
        labels = [token._replace(line=line) for at, token in written if at == line]
        kept = [token for token in row if token.kind is BLANK or (line, token.column) not in gone]
        if labels or any(token.kind is not BLANK for token in kept):
            done.extend(_with_labels(kept, labels) if labels else kept)
    return done


def _with_labels(row: Sequence[CellToken], labels: Sequence[CellToken]) -> list[CellToken]:
    """A line's tokens and labels in order: that of their columns where blanks show these, else that of their places."""
    if all(token.gap != RESTORED for token in row):
        return sorted([*row, *labels], key=attrgetter("column"))
    taken = {label.nth for label in labels}
    return sorted([*(token for token in row if token.nth not in taken), *labels], key=attrgetter("nth"))


def _measured(rows: Sequence[Sequence[CellToken]], lines: Sequence[str], measure: Callable[[str], int]) -> list[Row]:
    done: list[Row] = []
    for row in rows:
        pieces = []
        for token in row:
            if token.kind is not BLANK:
                begin = measure(lines[token.line][: token.column])
                pieces.append(Piece(token, begin, begin + measure(token.text)))
        done.append(pieces)
    return done


def _stacks(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Stack]:
    """Pieces under one another that make a label together, each piece in one stack only."""
    used: set[Piece] = set()
    for number, row in enumerate(rows):
        for piece in row:
            if piece.token.kind is TEXT and piece not in used and vocabulary.begins(piece.token.text):
                stack = _stack_of(piece, rows[number : number + _MOST_LINES], vocabulary, used=used)
                if stack is not None:
                    used.update(stack.pieces)
                    yield stack


def _stack_of(first: Piece, rows: Sequence[Row], vocabulary: Vocabulary, *, used: set[Piece]) -> Stack | None:
    """The longest label that begins with a piece, if no other begins below it and but one row has values beside it."""
    pieces, text = [first], fold(first.token.text)
    valued = {first.token.line} if _has_values(first, rows[0], vocabulary) else set[int]()
    best = None
    passed = False
    """Whether a line with texts of other columns alone follows the last piece: the middles of cells are on one line."""
    for row in rows[1:]:
        if row and row[0].token.gap:
            break
        under = [piece for piece in row if piece.begin < first.end and first.begin < piece.end]
        if _has_values(first, row, vocabulary):
            valued.add(row[0].token.line)
        if not under and (all(piece.token.kind is not TEXT for piece in row) or not passed):
            passed = passed or any(piece.token.kind is TEXT for piece in row)
            continue
        if len(under) != 1 or under[0].token.kind is not TEXT or under[0] in used:
            break
        text += fold(under[0].token.text)
        if len(text) > vocabulary.longest or vocabulary.is_label(under[0].token.text):
            break
        pieces.append(under[0])
        passed = False
        match = vocabulary.exact(text)
        if match is not None and (len(valued) < _SEVERAL or all(item.part is not ROW for item in match.items)):
            line = valued.copy().pop() if len(valued) == 1 else first.token.line
            best = Stack(tuple(pieces), "".join(piece.token.text for piece in pieces), line)
    return best


def _has_values(first: Piece, row: Row, vocabulary: Vocabulary) -> bool:
    """Whether values stand right of a piece, or what may be the beginning of one (``5,920,14``)."""
    return any(piece.begin >= first.end and _is_value(piece.token, vocabulary) for piece in row)


def _is_value(token: CellToken, vocabulary: Vocabulary) -> bool:
    return token.kind is not TEXT or (token.text[0] in "0123456789+-" and not vocabulary.may_be_label(token.text))
