"""Cut lines of text into cell tokens, whatever divides them: pipes, tabs, runs of spaces, single spaces, line ends.

Nothing is interpreted here: a token keeps its text, its place, and what stood around it. Explicit blank cells (the
``||`` between pipes, doubled tabs) are tokens too, because a blank is not a zero and says where its neighbours stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

from gouji.normalizer.dividers import (
    HEADING_BEHIND,
    WIDE_NUMBERS,
    are_labels,
    commas_divide,
    fields_of,
    holds_plain_cells,
    is_one_number,
    is_rule,
    marks_wiki,
    may_be_thousands,
    parts_widely,
    pieces_of,
    prints_thousands_plainly,
    read_pipe_style,
    tabs_between,
    unquoted,
    values_behind,
    wiki_cells,
    with_plain_dividers,
)
from gouji.text.fold import fold
from gouji.text.markup import without_marks, without_spans
from gouji.text.numbers import is_nothing, is_number_like
from gouji.text.width import char_width

RESTORED = -1
"""The ``gap`` of a blank token that was put back by the columns of its neighbours; no character stands for it."""
SEEN = -3
"""The ``gap`` of a blank token under the label of its column, where every other value stands under its own."""
COUNTED = -4
"""The ``gap`` of a blank token for which a run of spaces has room, where that is so in the whole table."""
GLUED = -2
"""The ``gap`` of a token that was cut out of a run of text without anything between its cells."""


class CellKind(IntEnum):
    """What a token looks like on its own."""

    TEXT = 0
    NUMBER = 1
    MARK = 2
    """A mark for 'not applicable': ``/``, ``-``, ``无``."""
    BLANK = 3


TEXT, NUMBER, MARK, BLANK = CellKind
"""Names of their own, for what is asked thousands of times: a look through the class takes ten times as long."""


class CellToken(NamedTuple):
    """One cell as the text shows it.

    Attributes:
        text: Trimmed, otherwise as it stands.
        kind: See :class:`CellKind`.
        line: 0-based line.
        column: 0-based character in the line where the text begins.
        gap: Number of empty lines between this token's line and the last line that had a token.
        nth: Place among the tokens of its line.
    """

    text: str
    kind: CellKind
    line: int
    column: int
    gap: int
    nth: int


_KINDS: dict[str, CellKind] = {"": BLANK}
_KINDS_LIMIT = 20000
_LONGEST_VALUE = 40
_LONGEST_TABLE = 200
_MARKS = re.compile(r"[\\*<_&']")
_DASHES = re.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_CLOSING = re.compile(r"\s*-{5,}\s*")
_REST = re.compile(r"[.,]\d+(?:[.,]\d+)*[^\d\s]{0,2}|[件项个条次笔宗份起例]|人次?|[万亿]?元")
"""What no cell begins with: the rest of a number that was cut at its point, or before its unit."""
_WIDE_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_PARTED_DIGITS = re.compile(r"[\d.,]+(?: [\d.,]+)+")
_SPACE = re.compile(r"[ \u3000\xa0]+")


def kind_of(text: str) -> CellKind:
    """Classify one trimmed token.

    >>> kind_of("1,204").name, kind_of("/").name, kind_of("规章").name, kind_of("").name
    ('NUMBER', 'MARK', 'TEXT', 'BLANK')
    """
    if len(text) > _LONGEST_VALUE and not text.isdigit():
        return TEXT
    kind = _KINDS.get(text)
    if kind is None:
        if len(_KINDS) > _KINDS_LIMIT:
            _KINDS.clear()
            _KINDS[""] = BLANK
        kind = _KINDS[text] = _classify(text)
    return kind


def _classify(text: str) -> CellKind:
    if text.isascii() and text.isdigit():
        return NUMBER
    folded = fold(text)
    if not folded or folded == "+" or is_nothing(folded):  # AsciiDoc ends a line with a plus
        return BLANK
    if _FAR_APART.search(text):
        return TEXT
    if any(char.isdigit() or char in "零〇" for char in folded):
        return NUMBER if is_number_like(text) or _SLASHED.fullmatch(folded) else TEXT
    return MARK if is_number_like(text) else TEXT


_FAR_APART = re.compile(r"\S\s{2,}\S")
_SLASHED = re.compile(r"[+-]?\d+/[+-]?\d+")


def read_cells(lines: Sequence[str], *, is_label: Callable[[str], bool]) -> list[CellToken]:
    """Cut lines into tokens.

    Args:
        lines: Without their line ends.
        is_label: Whether a text is a label of the form; such a text is not cut at its spaces.
    """
    return _Cutter(lines, is_label).run()


class _Cutter:
    """Walks the lines once and keeps what a line leaves open for the next."""

    def __init__(self, lines: Sequence[str], is_label: Callable[[str], bool]) -> None:
        self.lines = with_plain_dividers(lines)
        self.is_label = is_label
        self.style = read_pipe_style(self.lines)
        self.tokens: list[CellToken] = []
        self.gap = 0
        self.open = False
        """The last token stands on a line of its own without the pipe that its style promises."""
        self.wide: bool | None = None
        """Cells are parted by two spaces or more, so one space parts nothing; found out when first asked."""
        self.measure: Callable[[str], int] = char_width
        self.tabs: int | None = None
        """How many tabs part two cells; found out when first asked."""
        self.bounds: tuple[int, ...] = ()
        self.ends: tuple[int, ...] = ()
        """Display columns where cells begin and end, inside a table drawn with dashes (``---- ----``) over them."""
        self.fields = (-1, 0)
        """The line after the last one of comma-separated values, and how many fields that one had."""
        self.thousands = True
        """No number of the text shows that thousands have no comma."""
        self.commas: bool | None = None
        """Commas part the cells of this text; found out when first asked."""
        self.wiki = any("{|" in line for line in lines)
        """MediaWiki's tables: ``{|`` opens one, ``|-`` begins a row, ``|}`` closes it."""
        self.fresh = False
        """A row of such a table has just begun."""

    def run(self) -> list[CellToken]:
        for number, line in enumerate(self.lines):
            if not line or line.isspace():
                self.gap += 1
            elif "|" in line:
                self.cut_pipes(line, number)
            elif "--" in line and is_rule(line):
                self.rule_columns(line, number)
            elif self.bounds:
                self.cut_columns(line, number)
            elif "," not in line or not self.cut_commas(line, number):
                self.cut_bare(line, number)
        return self.tokens

    def add(self, text: str, *, line: int, column: int, index: int) -> None:
        if "]{" in text:
            text = without_spans(text)
        if _MARKS.search(text):
            text = without_marks(text)
        if self.gap == 0 and self.tokens and _REST.fullmatch(text):
            last = self.tokens[-1]
            if last.text[-1:].isdigit() and kind_of(last.text + text) is NUMBER:
                self.tokens[-1] = last._replace(text=last.text + text)
                return
        self.tokens.append(CellToken(text, kind_of(text), line, column, self.gap, index))
        self.gap = 0

    def cut_pipes(self, line: str, number: int) -> None:
        bare = line.strip()
        if (not bare[0].isalnum() and is_rule(line)) or (self.wiki and marks_wiki(line)):
            self.open, self.fresh = False, True
            return
        if self.wiki and bare[0] == "|":
            self.cut_wiki(line, number)
            return
        pieces = line.split("|")
        column = 0
        only_pipes = bare[0] == "|" and not bare.strip("| \u3000\xa0\t")
        opened = self.open and (only_pipes or (not self.gap and self.tokens[-1].kind is TEXT))
        if bare[0] == "|" and (opened or (self.style.leading and not only_pipes)):
            column = len(pieces.pop(0)) + 1
        if bare[-1] == "|" and pieces and (self.style.trailing or only_pipes or self.style.leading):
            del pieces[-1]
        self.open = self.style.trailing and bare[-1] != "|"
        if holds_plain_cells(line):
            self.add_plain(pieces, line=number, column=column)
            return
        nth = 0
        starts = accumulate((len(piece) + 1 for piece in pieces), initial=column)
        parts = [self.parts_of(piece, start) for piece, start in zip(pieces, starts, strict=False)]
        cut = any(len(cells) > 1 for cells in parts)
        for cells in parts:
            if cut and len(cells) == 1 and not cells[0][0]:
                continue
            for part, at in cells:
                self.add(part, line=number, column=at, index=nth)
                nth += 1

    def cut_wiki(self, line: str, number: int) -> None:
        """Cells behind pipes of their own; those before the first text of a row are covered by labels above."""
        for nth, (text, column) in enumerate(wiki_cells(line)):
            if text or not self.fresh:
                self.fresh = False
                self.add(text, line=number, column=column, index=nth)

    def parts_of(self, piece: str, start: int) -> list[tuple[str, int]]:
        """The cells between two pipes: one, unless it is tabs or wide gaps that divide the row.

        Pipes then only frame it, so that what is empty between them is no cell of the row.
        """
        text = piece.strip()
        begin = start + (len(piece) - len(piece.lstrip()))
        rest = HEADING_BEHIND.match(text)
        if rest is not None:
            return [(rest[1], begin), (text[rest.end() :], begin + rest.end())]
        if "\t" in text:
            cells = self.split_tabs(piece, start)
            if self.are_cells(cells):
                return cells
        elif "  " in text:
            cells = pieces_of(text, _WIDE_GAP)
            if WIDE_NUMBERS.search(text) or self.are_cells(cells):
                apart = [(part, at + to) for whole, at in cells for part, to in values_behind(whole, self.is_label)]
                return [(part, begin + at) for part, at in apart]
        return [(text, begin)]

    def are_cells(self, parts: list[tuple[str, int]]) -> bool:
        """Whether numbers stand among the parts of a text, or every one of them is a label."""
        filled = [part for part, _ in parts if part]
        return any(kind_of(part) is NUMBER for part in filled) or all(map(self.is_label, filled))

    def add_plain(self, pieces: Sequence[str], *, line: int, column: int) -> None:
        """Add cells without markup: the usual line, and so the one that must be quick."""
        add, new, gap = self.tokens.append, tuple.__new__, self.gap
        for nth, piece in enumerate(pieces):
            text = piece.strip()
            kind = _KINDS.get(text)
            if kind is None:
                kind = kind_of(text)
            begin = column if text == piece else column + (piece.index(text) if text else len(piece))
            add(new(CellToken, (text, kind, line, begin, gap, nth)))
            column += len(piece) + 1
            gap = 0
        self.gap = gap

    def cut_bare(self, line: str, number: int) -> None:
        if "\t" in line:
            self.cut_tabs(line, number)
            return
        bare = unquoted(line.strip()) if '"' in line else line.strip()
        start = line.index(bare)
        self.open = self.style.trailing
        if " " not in bare and "\u3000" not in bare and "\xa0" not in bare:
            self.add(bare, line=number, column=start, index=0)
            return
        index = 0
        for piece, at in pieces_of(bare, _WIDE_GAP):
            parts = [(piece, 0)] if self.is_whole(piece) else pieces_of(piece, _SPACE)
            for part, offset in parts:
                self.add(part, line=number, column=start + at + offset, index=index)
                index += 1

    def is_whole(self, piece: str) -> bool:
        """Whether a piece between wide gaps is one cell although it holds spaces."""
        space = _SPACE.search(piece)
        if space is None:
            return True
        if len(values_behind(piece, self.is_label)) > 1:
            return False  # a long label leaves its first value one space of room
        if self.is_label(piece) and kind_of(piece[: space.start()]) is not NUMBER:
            return True
        if self.wide is None:
            self.wide = parts_widely(self.lines)
        return self.wide and _PARTED_DIGITS.fullmatch(piece) is not None and is_number_like(fold(piece))

    def cut_commas(self, line: str, number: int) -> bool:
        """Cut a line of comma-separated values: a label, and nothing beside it but labels, values and blanks.

        Values alone only right after such a line; where commas may be thousands, after one with as many values.
        """
        if self.commas is None:
            self.commas = commas_divide(self.lines, self.is_label)
            self.thousands = self.commas and not prints_thousands_plainly(self.lines)
        fields = fields_of(line) if self.commas else []
        if fields and self.thousands and may_be_thousands(line, full=self.fields == (number, len(fields))):
            return False
        texts = [text.replace('""', '"').strip() for text, _ in fields]
        kinds = [kind_of(text) for text in texts]
        words = [text for text, kind in zip(texts, kinds, strict=True) if kind is TEXT]
        goes_on = self.fields[0] == number and (self.fields[1] == len(fields) or not is_one_number(line))
        if len(fields) < 2 or not (words or goes_on) or not are_labels(words, len(fields), self.is_label):
            return False
        self.open, self.fields = False, (number + 1, len(fields))
        for index, (text, (raw, start)) in enumerate(zip(texts, fields, strict=True)):
            begin = line.index(raw, start) + len(raw) - len(raw.lstrip())
            self.tokens.append(CellToken(text, kinds[index], number, begin, self.gap, index))
            self.gap = 0
        return True

    def rule_columns(self, line: str, number: int) -> None:
        """Runs of dashes open a table and the same runs, or one long one, close it."""
        self.open = False
        opened, self.bounds = self.bounds, ()
        after = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        if opened or not _DASHES.fullmatch(line) or _DASHES.fullmatch(after):
            return
        for later in self.lines[number + 1 : number + 1 + _LONGEST_TABLE]:
            if _DASHES.fullmatch(later) or _CLOSING.fullmatch(later):
                self.bounds, self.ends = zip(*(run.span() for run in re.finditer(r"-+", line)), strict=True)
                self.measure = self.find_measure(number)
                return

    def find_measure(self, number: int) -> Callable[[str], int]:
        """Whether the columns under the dashes are those of a terminal or count characters."""
        crossings: dict[Callable[[str], int], int] = {char_width: 0, len: 0}
        for line in self.lines[number + 1 : number + 1 + _LONGEST_TABLE]:
            if _CLOSING.fullmatch(line) or _DASHES.fullmatch(line):
                break
            for measure in crossings:
                column = 0
                before = " "
                for char in line:
                    width = measure(char)
                    met = column in self.bounds and not before.isspace() and not char.isspace()
                    crossings[measure] += met or (width > 1 and column + 1 in self.bounds)
                    column += width
                    before = char
        return min(crossings, key=crossings.__getitem__)

    def cut_columns(self, line: str, number: int) -> None:
        """Cut a line at the display columns of its table; a column with nothing in it is a blank cell."""
        parts: list[list[str]] = [[] for _ in self.bounds]
        starts = [len(line)] * len(self.bounds)
        column = slot = 0
        torn = False
        for place, char in enumerate(line):
            while slot + 1 < len(self.bounds) and column >= self.bounds[slot + 1]:
                slot += 1
                torn = torn or not (char.isspace() or line[place - 1].isspace())
            torn = torn or (column >= self.ends[slot] and char.isdigit())  # it has slipped between two columns
            if not parts[slot]:
                starts[slot] = place
            parts[slot].append(char)
            column += self.measure(char)
        texts = ["".join(part) for part in parts]
        if torn or any(_WIDE_GAP.search(text.strip()) for text in texts):
            self.cut_bare(line, number)
            return
        for nth, (text, start) in enumerate(zip(texts, starts, strict=True)):
            self.add(text.strip(), line=number, column=start + len(text) - len(text.lstrip()), index=nth)

    def cut_tabs(self, line: str, number: int) -> None:
        self.open = False
        for index, (piece, column) in enumerate(self.split_tabs(line, 0)):
            self.add(piece, line=number, column=column, index=index)

    def split_tabs(self, text: str, column: int) -> list[tuple[str, int]]:
        """The cells that tabs part, and where each begins."""
        if self.tabs is None:
            self.tabs = tabs_between(self.lines)
        cells = []
        for piece in text.split("\t" * self.tabs):
            bare = unquoted(piece.strip())
            cells.append((bare, column + (piece.index(bare) if bare else len(piece))))
            column += len(piece) + self.tabs
        return cells
