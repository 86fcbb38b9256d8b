"""The words of the findings, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checker.rules import Judgement, Verdict
from gouji.forms.spec import Equation, Slot, TableSpec
from gouji.model.finding import Message, Number, Suspect, number_to_json

_LISTED = 3


def show(value: Number | None) -> str:
    """A number for people; nothing for nothing."""
    return "" if value is None else str(number_to_json(value))


def along(table: TableSpec, equation: Equation) -> tuple[str, str]:
    """Printed label and English label of the row or column that a sum runs along."""
    slot = table.slots[equation.cells[0]]
    axis = slot.row if equation.rule.each == "row" else slot.column
    return axis.label[-1], axis.en


def describe_broken(table: TableSpec, judgement: Judgement, suspects: Sequence[Suspect]) -> Message:
    """Say that a sum does not hold, with both sides and the difference, and which cell would explain it."""
    balance, rule = judgement.balance, judgement.equation.rule
    zh, en = along(table, judgement.equation)
    left, right, gap = show(balance.left), show(balance.right), show(balance.difference).lstrip("-")
    blanks = describe_cells(table, balance.missing)
    aside = {
        Verdict.BROKEN_AS_ZERO: (f"（{blanks.zh}按 0 计）", f" ({blanks.en} read as 0)"),
        Verdict.DOUBTFUL: (f"（{blanks.zh}没有数字，按 0 计）", f" ({blanks.en} without a number, read as 0)"),
    }.get(judgement.verdict, ("", ""))
    blame = _blame(table, suspects[0]) if suspects and suspects[0].confident else Message(zh="", en="")
    return Message(
        zh=f"{zh}：左边 {left}，右边 {right}，相差 {gap}{aside[0]}。应有：{rule.zh}{blame.zh}",
        en=f"{en}: {left} on the left, {right} on the right, {gap} apart{aside[1]}. The form says: {rule.en}{blame.en}",
    )


def _blame(table: TableSpec, suspect: Suspect) -> Message:
    slot = table.slots[suspect.cell]
    new = show(suspect.suggested)
    return Message(
        zh=f"。若仅此一处有误，“{slot.label}”应为 {new}",
        en=f". If only this is wrong, {slot.row.en} / {slot.column.en} should be {new}",
    )


def describe_unjudged(table: TableSpec, judgements: Sequence[Judgement], missing: Sequence[str]) -> Message:
    """Say of sums of one rule that they cannot be judged, or hold only if blank means 0."""
    rule = judgements[0].equation.rule
    cells = describe_cells(table, missing)
    if judgements[0].verdict is Verdict.HOLDS_AS_ZERO:
        return Message(
            zh=f"{len(judgements)} 处在空白按 0 计时成立：{rule.zh}（{cells.zh}）",
            en=f"{len(judgements)} sums hold when blank is read as 0: {rule.en} ({cells.en})",
        )
    return Message(
        zh=f"{len(judgements)} 处无法判断：{rule.zh}（{cells.zh}没有可用的数字）",
        en=f"{len(judgements)} sums cannot be judged: {rule.en} (no usable number in {cells.en})",
    )


def describe_untotalled(table: TableSpec, judgements: Sequence[Judgement]) -> Message:
    """Say that no row of a table has a total."""
    rule = judgements[0].equation.rule
    column = table.slots[judgements[0].equation.right[0]].column
    return Message(
        zh=f"“{column.label[-1]}”一列全部没有数字，{len(judgements)} 行无从核对。应有：{rule.zh}",
        en=f"the column {column.en} has no number at all, so that {len(judgements)} rows cannot be checked. "
        f"The form says: {rule.en}",
    )


def describe_cells(table: TableSpec, cells: Sequence[str]) -> Message:
    """Name some cells as printed, the first few of many."""
    slots = [table.slots[cell] for cell in cells[:_LISTED]]
    more = len(cells) - len(slots)
    zh = "、".join([f"“{slot.label}”" for slot in slots]) + (f"等 {len(cells)} 格" if more else "")
    en = "; ".join([f"{slot.row.en} / {slot.column.en}" for slot in slots]) + (f" and {more} more" if more else "")
    return Message(zh=zh, en=en)


def describe_negative(slot: Slot, value: Number) -> Message:
    """Say that a number is below zero."""
    return Message(
        zh=f"“{slot.label}”为 {show(value)}，不得为负",
        en=f"{slot.row.en} / {slot.column.en} is {show(value)}, and must not be negative",
    )
