"""One OFD page: its objects to glyphs and rules in points, upright."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import atan2, hypot, pi
from typing import TYPE_CHECKING, NamedTuple

from gouji.readers.lattice.rules import Strokes
from gouji.readers.lattice.shapes import Box, Glyph, PageContent, Rule

if TYPE_CHECKING:
    from lxml import etree

POINT = 72 / 25.4
"""Points in a millimetre."""
_DEEPEST = 8
_MOST_CHARACTERS = 200_000
_COMMAND = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_POINTS_OF = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}
_CONTAINERS = frozenset({"Content", "Layer", "PageBlock"})
_WHITE, _NO_INK = 250, 5
"""From the one on (of 255) red, green and blue are white, or grey is; up to the other so are four inks."""
_LINE_ENDS = str.maketrans("", "", "\r\n\t")

Placer = Callable[[float, float], tuple[float, float]]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def local(element: etree._Element) -> str:
    """A tag without its namespace: writers do not agree on one."""
    return str(element.tag).rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute, as many as can be read.

    >>> numbers("0 0 210 297"), numbers(None), numbers("1 x 3")
    ([0.0, 0.0, 210.0, 297.0], [], [1.0])
    """
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            found.append(float(word))
        except ValueError:
            break
    return found


def read_deltas(text: str | None) -> list[float]:
    """Distances from character to character; ``g n d`` stands for n times d.

    >>> read_deltas("1.5 g 3 2 4")
    [1.5, 2.0, 2.0, 2.0, 4.0]
    """
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words):
        try:
            if words[at] == "g":
                times = min(max(int(float(words[at + 1])), 0), _MOST_CHARACTERS)
                found.extend([float(words[at + 2])] * times)
                at += 3
            else:
                found.append(float(words[at]))
                at += 1
        except (ValueError, IndexError):
            break
    return found


@dataclass(frozen=True, slots=True)
class Mark:
    """A character where it is displayed: baseline origin, advance and em in points, and which way it reads."""

    text: str
    x: float
    y: float
    advance: float
    size: float
    turn: int


@dataclass(slots=True)
class Drawing(Strokes):
    """All that is on a page, in points from its top left corner as displayed."""

    marks: list[Mark] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    white: list[list[Mark]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)

    def show_white(self) -> None:
        """Take white text in where something that is not white lies behind it; the rest nobody sees."""
        for marks in self.white:
            if any(_holds(box, marks[0]) for box in self.grounds):
                self.marks += marks
            else:
                self.unseen.append("".join(mark.text for mark in marks))


class Reading(NamedTuple):
    """A page, and the texts on it that nobody sees."""

    content: PageContent
    unseen: tuple[str, ...]


class PageReader:
    """Reads the objects of pages.

    Args:
        composites: The content of composite graphic units by their resource id.
    """

    def __init__(self, composites: Mapping[str, etree._Element] | None = None) -> None:
        self._composites = composites or {}

    def read(self, parts: Sequence[etree._Element], *, box: Box, number: int) -> Reading:
        """Read a page from its templates and its own content; ``box`` is the page's area in millimetres (x y w h)."""
        drawing = Drawing()
        base = (POINT, 0.0, 0.0, POINT, -box[0] * POINT, -box[1] * POINT)
        for part in parts:
            self._walk(part, drawing, (base, 0))
        drawing.finish()
        drawing.show_white()
        content = _upright(drawing, width=box[2] * POINT, height=box[3] * POINT, number=number)
        return Reading(content, tuple(drawing.unseen))

    def _walk(self, element: etree._Element, drawing: Drawing, placed: tuple[Matrix, int]) -> None:
        matrix, depth = placed
        for child in element:
            name = local(child)
            if child.get("Visible") == "false":
                continue
            if name in _CONTAINERS:
                self._walk(child, drawing, placed)
            elif name == "TextObject":
                _read_text(child, drawing, _placed(child, matrix))
            elif name == "PathObject":
                _read_path(child, drawing, _placed(child, matrix))
            elif name == "ImageObject":
                _read_image(child, drawing, matrix)
            elif name == "CompositeObject" and depth < _DEEPEST:
                content = self._composites.get(child.get("ResourceID") or "")
                if content is not None:
                    self._walk(content, drawing, (_placed(child, matrix), depth + 1))


