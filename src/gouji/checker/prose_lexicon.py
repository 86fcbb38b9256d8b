"""The words by which reports speak of their tables, compiled into one pattern that reads a text in a single pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

from gouji.model.finding import Number
from gouji.text.chinese_numbers import NUMERALS, read_chinese_number

_BUCKET = 20
_FIGURE = r"(?<!\d)(?!20\d\d[年)\]〕]|\d{1,2}[月日]|\d+号)\d"
"""The first digit of a number that may count something."""
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_COUNTED = frozenset({"count", "line"})
_MONEY = {"元": "0.0001", "千元": "0.1", "万元": "1", "百万元": "100", "亿元": "10000"}


class Token(NamedTuple):
    """A word of the lexicon, a number or a separator, with its place in the text.

    ``kind`` and ``key`` are those of ``prose_lexicon.toml``; for a number ``kind`` is ``"number"`` and ``key`` the sort
    of its unit (``count``, ``money``, ``share``, ``other``, ``bare``), for a separator ``"mark"`` and the character.
    ``value`` is the number (money in 万元, shares in percent) or the year that a date names; ``vague`` says "about".
    """

    kind: str
    key: str
    start: int
    end: int
    text: str
    value: Number | None = None
    digits: int = 0
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled lexicon.

    Attributes:
        pattern: Every word, number, date and separator.
        senses: Word to kind and key.
        units: Unit to sort.
        marks: Separator to name.
        defeats: Words that turn "no lawsuit" into "no lawsuit of a sort".
        trigger: Without one of these a sentence speaks of no table.
        countable: Without one of these it counts nothing.
        counts: Without one of these a paragraph does not: the figures of dates and of documents count nothing.
        evidence: Words of a paragraph on requests for information.
        about: Words for the disclosure of information.
        elsewhere: Words of a paragraph on something else.
        sentence: One sentence.
    """

    pattern: re.Pattern[str]
    senses: Mapping[str, tuple[str, str]]
    units: Mapping[str, str]
    marks: Mapping[str, str]
    defeats: frozenset[str]
    trigger: re.Pattern[str]
    countable: re.Pattern[str]
    counts: re.Pattern[str]
    evidence: re.Pattern[str]
    about: re.Pattern[str]
    elsewhere: re.Pattern[str]
    sentence: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """Load ``prose_lexicon.toml`` (once)."""
    data = tomllib.loads((files("gouji.checker") / "prose_lexicon.toml").read_text(encoding="utf-8"))
    spoken = data["words"]
    senses: dict[str, tuple[str, str]] = {}
    for kind, keys in spoken.items():
        for key, words in keys.items():
            for word in words:
                senses.setdefault(word, (kind, key))
    marks = {char: name for name, chars in data["marks"].items() for char in chars}
    units = {unit: sort for sort, listed in data["units"].items() for unit in listed}
    counted = {unit[0] for unit in units if units[unit] in _COUNTED}
    words_that_count = f"[{NUMERALS}](?:{_trie_pattern(units)})|{_trie_pattern(data['triggers']['none'])}"
    parts = [
        *(f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in data["patterns"].items()),
        _number_pattern(units),
        _numeral_pattern(unit for unit in units if units[unit] in _COUNTED or unit[0] in counted),
        f"(?P<word>{_trie_pattern(senses)})",
        f"(?P<mark>[{re.escape(''.join(marks))}])",
    ]
    return Lexicon(
        pattern=re.compile("|".join(parts)),
        senses=senses,
        units=units,
        marks=marks,
        defeats=frozenset(spoken["defeat"]["mark"]),
        trigger=re.compile(_trie_pattern(data["triggers"]["words"])),
        countable=re.compile(rf"\d|{words_that_count}"),
        counts=re.compile(rf"{_FIGURE}|{words_that_count}"),
        evidence=re.compile(
            _trie_pattern([*spoken["request"]["strong"], *chain.from_iterable(spoken["out"].values())])
        ),
        about=re.compile(_trie_pattern(spoken["link"]["about"])),
        elsewhere=re.compile(
            _trie_pattern(
                chain.from_iterable(
                    chain.from_iterable(spoken[kind].values() for kind in ("foreign", "decision", "document"))
                )
            )
        ),
        sentence=re.compile(f"[^{data['marks']['stop']}]+"),
    )


def _number_pattern(units: Iterable[str]) -> str:
    unit = _trie_pattern(units)
    return (
        r"(?P<number>(?<![\d.第])(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<fraction>\.\d+)?"
        rf"(?P<more>[余多几])?(?P<scale>[百千万亿](?!元))?(?P<more_yet>[余多])?(?P<unit>{unit})?)"
    )


