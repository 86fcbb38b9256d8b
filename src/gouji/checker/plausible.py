"""What can be said of the disclosure table, which has no sums: a part is not larger than its whole. For review only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gouji.checker.messages import show
from gouji.forms.spec import TableSpec
from gouji.model.finding import Finding, Message, Number, Severity
from gouji.model.report import ABSENT, Value
from gouji.model.source import NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """In every row that has these columns: the sum of ``small`` less ``off`` is at most the sum of ``large``."""

    code: str
    small: tuple[str, ...]
    off: tuple[str, ...] = ()
    large: tuple[str, ...] = ()
    zh: str
    en: str


BOUNDS = (
    Bound(
        code="DIS-IN-FORCE",
        small=("issued",),
        off=("repealed",),
        large=("in_force",),
        zh="本年制发的文件，除去本年废止的，年末都应现行有效",
        en="what was issued this year and not repealed is in force at its end",
    ),
    Bound(
        code="DIS-DISCLOSED",
        small=("disclosed",),
        large=("total_disclosed",),
        zh="本年新公开数量不应大于对外公开总数量",
        en="what was newly disclosed is part of all that is disclosed",
    ),
    Bound(
        code="DIS-ITEMS",
        small=(),
        large=("items_last_year", "change"),
        zh="上一年项目数量加本年增/减，不应小于 0",
        en="last year's items and this year's change are not below zero together",
    ),
)


def find_implausible(table: TableSpec, cells: Mapping[str, Value]) -> Iterator[Finding]:
    """Rows of which a part is larger than the whole; cells without a number are left alone."""
    for block in table.blocks:
        columns = {column.key for column in block.columns}
        for bound in BOUNDS:
            if columns.issuperset((*bound.small, *bound.off, *bound.large)):
                for row in block.rows:
                    finding = _check(bound, table, f"{table.key}.{row.key}", cells=cells)
                    if finding is not None:
                        yield finding


def _check(bound: Bound, table: TableSpec, row: str, *, cells: Mapping[str, Value]) -> Finding | None:
    keys = tuple(f"{row}.{column}" for column in (*bound.small, *bound.off, *bound.large))
    numbers = {key: cells.get(key, ABSENT).value for key in keys}
    known = {key: number for key, number in numbers.items() if number is not None}
    if len(known) < len(keys):
        return None
    small = _sum(known, row, bound.small) - _sum(known, row, bound.off)
    large = _sum(known, row, bound.large)
    if small <= large:
        return None
    label = table.slots[keys[0]].row
    chinese = (f"{table.slots[key].column.label[-1]} {show(known[key])}" for key in keys)
    english = (f"{table.slots[key].column.en.lower()} {show(known[key])}" for key in keys)
    return Finding(
        rule=bound.code,
        severity=Severity.REVIEW,
        cells=keys,
        message=Message(
            zh=f"“{label.label[-1]}”：{'，'.join(chinese)}。{bound.zh}",
            en=f"{label.en}: {', '.join(english)}; {bound.en}",
        ),
        where=cells[keys[-1]].where or NOWHERE,
    )


def _sum(known: Mapping[str, Number], row: str, columns: tuple[str, ...]) -> Number:
    total: Number = 0
    for column in columns:
        total += known[f"{row}.{column}"]
    return total
