"""Automatic numbers of Word paragraphs (一、 （一） 1.), which the file holds as rules and not as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def spell_chinese(number: int, *, digits: str = _DIGITS, units: str = "十百千", ten: str = "十") -> str:
    """Write a number from 1 to 9999 in Chinese; 10 to 19 without the leading 一.

    >>> spell_chinese(7), spell_chinese(12), spell_chinese(30), spell_chinese(105), spell_chinese(1010)
    ('七', '十二', '三十', '一百〇五', '一千〇一十')
    """
    if not 0 < number < 10_000:
        return str(number)
    if number < 20 and ten:
        return (ten if number >= 10 else "") + (digits[number % 10] if number % 10 else "")
    text = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        else:
            gap = bool(text)
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _block(first: str, count: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _formal(number: int) -> str:
    return spell_chinese(number, digits=_FORMAL, units="拾佰仟", ten="")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _one_of(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number > 0 else str(number)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _block("①", 20),
    "decimalEnclosedCircleChinese": _block("①", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalEnclosedFullstop": _block("⒈", 20),
    "ideographEnclosedCircle": _block("㊀", 10),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "chineseCounting": spell_chinese,
    "chineseCountingThousand": spell_chinese,
    "taiwaneseCounting": spell_chinese,
    "taiwaneseCountingThousand": spell_chinese,
    "japaneseCounting": spell_chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "koreanDigital2": _digit_by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "none": lambda _: "",
    "bullet": lambda _: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list: how its number is written, and where it starts."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    plain: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    link: str | None = None


class Numbering:
    """The lists of a document, and how far each has counted. Paragraphs must come in document order."""

    def __init__(self, root: etree._Element | None = None, *, styles: Mapping[str, str] | None = None) -> None:
        self._abstract: dict[str, _List] = {}
        self._of: dict[str, str] = {}
        self._override: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._count: dict[str, list[int | None]] = {}
        if root is not None:
            for element in root.iter(f"{W}abstractNum", f"{W}listDef"):
                self._add_list(element)
            for element in root.iter(f"{W}num", f"{W}list"):
                self._add_number(element)
        self._link_styles(styles or {})

    def label(self, number: str, level: int) -> str:
        """Count one paragraph of list ``number`` at ``level`` (from 0), and write its number; ``""`` for a bullet."""
        abstract = self._of.get(number)
        if abstract is None or not 0 <= level < LEVELS:
            return ""
        counts = self._count.setdefault(abstract, [None] * LEVELS)
        for place, start in self._restarts.pop(number, {}).items():
            counts[place] = start - 1
        rules = self._rules(number)
        here = counts[level]
        counts[level] = rules.get(level, Level()).start if here is None else here + 1
        for deeper in range(level + 1, LEVELS):
            after = rules.get(deeper, Level()).restart
            if after is None or level < after:
                counts[deeper] = None
        return _write(rules, counts, level)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a list gives to a paragraph style, 0 when it names none."""
        return next((place for place, level in self._rules(number).items() if level.style == style), 0)

    def _rules(self, number: str) -> dict[int, Level]:
        levels = self._abstract.get(self._of.get(number, ""), _List()).levels
        override = self._override.get(number)
        return {**levels, **override} if override else levels

    def _add_list(self, element: etree._Element) -> None:
        found = _List()
        for child in element:
            if child.tag == f"{W}lvl":
                found.levels[_integer(child.get(f"{W}ilvl"), 0)] = _read_level(child)
            elif child.tag == f"{W}numStyleLink":
                found.link = child.get(VAL)
        key = element.get(f"{W}abstractNumId") or element.get(f"{W}listDefId") or ""
        self._abstract[key] = found

    def _add_number(self, element: etree._Element) -> None:
        number = element.get(f"{W}numId") or element.get(f"{W}ilfo")
        abstract = element.find(f"{W}abstractNumId")
        if abstract is None:
            abstract = element.find(f"{W}ilst")
        if number is None or abstract is None:
            return
        self._of[number] = abstract.get(VAL) or ""
        for override in element.iter(f"{W}lvlOverride"):
            place = _integer(override.get(f"{W}ilvl"), 0)
            level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            if level is not None:
                self._override.setdefault(number, {})[place] = _read_level(level)
            if start is not None:
                self._restarts.setdefault(number, {})[place] = _integer(start.get(VAL), 1)

    def _link_styles(self, styles: Mapping[str, str]) -> None:
        """A list may point to a list style, which names the number whose list is meant."""
        for found in self._abstract.values():
            if found.link and not found.levels:
                target = self._abstract.get(self._of.get(styles.get(found.link, ""), ""))
                if target is not None:
                    found.levels = target.levels


def _read_level(element: etree._Element) -> Level:
    values = {child.tag: child.get(VAL) for child in element.iterchildren("{*}*")}
    restart = values.get(f"{W}lvlRestart")
    legal = element.find(f"{W}isLgl")
    kind = values.get(f"{W}numFmt") or _OLD_FORMATS.get(values.get(f"{W}nfc") or "", "decimal")
    return Level(
        format=kind,
        text=values.get(f"{W}lvlText") or "",
        start=_integer(values.get(f"{W}start"), 1),
        plain=legal is not None and legal.get(VAL) not in ("0", "false", "off"),
        restart=None if restart is None else _integer(restart, 0),
        style=values.get(f"{W}pStyle"),
    )


_OLD_FORMATS = {
    "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter", "10": "ideographDigital",
    "11": "japaneseCounting", "14": "decimalFullWidth", "18": "decimalEnclosedCircle", "23": "bullet",
    "26": "decimalEnclosedFullstop", "27": "decimalEnclosedParen", "28": "decimalEnclosedCircleChinese",
    "30": "ideographTraditional", "37": "chineseCounting", "38": "chineseLegalSimplified",
    "39": "chineseCountingThousand", "255": "none",
}  # fmt: skip
"""Word 2003 writes the formats as numbers."""


def _write(rules: Mapping[int, Level], counts: list[int | None], level: int) -> str:
    rule = rules.get(level, Level(text=f"%{level + 1}."))
    if rule.format == "bullet":
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        own = rules.get(place, Level())
        count = counts[place]
        kind = "decimal" if rule.plain else own.format
        return FORMATS.get(kind, str)(own.start if count is None else count)

    return _PLACE.sub(number, rule.text)


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
