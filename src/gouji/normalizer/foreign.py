"""Columns of a table of text that the form does not have: other bodies, months, a further kind of applicant.

The rows of such a table have the form's labels and may add up as the form's do, so that nothing but its header tells
whose the numbers are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.forms.spec import Rule, TableSpec
from gouji.normalizer.cells import BLANK, GLUED, NUMBER, TEXT
from gouji.normalizer.chain import Stream
from gouji.normalizer.rows import StreamRow
from gouji.text.fold import fold

_LONGEST_NAME = 12
_SHORTEST_NAME = 2
_MOST = 60
"""Cells that a header has at most."""
_LEAST_FOREIGN = 3
"""Names side by side where none of the form's stands."""
_LEAST_LONGER = 2
BESIDE = ("序号", "项目", "指标", "备注", "说明", "占比", "比例", "计量", "单位", "类别", "数量", "件数")
"""Begin names of columns that hold no numbers, or none of the table's."""


def with_foreign_columns(
    rows: list[StreamRow], spec: TableSpec, *, stream: Stream, rule: Rule | None
) -> list[StreamRow]:
    """The rows, marked as under a header that is not the form's if it names other columns.

    Args:
        rows: Of one table.
        spec: What the form has for it.
        stream: That holds its header.
        rule: By which its rows add up; in a table without one, numbers that do not fit are in doubt anyhow.
    """
    if rule is None or not rows or not _names_others(rows, spec, stream):
        return rows
    return [row._replace(shuffled=True) for row in rows]


def _names_others(rows: Sequence[StreamRow], spec: TableSpec, stream: Stream) -> bool:
    """Whether none of the form's columns stands in the header but others do, or more columns than the form has."""
    row = rows[0]
    count, table = len(row.columns), row.label.item.table
    own = fold("".join(part for column in row.columns for part in column.label) + (spec.head or ""))
    named: set[str] = set()
    others: list[str] = []
    before: list[str] = []
    for index in _header_of(row, stream):
        match = stream.matches[index]
        keys = [item.key for item in match.columns if item.table == table] if match else []
        if keys:
            named.add(keys[0])
        elif is_name(index, stream, own=own):
            (others if named else before).append(stream.tokens[index].text)
    if len(named) <= 1:
        return len(before) + len(others) >= _LEAST_FOREIGN or _is_list(row, stream)
    if len(named) + len(others) <= count:
        return False
    longer = sum(sum(cell.kind is NUMBER for cell in row.cells) > count for row in rows)
    return longer >= _LEAST_LONGER or any(not text.startswith(BESIDE) for text in others)


def is_name(index: int, stream: Stream, *, own: str) -> bool:
    """Whether a token may be the name of a column that the form does not have: none of its ``own``, folded."""
    text = fold(stream.tokens[index].text).strip("\\*_")
    return bool(stream.strange[index]) and _SHORTEST_NAME <= len(text) <= _LONGEST_NAME and text not in own


def _is_list(row: StreamRow, stream: Stream) -> bool:
    """Whether the line right above a row is one text of many names, parted by commas, or by nothing as its digits."""
    above = stream.tokens[row.label.start - 1] if row.label.start else None
    if above is None or above.kind is not TEXT or not stream.strange[row.label.start - 1]:
        return False
    ran_together = bool(row.cells) and row.cells[0].gap == GLUED and len(row.cells) < len(row.columns)
    return _LIST.fullmatch(above.text) is not None or (ran_together and above.text[-1] not in "。；：")


_LIST = re.compile(r"(?:[^,，;；。]{0,12}[,，;；]){4,}[^,，;；。]{0,12}")


def _header_of(row: StreamRow, stream: Stream) -> range:
    """The tokens right above a row, up to values, prose or a heading; joined labels count by their first piece."""
    start = end = row.label.start
    least = max(0, end - _MOST)
    while start > least:
        token = stream.tokens[start - 1]
        strange = stream.strange[start - 1]
        if token.kind not in (TEXT, BLANK) or strange > 1 or (strange and len(token.text) > _LONGEST_NAME):
            break
        start -= 1
    return range(start, end)