def _numeral_pattern(units: Iterable[str]) -> str:
    unit = _trie_pattern(units)
    return (
        rf"(?P<numeral>(?<![第数几每某另])(?P<chars>[{NUMERALS}]+)(?P<more_ever>[余多几])?"
        rf"(?:(?P<its_unit>{unit})(?!性|体化|直接|步|诉)|(?=[,。;、)\n]|$)))"
    )


def _trie_pattern(words: Iterable[str]) -> str:
    """Write words as nested alternatives, longest first, so that matching costs one look at each character.

    >>> re.match(_trie_pattern(["行政", "行政许可", "许可"]), "行政许可证")[0]
    '行政许可'
    """
    root = _trie(words)
    buckets = [sorted(root)[begin : begin + _BUCKET] for begin in range(0, len(root), _BUCKET)]
    return f"(?:{'|'.join(_bucket(root, chars) for chars in buckets)})"


def _trie(words: Iterable[str]) -> dict[str, Any]:
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return trie


def _bucket(root: Mapping[str, Any], chars: Sequence[str]) -> str:
    """A set of first characters, and then the words of each: ``re`` skips a set at once, not so a list of words."""
    if len(chars) == 1:
        return re.escape(chars[0]) + _alternatives(root[chars[0]])
    branches = (f"(?<={re.escape(char)}){_alternatives(root[char])}" for char in chars)
    return f"[{re.escape(''.join(chars))}](?:{'|'.join(branches)})"


def _alternatives(node: Mapping[str, Any]) -> str:
    branches = [re.escape(char) + _alternatives(rest) for char, rest in sorted(node.items()) if char]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return body + "?" if "" in node else body


def tokens_of(text: str, *, begin: int = 0, end: int | None = None) -> Iterator[Token]:
    """Read (a stretch of) a folded text without spaces into tokens; characters that belong to none are passed over.

    >>> [(token.kind, token.key, token.value) for token in tokens_of("共收到申请四十六件")]
    [('verb', 'receive', None), ('request', 'weak', None), ('number', 'count', 46)]
    """
    words = lexicon()
    new = tuple.__new__  # what a named tuple does, at half the cost
    for match in words.pattern.finditer(text, begin, len(text) if end is None else end):
        name = match.lastgroup or ""
        if name == "word":
            found = match[0]
            kind, key = words.senses[found]
            yield new(Token, (kind, key, match.start(), match.end(), found, None, 0, False))
        elif name == "mark":
            found = match[0]
            yield new(Token, ("mark", words.marks[found], match.start(), match.end(), found, None, 0, False))
        elif name == "number":
            yield _number(match)
        elif name == "numeral":
            yield from _numeral(match)
        else:
            yield _dated(match, name)


def _dated(match: re.Match[str], name: str) -> Token:
    named = {"carried_in": ("in_year", "from_year"), "carried_over": ("over_year",), "dated": ("until",)}.get(name, ())
    year = next((match[group] for group in named if match[group]), match[0][:4] if name == "year" else None)
    kind = "carried" if name.startswith("carried") else "date"
    return Token(kind, name, match.start(), match.end(), match[0], value=int(year) if year else None)


def _number(match: re.Match[str]) -> Token:
    unit, fraction, scale = match["unit"], match["fraction"] or "", match["scale"]
    sort = lexicon().units[unit] if unit else "bare"
    value: Number = int(match["digits"].replace(",", ""))
    if fraction:
        value = Decimal(f"{value}{fraction}")
    if scale:
        value = value * _SCALES[scale]
    digits = max(len(fraction) - 1, 0)
    if sort == "money" and unit:
        value = Decimal(value) * Decimal(_MONEY[unit])
        digits -= Decimal(_MONEY[unit]).adjusted()
    vague = bool(match["more"] or match["more_yet"] or scale)
    if sort == "count" and isinstance(value, Decimal) and value != value.to_integral_value():
        sort = "other"
    return Token("number", sort, match.start(), match.end(), match[0], value=value, digits=digits, vague=vague)


def _numeral(match: re.Match[str]) -> Iterator[Token]:
    value = read_chinese_number(match["chars"])
    unit = match["its_unit"]
    if value is not None and (unit or value == 0):
        yield Token(
            "number",
            lexicon().units[unit] if unit else "bare",
            match.start(),
            match.end(),
            match[0],
            value=value,
            vague=bool(match["more_ever"]),
        )
