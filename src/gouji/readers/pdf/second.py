"""The second opinion: pdfplumber, where PDFium cannot open a file or finds nothing in it."""

from __future__ import annotations

import io
import logging
from typing import Any

from gouji.readers.lattice.shapes import Glyph, PageContent, Rule


def read_second(data: bytes) -> list[PageContent]:
    """The pages as pdfplumber sees them; none when it cannot open the file either."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains of what it then copes with
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return [_content(page) for page in document.pages]
    except Exception:  # noqa: BLE001 - pdfminer raises whatever it stumbles over in a damaged file
        return []


def _content(page: Any) -> PageContent:
    glyphs = [
        Glyph(char["text"], char["x0"], char["x1"], _baseline(char, page), max(char["bottom"] - char["top"], 1.0))
        for char in page.chars
        if char["text"].strip()
    ]
    edges = [
        (edge["orientation"], edge["x0"], edge["top"], edge["x1"], edge["bottom"])
        for edge in page.edges
        if edge["orientation"] in {"h", "v"}
    ]
    return PageContent(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        glyphs=glyphs,
        horizontal=[Rule((top + bottom) / 2, x0, x1) for way, x0, top, x1, bottom in edges if way == "h"],
        vertical=[Rule((x0 + x1) / 2, top, bottom) for way, x0, top, x1, bottom in edges if way == "v"],
    )


def _baseline(char: dict[str, Any], page: Any) -> float:
    """From the text matrix for upright text; else the bottom of its box."""
    matrix = char.get("matrix")
    if char.get("upright") and matrix and not page.rotation:
        return float(page.bbox[3] - matrix[5]) if page.bbox[1] == 0 else float(char["bottom"])
    return float(char["bottom"])
