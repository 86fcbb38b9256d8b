"""How text extractors flatten a table: one frozen set of options for every family of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Options that combine freely; see :data:`LAYOUTS` for what real extractors do.

    Attributes:
        family: Letter of the catalogue (A-K), or what draws it.
        line: What stands on a line: ``"row"``, ``"cell"``, or ``"page"`` (the whole report).
        drawn: For rows: ``""`` divides cells by ``divider``; ``"columns"`` aligns them; ``"box"``, ``"ascii"`` and
            ``"simple"`` draw rules; ``"markdown"`` pads between pipes.
        spans: What a span leaves: ``"none"`` nothing, ``"row"`` empty cells for the columns it spans, ``"grid"`` empty
            cells everywhere, ``"repeat"`` its text everywhere.
        divider: Between the cells of a row.
        lead: Before the first cell of a row; for cells on lines of their own, before each but the first.
        trail: After the last cell of a row.
        pads: Pipes at the end of a row up to the width of the table.
        pads_own_line: They stand on a line of their own.
        last_row: ``"keep"``, or ``"strip"``: the table's last row loses what follows its last cell.
        pipe: For cells on lines: ``"after"`` (``0 |``), ``"own"`` (a line ``|``), ``"before"`` or ``"none"``.
        gap: Empty lines between cells on lines.
        row_gap: Empty lines between rows.
        blank: A blank cell: ``"keep"`` (as an empty cell), ``"drop"``, in rows ``"pads"`` (a pipe that runs together
            with those at the end), on lines ``"line"`` (one empty line more) and ``"space"`` (a line of one space).
        breaks: What a line break inside a label becomes: ``""``, ``" "`` or ``"line"``.
        rule: A Markdown rule below the first row; ``"empty_head"`` puts an empty head row above it.
        width: ``"wide"`` counts East-Asian characters twice when aligning, ``"narrow"`` once.
        align: ``"left"``, ``"right"`` or ``"center"``.
        wrap: Longest line within a drawn cell; 0 does not wrap.
        columns_gap: Spaces between aligned columns.
        cell_pad: Spaces around values in rows.
        repeats_dropped: Lines that occurred before are gone.
        paragraph_gap: Empty lines between paragraphs.
        indent: Spaces before every line.
        narrow: Half-width punctuation in labels and prose.
        traditional: In traditional characters; ``regional`` with the words of Taiwan.
        headings: Before a heading, e.g. ``"## "``; ``"inline"`` runs headings into one line with their prose.
        halves: Header labels of two and more characters in two lines of halves, as PDF text has them.
        wrapper: Pipes of a page-wide table after every paragraph.
        navigation: Lines of the site before the report.
        exact: Nothing is lost: the same report must come back, cell for cell.
    """

    family: str = "A"
    line: str = "row"
    drawn: str = ""
    spans: str = "none"
    divider: str = " | "
    lead: str = ""
    trail: str = ""
    pads: bool = False
    pads_own_line: bool = False
    last_row: str = "keep"
    pipe: str = "after"
    gap: int = 0
    row_gap: int = 0
    blank: str = "keep"
    breaks: str = ""
    rule: str = ""
    width: str = "wide"
    align: str = "left"
    wrap: int = 0
    columns_gap: int = 2
    cell_pad: int = 0
    repeats_dropped: bool = False
    paragraph_gap: int = 0
    indent: int = 0
    narrow: bool = False
    traditional: bool = False
    regional: bool = False
    headings: str = ""
    halves: bool = False
    wrapper: int = 0
    navigation: bool = False
    exact: bool = True


_A = Layout(family="A", trail=" |", pads=True)
_LINES = Layout(line="cell", last_row="strip")

