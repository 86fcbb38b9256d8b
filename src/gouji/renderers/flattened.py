"""Tables as lines of cells, or lines of one cell, divided by pipes, spaces, tabs or nothing."""

from __future__ import annotations

from gouji.renderers.layout import Layout
from gouji.renderers.sheet import Box, Sheet


def flatten(sheet: Sheet, *, spans: str) -> list[list[str]]:
    r"""The texts of every row, with what the spans leave; line breaks inside a text stay ``\n``."""
    if spans == "none":
        return [[box.text for box in line] for line in sheet.lines()]
    if spans == "row":
        return [[text for box in line for text in (box.text, *[""] * (box.colspan - 1))] for line in sheet.lines()]
    return [
        [_spanned(box, row=row, column=column, repeat=spans == "repeat") for column, box in enumerate(places)]
        for row, places in enumerate(sheet.covered())
    ]


def _spanned(box: Box | None, *, row: int, column: int, repeat: bool) -> str:
    if box is None or not (repeat or (box.row, box.column) == (row, column)):
        return ""
    return box.text


def row_lines(sheet: Sheet, *, layout: Layout) -> list[str]:
    """A row a line."""
    rows = flatten(sheet, spans=layout.spans)
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [_cell(text, layout=layout) for text in row]
        if layout.halves and number < sheet.head and sheet.table == "review":
            lines.extend(_halves(cells))
            continue
        if layout.rule and number == (layout.rule == "line"):
            lines.extend(_rule(sheet, width=len(rows[0]), layout=layout))
        pads = sheet.columns - len(row) if layout.pads else 0
        end = layout.trail + (" " + "|" * pads if pads > 0 else "")
        if layout.last_row == "strip" and number == len(rows) - 1:
            end = ""
        if layout.blank == "pads":
            lines.append(_run_pads(cells, pads=pads, bare=not end))
        else:
            lines.append(layout.lead + layout.divider.join(cells) + end)
        lines.extend([""] * (layout.row_gap if number < len(rows) - 1 else 0))
    return lines


def _run_pads(cells: list[str], *, pads: int, bare: bool) -> str:
    """An empty cell is a pipe, and pipes without a text between them run together.

    >>> _run_pads(["规章", "", "6", ""], pads=2, bare=False)
    '规章 | | 6 | |||'
    """
    pieces: list[str] = []
    run = ""
    for cell in [*cells, *[""] * pads]:
        if not cell:
            run += "|"
            continue
        pieces.extend([run, f"{cell} |"] if run else [f"{cell} |"])
        run = ""
    return " ".join([*pieces, run] if run and not bare else pieces)


def _cell(text: str, *, layout: Layout) -> str:
    text = text.replace("\n", " " if layout.breaks == "line" else layout.breaks)
    if not text and layout.blank == "space":
        return " "
    return f"{' ' * layout.cell_pad}{text}" if text.isdigit() else text


def _halves(cells: list[str]) -> list[str]:
    """Narrow columns of a PDF: the first two characters of each label above, the rest below."""
    if not any(len(cell) == 4 for cell in cells):
        return [" ".join(cells)]
    firsts = [cell[: (len(cell) + 1) // 2] for cell in cells]
    seconds = [cell[(len(cell) + 1) // 2 :] for cell in cells]
    return [" ".join(firsts), " ".join(seconds)]


def _rule(sheet: Sheet, *, width: int, layout: Layout) -> list[str]:
    if layout.rule == "line":
        bar = layout.divider.strip() or "|"
        return [f"{layout.lead}{bar.join(['---'] * width)}{layout.trail}"]
    columns = sheet.columns
    return ["|" + "  |" * columns, "|" + " --- |" * columns]


def cell_lines(sheet: Sheet, *, layout: Layout) -> list[str]:
    """A cell a line."""
    lines: list[str] = []
    rows = flatten(sheet, spans=layout.spans)
    for number, row in enumerate(rows):
        pads = sheet.columns - len(row) if layout.pads else 0
        bare = layout.last_row == "strip" and number == len(rows) - 1
        block: list[str] = []
        for index, text in enumerate(row):
            last = index == len(row) - 1
            block.extend(_one_cell(text, last=last, pads=0 if bare else pads, bare=bare and last, layout=layout))
        if lines and layout.gap and not (block and layout.blank == "line" and not block[0]):
            lines.extend([""] * layout.gap)
        lines.extend(_spread(block, layout=layout))
        lines.extend([""] * (layout.row_gap if number < len(rows) - 1 else 0))
    return lines


def _one_cell(text: str, *, last: bool, pads: int, bare: bool, layout: Layout) -> list[str]:
    """The lines of one cell, and after the last one of a row the pads."""
    if not text and layout.pipe == "none":
        return {"drop": [], "space": [" "]}.get(layout.blank, [""])
    if not text and layout.blank == "drop":
        return []
    pieces = text.split("\n") if layout.breaks == "line" else [text.replace("\n", layout.breaks)]
    if layout.pipe == "none":
        return pieces
    if layout.pipe == "before":
        pieces[0] = f"| {pieces[0]}".rstrip()
        return pieces
    tail = "|" * pads if last and pads else ""
    if bare:
        return pieces
    if layout.pipe == "own":
        return [*[piece for piece in pieces if piece], "|", *([tail] if tail else [])]
    pieces[-1] = f"{pieces[-1]} |".strip()
    if tail and layout.pads_own_line:
        return [*pieces, tail]
    if tail:
        pieces[-1] += f" {tail}"
    return pieces


def _spread(block: list[str], *, layout: Layout) -> list[str]:
    """With the empty lines between cells; a blank kept as a line stands for one of them more."""
    if not layout.gap:
        return block
    lines: list[str] = []
    for index, line in enumerate(block):
        if layout.blank == "line" and not line:
            lines.append("")
            continue
        if index and lines:
            lines.extend([""] * layout.gap)
        lines.append(line)
    return lines
