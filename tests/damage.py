"""Damage done to a page, byte by byte, with the origin of every byte that is left: to judge fairly what was read of it.

A page with another digit in a cell prints another number: no reader can know. What a reader must never do is to give a
number that the damaged page does not print in that cell: one that moved there from elsewhere, was cut, or joined.
So a value that differs from the undamaged page's is *wrong*, unless the cell's own markup still stands (its opening
tag, and the tag that ends it, byte for byte and next to each other) and that very text is printed in between: then
it is *changed*, and the sums of the form are what can show it.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from gouji.model.report import ABSENT, Report, State
from gouji.readers.html import read_html
from gouji.readers.htmltree import parse_tree

SNIPS = (
    b"<td>", b"</td>", b"<tr>", b"</tr>", b"<table>", b"</table>", b"<!--", b"-->", b"<script>", b"</script>", b"<div>",
    b"</div>", b"<style>", b"<textarea>", b"<select>", b"<br>", b"<p>", b"&", b"&#", b"&nbsp;", b"\x00", b"<", b">", b'"',
    b"'", b"=", b"\xff", b"\n", b" ", b"<td colspan=3>", b"<td rowspan=2>", b"<title>", b"<!", b"<?",
)  # fmt: skip
_UNSEEN = re.compile(rb"<!--.*?-->|<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]{1,400}>")
_ENDS = {
    "td": re.compile(rb"</?(?:td|th|tr|tbody|thead|table)\b[^<>]*>", re.IGNORECASE),
    "div": re.compile(rb"</div\s*>", re.IGNORECASE),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a cell stands in the bytes: its opening tag, and the tag that ends it."""

    opening: range
    ending: range


@dataclass(frozen=True, kw_only=True)
class Damaged:
    """A damaged page.

    Attributes:
        data: Its bytes.
        origin: For each byte its place in the undamaged page, -1 where there is none.
        how: What was done, for people.
    """

    data: bytes
    origin: list[int]
    how: tuple[str, ...]


def find_places(data: bytes, report: Report) -> dict[str, Place]:
    """For every cell of the undamaged page its place in the bytes."""
    masked = _UNSEEN.sub(lambda match: b" " * len(match[0]), data)
    root, _ = parse_tree(data if report.source.encoding == "utf-8" else _as_utf8(data, report))
    assert root is not None
    tree = root.getroottree()
    found: dict[str, Place] = {}
    numbers: dict[str, dict[object, int]] = {}
    starts: dict[str, list[re.Match[bytes]]] = {}
    for key, value in report.cells.items():
        if value.where is None or value.where.xpath is None:
            continue
        (element,) = tree.xpath(value.where.xpath)
        tag = str(element.tag)
        if tag not in numbers:
            numbers[tag] = {item: number for number, item in enumerate(root.iter(tag))}
            starts[tag] = list(re.finditer(rb"<" + tag.encode() + rb"(?:\s[^<>]*)?>", masked, re.IGNORECASE))
            assert len(numbers[tag]) == len(starts[tag]), (tag, len(numbers[tag]), len(starts[tag]))
        opening = starts[tag][numbers[tag][element]]
        ending = _ENDS["div" if tag == "div" else "td"].search(masked, opening.end())
        if ending is not None:
            found[key] = Place(opening=range(*opening.span()), ending=range(*ending.span()))
    return found


def _as_utf8(data: bytes, report: Report) -> bytes:
    return data.decode(report.source.encoding or "utf-8", "replace").encode()


def damage(data: bytes, rng: random.Random) -> Damaged:
    """Do one to four things to a page; mostly one."""
    origin = list(range(len(data)))
    page = bytearray(data)
    how = []
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        if len(page) < 10:
            break
        how.append(_hurt(page, origin, rng))
    return Damaged(data=bytes(page), origin=origin, how=tuple(how))


