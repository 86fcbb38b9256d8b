"""What parts the cells of a text, learned from all its lines: how pipes frame rows, how many tabs part cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.text.width import text_width

_LONGEST_ROW = 400
HEADING_BEHIND = re.compile(r"([\d,.]+) (?=\*\*|#)")
"""A value and, in its cell, the heading of the next section: html2text draws them together."""
WIDE_NUMBERS = re.compile(r" {2}(?:[\d.,]+|/)(?= {2}|$)")
_SINGLE_NUMBERS = re.compile(r"(?<! ) (?:[\d.,]+|/)(?= [^ ]|$)")


_BARS = dict.fromkeys(map(ord, "│┃║｜"), "|")
_OTHER_BARS = re.compile("[│┃║｜]")


_BREAK = re.compile(r"[。；]\\{1,2}[ |]*$|\d\\{1,2} *\|")
_END = re.compile(r"\\{1,2}(?=\s*(?:\||$))")
_WIKI_MARK = re.compile(r"\s*(?:\{\|.*|\|\}|\|-+.*)\s*")
_WIKI_CELL = re.compile(r"\|\|?(?:[^|=]*=[^|]*\|(?!\|))?([^|]*)")
_BEFORE_TABS = re.compile(r"[^\t]*\t ?")
_WIKI = re.compile(r"\s*(?:\{\||\|[-}+])")
_LEAST_LINES = 3
_LEAST_FRAMED = 30
_FRAMED = 0.4
_LEAST_ENDED = 10
_ENDED = 0.9
"""Share of the lines with a tab that end, or begin, with it, where a tab ends each cell."""


def with_plain_dividers(lines: Sequence[str]) -> Sequence[str]:
    """The lines with one pipe for every upright stroke, every pair of pipes, and every tab that ends a cell's line.

    Places stay what they were: a second pipe becomes a space. So does a backslash that ends a line of a cell, where
    such end lines of prose, too (pandoc): it stands for a line break, also alone in a cell.
    """
    if any(map(_BREAK.search, lines)):
        lines = [_END.sub(lambda end: " " * len(end[0]), line) if "\\" in line else line for line in lines]
    if any(map(_OTHER_BARS.search, lines)):
        lines = [line.translate(_BARS) for line in lines]
    lines = _without_frame(lines)
    if _pairs_divide(lines):
        lines = [line.replace("||", "| ") for line in lines]
    tabbed = [line for line in lines if "\t" in line and not line.isspace()]
    if len(tabbed) >= _LEAST_ENDED:
        if sum(map(_is_ended, tabbed)) > _ENDED * len(tabbed):
            return [line.replace("\t", "|") if _is_ended(line) else line for line in lines]
        if sum(line[0] == "\t" for line in tabbed) > _ENDED * len(tabbed):  # it ends the cell before, a paragraph
            if sum(line[:1] == "\t" and line.isspace() for line in lines) >= _LEAST_LINES:
                return [_led_by_pipe(line) if line[:1] == "\t" else line for line in lines]  # and shows blank ones
            return [" " + line[1:] if line[:1] == "\t" else line for line in lines]
    return lines


def _led_by_pipe(line: str) -> str:
    """A line with one pipe for the tabs that it begins with."""
    text = line.lstrip("\t")
    return "|" + " " * (len(line) - len(text) - 1) + text


def _without_frame(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a page whose layout table stands around them, a cell's text a line, without its bars.

    Most lines then have as many bars, and nothing but blanks beside one cell; if that is the first, the blanks may be
    those of rows, unless all lines have one width as those of a drawing have.
    """
    if len(lines) < _LEAST_FRAMED:
        return lines
    framed = [line for line in map(str.strip, lines) if line[:2] == "| " and line[-1] == "|"]
    if len(framed) < _LEAST_FRAMED:
        return lines
    shapes = Counter(found for line in framed if (found := _shape_of(line)) is not None)
    (count, filled), times = shapes.most_common(1)[0] if shapes else ((0, 0), 0)
    if times < _FRAMED * len(framed) or (filled == 0 and not _have_one_width(framed)):
        return lines
    return [line.replace("|", " ") if _is_framed(line.strip(), count, filled) else line for line in lines]


