"""The recogniser: pictures of lines to text, by RapidOCR and the models in its wheel. No network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any

from gouji.errors import MissingToolError

if TYPE_CHECKING:
    from gouji.readers.ocr_image import Image

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy")
_INSTALL = "pip install 'gouji[ocr]'"
_LOCK = Lock()
_BATCH = 6
_THREADS = 1
"""More than one gain little on pictures this small, and cost much when every core has its own worker."""
_HEIGHT = 48


@dataclass(frozen=True, slots=True)
class Text:
    """What a picture says, and how sure the recogniser is (0..1)."""

    text: str
    score: float


def require_ocr(*, where: str = "") -> None:
    """Say clearly what is missing.

    Raises:
        MissingToolError: The extra is not installed.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        names = ", ".join(missing)
        raise MissingToolError(f"a scanned page needs OCR ({names} not installed): {_INSTALL}", where=where)


@lru_cache(maxsize=1)
def _recogniser(process: int) -> Any:
    """RapidOCR's line recogniser, one a process. Its detector and its angle classifier are never run.

    The classifier turns numbers upside down: 991 becomes 166.
    """
    del process
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.use_det": False,
            "Rec.rec_img_shape": [3, _HEIGHT, _HEIGHT],  # the width is a minimum; numbers are narrow
            "Rec.rec_batch_num": _BATCH,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        }
    )


def recognise(pictures: Sequence[Image]) -> list[Text]:
    """Read lines, each picture (grey, or RGB) by itself.

    Raises:
        MissingToolError: The extra is not installed.
    """
    if not pictures:
        return []
    require_ocr()
    import cv2

    colour = [cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture for picture in pictures]
    with _LOCK:
        result = _recogniser(os.getpid()).recognize_txt(colour)
    return [Text(str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)]
