"""Thousands of random reports in random layouts: how many cells come back right, missed, wrong.

    python tests/bench/stress_text.py --reports 20000 --seed 1            # text layouts
    python tests/bench/stress_text.py --format html --reports 2000        # or docx, pdf, torn (get_text of a page)
    python tests/bench/stress_text.py --presets 12                        # every named layout, undamaged: a table
    python tests/bench/stress_text.py --show 4711                         # the text of one report, and what was read of it

A wrong cell has a value that is not printed there, and must never happen; a missed one has none where one is printed.
Each report is a function of its seed alone. At most two processes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

from lxml.html import fragment_fromstring

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.errors import ReadError  # noqa: E402
from gouji.model.report import Report  # noqa: E402
from gouji.pipeline import parse_bytes  # noqa: E402
from gouji.renderers.docx import DocxStyle, render_docx  # noqa: E402
from gouji.renderers.html import HtmlStyle, render_html  # noqa: E402
from gouji.renderers.layout import LAYOUTS, Layout  # noqa: E402
from gouji.renderers.look import Look  # noqa: E402
from gouji.renderers.pdf import PdfStyle, render_pdf  # noqa: E402
from gouji.renderers.pipe import render_text  # noqa: E402
from tests.generate import Wish, invent, with_value  # noqa: E402
from tests.judge import judge  # noqa: E402
from tests.variety import any_docx, any_layout, any_look, any_pdf, any_style, damage  # noqa: E402

CHUNK = 100
KINDS = ("text", "html", "docx", "pdf", "torn")


def specimen(seed: int, *, kind: str = "text") -> tuple[Report, bytes, str, str]:
    """The truth, the document, its family, and how it was made."""
    rng = random.Random(seed * 7919 + KINDS.index(kind))
    truth = invent(seed, wish=Wish(absent=rng.random() < 0.1, prose=rng.random() < 0.9))
    slip = rng.random() < 0.1
    if slip:
        cell = rng.choice([key for key, value in truth.values().items() if value])
        truth = with_value(truth, cell, truth.values()[cell] + rng.choice((-1, 1, 10)))
    if kind == "html":
        style = any_style(rng.choice)
        return truth, render_html(truth, style=style).encode(), style.tables, told(style, HtmlStyle())
    if kind == "docx":
        docx = any_docx(rng.choice)
        return truth, render_docx(truth, style=docx), "docx", told(docx, DocxStyle())
    if kind == "pdf":
        pdf = any_pdf(rng.choice)
        return truth, render_pdf(truth, style=pdf), "ruled" if pdf.ruled else "unruled", told(pdf, PdfStyle())
    if kind == "torn":
        text, how = torn_page(truth, rng)
        return truth, text.encode(), how.partition(" ")[0], how
    layout, look = any_layout(rng.choice), any_look(rng.choice)
    text = damage(render_text(truth, layout=layout, look=look), rng, layout=layout)
    family = layout.family + (" +slip" if slip else "")
    return truth, text.encode(), family, told(layout, Layout()) + " " + told(look, type(look)())


def torn_page(truth: Report, rng: random.Random) -> tuple[str, str]:
    """What ``get_text(separator)`` leaves of a page whose words and numbers are cut over spans, and how it was made."""
    style = any_style(rng.choice)
    share, separator = rng.choice((0.05, 0.2, 0.5, 1.0)), rng.choice((" ", "\n"))
    pieces: list[str] = []
    for node in fragment_fromstring(render_html(truth, style=style), create_parent="div").itertext():
        text = node.strip()
        at = rng.randrange(1, len(text)) if len(text) > 1 and rng.random() < share else len(text)
        pieces += [piece.strip() for piece in (text[:at], text[at:]) if piece.strip()]
    return separator.join(pieces), f"{'lines' if separator != ' ' else 'spaces'} {share} {told(style, HtmlStyle())}"


def told(chosen: Any, usual: Any) -> str:
    """The options that differ from the default; a layout's name when it has one."""
    names = [name for name, layout in LAYOUTS.items() if layout == chosen]
    if names:
        return names[0]
    pieces = []
    for name in (item.name for item in fields(chosen)):
        value, other = getattr(chosen, name), getattr(usual, name)
        if value != other:
            pieces.append(told(value, other) if name == "look" else f"{name}={value!r}")
    return f"{type(chosen).__name__}({', '.join(pieces)})"


