"""Pages damaged at random, by the thousand: no crash, no hang, no number that is not printed there.

    python tests/bench/stress_html.py --mutations 10000 --seed 1
    python tests/bench/stress_html.py --show 4711            # one page: what was done to it, and what was read

The pages: `fixtures/corpus/*/input.html`, `../shared/samples/html` where there is such a folder, and invented reports in
every style of the renderers, some in GB18030. The damage (`tests/damage.py`): cut at any byte; bytes and runs of bytes
flipped, overwritten, deleted, inserted, doubled, copied, moved, swapped; tags removed, replaced, doubled, swapped.

What counts as *wrong*: a cell with another value than the undamaged page has, while the damaged page does not print that
value in that cell; `reported wrong` are those with the state `reported`, which must never be (an `inferred` one names
its evidence, and a note points at it). Damage that changes the printed digits themselves makes a
document that says something else; those cells are counted apart (*changed*), with how many of them a finding or a note
points at: only the form's sums can show them, and the disclosure table has none.
Each mutation is a function of its number alone. Exit status 1 when a cell was reported wrong, a page crashed or took over 2 s.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from gouji.errors import ReadError  # noqa: E402
from gouji.model.report import Report  # noqa: E402
from gouji.pipeline import parse_bytes  # noqa: E402
from gouji.renderers.html import STYLES, render_html  # noqa: E402
from tests.damage import Damaged, Place, chunks, damage, find_places, judge_damaged  # noqa: E402
from tests.generate import Wish, invent  # noqa: E402

LONGEST = 2.0
"""Seconds of processor time a page may take."""
CHUNK = 100
INVENTED = 12
"""Invented reports a style."""


@cache
def names() -> tuple[str, ...]:
    """All pages: files, then a style and the seed of a report."""
    shared = next(
        (folder / "shared" for folder in (ROOT.parent, ROOT.parent.parent) if (folder / "shared").is_dir()), None
    )
    files = [*sorted((ROOT / "fixtures" / "corpus").glob("*/input.html"))]
    files += sorted((shared / "samples" / "html").glob("*.html")) if shared else []
    made = [f"{style}:{seed}" for style in sorted(STYLES) for seed in range(INVENTED)]
    return (*map(str, files), *made)


@cache
def page(name: str) -> tuple[bytes, Report, Mapping[str, Place]]:
    """An undamaged page, what is read of it, and where its cells stand."""
    if name.endswith(".html"):
        data = Path(name).read_bytes()
    else:
        style, _, seed = name.partition(":")
        text = render_html(invent(int(seed), wish=Wish(prose=int(seed) % 3 == 0)), style=STYLES[style])
        data = text.encode("gb18030" if int(seed) % 4 == 3 else "utf-8")
    truth = parse_bytes(data)
    return data, truth, find_places(data, truth)


def specimen(number: int) -> tuple[str, Damaged]:
    """The page of a mutation, and the damage; a function of the number alone."""
    rng = random.Random(number)
    files = [name for name in names() if name.endswith(".html")]
    name = rng.choice(files) if rng.random() < 0.25 else rng.choice(names())
    return name, damage(page(name)[0], rng)


def run(numbers: range) -> tuple[Counter[str], list[str]]:
    """Judge these mutations."""
    count: Counter[str] = Counter()
    shown: list[str] = []
    for number in numbers:
        name, damaged = specimen(number)
        _, truth, places = page(name)
        title = f"{number} ({Path(name).name}; {', '.join(damaged.how)})"
        count["mutations"] += 1
        begin = time.process_time()
        try:
            got = parse_bytes(damaged.data)
        except ReadError:
            count["refused"] += 1
            continue
        except Exception as error:  # noqa: BLE001
            count["crashes"] += 1
            shown.append(f"CRASH {title}: {type(error).__name__}: {error} {traceback.format_exc(limit=-1)}")
            continue
        took = time.process_time() - begin
        count["slowest ms"] = max(count["slowest ms"], round(took * 1000))
        if took > LONGEST:
            count["slow"] += 1
            shown.append(f"SLOW {title}: {took:.1f} s")
        verdict = judge_damaged(truth, got, damaged, places=places)
        count["kept"] += sum(
            value.value is not None and value.value == got.cells[key].value
            for key, value in truth.cells.items()
            if key in got.cells
        )
        count["printed"] += len(truth.values())
        count["wrong"] += len(verdict.wrong)
        count["wrong pages"] += bool(verdict.wrong)
        count["wrong, not told"] += len(set(verdict.wrong) - verdict.told)
        count["reported wrong"] += sum(got.cells[key].state.value == "reported" for key in verdict.wrong)
        count["changed"] += len(verdict.changed)
        count["changed, not told"] += len(set(verdict.changed) - verdict.told)
        count["changed in a sum, not told"] += sum(
            not key.startswith("disclosure.") for key in set(verdict.changed) - verdict.told
        )
        if verdict.wrong:
            some = ", ".join(
                f"{key} {want} read as {have} ({got.cells[key].state}{'' if key in verdict.told else ', NOT TOLD'})"
                for key, (want, have) in list(verdict.wrong.items())[:3]
            )
            shown.append(f"WRONG {title}: {len(verdict.wrong)} cells: {some}")
    return count, shown


def main() -> int:
    """Run, print, and fail when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="mutations are numbered from a million times this")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2))
    parser.add_argument("--most", type=int, default=40, help="how many wrong pages to tell")
    parser.add_argument("--show", type=int, metavar="NUMBER")
    options = parser.parse_args()
    if options.show is not None:
        return show(options.show)
    first = options.seed * 1_000_000
    parts = [range(first + part.start, first + part.stop) for part in chunks(options.mutations, CHUNK)]
    total: Counter[str] = Counter()
    told: list[str] = []
    begin = time.perf_counter()
    with ProcessPoolExecutor(options.jobs) as pool:
        for count, shown in pool.map(run, parts):
            slowest = max(total["slowest ms"], count.pop("slowest ms", 0))
            total += count
            total["slowest ms"] = slowest
            for line in shown[: max(0, options.most - len(told))]:
                print(line, flush=True)
            told += shown
    print(f"\n{options.mutations} mutations from number {first}, {time.perf_counter() - begin:.0f} s")
    for name in (
        "refused", "crashes", "slow", "slowest ms", "printed", "kept", "wrong", "wrong pages", "reported wrong",
        "wrong, not told", "changed", "changed, not told", "changed in a sum, not told",
    ):  # fmt: skip
        print(f"  {name:30}{total[name]:>10}")
    return 1 if total["reported wrong"] or total["crashes"] or total["slow"] else 0


def show(number: int) -> int:
    """Print one damaged page, and what was read of it."""
    name, damaged = specimen(number)
    _, truth, places = page(name)
    got = parse_bytes(damaged.data)
    sys.stdout.buffer.write(damaged.data + b"\n")
    print(f"--- {name}: {', '.join(damaged.how)}")
    verdict = judge_damaged(truth, got, damaged, places=places)
    for note in got.notes:
        print(f"note    {note.code}: {note.message.en} {note.where!r} {len(note.cells)}")
    for key, (want, have) in {**verdict.changed, **verdict.wrong}.items():
        kind = "WRONG  " if key in verdict.wrong else "changed"
        print(f"{kind} {key}: printed {want}, read {have} ({got.cells[key]!r}) {'told' if key in verdict.told else ''}")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
