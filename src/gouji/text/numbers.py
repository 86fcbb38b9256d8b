"""Read the numbers typed into the statutory tables. Knows nothing of tables or forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gouji.model.finding import Number
from gouji.model.report import State
from gouji.text.fold import fold

_NOT_APPLICABLE = re.compile(r"[/\\\-_~*.·、]+|无|没有|不适用|n/?a|空|无此项", re.IGNORECASE)
_NOTHING = re.compile(r"nan|none|null|nat|<na>", re.IGNORECASE)
"""What programs write for an empty cell."""
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_COUNTED = "件|项|个|条|次|笔|宗|份|人次|人|起|例"
_COUNT_UNIT = rf"(?:{_COUNTED}|\((?:{_COUNTED})\))?"
_WHOLE = r"(?:\.0{1,2})?"
"""What a spreadsheet adds to whole numbers; three zeros would be thousands."""
_MARK = r"(?:\[(?:\d{1,2}|\*)\]){0,3}"
"""The raised number or asterisk of a remark, as readers write it."""
_COUNT = re.compile(rf"(-?)({_DIGITS}){_WHOLE}{_COUNT_UNIT}{_MARK}")
_CHANGE = re.compile(rf"(\+|-|净?增加?了?|净?减少?了?|↑|↓)?({_DIGITS}){_WHOLE}{_COUNT_UNIT}{_MARK}")
_MONEY = re.compile(rf"(?:¥|人民币|约)?(-?)({_DIGITS}(?:\.\d+)?)(元|万元?|亿元?|百万元?|千元)?(\([^0-9()]*\))?{_MARK}")
_UNIT = re.compile(r"(?:^|[(,:]|金额|单位|收费|人民币)([^(),:]{0,4}元)\)?$|单位[:(]\(?([^(),:]{1,6})")
_PARTED = re.compile(r"[\d.,]\s+[\d.,]")
_UNIT_ALONE = re.compile(rf"\(?(?:{_COUNTED}|[千百]?万?元|亿元)\)?")
_LEADING_ZERO = re.compile(r"-?0\d")
_SCALE = {
    None: Decimal(1),
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万": Decimal(1),
    "万元": Decimal(1),
    "百万": Decimal(100),
    "百万元": Decimal(100),
    "亿": Decimal(10000),
    "亿元": Decimal(10000),
}
_ZERO = {"零": 0, "〇": 0}
_LONGEST_UNIT = 8


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What a value cell says.

    Attributes:
        value: The number; ``None`` unless ``state`` is ``REPORTED``.
        state: ``REPORTED``, ``BLANK``, ``NOT_APPLICABLE`` or ``UNREADABLE``.
        unit: The unit that stands in the cell itself (``元``, ``件``), if one does.
    """

    value: Number | None
    state: State
    unit: str | None = None


_BLANK = NumberReading(None, State.BLANK)
_NA = NumberReading(None, State.NOT_APPLICABLE)
_UNREADABLE = NumberReading(None, State.UNREADABLE)


def is_nothing(text: str) -> bool:
    """Whether a folded text is a program's word for an empty cell.

    >>> is_nothing("NaN"), is_nothing("无")
    (True, False)
    """
    return text[0] in "nN<" and _NOTHING.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def read_count(raw: str) -> NumberReading:
    """Read one count cell, never guessing.

    Args:
        raw: Cell text as it stands, e.g. ``"1,204"``, ``""``, ``"12件"`` or ``"—"``.

    Returns:
        A whole number, or the reason there is none; a blank is not a zero. Digits with leading zeros (``"000"``) are
        unreadable: they are cells that ran together. So are digits parted by a space: two cells, or one number.

    >>> read_count("1,204").value, read_count("").state.name, read_count("约30").state.name
    (1204, 'BLANK', 'UNREADABLE')
    """
    if raw.isascii() and raw.isdigit() and (raw[0] != "0" or len(raw) == 1):
        return NumberReading(int(raw), State.REPORTED)
    return _read(raw, _COUNT)


