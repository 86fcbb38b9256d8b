"""Tables without rules: the form says which rows and columns there are, the numbers say where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.forms import Form, Row, TableSpec
from gouji.readers.known import is_known, label_core
from gouji.readers.lattice.across import find_headers, read_across
from gouji.readers.lattice.align import (
    Pair,
    align,
    beside_of,
    coverage,
    fill_gaps,
    find_rivals,
    find_windows,
    words_beside,
)
from gouji.readers.lattice.formgrid import draw_table
from gouji.readers.lattice.found import Found, broken_sums, doubt_differing, doubt_neighbours, doubt_rows, doubt_strays
from gouji.readers.lattice.labelled import Labels
from gouji.readers.lattice.shapes import Box, Piece, PieceCell
from gouji.readers.lattice.tokens import (
    Token,
    column_at,
    column_of,
    drop_strays,
    ends_as_number,
    find_columns,
    rows_of_values,
)
from gouji.readers.lattice.words import DOUBT
from gouji.text.fold import fold

_PRESENT = 0.85
"""A row without numbers is printed when this share of its label stands between its neighbours."""
_ENOUGH = 6
"""From this many rows on, a number that stands where no other row has one is part of a label."""
_SURE = 0.95
"""From this mean fit of the labels on, with sums that hold, no other way of reading is tried."""
_LOST = 0.2
"""When more rows of numbers than this share are no rows of the form, it is another table."""
_MOST = 0.6
"""Share of a table's rows that must be found."""
_TELLING = 6
"""Words this long tell an edition whose labels have them from one whose labels have them not."""
_BROKEN = 0.34
"""When more than this share of the sums fails, rows or columns were mixed up, and nothing is said."""


@dataclass(slots=True)
class UnruledTable:
    """A table found among tokens: its piece, and the lines it takes from the prose (first and last, inclusive)."""

    spec: TableSpec
    piece: Piece
    lines: tuple[int, int]
    labels: float


def read_unruled(tokens: Sequence[Token], spec: TableSpec) -> UnruledTable | None:
    """Read one table of the form from the words of the part of a document where it stands, or ``None``."""
    tried: list[tuple[float, float, Found]] = []
    for found in _hypotheses(tokens, spec):
        if found is not None and found.values:
            broken = broken_sums(spec, found.values)
            tried.append((broken, -found.fit, found))
            if not broken and found.fit > _SURE * len(found.labels):
                tried = [tried[-1]]
                break
    if not tried:
        return None
    broken, _, found = min(tried, key=lambda item: item[:2])
    if broken > _BROKEN:
        return None
    doubt_differing(found, [other for share, _, other in tried if share <= _BROKEN])
    doubt_rows(found, spec)
    doubt_strays(found, tokens)
    used = [token for cell in found.values.values() for token in cell]
    first, last = _extent(tokens, used, spec)
    inside = [token for token in tokens if first <= token.line <= last]
    piece = draw_table(spec, found.values, rows=found.rows, place=_place(inside))
    for row in found.others:
        _add_row(piece, row, tokens)
    absent = sum(len(block.rows) for block in spec.blocks) - len(found.rows)
    return UnruledTable(spec, piece, (first, last), found.fit - 0.5 * absent)


def _hypotheses(tokens: Sequence[Token], spec: TableSpec) -> Iterator[Found | None]:
    """The table read in every way it may have been set: numbers wrapped or not, at which height beside their labels."""
    for wrapped in (True, False):
        if spec.layout == "across":
            yield read_across(tokens, spec, wrapped=wrapped)
        else:
            for valign in ("middle", "top", "bottom"):
                yield _read_rows(tokens, spec, wrapped=wrapped, valign=valign)


def _add_row(piece: Piece, row: Sequence[Token], tokens: Sequence[Token]) -> None:
    """A row of numbers that the form does not know, so that they are not lost: the words before them, then they.

    Words that are a label of any form are left out: they would give the numbers to a row.
    """
    words = [token.text for token in tokens if token.line == row[0].line and not token.is_value]
    label = "" if any(map(is_known, [*words, "".join(words)])) else "".join(words)
    width = piece.columns
    piece.cells.append(PieceCell(label, piece.rows, 0, 1, max(width - len(row), 1), row[0].page, row[0].box))
    for index, token in enumerate(row[: width - 1]):
        column = max(width - len(row), 1) + index
        piece.cells.append(PieceCell(token.text, piece.rows, column, 1, 1, token.page, token.box))
    piece.rows += 1


def best_edition(tokens: Sequence[Token], forms: Sequence[Form], key: str) -> UnruledTable | None:
    """The table as the edition reads it of whose own labels more is printed, or else whose labels fit best.

    Where that edition cannot read it, no other is asked: its columns, or rows, would be others.
    """
    words = {core for token in tokens if len(core := label_core(token.text)) >= _TELLING}
    specs = [form.table(key) for form in forms]
    labels = [_leaves(spec) for spec in specs]
    printed = []
    for own in labels:
        others = frozenset[str]().union(*(some for some in labels if some != own))
        printed.append(sum(_is_within(word, own) and not _is_within(word, others) for word in words))
    read = [read_unruled(tokens, spec) for spec, count in zip(specs, printed, strict=True) if count == max(printed)]
    tables = [table for table in read if table is not None]
    return max(tables, key=lambda table: (table.labels, len(table.piece.cells)), default=None)


def _leaves(spec: TableSpec) -> frozenset[str]:
    axes = (axis for block in spec.blocks for axis in (block.rows, block.columns))
    return frozenset(label_core(item.label[-1]) for axis in axes for item in axis)


def _is_within(word: str, labels: frozenset[str]) -> bool:
    return any(word in label for label in labels)


