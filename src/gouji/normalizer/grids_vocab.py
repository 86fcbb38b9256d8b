"""The labels of the statutory tables, ready to be looked up in the cells of a grid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gouji.forms.aliases import spellings
from gouji.forms.spec import Block, Form, Kind, Row, Slot, TableSpec
from gouji.normalizer.labels import How, LabelMatch, Labels, core
from gouji.text.fold import fold
from gouji.text.numbers import is_number_like

Axis = str
ROW, COLUMN, TITLE = "row", "column", "title"


class Vocabulary:
    """One table of one edition: its labels by axis, and its rows and columns by key.

    Attributes:
        edition: Of the form.
        spec: The table.
        spellings: Axis to key to all printed spellings. Titles (over blocks, in corners, over groups) place nothing:
            they only say which table it is.
        row_keys: The keys of the rows, in the form's order.
        order: Row key to its number in the form.
        block: Row key to its block.
        over_blocks: The titles that start a block.
        over_columns: The titles that stand in the header.
        slots: Row key to the value cells of the row, in printed order.
        keys: Row key to the keys of its columns, in printed order.
        money: Row key to those of its value cells that are amounts of money.
        unsure: Rows to which another edition gives other columns, so that only a header tells whose they are.
    """

    def __init__(self, form: Form, spec: TableSpec) -> None:
        self.edition = form.edition
        self.spec = spec
        self.row_list: tuple[Row, ...] = tuple(row for block in spec.blocks for row in block.rows)
        self.spellings: dict[Axis, dict[str, tuple[str, ...]]] = {
            ROW: {row.key: _with_groups(row.label, spellings("row", row.label[-1])) for row in self.row_list},
            COLUMN: _column_spellings(spec),
            TITLE: _title_spellings(spec),
        }
        self.row_keys = [row.key for row in self.row_list]
        self.order = {key: number for number, key in enumerate(self.row_keys)}
        self.block: dict[str, Block] = {row.key: block for block in spec.blocks for row in block.rows}
        self.slots: dict[str, tuple[Slot, ...]] = {
            key: tuple(slot for slot in spec.slots.values() if slot.row.key == key) for key in self.order
        }
        self.keys = {key: tuple(slot.column.key for slot in slots) for key, slots in self.slots.items()}
        self.money = {
            key: tuple(slot for slot in slots if slot.column.kind is Kind.MONEY) for key, slots in self.slots.items()
        }
        self.over_blocks = {block.title for block in spec.blocks if block.title}
        self.over_columns = {label for label in (spec.head, spec.group) if label} | {
            group for block in spec.blocks for column in block.columns for group in column.label[:-1]
        }
        self.unsure: frozenset[str] = frozenset()
        self._labels = {axis: Labels(known) for axis, known in self.spellings.items()}

    def match(self, axis: Axis, text: str) -> LabelMatch | None:
        """The key a label means on an axis, close spellings included."""
        found = self._labels[axis].match(text)
        return None if found is not None and is_elsewhere(text, self.spellings[axis][found.key], found) else found


_CHAPTER = re.compile(r"\(?[一二三四五六七八九十]")


def is_elsewhere(text: str, labels: Sequence[str], match: LabelMatch) -> bool:
    """Whether the words of a label fit, but it is numbered as another rank: （六）其他 is not 3.其他."""
    if match.how is not How.CORE or not _CHAPTER.match(fold(text)):
        return False
    return fold(min(labels, key=len))[:1].isdigit()


def _with_groups(path: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """The spellings of a label, and the label with its groups in front in the same cell."""
    return (*labels, *("".join(path[start:]) for start in range(len(path) - 1)))


def _column_spellings(spec: TableSpec) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for block in spec.blocks:
        for column in block.columns:
            labels = _with_groups(column.label, spellings("column", column.label[-1]))
            found.setdefault(column.key, {}).update(dict.fromkeys(labels))
    return {key: tuple(labels) for key, labels in found.items()}


def _title_spellings(spec: TableSpec) -> dict[str, tuple[str, ...]]:
    found = {spec.title: (spec.title, *spellings("heading", spec.title))}
    for block in spec.blocks:
        if block.title:
            found[block.title] = spellings("title", block.title)
        if block.stub:
            found[block.stub] = spellings("stub", block.stub)
        paths = [*(row.label for row in block.rows), *(column.label for column in block.columns)]
        found.update((group, (group,)) for path in paths for group in path[:-1])
    found.update((label, (label,)) for label in (spec.head, spec.group) if label)
    return found


@dataclass(frozen=True, slots=True)
class Hits:
    """What a cell's text may be: for every axis, vocabulary number to the label it matches.

    ``table`` is the one table it speaks for, ``None`` when it could stand in several or on two axes (总计, 其他).
    ``labels`` are those of rows and columns once more: vocabulary number, axis and key. ``heads`` is true of what may
    be more than a row's label.
    """

    table: str | None = None
    rows: Mapping[int, LabelMatch] = field(default_factory=dict)
    columns: Mapping[int, LabelMatch] = field(default_factory=dict)
    titles: Mapping[int, LabelMatch] = field(default_factory=dict)
    labels: frozenset[tuple[int, Axis, str]] = frozenset()
    heads: bool = False

    def __bool__(self) -> bool:
        """Whether it is a label at all."""
        return bool(self.rows or self.columns or self.titles)


NO_HITS = Hits()
"""Words of no label."""
VALUE = Hits()
"""What could stand in a value cell, and is no label either."""
UNSEEN = Hits()
"""Characters that leave no ink: the cell is blank to the eye."""
_JOINTS = re.compile(r"[-:·/_、,()|]")
_CACHE = 20_000
_LONGEST_LABEL = 120


def _unsure(vocab: Vocabulary, others: Iterable[Vocabulary]) -> frozenset[str]:
    return frozenset(key for key, own in vocab.keys.items() if any(other.keys.get(key, own) != own for other in others))


class _Known(dict[str, Hits]):
    """What texts may be, each worked out when it is first asked for."""

    def __init__(self, work_out: Callable[[str], Hits]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, text: str) -> Hits:
        if len(self) > _CACHE:
            self.clear()
        found = self[text] = self._work_out(text)
        return found


class Lexicon:
    """All labels of all tables of some forms in one look-up: exact or by core, never by close spelling.

    Attributes:
        vocabularies: Of every table of every form; the hits name them by their number.
        tables: Key of a table to the numbers of its vocabularies, in the order of the form.
        hits: Text of a cell to what it may be.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self.vocabularies = tuple(Vocabulary(form, spec) for form in forms for spec in form.tables)
        self.tables: dict[str, list[int]] = {}
        for number, vocab in enumerate(self.vocabularies):
            vocab.unsure = _unsure(vocab, [other for other in self.vocabularies if other.spec.key == vocab.spec.key])
            self.tables.setdefault(vocab.spec.key, []).append(number)
        self._entries: dict[str, list[tuple[int, Axis, LabelMatch]]] = {}
        self._cores: dict[str, list[tuple[int, Axis, LabelMatch]]] = {}
        self._pairs: dict[str, dict[int, tuple[LabelMatch, LabelMatch]]] = {}
        for number, vocab in enumerate(self.vocabularies):
            for axis, known in vocab.spellings.items():
                self._add(number, axis, known)
            if vocab.spec.layout == "across":
                self._add_pairs(number, vocab)
        self.hits: Mapping[str, Hits] = _Known(self._find_hits)
        specs = [vocab.spec for vocab in self.vocabularies]
        self._twins = [-1 if (first := specs.index(spec)) == number else first for number, spec in enumerate(specs)]

    def _add_pairs(self, number: int, vocab: Vocabulary) -> None:
        """A row's label and a column's in one cell (行政复议结果维持)."""
        for slot in vocab.spec.slots.values():
            for start in range(len(slot.row.label)):
                words = _joined("".join((*slot.row.label[start:], slot.column.label[-1])))
                found = self._pairs.setdefault(words, {})
                found[number] = (LabelMatch(slot.row.key, How.EXACT), LabelMatch(slot.column.key, How.EXACT))

    def _add(self, number: int, axis: Axis, known: Mapping[str, Iterable[str]]) -> None:
        owners: dict[str, set[str]] = {}
        for key, labels in known.items():
            for label in labels:
                self._entries.setdefault(fold(label), []).append((number, axis, LabelMatch(key, How.EXACT)))
                owners.setdefault(core(label), set()).add(key)
        for words, keys in owners.items():
            if len(keys) == 1:
                self._cores.setdefault(words, []).append((number, axis, LabelMatch(next(iter(keys)), How.CORE)))

    def twin(self, number: int) -> int:
        """The first vocabulary with the same table, word for word; -1 when it is this one."""
        return self._twins[number]

    def _find_hits(self, text: str) -> Hits:
        if not text:
            return NO_HITS
        if is_value(text):
            return VALUE if fold(text) else UNSEEN
        if len(text) > _LONGEST_LABEL:
            return NO_HITS
        pair = self._find_pair(text)
        if pair:
            return pair
        entries: dict[tuple[int, Axis], LabelMatch] = {}
        for number, axis, match in (*self._entries.get(fold(text), ()), *self._cores.get(core(text), ())):
            if not is_elsewhere(text, self.vocabularies[number].spellings[axis][match.key], match):
                entries.setdefault((number, axis), match)
        if not entries:
            return NO_HITS
        by_axis: dict[Axis, dict[int, LabelMatch]] = {ROW: {}, COLUMN: {}, TITLE: {}}
        for (number, axis), match in entries.items():
            by_axis[axis][number] = match
        tables = {self.vocabularies[number].spec.key for number, _ in entries}
        both = bool(set(by_axis[ROW]) & set(by_axis[COLUMN]))
        return Hits(
            table=next(iter(tables)) if len(tables) == 1 and not both else None,
            rows=by_axis[ROW],
            columns=by_axis[COLUMN],
            titles=by_axis[TITLE],
            heads=bool(by_axis[COLUMN] or by_axis[TITLE]),
            labels=frozenset((number, axis, match.key) for (number, axis), match in entries.items() if axis != TITLE),
        )

    def _find_pair(self, text: str) -> Hits:
        """What a cell is that holds the labels of a row and of a column."""
        pairs = self._pairs.get(_joined(text))
        if pairs is None:
            return NO_HITS
        rows = {number: row for number, (row, _) in pairs.items()}
        columns = {number: column for number, (_, column) in pairs.items()}
        labels = {(number, COLUMN, f"{row.key}.{column.key}") for number, (row, column) in pairs.items()}
        table = self.vocabularies[next(iter(pairs))].spec.key
        return Hits(table=table, rows=rows, columns=columns, heads=True, labels=frozenset(labels))


