"""What every way of showing findings shares: audits, the words for slips, cells as printed, places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.exporters.explanations import explain
from gouji.forms.load import editions
from gouji.forms.spec import Form, Slot, TableSpec
from gouji.model.causes import Cause, find_causes
from gouji.model.finding import Finding, Message, Number, Severity, Suspect, number_to_json
from gouji.model.report import ABSENT, Report, State, Status
from gouji.model.series import SeriesFinding
from gouji.model.source import NOWHERE, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A checked report and the verdicts on it.

    Attributes:
        report: With its open findings only.
        accepted: Findings that a reviewer accepted.
    """

    report: Report
    accepted: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that one run of the checker found.

    Attributes:
        audits: In each report.
        series: Between reports.
        lapsed: Lines of the baseline that no finding answers to any more.
    """

    audits: tuple[Audit, ...] = ()
    series: tuple[SeriesFinding, ...] = ()
    lapsed: tuple[str, ...] = ()


SLIPS: dict[str, Message] = {
    kind: Message(zh=zh, en=en)
    for kind, zh, en in (
        ("digit", "一个数字不同", "one digit differs"),
        ("transposition", "两个数字换了位置", "two digits changed places"),
        ("dropped_digit", "少一个数字", "a digit was dropped"),
        ("extra_digit", "多一个数字", "a digit too many"),
        ("lost", "数字缺失", "the number was lost"),
        ("miscount", "相差一二", "off by one or two"),
        ("other", "数字不符", "another number"),
        ("moved_column", "数字移到了别的列", "the number moved to another column"),
        ("moved_row", "数字移到了别的行", "the number moved to another row"),
        ("exchanged_columns", "同一行两格互换", "two cells of the row were exchanged"),
        ("exchanged_rows", "同一列两格互换", "two cells of the column were exchanged"),
        ("split", "一个数字被拆成两格", "one number was split over two cells"),
        ("split_shift", "数字被拆开，后面各格右移", "a number was split and the rest of the row moved right"),
        ("dropped_blank", "漏掉空格，后面各格左移", "a blank was dropped and the rest of the row moved left"),
        ("extra_token", "多出一格，后面各格右移", "a cell too many, and the rest of the row moved right"),
        ("row_lost", "整行数字缺失", "the numbers of a whole row were lost"),
        ("row_repeated", "整行与上一行相同", "the row repeats the one above"),
        ("rows_exchanged", "两行互换", "two whole rows were exchanged"),
        ("implied", "由其他各格推出", "it follows from the other cells"),
    )
}
"""Kind of slip to its words."""

SEVERITIES: dict[Severity, Message] = {
    Severity.ERROR: Message(zh="错误", en="error"),
    Severity.WARNING: Message(zh="警告", en="warning"),
    Severity.REVIEW: Message(zh="待核", en="review"),
    Severity.INFO: Message(zh="说明", en="info"),
}


def say(message: Message, lang: str) -> str:
    """The message in one language."""
    return message.zh if lang == "zh" else message.en


_SHORT = frozenset({
    *("TABLE-MISSING", "TABLE-CUT", "TABLE-GAP", "FORM-UNKNOWN", "BLANK-FORM", "TEXT-REST", "TWO-REPORTS"),
    *("PAGE-DAMAGED", "PDF-DAMAGED", "OCR-NEEDED"),
})  # fmt: skip
"""Notes that say why a report is not whole."""


def explain_status(report: Report, lang: str) -> str:
    """Why a report was not read, or not in full; nothing for one that was. ``reason`` itself is English."""
    told = _explain_in_chinese(report) if lang == "zh" else ""
    return told or report.reason or ""


def _explain_in_chinese(report: Report) -> str:
    if report.status is Status.NOT_A_REPORT:
        return explain("NOT-A-REPORT").message.zh
    if report.status is Status.FAILED:
        return "；".join(note.message.zh for note in report.notes)
    states = [value.state for value in report.cells.values()]
    ambiguous, unreadable = states.count(State.AMBIGUOUS), states.count(State.UNREADABLE)
    parts = dict.fromkeys(note.message.zh for note in report.notes if note.code in _SHORT)
    counts = ((ambiguous, "{}格有多种读法"), (unreadable, "{}格不是数字"))
    return "；".join([*parts, *(words.format(count) for count, words in counts if count)])


def slip(kind: str, lang: str) -> str:
    """The words for a kind of slip."""
    return say(SLIPS[kind], lang) if kind in SLIPS else kind


def number(value: Number | None, lang: str) -> str:
    """A number for people."""
    return ("空白" if lang == "zh" else "blank") if value is None else str(number_to_json(value))


class Labels:
    """Cell ids of one report to what is printed, in one language."""

    def __init__(self, report: Report, lang: str, *, forms: Sequence[Form] | None = None) -> None:
        self.report, self.lang = report, lang
        known = {form.edition: form for form in forms} if forms is not None else editions()
        self.tables: dict[str, TableSpec] = {}
        for key, edition in report.editions.items():
            form = known.get(edition) if edition is not None else None
            if form is not None:
                self.tables.update({table.key: table for table in form.tables if table.key == key})

    def slot(self, cell: str) -> Slot | None:
        """The place of a cell in the form; ``None`` when the report has no such table."""
        table = self.tables.get(cell.partition(".")[0])
        return table.slots.get(cell) if table else None

    def table(self, cell: str) -> str:
        """The table's title."""
        table = self.tables.get(cell.partition(".")[0])
        return (table.title if self.lang == "zh" else table.en) if table else ""

    def cell(self, cell: str) -> str:
        """Row and column as printed."""
        slot = self.slot(cell)
        if slot is None:
            return cell
        return slot.label if self.lang == "zh" else f"{slot.row.en} / {slot.column.en}"


def causes_of(report: Report) -> tuple[Cause, ...]:
    """The causes of a report's findings, without mere information."""
    return find_causes(finding for finding in report.findings if finding.severity is not Severity.INFO)


def place(report: Report, cause: Cause) -> Where:
    """Where a cause stands in the source."""
    for suspect in cause.suspects:
        where = report.cells.get(suspect.cell, ABSENT).where
        if where is not None:
            return where
    return cause.findings[0].where if cause.findings else NOWHERE


def show_place(where: Where, lang: str) -> str:
    """A place in words.

    >>> show_place(Where(page=4, table=2, row=5, column=3), "zh"), show_place(Where(line=31), "en")
    ('第 4 页 第 2 表 第 5 行 第 3 列', 'line 31')
    """
    zh = (
        ("page", "第 {} 页"),
        ("table", "第 {} 表"),
        ("row", "第 {} 行"),
        ("line", "第 {} 行"),
        ("paragraph", "第 {} 段"),
    )
    en = (
        ("page", "page {}"),
        ("table", "table {}"),
        ("row", "row {}"),
        ("line", "line {}"),
        ("paragraph", "paragraph {}"),
    )
    words = [text.format(getattr(where, name)) for name, text in (zh if lang == "zh" else en) if getattr(where, name)]
    if where.column:
        words.append((("第 {} 列" if where.row else "第 {} 字") if lang == "zh" else "column {}").format(where.column))
    return (" " if lang == "zh" else ", ").join(words)


def alternatives(cause: Cause) -> tuple[Suspect, ...]:
    """The other explanations, one suspect a cell and value."""
    found: dict[tuple[str, Number | None], Suspect] = {}
    for suspect in cause.alternatives:
        found.setdefault((suspect.cell, suspect.suggested), suspect)
    return tuple(found.values())
