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


NO_CLAIMS = """（一）主动公开情况。2023年，我局围绕中心工作和社会关切，通过门户网站公开发布政府信息312条，其中政策文件18条、工作动态210条、
财政资金信息12条、公告公示72条，举办新闻发布会4场，回应网民留言96条，答复率100%。
（二）依申请公开情况。我局严格落实依申请公开制度，畅通依申请公开各种受理渠道，健全登记归档制度，规范答复和服务意识，对不予公开的
信息依法说明理由，全力为申请人提供帮助服务，不断提升办理政府信息公开申请的能力和水平。
（三）政府信息管理情况。按照“谁公开、谁负责”的原则，落实“三重审查”机制，由相关科室起草公开文本，报分管领导及主要领导逐级审批，
对规范性文件和行政处罚、行政许可结果及时更新，未经审查的信息一律不得发布，确保应公开尽公开，无错链、无空白栏目。
（四）政府信息公开平台建设情况。及时更新各栏目信息，做好错别字、敏感词排查整改12次，涉密不上网、上网不涉密。
（五）监督保障情况。调整政府信息公开工作领导小组，明确职责，组织培训3次，参训120人次，全年无责任追究情况。
"""


def speed(rounds: int = 100) -> tuple[float, int]:
    """Milliseconds of processor time for a report without claims (the median), and its size in bytes."""
    text = NO_CLAIMS * 2
    report = report_of(Case(text, {"edition": "2021", "agency": "某局", "year": 2023}, 1, ()))
    check_prose(report)
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        check_prose(report)
        times.append(time.process_time() - begin)
    return sorted(times)[rounds // 2] * 1000, len(text.encode())


if __name__ == "__main__":
    for split, tally in measure(show="--misses" in sys.argv).items():
        print(f"{split}: {tally.sentences} sentences")
        print(f"  claims    {tally.row(tally.claims)}")
        print(f"  findings  {tally.row(tally.findings)}")
    print("a report of {1:,} bytes without claims: {0:.2f} ms".format(*speed()))
