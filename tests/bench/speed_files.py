"""The part of `make bench` about files: PDF and Word beside the tools a user might take instead, and memory.

On the samples of ``../shared`` where they are, else on reports drawn by the project's own renderers.
"""

from __future__ import annotations

import io
import statistics
from functools import cache
from typing import Any

from gouji.pipeline import parse_bytes
from gouji.renderers.docx import DocxStyle, render_docx
from gouji.renderers.pdf import PdfStyle, render_pdf
from tests.bench.bench_pdf import CEILING, FLOOR, compare, resident
from tests.bench.speed_table import line, median, shared_folder
from tests.generate import Wish, invent

_DRAWN = 10
_FEW, _MANY = 50, 500
_GROWTH = 20.0
_WORD = 15.0


@cache
def documents(kind: str) -> tuple[str, tuple[bytes, ...]]:
    """Files of one kind (``pdf`` or ``docx``) and where they are from."""
    shared = shared_folder()
    folder = shared / "samples" / f"{kind}-styles" if shared else None
    if folder and folder.is_dir():
        return f"../shared/samples/{folder.name}", tuple(path.read_bytes() for path in sorted(folder.glob(f"*.{kind}")))
    reports = [invent(seed, wish=Wish(size="middle")) for seed in range(_DRAWN)]
    if kind == "pdf":
        drawn = [render_pdf(report, style=PdfStyle(landscape=bool(n % 2))) for n, report in enumerate(reports)]
    else:
        drawn = [render_docx(report, style=DocxStyle()) for report in reports]
    return f"gouji.renderers.{kind}", tuple(drawn)


def bench_pdf(rounds: int) -> None:
    """Reading PDF against pdfplumber, and against getting the characters and paths out and making nothing of them.

    The best of some rounds for every file, the three taking turns: a busy machine slows all of them. What reportlab
    draws with a font that is not in the file takes PDFium itself a fifth of pdfplumber's time, so that ten times as
    fast can be promised only for files like those of ``pdf-styles``.
    """
    where, files = documents("pdf")
    print(f"\nPDF, ms a file over {len(files)} of {where} (read, not checked)")
    ours, plumber, raw = compare(files, rounds=min(rounds, 5))
    each = 1000 / len(files)
    line("gouji", f"{ours * each:.1f}")
    drawn = where.startswith("gouji")
    limit = "" if drawn else f">= x {FLOOR:.0f} gouji"
    line(f"pdfplumber, text and tables: {plumber * each:.1f}", f"x {plumber / ours:.1f}", limit=limit,
         good=drawn or plumber / ours >= FLOOR)  # fmt: skip
    line(f"raw extraction: {raw * each:.1f}; gouji against it", f"x {ours / raw:.2f}", limit=f"<= x {CEILING}",
         good=ours / raw <= CEILING)  # fmt: skip


def bench_word(rounds: int) -> None:
    """Reading Word, and python-docx walking over the same cells."""
    where, files = documents("docx")
    print(f"\nWord, ms a file over {len(files)} of {where} (gouji: parsed and checked)")
    times = [median(lambda data=data: parse_bytes(data), rounds=rounds) for data in files]  # type: ignore[misc]
    worst = max(times)
    line("gouji: middle", f"{statistics.median(times):.1f}")
    line("gouji: slowest", f"{worst:.1f}", limit=f"<= {_WORD:.0f}", good=worst <= _WORD)
    try:
        import docx
    except ImportError as error:
        print(f"  (not compared: {error})")
        return

    def walk(data: bytes) -> int:
        cells: dict[Any, str] = {}
        for table in docx.Document(io.BytesIO(data)).tables:
            cells.update((cell._tc, cell.text) for row in table.rows for cell in row.cells)
        return len(cells)

    peers = [median(lambda data=data: walk(data), rounds=max(1, rounds // 3)) for data in files]  # type: ignore[misc]
    line("python-docx, the text of every cell: middle", f"{statistics.median(peers):.1f}")


def bench_memory() -> None:
    """What stays behind after many files."""
    print("\nMemory")
    files = [*documents("pdf")[1], *documents("docx")[1]]
    before = 0.0
    for count in range(1, _MANY + 1):
        parse_bytes(files[count % len(files)])
        if count == _FEW:
            before = resident()
    grown = resident() - before
    line(f"after {_MANY} PDF and Word files, against after {_FEW}, MB", f"{grown:+.1f}", limit=f"<= {_GROWTH:.0f}",
         good=grown <= _GROWTH)  # fmt: skip