def _hurt(page: bytearray, origin: list[int], rng: random.Random) -> str:
    kind = rng.choice(KINDS)
    start = rng.randrange(len(page))
    length = min(int(math.exp(rng.uniform(0, 7.5))), len(page) - start)
    if kind == "truncate":
        if start < len(page) // 4 and rng.random() < 0.8:
            start = rng.randrange(len(page) // 4, len(page))
        _put(page, origin, slice(start, None))
        return f"truncate at {start}"
    if kind in ("flip", "overwrite"):
        length = 1 if kind == "flip" else min(length, 8)
        new = bytes(rng.randrange(256) for _ in range(length))
        _put(page, origin, slice(start, start + length), new)
        return f"{kind} {length} at {start}"
    if kind == "delete":
        _put(page, origin, slice(start, start + length))
        return f"delete {length} at {start}"
    if kind == "insert":
        new = rng.choice(SNIPS) if rng.random() < 0.8 else bytes(rng.randrange(256) for _ in range(rng.randint(1, 40)))
        _put(page, origin, slice(start, start), new)
        return f"insert {new!r} at {start}"
    if kind in ("duplicate", "move", "copy"):
        run, came = bytes(page[start : start + length]), origin[start : start + length]
        if kind == "move":
            _put(page, origin, slice(start, start + length))
        to = start + length if kind == "duplicate" else rng.randrange(len(page) + 1)
        _put(page, origin, slice(to, to), run, came=came)
        return f"{kind} {length} at {start} to {to}"
    if kind == "swap":
        return _swap(page, origin, sorted(rng.randrange(len(page)) for _ in range(4)))
    return _hurt_tag(page, origin, rng, kind=kind)


def _hurt_tag(page: bytearray, origin: list[int], rng: random.Random, *, kind: str) -> str:
    tags = [match.span() for match in _TAG.finditer(page)]
    if len(tags) < 2:
        return "nothing"
    first, second = sorted(rng.sample(tags, 2))
    if kind == "swap tags":
        return _swap(page, origin, [*first, *second])
    if kind == "remove tag":
        _put(page, origin, slice(*first))
        return f"remove tag at {first[0]}"
    if kind == "double tag":
        _put(page, origin, slice(first[1], first[1]), bytes(page[slice(*first)]), came=origin[slice(*first)])
        return f"double tag at {first[0]}"
    new = rng.choice(SNIPS)
    _put(page, origin, slice(*first), new)
    return f"replace tag at {first[0]} by {new!r}"


KINDS = (
    "truncate", "flip", "flip", "overwrite", "delete", "delete", "insert", "duplicate", "move", "copy", "swap",
    "remove tag", "remove tag", "swap tags", "double tag", "replace tag",
)  # fmt: skip


def _put(page: bytearray, origin: list[int], at: slice, new: bytes = b"", *, came: list[int] | None = None) -> None:
    page[at] = new
    origin[at] = [-1] * len(new) if came is None else came


def _swap(page: bytearray, origin: list[int], places: list[int]) -> str:
    a, b, c, d = places
    page[a:d] = page[c:d] + page[b:c] + page[a:b]
    origin[a:d] = origin[c:d] + origin[b:c] + origin[a:b]
    return f"swap {a}-{b} and {c}-{d}"


def printed_texts(damaged: Damaged, place: Place, *, encoding: str) -> Iterator[str]:
    """What the damaged page prints in a cell whose own markup still stands."""
    data, origin = damaged.data, damaged.origin
    for start, came in enumerate(origin):
        if came != place.opening.start or not _stands(origin, start, place.opening):
            continue
        inner = start + len(place.opening)
        end = next((at for at in range(inner, len(origin)) if origin[at] == place.ending.start), None)
        if end is not None and _stands(origin, end, place.ending):
            text = _text_of(data[inner:end], encoding=encoding)
            if text is not None:
                yield text


def _stands(origin: list[int], at: int, whole: range) -> bool:
    return origin[at : at + len(whole)] == list(whole)


@cache
def _text_of(content: bytes, *, encoding: str) -> str | None:
    """The text of a cell's content, by itself; ``None`` when it is more, or less, than one cell."""
    if re.search(rb"</?(?:t[dhr]|table|tbody|thead|tfoot)\b", content):
        return None
    page = f'<meta charset="{encoding}"><table><tr><td>'.encode() + content + b"</td></tr></table>"
    cells = [cell for grid in read_html(page, path="cell").grids for cell in grid.cells]
    return cells[0].text if len(cells) == 1 else ""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What became of the cells of a damaged page, by id: the value printed and the value read.

    Attributes:
        wrong: Stated, and not printed there.
        changed: Stated, and printed there by the damage itself.
        told: Those of either that a finding or a note points at.
    """

    wrong: Mapping[str, tuple[object, object]]
    changed: Mapping[str, tuple[object, object]]
    told: frozenset[str]


def judge_damaged(truth: Report, got: Report, damaged: Damaged, *, places: Mapping[str, Place]) -> Judged:
    """Compare what was read of a damaged page with what the undamaged one says."""
    wrong: dict[str, tuple[object, object]] = {}
    changed: dict[str, tuple[object, object]] = {}
    for key, value in got.cells.items():
        want = truth.cells.get(key, ABSENT)
        if value.state not in (State.REPORTED, State.INFERRED) or value.value == want.value:
            continue
        encoding = truth.source.encoding or "utf-8"
        texts = printed_texts(damaged, places[key], encoding=encoding) if key in places else ()
        kept = value.state is State.REPORTED and value.raw != want.raw and value.raw in texts
        (changed if kept else wrong)[key] = (want.value, value.value)
    return Judged(wrong=wrong, changed=changed, told=frozenset(key for key in (*wrong, *changed) if _is_told(key, got)))


def _is_told(key: str, got: Report) -> bool:
    """Whether the report itself points at a cell."""
    named = {cell for finding in got.findings for cell in (*finding.cells, *(one.cell for one in finding.suspects))}
    return key in named or any(key in note.cells for note in got.notes)


def chunks(total: int, size: int) -> Iterator[range]:
    """Ranges that cover so many numbers."""
    edges = [*range(0, total, size), total]
    return (range(*pair) for pair in pairwise(edges))