@lru_cache(maxsize=2048)
def read_change(raw: str) -> NumberReading:
    """Read one cell of 本年增/减: signed, in figures or in words.

    >>> read_change("+96").value, read_change("减12").value, read_change("0/0").state.name
    (96, -12, 'UNREADABLE')
    """
    return _read(raw, _CHANGE)


def _read(raw: str, pattern: re.Pattern[str]) -> NumberReading:
    text = fold(raw)
    if not text or is_nothing(text):
        return _BLANK
    if _PARTED.search(raw):
        return _UNREADABLE
    if text in _ZERO:
        return NumberReading(0, State.REPORTED)
    match = pattern.fullmatch(text)
    if match is None:
        return _NA if _NOT_APPLICABLE.fullmatch(text) else _UNREADABLE
    sign, digits = match.groups()
    if _LEADING_ZERO.match(digits):
        return _UNREADABLE
    negative = bool(sign) and (sign[0] in "-↓" or "减" in sign)
    number = int(digits.replace(",", ""))
    return NumberReading(-number if negative else number, State.REPORTED)


@lru_cache(maxsize=2048)
def read_money(raw: str, *, unit: str = "万元") -> NumberReading:
    """Read one amount.

    Args:
        raw: Cell text as it stands, e.g. ``"96400元"``, ``"0.52万元"``, ``"19.8"``.
        unit: What a bare number means, from the column's header: ``"万元"``, ``"元"``, ``"亿元"`` …

    Returns:
        The amount in 万元 as ``Decimal``, exact to the last digit printed, with the unit that stood in the cell. Under
        a unit that we do not know it is unreadable.

    >>> read_money("96400元").value, read_money("19.80").value, read_money("5000", unit="元").value
    (Decimal('9.64'), Decimal('19.80'), Decimal('0.5'))
    """
    text = fold(raw)
    if not text or is_nothing(text):
        return _BLANK
    if _PARTED.search(raw):
        return _UNREADABLE
    if text in _ZERO:
        return NumberReading(Decimal(0), State.REPORTED)
    match = _MONEY.fullmatch(text)
    if match is None:
        return _NA if _NOT_APPLICABLE.fullmatch(text) else _UNREADABLE
    sign, digits, printed, remark = match.groups()
    printed = printed or (find_unit(remark) if remark else None)
    scale = _SCALE.get(printed or unit)
    if scale is None or _LEADING_ZERO.match(digits) or text.startswith("约"):
        return _UNREADABLE
    amount = Decimal(digits.replace(",", ""))
    if scale != 1:
        amount = _plain(amount * scale)
    return NumberReading(-amount if sign else amount, State.REPORTED, printed)


def find_unit(label: str) -> str | None:
    """The unit of money that a header names, also one that :func:`read_money` does not know.

    >>> find_unit("本年收费金额（单位：元）"), find_unit("收费金额(百元)"), find_unit("采购总金额")
    ('元', '百元', None)
    """
    match = _UNIT.search(fold(label))
    return (match[1] or match[2]) if match else None


def is_unit(text: str) -> bool:
    """Whether a cell holds nothing but the unit of another one.

    >>> is_unit("件"), is_unit("（万元）"), is_unit("3件"), is_unit("人数")
    (True, True, False, False)
    """
    return len(text) < _LONGEST_UNIT and _UNIT_ALONE.fullmatch(fold(text)) is not None


def _plain(amount: Decimal) -> Decimal:
    """Without trailing zeros, and without an exponent."""
    amount = amount.normalize()
    return amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount


def is_number_like(text: str) -> bool:
    """Whether a cell's text could be a value: digits (with sign, comma, point, unit) or a mark for none.

    >>> is_number_like("1,204"), is_number_like("减12"), is_number_like("规章"), is_number_like("/")
    (True, True, False, True)
    """
    folded = fold(text)
    return bool(folded) and (
        bool(_MONEY.fullmatch(folded) or _CHANGE.fullmatch(folded) or _COUNT.fullmatch(folded))
        or bool(_NOT_APPLICABLE.fullmatch(folded))
        or folded in _ZERO
    )
