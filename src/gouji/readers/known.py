"""Which words are labels of the form: enough to tell whether two halves of a label belong together."""

from __future__ import annotations

import re
from functools import cache

from gouji.forms import editions
from gouji.forms.aliases import aliases
from gouji.text.fold import fold

_NUMERAL = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.,]+")


def label_core(text: str) -> str:
    """A label folded, without its numeral and the punctuation at its ends.

    >>> label_core("1、属于国家秘密"), label_core("（三）不予公开"), label_core("三安全一稳定")
    ('属于国家秘密', '不予公开', '三安全一稳定')
    """
    folded = fold(text)
    match = _NUMERAL.match(folded)
    if match and match.end() < len(folded):
        folded = folded[match.end() :]
    return folded.strip("、,.:;\"' ")


def is_numeral(text: str) -> bool:
    """Whether a text is nothing but the numeral of a label.

    >>> is_numeral("三、"), is_numeral("（一）"), is_numeral("三、本年度")
    (True, True, False)
    """
    return _NUMERAL.fullmatch(fold(text)) is not None


@cache
def known_labels() -> frozenset[str]:
    """The cores of all labels of all editions, with and without their bracketed remarks."""
    texts: list[str] = []
    for form in editions().values():
        for table in form.tables:
            texts += [text for text in (table.title, table.head, table.group) if text]
            if table.layout == "across":  # a row and a result in one cell
                texts += [slot.row.label[-1] + slot.column.label[-1] for slot in table.slots.values()]
            for block in table.blocks:
                texts += [text for text in (block.title, block.stub) if text]
                for label in (*(row.label for row in block.rows), *(column.label for column in block.columns)):
                    texts += [*label, *("".join(label[start:]) for start in range(len(label) - 1))]
    texts += [label for alias in aliases() for label in alias.labels]
    cores = {label_core(text) for text in texts}
    return frozenset(cores | {re.sub(r"\([^()]*\)", "", core) for core in cores if core[:1] != "("}) - {""}


def is_known(text: str) -> bool:
    """Whether a text is a label of the form.

    >>> is_known("（四）无"), is_known("（四）无法提供"), is_known("法提供")
    (False, True, False)
    """
    return label_core(text) in known_labels()


@cache
def table_heads() -> frozenset[str]:
    """Cores of the labels that only stand in a table's header: a piece that begins with one begins a table."""
    heads: set[str] = set()
    for form in editions().values():
        for table in form.tables:
            heads |= {label_core(text) for text in (table.head, table.group) if text}
            if table.layout == "across":
                heads |= {label_core(row.label[0]) for block in table.blocks for row in block.rows}
    return frozenset(heads)
