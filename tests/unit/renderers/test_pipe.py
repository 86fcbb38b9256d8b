"""Texts as extractors leave them, compared with lines of the catalogue."""

import pytest

from gouji.renderers.layout import LAYOUTS, Layout
from gouji.renderers.look import Look
from gouji.renderers.pipe import render_text
from tests.generate import Wish, invent, with_value

REPORT = with_value(
    with_value(
        invent(11, wish=Wish(edition="2021", zeros="blank", size="middle")), "disclosure.licensing.decisions", 662
    ),
    "disclosure.fees.amount",
    9,
)


def lines(name: str, *, look: Look | None = None) -> list[str]:
    return render_text(REPORT, layout=LAYOUTS[name], look=look).splitlines()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("seed", ["第二十条第(五)项 | |||", "信息内容 | 本年处理决定数量 | ||", "行政许可 | 662 | ||"]),
        ("seed_stripped", ["行政事业性收费 | 9", "三、收到和处理政府信息公开申请情况"]),
        (
            "trafilatura",
            ["| 第二十条第（五）项 |  |  |  | ", "| 信息内容 | 本年处理决定数量 |  |  | ", "| 行政许可 | 662 |  |  | "],
        ),
        ("markdownify", ["| 行政许可 | 662 |  |  |"]),
        ("repeated_cells", ["| 行政许可 | 662 | 662 | 662 |"]),
        ("pads_dropped", ["第二十条第（五）项 |", "信息内容 | 本年处理决定数量 |", "行政许可 | 662 |"]),
        ("html2text", ["第二十条第（五）项", "信息内容| 本年处理决定数量", "行政许可| 662"]),
        ("bare_pipes", ["行政许可|662"]),
        ("tabs", ["行政许可\t662"]),
        ("cell_lines", ["第二十条第（五）项 | |||", "信息内容 |", "本年处理决定数量 | ||", "行政许可 |", "662 | ||"]),
        (
            "seed_lines",
            ["第二十条第(五)项 |", "|||", "信息内容 |", "本年处理决定数量 |", "||", "行政许可 |", "662 |", "||"],
        ),
        ("pipe_lines", ["行政许可", "|", "662", "|", "||"]),
        ("pipe_lines_bare", ["行政许可", "|", "662", "|", "第二十条第（六）项"]),
        ("pipe_before", ["| 行政许可", "| 662"]),
        ("empty_lines", ["信息内容", "", "本年处理决定数量", "", "行政许可", "", "662", ""]),
        ("plain_lines", ["信息内容", "本年处理决定数量", "行政许可", "662"]),
        ("spaces", ["信息内容 本年处理决定数量", "行政许可 662"]),
        ("run_together", ["信息内容本年处理决定数量", "行政许可662"]),
        ("gfm", ["| 行政许可           | 662                        |              |              |"]),
        ("w3m", ["│行政许可          │662                       │            │            │"]),
        ("pandoc_grid", ["| 行政许可           | 662                  |              |              |"]),
        ("traditional", ["第二十條第（五）項 | |||"]),
        ("regional", ["資訊內容 | 本年處理決定數量 | ||"]),
        ("page_wrapper", ["|", "|" * 340]),
    ],
)
def test_lines_of_the_catalogue(name: str, expected: list[str]) -> None:
    text = "\n" + render_text(REPORT, layout=LAYOUTS[name])
    assert "\n" + "\n".join(expected) + "\n" in text


def test_one_line() -> None:
    assert len(lines("one_line")) == 1
    assert "行政许可662第二十条第（六）项" in lines("one_line")[0]


def test_repeated_lines_are_dropped() -> None:
    found = lines("repeats_dropped")
    assert len(found) == len(set(found))


def test_labels_broken_over_lines() -> None:
    found = lines("broken_over_lines", look=Look(break_headers=4))
    start = found.index("本年制发")
    assert found[start : start + 3] == ["本年制发", "", "件数"]
    assert "本年制发 件数" in render_text(REPORT, layout=LAYOUTS["broken_by_space"], look=Look(break_headers=4))


def test_halves_of_pdf_text() -> None:
    assert "结果 结果 其他 尚未 总 " in "\n".join(lines("pdf_text"))


@pytest.mark.parametrize(
    "name", [name for name, layout in LAYOUTS.items() if layout.divider and not layout.repeats_dropped]
)
def test_every_value_is_there_in_order(name: str) -> None:
    divider = LAYOUTS[name].divider
    tokens = render_text(REPORT, layout=LAYOUTS[name])
    for mark in (divider, "|", "│", "\n"):
        tokens = tokens.replace(mark, " ")
    words = iter(tokens.split())
    assert all(str(value) in words for value in REPORT.values().values())


def test_options_combine() -> None:
    layout = Layout(divider=" ; ", lead="[", trail="]", row_gap=1, indent=2, headings="### ")
    text = render_text(REPORT, layout=layout)
    assert "  [行政许可 ; 662]\n\n  [第二十条第（六）项]" in text
    assert "  ### 二、" in text
