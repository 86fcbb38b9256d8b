"""The cells whose numbers the prose tells beyond doubt: what it says can be said of no other cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from gouji.checker.prose import RULES, check_prose, find_claims
from gouji.checker.prose_claims import Claim
from gouji.checker.prose_readings import Sum, readings_of
from gouji.model.report import Report, State, Value
from gouji.model.source import Where

_SENTENCE = re.compile("[，。；]|[,;](?!\\d)")
_NOTHING = frozenset({State.BLANK, State.NOT_APPLICABLE})
_CARRIED = ("requests.carried_in.total", "requests.carried_over.total")


def find_told(report: Report, tables: Collection[Where]) -> dict[tuple[str, ...], int]:
    """Find the cells for which the prose names a number, and cells of one row for which it names their sum.

    A claim tells a cell when that cell is its only reading, or, among several (收到 may be 一, 一 + 二, or （七）), the
    only one whose total is the number that the prose gives for the whole: 收到申请 46 件，其中自然人 41 件. 法人或其他
    组织 5 件 tells the sum of five.

    Args:
        report: With its sections and cells; cells whose place is open have no value.
        tables: Places of lines that hold the tables: what stands there is no prose, though sections may hold it.

    Returns:
        Cells to number, 0 left out. Nothing at all where the prose tells the same cells two numbers.
    """
    claims = find_claims(report.sections, year=report.year, agency=report.agency)
    counts = [
        claim
        for claim in claims
        if claim.certain and claim.kind == "count" and claim.value and _is_prose(claim, report, tables)
    ]
    told: dict[tuple[str, ...], int] = {}
    for claim in counts:
        cells = _cells_of(claim, counts, report.cells)
        if not cells or not isinstance(claim.value, int):
            continue
        if told.setdefault(cells, claim.value) != claim.value:
            return {}
    return told


def contradicted_tables(report: Report) -> set[str]:
    """The tables of which the prose says something else: there it proves nothing."""
    wrong = [finding for finding in check_prose(report) if finding.rule in RULES.values()]
    return {cell.partition(".")[0] for finding in wrong for cell in finding.cells}


def _is_prose(claim: Claim, report: Report, tables: Collection[Where]) -> bool:
    """Whether a claim is a part of a sentence on a line of its own, not of a table's."""
    section = report.sections[claim.nth]
    number = section.text.count("\n", 0, claim.start)
    if number >= len(section.places) or section.places[number]._replace(column=None) in tables:
        return False
    return _SENTENCE.search(section.text.split("\n")[number]) is not None


def _cells_of(claim: Claim, counts: Iterable[Claim], cells: Mapping[str, Value]) -> tuple[str, ...]:
    """The cells of one row whose sum is all that a claim can mean; mostly one cell."""
    readings: Sequence[Sum] = readings_of(claim, cells)
    if len(readings) > 1:
        readings = _anchored(claim, readings, counts=counts, cells=cells)
    if len(readings) != 1 or len(_rows_of(readings[0])) != 1 or not readings[0].bounded:
        return ()
    return readings[0].cells


def _anchored(
    claim: Claim, readings: Sequence[Sum], *, counts: Iterable[Claim], cells: Mapping[str, Value]
) -> Sequence[Sum]:
    """The readings of one kind of applicants whose row comes to what the same section says of all of them.

    Where nothing was carried in or over, what was received and what was handled are alike in every column.
    """
    quantity, _, column = claim.quantity.partition("@")
    said = {one.value for one in counts if one.quantity == quantity and one.section == claim.section}
    if not column or len(said) != 1:
        return ()
    totals = [_total_of(reading, cells) for reading in readings]
    found = [reading for reading, total in zip(readings, totals, strict=True) if total is None or total in said]
    if len(found) > 1 and None not in totals and _is_nothing_carried(cells):
        found = found[:1]
    return found if len(found) == 1 and _total_of(found[0], cells) in said else ()


def _rows_of(reading: Sum) -> list[str]:
    return list(dict.fromkeys(name.rpartition(".")[0] for name in reading.cells))


def _total_of(reading: Sum, cells: Mapping[str, Value]) -> int | None:
    """What the rows of a reading come to in all columns; ``None`` where that is not known."""
    total = 0
    for row in _rows_of(reading) if reading.bounded else ():
        cell = cells[f"{row}.total"]
        if cell.value is None and cell.state not in _NOTHING:
            return None
        total += int(cell.value or 0)
    return total if reading.bounded else None


def _is_nothing_carried(cells: Mapping[str, Value]) -> bool:
    found = [cells[name] for name in _CARRIED if name in cells]
    return len(found) == len(_CARRIED) and all(cell.value == 0 or cell.state in _NOTHING for cell in found)
