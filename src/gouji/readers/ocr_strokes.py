"""Pixels to long thin strokes: solid, dashed, dotted and faint ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouji.readers.lattice.shapes import Rule

if TYPE_CHECKING:
    import numpy as np

    Image = np.ndarray[Any, np.dtype[np.uint8]]

PAPER = 245
"""Grey value of the paper once a page is flattened."""
_THICKEST_RULE = 4.5
_IN_LINE, _HIDDEN = 1.2, 120.0
"""Points that two pieces of a line lie apart, across and along, at most."""
_DASH, _WHOLE = 7.0, 0.94
"""Points over which dashes are one line; the share of a gap that must be drawn for the line to go on in it."""
_ALONG, _BESIDE = 10.0, 1.6
"""Points: how far along and beside a faint line its darkness is compared."""
_STANDS_OUT = 18.0


def find_strokes(grey: Image, ink: Image, *, scale: float, shortest: float) -> tuple[Image, list[Rule]]:
    """Long thin horizontal strokes: their pixels, and each as a rule in points; vertical ones of a page transposed."""
    import cv2
    import numpy as np

    length, bridge = int(shortest * scale), max(3, int(1.5 * scale))
    closed = cv2.morphologyEx(np.ascontiguousarray(ink), cv2.MORPH_CLOSE, np.ones((1, bridge), np.uint8))
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    # a stroke that falls by a pixel on its way comes apart into runs side by side: let them touch
    found = cv2.dilate(cv2.bitwise_or(solid, _thin(grey, scale=scale)), np.ones((3, 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found)
    rules: list[Rule] = []
    thick = _THICKEST_RULE * scale
    keep = np.zeros(count, dtype=np.uint8)
    for index in range(1, count):
        x, y, wide, high = (int(value) for value in stats[index][:4])
        if wide < length:
            continue
        rows = (labels[y : y + high, x : x + wide] == index).sum(axis=1)
        for top, bottom in _runs(rows, least=0.9 * length):
            if bottom - top > thick:
                continue  # a dark block
            keep[index] = 255
            at = (y + (top + bottom) / 2) / scale
            for start, end in _stretches(grey[y + top : y + bottom, x : x + wide], scale=scale):
                if end - start >= length:
                    rules.append(Rule(at, (x + start) / scale, (x + end) / scale))
    return np.asarray(keep[labels] & found, dtype=np.uint8), _bridge(rules, grey, scale=scale)


def _runs(rows: Any, *, least: float) -> list[tuple[int, int]]:
    """Where rows of pixels are long, each run cut down to its longest rows: characters may hang on a line, or join two.

    >>> import numpy as np
    >>> _runs(np.array([2, 90, 95, 20, 9, 60, 3]), least=50)
    [(1, 3), (5, 6)]
    """
    import numpy as np

    long = np.flatnonzero(np.diff(np.concatenate([[0], (rows >= least).astype(np.int8), [0]])))
    runs = []
    for top, bottom in long.reshape(-1, 2).tolist():
        most = np.flatnonzero(rows[top:bottom] >= 0.6 * rows[top:bottom].max())
        runs.append((top + int(most[0]), top + int(most[-1]) + 1))
    return runs


def _bridge(rules: list[Rule], grey: Image, *, scale: float) -> list[Rule]:
    """Join strokes in line between which the line goes on: characters standing close to it hid it there."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][-1].at <= _IN_LINE:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    joined: list[Rule] = []
    for group in groups:
        group.sort(key=_start)
        joined.append(group[0])
        for rule in group[1:]:
            last = joined[-1]
            if abs(last.at - rule.at) <= _IN_LINE and _goes_on(last, rule, grey, scale=scale):
                joined[-1] = last._replace(end=max(last.end, rule.end))
            else:
                joined.append(rule)
    return joined


def _start(rule: Rule) -> float:
    return rule.start


def _goes_on(left: Rule, right: Rule, grey: Image, *, scale: float) -> bool:
    import numpy as np

    gap = round(left.end * scale), round(right.start * scale)
    if gap[1] <= gap[0]:
        return True
    if right.start - left.end > _HIDDEN:
        return False
    middle = round((left.at + right.at) / 2 * scale)
    dark = _darkness(grey[max(middle - 1, 0) : middle + 2], width=_DASH * scale)
    known = np.concatenate([dark[round(left.start * scale) : gap[0]], dark[gap[1] : round(right.end * scale)]])
    return bool((dark[gap[0] : gap[1]] > 0.4 * np.median(known)).mean() >= _WHOLE)


def _darkness(strip: Image, *, width: float) -> Any:
    """The darkest of each column of a strip, averaged over some pixels to both sides."""
    import cv2
    import numpy as np

    dark = (PAPER - np.minimum(strip, PAPER)).max(axis=0).astype(np.float32)[None, :]
    return cv2.blur(dark, (int(width) | 1, 1))[0]


def _thin(grey: Image, *, scale: float) -> Image:
    """Where a row of pixels is darker than those above and below, on average over a short way: dots, faint lines."""
    import cv2
    import numpy as np

    dark = PAPER - np.minimum(grey, PAPER).astype(np.float32)
    along = cv2.blur(dark, (int(_ALONG * scale) | 1, 1))
    step = max(2, round(_BESIDE * scale))
    beside = np.maximum(np.roll(along, step, axis=0), np.roll(along, -step, axis=0))
    return np.asarray(np.where(along - beside > _STANDS_OUT, 255, 0), dtype=np.uint8)


def _stretches(strip: Image, *, scale: float) -> list[tuple[int, int]]:
    """Where in the strip cut out around a stroke it is really drawn, in pixels: dashes go on, gaps end it."""
    import numpy as np

    coarse = _darkness(strip, width=_DASH * scale)
    drawn = coarse > 0.4 * np.percentile(coarse, 75)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], drawn.astype(np.int8), [0]])))
    fine = _darkness(strip, width=2.5 * scale)
    found = []
    for start, end in edges.reshape(-1, 2).tolist():
        part = fine[start:end]
        places = np.flatnonzero(part > 0.5 * np.median(part))
        if len(places):
            found.append((start + int(places[0]), start + int(places[-1]) + 1))
    return found