def run(seeds: range, kind: str) -> tuple[dict[str, Counter[str]], list[str]]:
    """Judge these seeds."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    for seed in seeds:
        truth, data, family, how = specimen(seed, kind=kind)
        count = tally[family]
        count["reports"] += 1
        begin = time.perf_counter()
        try:
            got = parse_bytes(data, check=False)
        except ReadError:
            count["printed"] += len(truth.values())
            count["missed"] += len(truth.values())
            continue
        except Exception as error:  # noqa: BLE001
            count["crashed"] += 1
            shown.append(
                f"CRASH seed {seed}: {type(error).__name__}: {error} at {traceback.format_exc(limit=-1)}\n    {how}"
            )
            continue
        took = round((time.perf_counter() - begin) * 1000)
        count["slowest ms"] = max(count["slowest ms"], took)
        verdict = judge(truth, got)
        printed = len(truth.values())
        count["printed"] += printed
        count["right"] += printed - len(verdict.missed) - sum(want is not None for want, _ in verdict.wrong.values())
        count["missed"] += len(verdict.missed)
        count["wrong"] += len(verdict.wrong)
        if verdict.wrong:
            count["wrong reports"] += 1
            some = ", ".join(f"{key} {want} read as {have}" for key, (want, have) in list(verdict.wrong.items())[:3])
            shown.append(f"WRONG seed {seed} ({truth.edition}): {len(verdict.wrong)} cells: {some}\n    {how}")
        if took > 1000:
            shown.append(f"SLOW seed {seed}: {took} ms\n    {how}")
    return dict(tally), shown


def chunks(first: int, reports: int) -> Iterator[range]:
    """Ranges of seeds."""
    for start in range(first, first + reports, CHUNK):
        yield range(start, min(start + CHUNK, first + reports))


def main() -> int:
    """Run, print, and fail when a cell was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1, help="of the first report; the others follow")
    parser.add_argument("--format", choices=KINDS, default="text")
    parser.add_argument("--jobs", type=int, default=2, choices=(1, 2))
    parser.add_argument("--most", type=int, default=20, help="how many wrong reports to tell")
    parser.add_argument("--presets", type=int, metavar="N", help="N reports in every named layout, nothing else")
    parser.add_argument("--show", type=int, metavar="SEED")
    options = parser.parse_args()
    if options.show is not None:
        return show(options.show, kind=options.format)
    if options.presets:
        return presets(options.presets)
    begin = time.perf_counter()
    total: dict[str, Counter[str]] = defaultdict(Counter)
    told_already = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        parts = list(chunks(options.seed, options.reports))
        for tally, shown in pool.map(run, parts, [options.format] * len(parts)):
            for family, count in tally.items():
                slowest = max(total[family]["slowest ms"], count.pop("slowest ms", 0))
                total[family] += count
                total[family]["slowest ms"] = slowest
            for line in shown[: max(0, options.most - told_already)]:
                print(line, flush=True)
            told_already += len(shown)
    table(total)
    everything = sum(total.values(), Counter())
    print(
        f"\n{options.reports} reports, seeds {options.seed}..{options.seed + options.reports - 1}, "
        f"{time.perf_counter() - begin:.0f} s: wrong {everything['wrong']} cells in {everything['wrong reports']} reports, "
        f"crashed {everything['crashed']}"
    )
    return 1 if everything["wrong"] or everything["crashed"] else 0


def table(total: dict[str, Counter[str]]) -> None:
    """One line a family."""
    columns = ("reports", "printed", "right", "missed", "wrong", "wrong reports", "crashed", "slowest ms")
    print(f"\n{'family':16}" + "".join(f"{name:>14}" for name in columns) + f"{'right %':>10}")
    for family in sorted(total):
        count = total[family]
        share = 100 * count["right"] / count["printed"] if count["printed"] else 0.0
        print(f"{family:16}" + "".join(f"{count[name]:>14}" for name in columns) + f"{share:>10.2f}")


def told_of(what: Any) -> str:
    """Numbers and states, printed and read."""
    return " read as ".join(map(str, what)) if isinstance(what, tuple) else f"missed, printed {what}"


def presets(count: int) -> int:
    """One line for every named layout: what comes back of undamaged reports by plain authors."""
    wrong = 0
    for name, layout in LAYOUTS.items():
        tally: Counter[str] = Counter()
        seeds: list[str] = []
        look = Look(break_headers=4) if layout.breaks else Look()
        for seed in range(count):
            truth = invent(seed)
            verdict = judge(truth, parse_bytes(render_text(truth, layout=layout, look=look).encode(), check=False))
            tally += Counter(printed=len(truth.values()), missed=len(verdict.missed), wrong=len(verdict.wrong))
            tally["exact"] += verdict.exact
            if not verdict.exact:
                cell, what = next(iter((verdict.wrong or verdict.missed or verdict.states).items()))
                seeds.insert(0 if verdict.wrong else len(seeds), f"seed {seed}: {cell} {told_of(what)}")
        wrong += tally["wrong"]
        right = 100 * (1 - (tally["missed"] + tally["wrong"]) / tally["printed"])
        print(
            f"{name:26}{layout.family:9}{right:8.2f} % right, exact {tally['exact']:3}/{count}, wrong {tally['wrong']:4} "
            f"{'' if layout.exact else '(lossy) '}{seeds[0] if seeds else ''}"
        )
    return 1 if wrong else 0


def show(seed: int, *, kind: str) -> int:
    """Print one document, and what was read of it."""
    truth, data, family, how = specimen(seed, kind=kind)
    print(data.decode() if kind in ("text", "html", "torn") else f"({len(data)} bytes of {kind})")
    print(f"--- seed {seed}, family {family}, {how}")
    verdict = judge(truth, parse_bytes(data, check=False))
    for key, (want, have) in verdict.wrong.items():
        print(f"WRONG  {key}: printed {want}, read {have}")
    for key, value in verdict.missed.items():
        print(f"missed {key}: printed {value}")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
