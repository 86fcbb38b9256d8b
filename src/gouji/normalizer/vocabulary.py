"""Everything the forms print around their values, indexed by its words, with its place in the form's order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from gouji.forms.aliases import spellings
from gouji.forms.spec import Block, Form, TableSpec
from gouji.normalizer.dividers import holds_plain_cells
from gouji.normalizer.labels import How, core, tells_same
from gouji.text.fold import fold


class Part(IntEnum):
    """What a label is in its table."""

    ROW = 0
    PARENT = 1
    """A label over several rows, such as （三）不予公开; no values of its own."""
    TITLE = 2
    STUB = 3
    COLUMN = 4
    HEAD = 5
    """The sentence or group label in the head of a table."""


ROW, PARENT, TITLE, STUB, COLUMN, HEAD = Part  # see TEXT in cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One label of a table, merged over the editions.

    Attributes:
        table: Key of its table.
        part: See :class:`Part`.
        key: Key of the row or column; the folded label for the rest.
        order: Place in the printed order of the table's rows (titles and parents included); columns all share the
            order of the title or head before them.
        editions: Editions that have it.
    """

    table: str
    part: Part
    key: str
    order: int
    editions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A text that means one of some items.

    Attributes:
        items: What it may mean.
        how: How well it fits.
        tables: Those of the items.
        columns: The items that are labels of columns.
        rows: Table and key of those that are labels of rows.
        parents: Tables of those that are labels over several rows.
    """

    items: tuple[Item, ...]
    how: How
    tables: frozenset[str]
    columns: tuple[Item, ...]
    rows: frozenset[tuple[str, str]]
    parents: frozenset[str]


Labels = Sequence[tuple[str, Match]]
"""Texts of the forms, each with its meaning."""


def _match(items: Iterable[Item], how: How) -> Match:
    own = tuple(items)
    return Match(
        own,
        how,
        frozenset(item.table for item in own),
        tuple(item for item in own if item.part is COLUMN),
        frozenset((item.table, item.key) for item in own if item.part is ROW),
        frozenset(item.table for item in own if item.part is PARENT),
    )


@dataclass(kw_only=True)
class TableWords:
    """The printed order of one table over all editions."""

    key: str
    across: bool
    order: list[tuple[Part, str]] = field(default_factory=list)


class Vocabulary:
    """The labels of several editions, looked up by text.

    Args:
        forms: The editions, oldest first.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = {form.edition: form for form in forms}
        self.tables: dict[str, TableWords] = {}
        self._exact: dict[str, list[Item]] = {}
        self._core: dict[str, list[Item]] = {}
        self._counted: set[Item] = set()
        """Labels of the lowest level, which is counted in Arabic numerals: 其他 is 3.其他 but never （六）其他."""
        self._known: dict[str, Match | None] = {}
        for key in dict.fromkeys(table.key for form in forms for table in form.tables):
            self._add_table(key, [(form.edition, form.table(key)) for form in forms if _has(form, key)])
        self.specs = {(table.key, name): table for name, form in self.forms.items() for table in form.tables}
        self.blocks = {
            key: {row.key: block for block in table.blocks for row in block.rows} for key, table in self.specs.items()
        }
        """For each table and edition, the block of each row."""
        self.longest = max(map(len, self._exact), default=0)
        self._words = [text for text in self._core if len(text) >= _SHORTEST_CLOSE]
        self._beginnings = {text[:end] for text in self._exact for end in range(1, len(text))}
        self._beginnings |= {text[:end] for text in self._words for end in range(_SHORTEST_CLOSE, len(text))}
        self._row_starts: dict[str, tuple[Item, ...]] = {}
        for text, items in self._core.items():
            rows = tuple(item for item in items if item.part is ROW)
            for end in range(_SHORTEST_CLOSE, len(text) if rows else 0):
                self._row_starts[text[:end]] = self._row_starts.get(text[:end], ()) + rows
        self._begins: dict[str, bool] = {}
        self._labels_in: dict[str, Labels | None] = {}

    def _add_table(self, key: str, editions: list[tuple[str, TableSpec]]) -> None:
        words = self.tables[key] = TableWords(key=key, across=editions[0][1].layout == "across")
        words.order = _merge([list(_row_order(table)) for _, table in editions])
        place = {entry: index for index, entry in enumerate(words.order)}
        seen: dict[tuple[Part, str, int], tuple[set[str], set[str]]] = {}
        for edition, table in editions:
            for part, name, axis, label, anchor in _labels(table):
                names, labels = seen.setdefault((part, name, place[anchor]), (set(), set()))
                names.add(edition)
                labels.update(spellings(axis, label))
        for (part, name, order), (names, labels) in seen.items():
            item = Item(table=key, part=part, key=name, order=order, editions=frozenset(names))
            for label in labels:
                _append(self._exact, fold(label), item)
                if _ARABIC_NUMERAL.match(fold(label)):
                    self._counted.add(item)
                if part is not TITLE:
                    _append(self._core, core(label), item)
            if words.across and part is ROW:
                for label in {text for _, table in editions for text in _with_its_parent(table, name)}:
                    _append(self._core, core(label), item)

    def match(self, text: str) -> Match | None:
        """The items a text means: exactly, by its words, or by close spelling; ``None`` for other text."""
        if len(text) > _LONGEST:
            return None
        try:
            return self._known[text]
        except KeyError:
            if len(self._known) > _CACHE:
                self._known.clear()
            found = self._known[text] = self._match(fold(text))
            return found

    def is_label(self, text: str) -> bool:
        """Whether a text is, as a whole, some label of the forms."""
        return self.match(text) is not None

    def exact(self, folded: str) -> Match | None:
        """As :meth:`match` of folded text, without close spelling.

        The numeral in front of a label does not choose between labels of the same words: numerals are often wrong.
        """
        items = self._exact.get(folded)
        if items is None and folded.find("(") > 0:  # what stands in brackets may be the label of a row
            items = self._core.get(core(folded.replace("(", "-").replace(")", "")))
        others = self._core.get(core(folded))
        if others and not items and _CHINESE_NUMERAL.match(folded):
            others = [item for item in others if item not in self._counted]
        if items is None:
            return _match(others, How.CORE) if others else None
        return _match(dict.fromkeys((*items, *(others or ()))), How.EXACT)

    def _match(self, folded: str) -> Match | None:
        if not folded or len(folded) > self.longest + _REMARK_ROOM:
            return None
        return self.exact(folded) or self._close(core(folded))

    def _close(self, words: str) -> Match | None:
        if len(words) < _SHORTEST_CLOSE:
            return None
        from rapidfuzz.distance import OSA

        allowed = max(1, len(words) // 6)
        near = sorted(
            (distance, text)
            for text in self._words
            if abs(len(text) - len(words)) <= allowed
            and (distance := OSA.distance(words, text, score_cutoff=allowed)) <= allowed
            and tells_same(words, text)
        )
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return _match(self._core[near[0][1]], How.CLOSE)

    def labels_in(self, text: str) -> Labels | None:
        """The labels between the pipes of a line, or of its beginning.

        Returns:
            None at all where no word of the forms stands there; ``None`` where something else stands beside labels, or
            where a label is misspelt or cut.
        """
        try:
            return self._labels_in[text]
        except KeyError:
            if len(self._labels_in) > _CACHE:
                self._labels_in.clear()
            found = self._labels_in[text] = self._read_labels(text)
            return found

    def _read_labels(self, text: str) -> Labels | None:
        if not holds_plain_cells(text):
            return None
        cells = [cell for cell in map(str.strip, text.split("|")) if cell]
        matches = [self.match(cell) for cell in cells]
        known = [match for match in matches if match is not None and match.how is not How.CLOSE]
        if len(known) == len(cells):
            return tuple(zip(cells, known, strict=True))
        return None if any(map(self.may_be_label, cells)) else ()

    def may_be_label(self, text: str) -> bool:
        """Whether a text is a label, or begins one."""
        return self.match(text) is not None or self.begins(text)

    def begins(self, text: str) -> bool:
        """Whether a text is the beginning of some label."""
        found = self._begins.get(text)
        if found is None:
            if len(self._begins) > _CACHE:
                self._begins.clear()
            found = self._begins[text] = fold(text) in self._beginnings
        return found

    def starts(self, words: str) -> tuple[Item, ...]:
        """The rows whose label begins with these words (at least four characters), for labels that were cut off."""
        return self._row_starts.get(words, ())

    def labels(self) -> Iterable[str]:
        """All folded labels, longest first, for finding them inside longer text."""
        return sorted(
            set(self._exact) | {text for text in self._core if len(text) >= _SHORTEST_INSIDE},
            key=lambda text: (-len(text), text),
        )


_CACHE = 20000
_LONGEST = 240
"""Text longer than this, spaces included, is prose."""
_CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
_ARABIC_NUMERAL = re.compile(r"\d")
_SHORTEST_CLOSE = 4
_SHORTEST_INSIDE = 2
_REMARK_ROOM = 60


def _has(form: Form, key: str) -> bool:
    return any(table.key == key for table in form.tables)


def _append(index: dict[str, list[Item]], text: str, item: Item) -> None:
    items = index.setdefault(text, [])
    if item not in items:
        items.append(item)


def _row_order(table: TableSpec) -> Iterator[tuple[Part, str]]:
    """Titles, parents and rows in printed order. The order of a parent is that of its first row."""
    yield (HEAD, "")
    for number, block in enumerate(table.blocks):
        if block.title:
            yield (TITLE, fold(block.title))
        else:
            yield (TITLE, f"#{number}")
        above: tuple[str, ...] = ()
        for row in block.rows:
            for depth, label in enumerate(row.label[:-1]):
                if row.label[: depth + 1] != above[: depth + 1]:
                    yield (PARENT, fold(label))
            above = row.label[:-1]
            yield (ROW, row.key)


def _merge(orders: list[list[tuple[Part, str]]]) -> list[tuple[Part, str]]:
    """One order that holds all: each edition's own entries go right after the entry they follow there."""
    merged: list[tuple[Part, str]] = []
    for order in sorted(orders, key=len, reverse=True):
        at = 0
        for entry in order:
            if entry in merged:
                at = merged.index(entry) + 1
            else:
                merged.insert(at, entry)
                at += 1
    return merged


def _with_its_parent(table: TableSpec, key: str) -> Iterator[str]:
    """How the heading of a small table names a row and the label over it at once: 行政诉讼（复议后起诉）."""
    for row in (row for block in table.blocks for row in block.rows if row.key == key and len(row.label) > 1):
        for pattern in ("{}-{}", "{}——{}", "{}：{}"):
            yield pattern.format(*row.label[-2:])


def _labels(table: TableSpec) -> Iterator[tuple[Part, str, str, str, tuple[Part, str]]]:
    """Part, key, alias axis, printed label, and the entry of the row order it belongs to."""
    head = (HEAD, "")
    for label in (table.head, table.group):
        if label:
            yield (HEAD, fold(label), "head", label, head)
    for number, block in enumerate(table.blocks):
        title = (TITLE, fold(block.title) if block.title else f"#{number}")
        if block.title:
            yield (TITLE, fold(block.title), "title", block.title, title)
        if block.stub:
            yield (STUB, fold(block.stub), "stub", block.stub, title)
        yield from _block_labels(block, title)


def _block_labels(block: Block, title: tuple[Part, str]) -> Iterator[tuple[Part, str, str, str, tuple[Part, str]]]:
    for column in block.columns:
        for label in column.label[:-1]:
            yield (HEAD, fold(label), "column", label, title)
        yield (COLUMN, column.key, "column", column.label[-1], title)
    for row in block.rows:
        for label in row.label[:-1]:
            yield (PARENT, fold(label), "row", label, (PARENT, fold(label)))
        yield (ROW, row.key, "row", row.label[-1], (ROW, row.key))
