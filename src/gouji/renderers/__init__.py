"""Report back to a document, in every layout seen in the wild: for tests, for teaching, for showing a mended draft."""
