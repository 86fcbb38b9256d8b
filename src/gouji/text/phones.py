"""Telephone numbers in folded text (full width to half, no spaces)."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"""(?<![\d.])(?:
        \(?(?P<area>0[1-9]\d{1,2})\)?-?(?P<line>[1-9]\d{6,7})
      | (?P<mobile>1[3-9]\d-?\d{4}-?\d{4})
      | (?P<service>[48]00-?\d{3}-?\d{4})
      | (?P<short>[2-9]\d{6,7})
    )(?!\d)(?:(?:转|-|\(转?|分机)(?P<extension>\d{1,5})(?!\d)\)?)?""",
    re.VERBOSE,
)
_CUE = re.compile("电话|方式|热线|联系人|[Tt][Ee][Ll]")
_NOT_A_PHONE = re.compile(r"传真|邮编|邮政编码|fax|备案|编号", re.IGNORECASE)
_REACH = 24


def find_phone(folded: str) -> str | None:
    """The first telephone number that a cue (电话, 联系人 …) leads to; an extension follows after a dash.

    >>> (
    ...     find_phone("联系电话:0991-8805281。"),
    ...     find_phone("电话(010)88050000转8012"),
    ...     find_phone("邮编:830002,传真:8805281"),
    ... )
    ('0991-8805281', '010-88050000-8012', None)
    >>> find_phone("联系人:马某13812345678"), find_phone("办公室电话:8805281")
    ('13812345678', '8805281')
    """
    for cue in _CUE.finditer(folded):
        for match in _NUMBER.finditer(folded, cue.end(), min(len(folded), cue.end() + _REACH + 14)):
            if match.start() - cue.end() <= _REACH and not _NOT_A_PHONE.search(folded, cue.end(), match.start()):
                return _plain(match)
    return None


def _plain(match: re.Match[str]) -> str:
    parts = match.groupdict()
    number: str
    if parts["area"]:
        number = f"{parts['area']}-{parts['line']}"
    elif parts["service"]:
        digits = parts["service"].replace("-", "")
        number = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    else:
        number = (parts["mobile"] or parts["short"]).replace("-", "")
    return f"{number}-{parts['extension']}" if parts["extension"] else number
