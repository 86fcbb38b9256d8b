"""Findings for people in a terminal: one line a cause, the sums it breaks under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.exporters.findings import (
    SEVERITIES,
    Audit,
    Findings,
    Labels,
    alternatives,
    causes_of,
    explain_status,
    number,
    place,
    say,
    show_place,
    slip,
)
from gouji.forms.spec import Form
from gouji.model.causes import Cause
from gouji.model.finding import Finding, Message, Severity, Suspect
from gouji.model.report import Report, Status
from gouji.model.series import SeriesFinding

_LISTED = 3
_UNREAD = {
    Status.FAILED: Message(zh="", en="cannot be read: "),
    Status.NOT_A_REPORT: Message(zh="", en="is not an annual report: "),
}


def render(report: Report, *, lang: str = "zh", forms: Sequence[Form] | None = None, verbose: bool = False) -> str:
    """Say what does not add up in a report.

    Args:
        report: With its findings.
        lang: ``"zh"`` or ``"en"``.
        forms: Where the labels come from; the built-in editions if not given.
        verbose: Whether to list what is only information, and the notes on our reading.
    """
    return render_audit(Audit(report=report), lang=lang, forms=forms, verbose=verbose)


def render_all(found: Findings, *, lang: str = "zh", forms: Sequence[Form] | None = None, verbose: bool = False) -> str:
    """Say what does not add up in several reports and between them."""
    parts = [render_audit(audit, lang=lang, forms=forms, verbose=verbose) for audit in found.audits]
    shown = [item for item in found.series if verbose or item.finding.severity is not Severity.INFO]
    if shown:
        title = "各年、各级报告之间" if lang == "zh" else "Between reports"
        parts.append("\n".join([title, *(line for item in shown for line in _series(item, lang))]))
    parts += [("认可已失效：" if lang == "zh" else "verdict lapsed: ") + line for line in found.lapsed]
    return "\n".join(parts)


def render_audit(audit: Audit, *, lang: str, forms: Sequence[Form] | None = None, verbose: bool = False) -> str:
    """Say what is open in a report; what was accepted is only counted."""
    report = audit.report
    labels = Labels(report, lang, forms=forms)
    lines = [_head(audit, lang)]
    for cause in causes_of(report):
        lines += _cause(cause, labels)
    if verbose:
        lines += [f"  {_tag(f.severity, lang)} {f.rule}  {say(f.message, lang)}" for f in _infos(report)]
        lines += [f"  {note.code}  {say(note.message, lang)}" for note in report.notes]
    return "\n".join(lines)


def _infos(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.INFO]


def _head(audit: Audit, lang: str) -> str:
    report = audit.report
    who = " ".join(str(part) for part in (report.agency, report.year) if part is not None)
    return "  ".join(part for part in (report.source.path, who, _summary(audit, lang)) if part)


def _summary(audit: Audit, lang: str) -> str:
    report, causes = audit.report, causes_of(audit.report)
    if report.status in _UNREAD:
        offers = [f"; {say(note.message, lang)}" for note in report.notes if note.code == "LINKED-DOCUMENT"]
        return f"{say(_UNREAD[report.status], lang)}{explain_status(report, lang)}{''.join(offers)}"
    parts = []
    for severity, words in SEVERITIES.items():
        amount = sum(cause.severity is severity for cause in causes)
        if amount:
            parts.append(f"{amount} 处{words.zh}" if lang == "zh" else f"{amount} {words.en}")
    if not parts and any(value.value is not None for value in report.cells.values()):
        parts.append("没有发现不符" if lang == "zh" else "adds up")
    elif not parts:
        parts.append("没有可核对的数字" if lang == "zh" else "no figures to check")
    for amount, zh, en in (
        (len(_infos(report)), "项说明", "remark{}"),
        (len(report.notes), "处读取存疑", "note{} on our reading"),
        (len(audit.accepted), "处已认可", "accepted"),
    ):
        if amount:
            parts.append(f"{amount} {zh if lang == 'zh' else en.format('s' if amount > 1 else '')}")
    if report.status is Status.PARTIAL:
        parts.append(("不完整：" if lang == "zh" else "partial: ") + explain_status(report, lang))
    return ("，" if lang == "zh" else ", ").join(parts)


def _tag(severity: Severity, lang: str) -> str:
    return f"[{say(SEVERITIES[severity], lang)}]"


def _cause(cause: Cause, labels: Labels) -> Iterator[str]:
    lang = labels.lang
    where = show_place(place(labels.report, cause), lang)
    ending = f"  @ {where}" if where else ""
    if not cause.suspects:
        yield from _without_suspect(cause, labels, ending)
        return
    table = labels.table(cause.suspects[0].cell)
    shown = cause.suspects if cause.findings[0].difference is not None else cause.suspects[:_LISTED]
    cells = ("；" if lang == "zh" else "; ").join(_cell(suspect, labels) for suspect in shown)
    cells += " …" if len(cause.suspects) > len(shown) else ""
    yield f"  {_tag(cause.severity, lang)} {table} · {cells}  {_why(cause, lang)}{ending}"
    yield from _others(cause, labels)
    for finding in cause.findings:
        yield f"      {finding.rule}  {_equation(say(finding.message, lang))}"


def _without_suspect(cause: Cause, labels: Labels, ending: str) -> Iterator[str]:
    lang, first = labels.lang, cause.findings[0]
    if len(cause.findings) == 1:
        yield f"  {_tag(cause.severity, lang)} {first.rule}  {say(first.message, lang)}{ending}"
        return
    table = labels.table(first.cells[0])
    words = "对不上，找不到单一的原因" if lang == "zh" else "does not add up, and no small slip explains it"
    yield f"  {_tag(cause.severity, lang)} {table} {words}{ending}"
    for finding in cause.findings:
        yield f"      {finding.rule}  {say(finding.message, lang)}"


def _cell(suspect: Suspect, labels: Labels) -> str:
    lang = labels.lang
    old, new = number(suspect.value, lang), number(suspect.suggested, lang)
    label = labels.cell(suspect.cell)
    return f"{label}  表内 {old}，应为 {new} ?" if lang == "zh" else f"{label}: printed {old}, should be {new}?"


def _why(cause: Cause, lang: str) -> str:
    others = len(alternatives(cause))
    if cause.confident:
        sure = "唯一的解释，若仅此一处有误" if lang == "zh" else "the only explanation, if only this is wrong"
    elif others:
        sure = f"另有 {others} 格也可能" if lang == "zh" else f"{others} other cells would explain it too"
    else:
        sure = "可能" if lang == "zh" else "possibly"
    return f"（{slip(cause.kind, lang)}；{sure}）" if lang == "zh" else f"({slip(cause.kind, lang)}; {sure})"


def _others(cause: Cause, labels: Labels) -> Iterator[str]:
    lang, others = labels.lang, alternatives(cause)
    if others:
        listed = ("；" if lang == "zh" else "; ").join(_cell(suspect, labels) for suspect in others[:_LISTED])
        more = " …" if len(others) > _LISTED else ""
        yield ("      或者：" if lang == "zh" else "      or: ") + listed + more


def _equation(text: str) -> str:
    """The sum without the sentence on the suspect, which stands above it."""
    return text.partition("。若仅此一处有误")[0].partition(". If only this is wrong")[0]


def _series(item: SeriesFinding, lang: str) -> Iterator[str]:
    finding = item.finding
    yield f"  {_tag(finding.severity, lang)} {item.body} {item.year}  {finding.rule}  {say(finding.message, lang)}"
    if item.matched:
        names = " = ".join(item.matched)
        yield f"      名称视为同一机关：{names}" if lang == "zh" else f"      taken for one body: {names}"
    yield "      " + " → ".join(item.sources)
