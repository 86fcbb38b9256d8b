"""Forms as data: the ids, the equations, and the loader's messages."""

import csv
from pathlib import Path

import pytest

from gouji.errors import FormError, UnknownEditionError
from gouji.forms import editions, load_form
from gouji.forms.aliases import aliases
from gouji.forms.evaluate import evaluate
from gouji.forms.load import find_edition, read_form
from gouji.text.fold import fold

DATA = Path(__file__).parents[3] / "src" / "gouji" / "forms" / "data"


def test_every_public_id_is_in_its_editions_and_no_other(shared: Path) -> None:
    with (shared / "ids.tsv").open(encoding="utf-8") as file:
        published = {row["id"]: set(row["editions"].split(",")) for row in csv.DictReader(file, delimiter="\t")}
    for edition, form in editions().items():
        assert set(form.slots) == {key for key, known in published.items() if edition in known}


def test_the_request_table_has_39_equations_and_37_in_2019() -> None:
    assert len(editions()["2021"].table("requests").equations) == 25 + 7 + 7
    assert len(editions()["2019"].table("requests").equations) == 23 + 7 + 7
    assert len(editions()["2021"].table("review").equations) == 3


def test_every_alias_means_an_official_label() -> None:
    official: set[str] = set()
    for form in editions().values():
        official.update(fold(section.heading) for section in form.sections)
        for table in form.tables:
            official.add(fold(table.title))
            for block in table.blocks:
                official.update(fold(text) for text in (block.title, block.stub) if text)
                labels = [item.label for item in block.rows] + [item.label for item in block.columns]
                official.update(fold(text) for path in labels for text in path)
    for alias in aliases():
        assert fold(alias.means) in official, alias


def test_a_missing_term_is_missing_and_not_zero() -> None:
    equation = editions()["2021"].table("review").equations[0]
    values = dict.fromkeys(equation.cells, 1) | {equation.left[0]: None}
    balance = evaluate(equation, values)
    assert (balance.judged, balance.holds, balance.missing) == (False, False, (equation.left[0],))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('edition = "2021"', "edition = 2021", "form.edition"),
        ('layout = "across"', 'layout = "sideways"', "table[2].layout"),
        ('right = ["total"]', 'right = ["sum"]', "table[1].rule[0].right[0]"),
        ('kind = "money"', 'kind = "cash"', "table[0].block[3].columns[0].kind"),
        ('{ key = "regulations",', '{ kee = "regulations",', "table[0].block[0].rows[0].kee"),
        ('key = "repealed"', 'key = "issued"', "table[0].block[0].columns"),
        ("[form]", "[form", "form.toml"),
    ],
)
def test_every_mistake_is_named_by_its_path(old: str, new: str, where: str) -> None:
    text = (DATA / "2021.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(FormError) as caught:
        read_form(text.replace(old, new, 1), name="form.toml")
    assert where in caught.value.where


def test_a_form_of_your_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text((DATA / "2021.toml").read_text(encoding="utf-8").replace('"2021"', '"mine"'), encoding="utf-8")
    assert load_form(path).edition == "mine"
    with pytest.raises(FormError, match="cannot read"):
        load_form(tmp_path / "none.toml")
    with pytest.raises(UnknownEditionError):
        find_edition("1984")
