"""Ruling lines and characters to tables: the geometry that PDF, OFD and scans share.

:func:`build_grids` for one page's ruled tables.
"""

from gouji.readers.lattice.build import build_grids
from gouji.readers.lattice.shapes import Glyph, PageContent, Rule

__all__ = ["Glyph", "PageContent", "Rule", "build_grids"]
