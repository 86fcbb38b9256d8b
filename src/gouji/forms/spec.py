"""The shape of a form. No file access, no algorithms beyond looking things up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gouji.model.finding import Severity


class Kind(StrEnum):
    """What stands in a value cell."""

    COUNT = "count"
    """A whole number, not negative."""
    CHANGE = "change"
    """A signed whole number (本年增/减)."""
    MONEY = "money"
    """An amount in 万元."""


COUNT, CHANGE, MONEY = Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A printed row: last part of its key, the path of labels that lead to it (outermost first), English label."""

    key: str
    label: tuple[str, ...]
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A printed column: as :class:`Row`, with the unit (件, 项, 万元) and the kind of its values."""

    key: str
    label: tuple[str, ...]
    en: str
    unit: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One value cell of the form. ``id`` is the public vocabulary: ``table.row.column``."""

    id: str
    table: str
    row: Row
    column: Column

    @property
    def label(self) -> str:
        """Row and column as printed, e.g. ``（一）予以公开 · 自然人``."""
        return f"{self.row.label[-1]} · {self.column.label[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows that share their columns. A table has one, or one an article of the law (第二十条第（一）项 …).

    Attributes:
        title: The row printed above the block, if any.
        stub: The header of the label column (信息内容), if any.
        en: English title.
        columns: In printed order.
        rows: In printed order.
    """

    title: str | None
    stub: str | None
    en: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the form says of its numbers.

    Attributes:
        code: Stable for ever.
        kind: ``"sum"`` (left terms add up to right terms) or ``"not_negative"``.
        each: For sums, ``"row"`` (terms are columns) or ``"column"`` (terms are rows).
        left: Keys of the left terms.
        right: Keys of the right terms.
        severity: Of a violation.
        zh: The rule in a Chinese sentence.
        en: The same in English.
        basis: The words of the form it rests on.
    """

    code: str
    kind: str
    each: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    severity: Severity
    zh: str
    en: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """One instance of a sum rule: the cells of ``left`` add up to those of ``right``.

    ``along`` is the key of the row or column it runs along.
    """

    rule: Rule
    along: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """All terms, left side first."""
        return self.left + self.right


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """One statutory table.

    Attributes:
        key: ``disclosure``, ``requests``, ``review``.
        section: Number of the section it stands in.
        title: Heading of that section.
        en: English title.
        layout: ``"rows"`` (a printed row is a row) or ``"across"`` (all rows side by side in one printed row, their
            labels above the columns').
        blocks: See :class:`Block`.
        rules: See :class:`Rule`.
        head: The sentence printed in the table's corner, if any.
        group: The label printed over all value columns, if any.
    """

    key: str
    section: int
    title: str
    en: str
    layout: str
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...]
    head: str | None = None
    group: str | None = None

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every value cell by id, in printed order."""
        slots = (
            Slot(id=f"{self.key}.{row.key}.{column.key}", table=self.key, row=row, column=column)
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        )
        return {slot.id: slot for slot in slots}

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every instance of every sum rule, in the order of the rules, then of the rows or columns."""
        return tuple(equation for rule in self.rules if rule.kind == "sum" for equation in self._instances(rule))

    def _instances(self, rule: Rule) -> list[Equation]:
        found = []
        for block in self.blocks:
            along = block.rows if rule.each == "row" else block.columns
            for item in along:
                left, right = (
                    tuple(self._cell(rule.each, item.key, term) for term in side) for side in (rule.left, rule.right)
                )
                if all(cell in self.slots for cell in left + right):
                    found.append(Equation(rule=rule, along=item.key, left=left, right=right))
        return found

    def _cell(self, each: str, along: str, term: str) -> str:
        return f"{self.key}.{along}.{term}" if each == "row" else f"{self.key}.{term}.{along}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """One of the sections of the report: number by meaning, official heading, English."""

    number: int
    heading: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """One edition of the form.

    Attributes:
        edition: Its name, ``"2021"``.
        source: The notice that prescribes it.
        first_year: First report year it is meant for.
        last_year: Last one, ``None`` for the form in force.
        sections: The six sections.
        tables: The three tables.
    """

    edition: str
    source: str
    first_year: int
    last_year: int | None
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...]

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every value cell of all tables by id."""
        return {key: slot for table in self.tables for key, slot in table.slots.items()}

    def table(self, key: str) -> TableSpec:
        """The table of that key.

        Raises:
            KeyError: The form has no such table.
        """
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)
