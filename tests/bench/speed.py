"""Speed, as a table to read: `make bench`, or `python tests/bench/speed.py [--quick]`.

Times are medians of processor time (not of the clock: other work on the machine does not count), in milliseconds, parsed
and checked, in one process; for PDF the sum over the files of the best of some rounds. The limits are those the project
promises; where one is broken the line says so and the exit status is 1.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import pstats
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.checker.run import check  # noqa: E402
from gouji.forms import editions  # noqa: E402
from gouji.pipeline import interpret, parse_bytes  # noqa: E402
from gouji.readers import read  # noqa: E402
from gouji.readers.encoding import decode  # noqa: E402
from gouji.readers.htmlmain import find_main  # noqa: E402
from gouji.readers.htmlstyle import read_roles  # noqa: E402
from gouji.readers.htmltree import parse_tree, survey  # noqa: E402
from gouji.readers.htmlwalk import Walker  # noqa: E402
from gouji.renderers.html import STYLES, render_html  # noqa: E402
from gouji.renderers.layout import LAYOUTS  # noqa: E402
from gouji.renderers.look import Look  # noqa: E402
from gouji.renderers.pipe import render_text  # noqa: E402
from gouji.renderers.words import words  # noqa: E402
from tests.bench.speed_files import bench_memory, bench_pdf, bench_word  # noqa: E402
from tests.bench.speed_table import broken, line, median, shared_folder  # noqa: E402
from tests.generate import Wish, invent  # noqa: E402


def text_reports(count: int, *, layout: str = "seed") -> list[bytes]:
    """Clean reports as texts: consistent, nothing missing."""
    chosen = LAYOUTS[layout]
    look = Look(break_headers=4) if chosen.breaks else Look()
    return [
        render_text(invent(seed, wish=Wish(size="middle")), layout=chosen, look=look).encode() for seed in range(count)
    ]


def bench_text(rounds: int) -> None:
    """Clean reports, then every layout."""
    print("\nText, ms a report (parsed and checked)")
    seed = (ROOT / "fixtures" / "seed-2023.txt").read_bytes()
    took = median(lambda: parse_bytes(seed), rounds=rounds * 3)
    line("fixtures/seed-2023.txt", f"{took:.2f}", limit="<= 3", good=took <= 3)
    clean = text_reports(15)
    took = statistics.median(median(lambda text=text: parse_bytes(text), rounds=rounds) for text in clean)  # type: ignore[misc]
    line("clean reports in the seed's layout", f"{took:.2f}", limit="<= 3", good=took <= 3)
    worst = ("", 0.0)
    for name in LAYOUTS:
        (text,) = text_reports(1, layout=name)
        took = median(lambda text=text: parse_bytes(text), rounds=max(1, rounds // 3))  # type: ignore[misc]
        worst = max(worst, (name, took), key=lambda pair: pair[1])
        line(f"  layout {name}", f"{took:.2f}")
    line(f"worst layout: {worst[0]}", f"{worst[1]:.1f}", limit="<= 250", good=worst[1] <= 250)


def bench_specimens(rounds: int) -> None:
    """The slowest of the committed texts, and of the shared ones where they are."""
    print("\nWorst specimens, ms")
    shared = shared_folder()
    folders = [ROOT / "fixtures" / "layouts", *([shared / "samples" / "text"] if shared else [])]
    for folder in folders:
        found = []
        for path in sorted(folder.glob("*.txt")):
            data = path.read_bytes()
            found.append((median(lambda data=data: parse_bytes(data), rounds=1), path.name))  # type: ignore[misc]
        worst, name = max(found)
        where = folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else f"../shared/samples/{folder.name}"
        line(f"{where}: {name}"[:58], f"{worst:.1f}", limit="<= 250", good=worst <= 250)
        line(f"{where}: median of {len(found)}", f"{statistics.median(took for took, _ in found):.1f}")


def padded(text: bytes, *, times: int) -> bytes:
    """The same report in a page that is so many times longer: navigation before, comments after."""
    size = len(text)
    around = "\n".join(words().navigation).encode() + b"\n"
    paragraph = (invent(1).sections[0].text + "\n").encode()
    need = size * (times - 1) // 2
    return (around * (need // len(around) + 1)) + text + b"\n" + paragraph * (need // len(paragraph) + 1)


def bench_growth(rounds: int) -> None:
    """How time grows with the page: ten times the page at most ten times the time."""
    print("\nGrowth with the length of the page")
    for name in ("seed", "empty_lines", "inscriptis"):
        (text,) = text_reports(1, layout=name)
        one = median(lambda text=text: parse_bytes(text), rounds=rounds)  # type: ignore[misc]
        long = padded(text, times=10)
        ten = median(lambda long=long: parse_bytes(long), rounds=rounds)  # type: ignore[misc]
        ratio = ten / one
        line(
            f"{name}: {len(text) // 1000} kB {one:.1f} ms, {len(long) // 1000} kB {ten:.1f} ms",
            f"x {ratio:.1f}",
            limit="<= x 10",
            good=ratio <= 10,
        )


def html_pages() -> dict[str, str]:
    """The bare report, one in Word's markup, and the report within the navigation of sites of three sizes."""
    report = invent(4, wish=Wish(size="middle", edition="2021"))
    usual = render_html(report, style=STYLES["layout_table"])
    return {
        "usual": usual,
        "20 kB": _with_navigation(usual, items=160),
        "soup": render_html(report, style=STYLES["word_soup"]),
        "100 kB": _with_navigation(usual, items=1180),
        "large": _with_navigation(usual, items=3200),
    }


