"""Which part of a document is which: the sections by their meaning."""
