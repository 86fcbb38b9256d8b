"""Findings as an Excel workbook: a sheet of causes to work through, a sheet of findings. Needs ``gouji[excel]``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.exporters.findings import SEVERITIES, Findings, Labels, causes_of, number, place, say, show_place, slip
from gouji.model.finding import Number

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = Number | str | None

_CAUSES = {
    "zh": ("文件", "机关", "年度", "程度", "表", "单元格", "表内", "应为", "原因", "唯一解释", "位置", "说明"),
    "en": ("file", "body", "year", "severity", "table", "cell", "stands", "should be", "slip", "sure", "where", "text"),
}  # fmt: skip
_FINDINGS = {
    "zh": ("文件", "机关", "年度", "规则", "程度", "左边", "右边", "相差", "说明", "状态"),
    "en": ("file", "body", "year", "rule", "severity", "left", "right", "difference", "text", "state"),
}
_WIDTHS = {"文件": 30, "file": 30, "机关": 24, "body": 24, "单元格": 44, "cell": 44, "说明": 80, "text": 80}


def write_all(found: Findings, path: str | Path, *, lang: str = "zh") -> None:
    """Write the workbook.

    Raises:
        ImportError: openpyxl is not installed.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet("原因" if lang == "zh" else "causes"), _CAUSES[lang], _causes(found, lang))
    _fill(book.create_sheet("核对结果" if lang == "zh" else "findings"), _FINDINGS[lang], _findings(found, lang))
    book.save(path)


def _fill(sheet: Worksheet, head: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append(head)
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for index, name in enumerate(head, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(name, 12)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _safe(cell: Cell) -> Cell:
    """Text from a report never becomes a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@" else cell


def _causes(found: Findings, lang: str) -> Iterator[tuple[Cell, ...]]:
    yes = ("是", "否") if lang == "zh" else ("yes", "no")
    for audit in found.audits:
        report = audit.report
        labels = Labels(report, lang)
        for cause in causes_of(report):
            who = (report.source.path, report.agency, report.year, say(SEVERITIES[cause.severity], lang))
            text = say(cause.findings[0].message, lang)
            where = show_place(place(report, cause), lang)
            for suspect in cause.suspects:
                about = (labels.table(suspect.cell), labels.cell(suspect.cell))
                values = (
                    suspect.value,
                    number(suspect.suggested, lang) if suspect.suggested is None else suspect.suggested,
                )
                yield (*who, *about, *values, slip(suspect.cause, lang), yes[not suspect.confident], where, text)
            if not cause.suspects:
                first = cause.findings[0].cells[:1]
                yield (
                    *who,
                    *(labels.table(cell) for cell in first or ("",)),
                    "",
                    None,
                    None,
                    cause.kind,
                    "",
                    where,
                    text,
                )


def _findings(found: Findings, lang: str) -> Iterator[tuple[Cell, ...]]:
    open_word, accepted = ("未处理", "已认可") if lang == "zh" else ("open", "accepted")
    for audit in found.audits:
        report = audit.report
        states = [(finding, open_word) for finding in report.findings] + [(f, accepted) for f in audit.accepted]
        for finding, state in states:
            who = (
                report.source.path,
                report.agency,
                report.year,
                finding.rule,
                say(SEVERITIES[finding.severity], lang),
            )
            yield (*who, finding.left, finding.right, finding.difference, say(finding.message, lang), state)
    for item in found.series:
        finding = item.finding
        who = (" → ".join(item.sources), item.body, item.year, finding.rule, say(SEVERITIES[finding.severity], lang))
        yield (*who, finding.left, finding.right, finding.difference, say(finding.message, lang), open_word)
