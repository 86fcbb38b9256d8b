"""From bytes to a checked report: the only module that knows the order of the stages."""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from gouji.errors import ReadError
from gouji.forms import Form, editions
from gouji.locator.candidates import Candidate, find_candidates
from gouji.locator.headings import read_headings
from gouji.locator.outline import find_outline
from gouji.locator.reports import find_second, split_document
from gouji.locator.window import narrow
from gouji.model.finding import Message, Note
from gouji.model.raw import Grid, Lines, RawDocument, read_lines
from gouji.model.report import Report, Status
from gouji.model.source import Source, Where
from gouji.normalizer.metadata import Evidence, read_metadata
from gouji.normalizer.reading import TableReading
from gouji.normalizer.report import assemble
from gouji.renderers.trace import explain_report

NO_PATH = "<bytes>"


def parse(
    source: str | Path | bytes | BinaryIO,
    *,
    forms: Iterable[Form] | None = None,
    check: bool = True,
    profile: str = "extraction",
    lang: str | None = None,
) -> Report:
    """Read one report, and check it.

    Args:
        source: A path, the bytes themselves, or an open binary file.
        forms: Editions to look for; the built-in ones when ``None``.
        check: Whether to look for what does not add up.
        profile: Who is suspected of a wrong cell: ``"extraction"`` (our reading) or ``"draft"`` (the author).
        lang: Not used by the reading; messages always come in both languages.

    Returns:
        The report; see its ``status`` for what became of the document.

    Raises:
        ReadError: The file cannot be opened, or its bytes are no document that can be read.
    """
    del lang
    if isinstance(source, bytes | bytearray | memoryview):
        return parse_bytes(bytes(source), forms=forms, check=check, profile=profile)
    if isinstance(source, str | Path):
        return parse_bytes(read_file(source), path=str(source), forms=forms, check=check, profile=profile)
    data = source.read()
    if not isinstance(data, bytes):
        raise TypeError("open the file in binary mode: its encoding is found by evidence")
    name = getattr(source, "name", NO_PATH)
    path = name if isinstance(name, str) else NO_PATH
    return parse_bytes(data, path=path, forms=forms, check=check, profile=profile)


def parse_bytes(
    data: bytes,
    *,
    path: str = NO_PATH,
    forms: Iterable[Form] | None = None,
    check: bool = True,
    profile: str = "extraction",
) -> Report:
    """Read one report from its bytes; ``path`` is only a name.

    Raises:
        ReadError: The bytes are no document that can be read.
    """
    with _stage("gouji.readers.collecting", "without_collecting")():
        chosen = tuple(editions().values()) if forms is None else tuple(forms)
        report = interpret(_stage("gouji.readers", "read")(data, path=path), forms=chosen)  # no name: freed at once
        if not check or report.status in (Status.NOT_A_REPORT, Status.FAILED):
            return report
        return report.with_findings(_stage("gouji.checker.run", "check")(report, forms=chosen, profile=profile))


def interpret(document: RawDocument, *, forms: Sequence[Form]) -> Report:
    """Make a report of what a reader saw: find the tables, then the sections, then what it says of itself.

    Of a document that holds two reports only the first is read; the numbers of the other are left over.
    """
    document, long = narrow(document, forms)
    if long is not None:
        document = replace(document, notes=(*document.notes, long))
    lines = read_lines(document)
    candidates = find_candidates(lines, read_headings(forms))
    at = find_second(candidates, lines)
    if at is not None:
        first, rest = split_document(document, lines, at)
        mine, theirs = (read_tables(part, lines=read_lines(part), forms=forms) for part in (first, rest))
        if mine and theirs:
            return _interpret(first, readings=mine, second=theirs, forms=forms)
    readings = read_tables(document, lines=lines, forms=forms)
    return _interpret(document, readings=readings, forms=forms, lines=lines, candidates=candidates)


