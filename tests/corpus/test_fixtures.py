"""The committed documents are those the renderers write, and every alias can be seen in the fixture it names."""

from pathlib import Path

import pytest

from gouji.forms.aliases import Alias, aliases
from gouji.text.fold import fold
from tests.corpus.render_fixtures import documents

ROOT = Path(__file__).parents[2]
DOCUMENTS = dict(documents())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_fixtures_are_up_to_date(path: Path) -> None:
    assert path.is_file(), "run: python tests.corpus.render_fixtures.py"
    assert path.read_bytes() == DOCUMENTS[path], "run: python tests.corpus.render_fixtures.py"


def test_nothing_else_lies_there() -> None:
    assert set((ROOT / "fixtures" / "layouts").iterdir()) == {
        path for path in DOCUMENTS if path.parent.name == "layouts"
    }


@pytest.mark.parametrize("alias", aliases(), ids=lambda alias: f"{alias.axis}-{alias.means}")
def test_an_alias_names_the_fixture_that_shows_it(alias: Alias) -> None:
    fixture = ROOT / alias.fixture
    assert fixture.is_file(), "run: python tests.corpus.render_fixtures.py"
    texts = [fold(path.read_text("utf-8")) for path in fixture.parent.glob(f"{fixture.stem}*.txt")]
    assert [label for label in alias.labels if not any(fold(label) in text for text in texts)] == []
