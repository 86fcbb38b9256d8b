"""A page of a PDF with what was read from it: for users who doubt, and for developers who look for the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gouji.errors import ReadError
from gouji.model.report import State, Value

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Box = tuple[float, float, float, float]
_RULE, _CELL, _VALUE, _DOUBT = (220, 30, 30), (40, 90, 220), (0, 110, 40), (215, 110, 0)
_DOUBTFUL = frozenset({State.AMBIGUOUS, State.UNREADABLE, State.INFERRED})
_TYPE = 4.2
"""Size of the ids, in points."""


def draw_page(data: bytes, *, path: str, page: int, scale: float = 3.0) -> tuple[Image, int]:
    """The page as a picture, and the number of values on it.

    Raises:
        ReadError: The file cannot be read, is no PDF (``READ-FORMAT``), or has no such page (``READ-PAGE``).
    """
    from PIL import Image, ImageDraw

    from gouji.pipeline import parse_bytes
    from gouji.readers import read
    from gouji.readers.pdf.picture import render_page

    document = read(data, path=path)
    if document.source.media_type != "application/pdf" or b"%PDF" not in data[:8192]:
        raise ReadError("only the pages of a PDF can be drawn", code="READ-FORMAT", where=path)
    wide, high, pixels = render_page(data, page, scale=scale)
    picture = Image.frombytes("RGB", (wide, high), pixels)
    brush = ImageDraw.Draw(picture)
    for grid in document.grids:
        for cell in grid.cells:
            if cell.where.page == page and cell.where.bbox:
                brush.rectangle([edge * scale for edge in cell.where.bbox], outline=_CELL, width=round(scale))
    for box in find_rules(data, page):
        brush.line([edge * scale for edge in box], fill=_RULE, width=1)
    report = parse_bytes(data, path=path, check=False)
    return picture, label_values(brush, report.cells, page=page, scale=scale)


def find_rules(data: bytes, page: int) -> list[Box]:
    """The ruling lines of a page as it is displayed, each as a box without thickness."""
    from gouji.readers.lattice.shapes import turn_box
    from gouji.readers.pdf.engine import open_document
    from gouji.readers.pdf.page import PageReader

    with open_document(data) as document:
        content = PageReader(document).read(page).content
    boxes = [(rule.start, rule.at, rule.end, rule.at) for rule in content.horizontal]
    boxes += [(rule.at, rule.start, rule.at, rule.end) for rule in content.vertical]
    turned = (turn_box(box, content) for box in boxes)
    return [(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) for x0, y0, x1, y1 in turned]


def label_values(brush: ImageDraw, cells: Mapping[str, Value], *, page: int, scale: float) -> int:
    """Write the id of every value of a page into its cell; the number of them."""
    from PIL import ImageFont

    font = ImageFont.load_default(size=_TYPE * scale)
    count = 0
    for key, value in cells.items():
        if value.where is None or value.where.page != page or value.where.bbox is None:
            continue
        count += 1
        x0, top, x1, _ = (edge * scale for edge in value.where.bbox)
        colour = _DOUBT if value.state in _DOUBTFUL else _VALUE
        lines = wrap_id(key, room=max(int((x1 - x0) / (0.52 * _TYPE * scale)), 6))
        brush.multiline_text((x0 + 2, top + 1), "\n".join(lines), fill=colour, font=font, spacing=0)
    return count


def wrap_id(key: str, *, room: int) -> list[str]:
    """A canonical id in lines of at most ``room`` characters, broken after its dots and underscores.

    >>> wrap_id("requests.refused.state_secret.total", room=14)
    ['requests.', 'refused.state_', 'secret.total']
    """
    parts = key.replace(".", ".\0").replace("_", "_\0").split("\0")
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + len(part) > room:
            lines.append("")
        lines[-1] += part
    return lines