def _interpret(
    document: RawDocument,
    *,
    readings: Sequence[TableReading],
    forms: Sequence[Form],
    second: Sequence[TableReading] = (),
    lines: Lines | None = None,
    candidates: Sequence[Candidate] | None = None,
) -> Report:
    lines = lines or read_lines(document)
    if candidates is None:
        candidates = find_candidates(lines, read_headings(forms))
    prose, taken, candidates = _prose_lines(lines, readings, candidates=candidates, forms=forms)
    outline = find_outline(prose, forms, taken=taken, candidates=candidates)
    signature = outline.signature
    meta, notes = read_metadata(
        Evidence(
            fields=document.meta,
            head=outline.head,
            levels=outline.levels,
            body="\n".join(section.text for section in outline.sections),
            signer=signature.agency if signature else None,
            signed=signature.date if signature else None,
            tail=outline.tail,
        )
    )
    put_together = partial(
        assemble, document, second=second, forms=forms, meta=meta, sections=outline.sections, notes=notes
    )
    report = put_together(readings=readings)
    if all(reading.undecided is None for reading in readings):
        return report
    return _with_prose(report, readings, forms=forms, put_together=put_together)


def _with_prose(
    report: Report, readings: Sequence[TableReading], *, forms: Sequence[Form], put_together: Callable[..., Report]
) -> Report:
    """Let the prose decide rows that layout and sums leave open: the last of all evidence.

    Of a table of which it says anything that the cells contradict, before or after, it decides nothing.
    """
    told = _stage("gouji.checker.prose_told", "find_told")(report, _places_of(readings))
    if not told:
        return report
    contradicted = _stage("gouji.checker.prose_told", "contradicted_tables")
    place_told = _stage("gouji.normalizer.told", "place_told")
    specs = {(form.edition, table.key): table for form in forms for table in form.tables}
    doubted: set[str] = contradicted(report)
    placed = [
        reading if reading.table in doubted else place_told(reading, told, spec=specs[reading.edition, reading.table])
        for reading in readings
    ]
    if placed == list(readings):
        return report
    decided: Report = put_together(readings=placed)
    return report if contradicted(decided) - doubted else decided


def _places_of(readings: Sequence[TableReading]) -> set[Where]:
    """The places of the lines that hold tables of text."""
    lines = next(reading.undecided.lines for reading in readings if reading.undecided)
    return {
        lines.where(index)._replace(column=None)
        for reading in readings
        if reading.lines
        for index in range(*reading.lines)
    }


def _prose_lines(
    lines: Lines, readings: Sequence[TableReading], *, candidates: Sequence[Candidate], forms: Sequence[Form]
) -> tuple[Lines, Collection[int], Sequence[Candidate]]:
    """The lines of a document, those of them that belong to statutory tables, and the possible headings.

    The rows of a grid that is no statutory table are lines too: sites put whole reports into tables.
    """
    document = lines.document
    taken = {index for reading in readings if reading.lines for index in range(*reading.lines)}
    used = {block for reading in readings for block in reading.blocks}
    others = {index for index, block in enumerate(document.blocks) if isinstance(block, Grid)} - used
    if not others:
        return lines, taken, candidates
    longer = read_lines(document, grids=others)
    moved = [index for index, block in enumerate(longer.blocks) if block not in others]
    rows = [index for index, block in enumerate(longer.blocks) if block in others]
    found = find_candidates(longer, read_headings(forms), among=rows)
    found += [candidate._replace(line=moved[candidate.line]) for candidate in candidates]
    return longer, {moved[index] for index in taken}, sorted(found, key=lambda item: (item.line, item.start))


def read_tables(document: RawDocument, *, lines: Lines, forms: Sequence[Form]) -> list[TableReading]:
    """Read the statutory tables, from grids where there are any, and from the text for the tables that no grid gave."""
    found: list[TableReading] = []
    is_scan = any(note.code == "OCR" for note in document.notes)
    if document.grids:
        found.extend(_stage("gouji.normalizer.grids", "read_grids")(document, forms))
    wanted = {table.key for form in forms for table in form.tables} - {reading.table for reading in found}
    if wanted:
        stream = _stage("gouji.normalizer.stream", "read_stream")(lines, forms)
        stream = [reading for reading in stream if reading.table in wanted]
        if any(block.where.xpath for block in document.blocks):
            stream = [
                _doubt(reading, forms) for reading in stream if any(value.raw for value in reading.cells.values())
            ]
        elif not is_scan and any(block.where.page for block in document.blocks):
            doubt = _stage("gouji.normalizer.scattered", "doubt_lines")
            stream = [replace(doubt(reading, forms), undecided=None) for reading in stream]
        found.extend(stream)
    if is_scan:
        repaired = _stage("gouji.normalizer.ocr_repair", "repair_tables")(found, forms)
        return [replace(reading, undecided=None) for reading in repaired]
    return found