def _with_navigation(page: str, *, items: int) -> str:
    filler = "".join(
        f'<li class="item"><a href="/art/{n}.html" title="{n}">{words().navigation[n % 7]}</a></li>'
        for n in range(items)
    )
    return page.replace("</ul>", f"{filler}</ul>", 1)


def bench_html(rounds: int) -> None:
    """Pages of a usual and of a large size, and the shared samples all together, beside what a user might take instead.

    That gouji takes a fifth of the time of BeautifulSoup and trafilatura is promised of real pages, which have 20 kB and
    more, and of the samples together; of the report alone, without any page around it, a quarter: it takes nearly a fifth,
    but with other work on the machine not always.
    """
    print("\nHTML, ms a page (gouji: parsed and checked)")
    for name, page in html_pages().items():
        size = len(page.encode()) // 1000
        _compare(f"{name} page, {size} kB", [page], rounds=rounds, large=name == "large", least=5 if size >= 20 else 4)
    shared = shared_folder()
    if shared:
        pages = [path.read_text(encoding="utf-8") for path in sorted((shared / "samples" / "html").glob("*.html"))]
        _compare(f"../shared/samples/html, all {len(pages)}", pages, rounds=max(3, rounds // 3))


def _compare(name: str, pages: Sequence[str], *, rounds: int, large: bool = False, least: float = 5) -> None:
    """Some pages, one after another, beside other tools.

    ``large``: with the limit of mere parsing; ``least``: that of soup and trafilatura.
    """
    files = [page.encode() for page in pages]
    ours = median(lambda: [parse_bytes(data) for data in files], rounds=rounds)
    line(f"{name}: gouji", f"{ours:.1f}")
    actions = [rivals(page) for page in pages]
    limits = {"pandas.read_html": 1.0, "BeautifulSoup + trafilatura": least, "lxml.html.fromstring": 0.5 * large}
    for tool in actions[0]:
        took = median(lambda tool=tool: [action[tool]() for action in actions], rounds=max(1, rounds // 3))  # type: ignore[misc]
        limit = f">= x {limits[tool]:g}" if limits[tool] else ""
        line(f"  {tool}: {took:.1f}", f"x {took / ours:.2f}", limit=limit, good=took >= ours * limits[tool])


def rivals(page: str) -> dict[str, Callable[[], Any]]:
    """What else can be done with the page; tools that are not installed are left out."""
    found: dict[str, Callable[[], Any]] = {}
    parse = import_module("lxml.html").fromstring
    found["lxml.html.fromstring"] = lambda: parse(page)
    try:
        from io import StringIO

        import pandas as pd

        found["pandas.read_html"] = lambda: pd.read_html(StringIO(page))
        import trafilatura
        from bs4 import BeautifulSoup

        found["BeautifulSoup + trafilatura"] = lambda: (BeautifulSoup(page, "html.parser"), trafilatura.extract(page))
    except ImportError as error:
        print(f"  (not compared: {error})")
    return found


def bench_import(rounds: int) -> None:
    """Start-up beside lxml.html, interpreter's own start subtracted."""
    print("\nImport, ms over the bare interpreter")

    def start(statement: str) -> float:
        command = [sys.executable, "-c", statement]
        return median(lambda: subprocess.run(command, check=True, env={"PYTHONPATH": str(ROOT / "src")}), rounds=rounds)

    bare = start("pass")
    lxml, ours = start("import lxml.html") - bare, start("import gouji") - bare
    line("import lxml.html", f"{lxml:.1f}")
    line("import gouji", f"{ours:.1f}", limit="<= 2 x lxml.html", good=ours <= 2 * lxml)
    line("import, parse and check the seed", f"{start(FIRST) - bare:.1f}")


FIRST = f"from gouji.pipeline import parse; parse({str(ROOT / 'fixtures' / 'seed-2023.txt')!r})"


def bench_stages() -> None:
    """Where the time of clean reports goes: own time by package, from the profiler."""
    print("\nWhere the time goes (own time by package, profiler's overhead included)")
    page = render_html(invent(4, wish=Wish(size="middle")), style=STYLES["layout_table"]).encode()
    for name, documents in (("text", text_reports(15)), ("html", [page] * 10)):
        profile = cProfile.Profile()
        for document in documents:
            parse_bytes(document)
        profile.enable()
        for document in documents:
            parse_bytes(document)
        profile.disable()
        own: dict[str, float] = defaultdict(float)
        for (file, _, _), (_, _, tottime, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
            own[package(file)] += tottime
        total = sum(own.values())
        shares = sorted(own.items(), key=lambda item: -item[1])
        print(
            f"  {name}: "
            + ", ".join(f"{who} {100 * took / total:.0f} %" for who, took in shares if took > 0.02 * total)
        )


def bench_page_stages(rounds: int) -> None:
    """What the time of a page is spent on, ms: the least of many rounds, each stage timed by itself in a whole reading."""
    print("\nWhere the time of a page goes, ms")
    for name, page in html_pages().items():
        data = page.encode()
        least: dict[str, float] = {}
        for _ in range(rounds * 4):
            for stage, took in page_stages(data).items():
                least[stage] = min(took, least.get(stage, took))
        print(f"  {name}: " + ", ".join(f"{stage} {took * 1000:.2f}" for stage, took in least.items()))


def page_stages(data: bytes) -> dict[str, float]:
    """Seconds of each stage of one reading."""
    took: dict[str, float] = {}

    def timed(stage: str, action: Callable[[], Any]) -> Any:
        begin = time.process_time()
        made = action()
        took[stage] = time.process_time() - begin
        return made

    timed("lxml.html.fromstring alone", lambda: import_module("lxml.html").fromstring(data.decode()))
    timed("decoding, digest", lambda: (decode(data), hashlib.sha256(data).hexdigest()))
    root, _ = timed("parsing, damage", lambda: parse_tree(data))
    known = timed("survey", lambda: survey(root))
    roles = timed("hidden parts", lambda: read_roles(root, data.lower()))
    main = timed("the report's part", lambda: find_main(root, known["table"], data))
    timed("walking, grids", lambda: Walker(roles, known, main=main).walk(root))
    document = timed("all of reading", lambda: read(data))
    forms = tuple(editions().values())
    report = timed("tables, sections, metadata", lambda: interpret(document, forms=forms))
    timed("checks", lambda: check(report, forms=forms))
    return took


def package(file: str) -> str:
    """The part of gouji a file belongs to."""
    parts = Path(file).parts
    if "gouji" in parts and "src" in parts:
        rest = parts[parts.index("gouji") + 1 :]
        return rest[0].removesuffix(".py")
    return "built in" if file.startswith(("~", "<")) else "libraries"


def main() -> int:
    """All of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: for a look, not for a comparison")
    rounds = 3 if parser.parse_args().quick else 15
    print(f"gouji bench, Python {sys.version.split()[0]}, {rounds} rounds")
    bench_import(rounds)
    bench_text(rounds)
    bench_specimens(rounds)
    bench_growth(rounds)
    bench_html(rounds)
    bench_pdf(rounds)
    bench_word(rounds)
    bench_memory()
    bench_stages()
    bench_page_stages(rounds)
    print(f"\n{len(broken)} limits broken" + (": " + "; ".join(broken) if broken else ""))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
