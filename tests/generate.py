"""Invent consistent annual reports: every sum of the form holds, the prose claims what the tables say.

Deterministic: the same seed gives the same report on every machine. Bodies, figures and prose are invented.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.forms.load import find_edition
from gouji.forms.spec import Form, Kind, Slot, TableSpec
from gouji.model.finding import Number
from gouji.model.report import Metadata, Report, Section, State, Status, Value
from gouji.model.source import Source

SIZES = {"none": 0, "small": 15, "middle": 150, "large": 2500, "huge": 60000}
ZEROS = ("0", "blank", "slash", "dash", "totals", "mixed")
SHARES = (0.72, 0.14, 0.02, 0.03, 0.05, 0.04)
PLACES = (
    "青州市", "临江县", "安溪区", "永和镇", "白云区", "清河县", "宁远市", "南山区", "丰泽区", "望江县",
    "云岭省", "海东市", "石门县", "长乐区", "东湖高新区", "西林自治县",
)  # fmt: skip
ORGANS = (
    "人民政府", "教育局", "市场监督管理局", "自然资源和规划局", "卫生健康委员会", "财政局", "农业农村局", "审计局",
    "住房和城乡建设局", "人力资源和社会保障局", "文化和旅游局", "应急管理局", "统计局", "人民政府办公室",
)  # fmt: skip
PROSE = (
    "我单位认真贯彻落实政府信息公开条例，健全工作制度，压实工作责任，稳步推进各项公开工作。",
    "坚持以公开为常态、不公开为例外，及时回应社会关切，切实保障公众的知情权、参与权和监督权。",
    "规范政府信息发布流程，落实信息发布审核制度，定期开展自查，确保公开内容准确、及时。",
    "加强政务公开平台建设，优化栏目设置，方便群众查询和获取信息。",
    "把政务公开工作纳入年度考核，组织业务培训，接受社会评议，全年未发生责任追究情形。",
)
PROBLEMS = (
    "一是公开内容的深度和广度还需进一步拓展；二是业务人员的能力还有待提高。下一步将加强培训，完善机制，提升公开质效。",
    "主要问题是政策解读形式不够丰富。下一步将丰富解读形式，提高解读质量，主动接受社会监督。",
)
OTHER = (
    "本年度没有收取政府信息公开信息处理费，无其他需要报告的事项。",
    "无其他需要报告的事项。",
    "按照有关收费标准，本年度未产生政府信息公开信息处理费。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the invented report should be like; ``None`` leaves it to chance."""

    edition: str | None = None
    size: str | None = None
    zeros: str | None = None
    place: str | None = None
    absent: bool = False
    prose: bool = True


def invent(seed: int, *, wish: Wish | None = None) -> Report:
    """One report, all of it a function of ``seed`` and ``wish``."""
    wish = wish or Wish()
    rng = random.Random(seed)
    edition = wish.edition or rng.choice(("2019", "2021", "2021"))
    form = find_edition(edition)
    size = wish.size or rng.choice(("none", "small", "small", "middle", "middle", "large", "huge"))
    zeros = wish.zeros or rng.choice(ZEROS)
    numbers = invent_numbers(form, rng=rng, requests=SIZES[size])
    cells = {key: _value(slot, numbers[key], zeros=zeros, rng=rng) for key, slot in form.slots.items()}
    if wish.absent:
        cells = _without_rows(form, cells, rng=rng)
    year = rng.randint(form.first_year, form.last_year or form.first_year + 4)
    place = rng.choice(PLACES)
    agency = (wish.place or place) + rng.choice(ORGANS)
    return Report(
        source=Source(path=f"invented-{seed}", sha256="0" * 64, media_type="text/plain"),
        status=Status.OK,
        edition=edition,
        editions={table.key: edition for table in form.tables},
        meta=Metadata(
            agency=agency,
            title=f"{agency}{year}年政府信息公开工作年度报告",
            year=year,
            period=(f"{year}-01-01", f"{year}-12-31"),
            signed=f"{year + 1}-01-{rng.randint(4, 31):02d}",
            phone=f"0{rng.randint(311, 998)}-{rng.randint(2000000, 8999999)}",
        ),
        cells=cells,
        sections=_sections(form, numbers, rng=rng, year=year) if wish.prose else (),
    )


