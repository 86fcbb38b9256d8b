"""Drawn paths of one page to ruling lines, in PDF user space (y upward).

A path is judged by its bounding box first: thin ones are rules whatever the operator that drew them (a stroked line, a
filled rectangle, a dashed line of a hundred segments). Only fat ones are walked, segment by segment.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.readers.lattice.rules import rules_of_dots
from gouji.readers.lattice.shapes import Box, Rule
from gouji.readers.pdf.engine import Library

THIN = 3.2
"""A box not thicker than this (points) is a rule."""
_PATH, _IMAGE, _FORM = 2, 3, 5
_DRAWN = (_PATH, _IMAGE)
_MOVE, _BEZIER = 2, 1
_MAX_DEPTH = 8
_MAX_SEGMENTS = 4000
_RECTANGLE = 5
_NOTHING = 0.01
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page besides text."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    image_area: float = 0.0
    objects: int = 0

    def add_box(self, box: Box) -> bool:
        """Take a thin box as a rule; False when it is not thin."""
        x0, y0, x1, y1 = box
        if y1 - y0 <= THIN:
            if x1 - x0 <= THIN:
                self.dots.append(((x0 + x1) / 2, (y0 + y1) / 2))
            else:
                self.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
            return True
        if x1 - x0 <= THIN:
            self.vertical.append(Rule((x0 + x1) / 2, y0, y1))
            return True
        return False

    def finish(self) -> None:
        """Turn rows of dots into rules."""
        if len(self.dots) >= 4:
            level, upright = rules_of_dots(self.dots)
            self.horizontal += level
            self.vertical += upright
        self.dots.clear()


class PathReader:
    """Walks the objects of pages; keeps the buffers that results are written to."""

    def __init__(self, lib: Library) -> None:
        self._lib = lib
        self._floats = (ctypes.c_float * 8)()
        base = ctypes.addressof(self._floats)
        self._at = [base + 4 * index for index in range(8)]
        self._ints = (ctypes.c_int * 2)()
        self._int_at = [ctypes.addressof(self._ints), ctypes.addressof(self._ints) + 4]

    def read(self, page: int) -> Drawing:
        """Every rule of a page, those inside form objects too."""
        lib, drawing = self._lib, Drawing()
        count = lib.FPDFPage_CountObjects(page)
        get = lib.FPDFPage_GetObject
        self._walk([get(page, index) for index in range(count)], drawing, (IDENTITY, 0))
        drawing.finish()
        return drawing

    def _walk(self, objects: list[int], drawing: Drawing, placed: tuple[Matrix, int]) -> None:
        type_of, bounds_of = self._lib.FPDFPageObj_GetType, self._lib.FPDFPageObj_GetBounds
        floats, (a0, a1, a2, a3, *_) = self._floats, self._at
        matrix, depth = placed
        plain = matrix == IDENTITY
        drawing.objects += len(objects)
        for item in objects:
            kind = type_of(item)
            if kind in _DRAWN:
                if not bounds_of(item, a0, a1, a2, a3):
                    continue
                box = floats[0], floats[1], floats[2], floats[3]
                if not plain:
                    box = _transform_box(matrix, box)
                if drawing.add_box(box):
                    continue
                if kind == _IMAGE:
                    drawing.image_area += (box[2] - box[0]) * (box[3] - box[1])
                else:
                    self._walk_path(item, drawing, matrix)
            elif kind == _FORM and depth < _MAX_DEPTH:
                self._walk_form(item, drawing, placed)

    def _walk_form(self, form: int, drawing: Drawing, placed: tuple[Matrix, int]) -> None:
        lib = self._lib
        own = self._matrix_of(form)
        children = [lib.FPDFFormObj_GetObject(form, index) for index in range(lib.FPDFFormObj_CountObjects(form))]
        self._walk(children, drawing, (_multiply(own, placed[0]), placed[1] + 1))

    def _matrix_of(self, item: int) -> Matrix:
        if not self._lib.FPDFPageObj_GetMatrix(item, self._at[0]):
            return IDENTITY
        values = self._floats
        return values[0], values[1], values[2], values[3], values[4], values[5]

    def _walk_path(self, path: int, drawing: Drawing, matrix: Matrix) -> None:
        """A fat path: the sides of stroked shapes, and the thin rectangles of a filled compound; shading is no rule."""
        lib = self._lib
        if not lib.FPDFPath_GetDrawMode(path, *self._int_at):
            return
        filled, stroked = self._ints
        count = lib.FPDFPath_CountSegments(path)
        if count > _MAX_SEGMENTS or not (stroked or (filled and count > _RECTANGLE)):
            return
        matrix = _multiply(self._matrix_of(path), matrix)
        shapes = list(self._subpaths(path, count, matrix))
        if stroked:
            for points, closed in shapes:
                _add_sides(points, drawing, closed=closed)
        else:
            _add_filled([_bounds(points) for points, _ in shapes], drawing)

    def _subpaths(self, path: int, count: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        lib, floats, (a0, a1, *_) = self._lib, self._floats, self._at
        a, b, c, d, e, f = matrix
        points: list[tuple[float, float]] = []
        closed = False
        for index in range(count):
            segment = lib.FPDFPath_GetPathSegment(path, index)
            kind = lib.FPDFPathSegment_GetType(segment)
            if kind == _MOVE and points:
                yield points, closed
                points, closed = [], False
            lib.FPDFPathSegment_GetPoint(segment, a0, a1)
            x, y = floats[0], floats[1]
            points.append((a * x + c * y + e, b * x + d * y + f))
            closed = bool(lib.FPDFPathSegment_GetClose(segment))
        if points:
            yield points, closed


def _add_sides(points: list[tuple[float, float]], drawing: Drawing, *, closed: bool) -> None:
    pairs = list(pairwise(points))
    if closed:
        pairs.append((points[-1], points[0]))
    for (x0, y0), (x1, y1) in pairs:
        if x0 != x1 or y0 != y1:
            drawing.add_box((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _add_filled(boxes: list[Box], drawing: Drawing) -> None:
    """Filled shapes: thin ones are rules, and so are the sides of a ring, one shape cut out of a slightly larger one.

    (WeasyPrint draws the border of a cell so.)
    """
    fat = [box for box in boxes if not drawing.add_box(box)]
    for pair in pairwise(fat):
        outer, inner = sorted(pair, key=_area, reverse=True)
        left, low, right, high = inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]
        if min(left, low, right, high) < -_NOTHING or max(left, low, right, high) > 2 * THIN:
            continue
        x0, y0, x1, y1 = outer
        if left > _NOTHING:
            drawing.vertical.append(Rule(x0 + left / 2, y0, y1))
        if right > _NOTHING:
            drawing.vertical.append(Rule(x1 - right / 2, y0, y1))
        if low > _NOTHING:
            drawing.horizontal.append(Rule(y0 + low / 2, x0, x1))
        if high > _NOTHING:
            drawing.horizontal.append(Rule(y1 - high / 2, x0, x1))


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``then``."""
    if then == IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _transform_box(matrix: Matrix, box: Box) -> Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