def _read_rows(tokens: Sequence[Token], spec: TableSpec, *, wrapped: bool, valign: str) -> Found | None:
    """A table whose printed rows are rows: align the rows of numbers with the form's rows by the words beside them."""
    wanted = [row for block in spec.blocks for row in block.rows]
    values = [token for token in tokens if token.is_value]
    words = [token for token in tokens if not token.is_value]
    rows = rows_of_values(values, wrapped=wrapped)
    windows = find_windows(rows, valign=valign)
    beside = [words_beside(words, window) for window in windows]
    labels = [_leaf(row) for row in wanted]
    aligned = align(beside, labels)
    pairs = fill_gaps(aligned, ends=(len(rows), len(wanted)))
    if not pairs:
        return None
    known = {i for i, _, _ in pairs}
    found = Found(others=[row for i, row in enumerate(rows) if i not in known and _is_near(i, pairs, rows=rows)])
    if len(found.others) > _LOST * len(pairs):
        return None
    if not _place_values(spec, rows, pairs, words=words, found=found):
        return None
    doubt_neighbours(found)
    found.doubtful |= {wanted[j].key for j in find_rivals(beside, labels, pairs)}
    found.rows |= _blank_rows(wanted, pairs, rows=rows, words=words)
    return found if len(found.rows) >= _MOST * len(wanted) else None


def _is_near(index: int, pairs: Sequence[Pair], *, rows: Sequence[Sequence[Token]]) -> bool:
    """Whether a row of numbers stands among the table's rows, or touches the first or last of them."""
    first, last = pairs[0][0], pairs[-1][0]
    if first < index < last:
        return True
    end = rows[first] if index < first else rows[last]
    return abs(rows[index][0].y - end[0].y) < 2.6 * end[0].size


def _leaf(row: Row) -> str:
    return label_core(row.label[-1])


def _place_values(
    spec: TableSpec,
    rows: Sequence[Sequence[Token]],
    pairs: Sequence[Pair],
    *,
    words: Sequence[Token],
    found: Found,
) -> bool:
    """Put the values of the aligned rows into their columns; False when a block's columns cannot be told."""
    start, above = 0, 0.0
    labels = Labels([row for block in spec.blocks for row in block.rows])
    for block in spec.blocks:
        mine = [(rows[i], block.rows[j - start], fit) for i, j, fit in pairs if start <= j < start + len(block.rows)]
        start += len(block.rows)
        if not mine:
            continue
        numbers = [token for row, _, _ in mine for token in row]
        if len(mine) >= _ENOUGH:
            numbers = drop_strays(numbers)
        top = min(token.y for token in numbers)
        under = [word for word in words if word.y > above]
        columns = find_columns(numbers, headers=find_headers(under, block, below=top), count=len(block.columns))
        above = max(token.y for token in numbers)
        if columns is None:
            return False
        for row, printed, fit in mine:
            found.rows.add(printed.key)
            found.labels.append(fit)
            own = [token for token in row if token in numbers]
            if own and not labels.stand_by(own, printed, words=words):
                found.strangers.add(printed.key)
            for token in own:
                cell = found.values.setdefault((printed.key, block.columns[column_of(token, columns)].key), [])
                if any(abs(other.y - token.y) < 0.3 * token.size for other in cell):
                    return False  # two numbers side by side in one column: these are not the columns
                cell.append(token)
            for word in words:
                if own and ends_as_number(word) and any(abs(word.y - token.y) < 0.35 * word.size for token in own):
                    key = printed.key, block.columns[column_at(word.x1, columns)].key
                    found.values.setdefault(key, []).append(replace(word, text=DOUBT))
    return True


def _blank_rows(
    wanted: Sequence[Row],
    pairs: Sequence[Pair],
    *,
    rows: Sequence[Sequence[Token]],
    words: Sequence[Token],
) -> set[str]:
    """Keys of the rows that are printed without a single number: their labels stand between their neighbours'.

    Where numbers that are no row's stand between them, too, they may be theirs.
    """
    blank = set()
    for (i, j, _), (below, last, _) in pairwise(pairs):
        if last - j > 1 and below - i == 1:
            text = "".join(token.text for token in words if rows[i][0].y < token.y < rows[below][-1].y)
            between = beside_of(text)
            blank |= {wanted[k].key for k in range(j + 1, last) if coverage(_leaf(wanted[k]), between) >= _PRESENT}
    return blank


def _extent(tokens: Sequence[Token], used: Sequence[Token], spec: TableSpec) -> tuple[int, int]:
    """First and last line of the table: from its header to the words beside its last row."""
    top, bottom = min(token.y for token in used), max(token.y for token in used)
    labels = _all_labels(spec)
    first = min(token.line for token in used)
    for token in tokens:
        if top - 16 * token.size < token.y < top and token.line < first and _is_part(token.text, labels):
            first = token.line
    last = max(token.line for token in used)
    for token in tokens:
        if bottom <= token.y < bottom + 2.5 * token.size and _is_part(token.text, labels):
            last = max(last, token.line)
    return first, last


def _all_labels(spec: TableSpec) -> frozenset[str]:
    parts = [
        part for block in spec.blocks for axis in (block.rows, block.columns) for item in axis for part in item.label
    ]
    parts += [text for block in spec.blocks for text in (block.title, block.stub) if text]
    parts += [text for text in (spec.head, spec.group) if text]
    return frozenset(fold(part) for part in parts)


def _is_part(text: str, labels: frozenset[str]) -> bool:
    folded = fold(text)
    return bool(folded) and any(folded in label for label in labels)


def _place(tokens: Sequence[Token]) -> tuple[int, Box]:
    page = min(token.page for token in tokens)
    boxes = [token.box for token in tokens if token.page == page]
    return page, (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
