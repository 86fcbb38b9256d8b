"""Read pictures of a report: PNG, JPEG, TIFF of several pages, BMP, GIF, WebP. Needs the extra ``gouji[ocr]``."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from gouji.errors import ReadError
from gouji.model.raw import RawDocument
from gouji.model.source import Source
from gouji.readers.lattice import assemble
from gouji.readers.ocr import note_of, scan_page, with_confidence
from gouji.readers.ocr_engine import require_ocr

if TYPE_CHECKING:
    from gouji.readers.ocr import Scan
    from gouji.readers.ocr_image import Image

LONG_SIDE = 842.0
"""Points of the longer side of A4: what a picture is taken for when it does not say its resolution."""
_PLAUSIBLE = (500.0, 1300.0)
"""Points; a page whose longer side is not between these does not have the resolution it says."""
_MOST_PAGES = 200
_SMALLEST = (360, 120)
"""Pixels, width and height: smaller pictures in a document are signs and seals."""


def read_image(data: bytes, *, path: str) -> RawDocument:
    """Read a picture by OCR, as a scanned page of a PDF is.

    Args:
        data: The bytes of the file.
        path: For messages and the source.

    Raises:
        MissingToolError: The extra ``gouji[ocr]`` is not installed; the message says what to install.
        ReadError: Damaged, or with more pixels than any page.
    """
    require_ocr(where=path)
    scans = []
    media_type = "image"
    for number, (pixels, dpi, media_type) in enumerate(frames(data, path), 1):  # noqa: B007 - the last one is kept
        scans.append(scan_page(pixels, page=number, scale=find_scale(pixels.shape[:2], dpi=dpi)))
    return RawDocument(
        source=Source(path=path, sha256=sha256(data).hexdigest(), media_type=media_type),
        blocks=with_confidence(assemble([scan.content for scan in scans]), scans),
        notes=tuple(note_of(scan) for scan in scans),
    )


def scan_picture(data: bytes, *, page: int, path: str, points: float | None = None) -> Scan | None:
    """Read one picture that stands in a document; ``None`` for one too small to hold a table.

    Args:
        data: The bytes of the picture.
        page: Number to give it.
        path: For messages.
        points: How wide it is shown, if known.

    Raises:
        MissingToolError: The extra ``gouji[ocr]`` is not installed.
        ReadError: It cannot be decoded.
    """
    require_ocr(where=path)
    for pixels, dpi, _ in frames(data, path):
        high, wide = pixels.shape[:2]
        if wide < _SMALLEST[0] or high < _SMALLEST[1]:
            return None
        scale = wide / points if points else find_scale((high, wide), dpi=dpi)
        return scan_page(pixels, page=page, scale=scale)
    return None


def find_scale(shape: tuple[int, ...], *, dpi: float) -> float:
    """Pixels in a point: by the resolution a picture says if it makes a page of usual size, else as if it were A4.

    >>> find_scale((2339, 1654), dpi=200), find_scale((3368, 2000), dpi=72)
    (2.7777777777777777, 4.0)
    """
    longer = max(shape[0], shape[1], 1)
    if dpi > 0 and _PLAUSIBLE[0] <= longer / dpi * 72 <= _PLAUSIBLE[1]:
        return dpi / 72
    return longer / LONG_SIDE


def frames(data: bytes, path: str) -> Iterator[tuple[Image, float, str]]:
    """Every page of a picture in RGB, upright as its camera says, with its resolution and media type."""
    import numpy as np
    from PIL import Image as Pillow
    from PIL import ImageOps, ImageSequence

    with warnings.catch_warnings():
        warnings.simplefilter("error", Pillow.DecompressionBombWarning)
        try:
            picture = Pillow.open(io.BytesIO(data))
            media_type = Pillow.MIME.get(picture.format or "", "image")
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number == _MOST_PAGES:
                    break
                upright = ImageOps.exif_transpose(frame)
                yield np.asarray(_flatten(upright), dtype=np.uint8), _dpi(frame), media_type
        except (Pillow.DecompressionBombWarning, Pillow.DecompressionBombError) as error:
            raise ReadError(f"a picture of too many pixels: {error}", code="READ-BOMB", where=path) from error
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ReadError(f"the picture is damaged: {error}", code="READ-DAMAGED", where=path) from error


def _flatten(picture: Any) -> Any:
    """In RGB; what is transparent becomes white."""
    from PIL import Image as Pillow

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(white, picture)
    return picture.convert("RGB")


def _dpi(picture: Any) -> float:
    try:
        return float(picture.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError):
        return 0.0