LAYOUTS: Mapping[str, Layout] = {
    # A. row per line, pads kept
    "seed": replace(_A, narrow=True),
    "seed_stripped": replace(_A, narrow=True, last_row="strip"),
    "seed_navigation": replace(_A, navigation=True, paragraph_gap=1),
    "leading_pipe": replace(_A, lead="| "),
    "trafilatura": replace(_A, lead="| ", trail=" | ", pads=False, spans="grid"),
    "markdownify": replace(
        _A, lead="| ", trail=" |", pads=False, spans="row", rule="empty_head", paragraph_gap=1, headings="## "
    ),
    "repeated_cells": replace(_A, lead="| ", pads=False, spans="repeat"),
    "space_padded": replace(_A, lead="| ", cell_pad=7),
    "blanks_as_pads": replace(_A, blank="pads"),
    "blanks_as_pads_stripped": replace(_A, blank="pads", last_row="strip", narrow=True),
    "indented": replace(_A, indent=4, paragraph_gap=1),
    "grid_bare": replace(_A, trail="", pads=False, spans="grid"),
    # B. row per line, pads dropped
    "pads_dropped": Layout(family="B", trail=" |", exact=False),
    "html2text": Layout(family="B", divider="| ", rule="line", paragraph_gap=1),
    "bare_pipes": Layout(family="B", divider="|"),
    "tabs": Layout(family="B", divider="\t"),
    "tabs_grid": Layout(family="B", divider="\t", spans="grid"),
    "commas": Layout(family="B", divider=",", spans="grid", narrow=False),
    # C-F. a cell a line, with pipes
    "seed_lines": replace(_LINES, family="D", pads=True, pads_own_line=True, narrow=True),
    "cell_lines": replace(_LINES, family="C", pads=True),
    "pipe_lines": replace(_LINES, family="E", pipe="own", pads=True, pads_own_line=True),
    "pipe_lines_bare": replace(_LINES, family="F", pipe="own"),
    "pipe_before": replace(_LINES, family="F", pipe="before"),
    # G, H. a cell a line, without pipes
    "empty_lines": replace(_LINES, family="G", pipe="none", gap=1, paragraph_gap=1),
    "empty_lines_blank_line": replace(_LINES, family="G", pipe="none", gap=1, paragraph_gap=1, blank="line"),
    "empty_lines_space": replace(_LINES, family="G", pipe="none", gap=1, paragraph_gap=1, blank="space"),
    "empty_lines_dropped": replace(_LINES, family="G", pipe="none", gap=1, paragraph_gap=1, blank="drop", exact=False),
    "plain_lines": replace(_LINES, family="H", pipe="none"),
    "plain_lines_dropped": replace(_LINES, family="H", pipe="none", blank="drop", exact=False),
    "repeats_dropped": replace(_LINES, family="H", pipe="none", blank="drop", repeats_dropped=True, exact=False),
    # I. cells divided by a space
    "spaces": Layout(family="I", divider=" ", exact=False),
    "pdf_text": Layout(family="I", divider=" ", halves=True, exact=False),
    "double_spaces": Layout(family="I", divider="  ", exact=False),
    # J. run together
    "run_together": Layout(family="J", divider="", exact=False),
    "one_line": Layout(family="J", line="page", divider="", exact=False),
    "one_line_spaces": Layout(family="J", line="page", divider=" ", exact=False),
    # K. page-wide wrapper
    "page_wrapper": replace(_A, family="K", wrapper=340, headings="inline"),
    # drawn tables
    "inscriptis": Layout(
        family="aligned", drawn="columns", width="narrow", indent=2, paragraph_gap=1, columns_gap=2, exact=False
    ),
    "lynx": Layout(family="aligned", drawn="columns", indent=3, paragraph_gap=1, columns_gap=1, exact=False),
    "columns_grid": Layout(family="aligned", drawn="columns", spans="grid", paragraph_gap=1),
    "columns_right": Layout(family="aligned", drawn="columns", spans="grid", align="right", paragraph_gap=1),
    "w3m": Layout(family="box", drawn="box", spans="grid", paragraph_gap=1),
    "w3m_wrapped": Layout(family="box", drawn="box", spans="grid", paragraph_gap=1, wrap=12),
    "pandoc_grid": Layout(family="box", drawn="ascii", spans="grid", paragraph_gap=1, wrap=20),
    "pandoc_simple": Layout(family="aligned", drawn="simple", spans="grid", paragraph_gap=1),
    "gfm": Layout(family="markdown", drawn="markdown", spans="grid", rule="empty_head", paragraph_gap=1),
    "gfm_head": Layout(family="markdown", drawn="markdown", spans="grid", rule="line", paragraph_gap=1),
    # characters
    "traditional": replace(_A, traditional=True),
    "regional": replace(_A, traditional=True, regional=True),
    "plain_lines_traditional": replace(_LINES, family="H", pipe="none", gap=1, traditional=True),
    # broken labels (with Look.break_headers)
    "broken_by_space": replace(_A, breaks=" "),
    "broken_over_lines": replace(_LINES, family="G", pipe="none", gap=1, paragraph_gap=1, breaks="line"),
    "broken_pipe_lines": replace(_LINES, family="C", pads=True, breaks="line"),
}
"""What real extractors do, by name."""
