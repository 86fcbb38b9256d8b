"""The variables of a data set: every cell of every edition, with labels, unit, editions and a short name for Stata."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from gouji.forms import Form
from gouji.forms.spec import Block, Kind, Slot, TableSpec

STATA_NAME = 28
"""Longest name of a variable: Stata allows 32, but pyreadstat names the value labels of each after it with a number."""

_SHORT_WORD = 3
_TABLES = {"disclosure": "dis", "requests": "req", "review": "rev"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One cell of the form as a variable of the data set.

    Attributes:
        cell: Canonical id; the name of the variable wherever the format allows it.
        stata: Short name, unique, for formats that do not allow dots or long names.
        table: Key of its table.
        label_zh: Row and column as printed, each with the labels above it.
        label_en: The same in English.
        unit: 件, 项 or 万元.
        kind: See :class:`~gouji.forms.spec.Kind`.
        editions: Editions that have it, oldest first.
        rules: Codes of the rules it is a term of, sorted.
    """

    cell: str
    stata: str
    table: str
    label_zh: str
    label_en: str
    unit: str
    kind: Kind
    editions: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def is_money(self) -> bool:
        """Whether the values are amounts in 万元, not whole numbers."""
        return self.kind is Kind.MONEY


def list_variables(forms: Iterable[Form]) -> tuple[Variable, ...]:
    """Every cell of the forms once, the newest edition's in its printed order first, then those only in older ones.

    The labels are those of the newest edition that has the cell.

    >>> from gouji.forms import editions
    >>> list_variables(editions().values())[0].label_en
    'Regulations · Issued this year'
    """
    found: dict[str, tuple[Form, TableSpec, Block, Slot]] = {}
    having: dict[str, list[str]] = {}
    rules: dict[str, set[str]] = {}
    for form in sorted(forms, key=lambda form: form.first_year, reverse=True):
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        slot = table.slots[f"{table.key}.{row.key}.{column.key}"]
                        found.setdefault(slot.id, (form, table, block, slot))
                        having.setdefault(slot.id, []).insert(0, form.edition)
            for equation in table.equations:
                for cell in equation.cells:
                    rules.setdefault(cell, set()).add(equation.rule.code)
    names = short_names(found)
    return tuple(
        Variable(
            cell=cell,
            stata=names[cell],
            table=table.key,
            label_zh=_label_zh(block, slot),
            label_en=f"{slot.row.en} · {slot.column.en}",
            unit=slot.column.unit,
            kind=slot.column.kind,
            editions=tuple(having[cell]),
            rules=tuple(sorted(rules.get(cell, ()))),
        )
        for cell, (_, table, block, slot) in found.items()
    )


def _label_zh(block: Block, slot: Slot) -> str:
    title = (block.title,) if block.title else ()
    return " > ".join((*title, *slot.row.label)) + " · " + " > ".join(slot.column.label)


def short_name(cell: str) -> str:
    """A name for formats without dots and long names; it depends on the id alone, so it never changes.

    >>> short_name("review.review.total"), short_name("requests.refused.administrative_query.public_welfare")
    ('rev_review_total', 'req_refu_admi_quer_publ_welf')
    """
    table, _, rest = cell.partition(".")
    words = [_TABLES.get(table, table), *re.split(r"[._]", rest)]
    for length in range(STATA_NAME, _SHORT_WORD - 1, -1):
        name = "_".join(word[:length] for word in words)
        if len(name) <= STATA_NAME:
            return name
    return _marked("_".join(word[:_SHORT_WORD] for word in words), cell)


def short_names(cells: Iterable[str]) -> dict[str, str]:
    """A short name for every id; names that would be the same get a mark made from the id."""
    names = {cell: short_name(cell) for cell in cells}
    taken: dict[str, list[str]] = {}
    for cell, name in names.items():
        taken.setdefault(name, []).append(cell)
    for name, same in taken.items():
        if len(same) > 1:
            for cell in same:
                names[cell] = _marked(name, cell)
    return names


def _marked(name: str, cell: str) -> str:
    return f"{name[: STATA_NAME - 9]}_{sha256(cell.encode()).hexdigest()[:8]}"
