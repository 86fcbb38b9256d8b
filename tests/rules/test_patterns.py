"""Regular expressions that every Python 3.11 reads alike."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "gouji"
POSSESSIVE_GROUP = re.compile(r"\)[*+?]\+|\)\{\d*,?\d*\}\+|\(\?>")


def test_no_group_is_possessive() -> None:
    """Before Python 3.11.5 such a group loses matches in which its body has to go back."""
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in sorted((*SOURCE.rglob("*.py"), *SOURCE.rglob("*.toml")))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
