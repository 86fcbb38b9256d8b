"""What is said of a table read from text: labels not as the form has them, evidence, what the text has lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.model.finding import Message, Note
from gouji.model.raw import Lines
from gouji.model.report import Value
from gouji.normalizer.cells import NUMBER
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.labels import How
from gouji.normalizer.rows import StreamRow
from gouji.normalizer.vocabulary import ROW

REPEATS_DROPPED = "REPEATED-LINES-DROPPED"
HEADER_ORDER = "HEADER-ORDER"
LASTING = (REPEATS_DROPPED, HEADER_ORDER)
"""What no other way to cut the text into cells can undo."""
_LEAST_ROWS = 3


def tell_labels(chain: Sequence[Found], stream: Stream, lines: Lines) -> list[Note]:
    """One note for every label that was read by close spelling or had been cut off."""
    notes = []
    for found in chain:
        if found.how is How.CLOSE and found.item.part is ROW:
            token = stream.tokens[found.start]
            notes.append(
                Note(
                    code="LABEL-CLOSE",
                    where=lines.where(token.line, token.column),
                    message=Message(
                        zh=f"“{token.text}”与表式略有出入，按最接近的标签读作 {found.item.key}",
                        en=f"“{token.text}” is not the form's wording; read as the nearest label, {found.item.key}",
                    ),
                )
            )
    return notes


def tell_placing(cells: Mapping[str, Value], table: str) -> list[Note]:
    """What was inferred, by which evidence, and what stays open: a note each for the whole table."""
    notes = []
    for evidence in dict.fromkeys(value.evidence for value in cells.values() if value.evidence):
        own = tuple(key for key, value in cells.items() if value.evidence == evidence)
        notes.append(
            Note(
                code="CELLS-INFERRED",
                message=Message(
                    zh=f"{table}：{len(own)} 个格由版面以外的依据推定（{evidence}）",
                    en=f"{table}: {len(own)} cells were inferred, by {evidence}",
                ),
                cells=own,
            )
        )
    return notes


def tell_rows(rows: Sequence[StreamRow], table: str) -> list[Note]:
    """Say once that the text has lost its repeated lines, or that the header has columns in another order."""
    notes = []
    if repeats_were_dropped(rows):
        message = Message(
            zh=f"{table}：上游工具删去了重复出现的行，多数数值已不可恢复；仅整行齐全者可信",
            en=f"{table}: an earlier tool dropped lines that repeat; most values cannot be recovered",
        )
        notes.append(Note(code=REPEATS_DROPPED, message=message))
    if any(row.shuffled for row in rows):
        message = Message(
            zh=f"{table}：表头各列或其次序与表式不同，数值属于哪一列不能确定",
            en=f"{table}: the header has other columns than the form, or another order; whose the numbers are is open",
        )
        notes.append(Note(code=HEADER_ORDER, message=message))
    return notes


def repeats_were_dropped(rows: Sequence[StreamRow]) -> bool:
    """Whether no number of a table that is set a cell a line stands in it twice, and many rows have none at all.

    Then zeros are missing because they had occurred before, and no sum may take them for blanks.
    """
    texts = [cell.text for row in rows if row.bare for cell in row.cells if cell.kind is NUMBER]
    empty = sum(1 for row in rows if row.bare and not row.cells)
    if len(rows) < _LEAST_ROWS or any(row.inline for row in rows) or empty * 4 < len(rows):
        return False
    return bool(texts) and len(set(texts)) == len(texts)
