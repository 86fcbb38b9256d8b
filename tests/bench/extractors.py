"""Real extractors on rendered pages, PDFs and Word files: what gouji reads of the text that other tools leave of a report.

    python tests/bench/extractors.py --reports 20 --seed 1            # every tool that is installed: a table
    python tests/bench/extractors.py --show w3m 3                     # one text, and what was misread of it
    python tests/bench/extractors.py --write fixtures/extracted       # the fixed texts that `make accuracy` reads

Invented reports become HTML, PDF and Word in random styles, the tools make text of it, gouji reads the text. Wrong must be 0; how much is
missed depends on what the tool has kept. Tools that are not installed are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.model.report import Report  # noqa: E402
from gouji.pipeline import parse_bytes  # noqa: E402
from gouji.renderers.docx import render_docx  # noqa: E402
from gouji.renderers.html import STYLES, render_html  # noqa: E402
from gouji.renderers.pdf import render_pdf  # noqa: E402
from tests.corpus.render_fixtures import expected  # noqa: E402
from tests.generate import Wish, invent  # noqa: E402
from tests.judge import judge  # noqa: E402
from tests.variety import any_docx, any_pdf, any_style  # noqa: E402

Tool = Callable[[str], str]
"""From a page."""
FileTool = Callable[[Path], str]
"""From a PDF or Word file."""

FILE = "{file}"
COMMANDS = {
    "w3m": ["w3m", "-dump", "-T", "text/html", "-I", "utf-8", "-O", "utf-8", "-cols", "200"],
    "w3m-80": ["w3m", "-dump", "-T", "text/html", "-I", "utf-8", "-O", "utf-8", "-cols", "80"],
    "lynx": ["lynx", "-dump", "-stdin", "-nolist", "-width=200", "-assume_charset=utf-8", "-display_charset=utf-8"],
    "lynx-80": ["lynx", "-dump", "-stdin", "-nolist", "-width=80", "-assume_charset=utf-8", "-display_charset=utf-8"],
    "links": ["links", "-dump", "-html-assume-codepage", "utf-8", "-codepage", "utf-8", "-width", "200", FILE],
    "elinks": ["elinks", "-dump", "-dump-charset", "utf-8", "-dump-width", "200", "-no-references"],
    "pandoc-plain": ["pandoc", "-f", "html", "-t", "plain"],
    "pandoc-plain-none": ["pandoc", "-f", "html", "-t", "plain", "--wrap=none", "--columns=200"],
    "pandoc-gfm": ["pandoc", "-f", "html", "-t", "gfm-raw_html"],
    "pandoc-markdown": ["pandoc", "-f", "html", "-t", "markdown"],
    "pandoc-rst": ["pandoc", "-f", "html", "-t", "rst"],
    "pandoc-org": ["pandoc", "-f", "html", "-t", "org"],
    "pandoc-asciidoc": ["pandoc", "-f", "html", "-t", "asciidoc"],
    "pandoc-mediawiki": ["pandoc", "-f", "html", "-t", "mediawiki"],
}


FILE_COMMANDS = {
    "pdftotext": ["pdftotext", FILE, "-"],
    "pdftotext-layout": ["pdftotext", "-layout", FILE, "-"],
    "pdftotext-raw": ["pdftotext", "-raw", FILE, "-"],
    "pdf-mutool": ["mutool", "draw", "-q", "-F", "txt", FILE],
    "docx-docx2txt": ["docx2txt", FILE, "-"],
    "docx-pandoc-plain": ["pandoc", "-f", "docx", "-t", "plain", "--columns=200", FILE],
    "docx-pandoc-gfm": ["pandoc", "-f", "docx", "-t", "gfm-raw_html", FILE],
    "docx-pandoc-markdown": ["pandoc", "-f", "docx", "-t", "markdown", FILE],
}


def command(words: list[str]) -> Tool:
    """A program that reads HTML from its standard input, or from a file where it says so."""

    def run(page: str) -> str:
        with tempfile.NamedTemporaryFile(suffix=".html") as file:
            file.write(page.encode())
            file.flush()
            line = [file.name if word == FILE else word for word in words]
            done = subprocess.run(line, input=page.encode(), capture_output=True, timeout=60, check=False)
        return done.stdout.decode("utf-8", "replace")

    return run


def tools() -> dict[str, Tool]:
    """Every tool that is installed."""
    found = {name: command(words) for name, words in COMMANDS.items() if shutil.which(words[0])}
    with suppress(ImportError):
        import inscriptis

        found["inscriptis"] = inscriptis.get_text
    with suppress(ImportError):
        import html2text

        found["html2text"] = html2text.html2text
        plain = html2text.HTML2Text(bodywidth=0)
        plain.pad_tables = True
        found["html2text-padded"] = plain.handle
    with suppress(ImportError):
        import markdownify

        found["markdownify"] = markdownify.markdownify
    with suppress(ImportError):
        from resiliparse.extract.html2text import extract_plain_text

        found["resiliparse"] = extract_plain_text
        found["resiliparse-main"] = lambda page: extract_plain_text(page, main_content=True)
    with suppress(ImportError):
        import trafilatura

        found["trafilatura"] = lambda page: trafilatura.extract(page) or ""
        found["trafilatura-markdown"] = lambda page: trafilatura.extract(page, output_format="markdown") or ""
    found.update(soups())
    return found


def file_tools() -> dict[str, FileTool]:
    """Every tool for PDF (``pdf...``) and Word (``docx...``) that is installed."""

    def run(words: list[str], path: Path) -> str:
        line = [str(path) if word == FILE else word for word in words]
        return subprocess.run(line, capture_output=True, timeout=60, check=False).stdout.decode("utf-8", "replace")

    found: dict[str, FileTool] = {
        name: partial(run, words) for name, words in FILE_COMMANDS.items() if shutil.which(words[0])
    }
    with suppress(ImportError):
        from pdfminer.high_level import extract_text

        found["pdf-pdfminer"] = extract_text
    with suppress(ImportError):
        import pdfplumber

        def plumb(path: Path, *, layout: bool) -> str:
            with pdfplumber.open(path) as document:
                return "\n".join(page.extract_text(layout=layout) for page in document.pages)

        def plumb_rows(path: Path) -> str:
            with pdfplumber.open(path) as document:
                tables = [table for page in document.pages for table in page.extract_tables()]
            return "\n".join(
                "\t".join((cell or "").replace("\n", "") for cell in row) for table in tables for row in table
            )

        found["pdf-plumber"] = partial(plumb, layout=False)
        found["pdf-plumber-layout"] = partial(plumb, layout=True)
        found["pdf-plumber-rows"] = plumb_rows
    with suppress(ImportError):
        import pypdf

        def pages(path: Path, mode: str) -> str:
            return "\n".join(page.extract_text(extraction_mode=mode) for page in pypdf.PdfReader(path).pages)

        found["pdf-pypdf"] = partial(pages, mode="plain")
        found["pdf-pypdf-layout"] = partial(pages, mode="layout")
    with suppress(ImportError):
        import pymupdf

        found["pdf-pymupdf"] = lambda path: "\n".join(page.get_text() for page in pymupdf.open(path))
        found["pdf-pymupdf-sorted"] = lambda path: "\n".join(page.get_text(sort=True) for page in pymupdf.open(path))
    with suppress(ImportError):
        import docx2txt

        found["docx-docx2txt-python"] = docx2txt.process
    with suppress(ImportError):
        import mammoth

        found["docx-mammoth"] = lambda path: str(mammoth.extract_raw_text(path.open("rb")).value)
    with suppress(ImportError):
        import docx

        def cells(path: Path, *, within: str, once: bool) -> str:
            """Paragraphs, then every row of every table, as most scripts do it; ``once``: a merged cell once."""
            document = docx.Document(str(path))
            rows = [row.cells for table in document.tables for row in table.rows]
            texts = [
                within.join(
                    cell.text for at, cell in enumerate(row) if not once or at == 0 or cell._tc is not row[at - 1]._tc
                )
                for row in rows
            ]
            return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *texts])

        found["docx-rows-tabs"] = partial(cells, within="\t", once=False)
        found["docx-rows-once"] = partial(cells, within="\t", once=True)
        found["docx-rows-lines"] = partial(cells, within="\n", once=True)
        found["docx-rows-spaces"] = partial(cells, within=" ", once=False)
    return found


def soups() -> dict[str, Tool]:
    """What people write themselves with BeautifulSoup, lxml and pandas."""
    from io import StringIO

    import pandas as pd
    from bs4 import BeautifulSoup
    from lxml import etree

    def frames(page: str) -> list[pd.DataFrame]:
        return pd.read_html(StringIO(page), header=None)

    def rows(page: str, write: Callable[[list[str]], str]) -> str:
        """Every row of a table as a list of texts, and the paragraphs between."""
        written = []
        for node in BeautifulSoup(page, "lxml").find_all(["p", "h1", "h2", "h3", "tr"]):
            if node.name == "tr" and not node.find("table"):
                written.append(write([cell.get_text(strip=True) for cell in node.find_all(["td", "th"])]))
            elif node.name != "tr" and not node.find_parent("tr"):
                written.append(node.get_text(strip=True))
        return "\n".join(written)

    def as_csv(cells: list[str]) -> str:
        line = StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        return line.getvalue()

    return {
        "bs4-slashes": lambda page: BeautifulSoup(page, "lxml").get_text(" / ", strip=True),
        "bs4-semicolons": lambda page: BeautifulSoup(page, "lxml").get_text("；", strip=True),
        "rows-list": lambda page: rows(page, str),
        "rows-json": lambda page: rows(page, lambda cells: json.dumps(cells, ensure_ascii=False)),
        "rows-csv": lambda page: rows(page, as_csv),
        "rows-commas": lambda page: rows(page, "，".join),
        "rows-spaces": lambda page: rows(page, " ".join),
        "pandas-psql": lambda page: "\n".join(str(frame.to_markdown(tablefmt="psql")) for frame in frames(page)),
        "pandas-mediawiki": lambda page: "\n".join(
            str(frame.to_markdown(tablefmt="mediawiki")) for frame in frames(page)
        ),
        "bs4-lines": lambda page: BeautifulSoup(page, "lxml").get_text("\n", strip=True),
        "bs4-raw": lambda page: BeautifulSoup(page, "lxml").get_text(),
        "bs4-spaces": lambda page: BeautifulSoup(page, "lxml").get_text(" ", strip=True),
        "bs4-joined": lambda page: BeautifulSoup(page, "lxml").get_text("", strip=True),
        "lxml-text": lambda page: "".join(
            etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8")).itertext()
        ),
        "pandas-csv": lambda page: "\n".join(frame.to_csv(index=False, header=False) for frame in frames(page)),
        "pandas-csv-index": lambda page: "\n".join(frame.to_csv() for frame in frames(page)),
        "pandas-csv-nan": lambda page: "\n".join(frame.to_csv(index=False, na_rep="NaN") for frame in frames(page)),
        "pandas-markdown": lambda page: "\n".join(str(frame.to_markdown()) for frame in frames(page)),
        "pandas-string-index": lambda page: "\n".join(frame.to_string() for frame in frames(page)),
        "pandas-string": lambda page: "\n".join(frame.to_string(index=False, header=False) for frame in frames(page)),
        "pandas-tabs": lambda page: "\n".join(
            frame.to_csv(index=False, header=False, sep="\t") for frame in frames(page)
        ),
    }


def file_of(seed: int, kind: str) -> tuple[bytes, Report]:
    """The truth, and its PDF or Word file in a random style."""
    rng = random.Random(seed)
    truth = invent(seed, wish=Wish())
    if kind == "pdf":
        return render_pdf(truth, style=any_pdf(rng.choice)), truth
    return render_docx(truth, style=any_docx(rng.choice)), truth


def on_files(tool: FileTool, kind: str) -> Callable[[int], tuple[str, Report]]:
    """What a tool leaves of the file of a seed, and the truth."""

    def make(seed: int) -> tuple[str, Report]:
        data, truth = file_of(seed, kind)
        with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
            file.write(data)
            file.flush()
            return tool(Path(file.name)), truth

    return make


def on_pages(tool: Tool) -> Callable[[int], tuple[str, Report]]:
    """The same of a page."""

    def make(seed: int) -> tuple[str, Report]:
        page, truth = page_of(seed)
        return tool(page), truth

    return make


def makers() -> dict[str, Callable[[int], tuple[str, Report]]]:
    """For every installed tool what makes a text and its truth of a seed."""
    found = {name: on_pages(tool) for name, tool in tools().items()}
    found.update(
        {name: on_files(tool, "pdf" if name.startswith("pdf") else "docx") for name, tool in file_tools().items()}
    )
    return found


def page_of(seed: int) -> tuple[str, Report]:
    """The truth and its page, in a style that extractors can see tables in."""
    rng = random.Random(seed)
    truth = invent(seed, wish=Wish())
    style = replace(any_style(rng.choice), charset="utf-8", tables="table", hidden=False)
    return render_html(truth, style=style), truth


def main() -> int:
    """Run, print, and fail when a cell was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tool", action="append")
    parser.add_argument("--show", nargs=2, metavar=("TOOL", "SEED"))
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the fixed texts, of installed tools alone")
    options = parser.parse_args()
    if options.write:
        return write(options.write)
    if options.show:
        return show(options.show[0], int(options.show[1]))
    bad = 0
    print(
        f"{'tool':22}{'printed':>9}{'right %':>9}{'missed':>8}{'wrong':>7}{'reports':>9}{'crashed':>9}{'slowest ms':>12}  first"
    )
    for name, make in makers().items():
        if not options.tool or name in options.tool:
            bad += line(name, make, seeds=range(options.seed, options.seed + options.reports))
    return 1 if bad else 0


