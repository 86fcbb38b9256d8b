"""The report around its tables: title, preamble, six headings with their prose, signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gouji.forms.load import editions, find_edition
from gouji.forms.spec import Form
from gouji.model.report import Report
from gouji.renderers.look import Look
from gouji.renderers.sheet import Sheet, print_tables
from gouji.renderers.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``role`` is ``"title"``, ``"heading"``, ``"text"`` or ``"signature"``."""

    text: str
    role: str = "text"


Part = Paragraph | Sheet


def compose(report: Report, *, look: Look, forms: Mapping[str, Form] | None = None) -> list[Part]:
    """Everything the report consists of, in printed order.

    Sections the report does not have get their official heading when a table stands under them.
    """
    parts: list[Part] = []
    if report.title:
        parts.append(Paragraph(text=report.title, role="title"))
    parts.extend(Paragraph(text=text) for text in _preamble(report))
    tables = print_tables(report, look=look, forms=forms)
    form = _main_form(report, forms=forms)
    own = {section.number: section for section in report.sections}
    for spec in form.sections:
        sheets = [sheet for table in form.tables if table.section == spec.number for sheet in tables.get(table.key, ())]
        section = own.get(spec.number)
        if section is None and own and not sheets:
            continue
        official = words().heading.format(numeral=words().numerals[spec.number - 1], heading=spec.heading)
        parts.append(Paragraph(text=section.heading if section else official, role="heading"))
        if section:
            parts.extend(Paragraph(text=line) for line in section.text.split("\n") if line.strip())
        parts.extend(sheets)
    parts.extend(_signature(report))
    return parts


def _main_form(report: Report, *, forms: Mapping[str, Form] | None) -> Form:
    if forms and report.edition and report.edition in forms:
        return forms[report.edition]
    return find_edition(report.edition) if report.edition else list(editions().values())[-1]


def _preamble(report: Report) -> list[str]:
    found = []
    if report.meta.period:
        start, end = map(print_date, report.meta.period)
        found.append(words().preamble.format(start=start, end=end))
    if report.meta.phone and report.agency:
        found.append(words().phone.format(agency=report.agency, phone=report.meta.phone))
    return ["".join(found)] if found else []


def _signature(report: Report) -> list[Paragraph]:
    lines = [report.agency or "", print_date(report.meta.signed) if report.meta.signed else ""]
    return [Paragraph(text=line, role="signature") for line in lines if line]


def print_date(iso: str) -> str:
    """An ISO date as the reports print it.

    >>> print_date("2024-01-25")
    '2024年1月25日'
    """
    year, month, day = map(int, iso.split("-"))
    return words().date.format(year=year, month=month, day=day)
