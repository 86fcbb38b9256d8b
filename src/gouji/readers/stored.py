"""Articles that are stored as strings: in the answer of a site's interface (JSON), in a page for its script."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from gouji.errors import ReadError
from gouji.model.raw import MetaField, RawDocument
from gouji.model.source import Where
from gouji.readers.encoding import decode
from gouji.readers.htmltree import Element, parse_tree

LITTLE = 400
"""Characters: less is no article."""
_CALL = re.compile(r"\s*(?:/\*.*?\*/)?\s*[\w.$]{1,80}\s*\(\s*(?=[{\[])", re.DOTALL)
_MARKUP = re.compile(r"<(?:table|p|div|tr|td|section|article|br)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"&lt;/?(?:table|p|div|tr|td)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_BEGINS = re.compile(r"(?:\s|\\[nrt])*(?:<|\\u003c|\\x3c|&lt;)", re.IGNORECASE)
_MEANS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "\n": ""}
_QUOTES = tuple(re.compile(rf"(?<!\\)(?:\\\\)*{quote}") for quote in ('"', "'", "`"))
_TITLE = re.compile(r"title|biaoti", re.IGNORECASE)
_LONGEST_FACT = 200
_MOST = 200_000
"""Values of an answer that are looked at."""
_FORM_WORDS = ("自然人", "总体情况", "行政复议", "结转", "主动公开")
_MOST_WORDS = 4


class Stored(NamedTuple):
    """A string, and the short ones beside it, by their names."""

    text: str
    facts: Mapping[str, str]


def read_json(data: bytes, *, path: str) -> RawDocument:
    """Read the article in the answer of an interface, JSON or a call with JSON; any other is read as text.

    Raises:
        ReadError: ``READ-SEVERAL``: it holds several reports.

    >>> answer = '{"data": {"title": "年报", "content": "<p>一、总体情况</p><p>好</p>"}}'
    >>> [block.text for block in read_json(answer.encode(), path="a.json").blocks]
    ['一、总体情况', '好']
    """
    from gouji.readers import text
    from gouji.readers.html import read_html

    decoded = decode(data)
    stored = find_article(load(decoded.text), path=path)
    if stored is None:
        return text.read_text(data, path=path)
    reader = read_html if _MARKUP.search(stored.text) else text.read_text
    document = reader(stored.text.encode("utf-8", "replace"), path=path)
    here = Where()
    facts = (MetaField(name=_name_of(name), value=value, where=here) for name, value in stored.facts.items())
    source = replace(
        document.source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/json",
        encoding=decoded.encoding,
    )
    return replace(document, source=source, meta=(*facts, *document.meta))


def load(text: str) -> object:
    """The value of a JSON text, or of the only argument of a call; ``None`` if it is neither."""
    call = _CALL.match(text)
    if call is not None:
        text = text[call.end() :].rstrip().rstrip(";").rstrip().removesuffix(")")
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def find_article(value: object, *, path: str = "") -> Stored | None:
    """The longest string with markup in a value; without any, the longest that has the words of the form.

    Raises:
        ReadError: There are several reports.
    """
    found = [stored for stored in _strings(value) if len(stored.text) >= LITTLE or _MARKUP.search(stored.text)]
    marked = [stored for stored in found if _MARKUP.search(stored.text)]
    reports = [stored for stored in marked or found if is_report(stored.text)]
    if len({stored.text for stored in reports}) > 1:
        raise ReadError("there are several reports in it; read each by itself", code="READ-SEVERAL", where=path)
    if reports:
        return reports[0]
    return max(marked, key=lambda stored: len(stored.text), default=None)


def is_report(text: str) -> bool:
    """Whether the words of the form stand in a text."""
    return sum(word in text for word in _FORM_WORDS) >= _MOST_WORDS


def _strings(value: object) -> Iterator[Stored]:
    """Every string of a value, with those that stand beside it."""
    waiting: list[tuple[object, Mapping[str, str]]] = [(value, {})]
    for _ in range(_MOST):
        if not waiting:
            return
        item, facts = waiting.pop()
        if isinstance(item, str):
            yield Stored(html.unescape(item) if _ESCAPED.search(item) and "<" not in item else item, facts)
        elif isinstance(item, dict):
            own = {name: text for name, text in item.items() if isinstance(text, str) and 0 < len(text) < _LONGEST_FACT}
            waiting.extend((inner, own) for inner in item.values())
        elif isinstance(item, list):
            waiting.extend((inner, facts) for inner in item)


def _name_of(name: str) -> str:
    return "title" if _TITLE.fullmatch(name) else name


def find_stored(root: Element) -> Element | None:
    """The article of a page that is stored in it for a script, parsed; ``None`` if there is none.

    In a field, a template, a frame, or a string of a script.
    """
    for element in root.iter("template", "noscript"):
        if next(element.iter("table"), None) is not None:
            return element
    for element in root.iter("textarea", "xmp", "script", "input", "iframe"):
        name = {"input": "value", "iframe": "srcdoc"}.get(str(element.tag))
        text = (element.get(name) if name else element.text) or ""
        if len(text) < LITTLE:
            continue
        if not text.lstrip().startswith("<") and element.tag == "script":
            text = _article_of_script(text)
        if len(text) >= LITTLE and text.lstrip().startswith("<") and "<t" in text.lower():
            return parse_tree(text.encode("utf-8", "replace"))[0]
    return None


def _article_of_script(script: str) -> str:
    """The longest string of a script that holds a table; nothing if there is none."""
    value = load(script)
    if value is not None:
        stored = find_article(value)
        return stored.text if stored is not None else ""
    pieces = [piece for quote in _QUOTES for piece in quote.split(script) if "table" in piece and _BEGINS.match(piece)]
    text = _ESCAPE.sub(_unescaped, max(pieces, key=len, default=""))
    text = html.unescape(text) if _ESCAPED.search(text) and "<" not in text else text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(match: re.Match[str]) -> str:
    what = match[1]
    return chr(int(what[1:], 16)) if len(what) > 1 else _MEANS.get(what, what)
