"""From the text of value cells to values of the report: numbers, blanks, doubts."""

from __future__ import annotations

import re

from gouji.forms.spec import Column, Kind
from gouji.model.raw import Cell
from gouji.model.report import State, Value
from gouji.text.fold import fold
from gouji.text.numbers import NumberReading, read_change, read_count, read_money

_UNIT = re.compile(r"\((?:金额)?(?:单位)?[:：]?(万元|亿元|百万元|千元|元)\)|单位[:：]?(万元|亿元|百万元|千元|元)")
_APART = re.compile(r"\d[^\S\d]+\d")


def find_unit(label: str) -> str | None:
    """The unit of money that a header names.

    >>> find_unit("本年收费金额（单位：元）"), find_unit("采购总金额")
    ('元', None)
    """
    match = _UNIT.search(fold(label))
    return (match[1] or match[2]) if match else None


def read_number(raw: str, column: Column, *, unit: str | None = None) -> NumberReading:
    """What a cell says, by the kind of its column."""
    if column.kind is Kind.COUNT:
        return read_count(raw)
    if column.kind is Kind.CHANGE:
        return read_change(raw)
    return read_money(raw, unit=unit or column.unit)


def read_value(cell: Cell, column: Column, *, unit: str | None = None) -> Value:
    """The value of one cell of the source.

    Digits with white space or a line break between them could be one number or two: ambiguous.
    """
    reading = read_number(cell.text, column, unit=unit)
    if reading.value is not None and _APART.search(cell.text.replace("\xa0", " ").replace("\u3000", " ")):
        return Value(
            value=None,
            state=State.AMBIGUOUS,
            raw=cell.text,
            where=cell.where,
            readings=(reading.value,),
            confidence=cell.confidence,
        )
    return Value(value=reading.value, state=reading.state, raw=cell.text, where=cell.where, confidence=cell.confidence)
