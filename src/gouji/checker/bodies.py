"""Which reports are of the same body? Names are compared after folding, and every match says how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gouji.text.fold import fold

_OFFICE = re.compile(r"(?<=人民政府)(?:办公室|办公厅)$|(?<=委员会)办公室$|(?<=街道办事处)办公室$")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_PLACE = re.compile(r"^.{1,8}?(?:省|自治区|市|自治州|州|盟|地区)(?=.{3,})")
_SHORTEST = 4


def fold_body(name: str) -> str:
    """The name without what varies from year to year.

    >>> fold_body("某某区人民政府办公室"), fold_body("某某区人民政府（本级）")
    ('某某区人民政府', '某某区人民政府')
    """
    return _OFFICE.sub("", _BRACKETS.sub("", fold(name))) or fold(name)


def match_bodies(years: Mapping[str, Iterable[int]]) -> dict[str, str]:
    """Put together the names that mean one body.

    Two names are one body when they fold to the same, or when one is the other with the place in front (某市招商局,
    招商局), only these two fit, and no year has a report of both.

    Args:
        years: Every name as printed, with the years it has reports for.

    Returns:
        Name as printed to the name of its body.

    >>> match_bodies({"某市招商局": [2022], "招商局": [2023], "某区人民政府": [2023]})
    {'某市招商局': '某市招商局', '招商局': '某市招商局', '某区人民政府': '某区人民政府'}
    """
    folded: dict[str, set[int]] = {}
    for name, of_name in years.items():
        folded.setdefault(fold_body(name), set()).update(of_name)
    longer: dict[str, list[str]] = {}
    for name in folded:
        longer.setdefault(_PLACE.sub("", name), []).append(name)
    long_names = {name: _longer(name, longer.get(name, ()), years=folded) for name in folded}
    return {name: long_names[fold_body(name)] for name in years}


def _longer(name: str, others: Iterable[str], *, years: Mapping[str, set[int]]) -> str:
    """The name with the place in front, when only one of ``others`` can be it."""
    if len(name) < _SHORTEST - 1:
        return name
    found = [other for other in others if other != name]
    alone = len(found) == 1 and not years[found[0]] & years[name]
    return found[0] if alone else name
