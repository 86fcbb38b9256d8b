"""A parent's table against the sum of its children's."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gouji.checker.bodies import fold_body
from gouji.checker.messages import show
from gouji.checker.tables import tables_of
from gouji.forms.spec import Form, TableSpec
from gouji.model.finding import Finding, Message, Number, Severity
from gouji.model.report import Report
from gouji.model.series import SeriesFinding

_LISTED = 3

Years = Mapping[str, Mapping[int, Report]]


def read_parents(path: str | Path) -> dict[str, list[str]]:
    """Who is whose child, from a file.

    Args:
        path: TOML with a table ``[parents]`` (``"某市人民政府" = ["某区人民政府", …]``), or CSV with a header
            ``parent,child``.

    Raises:
        ValueError: The file says something else.
    """
    text = Path(path).read_text(encoding="utf-8-sig")
    if Path(path).suffix.lower() == ".toml":
        return _from_toml(text, str(path))
    rows = csv.DictReader(io.StringIO(text))
    if not {"parent", "child"} <= set(rows.fieldnames or ()):
        raise ValueError(f"{path}: needs the columns parent and child")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["parent"].strip(), []).append(row["child"].strip())
    return found


def _from_toml(text: str, path: str) -> dict[str, list[str]]:
    try:
        data = tomllib.loads(text).get("parents")
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: not valid TOML: {error}") from error
    good = isinstance(data, dict) and all(
        isinstance(children, list) and all(isinstance(child, str) for child in children) for children in data.values()
    )
    if not isinstance(data, dict) or not good:
        raise ValueError(f"{path}: needs a table [parents], each name with a list of names")
    return {parent: list(children) for parent, children in data.items()}


def check_children(
    years: Years, parents: Mapping[str, Sequence[str]], *, forms: Sequence[Form] | None = None
) -> list[SeriesFinding]:
    """Compare each table of each parent with the sum of its children's, year by year.

    Args:
        years: Body to year to report.
        parents: Body to its subordinate bodies; names are compared after folding.
        forms: To choose from by the edition of each table.
    """
    folded = {fold_body(name): of_name for name, of_name in years.items()}
    found = []
    for parent, children in parents.items():
        for year, report in sorted(folded.get(fold_body(parent), {}).items()):
            below = {child: folded.get(fold_body(child), {}).get(year) for child in children}
            for finding in _check_year(report, below, forms=forms):
                sources = (*(child.source.path for child in below.values() if child is not None), report.source.path)
                found.append(SeriesFinding(body=parent, year=year, sources=sources, finding=finding))
    return found


def _check_year(
    report: Report, below: Mapping[str, Report | None], *, forms: Sequence[Form] | None
) -> Iterator[Finding]:
    wanting = [name for name, child in below.items() if child is None]
    if wanting:
        yield Finding(
            rule="SERIES-CHILDREN",
            severity=Severity.INFO,
            message=Message(
                zh=f"缺 {len(wanting)} 个下级单位的报告，无法核对汇总：{'、'.join(wanting)}",
                en=f"the sum over subordinate bodies cannot be judged, reports are missing: {', '.join(wanting)}",
            ),
        )
        return
    children = [child for child in below.values() if child is not None]
    for table in tables_of(report, forms=forms):
        if all(child.editions.get(table.key) == report.editions[table.key] for child in children):
            yield from _check_table(table, report, children)


def _check_table(table: TableSpec, report: Report, children: Sequence[Report]) -> Iterator[Finding]:
    """One finding a table, however many cells differ."""
    differ: dict[str, tuple[Number, Number]] = {}
    own, theirs = report.values(), [child.values() for child in children]
    for key in table.slots:
        if key in own and all(key in values for values in theirs):
            total: Number = 0
            for values in theirs:
                total += values[key]
            if total != own[key]:
                differ[key] = (own[key], total)
    if not differ:
        return
    first = next(iter(differ))
    left, right = differ[first]
    yield Finding(
        rule="SERIES-CHILDREN",
        severity=Severity.REVIEW,
        cells=tuple(differ),
        left=left,
        right=right,
        difference=left - right,
        message=_describe(table, differ),
    )


def _describe(table: TableSpec, differ: Mapping[str, tuple[Number, Number]]) -> Message:
    listed = list(differ.items())[:_LISTED]
    slots = table.slots
    zh = "；".join(f"“{slots[key].label}”本级 {show(a)}，下级合计 {show(b)}" for key, (a, b) in listed)
    en = "; ".join(
        f"{slots[key].row.en} / {slots[key].column.en}: {show(a)} here, {show(b)} below" for key, (a, b) in listed
    )
    return Message(
        zh=f"《{table.title}》有 {len(differ)} 格不等于下级之和：{zh}",
        en=f"'{table.en}' differs from the sum of the subordinate bodies in {len(differ)} cells: {en}",
    )
