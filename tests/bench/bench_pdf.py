"""How fast PDFs are read: against pdfplumber (text and tables), and against raw extraction, same files, one run.

Run: ``python tests/bench/bench_pdf.py [FOLDER]``; prints the ratios, and fails below the floors. The runs take turns, so
that a busy machine slows all of them.
"""

from __future__ import annotations

import ctypes
import io
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

FLOOR = 10.0
"""Times faster than pdfplumber, in total."""
CEILING = 1.6
"""Times the raw extraction of characters and paths, at most."""
ROUNDS = 5


def read_all(files: Sequence[bytes]) -> None:
    """What users call."""
    from gouji.readers.pdf import read_pdf

    for data in files:
        read_pdf(data, path="x.pdf")


def read_pdfplumber(files: Sequence[bytes]) -> None:
    """Text and tables of every page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    for data in files:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                page.extract_text()
                page.extract_tables()
                page.close()


def extract_raw(files: Sequence[bytes]) -> None:
    """Every character with its origin and box, every path with its bounds and segments: nothing is made of them."""
    from gouji.readers.pdf.engine import open_document

    doubles, floats, ints = (ctypes.c_double * 2)(), (ctypes.c_float * 4)(), (ctypes.c_int * 2)()
    x, y, box = ctypes.byref(doubles), ctypes.byref(doubles, 8), ctypes.byref(floats)
    sides = [ctypes.byref(floats, 4 * index) for index in range(4)]
    modes = [ctypes.byref(ints), ctypes.byref(ints, 4)]
    for data in files:
        with open_document(data) as document:
            lib = document.lib
            for number in range(document.pages):
                page = lib.FPDF_LoadPage(document.handle, number)
                for index in range(lib.FPDFPage_CountObjects(page)):
                    item = lib.FPDFPage_GetObject(page, index)
                    if lib.FPDFPageObj_GetType(item) == 2:
                        lib.FPDFPageObj_GetBounds(item, *sides)
                        lib.FPDFPath_GetDrawMode(item, *modes)
                        for place in range(lib.FPDFPath_CountSegments(item)):
                            segment = lib.FPDFPath_GetPathSegment(item, place)
                            lib.FPDFPathSegment_GetPoint(segment, sides[0], sides[1])
                text = lib.FPDFText_LoadPage(page)
                count = lib.FPDFText_CountChars(text)
                buffer = (ctypes.c_ushort * (count + 1))()
                lib.FPDFText_GetText(text, 0, count, ctypes.byref(buffer))
                characters = []
                for index in range(count):
                    lib.FPDFText_GetCharOrigin(text, index, x, y)
                    lib.FPDFText_GetLooseCharBox(text, index, box)
                    characters.append((doubles[0], doubles[1], floats[0], floats[2]))
                lib.FPDFText_ClosePage(text)
                lib.FPDF_ClosePage(page)


def seconds(work: Callable[[Sequence[bytes]], None], data: bytes) -> float:
    start = time.process_time()
    work([data])
    return time.process_time() - start


def compare(files: Sequence[bytes], *, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Processor seconds for all files - ours, pdfplumber's, the raw extraction's: the sum over the files of the best of some rounds.

    The three take turns at every file, so that a busy machine slows all of them.
    """
    totals = [0.0, 0.0, 0.0]
    for data in files:
        ours, plumber, raw = [], [], []
        for turn in range(rounds):
            ours.append(seconds(read_all, data))
            raw.append(seconds(extract_raw, data))
            if turn < 2:
                plumber.append(seconds(read_pdfplumber, data))
        for index, times in enumerate((ours, plumber, raw)):
            totals[index] += min(times)
    return totals[0], totals[1], totals[2]


def resident() -> float:
    """Megabytes of memory in use now."""
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def growth(files: Sequence[bytes], *, first: int = 50, last: int = 500) -> float:
    """Megabytes more in use after reading ``last`` files than after ``first``."""
    from gouji.readers.pdf import read_pdf

    at_first = 0.0
    for count in range(1, last + 1):
        read_pdf(files[count % len(files)], path="x.pdf")
        if count == first:
            at_first = resident()
    return resident() - at_first


def main(folder: Path) -> int:
    files = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    ours, plumber, raw = compare(files)
    print(f"{len(files)} files: gouji {ours:.2f} s, pdfplumber {plumber:.2f} s, raw extraction {raw:.2f} s")
    print(f"{plumber / ours:.1f} x pdfplumber (floor {FLOOR}), {ours / raw:.2f} x raw extraction (ceiling {CEILING})")
    grown = growth(files)
    print(f"memory after 500 files: {grown:+.1f} MB against that after 50")
    return int(plumber / ours < FLOOR or ours / raw > CEILING or grown > 20)


@pytest.mark.slow
def test_speed_and_memory(shared: Path) -> None:
    files = [path.read_bytes() for path in sorted((shared / "samples" / "pdf-styles").glob("*.pdf"))]
    ours, plumber, raw = compare(files)
    assert plumber / ours > FLOOR * 0.8, "far slower than it was; run tests/bench/bench_pdf.py on a quiet machine"
    assert ours / raw < CEILING * 1.25
    assert growth(files) < 20


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/samples/pdf-styles")))
