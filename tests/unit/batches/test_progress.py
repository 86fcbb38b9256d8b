"""A bar on a terminal, plain lines elsewhere, nothing when quiet."""

import io

import pytest

from gouji.batches.progress import Bar, PlainLines, Silent, Tally, choose_display


@pytest.fixture
def tally() -> Tally:
    tally = Tally(total=10)
    tally.add("ok", errors=2, kept=False)
    tally.add("failed", errors=0, kept=True)
    tally.expect(5)
    return tally


def test_a_tally_in_one_line(tally: Tally) -> None:
    assert tally.line().startswith("reading: 2 of 15 (1 failed, 1 ok), 2 errors found, ")
    assert tally.line().endswith(" left")
    assert Tally().line().startswith("reading: 0 (none yet)")
    assert tally.kept == 1


def test_plain_lines_come_now_and_then_and_at_the_end(tally: Tally) -> None:
    out = io.StringIO()
    with PlainLines(out, every=1000) as display:
        display.show(tally)
        display.show(tally)
    assert out.getvalue().count("\n") == 1
    with PlainLines(out, every=0) as display:
        display.show(tally)
    assert out.getvalue().count("\n") == 3


def test_a_bar_shows_the_tally(tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as display:
        display.show(tally)
    assert "2/15" in capsys.readouterr().err


def test_the_display_fits_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(choose_display(quiet=True)) is Silent
    assert isinstance(choose_display(), PlainLines)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert isinstance(choose_display(), Bar)