def invent_numbers(form: Form, *, rng: random.Random, requests: int) -> dict[str, Number]:
    """A number for every cell, consistent with every rule of the form."""
    numbers: dict[str, Number] = {}
    for table in form.tables:
        if table.key == "requests":
            numbers.update(_requests(table, rng=rng, total=requests))
        elif table.key == "review":
            numbers.update(_review(table, rng=rng, most=1 + requests // 20))
        else:
            numbers.update({key: _figure(slot, rng=rng) for key, slot in table.slots.items()})
    return numbers


def _figure(slot: Slot, *, rng: random.Random) -> Number:
    if rng.random() < 0.35:
        return Decimal(0) if slot.column.kind is Kind.MONEY else 0
    if slot.column.kind is Kind.CHANGE:
        return rng.randint(-30, 60)
    if slot.column.kind is Kind.MONEY:
        places = rng.choice((0, 1, 2, 4))
        return Decimal(rng.randint(1, 10 ** rng.randint(2, 8))).scaleb(-places)
    return int(10 ** rng.uniform(0, rng.choice((1, 2, 4, 6))))


def _requests(table: TableSpec, *, rng: random.Random, total: int) -> dict[str, Number]:
    (block,) = table.blocks
    rule = next(rule for rule in table.rules if rule.code == "REQ-OUTCOMES")
    kinds = [column.key for column in block.columns if column.key != "total"]
    received = _split(total + rng.randint(0, total // 5 + 1) if total else 0, SHARES, rng=rng)
    weights = [rng.random() ** 3 for _ in rule.left]
    weights[0], weights[1] = 1.5, 0.4
    numbers: dict[str, int] = {}
    for kind, new in zip(kinds, received, strict=True):
        carried_in = rng.randint(0, new // 25 + 1) if total else 0
        carried_over = min(new + carried_in, rng.randint(0, new // 20 + 1)) if total else 0
        handled = new + carried_in - carried_over
        column = dict(zip(rule.left, _split(handled, weights, rng=rng), strict=True))
        column |= {"received": new, "carried_in": carried_in, "outcome_total": handled, "carried_over": carried_over}
        numbers |= {f"requests.{row}.{kind}": count for row, count in column.items()}
    for row in block.rows:
        numbers[f"requests.{row.key}.total"] = sum(numbers[f"requests.{row.key}.{kind}"] for kind in kinds)
    return {key: numbers[key] for key in table.slots}


def _review(table: TableSpec, *, rng: random.Random, most: int) -> dict[str, Number]:
    (block,) = table.blocks
    numbers: dict[str, Number] = {}
    for row in block.rows:
        counts = [rng.randint(0, most) if rng.random() < 0.5 else 0 for _ in block.columns[:-1]]
        for column, count in zip(block.columns, [*counts, sum(counts)], strict=True):
            numbers[f"review.{row.key}.{column.key}"] = count
    return numbers


def _split(total: int, weights: list[float] | tuple[float, ...], *, rng: random.Random) -> list[int]:
    """``total`` cut into whole parts, in the mean as the weights say."""
    parts = [0] * len(weights)
    left, weight = total, sum(weights)
    for index, share in enumerate(weights[:-1]):
        mean = left * share / weight if weight else 0.0
        part = min(left, max(0, round(rng.gauss(mean, mean**0.5 + 0.3))))
        parts[index] = part
        left -= part
        weight -= share
    parts[-1] = left
    return parts


def _value(slot: Slot, number: Number, *, zeros: str, rng: random.Random) -> Value:
    how = "0" if number else zeros
    if how == "totals":
        how = "0" if slot.column.key == "total" else "blank"
    if how == "mixed":
        how = rng.choice(("0", "0", "blank"))
    if how == "0":
        return Value(value=number, state=State.REPORTED, raw=str(number))
    if how == "blank":
        return Value(value=None, state=State.BLANK)
    return Value(value=None, state=State.NOT_APPLICABLE, raw="/" if how == "slash" else "-")


def _without_rows(form: Form, cells: Mapping[str, Value], *, rng: random.Random) -> dict[str, Value]:
    """Up to three rows missing from the page: of the disclosure table one, of the request table the others."""
    gone = []
    for table, count in (("disclosure", 1), ("requests", rng.randint(0, 2))):
        rows = [row.key for block in form.table(table).blocks for row in block.rows]
        gone += [f"{table}.{row}" for row in rng.sample(rows, count)]
    return {
        key: Value(value=None, state=State.ABSENT) if key.rpartition(".")[0] in gone else value
        for key, value in cells.items()
    }


def _sections(form: Form, numbers: Mapping[str, Number], *, rng: random.Random, year: int) -> tuple[Section, ...]:
    texts = {
        1: "\n".join([*rng.sample(PROSE, 2), claims(numbers), rng.choice(PROSE)]),
        2: "",
        3: "",
        4: "",
        5: rng.choice(PROBLEMS),
        6: rng.choice(OTHER),
    }
    return tuple(
        Section(
            number=spec.number, heading=f"{'一二三四五六'[spec.number - 1]}、{spec.heading}", text=texts[spec.number]
        )
        for spec in form.sections
    )


def claims(numbers: Mapping[str, Number]) -> str:
    """Sentences on the requests that agree with the table."""
    received, handled = numbers["requests.received.total"], numbers["requests.outcome_total.total"]
    if not received and not handled:
        return "（二）依申请公开情况。本年度未收到政府信息公开申请。"
    natural = numbers["requests.received.natural_person"]
    granted = numbers["requests.granted.total"]
    reviews = numbers["review.review.total"]
    return (
        f"（二）依申请公开情况。全年共收到政府信息公开申请{received}件，其中自然人申请{natural}件，"
        f"上年结转{numbers['requests.carried_in.total']}件；办结{handled}件，其中予以公开{granted}件，"
        f"结转下年度继续办理{numbers['requests.carried_over.total']}件。"
        + (f"因政府信息公开被申请行政复议{reviews}件。" if reviews else "")
    )


def with_value(report: Report, cell: str, value: Number) -> Report:
    """The same report with another number in one cell."""
    changed = Value(value=value, state=State.REPORTED, raw=str(value))
    return replace(report, cells={**report.cells, cell: changed})
