"""Drawn paths of one page to ruling lines, in PDF user space (y upward).

A path is judged by its bounding box first: thin ones are rules whatever the operator that drew them (a stroked line, a
filled rectangle, a dashed line of a hundred segments). Only fat ones are walked, segment by segment.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, count, pairwise, repeat

from gouji.readers.lattice.grounds import sides_of
from gouji.readers.lattice.rules import THIN, Strokes
from gouji.readers.lattice.shapes import Box, Rule
from gouji.readers.pdf.engine import Handle, Library

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
_DRAWN = (PATH, IMAGE)
_NO_TEXT = frozenset({*_DRAWN, FORM})
_MOVE, _BEZIER = 2, 1
_MAX_DEPTH = 8
_MAX_SEGMENTS = 4000
_RECTANGLE = 5
_NOTHING = 0.01
_PICTURE = 30.0
"""An image not higher than this (points) may be a picture of a number."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing(Strokes):
    """What is drawn on a page.

    Attributes:
        image_area: Of all images, in square points.
        objects: How many there are, text objects too.
        texts: The text objects.
        forms: The form objects.
        grounds: Filled areas.
        is_painted_over: A filled area or an image is drawn after some text and may cover it.
    """

    image_area: float = 0.0
    objects: int = 0
    texts: list[Handle] = field(default_factory=list)
    forms: list[Handle] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    is_painted_over: bool = False

    @property
    def is_coloured(self) -> bool:
        """Whether it has more areas than rules: the areas may be the cells of tables."""
        return len(self.grounds) > len(self.horizontal) + len(self.vertical)

    def ruled(self, tables: Sequence[Sequence[Box]]) -> Drawing:
        """The same, with the sides of coloured cells as rules."""
        sides = [sides_of(table) for table in tables]
        if not sides:
            return self
        horizontal = [*self.horizontal, *(rule for level, _ in sides for rule in level)]
        vertical = [*self.vertical, *(rule for _, upright in sides for rule in upright)]
        return replace(self, horizontal=horizontal, vertical=vertical)


@dataclass(slots=True)
class _Shape:
    """A part of a path: its corners, whether a curve leads to each (their control points are corners, too)."""

    points: list[tuple[float, float]]
    curved: list[bool]
    closed: bool = False


