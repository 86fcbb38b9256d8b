"""How the author filled in the form: spellings of labels and numbers, spans, blanks. Knows nothing of formats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gouji.forms.spec import Kind
from gouji.model.finding import Number
from gouji.model.report import State, Value
from gouji.renderers.words import words

_TOP = re.compile(r"^[一二三四五六七八九十]、")
_ARABIC = re.compile(r"^\d{1,2}\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What differs between authors, whatever the format of the file.

    Attributes:
        numerals: ``"all"``; ``"half"`` loses ``一、`` and ``1.`` but keeps ``（一）``, as Word lists turned to HTML do.
        narrow: Half-width punctuation in labels.
        repeat_labels: Labels that span rows are repeated in each; those that span columns are followed by empty cells.
        wide_total: The 总计 column is two grid columns wide.
        trailing_column: An empty column at the right edge.
        split: ``"whole"``; ``"article"`` gives every block a table; ``"two"`` besides cuts the long table;
            ``"two_headed"`` repeats its header after the cut.
        thousands: ``1,284``.
        money: ``"plain"`` (万元), ``"yuan"`` (96400元), ``"unit"`` (9.64万元).
        change: ``"plain"`` (-3), ``"plus"`` (+3), ``"words"`` (减3).
        units: Counts carry 件.
        blank: What stands in a blank cell.
        break_headers: Column labels are broken after this many characters; 0 never.
        break_labels: Row labels likewise.
        spaced: Two-character labels are spread (总 计).
        extra_row: A row no form has, in the first block.
        rewords: Labels this author words differently: official, own.
    """

    numerals: str = "all"
    narrow: bool = False
    repeat_labels: bool = False
    wide_total: bool = False
    trailing_column: bool = False
    split: str = "whole"
    thousands: bool = False
    money: str = "plain"
    change: str = "plain"
    units: bool = False
    blank: str = ""
    break_headers: int = 0
    break_labels: int = 0
    spaced: bool = False
    extra_row: bool = False
    rewords: tuple[tuple[str, str], ...] = ()


def print_value(value: Value, *, kind: Kind, look: Look) -> str:
    """What stands in a value cell.

    >>> from gouji.model.report import Value, State
    >>> print_value(Value(value=-3, state=State.REPORTED), kind=Kind.CHANGE, look=Look(change="words"))
    '减3'
    """
    if value.value is None:
        return value.raw if value.raw.strip() else "/" if value.state is State.NOT_APPLICABLE else look.blank
    if kind is Kind.MONEY:
        return _money(value.value, look=look)
    if kind is Kind.CHANGE:
        return _change(value.value, look=look)
    return f"{value.value:{',' if look.thousands else ''}}" + (words().unit if look.units else "")


def _money(value: Number, *, look: Look) -> str:
    amount = Decimal(value)
    suffix = ""
    if look.money == "yuan":
        amount, suffix = (amount * 10000).normalize(), words().yuan
    elif look.money == "unit":
        suffix = words().wan
    return format(amount, ",f" if look.thousands else "f") + suffix


def _change(value: Number, *, look: Look) -> str:
    if look.change == "words" and value:
        return (words().more if value > 0 else words().less) + str(abs(value))
    return f"{value:{'+' if look.change == 'plus' else ''}}"


def print_label(label: str, *, look: Look, header: bool = False) -> str:
    r"""A label as this author writes it; a line break inside it is ``\n``.

    >>> print_label("一、本年新收政府信息公开申请数量", look=Look(numerals="half"))
    '本年新收政府信息公开申请数量'
    >>> print_label("商业企业", look=Look(break_headers=2), header=True)
    '商业\n企业'
    """
    label = dict(look.rewords).get(label, label)
    if look.numerals == "half":
        label = _ARABIC.sub("", _TOP.sub("", label))
    if look.narrow:
        label = narrow(label)
    if look.spaced and len(label) == 2:
        return " ".join(label)
    every = look.break_headers if header else look.break_labels
    if every and len(label) > every:
        return "\n".join(label[start : start + every] for start in range(0, len(label), every))
    return label


def narrow(text: str) -> str:
    """Half-width punctuation, as some extractors leave it."""
    return text.translate(words().narrow)


def plain(text: str) -> str:
    """A printed text without the line breaks inside it."""
    return text.replace("\n", "")
