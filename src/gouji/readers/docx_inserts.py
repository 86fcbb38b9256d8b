"""What a Word document holds besides its own text: whole documents put in, and pictures of tables."""

from __future__ import annotations

from collections.abc import Callable

from gouji.errors import MissingToolError, ReadError
from gouji.model.finding import Message, Note
from gouji.model.raw import Block, Grid
from gouji.readers.docx_blocks import Picture, Walker

_ENOUGH_CELLS = 150
"""A report's tables have 280 cells: with this many in the text its pictures are photographs, and are not read."""
_MOST_PICTURES = 20
Reader = Callable[[str], bytes | None]


def read_inserts(walker: Walker, read: Reader, *, path: str) -> tuple[tuple[Block, ...], list[Note]]:
    """The blocks of a document with those of its inserts in their places, and the notes about them.

    Args:
        walker: The document as walked.
        read: Gives the bytes of a part by the id of its relationship.
        path: For messages.
    """
    notes: list[Note] = []
    found: list[tuple[int, tuple[Block, ...]]] = []
    for chunk in walker.chunks:
        data = read(chunk.relationship)
        if data:
            found.append((chunk.after, _read_chunk(data, notes=notes, path=path)))
    cells = sum(len(block.cells) for block in _all_blocks(walker, found) if isinstance(block, Grid))
    if walker.pictures and cells < _ENOUGH_CELLS:
        found += _read_pictures(walker.pictures[:_MOST_PICTURES], read, notes=notes, path=path)
    blocks: list[Block] = list(walker.blocks)
    for after, inserted in sorted(found, key=lambda pair: -pair[0]):
        blocks[after:after] = inserted
    return tuple(blocks), notes


def _all_blocks(walker: Walker, found: list[tuple[int, tuple[Block, ...]]]) -> list[Block]:
    return [*walker.blocks, *(block for _, blocks in found for block in blocks)]


def _read_chunk(data: bytes, *, notes: list[Note], path: str) -> tuple[Block, ...]:
    """A document put into this one whole (``w:altChunk``): a web page as a rule."""
    from gouji.readers import read

    try:
        document = read(data, path=path)
    except ReadError as error:
        notes.append(_unread(f"另一文件（{error.code}）", f"a document ({error.code})"))
        return ()
    notes += document.notes
    return document.blocks


def _read_pictures(
    pictures: list[Picture], read: Reader, *, notes: list[Note], path: str
) -> list[tuple[int, tuple[Block, ...]]]:
    """Tables that are pictures, by OCR where it is installed; elsewhere a note."""
    from gouji.readers.image import scan_picture
    from gouji.readers.lattice import assemble
    from gouji.readers.ocr import note_of, with_confidence

    found = []
    for number, picture in enumerate(pictures, 1):
        data = read(picture.relationship)
        if not data:
            continue
        try:
            scan = scan_picture(data, page=number, path=path)
        except MissingToolError:
            notes.append(_unread("图片（安装 gouji[ocr] 后可以识别）", "pictures (gouji[ocr] can)"))
            break
        except ReadError:
            notes.append(_unread(f"第{number}张图片", f"picture {number}"))
            continue
        blocks = () if scan is None else with_confidence(assemble([scan.content]), [scan])
        if scan is not None and any(isinstance(block, Grid) for block in blocks):
            notes.append(note_of(scan))
            found.append((picture.after, blocks))
    return found


def _unread(zh: str, en: str) -> Note:
    message = Message(zh=f"文档中的{zh}未读入", en=f"not read, though the document holds it: {en}")
    return Note(code="INSERT-UNREAD", message=message)