def line(name: str, make: Callable[[int], tuple[str, Report]], *, seeds: range) -> int:
    """One tool's line of the table; the number of wrong cells."""
    tally: Counter[str] = Counter()
    first = ""
    for seed in seeds:
        try:
            text, truth = make(seed)
        except Exception as error:  # noqa: BLE001
            first = first or f"seed {seed}: the tool failed: {error}"[:80]
            continue
        begin = time.perf_counter()
        try:
            # nothing but a word cannot be read as an empty file
            verdict = judge(truth, parse_bytes((text.strip() or "无").encode(), check=False))
        except Exception as error:  # noqa: BLE001
            tally["crashed"] += 1
            first = f"seed {seed}: {type(error).__name__}: {error}"[:80]
            continue
        tally["slowest"] = max(tally["slowest"], round(1000 * (time.perf_counter() - begin)))
        tally["printed"] += len(truth.values())
        tally["missed"] += len(verdict.missed)
        tally["wrong"] += len(verdict.wrong)
        tally["reports"] += bool(verdict.wrong)
        if verdict.wrong and "WRONG" not in first:
            cell, (want, have) = next(iter(verdict.wrong.items()))
            first = f"WRONG seed {seed}: {cell} {want} read as {have}"
    right = 100 * (1 - (tally["missed"] + tally["wrong"]) / max(1, tally["printed"]))
    print(
        f"{name:22}{tally['printed']:>9}{right:>9.2f}{tally['missed']:>8}{tally['wrong']:>7}{tally['reports']:>9}"
        f"{tally['crashed']:>9}{tally['slowest']:>12}  {first}",
        flush=True,
    )
    return tally["wrong"] + tally["crashed"]


