"""The labels of one statutory table, ready to be looked up in the cells of a grid."""

from __future__ import annotations

from functools import lru_cache

from gouji.forms.aliases import spellings
from gouji.forms.spec import Block, Column, Form, Row, TableSpec
from gouji.normalizer.labels import Labels


class Vocabulary:
    """One table of one edition: its labels by axis, and its rows and columns by key.

    Attributes:
        edition: Of the form.
        spec: The table.
        rows: Labels of the rows (the last part of their paths).
        columns: Labels of the columns.
        titles: Labels over blocks, in corners and over column groups: they say which table it is, and place nothing.
        order: Row key to its number in the form.
        block: Row key to its block.
    """

    def __init__(self, form: Form, spec: TableSpec) -> None:
        self.edition = form.edition
        self.spec = spec
        self.row_list: tuple[Row, ...] = tuple(row for block in spec.blocks for row in block.rows)
        self.rows = Labels({row.key: spellings("row", row.label[-1]) for row in self.row_list})
        self.columns = Labels(_column_spellings(spec))
        self.titles = Labels(_title_spellings(spec))
        self.order = {row.key: number for number, row in enumerate(self.row_list)}
        self.block: dict[str, Block] = {row.key: block for block in spec.blocks for row in block.rows}

    def column(self, row: str, column: str) -> Column | None:
        """The column of that key in the block of a row."""
        return next((item for item in self.block[row].columns if item.key == column), None)


def _column_spellings(spec: TableSpec) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in spec.blocks:
        for column in block.columns:
            known = found.setdefault(column.key, [])
            known.extend(label for label in spellings("column", column.label[-1]) if label not in known)
    return found


def _title_spellings(spec: TableSpec) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for block in spec.blocks:
        if block.title:
            found[block.title] = spellings("title", block.title)
        if block.stub:
            found[block.stub] = spellings("stub", block.stub)
        for path in (*(row.label for row in block.rows), *(column.label for column in block.columns)):
            for group in path[:-1]:
                found[group] = (group,)
    for label in (spec.head, spec.group):
        if label:
            found[label] = (label,)
    return found


@lru_cache(maxsize=64)
def vocabulary(form_id: int, key: str) -> Vocabulary:
    """Cached by the identity of the form; see :func:`vocabularies`."""
    form = _FORMS[form_id]
    return Vocabulary(form, form.table(key))


_FORMS: dict[int, Form] = {}


def vocabularies(form: Form) -> tuple[Vocabulary, ...]:
    """The vocabularies of a form's tables; made once a form."""
    _FORMS[id(form)] = form
    return tuple(vocabulary(id(form), table.key) for table in form.tables)
