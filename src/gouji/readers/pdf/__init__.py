"""PDF: characters and rules from PDFium, tables by the shared geometry."""
