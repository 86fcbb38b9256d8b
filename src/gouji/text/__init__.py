"""Folding of printed Chinese text, and the numbers, marks and dates in it. Knows nothing of tables or forms."""