def _joined(text: str) -> str:
    """A label without the marks that join its parts."""
    return _JOINTS.sub("", fold(text))


@lru_cache(maxsize=16384)
def is_value(text: str) -> bool:
    """Whether a text could stand in a value cell: blank, number-like, or digits without any Chinese word.

    >>> is_value(""), is_value("1,204"), is_value("见附件"), is_value("1.属于国家秘密"), is_value("0/0")
    (True, True, False, False, True)
    """
    if not text or (text.isascii() and text.isdigit()):
        return True
    folded = fold(text)
    if not folded or is_number_like(folded):
        return True
    return any(char.isdigit() for char in folded) and not any("\u3400" <= char <= "\u9fff" for char in folded)


def is_damaged(text: str) -> bool:
    """Whether a piece of markup, or of a broken character, stands in a text."""
    return ">" in text or "<" in text or "\ufffd" in text


_LEXICONS: dict[tuple[int, ...], tuple[tuple[Form, ...], Lexicon]] = {}
_MOST_LEXICONS = 16


def lexicon(forms: Sequence[Form]) -> Lexicon:
    """The lexicon of some forms, made once; known by the identity of the forms, whose hashes are slow."""
    ids = tuple(map(id, forms))
    if ids not in _LEXICONS:
        if len(_LEXICONS) >= _MOST_LEXICONS:
            _LEXICONS.clear()
        _LEXICONS[ids] = (tuple(forms), Lexicon(forms))
    return _LEXICONS[ids][1]