def _cells_between(bare: str) -> list[str]:
    return bare[1:-1].split("|")


def _shape_of(bare: str) -> tuple[int, int] | None:
    """How many cells stand between the bars of a line, and which one alone is not blank."""
    cells = _cells_between(bare)
    filled = [index for index, cell in enumerate(cells) if cell and not cell.isspace()]
    return (len(cells), filled[0]) if len(filled) == 1 < len(cells) else None


def _is_framed(bare: str, count: int, filled: int) -> bool:
    """Whether a line has so many cells, and all are blank but perhaps the one."""
    if bare[:1] != "|" or bare[-1:] != "|":
        return False
    cells = _cells_between(bare)
    return len(cells) == count and all(index == filled or not cell.strip() for index, cell in enumerate(cells))


def _have_one_width(lines: Sequence[str]) -> bool:
    return Counter(map(text_width, lines)).most_common(1)[0][1] > _ENDED * len(lines)


def _is_ended(line: str) -> bool:
    """Whether a tab ends a line, and is the only one of it: browsers copy cells that hold paragraphs so."""
    return _BEFORE_TABS.fullmatch(line) is not None


def _pairs_divide(lines: Sequence[str]) -> bool:
    """Whether two pipes part cells: no line has one alone, save as its first character."""
    found = 0
    for line in lines:
        if "|" in line and not _WIKI.match(line):
            inner = line.strip()
            inner = inner[1:] if inner[0] == "|" != inner[1:2] else inner
            runs = re.findall(r"\|+", inner)
            if not runs or any(len(run) % 2 for run in runs):
                return False
            found += any(char not in "| " for char in inner)
    return found >= _LEAST_LINES


@dataclass(frozen=True, slots=True)
class PipeStyle:
    """How a text uses ``|``: before the first cell of a row, after the last, or only between."""

    leading: bool
    trailing: bool


_TEXTS = re.compile(r"[^\s|](?:[^|]*\|[\s|]*([^\s|]))?")
"""The first text of a line, and the beginning of one after a pipe."""


def read_pipe_style(lines: Sequence[str]) -> PipeStyle:
    """How most lines with a pipe and two texts, or else with one, use it; with one, too, where nearly all are such."""
    votes = [[0, 0, 0], [0, 0, 0]]
    alone = False
    for line in lines:
        if "|" not in line:
            continue
        alone = True
        texts = _TEXTS.search(line)
        if texts:
            bare = line.strip()
            vote = votes[texts[1] is not None]
            vote[0] += 1
            vote[1] += bare[0] == "|"
            vote[2] += bare[-1] == "|"
    rows = votes[1][0] > 0 and _CELLS_A_ROW * votes[1][0] > votes[0][0]
    total, leading, trailing = votes[1] if rows else votes[0]
    if not total:
        return PipeStyle(leading=False, trailing=alone)
    least = _LED if rows else 0.5
    return PipeStyle(leading=leading > least * total, trailing=2 * trailing > total)


_CELLS_A_ROW = 5
_LED = 0.9
"""Share of rows that begin with a pipe where the pipe is the frame's: in a grid, most rows begin with empty cells."""


def shows_row_ends(lines: Sequence[str]) -> bool:
    """Whether it is certain what a pipe at the end of a line is: the end of its last cell, or a blank cell after it.

    Certain where no line ends with one, or all do; the last row of a table may have lost what stood behind its cells.

    >>> (
    ...     shows_row_ends(["规章 | 1 |", "行政许可 | 2 |"]),
    ...     shows_row_ends(["规章 | 1 | |", "行政许可 | 2 | 3", "行政处罚 | 4 | |"]),
    ... )
    (True, False)
    """
    bare = [line for line in map(str.strip, with_plain_dividers(lines)) if line]
    if not read_pipe_style(bare).trailing:
        return True
    return not any(
        "|" in line and "|" in after and line[-1] != "|" and (texts := _TEXTS.search(line)) and texts[1]
        for line, after in pairwise(bare)
    )


def is_rule(line: str) -> bool:
    """Whether a line only draws (Markdown's ``---|---``, rows of dashes)."""
    return _DRAWN.fullmatch(line) is not None and _STROKE.search(line) is not None


