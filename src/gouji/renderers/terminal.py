"""A statutory table as it is printed, for a terminal (aligned for wide characters) and for notebooks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

from gouji.forms import Block, Form, TableSpec, editions
from gouji.model.report import ABSENT, Report, State, Value

_MARKS = {
    State.ABSENT: ("·", "· 页面没有这一格 absent"),
    State.AMBIGUOUS: ("?", "? 多种读法 ambiguous"),
    State.UNREADABLE: ("!", "! 不是数字 unreadable"),
    State.INFERRED: ("*", "* 推断 inferred"),
}


class TableView:
    """One statutory table of one report.

    Args:
        report: The report.
        key: ``"disclosure"``, ``"requests"`` or ``"review"``.
        form: Where the labels come from; the built-in form of the table's edition when ``None``.

    Raises:
        KeyError: There is no such table.
    """

    def __init__(self, report: Report, key: str, *, form: Form | None = None) -> None:
        edition = report.editions.get(key) or report.edition
        form = form or editions().get(edition or "") or list(editions().values())[-1]
        self.spec: TableSpec = form.table(key)
        self._cells = report.cells

    @property
    def rows(self) -> tuple[str, ...]:
        """Keys of the rows, in printed order."""
        return tuple(row.key for block in self.spec.blocks for row in block.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Keys of the columns, in printed order."""
        return tuple(dict.fromkeys(column.key for block in self.spec.blocks for column in block.columns))

    @property
    def values(self) -> dict[str, Value]:
        """Canonical id to cell."""
        return {key: self._cells.get(key, ABSENT) for key in self.spec.slots}

    def __getitem__(self, place: tuple[str, str]) -> Value:
        """The cell of a row and a column."""
        row, column = place
        key = f"{self.spec.key}.{row}.{column}"
        if key not in self.spec.slots:
            raise KeyError(key)
        return self._cells.get(key, ABSENT)

    def __repr__(self) -> str:
        lines = [self.spec.title]
        for block in self.spec.blocks:
            lines.extend(align([[shorten(row[0]), *row[1:]] for row in self._printed(block)]))
        used = {cell.state for cell in self.values.values()}
        lines.extend(legend for state, (_, legend) in _MARKS.items() if state in used)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        parts = [f"<table><caption>{escape(self.spec.title)}</caption>"]
        for block in self.spec.blocks:
            for number, row in enumerate(self._printed(block)):
                tag = "td" if number else "th"
                label, *values = (escape(text) for text in row)
                cells = "".join(f'<{tag} style="text-align:right">{value}</{tag}>' for value in values)
                parts.append(f'<tr><th style="text-align:left">{label}</th>{cells}</tr>')
        return "".join((*parts, "</table>"))

    def _printed(self, block: Block) -> Iterator[list[str]]:
        """The header and the rows of a block; an outer label is printed where it changes."""
        yield [block.title or "", *("".join(column.label[-1:]) for column in block.columns)]
        above: Sequence[str] = ()
        for row in block.rows:
            outer = row.label[:-1]
            for depth, label in enumerate(outer):
                if tuple(above[: depth + 1]) != tuple(outer[: depth + 1]):
                    yield ["  " * depth + label, *[""] * len(block.columns)]
            above = row.label
            cells = (self._cells.get(f"{self.spec.key}.{row.key}.{column.key}", ABSENT) for column in block.columns)
            yield ["  " * len(outer) + row.label[-1], *(show(cell) for cell in cells)]


def show(cell: Value) -> str:
    """A cell in a word: its number, what stands there, or the mark of its state.

    >>> show(Value(value=None, state=State.AMBIGUOUS, readings=(1, 12))), show(Value(value=3, state=State.INFERRED))
    ('1|12?', '3*')
    """
    mark = _MARKS.get(cell.state, ("",))[0]
    if cell.value is not None:
        return f"{cell.value}{mark}"
    if cell.readings:
        return "|".join(str(reading) for reading in cell.readings) + mark
    return (cell.raw.strip() + mark) if cell.state in (State.NOT_APPLICABLE, State.UNREADABLE) else mark


def align(rows: Sequence[Sequence[str]]) -> list[str]:
    """Pad the columns to one width: the first to the right, the others to the left.

    >>> align([["", "总计"], ["本年新收", "12"]])
    ['          总计', '本年新收    12']
    """
    widths = [max(width(row[index]) for row in rows) for index in range(max(len(row) for row in rows))]
    return [
        "  ".join(
            text + " " * (widths[index] - width(text)) if index == 0 else " " * (widths[index] - width(text)) + text
            for index, text in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def shorten(text: str, most: int = 48) -> str:
    """Cut a label to a number of columns.

    >>> shorten("申请人逾期未按收费通知要求缴纳费用", 20)
    '申请人逾期未按收费…'
    """
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return text + "…"


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Columns of a terminal that a text takes.

    >>> width("总计"), width("a1"), width("（一）")
    (4, 2, 6)
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char) for char in text)


def render_html(report: Report) -> str:
    """A report for a notebook: what it is, then its tables."""
    head = f"<p><b>{escape(repr(report)[1:-1])}</b></p>"
    tables = "".join(TableView(report, key)._repr_html_() for key in report.editions)
    findings = "".join(f"<li>{escape(finding.message.zh)}</li>" for finding in report.findings)
    return head + (f"<ul>{findings}</ul>" if findings else "") + tables
