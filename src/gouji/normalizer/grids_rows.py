"""Read a table whose printed rows are rows of the form: find each row's label, then its key, in the form's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.model.finding import Message, Note
from gouji.model.raw import Cell
from gouji.model.source import NOWHERE
from gouji.normalizer.grids_frame import Frame, is_header, read_frame
from gouji.normalizer.grids_lines import Line
from gouji.normalizer.grids_place import Usual
from gouji.normalizer.grids_vocab import COLUMN, ROW, TITLE, Vocabulary
from gouji.normalizer.labels import How
from gouji.text.fold import fold

_ALIKE = 0.5
_FEW_ROWS = 3
_FEW_WORDS = 3


@dataclass(slots=True, kw_only=True)
class Record:
    """A line that may be a row of the form.

    Attributes:
        line: Where it stands.
        leaf: Its label; ``None`` when it has none.
        key: The form's row, once known.
        how: How the label was matched; ``None`` when the row is known by its place or by joining.
        frame: The header in force.
        after: Where the values may start when there is no label: after the group's.
        start: First grid column after the label.
        first_number: The grid column of the first number from there on.
        rest: Further lines of the same row: the other half after a page break, a label cut over lines.
        labels_end: Where the label columns of its grid end.
        usual: What the rows of its block are like in its grid.
        slipped: In some row of its grid a value stands where labels should, so that places in the grid prove little.
        evidence: Why it is that row, when its label does not say so.
    """

    line: Line
    leaf: Cell | None
    key: str | None = None
    how: How | None = None
    frame: Frame | None = None
    after: int = 0
    rest: tuple[Record, ...] = ()
    labels_end: int | None = None
    usual: Usual | None = None
    slipped: bool = False
    evidence: str | None = None

    start: int = field(init=False)
    first_number: int | None = field(init=False)

    def __post_init__(self) -> None:
        """The label stays what it is, and what follows from it is asked for often."""
        self.start = start = self.leaf.column + self.leaf.colspan if self.leaf is not None else self.after
        self.first_number = None
        for cell in self.line.numbers:
            if cell.column >= start:
                self.first_number = cell.column
                break

    @property
    def label(self) -> str:
        """The printed label."""
        return self.leaf.text if self.leaf is not None else ""

    @property
    def valued(self) -> bool:
        """Whether something like a value is printed right of its label."""
        return self.first_number is not None


@dataclass(kw_only=True)
class Reading:
    """What the lines of one table say, before numbers are read.

    Attributes:
        records: The rows in printed order, unknown ones included.
        labels: For every line with titles or column labels (by identity) the axis and key of each.
        notes: Doubts about labels.
    """

    records: list[Record] = field(default_factory=list)
    labels: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def read_records(lines: Sequence[Line], number: int, vocab: Vocabulary) -> Reading:
    """Find headers and rows, each by its own label.

    Args:
        lines: Of one table, in printed order, of one grid or of several.
        number: Of the vocabulary in the hits.
        vocab: The table and edition supposed.
    """
    reading = Reading()
    frame: Frame | None = None
    zone: list[Line] = []
    unread = False  # whether the rows of a header wait to be read together
    grid = None
    for line in lines:
        header = line.heads and is_header(line, number, vocab)
        header = header or (unread and line.grid is grid and _is_all_words(line, number))
        if unread and (not header or line.grid is not grid):
            frame, unread = _read_header(zone, reading, number=number, vocab=vocab), False
        if line.grid is not grid:
            frame, zone = (frame if grid is not None and line.grid.columns == grid.columns else None), []
            grid = line.grid
        titles = _titles(line, number, vocab) if line.heads else set()
        if titles:
            reading.labels[id(line)] = {(TITLE, title) for title in titles}
        if header:
            zone.append(line)
            unread = True
        elif titles and not line.numbers and not any(number in hits.rows for _, hits in line.labelled):
            if titles & vocab.over_blocks:
                frame, zone = None, []
            if not titles & vocab.over_blocks:
                zone.append(line)
        else:
            zone = []
            reading.records.append(_read_record(line, number, frame=frame))
    if unread:
        _read_header(zone, reading, number=number, vocab=vocab)
    return reading


def compare_records(reading: Reading, vocab: Vocabulary) -> None:
    """Learn what the rows are like, and find those that only their neighbours tell."""
    _learn_label_columns(reading.records, vocab)
    _join_neighbours(reading, vocab)
    _spell_closely(reading, vocab)
    _join_halves(reading, vocab)
    _fill_gaps(reading, vocab)
    if reading.notes:
        _learn_label_columns(reading.records, vocab)  # more labels are known now


def _is_all_words(line: Line, number: int) -> bool:
    """Whether a row below a header names columns, in whatever words: several, no number, and no row of the form."""
    if line.numbers or any(number in hits.rows and number not in hits.columns for _, hits in line.own):
        return False
    return sum(cell.row == line.row for cell in line.words) >= _FEW_WORDS


def _read_header(zone: Sequence[Line], reading: Reading, *, number: int, vocab: Vocabulary) -> Frame | None:
    """The columns that a header names, noted with its last row."""
    frame = read_frame(zone, number, vocab)
    if frame is not None:
        named = {(COLUMN, span.key) for span in frame.spans if span.how is not None}
        reading.labels.setdefault(id(zone[-1]), set()).update(named)
    return frame


def _titles(line: Line, number: int, vocab: Vocabulary) -> set[str]:
    found: set[str] = set()
    for _, hits in line.own:
        if number in hits.titles:
            found.add(hits.titles[number].key)
    found.discard(vocab.spec.title)
    return found


def _read_record(line: Line, number: int, *, frame: Frame | None) -> Record:
    """The label of a line is the rightmost text before the values; without a header, the rightmost known label."""
    cell = _label_of(line, number, limit=frame.start if frame is not None else None)
    if cell is None:
        return Record(line=line, leaf=None, frame=frame)
    hits = line.hits(cell)
    match = hits.rows.get(number)
    if match is None and (cell.row != line.row or number in hits.titles):
        return Record(line=line, leaf=None, frame=frame, after=cell.column + cell.colspan)
    return Record(line=line, leaf=cell, key=match.key if match else None, how=match.how if match else None, frame=frame)


def _label_of(line: Line, number: int, *, limit: int | None) -> Cell | None:
    """The label of a line; ``limit`` is where its header says that values begin."""
    known = None
    for cell, hits in reversed(line.labelled):
        if number in hits.rows and (cell.row == line.row or number not in hits.columns):  # no header from above
            known = cell
            break
    if limit is None or (known is not None and known.column >= limit):  # the row is shifted against its header
        return known if known is not None or not line.words else line.words[-1]
    for cell in reversed(line.words):
        if cell.column < limit:
            return cell
    return None


def _learn_label_columns(records: Sequence[Record], vocab: Vocabulary) -> None:
    """Where the labels of a grid end: the furthest end of a known label in it, and before any number."""
    grids: dict[int, list[Record]] = {}
    for record in records:
        grids.setdefault(id(record.line.grid), []).append(record)
    for here in grids.values():
        known = [record for record in here if record.key is not None]
        if not known:
            for record in here:
                record.labels_end = record.usual = None
            continue
        ends = max(record.start for record in known)
        first = min([column for record in known if (column := record.first_number) is not None], default=None)
        slipped = any(_has_slipped(record, ends) for record in known)
        for record in here:
            record.labels_end = ends if first is None else min(ends, first)
            record.slipped = slipped
            record.usual = None
        _learn_usual(known, vocab, first)


def _has_slipped(record: Record, ends: int) -> bool:
    """Whether a value stands between the label of a row and the first column of values."""
    number = record.first_number
    return number is not None and number < (record.frame.start if record.frame is not None else ends)


def _learn_usual(records: Sequence[Record], vocab: Vocabulary, first: int | None) -> None:
    """What the known rows of one grid are like, block by block.

    A block of few rows in a grid of many: its rows end where the others do, if its header or the row does.
    """
    blocks: dict[str, list[tuple[Record, int]]] = {}
    ends: list[int] = []
    for record in records:
        last = record.line.cells[-1]
        ends.append(last.column + last.colspan)
        blocks.setdefault(vocab.block[record.key or ""].en, []).append((record, ends[-1]))
    end, count = _most_common(ends)
    common = len(ends) >= _FEW_ROWS and count * 3 >= len(ends) * 2
    for rows in blocks.values():
        usual = _find_usual([(own - record.start, own) for record, own in rows], first)
        for record, own in rows:
            record.usual = usual
            if usual is None and common and record.frame is not None and end in (record.frame.end, own):
                record.usual = Usual(end - record.start, end)


def _find_usual(shapes: Sequence[tuple[int, int]], first: int | None) -> Usual | None:
    """What most rows are like, given the width and the end of each; at least three must be."""
    width, most = _most_common([width for width, _ in shapes])
    end, ends = _most_common([end for _, end in shapes])
    if max(most, ends) < _FEW_ROWS:
        return None
    return Usual(width, end if ends >= _FEW_ROWS and ends * 3 >= len(shapes) * 2 else None, first)


def _most_common(numbers: Sequence[int]) -> tuple[int, int]:
    """The most frequent number, the first of equals, and how often it is there."""
    if numbers.count(numbers[0]) == len(numbers):
        return numbers[0], len(numbers)
    return Counter(numbers).most_common(1)[0]


def _join_neighbours(reading: Reading, vocab: Vocabulary) -> None:
    """A label cut over two lines: neither is known, or the first only half, and together they are a label."""
    records = reading.records
    index = 0
    while index + 1 < len(records):
        first, second = records[index], records[index + 1]
        if not second.key and first.leaf and second.leaf and not (first.valued and second.valued):
            match = vocab.match(ROW, first.label + second.label)
            if match and match.how is not How.CLOSE and match.key == (first.key or match.key):
                first.key, first.how = match.key, match.how
                first.rest = (*first.rest, second)
                del records[index + 1]
                reading.notes.append(_note("LABEL-JOINED", first, zh="标签被拆成两行", en="a label cut over two rows"))
        index += 1


def _spell_closely(reading: Reading, vocab: Vocabulary) -> None:
    """Close spellings, for the keys that no label claims outright."""
    taken = {record.key for record in reading.records if record.key}
    for record in reading.records:
        if record.key is None and record.leaf is not None and record.leaf.row == record.line.row:
            match = vocab.match(ROW, record.label)
            if match is not None and match.key not in taken:
                record.key, record.how = match.key, match.how
                taken.add(match.key)
                reading.notes.append(
                    _note(
                        "LABEL-CLOSE",
                        record,
                        zh=f"行标签“{record.label}”与标准写法略有出入",
                        en=f"the row label {record.label!r} is spelled a little differently",
                    )
                )


def _join_halves(reading: Reading, vocab: Vocabulary) -> None:
    """A row cut by a page break: its label on one page, its values on the next.

    Only when the row that the form puts next is there too, so that the values cannot be its own.
    """
    records = reading.records
    index = 0
    while index + 1 < len(records):
        first, second = records[index], records[index + 1]
        if first.key and not first.valued and not second.key and second.valued and _is_nameless(second):
            following = next((record.key for record in records[index + 2 :] if record.key), None)
            order = vocab.order[first.key]
            last = order + 1 == len(vocab.order)
            if (following is None and last) or (following is not None and vocab.order[following] == order + 1):
                first.rest = (*first.rest, second)
                del records[index + 1]
                reading.notes.append(
                    _note("ROW-HALVES", first, zh="一行被分页拆成两半", en="a row cut in two by a page break")
                )
        index += 1


def _is_nameless(record: Record) -> bool:
    """Whether a line has no label of its own."""
    return record.leaf is None or record.leaf.row != record.line.row


def _fill_gaps(reading: Reading, vocab: Vocabulary) -> None:
    """Rows without a readable label between two known rows, when exactly they are missing there."""
    waiting: list[Record] = []
    before = -1
    used = {record.key for record in reading.records if record.key}
    for record in reading.records:
        if record.key is None:
            if record.valued:
                waiting.append(record)
            continue
        order = vocab.order[record.key]
        missing = vocab.row_list[before + 1 : order]
        if waiting and before >= 0 and len(missing) == len(waiting):
            _place_between(waiting, [row.key for row in missing], reading=reading, vocab=vocab, used=used)
        waiting = []
        before = order


def _place_between(
    waiting: Sequence[Record], keys: Sequence[str], *, reading: Reading, vocab: Vocabulary, used: set[str]
) -> None:
    if used & set(keys):
        return
    for record, key in zip(waiting, keys, strict=True):
        if not (_is_nameless(record) or _alike(record.label, vocab.spellings[ROW][key])):
            return
    for record, key in zip(waiting, keys, strict=True):
        record.key, record.evidence = key, "row-position"
        reading.notes.append(
            _note(
                "ROW-POSITION",
                record,
                zh=f"行标签“{record.label}”无法识别，按前后行的位置认定",
                en=f"the row label {record.label!r} is not known; the row is told by its neighbours",
            )
        )


def _alike(label: str, spellings: Sequence[str]) -> bool:
    """Whether two labels share most of their characters, in order."""
    from rapidfuzz.distance import LCSseq

    return any(LCSseq.normalized_similarity(fold(label), fold(spelling)) >= _ALIKE for spelling in spellings)


def _note(code: str, record: Record, *, zh: str, en: str) -> Note:
    where = record.leaf.where if record.leaf is not None else NOWHERE
    return Note(code=code, message=Message(zh=zh, en=en), where=where)
