from gouji.model.raw import TextBlock
from gouji.readers import read
from gouji.readers.html import read_html


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html.encode(), path="a").blocks if isinstance(block, TextBlock)]


def cells(html: str) -> list[str]:
    return [cell.text for grid in read_html(html.encode(), path="a").grids for cell in grid.cells]


def test_source_line_ends_are_white_space_and_br_is_not() -> None:
    assert texts("<p>一、\n总体<br>情况</p>") == ["一、 总体\n情况"]


def test_a_number_split_over_spans_is_one() -> None:
    assert cells("<table><tr><td><span>1</span><span>2</span></td><td>&nbsp;</td></tr></table>") == ["12", ""]


def test_layout_tables_dissolve() -> None:
    html = "<table><tr><td>左</td><td><p>一</p><table><tr><td>a</td><td>1</td></tr></table><p>二</p></td></tr></table>"
    assert texts(html) == ["左", "一", "二"]
    assert cells(html) == ["a", "1"]


def test_text_falls_to_the_text_reader_or_says_so() -> None:
    assert read(b"<p>a</p><p>b</p>").source.media_type == "text/html"
