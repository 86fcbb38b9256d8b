"""A table read as text although its cells had places: the markup around them was lost, or no rules told them on a page.

Blank cells leave no text, rows no mark of where they end, and the lines of a page hold pieces of cells side by side. So
what the text reader made of it counts only where a whole row adds up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.forms.spec import Form, TableSpec
from gouji.model.finding import Message, Note
from gouji.model.report import State, Value
from gouji.normalizer.grids_values import doubted, inferred, is_confirmed
from gouji.normalizer.reading import TableReading

_CELL = re.compile(r".*/t[dh](?:\[\d+\])?")
_FEW = 3
"""So many table cells may hold a report's text, each several of its numbers: layouts do."""


def doubt_scattered(reading: TableReading, forms: Sequence[Form]) -> TableReading:
    """The same reading, with doubts when its values came out of many table cells.

    Args:
        reading: Of the text.
        forms: The editions that were looked for.
    """
    paths = (value.where.xpath for value in reading.cells.values() if value.where is not None and value.where.xpath)
    around = [match[0] for path in paths if (match := _CELL.match(path))]
    apart = set(around)
    if not apart or (len(apart) <= _FEW and len(around) > len(apart)):
        return reading
    return _doubt(reading, forms, _TAGS_LOST)


def doubt_lines(reading: TableReading, forms: Sequence[Form]) -> TableReading:
    """The same reading, with doubts because its values were told from the lines of a page alone.

    What seems to be blank there is not told at all: its number may stand on another line.
    """
    doubted_reading = _doubt(reading, forms, _LINES_ONLY)
    cells = {
        name: value
        for name, value in doubted_reading.cells.items()
        if value.state is not State.BLANK or _is_sound(doubted_reading, name)
    }
    return replace(doubted_reading, cells=cells)


def _is_sound(reading: TableReading, name: str) -> bool:
    """Whether a value of a cell's row was inferred by the row's sum."""
    row = name.rpartition(".")[0] + "."
    return any(value.state is State.INFERRED for other, value in reading.cells.items() if other.startswith(row))


_TAGS_LOST = Message(
    zh="表格标记残缺，只能按文字读取；不能由本行合计证实的数字存疑",
    en="the table's markup is broken and it was read as text; what no sum confirms is in doubt",
)
_LINES_ONLY = Message(
    zh="页面上看不出此表的行列，只能按文字行读取；不能由本行合计证实的数字存疑",
    en="the page does not show the table's rows and columns; of its lines, what no sum confirms is in doubt",
)


def _doubt(reading: TableReading, forms: Sequence[Form], message: Message) -> TableReading:
    """What stands in a row that adds up, as inferred; all else as doubtful."""
    spec = next(form.table(reading.table) for form in forms if form.edition == reading.edition)
    sound = {row.key for block in spec.blocks for row in block.rows if _adds_up(reading, row.key, spec)}
    cells: dict[str, Value] = {}
    for name, value in reading.cells.items():
        if value.value is None:
            cells[name] = value
        elif name.split(".", 1)[1].rpartition(".")[0] in sound:
            cells[name] = inferred(value, "row-sum")
        else:
            cells[name] = doubted(value)
    doubts = tuple(name for name, value in reading.cells.items() if value.value is not None)
    note = Note(code="TABLE-SCATTERED", message=message, cells=doubts)
    return replace(reading, cells=cells, notes=(*reading.notes, note))


def _adds_up(reading: TableReading, key: str, spec: TableSpec) -> bool:
    prefix = f"{spec.key}.{key}."
    equations = [item for item in spec.equations if all(name.startswith(prefix) for name in item.cells)]
    return is_confirmed(reading.cells, equations)
