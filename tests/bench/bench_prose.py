"""Measure how well claims in prose are found and judged: ``python tests/bench/bench_prose.py [--misses]``.

The sentences of ``tests/corpus/prose/claims.toml`` fall into ``build`` and ``score`` by their digest. Of ``score`` only
numbers are printed, never a sentence: it was set aside before the code was written.
"""

import hashlib
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from gouji.checker.prose import check_prose, find_claims
from gouji.checker.prose_readings import contradicts
from gouji.forms.load import editions
from gouji.model.report import Metadata, Report, Section, State, Status, Value
from gouji.model.source import Source

CORPUS = Path(__file__).parents[1] / "corpus" / "prose" / "claims.toml"
VERBS = {"issue": "issued", "repeal": "repealed"}


@dataclass(slots=True)
class Tally:
    """Right, missed and wrong, of claims and of findings."""

    sentences: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    def row(self, what: Counter[str]) -> str:
        right, missed, wrong = what["right"], what["missed"], what["wrong"]
        precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
        return f"precision {precision:6.1%}  recall {recall:6.1%}  ({right} right, {missed} missed, {wrong} wrong)"


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence with its table, and what is true of it."""

    text: str
    table: dict[str, Any]
    section: int
    claims: tuple[str, ...]

    @property
    def split(self) -> str:
        return "build" if int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 else "score"

    @property
    def true_claims(self) -> Counter[str]:
        return Counter(claim.rstrip("!") for claim in self.claims)

    @property
    def false_claims(self) -> Counter[str]:
        return Counter(claim.rstrip("!") for claim in self.claims if claim.endswith("!"))


def cases() -> Iterator[Case]:
    data = tomllib.loads(CORPUS.read_text(encoding="utf-8"))
    for group in data["group"]:
        for table, text, claims in group["sentences"]:
            yield Case(text, data["tables"][table], group.get("section", 1), tuple(claims.split()))


def report_of(case: Case) -> Report:
    table = case.table
    form = editions()[table["edition"]]
    blank = Value(value=None, state=State.BLANK)
    cells = {}
    for spec in form.tables:
        for key, slot in spec.slots.items():
            row, _, column = key.rpartition(".")
            value = table.get(row, {}).get(column)
            number = Decimal(value) if isinstance(value, str) else value
            if number is None and table.get("default") == "blank":
                cells[key] = blank
            else:
                number = number if number is not None else Decimal(0) if slot.column.unit == "万元" else 0
                cells[key] = Value(value=number, state=State.REPORTED, raw=str(number))
    return Report(
        source=Source(path="<bench>", sha256="", media_type="text/plain"),
        status=Status.OK,
        edition=table["edition"],
        editions=dict.fromkeys(("disclosure", "requests", "review"), table["edition"]),
        meta=Metadata(agency=table["agency"], year=table["year"]),
        cells=cells,
        sections=(Section(number=case.section, heading="", text=case.text),),
    )


def name(quantity: str, value: object, *, share: bool) -> str:
    """As the corpus writes a claim."""
    words = []
    for part in quantity.replace("business_or_organisation", "business").split("+"):
        row, at, column = part.partition("@")
        words.append(row + at + VERBS.get(column, column))
    return f"{'+'.join(words)}{'%' if share else '='}{Decimal(str(value)).normalize():f}"


def found_in(report: Report) -> tuple[Counter[str], Counter[str]]:
    """Claims found, and those of them that were doubted."""
    found, wrong = Counter[str](), Counter[str]()
    for claim in find_claims(report.sections, year=report.year, agency=report.agency):
        if claim.certain:
            label = name(claim.quantity, claim.value, share=claim.kind == "share")
            found[label] += 1
            wrong[label] += bool(contradicts(claim, report.cells))
    return found, +wrong


def normal(claims: Counter[str]) -> Counter[str]:
    return Counter({_normal(claim): count for claim, count in claims.items()})


def _normal(claim: str) -> str:
    sign = "%" if "%" in claim else "="
    quantity, _, value = claim.partition(sign)
    return f"{quantity}{sign}{Decimal(value).normalize():f}"


def count(into: Counter[str], expected: Counter[str], found: Counter[str]) -> bool:
    right = sum((expected & found).values())
    into["right"] += right
    into["missed"] += sum(expected.values()) - right
    into["wrong"] += sum(found.values()) - right
    return expected == found


def measure(*, show: bool = False) -> dict[str, Tally]:
    tallies = {"build": Tally(), "score": Tally()}
    for case in cases():
        tally = tallies[case.split]
        tally.sentences += 1
        found, doubted = found_in(report_of(case))
        expected, false = normal(case.true_claims), normal(case.false_claims)
        found, doubted = normal(found), normal(doubted)
        fine = count(tally.claims, expected, found) & count(tally.findings, false, doubted)
        if show and not fine and case.split == "build":
            print(f"\n{case.text}\n  missed {dict(expected - found)}  wrong {dict(found - expected)}")
            print(f"  findings missed {dict(false - doubted)}  wrong {dict(doubted - false)}")
    return tallies


def speed(rounds: int = 200) -> float:
    """Milliseconds for a report of some 3 kB without claims."""
    prose = "为深入推进政务公开，我局坚持以公开为常态、不公开为例外，主动公开政府信息320条，接受社会监督。" * 24
    case = Case("（一）主动公开。" + prose, {"edition": "2021", "agency": "某局", "year": 2023}, 1, ())
    report = report_of(case)
    check_prose(report)
    begin = time.perf_counter()
    for _ in range(rounds):
        check_prose(report)
    return (time.perf_counter() - begin) / rounds * 1000


if __name__ == "__main__":
    for split, tally in measure(show="--misses" in sys.argv).items():
        print(f"{split}: {tally.sentences} sentences")
        print(f"  claims    {tally.row(tally.claims)}")
        print(f"  findings  {tally.row(tally.findings)}")
    print(f"a report without claims: {speed():.2f} ms")