_DRAWN = re.compile(r"[\s|:+=\-—_·.\u2500-\u257f]*+")
_STROKE = re.compile(r"-{3}|={3}|─{2}|━{2}|═{2}|_{3}")


def holds_plain_cells(line: str) -> bool:
    """Whether between its pipes stand cells alone: no markup, no cells parted by space, no rest of a number."""
    if ("  " in line and _WIDE_IN_CELL.search(line) is not None) or _MARKUP_OR_TAB.search(line) is not None:
        return False
    if "]{" in line:
        return False
    return ("." not in line and "," not in line) or _CUT_NUMBER.search(line) is None


_WIDE_IN_CELL = re.compile(r"[^| ]  +[^| ]")
_MARKUP_OR_TAB = re.compile(r"[\\*<_&\t]")
_CUT_NUMBER = re.compile(r"\|\s?[.,]\d")


def parts_widely(lines: Sequence[str]) -> bool:
    """Whether more lines part their numbers by wide gaps than by single spaces."""
    wide = single = 0
    for line in lines:
        bare = line.strip()
        if "|" in bare or "\t" in bare or len(bare) > _LONGEST_ROW:
            continue
        if len(WIDE_NUMBERS.findall(bare)) >= 2:
            wide += 1
        elif len(_SINGLE_NUMBERS.findall(bare)) >= 2:
            single += 1
    return wide > single


def marks_wiki(line: str) -> bool:
    """Whether a line of a text in MediaWiki's markup begins or ends a table, or begins a row."""
    return _WIKI_MARK.fullmatch(line) is not None


def wiki_cells(line: str) -> list[tuple[str, int]]:
    """The cells behind one pipe or two each, without their attributes, and where each begins.

    >>> wiki_cells("| 规章 || 1"), wiki_cells("| colspan=2 | 规章"), wiki_cells("|")
    ([('规章', 2), ('1', 8)], [('规章', 14)], [('', 1)])
    """
    cells = []
    for cell in _WIKI_CELL.finditer(line):
        text = cell[1].strip()
        cells.append((text, cell.start(1) + cell[1].index(text) if text else cell.end()))
    return cells


def pieces_of(text: str, gap: re.Pattern[str]) -> list[tuple[str, int]]:
    """Split a text at its gaps, and say where each piece begins."""
    pieces = []
    at = 0
    for match in gap.finditer(text):
        pieces.append((text[at : match.start()], at))
        at = match.end()
    pieces.append((text[at:], at))
    return [(piece, start) for piece, start in pieces if piece]


def values_behind(text: str, is_label: Callable[[str], bool]) -> list[tuple[str, int]]:
    """A label and the values that one space each parts from it, and where each begins; any other text whole.

    >>> values_behind("规章 12件 /", lambda text: text == "规章")
    [('规章', 0), ('12件', 3), ('/', 7)]
    """
    values = _VALUES_BEHIND.search(text)
    if values is None or not is_label(text[: values.start()]):
        return [(text, 0)]
    return [(text[: values.start()], 0), *((word[0], word.start()) for word in _WORD.finditer(text, values.start()))]


_WORD = re.compile(r"[^ \u3000\xa0]+")
_VALUES_BEHIND = re.compile(r"(?:[ \u3000\xa0]++(?:[\d.,]++(?:[件项个条]|万?元)?|[-/—无]))+$")


def tabs_between(lines: Sequence[str]) -> int:
    r"""How many tabs part two cells: two only where every line has even runs, for one such line may show a blank cell.

    >>> tabs_between(["规章\t1\t2", "行政事业性收费\t\t-6"]), tabs_between(["规章\t\t1", "行政许可\t\t2"])
    (1, 2)
    """
    runs = [len(run) for line in lines if "\t" in line for run in re.findall(r"\t+", line.strip(" \r"))]
    return 2 if runs and all(run % 2 == 0 for run in runs) else 1


