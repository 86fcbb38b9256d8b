"""Tables cut at the columns of their dashes: what is empty there is a blank of its own."""

from gouji.normalizer.aligned import restore_blanks
from gouji.normalizer.cells import BLANK, read_cells

LINES = [
    "  ------  ----  ----  ----  ----",
    "  label     a     b     c     d",
    "  first     1     2",
    "  second    1     2     3     4",
    "  third           2     3     4",
    "  ------  ----  ----  ----  ----",
]


def test_every_column_of_a_row_has_its_token() -> None:
    tokens = read_cells(LINES, is_label=lambda _: False)
    first = [token for token in tokens if token.line == 2]
    assert [token.text for token in first] == ["first", "1", "2", "", ""]
    assert [token.column for token in first if token.kind is BLANK] == [len(LINES[2])] * 2
    assert restore_blanks(tokens, LINES) == tokens