class PathReader:
    """Walks the objects of pages; keeps the buffers that results are written to."""

    def __init__(self, lib: Library) -> None:
        self._lib = lib
        self._floats = (ctypes.c_float * 6)()
        self._at = [ctypes.byref(self._floats, 4 * index) for index in range(4)]
        self._floats_of = memoryview(self._floats).cast("B").cast("f").tolist
        self._ints = (ctypes.c_int * 2)()
        self._int_at = [ctypes.byref(self._ints, 4 * index) for index in range(2)]

    def read(self, page: Handle) -> Drawing:
        """Every rule of a page, those inside form objects too."""
        lib, drawing = self._lib, Drawing()
        total = lib.FPDFPage_CountObjects(page)
        self._walk(map(lib.FPDFPage_GetObject, repeat(page, total), range(total)), drawing, (IDENTITY, 0))
        drawing.finish()
        return drawing

    def _walk(self, objects: Iterable[Handle], drawing: Drawing, placed: tuple[Matrix, int]) -> None:
        bounds_of = self._lib.FPDFPageObj_GetBounds
        floats_of, (a0, a1, a2, a3) = self._floats_of, self._at
        add_box = drawing.add_box
        matrix, depth = placed
        plain = matrix == IDENTITY
        items = list(objects)
        drawing.objects += len(items)
        kinds = list(map(self._lib.FPDFPageObj_GetType, items))
        first = -1 if drawing.texts else kinds.index(TEXT) if TEXT in kinds else len(kinds)
        drawing.texts += compress(items, map(TEXT.__eq__, kinds))
        for at, kind, item in compress(zip(count(), kinds, items), map(_NO_TEXT.__contains__, kinds)):
            if kind in _DRAWN:
                if not bounds_of(item, a0, a1, a2, a3):
                    continue
                x0, y0, x1, y1, _, _ = floats_of()
                box = (x0, y0, x1, y1) if plain else transform_box(matrix, (x0, y0, x1, y1))
                if add_box(box):
                    continue
                if kind == IMAGE:
                    drawing.image_area += (box[2] - box[0]) * (box[3] - box[1])
                    drawing.is_painted_over |= at > first
                    if box[3] - box[1] <= _PICTURE:
                        drawing.figures.append(box)
                elif self._walk_path(item, drawing, matrix):
                    drawing.is_painted_over |= at > first
                    drawing.grounds.append(box)
            elif kind == FORM and depth < _MAX_DEPTH:
                drawing.forms.append(item)
                self._walk_form(item, drawing, placed)

    def _walk_form(self, form: Handle, drawing: Drawing, placed: tuple[Matrix, int]) -> None:
        lib = self._lib
        own = self._matrix_of(form)
        children = (lib.FPDFFormObj_GetObject(form, index) for index in range(lib.FPDFFormObj_CountObjects(form)))
        self._walk(children, drawing, (multiply(own, placed[0]), placed[1] + 1))

    def _matrix_of(self, item: Handle) -> Matrix:
        if not self._lib.FPDFPageObj_GetMatrix(item, self._at[0]):
            return IDENTITY
        a, b, c, d, e, f = self._floats_of()
        return a, b, c, d, e, f

    def _walk_path(self, path: Handle, drawing: Drawing, matrix: Matrix) -> bool:
        """A fat path: the sides of stroked shapes, and the thin rectangles of a filled compound; shading is no rule.

        Whether it is filled is returned.
        """
        lib = self._lib
        if not lib.FPDFPath_GetDrawMode(path, *self._int_at):
            return False
        filled, stroked = self._ints[0], self._ints[1]
        segments = lib.FPDFPath_CountSegments(path)
        if segments > _MAX_SEGMENTS or not (stroked or (filled and segments > _RECTANGLE)):
            return bool(filled)
        matrix = multiply(self._matrix_of(path), matrix)
        shapes = list(self._subpaths(path, segments, matrix))
        drawing.add_figure([shape.points for shape in shapes])
        if stroked:
            for shape in shapes:
                _add_sides(shape, drawing)
        else:
            _add_filled([_bounds(shape.points) for shape in shapes], drawing)
        return bool(filled)

    def _subpaths(self, path: Handle, count: int, matrix: Matrix) -> Iterator[_Shape]:
        lib, floats_of, (a0, a1, *_) = self._lib, self._floats_of, self._at
        a, b, c, d, e, f = matrix
        shape = _Shape([], [])
        for index in range(count):
            segment = lib.FPDFPath_GetPathSegment(path, index)
            kind = lib.FPDFPathSegment_GetType(segment)
            if kind == _MOVE and shape.points:
                yield shape
                shape = _Shape([], [])
            lib.FPDFPathSegment_GetPoint(segment, a0, a1)
            x, y, *_ = floats_of()
            shape.points.append((a * x + c * y + e, b * x + d * y + f))
            shape.curved.append(kind == _BEZIER)
            shape.closed = bool(lib.FPDFPathSegment_GetClose(segment))
        if shape.points:
            yield shape


def _add_sides(shape: _Shape, drawing: Drawing) -> None:
    """The straight sides of a shape: a curve (a seal's ring) makes no rule, and strikes nothing out."""
    points, pairs = shape.points, list(pairwise(shape.points))
    curved = shape.curved[1:]
    if shape.closed:
        pairs.append((points[-1], points[0]))
        curved.append(False)
    for ((x0, y0), (x1, y1)), is_curve in zip(pairs, curved, strict=True):
        if not is_curve and (x0 != x1 or y0 != y1):
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


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``then``."""
    if then == IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def transform_box(matrix: Matrix, box: Box) -> Box:
    """The extent of what a box becomes."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