def unquoted(text: str) -> str:
    """A cell between tabs without the quotes that a spreadsheet sets around one that goes on in the next line.

    Half a number keeps its quote: it is none.

    >>> unquoted('"1,204"'), unquoted('"一、本年新收政府信息'), unquoted('危及"三安全一稳定"'), unquoted('"10')
    ('1,204', '一、本年新收政府信息', '危及"三安全一稳定"', '"10')
    """
    if text.count('"') % 2:
        return text if _VALUE.fullmatch(text) is not None else text.strip('" ')
    return text.strip('" ') if text[:1] == '"' == text[-1:] else text


def fields_of(line: str) -> list[tuple[str, int]]:
    """The values that commas part, without their quotes, and where each begins; none where something else parts cells.

    >>> fields_of('规章,"1,204",,3')
    [('规章', 0), ('1,204', 3), ('', 11), ('3', 12)]
    """
    if "\t" in line or "  " in line:
        return []
    return [(match[1] if match[1] is not None else match[2], match.start()) for match in _FIELD.finditer(line)]


def commas_divide(lines: Sequence[str], is_label: Callable[[str], bool]) -> bool:
    """Whether a text is one of comma-separated values: headers that are nothing but labels and blanks show it."""
    headers = 0
    for line in lines:
        if "," not in line:
            continue
        header = _INDEX.sub("", line)
        if _DIGIT.search(header) is not None:
            continue
        first = header.partition(",")[0].strip(' "')
        if first and not is_label(first):
            continue
        words = [text for text, _ in fields_of(header) if text.strip()]
        headers += len(words) > 1 and all(map(is_label, words))
    return headers >= _LEAST_HEADERS


def are_labels(words: Sequence[str], count: int, is_label: Callable[[str], bool]) -> bool:
    """Whether the words among ``count`` comma-separated values are labels, but for one in a column of the author's own.

    It stands behind a label, or in a header that is labels for the most part.
    """
    strange = {word for word in words if not is_label(word)}
    labels = sum(word not in strange for word in words)
    return not strange or (
        len(strange) == 1 and count >= _OF_MANY and labels > 0 and (words[0] not in strange or 2 * labels > count)
    )


def may_be_thousands(line: str, *, full: bool = False) -> bool:
    """Whether a comma outside quotes could stand within a number.

    Args:
        line: Of comma-separated values.
        full: It has as many of them as the line above, so that one less would be too few; a unit behind digits that
            have none before the comma says more.

    >>> may_be_thousands("规章,1,139,2"), may_be_thousands('规章,"1,139",2'), may_be_thousands("规章,1,2")
    (True, False, False)
    >>> may_be_thousands("规章,1,139,2", full=True), may_be_thousands("规章,,1,139件", full=True)
    (False, True)
    """
    pattern = _THOUSANDS_WITH_UNIT if full else _THOUSANDS
    return pattern.search(_QUOTED.sub("", line)) is not None


def prints_thousands_plainly(lines: Sequence[str]) -> bool:
    """Whether a number of four digits or more has no comma in it, or quotes around it: then commas only part cells."""
    return any(_LONG.search(line) or _QUOTED_THOUSANDS.search(line) for line in lines if "," in line)


def is_one_number(line: str) -> bool:
    """Whether the commas of a line of digits can be those of thousands."""
    return _WITH_THOUSANDS.fullmatch(line.strip()) is not None


_DIGIT = re.compile(r"\d")
_VALUE = re.compile(r'["\d.,+\-/元万亿件\s]+')
_INDEX = re.compile(r"^\d{1,3},")
"""The number of the row that pandas writes before it."""
_QUOTED = re.compile(r'"[^"]*"')
_QUOTED_THOUSANDS = re.compile(r'"\d{1,3}(?:,\d{3})+"')
_WITH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_THOUSANDS = re.compile(r"(?:^|,)\s*[+-]?\d{1,3},\d{3}(?!\d)")
_THOUSANDS_WITH_UNIT = re.compile(r"(?:^|,)\s*[+-]?\d{1,3},\d{3}[^\d,\s]")
_LONG = re.compile(r"(?:^|,)\s*[+-]?\d{4,}[^\d,-]{0,2}(?:,|$)")
_FIELD = re.compile(r"(?:^|(?<=,))\s*(?:\"([^\"]*+(?:\"\"[^\"]*+)*)\"\s*(?=,|$)|([^,]*))")
_LEAST_HEADERS = 2
_OF_MANY = 4
