"""The text of one Word paragraph as printed: fields, symbols and breaks resolved, deleted and hidden text left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gouji.readers.docx_looks import (
    HIDDEN,
    LIFTED,
    LOWERED,
    PALE,
    PLAIN,
    RAISED,
    RUN_PROPERTIES,
    STRUCK,
    StyleLooks,
    look_of,
    may_be_seen,
)
from gouji.readers.docx_numbering import W
from gouji.text.marks import read_remark

if TYPE_CHECKING:
    from lxml import etree

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
AML = "{http://schemas.microsoft.com/aml/2001/core}"
_WX = "{http://schemas.microsoft.com/office/word/2003/auxHint}"

BOX = f"{W}txbxContent"
ALTERNATIVES = f"{MC}AlternateContent"
_TEXT, _RUN = f"{W}t", f"{W}r"
_FIELD, _FIELD_TYPE, _SYMBOL = f"{W}fldChar", f"{W}fldCharType", f"{W}sym"
_TYPE, _FONT, _CHAR = f"{W}type", f"{W}font", f"{W}char"
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in (
        "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "hlink", "fldSimple", "dir", "bdo",
        "ruby", "rubyBase", "subDoc",
    )
) | {f"{AML}annotation", f"{AML}content", f"{_WX}sect", f"{_WX}sub-section", f"{_WX}pBdrGroup"}  # fmt: skip
_PARTED = tuple(f"{M}{name}" for name in ("f", "sSup", "sSub", "sSubSup", "sPre", "rad", "m", "limLow", "limUpp"))
"""Formulas whose numbers are not digits of one."""
_DRAWINGS = (f"{W}drawing", f"{W}pict", f"{W}object")
_BREAKS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_SYMBOLS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0xA3: "□", 0x52: "☑", 0x54: "☒"}
"""Wingdings and Wingdings 2: ticks and boxes; anything else of theirs is a mark without meaning in a report."""


def unwrap(element: etree._Element) -> Iterator[etree._Element]:
    """The children, with wrappers (content controls, insertions, custom XML) opened and of alternatives one chosen.

    What was deleted or moved away is not among them.
    """
    for child in element:
        tag = child.tag
        if tag in _WRAPPERS:
            if child.get(_TYPE) != "Word.Deletion":
                yield from unwrap(child)
        elif tag == ALTERNATIVES:
            chosen = choose(child)
            if chosen is not None:
                yield from unwrap(chosen)
        else:
            yield child


def choose(alternatives: etree._Element) -> etree._Element | None:
    """Of ``mc:AlternateContent`` the first choice; the fallback when only that holds text."""
    branches = [child for child in alternatives if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_text = (branch for branch in branches if next(branch.iter(f"{W}t"), None) is not None)
    return next(with_text, branches[0] if branches else None)


@dataclass(slots=True)
class Story:
    """What lasts from paragraph to paragraph while a document is read.

    Attributes:
        fields: Open complex fields: ``"code"`` until their result begins, then ``"result"``.
        styles: How the document's styles make runs look.
        struck: Texts left out because they are struck through.
        unseen: Texts left out because nobody sees them: white, or too small to be read.
        boxes: Text boxes met in the paragraph being read.
        pictures: Relationship ids of pictures met in it.
    """

    fields: list[str] = field(default_factory=list)
    styles: StyleLooks = field(default_factory=StyleLooks)
    struck: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def read_text(paragraph: etree._Element, story: Story) -> str:
    """The text of a ``w:p``; text boxes and pictures met go to the story, for the caller to take."""
    out: list[str] = []
    _read_inline(paragraph, out, story)
    story.fields = [state for state in story.fields if state == "result"]
    return "".join(out)


def _read_inline(element: etree._Element, out: list[str], story: Story) -> None:
    for child in unwrap(element):
        tag = child.tag
        if tag == _RUN:
            _read_run(child, out, story)
        elif str(tag).startswith(M):
            parted = next(child.iter(*_PARTED), None) is not None
            out.append(("/" if parted else "").join(text.text or "" for text in child.iter(f"{M}t")))


def _read_run(run: etree._Element, out: list[str], story: Story) -> None:
    if not len(run):
        return
    look = look_of(run[0], story.styles) if run[0].tag == RUN_PROPERTIES else PLAIN
    if not look:
        _read_pieces(run, out, story)
        return
    if look & HIDDEN:
        return
    pieces: list[str] = []
    _read_pieces(run, pieces, story)
    text = "".join(pieces)
    if look & STRUCK or (look & PALE and not may_be_seen(run, story.styles)):
        if text.strip():
            (story.struck if look & STRUCK else story.unseen).append(text)
        return
    if look & RAISED or (look & LIFTED and bool(out) and out[-1][-1:].isdigit()):
        text = read_remark(text.strip()) or text  # else it would become digits of the figure before it
    elif look & LOWERED and text.strip().isdigit():
        text = f"({text.strip()})"
    out.append(text)


def _read_pieces(run: etree._Element, out: list[str], story: Story) -> None:
    for child in unwrap(run):
        tag = child.tag
        if tag == _TEXT:
            if "code" not in story.fields:
                out.append(child.text or "")
        elif tag in _BREAKS:
            out.append(_BREAKS[tag])
        elif tag == _FIELD:
            _turn_field(child.get(_FIELD_TYPE), story.fields)
        elif tag == _SYMBOL:
            out.append(read_symbol(child.get(_FONT) or "", child.get(_CHAR) or ""))
        elif tag in _DRAWINGS:
            _read_drawing(child, story)
        elif tag == _RUN:
            _read_run(child, out, story)


def _turn_field(kind: str | None, fields: list[str]) -> None:
    if kind == "begin":
        fields.append("code")
    elif kind == "separate" and fields:
        fields[-1] = "result"
    elif kind == "end" and fields:
        fields.pop()


def read_symbol(font: str, char: str) -> str:
    """The character of ``w:sym``: a tick or box of Wingdings, else the code without Word's private offset.

    >>> read_symbol("Wingdings", "F0FC"), read_symbol("宋体", "F031"), read_symbol("Arial", "00D7")
    ('✓', '1', '×')
    """
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    if font.lower().startswith(("wingdings", "webdings")):
        return _SYMBOLS.get(code & 0xFF, "▪")
    return chr(code - 0xF000) if 0xF000 <= code <= 0xF0FF else chr(code)


def _read_drawing(drawing: etree._Element, story: Story) -> None:
    """Text boxes, outermost first, each once; and pictures."""
    for element in _first_boxes(drawing):
        if element.tag == BOX:
            story.boxes.append(element)
        else:
            for name, value in element.attrib.items():
                if str(name).endswith(("}embed", "relationships}id")):
                    story.pictures.append(str(value))


def _first_boxes(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag == ALTERNATIVES:
            chosen = choose(child)
            if chosen is not None:
                yield from _first_boxes(chosen)
        else:
            if str(child.tag).endswith(("}blip", "}imagedata")):
                yield child
            yield from _first_boxes(child)
