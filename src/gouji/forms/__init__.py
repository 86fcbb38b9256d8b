"""The forms that the law prescribes, as data: tables, rows, columns, labels, sums."""

from gouji.forms.load import editions, load_form
from gouji.forms.spec import Block, Column, Equation, Form, Kind, Row, Rule, SectionSpec, Slot, TableSpec

__all__ = [
    "Block",
    "Column",
    "Equation",
    "Form",
    "Kind",
    "Row",
    "Rule",
    "SectionSpec",
    "Slot",
    "TableSpec",
    "editions",
    "load_form",
]
