"""Stress runs of the batch; each prints what it found and fails when a promise is broken.

    python tests/bench/stress_batch.py rate --count 2000      throughput of two workers against one, processor time of each part
    python tests/bench/stress_batch.py kills --times 100      kill -9 at random moments, then compare the exports
    python tests/bench/stress_batch.py hostile --count 300    hostile files among as many good ones
    python tests/bench/stress_batch.py warc                   how fast a web archive is sifted

All take ``--folder`` (default: a temporary one) and ``--seed``.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.datasets.dataset import open_dataset  # noqa: E402
from gouji.datasets.export import export  # noqa: E402
from gouji.model.report import Report  # noqa: E402
from gouji.renderers.docx import render_docx  # noqa: E402
from gouji.renderers.html import render_html  # noqa: E402
from gouji.renderers.pdf import render_pdf  # noqa: E402
from gouji.renderers.pipe import render_text  # noqa: E402
from tests.generate import Wish, invent  # noqa: E402

Render = Callable[[Report], tuple[str, bytes]]
FORMATS: list[tuple[int, Render]] = [
    (55, lambda report: ("html", render_html(report).encode("gb18030"))),
    (25, lambda report: ("txt", render_text(report).encode())),
    (12, lambda report: ("docx", render_docx(report))),
    (8, lambda report: ("pdf", render_pdf(report))),
]

WATCHED = """
import json, os, resource, sys, time
from pathlib import Path
from gouji.batches import batch
from gouji.batches.progress import Silent

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

