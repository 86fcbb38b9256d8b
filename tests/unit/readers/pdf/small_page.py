"""A small page with a table, and drawings on it."""

import io
from collections.abc import Callable
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from gouji.model.raw import Grid, RawDocument

LEFT, LOW, WIDE, HIGH = 100, 400, 60, 20
Draw = Callable[[Canvas], None]


def page(*drawings: Draw, dark: bool = False) -> bytes:
    """A page with a table of 3 x 2 cells; the first two of its rows hold 11 to 14, the last one is blank."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600), invariant=1, pageCompression=0)
    for row in range(3):
        for column in range(2):
            canvas.setFillGray(0.1)
            canvas.rect(LEFT + WIDE * column, LOW - HIGH * row, WIDE, HIGH, fill=int(dark))
    canvas.setFillGray(1 if dark else 0)
    for row in range(2):
        for column in range(2):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(*place(row, column), f"1{1 + 2 * row + column}")
    for drawing in drawings:
        canvas.saveState()
        canvas.setFont("Helvetica", 9)
        drawing(canvas)
        canvas.restoreState()
    canvas.save()
    return buffer.getvalue()


def place(row: int, column: int, *, behind: float = 0) -> tuple[float, float]:
    """Where the text of a cell stands; ``behind`` its two digits."""
    return LEFT + WIDE * column + 20 + behind, LOW - HIGH * row + 7


def text(
    words: str, row: int = 0, column: int = 0, *, behind: float = 10.01, mode: Literal[3, 7] | None = None
) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(*place(row, column, behind=behind), words, mode=mode)

    return draw


def with_state(drawing: Draw, *, grey: float | None = None, alpha: float | None = None) -> Draw:
    def draw(canvas: Canvas) -> None:
        if grey is not None:
            canvas.setFillGray(grey)
        if alpha is not None:
            canvas.setFillAlpha(alpha)
        drawing(canvas)

    return draw


def cells(document: RawDocument) -> list[str]:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return [cell.text for cell in grid.cells]


def codes(document: RawDocument) -> list[str]:
    return [note.code for note in document.notes]


VISIBLE = ["11", "12", "13", "14", "", ""]