def _placed(element: etree._Element, matrix: Matrix) -> Matrix:
    """From an object's own coordinates to points: its CTM, then its place on the page."""
    own = numbers(element.get("CTM"))
    boundary = numbers(element.get("Boundary"))
    x, y = boundary[:2] if len(boundary) >= 2 else (0.0, 0.0)
    moved = multiply((1.0, 0.0, 0.0, 1.0, x, y), matrix)
    return multiply((own[0], own[1], own[2], own[3], own[4], own[5]), moved) if len(own) == 6 else moved


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``then``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _read_text(element: etree._Element, drawing: Drawing, matrix: Matrix) -> None:
    size = (numbers(element.get("Size")) or [4.0])[0]
    stretch = (numbers(element.get("HScale")) or [1.0])[0] or 1.0
    a, b, c, d, *_ = matrix
    turned = (numbers(element.get("CharDirection")) or [0.0])[0]
    turn = round((atan2(b, a) + turned * pi / 180) / (pi / 2)) % 4
    along, across = (hypot(a, b), hypot(c, d)) if not turned % 180 else (hypot(c, d), hypot(a, b))
    x = y = 0.0
    marks: list[Mark] = []
    for code in element:
        if local(code) != "TextCode" or len(drawing.marks) > _MOST_CHARACTERS:
            continue
        x, y = _start(code.get("X"), x), _start(code.get("Y"), y)
        for char, at_x, at_y, step in _spread(code, (x, y), size * stretch):
            if not char.isspace():
                px, py = _apply(matrix, at_x, at_y)
                marks.append(Mark(char, px, py, step * along, size * across, turn))
    if not _is_painted(element):
        drawing.unseen.append("".join(mark.text for mark in marks))
    elif marks and _is_white(element, "FillColor"):
        drawing.white.append(marks)
    else:
        drawing.marks += marks


def _is_painted(element: etree._Element) -> bool:
    """Whether a text is drawn in any colour: filled or at least outlined, and not transparent."""
    if element.get("Alpha") == "0" or (element.get("Fill") == "false" and element.get("Stroke") != "true"):
        return False
    return not any(local(child) == "FillColor" and child.get("Alpha") == "0" for child in element)


def _holds(box: Box, mark: Mark) -> bool:
    x0, top, x1, bottom = box
    return x0 <= mark.x + mark.advance / 2 <= x1 and top <= mark.y - mark.size / 4 <= bottom


def _start(text: str | None, before: float) -> float:
    found = numbers(text)
    return found[0] if found else before


def _spread(code: etree._Element, origin: tuple[float, float], em: float) -> Iterator[tuple[str, float, float, float]]:
    """Every character with its origin and its advance, in the object's coordinates."""
    text = (code.text or "").translate(_LINE_ENDS)
    steps_x, steps_y = read_deltas(code.get("DeltaX")), read_deltas(code.get("DeltaY"))
    x, y = origin
    for index, char in enumerate(text):
        usual = em if char > "\u2000" else 0.5 * em
        step = steps_x[index] if index < len(steps_x) else None
        down = steps_y[index] if index < len(steps_y) else 0.0
        if step is None:
            step = 0.0 if steps_y else usual
        yield char, x, y, min(step, usual) if step > 0 else usual
        x += step
        y += down


