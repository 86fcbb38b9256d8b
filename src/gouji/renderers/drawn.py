"""Tables drawn with aligned columns, rules and boxes, as terminal browsers and pandoc do."""

from __future__ import annotations

from unicodedata import east_asian_width

from gouji.renderers.flattened import flatten
from gouji.renderers.layout import Layout
from gouji.renderers.sheet import Sheet

_BOX = {"top": "┌─┬┐", "middle": "├─┼┤", "bottom": "└─┴┘", "bar": "│"}
_ASCII = {"top": "+-++", "middle": "+-++", "bottom": "+-++", "bar": "|"}


def measure(text: str, *, width: str) -> int:
    """Columns on a terminal (``"wide"``), or characters (``"narrow"``).

    >>> measure("规章 1", width="wide"), measure("规章 1", width="narrow")
    (6, 4)
    """
    return len(text) if width == "narrow" else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def draw_sheet(sheet: Sheet, *, layout: Layout) -> list[str]:
    """One table as lines, its columns aligned."""
    rows = [[_pieces(text, layout=layout) for text in row] for row in flatten(sheet, spans=layout.spans)]
    count = max(map(len, rows))
    if layout.spans != "none" or layout.drawn != "columns":
        rows = [[*row, *[[""]] * (count - len(row))] for row in rows]
    widths = [
        max(
            (measure(piece, width=layout.width) for row in rows if len(row) > column for piece in row[column]),
            default=1,
        )
        for column in range(count)
    ]
    widths = [max(width, 3 if layout.drawn == "markdown" else 1) for width in widths]
    if layout.drawn in ("box", "ascii"):
        return _boxed(rows, widths=widths, layout=layout)
    if layout.drawn == "markdown":
        return _markdown(rows, widths=widths, layout=layout)
    lines = [line for row in rows for line in _columns(row, widths=widths, layout=layout)]
    if layout.drawn == "simple":
        rule = (" " * layout.columns_gap).join("-" * width for width in widths)
        return [rule, *lines, rule]
    return lines


def _pieces(text: str, *, layout: Layout) -> list[str]:
    """The lines of a cell: at its own breaks, and wrapped at the layout's width."""
    parts = text.split("\n") if layout.breaks == "line" else [text.replace("\n", layout.breaks)]
    return [piece for part in parts for piece in _wrap(part, layout=layout)] if layout.wrap else parts


def _wrap(text: str, *, layout: Layout) -> list[str]:
    if text.replace(".", "").replace(",", "").lstrip("+-").isdigit():
        return [text]
    lines = [""]
    for char in text:
        if measure(lines[-1] + char, width=layout.width) > layout.wrap:
            lines.append("")
        lines[-1] += char
    return lines


def _fill(text: str, to: int, *, layout: Layout) -> str:
    free = to - measure(text, width=layout.width)
    left = {"left": 0, "right": free, "center": free // 2}[layout.align]
    return " " * left + text + " " * (free - left)


def _columns(row: list[list[str]], *, widths: list[int], layout: Layout) -> list[str]:
    height = max(map(len, row))
    lines = []
    for level in range(height):
        cells = [
            _fill(pieces[level] if level < len(pieces) else "", width, layout=layout)
            for pieces, width in zip(row, widths, strict=False)
        ]
        lines.append((" " * layout.columns_gap).join(cells).rstrip())
    return lines


def _boxed(rows: list[list[list[str]]], *, widths: list[int], layout: Layout) -> list[str]:
    drawing = _BOX if layout.drawn == "box" else _ASCII
    pad = 0 if layout.drawn == "box" else 1

    def rule(kind: str) -> str:
        left, dash, cross, right = tuple(drawing[kind])
        return left + cross.join(dash * (width + 2 * pad) for width in widths) + right

    bar = drawing["bar"]
    lines = [rule("top")]
    for number, row in enumerate(rows):
        for level in range(max(map(len, row))):
            cells = [
                " " * pad + _fill(pieces[level] if level < len(pieces) else "", width, layout=layout) + " " * pad
                for pieces, width in zip(row, widths, strict=True)
            ]
            lines.append(bar + bar.join(cells) + bar)
        lines.append(rule("bottom" if number == len(rows) - 1 else "middle"))
    return lines


def _markdown(rows: list[list[list[str]]], *, widths: list[int], layout: Layout) -> list[str]:
    def line(row: list[list[str]]) -> str:
        cells = (_fill(" ".join(pieces), width, layout=layout) for pieces, width in zip(row, widths, strict=True))
        return "| " + " | ".join(cells) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    empty = [line([[""]] * len(widths))] if layout.rule == "empty_head" else []
    lines = [line(row) for row in rows]
    return [*empty, rule, *lines] if empty else [lines[0], rule, *lines[1:]]
