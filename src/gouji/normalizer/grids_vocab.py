"""The labels of the statutory tables, ready to be looked up in the cells of a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from gouji.forms.aliases import spellings
from gouji.forms.spec import Block, Column, Form, Kind, Row, TableSpec
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
        order: Row key to its number in the form.
        block: Row key to its block.
        over_blocks: The titles that start a block.
        over_columns: The titles that stand in the header.
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
        self.order = {row.key: number for number, row in enumerate(self.row_list)}
        self.block: dict[str, Block] = {row.key: block for block in spec.blocks for row in block.rows}
        self._money = {
            key: tuple(column for column in block.columns if column.kind is Kind.MONEY)
            for key, block in self.block.items()
        }
        self.over_blocks = {block.title for block in spec.blocks if block.title}
        self.over_columns = {label for label in (spec.head, spec.group) if label} | {
            group for block in spec.blocks for column in block.columns for group in column.label[:-1]
        }
        self.unsure: frozenset[str] = frozenset()
        self._slots: dict[tuple[str, str], Column] = {}
        self._labels = {axis: Labels(known) for axis, known in self.spellings.items()}

    def columns(self, row: str) -> tuple[Column, ...]:
        """The columns of a row, in printed order."""
        return self.block[row].columns

    def money(self, row: str) -> tuple[Column, ...]:
        """Those of them that are amounts of money."""
        return self._money[row]

    def slot(self, row: str, column: str) -> Column:
        """A column of the form under one of its rows, as a column of its own."""
        found = self._slots.get((row, column))
        if found is None:
            under = next(item for item in self.spec.blocks[0].columns if item.key == column)
            found = self._slots[row, column] = replace(under, key=f"{row}.{column}")
        return found

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
    """

    table: str | None = None
    rows: Mapping[int, LabelMatch] = field(default_factory=dict)
    columns: Mapping[int, LabelMatch] = field(default_factory=dict)
    titles: Mapping[int, LabelMatch] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it is a label at all."""
        return bool(self.rows or self.columns or self.titles)


NO_HITS = Hits()
"""Words of no label."""
VALUE = Hits()
"""What could stand in a value cell, and is no label either."""
_CACHE = 20_000
_LONGEST_LABEL = 120


def _unsure(vocab: Vocabulary, others: Iterable[Vocabulary]) -> frozenset[str]:
    def keys(one: Vocabulary, row: str) -> list[str]:
        return [column.key for column in one.columns(row)]

    return frozenset(
        row.key
        for row in vocab.row_list
        if any(row.key in other.block and keys(other, row.key) != keys(vocab, row.key) for other in others)
    )


class Lexicon:
    """All labels of all tables of some forms in one look-up: exact or by core, never by close spelling."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.vocabularies = tuple(Vocabulary(form, spec) for form in forms for spec in form.tables)
        for vocab in self.vocabularies:
            vocab.unsure = _unsure(vocab, [other for other in self.vocabularies if other.spec.key == vocab.spec.key])
        self._entries: dict[str, list[tuple[int, Axis, LabelMatch]]] = {}
        self._cores: dict[str, list[tuple[int, Axis, LabelMatch]]] = {}
        for number, vocab in enumerate(self.vocabularies):
            for axis, known in vocab.spellings.items():
                self._add(number, axis, known)
        self._seen: dict[str, Hits] = {}
        specs = [vocab.spec for vocab in self.vocabularies]
        self._twins = [-1 if (first := specs.index(spec)) == number else first for number, spec in enumerate(specs)]

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

    def look_up(self, text: str) -> Hits:
        """What a cell's text may be."""
        if not text:
            return NO_HITS
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) > _CACHE:
                self._seen.clear()
            found = self._seen[text] = self._look_up(text)
        return found

    def _look_up(self, text: str) -> Hits:
        if is_value(text):
            return VALUE
        if len(text) > _LONGEST_LABEL:
            return NO_HITS
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
        )


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