def _read_path(element: etree._Element, drawing: Drawing, matrix: Matrix) -> None:
    stroked, filled = element.get("Stroke") != "false", element.get("Fill") == "true"
    data = next((child.text or "" for child in element if local(child) == "AbbreviatedData"), "")
    if not (stroked or filled) or _is_white(element, "StrokeColor" if stroked else "FillColor"):
        return
    paths = [[_apply(matrix, x, y) for x, y in points] for points in subpaths(data)]
    paths = [points for points in paths if points]
    if not paths:
        return
    box = _extent([point for points in paths for point in points])
    if drawing.add_box(box):
        return
    if filled and not _is_white(element, "FillColor"):
        drawing.grounds.append(box)
    drawing.add_figure(paths)
    for points in paths:
        if stroked:
            for first, second in pairwise(points):
                if first != second:
                    drawing.add_box(_extent([first, second]))
        elif len(paths) > 1:
            drawing.add_box(_extent(points))


def _is_white(element: etree._Element, name: str) -> bool:
    """Whether it is drawn in white, or nearly: borders of some converters that nobody sees, text on a dark ground."""
    for child in element:
        if local(child) == name:
            value = numbers(child.get("Value"))
            return max(value) <= _NO_INK if len(value) == 4 else bool(value) and min(value) >= _WHITE
    return False


def _extent(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def subpaths(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corner points of each part of a path; of a curve only its end.

    >>> list(subpaths("M 0 0 L 5 0 L 5 2 C M 9 9 L 9 1"))
    [[(0.0, 0.0), (5.0, 0.0), (5.0, 2.0), (0.0, 0.0)], [(9.0, 9.0), (9.0, 1.0)]]
    """
    points: list[tuple[float, float]] = []
    command = ""
    values: list[float] = []
    for word in (*_COMMAND.findall(data), "end"):
        if not word[0].isalpha():
            values.append(float(word))
            continue
        needed = 7 if command == "A" else 2 * _POINTS_OF.get(command, 0)
        if command in ("S", "M") and len(values) >= needed:
            if len(points) > 1:
                yield points
            points = []
        for at in range(0, len(values) - needed + 1 if needed else 0, needed or 1):
            x, y = values[at + needed - 2 : at + needed]
            points.append((x, y))
        if command == "C" and points:
            points.append(points[0])
        command, values = word, []
    if len(points) > 1:
        yield points


def _read_image(element: etree._Element, drawing: Drawing, matrix: Matrix) -> None:
    boundary = numbers(element.get("Boundary"))
    if len(boundary) == 4:
        x, y, wide, high = boundary
        corners = [_apply(matrix, x, y), _apply(matrix, x + wide, y + high)]
        drawing.grounds.append(_extent(corners))


def _upright(drawing: Drawing, *, width: float, height: float, number: int) -> PageContent:
    """Turn the page so that most of its text reads from left to right."""
    counted = Counter(mark.turn for mark in drawing.marks).most_common(1)
    turns = counted[0][0] if counted else 0

    def place(x: float, y: float) -> tuple[float, float]:
        return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[turns]

    glyphs = []
    for mark in drawing.marks:
        x, y = place(mark.x, mark.y)
        glyphs.append(Glyph(mark.text, x, x + mark.advance, y, mark.size))
    level = [_turn_rule(place, rule, level=True) for rule in drawing.horizontal]
    upright = [_turn_rule(place, rule, level=False) for rule in drawing.vertical]
    if turns % 2:
        level, upright, width, height = upright, level, height, width
    figures = [_extent([place(x0, y0), place(x1, y1)]) for x0, y0, x1, y1 in drawing.figures]
    content = PageContent(number=number, width=width, height=height, glyphs=glyphs, figures=figures, turns=turns)
    return replace(content, horizontal=level, vertical=upright)


def _turn_rule(place: Placer, rule: Rule, *, level: bool) -> Rule:
    ends = [(end, rule.at) if level else (rule.at, end) for end in (rule.start, rule.end)]
    (x0, y0), (x1, y1) = (place(*end) for end in ends)
    if abs(y1 - y0) < abs(x1 - x0):
        return Rule(y0, min(x0, x1), max(x0, x1))
    return Rule(x0, min(y0, y1), max(y0, y1))