def cpu(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime

class Watch(Silent):
    at_200, most, read, workers = 0, 0, 0.0, 0.0
    def show(self, tally):
        now = resident()
        self.most = max(self.most, now)
        if tally.done <= 200: self.at_200 = now
        if tally.stage == "reading": self.read = time.monotonic() - began
        if tally.stage == "building": self.workers = cpu(resource.RUSAGE_CHILDREN)

began, idle = time.monotonic(), cpu(resource.RUSAGE_SELF)
watch = Watch()
batch(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), display=watch).close()
print(json.dumps({
    "seconds": time.monotonic() - began, "read": watch.read, "at_200": watch.at_200, "most": watch.most,
    "cpu_master": cpu(resource.RUSAGE_SELF) - idle, "cpu_workers": watch.workers,
    "cpu_build": cpu(resource.RUSAGE_CHILDREN) - watch.workers,
}))
"""


_CHARACTERS = "安平永清临江海东南西北宁远山河川石丰泽云岭青白长乐林州城阳德新华兴和泰康"
_YEARS = 4
"""Reports of one place: a folder has the bodies of many places, and of each a few years."""


def make_reports(folder: Path, count: int, *, seed: int) -> Path:
    """Write invented reports of mixed formats."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    weights = [weight for weight, _ in FORMATS]
    for number in range(count):
        (_, render) = rng.choices(FORMATS, weights)[0]
        first, second = divmod(number // _YEARS, len(_CHARACTERS))
        place = f"{_CHARACTERS[first % len(_CHARACTERS)]}{_CHARACTERS[second]}县"
        suffix, data = render(invent(seed * 100_000 + number, wish=Wish(place=place)))
        (folder / f"{number:06}.{suffix}").write_bytes(data)
    return folder


def run_watched(folder: Path, out: Path, *, workers: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(folder), str(out), str(workers)],
        env=environment(), check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


BYTECODE = tempfile.TemporaryDirectory()


def environment() -> dict[str, str]:
    """Our environment, with compiled modules: an installed gouji has them, a developer's environment may not."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": BYTECODE.name}


def rate(folder: Path, options: argparse.Namespace) -> bool:
    reports = make_reports(folder / "in", options.count, seed=options.seed)
    run_watched(make_reports(folder / "warm", 60, seed=1), folder / "out-warm", workers=2)  # has all formats
    runs = [
        (workers, run_watched(reports, folder / f"out{workers}-{turn}", workers=workers))
        for turn in range(options.repeat)
        for workers in (1, 2)
    ]
    for workers, found in runs:
        growth = (found["most"] - found["at_200"]) / 2**20
        print(
            f"{workers} workers: {options.count / found['seconds']:.1f} reports/s in all ({found['seconds']:.1f} s), "
            f"{options.count / found['read']:.1f}/s reading; master {found['most'] / 2**20:.0f} MB, +{growth:.1f} MB after 200; "
            f"processor seconds: workers {found['cpu_workers']:.2f}, master {found['cpu_master']:.2f}, build {found['cpu_build']:.2f}"
        )
    ratio, reading = (
        min(found[name] for workers, found in runs if workers == 1)
        / min(found[name] for workers, found in runs if workers == 2)
        for name in ("seconds", "read")
    )
    print(
        f"two workers against one, the quickest run of each: {ratio:.2f}x in all, {reading:.2f}x reading; "
        f"load {os.getloadavg()[0]:.1f}"
    )
    same = exported(folder / "out1-0") == exported(folder / "out2-0")
    print(f"exports identical for 1 and 2 workers: {same}")
    with open_dataset(folder / "out2-0") as dataset:
        print(dataset.rows("SELECT status, count(*) FROM documents GROUP BY ALL ORDER BY ALL"))
    return same and ratio >= 1.8 and all(found["most"] - found["at_200"] <= 50 * 2**20 for _, found in runs)


def exported(out: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as into, open_dataset(out) as dataset:
        return {path.name: path.read_bytes() for path in export(dataset, to="csv", out=into)}


def kills(folder: Path, options: argparse.Namespace) -> bool:
    reports = make_reports(folder / "in", options.count, seed=options.seed)
    calm = run_watched(reports, folder / "calm", workers=2)
    print(f"undisturbed: {calm['seconds']:.1f} s for {options.count} reports")
    wanted, rng = exported(folder / "calm"), random.Random(options.seed)
    done = runs = same = 0
    while done < options.times:
        runs += 1
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        for _ in range(min(rng.randint(1, 4), options.times - done)):
            process = subprocess.Popen(
                [sys.executable, "-c", WATCHED, str(reports), str(out), "2"],
                env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            time.sleep(rng.uniform(0.1, calm["seconds"] * 1.1))
            process.kill()
            process.wait()
            done += 1
        run_watched(reports, out, workers=2)
        same += exported(out) == wanted
        print(f"{done} kills, {runs} runs completed, {same} identical", flush=True)
    return same == runs


def hostile_files(folder: Path, count: int, *, seed: int) -> None:
    """Write files made to break a reader."""
    rng = random.Random(seed)
    folder.mkdir(parents=True)
    damaged = sorted((ROOT.parent / "shared/samples/pdf-damaged").glob("*.pdf")) or sorted(
        (ROOT.parent.parent / "shared/samples/pdf-damaged").glob("*.pdf")
    )
    kinds = HOSTILE + [lambda _, path=path: (path.suffix[1:], path.read_bytes()) for path in damaged]
    for number in range(count):
        suffix, data = kinds[number % len(kinds)](rng)
        (folder / f"h{number:04}.{suffix}").write_bytes(data)


def _mangled(render: Render) -> Callable[[random.Random], tuple[str, bytes]]:
    def make(rng: random.Random) -> tuple[str, bytes]:
        suffix, data = render(invent(rng.randrange(10**6)))
        broken = bytearray(data[: rng.randrange(len(data) // 4, len(data))])
        for _ in range(rng.randrange(1, 200)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        return suffix, bytes(broken)

    return make


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


HOSTILE: list[Callable[[random.Random], tuple[str, bytes]]] = [
    *(_mangled(render) for _, render in FORMATS),
    lambda rng: ("bin", rng.randbytes(rng.randrange(1, 50_000))),
    lambda _: ("html", b""),
    lambda _: ("html", b"<table><tr><td>" * 20_000),
    lambda _: ("html", b"<div>" * 100_000 + "政府信息公开".encode()),
    lambda _: ("html", b"<table>" + b"<tr>" + b"<td colspan=100000 rowspan=100000>1</td>" * 50 + b"</tr></table>"),
    lambda _: ("html", b"\xff\xfe\x00" * 10_000),
    lambda _: ("txt", "一、本年新收政府信息公开申请数量|".encode() * 5_000),
    lambda _: ("txt", b"9" * 1_000_000),
    lambda _: ("txt", ("|".join(str(n) for n in range(20_000))).encode()),
    lambda _: ("docx", _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<w/>" + b" " * 50_000_000})),
    lambda _: ("docx", _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><w>&a;</w>'})),
    lambda _: ("pdf", b"%PDF-1.7\n" + b"1 0 obj<</Kids[1 0 R]/Type/Pages/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>"),
    lambda rng: ("png", b"\x89PNG\r\n\x1a\n" + rng.randbytes(1000)),
    lambda rng: ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(5000)),
]  # fmt: skip


def hostile(folder: Path, options: argparse.Namespace) -> bool:
    inputs = folder / "in"
    make_reports(inputs / "good", options.count, seed=options.seed)
    hostile_files(inputs / "hostile", options.count, seed=options.seed)
    took = run_watched(inputs, folder / "out", workers=2)["seconds"]
    with open_dataset(folder / "out") as dataset:
        total = dataset.count("documents")
        good = dataset.rows("SELECT path, status FROM documents WHERE path LIKE '%/good/%' ORDER BY path")
        values: dict[str, dict[str, Any]] = {}
        query = "SELECT path, cell, value FROM documents JOIN \"values\" USING (document) WHERE path LIKE '%/good/%' AND value IS NOT NULL"
        for path, cell, value in dataset.rows(query):
            values.setdefault(path, {})[cell] = value
        wrong = short = 0
        for number, (path, _) in enumerate(good):
            truth = invent(options.seed * 100_000 + number).values()
            found = values.get(path, {})
            wrong += any(truth.get(cell) != value for cell, value in found.items())
            short += any(cell not in found for cell in truth)
        print(
            f"{total} outcomes in {took:.0f} s; good: {len(good)}, with a wrong value {wrong}, with a value missing {short}"
        )
        print(
            dataset.rows(
                "SELECT status, count(*) FROM documents WHERE path LIKE '%/hostile/%' GROUP BY ALL ORDER BY ALL"
            )
        )
        failed = "SELECT split_part(reason, ':', 1), count(*) FROM documents WHERE status = 'failed' GROUP BY ALL ORDER BY 2 DESC"
        print(dataset.rows(failed))
        print(dataset.rows("SELECT path, reason FROM documents WHERE reason LIKE 'BATCH-%' OR seconds > 20 LIMIT 12"))
    return bool(total == 2 * options.count) and wrong == 0 and short <= sum(status != "ok" for _, status in good)


def warc(folder: Path, options: argparse.Namespace) -> bool:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    from gouji.batches.archives import open_source
    from gouji.batches.settings import Settings

    rng, path = random.Random(options.seed), folder / "crawl.warc.gz"
    words = "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(20_000))
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(options.count):
            body = (
                render_html(invent(number)).encode() if number % 100 == 0 else words[: rng.randrange(20_000)].encode()
            )
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            url = f"http://example.cn/{number}"
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            )
    began = time.perf_counter()
    taken = sum(1 for _ in open_source(str(path), settings=Settings())) - 1
    took = time.perf_counter() - began
    megabytes = path.stat().st_size / 2**20
    print(
        f"{options.count} records, {megabytes:.1f} MB compressed: {options.count / took:.0f} records/s, {megabytes / took:.1f} MB/s; {taken} taken"
    )
    return bool(taken == (options.count + 99) // 100)


RUNS = {"rate": rate, "kills": kills, "hostile": hostile, "warc": warc}
COUNTS = {"rate": 2000, "kills": 40, "hostile": 300, "warc": 5000}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", choices=RUNS)
    parser.add_argument("--count", type=int, help="reports (or records)")
    parser.add_argument("--times", type=int, default=100, help="kills")
    parser.add_argument("--repeat", type=int, default=2, help="rate: runs with one and with two workers, in turn")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    options.count = options.count or COUNTS[options.run]
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        kept = RUNS[options.run](Path(folder), options)
    print("kept" if kept else "BROKEN")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
