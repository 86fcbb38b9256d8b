"""How well scans are read: reports of our own, printed, scanned badly, and read by OCR.

Run: ``python tests/bench/bench_scans.py [--count 8] [--seed 1]``. Prints for every file how many cells are right, missed and
wrong, and whether a finding or a note points at the wrong ones; the exit status is 1 below the promises.

Each is drawn by the project's renderer, turned to pixels at 150 to 300 dpi, and given what scanners give: a slant, blur,
noise, a grey background, the compression of JPEG, a red or grey seal over a table.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.forms import editions  # noqa: E402
from gouji.model.report import Report, State  # noqa: E402
from gouji.pipeline import parse_bytes  # noqa: E402
from gouji.readers.pdf.picture import render_page  # noqa: E402
from gouji.renderers.look import Look  # noqa: E402
from gouji.renderers.pdf import PdfStyle, render_pdf  # noqa: E402
from tests.generate import Wish, invent  # noqa: E402

RIGHT, WRONG = 0.98, 0.002


def scan(data: bytes, *, rng: random.Random) -> tuple[bytes, str]:
    """A PDF as a PDF of pictures, and what was done to it."""
    import cv2
    import numpy as np
    from PIL import Image

    from gouji.readers.ocr_image import turn
    from gouji.readers.pdf.engine import open_document

    dpi, grey = rng.choice((150, 200, 200, 300)), rng.random() < 0.4
    angle, blur, noise = rng.uniform(-1.5, 1.5), rng.uniform(0.3, 0.8) * dpi / 200, rng.uniform(0, 9)
    paper, quality, seal = rng.randint(228, 255), rng.randint(55, 90), rng.choice(("red", "grey", ""))
    with open_document(data) as document:
        pages = range(1, document.pages + 1)
    chance = np.random.default_rng(rng.randrange(2**32))
    pictures = []
    for number in pages:
        wide, high, pixels = render_page(data, number, scale=dpi / 72)
        image: Any = np.frombuffer(pixels, dtype=np.uint8).reshape(high, wide, 3).copy()
        if seal:
            colour = (225, 40, 50) if seal == "red" else (175, 175, 175)
            stamp = np.full_like(image, 255)
            middle = rng.randrange(wide // 4, 3 * wide // 4), rng.randrange(high // 4, 3 * high // 4)
            cv2.circle(stamp, middle, dpi * 2 // 3, colour, max(dpi // 40, 2))
            cv2.putText(stamp, "*", middle, cv2.FONT_HERSHEY_SIMPLEX, dpi / 70, colour, max(dpi // 50, 2))
            image = np.minimum(image, stamp)
        image = np.stack([turn(np.ascontiguousarray(image[:, :, part]), angle) for part in range(3)], axis=2)
        image = cv2.GaussianBlur(image, (0, 0), blur)
        dirty = image.astype(np.float32) * (paper / 255) + chance.normal(0, noise, image.shape)
        picture = Image.fromarray(np.clip(dirty, 0, 255).astype(np.uint8))
        squeezed = io.BytesIO()
        (picture.convert("L") if grey else picture).save(squeezed, "JPEG", quality=quality)
        pictures.append(Image.open(squeezed))
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=quality)
    done = f"{dpi} dpi, {angle:+.1f} deg, blur {blur:.1f}, noise {noise:.0f}, {seal or 'no'} seal{', grey' if grey else ''}"
    return out.getvalue(), done


def judge(truth: Report, read: Report) -> Iterator[tuple[str, str]]:
    """Every cell of the truth with ``right``, ``missed``, ``wrong`` or ``silent``: wrong, and nothing points at it."""
    pointed = {cell for finding in read.findings for cell in finding.cells}
    pointed |= {cell for note in read.notes for cell in note.cells}
    for key, value in truth.cells.items():
        if value.state is State.ABSENT:
            continue
        found = read.cells.get(key)
        got = found.value if found is not None else None
        if got == value.value:
            yield key, "right"
        elif got is None:
            yield key, "missed"
        else:
            yield key, "wrong" if key in pointed else "silent"


def main() -> int:
    """Read them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder to keep the scans in")
    options = parser.parse_args()
    total: dict[str, int] = dict.fromkeys(("right", "missed", "wrong", "silent"), 0)
    for number in range(options.count):
        rng = random.Random(options.seed * 1000 + number)
        edition = rng.choice(sorted(editions()))
        truth = invent(options.seed * 1000 + number, wish=Wish(size="middle", edition=edition, zeros="0"))
        style = PdfStyle(landscape=rng.random() < 0.5, size=rng.choice((7.0, 8.0, 9.0)), look=Look())
        picture, done = scan(render_pdf(truth, style=style), rng=rng)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number:03}.pdf").write_bytes(picture)
        read = parse_bytes(picture)
        counts: dict[str, Any] = dict.fromkeys(total, 0)
        for key, verdict in judge(truth, read):
            counts[verdict] += 1
            total[verdict] += 1
            if verdict in {"wrong", "silent"}:
                value = read.cells[key]
                print(
                    f"   {key}: {truth.cells[key].value} read as {value.value}, {value.state.value}, {value.confidence}"
                )
        print(f"{number:3} {done}: {', '.join(f'{count} {name}' for name, count in counts.items())}", flush=True)
    cells = sum(total.values())
    right, wrong = total["right"] / cells, (total["wrong"] + total["silent"]) / cells
    print(f"{options.count} scans, {cells} cells: {right:.2%} right (>= {RIGHT:.0%}), {wrong:.2%} wrong (<= {WRONG:.1%}), "
          f"{total['silent']} of them with no finding or note")  # fmt: skip
    return int(right < RIGHT or wrong > WRONG or total["silent"] > 0)


if __name__ == "__main__":
    sys.exit(main())
