"""Random authors and extractors: one place that says which options may meet, for Hypothesis and for the long runs."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from gouji.forms.aliases import aliases
from gouji.renderers.docx import DocxStyle
from gouji.renderers.html import STYLES, HtmlStyle
from gouji.renderers.layout import LAYOUTS, Layout
from gouji.renderers.look import Look
from gouji.renderers.pdf import PdfStyle

T = TypeVar("T")
Choose = Callable[[Sequence[Any]], Any]
"""Picks one of several: ``rng.choice``, or a Hypothesis draw."""


def any_look(choose: Choose) -> Look:
    """An author's ways; most of them write as the form is printed."""
    return Look(
        numerals=choose(("all", "all", "all", "half")),
        narrow=choose((False, True)),
        repeat_labels=choose((False, False, False, True)),
        wide_total=choose((False, False, False, True)),
        trailing_column=choose((False, False, False, True)),
        split=choose(("whole", "whole", "whole", "article", "two", "two_headed")),
        thousands=choose((False, False, False, True)),
        money=choose(("plain", "plain", "yuan", "unit")),
        change=choose(("plain", "plus", "words")),
        units=choose((False, False, False, True)),
        break_headers=choose((0, 0, 0, 2, 4)),
        break_labels=choose((0, 0, 0, 12)),
        spaced=choose((False, False, True)),
        extra_row=choose((False, False, False, False, True)),
        rewords=any_wording(choose),
    )


def any_wording(choose: Choose) -> tuple[tuple[str, str], ...]:
    """Now and then a label in one of its known other spellings."""
    if choose((True, True, True, False)):
        return ()
    picked = (choose(aliases()), choose(aliases()))
    return tuple((alias.means, choose(alias.labels)) for alias in picked if alias.axis in ("row", "column", "title"))


def any_layout(choose: Choose) -> Layout:
    """What a real extractor does, or that with options of others."""
    layout: Layout = LAYOUTS[choose(sorted(LAYOUTS))]
    if choose((True, False)):
        return layout
    common: dict[str, Any] = {
        "paragraph_gap": choose((0, 1, 2)),
        "narrow": choose((layout.narrow, not layout.narrow)),
        "navigation": choose((False, False, True)),
        "indent": choose((0, 0, 2, 4)),
        "breaks": choose(("", " ", "line")),
        "exact": False,
    }
    if layout.drawn:
        return replace(
            layout,
            **common,
            spans=choose((layout.spans, "none", "grid", "repeat")),
            align=choose(("left", "right", "center")),
            width=choose(("wide", "wide", "narrow")),
            wrap=choose((0, 0, 8, 16)),
            columns_gap=choose((1, 2, 3)),
        )
    if layout.line == "cell":
        return replace(
            layout,
            **common,
            pipe=choose(("after", "own", "before", "none")),
            pads=choose((True, False)),
            pads_own_line=choose((True, False)),
            gap=choose((0, 1, 2)),
            row_gap=choose((0, 0, 1, 2)),
            blank=choose(("keep", "line", "space", "drop")),
            last_row=choose(("keep", "strip")),
        )
    return replace(
        layout,
        **common,
        divider=choose((" | ", "| ", "|", "\t", "  ", " ", "｜", " │ ")),
        lead=choose(("", "| ", "|")),
        trail=choose(("", " |", "|", " | ")),
        spans=choose(("none", "row", "grid", "repeat")),
        pads=choose((True, False)),
        blank=choose(("keep", "keep", "space", "pads")),
        last_row=choose(("keep", "strip")),
        row_gap=choose((0, 0, 1)),
    )


def any_style(choose: Choose) -> HtmlStyle:
    """How a page is marked up: a known style, or the options mixed."""
    if choose((True, False)):
        style: HtmlStyle = STYLES[choose(sorted(STYLES))]
        return style
    return HtmlStyle(
        look=any_look(choose),
        soup=choose((False, False, True)),
        blank=choose(("", "&nbsp;", "<br>", "<p>&nbsp;</p>", "　", "<span></span>")),
        headers=choose(("td", "th")),
        tables=choose(("table", "table", "table", "div")),
        wrapper=choose(("article", "table", "nested")),
        centred=choose((False, True)),
        hidden=choose((False, False, True)),
        unclosed=choose((False, False, True)),
        meta=choose((False, True)),
        breaks=choose((False, False, True)),
        traditional=choose((False, False, False, True)),
        charset=choose(("utf-8", "gb2312", None)),
    )


def any_docx(choose: Choose) -> DocxStyle:
    """A Word document."""
    return DocxStyle(look=any_look(choose), runs=choose((False, True)), nested=choose((False, False, True)))


def any_pdf(choose: Choose) -> PdfStyle:
    """Printed pages."""
    return PdfStyle(
        look=any_look(choose),
        ruled=choose((True, True, True, False)),
        landscape=choose((False, True)),
        size=choose((6.0, 7.0, 9.0)),
    )


def damage(text: str, rng: random.Random, *, layout: Layout) -> str:
    """Lose lines as careless copying does; no line is cut within.

    The end or the beginning may be missing anywhere. Lines in between are lost only where a line is a row: nobody could
    see that a cell, or the rule between two rows, is gone. (Whole rows are missing in reports with ``Wish.absent``.)
    """
    lines = text.split("\n")
    if len(lines) < 10:
        return text
    rows = layout.line == "row" and not layout.drawn
    kind = rng.choice(("none", "none", "none", "cut", "begin", *(("line", "lines") if rows else ("none", "none"))))
    at = rng.randrange(1, len(lines))
    if kind == "cut":
        lines = lines[:at]
    elif kind == "begin":
        lines = lines[at:]
    elif kind == "line":
        del lines[at]
    elif kind == "lines":
        del lines[at : at + rng.randint(2, 12)]
    return "\n".join(lines)
