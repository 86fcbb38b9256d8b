"""Ruling lines and characters to tables: the geometry that PDF, OFD and scans share.

:func:`build_grids` finds one page's ruled tables; :func:`assemble` makes of all pages of a document its blocks in
reading order: tables put together over page breaks, paragraphs, no headers, footers and page numbers.
"""

from gouji.readers.lattice.assemble import assemble
from gouji.readers.lattice.build import build_grids
from gouji.readers.lattice.shapes import Glyph, PageContent, Rule

__all__ = ["Glyph", "PageContent", "Rule", "assemble", "build_grids"]
