"""PDF: characters and rules from PDFium, tables by the shared geometry."""

from gouji.readers.pdf.read import read_pdf

__all__ = ["read_pdf"]
