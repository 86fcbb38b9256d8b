"""Ruling lines and characters to tables: the geometry that PDF, OFD and scans share.

:func:`build_grids` finds one page's ruled tables; :func:`assemble` makes of all pages of a document its blocks in
reading order: tables put together over page breaks, paragraphs, no headers, footers and page numbers.

A page (``shapes``) goes through ``build``: ``rules`` make nets, or the sides of coloured areas do (``grounds``),
``cells`` and ``words`` fill them; ``struck`` leaves out what a line runs through, ``ink`` doubts what is drawn and no
text. ``assemble`` puts pages together: ``stitch`` tables, ``prose`` paragraphs, ``raised`` and ``spaced`` figures.
Tables without rules are found by ``zones``, their words cut by ``tokens`` and set by ``unruled`` with ``align``,
``across`` and ``labelled``; ``found`` says what of them is in doubt, ``formgrid`` draws them like the form.
"""

from gouji.readers.lattice.assemble import assemble
from gouji.readers.lattice.build import build_grids
from gouji.readers.lattice.shapes import Glyph, PageContent, Rule

__all__ = ["Glyph", "PageContent", "Rule", "assemble", "build_grids"]
