"""Text that a clip path may cut off. The engine itself drops the clips that hold all of what they clip."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import compress

from gouji.readers.lattice.shapes import Box
from gouji.readers.pdf.engine import Handle, Library

_RECTANGLE = frozenset({4, 5})
"""Segments of a rectangle, closed by itself or by a line."""
_SLACK = 0.5
"""Characters hang over by this much (points)."""


class ClipReader:
    """Looks at the clips of objects; keeps the buffers that results are written to."""

    def __init__(self, lib: Library) -> None:
        self._lib = lib
        self._floats = (ctypes.c_float * 4)()
        self._at = [ctypes.byref(self._floats, 4 * index) for index in range(4)]

    def find_cut(self, items: Sequence[Handle]) -> list[Handle]:
        """The objects that are clipped by anything but rectangles with room for them."""
        lib = self._lib
        clips = list(map(lib.FPDFPageObj_GetClipPath, items))
        counts = [max(count, 0) for count in map(lib.FPDFClipPath_CountPaths, clips)]
        return [
            item
            for item, clip, count in compress(zip(items, clips, counts, strict=True), counts)
            if not self._has_room(item, clip, count)
        ]

    def _has_room(self, item: Handle, clip: Handle, count: int) -> bool:
        if not self._lib.FPDFPageObj_GetBounds(item, *self._at):
            return False
        x0, y0, x1, y1 = self._floats
        for index in range(count):
            left, low, right, high = self._rectangle(clip, index)
            if x0 < left - _SLACK or y0 < low - _SLACK or x1 > right + _SLACK or y1 > high + _SLACK:
                return False
        return True

    def _rectangle(self, clip: Handle, index: int) -> Box:
        """One path of a clip, an empty box when it is no rectangle."""
        lib, corners = self._lib, []
        if lib.FPDFClipPath_CountPathSegments(clip, index) not in _RECTANGLE:
            return 0.0, 0.0, 0.0, 0.0
        for corner in (0, 2):
            segment = lib.FPDFClipPath_GetPathSegment(clip, index, corner)
            lib.FPDFPathSegment_GetPoint(segment, *self._at[:2])
            corners.append((self._floats[0], self._floats[1]))
        (ax, ay), (bx, by) = corners
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
