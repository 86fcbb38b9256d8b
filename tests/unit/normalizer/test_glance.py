"""What is read at a glance, what is left to the token stream, and that both find the same."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gouji.forms import editions
from gouji.model.raw import Lines, read_lines
from gouji.model.report import State
from gouji.normalizer.glance import read_at_a_glance
from gouji.normalizer.reading import TableReading
from gouji.normalizer.stream import read_tokens, vocabulary_of
from gouji.readers import read
from gouji.renderers.layout import LAYOUTS
from gouji.renderers.pipe import render_text
from tests.bench.stress_text import specimen
from tests.generate import Wish, invent

SEED = Path(__file__).parents[3].joinpath("fixtures", "seed-2023.txt").read_text(encoding="utf-8")
VOCABULARY = vocabulary_of(tuple(editions().values()))
USUAL = ("seed", "trafilatura", "html2text", "markdownify", "leading_pipe")


def lines_of(text: str) -> Lines:
    return read_lines(read(text.encode()))


def at_a_glance(text: str) -> list[TableReading] | None:
    return read_at_a_glance(lines_of(text), VOCABULARY)


def assert_never_another_number(text: str) -> bool:
    """Whether a text is read at a glance; if so, as the stream reads it, which may leave more open."""
    lines = lines_of(text)
    glanced = read_at_a_glance(lines, VOCABULARY)
    if glanced is None:
        return False
    streamed = read_tokens(lines, VOCABULARY)
    assert [(one.table, one.edition) for one in glanced] == [(one.table, one.edition) for one in streamed]
    for ours, theirs in zip(glanced, streamed, strict=True):
        assert ours.cells.keys() == theirs.cells.keys()
        for key, value in ours.cells.items():
            other = theirs.cells[key]
            if other.state is State.AMBIGUOUS:
                continue
            assert (value.value, value.raw) == (other.value, other.raw), key
            assert other.where in (None, value.where), key
    return True


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_texts_are_read_at_a_glance(name: str) -> None:
    texts = [render_text(invent(seed, wish=Wish(zeros="0", size="middle")), layout=LAYOUTS[name]) for seed in range(6)]
    assert all(map(assert_never_another_number, texts))


def test_the_stream_finds_the_same() -> None:
    read_so = sum(
        assert_never_another_number(render_text(invent(seed), layout=layout))
        for layout in LAYOUTS.values()
        for seed in range(4)
    )
    assert read_so > 50


def test_the_stream_finds_the_same_in_random_layouts() -> None:
    texts = (specimen(seed)[1].decode(errors="replace") for seed in range(41_000, 41_400))
    assert sum(assert_never_another_number(text) for text in texts if text.strip()) > 10


def test_the_seed_is_read_at_a_glance() -> None:
    assert assert_never_another_number(SEED)


def swap(old: str, new: str, *, times: int = 1) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, times)

    return edit


def without(start: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        kept = [line for line in text.split("\n") if not line.startswith(start)]
        assert len(kept) + 1 == len(text.split("\n"))
        return "\n".join(kept)

    return edit


UNUSUAL: dict[str, Callable[[str], str]] = {
    "a row is missing": without("2.重复申请"),
    "a row comes twice": swap("2.重复申请 | 0 |", "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n2.重复申请 | 0 |"),
    "two rows changed places": swap("1.信访举报投诉类申请", "2.重复申请"),
    "a label is misspelt": swap("行政强制", "行政强治"),
    "a row does not add up": swap("2.重复申请 | 0 |", "2.重复申请 | 3 |"),
    "a number ran together": swap("2.重复申请 | 0 |", "2.重复申请 | 00 |"),
    "a word stands among values": swap("2.重复申请 | 0 |", "2.重复申请 | 约 |"),
    "a value too many": swap("2.重复申请 | 0 |", "2.重复申请 | 0 | 0 |"),
    "a value too few": swap("2.重复申请 | 0 |", "2.重复申请 |"),
    "a column is not named": swap("科研机构 |", ""),
    "columns changed places": swap("本年制发件数 | 本年废止件数", "本年废止件数 | 本年制发件数"),
    "columns under a common label changed places": swap("商业企业 | 科研机构", "科研机构 | 商业企业"),
    "totals stand first": swap("自然人 | 法人或其他组织 | 总计", "总计 | 自然人 | 法人或其他组织"),
    "a line goes on below": swap("\n四、政府信息公开行政复议", "\n12\n四、政府信息公开行政复议"),
    "a label elsewhere": swap("\n五、存在的主要问题", "\n总计\n五、存在的主要问题"),
    "a label ends a sentence": swap("\n五、存在的主要问题", "\n如下 规章\n五、存在的主要问题"),
    "a label begins below the table": swap("\n五、存在的主要问题", "\n商业\n五、存在的主要问题"),
    "another line within a table": swap("\n规章 |", "\n说明文字 | 见下\n规章 |"),
    "a drawn divider": swap("行政强制 |", "行政强制 │"),
    "a label on a line of its own": swap("\n行政强制 |", "\n行政强制\n|"),
    "a label alone, and no values": lambda text: without("行政强制 |")(text).replace(
        "\n行政处罚 |", "\n行政强制\n行政处罚 |"
    ),
    "markup": swap("行政强制", "**行政强制**"),
    "a table is missing": lambda text: text[: text.index("四、政府信息公开行政复议")],
    "a long line": swap("行政强制 |", "行政强制" + " " * 3000 + "|"),
    "a group does not add up": swap("\n0 | 0 |", "\n0 | 2 |"),
    "a blank in a row of fewer cells than the full ones": swap(
        "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||", "2.重复申请 |  | 0 | 0 | 0 | 0 | 0 | 0 | |"
    ),
    "a blank without its pipe": swap("2.重复申请 | 0 | 0 |", "2.重复申请 |  | 0 | |"),
    "blanks moved behind the zeros of a row": swap(
        "2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "2.重复申请 | 0 | 0 | | | | | |"
    ),
    "blanks before the last full row": lambda text: text.replace(
        " | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", " | | | | | | | 0 |", 28
    ),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_anything_unusual_is_left_to_the_stream(name: str) -> None:
    text = UNUSUAL[name](SEED)
    assert text != SEED
    assert at_a_glance(text) is None


def test_blanks_stay_where_full_rows_show_their_place() -> None:
    text = swap("2.重复申请 | 0 | 0 |", "2.重复申请 |  | 0 |")(SEED)
    assert assert_never_another_number(text)
    cells = {key: value for reading in at_a_glance(text) or () for key, value in reading.cells.items()}
    row = [cells[f"requests.not_processed.repeated.{column}"] for column in ("natural_person", "business", "total")]
    assert [(value.value, value.state) for value in row] == [
        (None, State.BLANK), (0, State.REPORTED), (0, State.REPORTED),
    ]  # fmt: skip


def test_rows_of_pads_show_that_columns_stand_in_one_place() -> None:
    """Labels of one, two and three cells before the same columns: a blank after a short one is a pad or a blank."""
    texts = [
        render_text(invent(seed, wish=Wish(zeros="blank", size="large")), layout=LAYOUTS["trafilatura"])
        for seed in range(12)
    ]
    assert all(" |  | " in text for text in texts)
    assert sum(map(assert_never_another_number, texts)) > 3


def test_a_form_whose_values_across_have_two_blocks_is_left_to_the_stream() -> None:
    form = editions()["2021"]
    review = form.table("review")
    own = replace(form, tables=(*form.tables[:-1], replace(review, blocks=review.blocks * 2)))
    assert own.tables[-1].key == "review"
    assert read_at_a_glance(lines_of(SEED), vocabulary_of((own,))) is None


def test_long_lines_and_many_labels_take_no_time() -> None:
    lines = ["规章 |" + " |" * 900] * 3000 + ["规章 | 1 |"] * 20_000
    assert at_a_glance("\n".join(lines)) is None
