"""A scanned page made ready: seals gone, straight, ink told from paper, ruling lines found and wiped out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gouji.readers.lattice.shapes import Rule
from gouji.readers.ocr_rules import find_rules
from gouji.readers.ocr_strokes import PAPER

if TYPE_CHECKING:
    import numpy as np

    Image = np.ndarray[Any, np.dtype[np.uint8]]

_STRAIGHT = 0.03
"""Degrees; a page turned less is straight."""
_ROUGHNESS = 1.2
"""Points that the pixels of a rule lie off a straight line, on average."""
_RED, _BLACK = 45, 120
"""How much redder than green and blue a pixel of a seal is; how dark black ink on it is at most."""
_FAINT = 0.5
"""Of the way from ink to paper: what is lighter than this throughout is no print (a seal in grey, show-through)."""


@dataclass(slots=True)
class Sheet:
    """A page as the recogniser needs it; all images have the same size.

    Attributes:
        grey: Grey values, 0 black, without red ink and rules, straight.
        ink: 255 where there is ink other than rules.
        scale: Pixels in a point.
        angle: Degrees by which the page was turned to be straight.
        horizontal: Rules of tables, in points.
        vertical: The same.
    """

    grey: Image
    ink: Image
    scale: float
    angle: float
    horizontal: list[Rule]
    vertical: list[Rule]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.grey.shape[1] / self.scale, self.grey.shape[0] / self.scale


def prepare(image: Image, *, scale: float) -> Sheet:
    """Make a page ready.

    Args:
        image: Height x width x 3 (RGB), or height x width (grey).
        scale: Pixels in a point (200 dpi: 2.78).
    """
    grey, bare = (image, image) if image.ndim == 2 else (image[:, :, 0], drop_seals(image))
    grey, bare = flatten(grey, scale=scale), flatten(bare, scale=scale)
    angle = find_angle(find_ink(bare, scale=scale), scale=scale)
    if abs(angle) > _STRAIGHT:
        grey, bare = turn(grey, angle), turn(bare, angle)
    ink = find_ink(bare, scale=scale)
    horizontal, vertical, mask = find_rules(bare, ink, scale=scale)
    ink[mask > 0] = 0
    grey[mask > 0] = PAPER
    return Sheet(grey=grey, ink=ink, scale=scale, angle=angle, horizontal=horizontal, vertical=vertical)


def flatten(grey: Image, *, scale: float) -> Image:
    """Make the paper equally light all over: shadows and shaded cells vanish."""
    import cv2
    import numpy as np

    shrink = min(1.0, 1.0 / scale)
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    lightest = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    paper = cv2.resize(cv2.blur(lightest, (15, 15)), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 1), scale=PAPER), dtype=np.uint8)


def paper_of(grey: Image) -> int:
    """The grey value of the bare paper."""
    import numpy as np

    return int(np.percentile(grey[::7, ::7], 75))


def drop_seals(image: Image) -> Image:
    """The red channel, in which red ink vanishes and black under it stays; what is left of the red becomes paper."""
    import cv2
    import numpy as np

    red = np.array(image[:, :, 0], dtype=np.uint8)
    others = np.maximum(image[:, :, 1], image[:, :, 2])
    is_red = np.where(cv2.subtract(red, others) > _RED, np.uint8(255), np.uint8(0))
    if is_red.any():
        around = cv2.dilate(is_red, np.ones((5, 5), np.uint8))
        red[(around > 0) & (red > _BLACK)] = paper_of(red)
    return red


def find_ink(grey: Image, *, scale: float) -> Image:
    """255 where a pixel is darker than its surroundings and than grey paper."""
    import cv2
    import numpy as np

    around = int(16 * scale) | 1
    local = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, 14)
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = np.where(grey < min(max(level + 40, 120), 215), np.uint8(255), np.uint8(0))
    return drop_faint(np.asarray(cv2.bitwise_and(local, dark), dtype=np.uint8), grey)


def drop_faint(ink: Image, grey: Image) -> Image:
    """Keep ink only near pixels that are really dark."""
    import cv2
    import numpy as np

    values = grey[ink > 0]
    if not len(values):
        return ink
    black = float(np.percentile(values, 10))
    limit = black + _FAINT * (paper_of(grey) - black)
    dark = np.where((grey < limit) & (ink > 0), np.uint8(255), np.uint8(0))
    return np.asarray(cv2.bitwise_and(ink, cv2.dilate(dark, np.ones((5, 5), np.uint8))), dtype=np.uint8)


def find_angle(ink: Image, *, scale: float) -> float:
    """Degrees that the page's long horizontal lines fall; those of its text lines where it has no rules."""
    import cv2
    import numpy as np

    shrink = min(1.0, 1.0 / scale)
    less = cv2.resize(ink, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    small: Image = np.asarray(np.where(less > 60, 255, 0), dtype=np.uint8)
    opened = cv2.morphologyEx(small, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 1)))
    joined = cv2.dilate(opened, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    angles, lengths = [], []
    for index in range(1, count):
        x, y, wide, high = (int(value) for value in stats[index][:4])
        if wide < small.shape[1] / 6 or high > wide * 0.15 + 6:
            continue
        ys, xs = np.nonzero((labels[y : y + high, x : x + wide] == index) & (opened[y : y + high, x : x + wide] > 0))
        if len(xs) < wide / 3:
            continue
        slope, base = np.polyfit(xs, ys, 1)
        if np.abs(ys - slope * xs - base).mean() < _ROUGHNESS:  # a line of dense text is rough
            angles.append(float(np.degrees(np.arctan(slope))))
            lengths.append(float(wide))
    if angles:
        return _weighted_median(np.array(angles), np.array(lengths))
    return _angle_of_text(small)


def _weighted_median(values: Any, weights: Any) -> float:
    import numpy as np

    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def _angle_of_text(small: Image) -> float:
    """The turn at which the lines of text stand out most from the white between them."""
    import numpy as np

    if not small.any():
        return 0.0

    def contrast(angle: float) -> float:
        rows = turn(small, angle, paper=0).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-3, 3.01, 0.5), key=contrast)
    return float(max(np.arange(best - 0.4, best + 0.41, 0.1), key=contrast))


def turn(grey: Image, angle: float, *, paper: int = 255) -> Image:
    """Turn by some degrees about the middle, so that what falls by ``angle`` lies level."""
    import cv2
    import numpy as np

    high, wide = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    turned = cv2.warpAffine(grey, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(turned, dtype=np.uint8)