FIXED = (
    ("layout_table", 11, Wish(edition="2021", size="middle", zeros="0")),
    ("official", 12, Wish(edition="2021", size="small", zeros="blank")),
    ("word_soup", 13, Wish(edition="2019", size="middle", zeros="mixed")),
    ("pdf", 14, Wish(edition="2021", size="middle", zeros="slash")),
    ("docx", 15, Wish(edition="2019", size="middle", zeros="0")),
)
"""Style of the page, or kind of the file, seed and wish of the reports whose texts are fixtures."""


def write(folder: Path) -> int:
    """Write what every installed tool leaves of the fixed reports, each beside its truth; other files stay."""
    for style, seed, wish in FIXED:
        truth = invent(seed, wish=wish)
        place = folder / f"{style}-{seed}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "truth.json").write_bytes(expected(truth).encode())
        for name, text in texts_of(truth, style):
            (place / f"input.{name}.txt").write_text(text, "utf-8")
    return 0


def texts_of(truth: Report, style: str) -> Iterator[tuple[str, str]]:
    """The text that each tool leaves; none where it fails."""
    if style in STYLES:
        page = render_html(truth, style=STYLES[style])
        for name, tool in tools().items():
            with suppress(Exception):
                yield name, tool(page)
        return
    with tempfile.NamedTemporaryFile(suffix=f".{style}") as file:
        file.write(render_pdf(truth) if style == "pdf" else render_docx(truth))
        file.flush()
        for name, file_tool in file_tools().items():
            if name.startswith(style):
                with suppress(Exception):
                    yield name, file_tool(Path(file.name))


def show(name: str, seed: int) -> int:
    """Print one text, and what was misread."""
    text, truth = makers()[name](seed)
    print(text)
    verdict = judge(truth, parse_bytes(text.encode(), check=False))
    for key, (want, have) in verdict.wrong.items():
        print(f"WRONG  {key}: printed {want}, read {have}")
    for key, value in verdict.missed.items():
        print(f"missed {key}: printed {value}")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