def _doubt(reading: TableReading, forms: Sequence[Form]) -> TableReading:
    """A reading of text that has places in a tree may be of a table whose markup is broken."""
    if not any(value.where is not None and value.where.xpath for value in reading.cells.values()):
        return reading
    doubted: TableReading = _stage("gouji.normalizer.scattered", "doubt_scattered")(reading, forms)
    return replace(doubted, undecided=None)


def explain(path: str | Path, *, forms: Iterable[Form] | None = None, data: bytes | None = None) -> str:
    """Tell what each token of a document's tables became and why, then every cell with its place.

    Args:
        path: Of the document.
        forms: The editions to try; the built-in ones if not given.
        data: The document itself, if it is not to be read from the path.

    Raises:
        ReadError: The file cannot be opened, or its bytes are no document that can be read.
    """
    document = _stage("gouji.readers", "read")(read_file(path) if data is None else data, path=str(path))
    chosen = tuple(editions().values()) if forms is None else tuple(forms)
    report = interpret(document, forms=chosen)
    parts = [explain_report(report, forms=chosen)]
    stream = import_module("gouji.normalizer.stream")
    if hasattr(stream, "explain") and not document.grids:
        parts.insert(0, stream.explain(read_lines(document), chosen))
    return "\n\n".join(parts)


def outcome(
    path: str | Path, *, forms: Iterable[Form] | None = None, check: bool = True, profile: str = "extraction"
) -> Report:
    """As :func:`parse` of a path, but never raises: what cannot be read is a report of status ``failed``."""
    try:
        data = read_file(path)
    except ReadError as error:
        return failed(error, path=str(path), data=b"")
    return outcome_of_bytes(data, path=str(path), forms=forms, check=check, profile=profile)


def outcome_of_bytes(
    data: bytes,
    *,
    path: str,
    forms: Iterable[Form] | None = None,
    check: bool = True,
    profile: str = "extraction",
) -> Report:
    """As :func:`parse_bytes`, but never raises.

    A mistake in gouji itself is an outcome too (``INTERNAL``, with its place), so that one odd file does not end a run
    over many. ``GOUJI_DEBUG=1`` in the environment lets it through.
    """
    try:
        return parse_bytes(data, path=path, forms=forms, check=check, profile=profile)
    except ReadError as error:
        return failed(error, path=path, data=data)
    except Exception as error:
        if os.environ.get("GOUJI_DEBUG"):
            raise
        return failed(_internal(error, path=path), path=path, data=data)


def _internal(error: Exception, *, path: str) -> ReadError:
    """An unexpected error in one line: its kind, its message, the last place in gouji."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "gouji" in frame.filename]
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    message = f"a mistake in gouji, please report it: {type(error).__name__}: {error}{place}"
    return ReadError(message, code="INTERNAL", where=path)


def failed(error: ReadError, *, path: str, data: bytes) -> Report:
    """The report of a file that cannot be read: nothing but the reason."""
    reason = error.args[0] if error.args else str(error)
    meaning = _stage("gouji.exporters.explanations", "explain")(error.code).message
    message = Message(zh=f"无法读取：{meaning.zh.rstrip('。')}（{reason}）", en=f"cannot be read: {reason}")
    note = Note(code=error.code, message=message)
    source = Source(path=path, sha256=hashlib.sha256(data).hexdigest(), media_type="application/octet-stream")
    return Report(source=source, status=Status.FAILED, reason=f"{error.code}: {reason}", notes=(note,))


def read_file(path: str | Path) -> bytes:
    """The bytes of a file.

    Raises:
        ReadError: It is not there, is a folder, or may not be read.
    """
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ReadError(f"cannot open the file: {reason}", code="READ-FILE", where=str(path)) from error


def _stage(module: str, name: str) -> Any:
    """A stage's function, imported when first needed: a text report never loads the PDF engine."""
    return getattr(sys.modules.get(module) or import_module(module), name)
