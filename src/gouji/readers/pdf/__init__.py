"""PDF: characters and rules from PDFium, tables by the shared geometry.

``read`` leads: ``integrity`` looks at the bytes, ``engine`` opens them (``second`` where it cannot), ``page`` reads one
page, its ``characters`` (with the ``fonts`` that stand in for absent ones) and ``paths``, upright by ``view``. What the
eye sees counts: ``annotations`` are drawn, ``spelt`` takes off what a text is only said to be, ``edges``, ``clips`` and
``unseen`` what does not show, ``shown`` judges what shows in part; they ask ``objects`` for the order of drawing and
``picture`` for a look at the page. Pages without readable text go through ``doubtful`` to OCR.
"""

from gouji.readers.pdf.read import read_pdf

__all__ = ["read_pdf"]
