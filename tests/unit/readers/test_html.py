import pytest
from lxml import etree

from gouji.model.raw import TextBlock
from gouji.readers import htmlfacts, read
from gouji.readers.html import read_html
from gouji.readers.htmldamage import mark_damage


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html.encode(), path="a").blocks if isinstance(block, TextBlock)]


def cells(html: str) -> list[str]:
    return [cell.text for grid in read_html(html.encode(), path="a").grids for cell in grid.cells]


def test_source_line_ends_are_white_space_and_br_is_not() -> None:
    assert texts("<p>一、\n总体<br>情况</p>") == ["一、 总体\n情况"]


def test_a_number_split_over_spans_is_one() -> None:
    assert cells("<table><tr><td><span>1</span><span>2</span></td><td>&nbsp;</td></tr></table>") == ["12", ""]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<input type="text" value="12">', "12"),
        ('<input type="hidden" value="12">', ""),
        ("<textarea>12</textarea>", "12"),
        ("<del>11</del>12", "12"),
        ("12<sup>1</sup>", "12[1]"),
        ("12<sup>①</sup>", "12[1]"),
        ("12<sup>(2)</sup>", "12[2]"),
        ("12<sup>*</sup>", "12[*]"),
        ("12<sup>345</sup>", "12[345]"),
        ("12<sup>注</sup>", "12\n注"),
        ('<img src="a.png">', "\ufffc"),
        ('<img src="a.png" alt="12">', "12"),
        ('<img src="a.gif" width=1>', ""),
        ("1<!-- 9 -->2", "12"),
        ('1<span style="display: none">9</span>2', "12"),
        ("1<span style=display:none>9</span>2", "12"),
        ("1<span style='FONT-SIZE: 0PX'>9</span>2", "12"),
        ("1<span hidden>9</span>2", "12"),
        ("<span style='text-decoration: line-through'>11</span>12", "12"),
        ("<span style='color:red;TEXT-DECORATION-LINE:line-through'>11</span>12", "12"),
        ("1<span style='font-size:0'>9</span>2", "12"),
        ("1<span style='font-size: 0px; color: red'>9</span>2", "12"),
        ("<span style='font-size:0'>1<b style='font-size:9pt'>2</b></span>", "12"),
        ("1<span style='font-size:0.9em'>2</span>", "12"),
        ("<ruby>12<rp>(</rp><rt>3</rt><rp>)</rp></ruby>", "12"),
        ("12<span style='opacity:0'>3</span>", "12"),
        ("1<span style='opacity:0.5'>2</span>", "12"),
        ("<i style='position:absolute;left:-9999px'>3</i>12", "12"),
        ("12<i style='display:inline-block;height:0;overflow:hidden'>3</i>", "12"),
        ("12<i style='font-size:0'><b>3</b></i>", "12"),
        ("12<i style='color: #FFF'>3</i>", "12\ufffd3\ufffd"),
        ("<i style='color:#fff'>12</i>", "12\ufffd"),
        ("<b style='background:#036'><i style='color:#fff'>12</i></b>", "12"),
        ("12<font color=#FFFFFF>3</font>", "12\ufffd3\ufffd"),
        ("12<font color=red>3</font>", "123"),
        ("<input value=3 style='display:none'>5", "5"),
        ("<input value=5><span>5</span>", "5\ufffd5\ufffd"),
        ("<input value=5>件", "5件"),
        ("<select><option>1<option selected>2</select>", "2"),
        ("<math><mn>5</mn></math>", "5"),
        ("5<svg><path d=''/></svg>", "5"),
        ("<svg><text>5</text></svg>", "\ufffc"),
        ("<iframe src=a></iframe>", "\ufffc"),
        ("5<span class='fn'>1</span>", "5[1]"),
        ("<span class='fn'>1</span>", "1"),
        ("5<a href='#_ftn1' name='_ftnref1'>1</a>", "5[1]"),
        ("<a href='#'>5</a>", "5"),
        ("5<span class='sr-only'>5</span>", "5\ufffd5\ufffd"),
        ("<span class='sr-only'>5</span>", "5\ufffd"),
        ("<span class='print'>5</span>", "5"),
        ("<span class=screen>5</span><span class=print>5</span>", "5\ufffd5\ufffd"),
        ("<span class=s1>5</span><span class=s2>5</span>", "55"),
        ("5<small>1</small>", "5\ufffd1\ufffd"),
        ("5<small>件</small>", "5件"),
        ("<i style='position:absolute;left:0'>7</i>5", "7\ufffd5\ufffd"),
        ("<i style='position:absolute;width:1px;height:1px;overflow:hidden'>7</i>5", "5"),
        ("<i style='position:absolute;clip-path:inset(50%)'>7</i>5", "5"),
        ("<i style='position:absolute;transform:translateX(-9999px)'>7</i>5", "5"),
        ("<i style='content-visibility:hidden'>7</i>5", "5"),
        ("<i style='color:rgb(255, 255, 255)'>7</i>5", "7\ufffd5\ufffd"),
        ("<i style='color:rgb(255, 0, 0)'>7</i>5", "75"),
        ("<i style='font-size:.1px'>7</i>5", "7\ufffd5\ufffd"),
        ("5<i style='font-size:8px;vertical-align:top'>1</i>", "5\ufffd1\ufffd"),
        ("5<i style='position:relative;bottom:4px'>1</i>", "5\ufffd1\ufffd"),
        ("<i style='position:relative;margin:0px;max-width:100%'>7</i>5", "75"),
        ("<i style='display:block'>7</i><i style='display:block'>5</i>", "7\ufffd5\ufffd"),
        ("<i style='display:inline-block'>75</i>件", "75件"),
        ("12<span style='position:relative;top:-5.0pt;mso-text-raise:5.0pt'>1</span>", "12\ufffd1\ufffd"),
        ("<span style='position:relative;top:1.0pt;mso-text-raise:-1.0pt'>12</span>", "12"),
        ("12<i style='vertical-align: super'>3</i>", "12[3]"),
        ("<i style='float:right'>2</i><i style='float:right'>1</i>", "2\ufffd1\ufffd"),
        ("<bdo dir='rtl'>21</bdo>", "\ufffd21\ufffd"),
        ("<bdo dir='ltr'>12</bdo>", "12"),
        ("<span style='direction:rtl;unicode-bidi:bidi-override'>21</span>", "\ufffd21\ufffd"),
        ("<output>12</output>", "12"),
        ("<script>9</script>12", "12"),
        ("<p>1</p><p>2</p>", "1\n2"),
        ("&#65297;&#8203;２", "１\u200b２"),
        ("<table><tr><td>12</td></tr></table>", "12"),
    ],
)
def test_what_shows_in_a_cell(markup: str, text: str) -> None:
    assert cells(f"<table><tr><td>a</td><td>{markup}</td></tr></table>") == ["a", text]


@pytest.mark.parametrize(
    ("table", "cell", "text"),
    [
        ("", "style='color:white'", "12\ufffd"),
        ("bgcolor=#003366", "style='color:white'", "12"),
        ("style='background:#003366'", "style='color:white'", "12"),
        ("style='background:white'", "style='color:white'", "12\ufffd"),
        ("", "bgcolor=navy style='color:#fff'", "12"),
        ("", "style='color:#ff0000'", "12"),
        ("bgcolor=navy", "style='text-decoration:line-through'", "12\ufffd"),
        ("", "style='visibility:hidden'", "12\ufffd"),
        ("", "style='font-size:0'", "12\ufffd"),
        ("", "style='opacity:0'", "12\ufffd"),
        ("", "style='unicode-bidi:bidi-override;direction:rtl'", "12\ufffd"),
        ("", "class=x", "12\ufffd"),
    ],
)
def test_a_cell_that_may_not_show_is_in_doubt(table: str, cell: str, text: str) -> None:
    sheet = "<style>.x{text-decoration:line-through}</style>"
    assert cells(f"{sheet}<table {table}><tr><td>自然人</td><td {cell}>12</td></tr></table>")[1] == text


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("table td .x{display:none}", "12"),
        ("table > tr span.x { display: none }", "12"),
        ("p .x{display:none}", "123"),
        ("td span{display:none}", "12"),
        (".x{opacity:0}", "12"),
        (".x{font-size:0}", "12"),
        ("<!-- .x { DISPLAY: NONE } -->", "12"),
        ("/* one */ .x{display:none}", "12"),
        ("td .x{color:#fff}", "12\ufffd3\ufffd"),
        ("td{color:#fff}", "123"),
        (".x{vertical-align:super}", "12[3]"),
        (".x{position:absolute}", "12\ufffd3\ufffd"),
        (".x{float:right}", "12\ufffd3\ufffd"),
        (".x{color:#fff;background:#036}", "123"),
    ],
)
def test_rules_about_what_shows_in_a_cell(rule: str, text: str) -> None:
    markup = f'<style>{rule}</style><table><tr><td>a</td><td>12<span class="x y">3</span></td></tr></table>'
    assert cells(markup) == ["a", text]


@pytest.mark.parametrize(
    "rules", [".pane{display:none}.pane.on{display:block}", ".panes>.pane{display:none}.panes>.on{display:block}"]
)
def test_of_several_tabs_the_one_that_is_open_shows(rules: str) -> None:
    panes = '<div class="panes"><p class="pane">2022</p><p class="pane on">2023</p></div>'
    assert texts(f"<style>{rules}</style>{panes}") == ["2023"]


def test_a_part_that_a_script_fades_in_is_read() -> None:
    assert texts("<style>.fade{opacity:0}</style><div class='fade'>" + "2023年信息公开情况" * 9 + "</div>") != []


def test_a_page_hidden_until_a_script_shows_it_is_read() -> None:
    inner = "".join(f"<p>{'全年信息公开情况良好。' * 5}{number}</p>" for number in range(20))
    page = read_html(f'<div id="c" style="display:none">{inner}</div><p>请稍候</p>'.encode(), path="a")
    assert len(page.blocks) == 21
    assert [note.code for note in page.notes] == ["HTML-HIDDEN"]


@pytest.mark.parametrize(
    "around", ["<textarea style='display:none'>{}</textarea>", "<script type='text/html'>{}</script>"]
)
def test_an_article_stored_for_a_script_is_read(around: str) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>信息公开</td></tr>" for n in range(40))
    page = read_html(("<p>请稍候</p>" + around.format(f"<div><table>{rows}</table></div>")).encode(), path="a")
    assert [len(grid.cells) for grid in page.grids] == [80]
    assert [note.code for note in page.notes] == ["HTML-HIDDEN"]


def test_rules_of_a_style_sheet_hide_and_make_tables() -> None:
    style = "<style>@media print{.x{display:none}} .old,#gone{display:none} .t{display:table}.r{display:table-row}.c{display: table-cell}</style>"
    body = '<p class="x">a</p><p class="old">b</p><p id="gone">c</p><div class="t"><div class="r"><div class="c">1</div><div class="c">2</div></div></div>'
    assert texts(style + body) == ["a"]
    assert cells(style + body) == ["1", "2"]


def test_what_a_page_says_of_itself() -> None:
    head = '<title>年度报告</title><meta name="PubDate" content="2024-01-25"><meta name="ContentSource" content="">'
    box = "<table><tr><td>索 引 号：</td><td>0113</td><td>发布机构</td><td>教育局</td></tr></table><p>发布日期：2024-01-25 10:00 来源：办公室</p>"
    page = read_html(f"<html><head>{head}</head><body>{box}</body></html>".encode(), path="a")
    assert [(field.name, field.value) for field in page.meta] == [
        ("title", "年度报告"),
        ("PubDate", "2024-01-25"),
        ("索引号", "0113"),
        ("发布机构", "教育局"),
        ("发布日期", "2024-01-25 10:00"),
        ("来源", "办公室"),
    ]
    assert all(field.where.xpath for field in page.meta)


def test_a_page_that_only_embeds_its_report_names_it() -> None:
    page = read_html(
        b'<p>a</p><iframe src="/r.html"></iframe><a href="/r.pdf?x=1">b</a><a href="/i.html">c</a>', path="a"
    )
    assert page.links == ("/r.html", "/r.pdf?x=1")
    assert [note.code for note in page.notes] == ["HTML-EMBEDS"]


def test_text_that_broken_markup_leaves_in_a_row_is_a_cell() -> None:
    assert cells("<table><tr><td>a</td><p>b</p><td>8</td>c</tr></table>") == ["a", "b", "8", "c"]
    div = (
        "<div style='display:table'><div style='display:table-row'><div style='display:table-cell'>a</div>b</div></div>"
    )
    assert cells(div) == ["a", "b"]
    assert cells("<table><tr><td>a</td>1</td><td>8</td></tr></table>") == ["a", "1\ufffd", "8"]


def test_a_number_whose_cell_lost_its_end_is_marked() -> None:
    row = "<td>1</td>" * 6
    assert cells(f"<table><tr>{row}<td>196<td>327</td></tr></table>")[6:] == ["196\ufffd", "327"]
    assert cells(f"<table><tr>{row}<td><p>17</p><tbody>5.3</td></tr></table>")[6] == "17\n\ufffd"
    assert cells("<table><tr><td>1<td>2<td>3</table>") == ["1", "2", "3"]


CELL = '<td width="56"><p align="center">{}</p></td>'


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("<td>8</td><td><td>0</td><td>2</td></td><td>10</td>", ["8", "\ufffd", "0", "2\ufffd", "10"]),
        ("<td>8</td><d></td><td>10</td>", ["8\ufffd", "10"]),
        ("<td>-</td\xa0<td>933</td><td>1</td>", ["-\ufffd933", "1"]),
        (
            CELL.format(1) + '<td width="56"><p align="center]>0</p></td><td width="56"><p>2</p></td>' + CELL.format(3),
            ["1", "\ufffd\n2", "3"],
        ),
        ('<td style="border:1pe="mso:\'a\';b:c">8</td><td>1</td>', ["\ufffd8", "1"]),
        ('<td><span style="a"W19</span><span>86</span></td><td>-->1</td>', ["\ufffd86", "-->1"]),
        ('<td><span styls New\'">4</span></td><td width=""">1</td>', ["\ufffd4", "1"]),
        ("<td>1</td/td><td>2<td></td>", ["1\ufffd", "2\ufffd", ""]),
        ('<td width="5" st="4" width="5">13</td><td>1<td></td>', ["\ufffd13", "1\ufffd", ""]),
        ('<td width="5" vstyle="a">13</span></td><td>1</td>', ["13\ufffd", "1"]),
    ],
)
def test_tags_that_two_edits_have_broken_are_marked(row: str, read: list[str]) -> None:
    rows = "<tr><td>自然人</td><td>总计</td></tr>" + f"<tr>{CELL.format(5)}</tr>" * 4
    assert cells(f"<table>{rows}<tr>{row}</tr></table>")[6:] == read


@pytest.mark.parametrize(
    "cell",
    [
        "<td face='a'size=2>5</td>", '<td width="10"">5</td>', '<td title="a>b">5</td>', "<td nowrap>5</td >",
        "<TD style=width:1px;color:red>5</TD>", '<td><p class="a">5</p></font></td>', "<td><!-- <td> -->5</td>",
        "<td>5</td><!-- b -->", "<td>5</td></tr><tr>",
    ],
)  # fmt: skip
def test_careless_markup_is_not_marked(cell: str) -> None:
    rows = "<tr><td>自然人</td><td>总计</td></tr>" + f"<tr>{CELL.format(5)}</tr>" * 4
    page = f"<table><tr><td><p>自然人</p><table>{rows}<tr>{cell}<td>1</td></tr></table></td></tr></table>"
    assert cells(page)[6:] == ["5", "1"]


def test_tables_begin_where_the_first_of_their_words_stands_whole() -> None:
    broken = '<td><span style="a">7</span><span style="b"0</span></p></td>'
    head = "<tr><td>第二<b>十条</b></td><td>本年制发件数</td></tr>"
    rows = f"<tr>{CELL.format(5)}</tr>" * 60 + "<tr><td>第二十条</td><td>总计</td></tr>"
    assert cells(f"<table>{head}<tr>{broken}<td>1</td></tr>{rows}</table>")[2] == "7\ufffd"


@pytest.mark.parametrize("between", ['</enter">', "</divdisplay:table-cell>", "<!x>", "<xyz>"])
def test_digits_that_a_broken_tag_parts_are_marked(between: str) -> None:
    assert cells(f"<table><tr><td>2{between}53</td><td>7</td></tr></table>") == ["2\ufffd53", "7"]


@pytest.mark.parametrize(
    "between", ["<span lang=EN-US></span>", "<o:p></o:p>", "<!-- x -->", "<st1:chmetcnv w:st='on'>", "</P>"]
)
def test_digits_that_known_tags_part_are_not_marked(between: str) -> None:
    assert "\ufffd" not in cells(f"<table><tr><td>2{between}53</td><td>7</td></tr></table>")[0]


def test_xpaths_lead_back_to_the_cells() -> None:
    html = "<table><caption>c</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td><th>c</th><td>d</td></tr></tbody><tr><td>e</table>"
    page = read_html(html.encode(), path="a")
    root = etree.fromstring(html, etree.HTMLParser())
    for cell in page.grids[0].cells:
        (element,) = root.xpath(cell.where.xpath or "")
        assert element.text == cell.text


def test_an_article_in_a_table_gives_paragraphs_and_a_grid() -> None:
    prose = "本单位认真做好信息公开工作。" * 30
    rows = "".join(f"<tr><td>{n}</td><td>1</td><td>2</td></tr>" for n in range(4))
    html = f"<table><tr><td colspan=3>{prose}</td></tr>{rows}</table>"
    assert texts(html) == [prose]
    assert len(cells(html)) == 12


def test_what_stands_beside_the_report_is_kept_as_text() -> None:
    table = "<table>" + "<tr><td>规章</td><td>1</td><td>2</td></tr>" * 6 + "</table>"
    words = "".join(
        f"<p>{w}</p>" for w in ("总体情况", "主动公开政府信息", "收到和处理", "行政复议", "主要问题", "需要报告")
    )
    menu = "".join(f"<li>栏目{n}</li>\n" for n in range(600)) + "<li>发布日期：2024-01-25</li>"
    page = read_html(f"<body><ul>{menu}</ul><div>{words}{table}</div></body>".encode(), path="a")
    first = page.blocks[0]
    assert isinstance(first, TextBlock)
    assert "栏目0 栏目1" in first.text
    assert "发布日期：2024-01-25" in first.text.split("\n")
    assert len(page.blocks) == 8


def test_prose_beside_the_report_keeps_its_order_and_scripts_are_no_text() -> None:
    table = "<table>" + "<tr><td>规章</td><td>1</td><td>2</td></tr>" * 6 + "</table>"
    words = "总体情况 主动公开政府信息 收到和处理 行政复议 主要问题 需要报告"
    script = "<script>var title = '甲市水利局2023年报告';" + "a();" * 500 + "</script>"
    prose = [f"{number}本机关认真做好政府信息公开工作：及时、准确。" + "内容" * 120 for number in range(8)]
    menu = "<li>栏目</li>" * 1200
    page = f"<body><ul>{script}<li>首页</li></ul><div>{words}{table}</div><div>{'<br>'.join(prose)}</div><ul>{menu}</ul></body>"
    blocks = [block for block in read_html(page.encode(), path="a").blocks if isinstance(block, TextBlock)]
    assert [block.text.split("\n") for block in blocks[:3]] == [["首页"], [words], prose]
    assert blocks[3].text.count("栏目") == 1200
    page = page.replace(f"<ul>{menu}</ul>", f"<div><div>{script}</div><ul>{menu}</ul></div>")
    assert read_html(page.encode(), path="a").text().splitlines()[-1].count("栏目") == 1200


def test_headings_beside_the_report_stay_headings() -> None:
    table = "<table>" + "<tr><td>规章</td><td>1</td><td>2</td></tr>" * 6 + "</table>"
    words = "总体情况 主动公开政府信息 收到和处理 行政复议 主要问题 需要报告"
    menu = "<li>栏目</li>" * 1200
    page = f"<body><div>{menu}<h1>甲市水利局年报</h1></div><div>{words}{table}</div></body>"
    titles = [block for block in read_html(page.encode(), path="a").blocks if getattr(block, "level", None)]
    assert [(block.text, block.level) for block in titles if isinstance(block, TextBlock)] == [("甲市水利局年报", 1)]


def test_layout_tables_dissolve() -> None:
    html = "<table><tr><td>左</td><td><p>一</p><table><tr><td>a</td><td>1</td></tr></table><p>二</p></td></tr></table>"
    assert texts(html) == ["左", "一", "二"]
    assert cells(html) == ["a", "1"]


def test_text_falls_to_the_text_reader_or_says_so() -> None:
    assert read(b"<p>a</p><p>b</p>").source.media_type == "text/html"


def test_the_habits_of_a_page_are_no_damage() -> None:
    row = "<tr><td>自然人</td>" + "".join(f"<td>{number}</span></td>" for number in range(7)) + "</tr>"
    assert cells(f"<table>{row}</table>") == ["自然人", *"0123456"]
    one = "<tr><td>自然人</td><td>1</span></td><td>2</td></tr>"
    assert "\ufffd" in cells(f"<table>{one}</table>")[1]
    own = "<table><tr><td><UCAPCONTENT>自然人</UCAPCONTENT></td><td>2</td></tr></table>"
    for page, marked in ((own, False), (own.replace("</UCAPCONTENT>", ""), True)):
        assert ("\ufffd".encode() in mark_damage(page.encode(), complaints=True)) is marked


def test_spaced_names_make_an_info_box() -> None:
    page = "<table><tr><td>发 布 机 构：</td><td>某市财政局</td><td>成 文 日 期：</td><td>2024-01-25</td></tr></table>"
    fields = {field.name: field.value for field in read(page.encode()).meta}
    assert fields == {"发布机构": "某市财政局", "成文日期": "2024-01-25"}


def test_every_name_of_an_info_box_holds_a_part_by_which_boxes_are_known() -> None:
    assert [name for name in htmlfacts._NAME if not any(part in name for part in htmlfacts._PARTS)] == []


@pytest.mark.parametrize(("row", "cell"), [("row", "cell"), ("row", "entry")])
def test_tables_of_xml_editions_are_tables(row: str, cell: str) -> None:
    page = f"<doc><main><head rend='h2'>一、总体情况</head><p>好<lb/>的</p><table><{row} span='2'><{cell} role='head'>规章</{cell}>"
    page += f"<{cell}>12</{cell}></{row}></table></main></doc>"
    assert cells(page) == ["规章", "12"]
    assert texts(page) == ["一、总体情况", "好\n的"]


def test_a_page_whose_tables_are_pictures_says_so() -> None:
    words = (
        "<p>一、总体情况</p><p>二、主动公开政府信息情况</p>{}<p>收到自然人申请2件，结转0件。</p><p>四、行政复议情况</p>"
    )
    codes = [[note.code for note in read_html(words.format(shown).encode(), path="a").notes] for shown in PICTURES]
    assert codes == [["HTML-PICTURES"], [], []]


PICTURES = ("<img src='a.png'>", "<img src='dot.gif' width=1>", "")


@pytest.mark.parametrize(("behind", "last"), [("8", "6\ufffd"), ("\n8", "6"), ("", "6"), ("注", "6")])
def test_a_digit_right_behind_a_row_may_be_the_end_of_its_last_number(behind: str, last: str) -> None:
    """Pages that do not end their cells: ``<td>68</tr>``, a byte further on."""
    assert cells(f"<table><tr><td>a<td>6</tr>{behind}<tr><td>b<td>7</table>") == ["a", last, "b", "7"]


@pytest.mark.parametrize(
    ("between", "marked"),
    [('<div style="display:tab>2</div>', True), ('<div class="a" class="b">', False), ("", False)],
)
def test_a_broken_tag_doubts_the_number_in_the_block_before_it(between: str, *, marked: bool) -> None:
    """Tables made of other elements have no cells whose tags could be watched."""
    cell = '<div style="display:table-cell">{}</div>'
    row = f'<div style="display:table-row">{cell.format("自然人")}{cell.format(302)}{between}{cell.format("-")}</div>'
    assert cells(f'<div style="display:table">{row}</div>')[1] == ("302\ufffd" if marked else "302")


@pytest.mark.parametrize(
    ("cell", "marked"),
    [
        ("<p>68<p>0</p>", True),
        ("<p><b>68</b> <b><p>0</p>", True),
        ("<p>68</p><p>0</p>", False),
        ("68<p>&nbsp;</p>", False),
        ("<p>68<br><p>0</p>", True),
    ],
)
def test_a_paragraph_that_begins_right_behind_a_number_of_another_is_marked(cell: str, *, marked: bool) -> None:
    """Of two rows, joined where a part of both was lost."""
    page = f"<table><tr><td>自然人</td><td>{cell}</td><td>5</td></tr></table>"
    assert ("\ufffd".encode() in mark_damage(page.encode(), complaints=True)) is marked
    assert mark_damage(f"<td>{cell}</td>".encode() * 9, complaints=True).count("\ufffd".encode()) == 0


def test_cells_that_xml_writes_without_an_end_have_one() -> None:
    row = "<tr><td>自然人</td>" + '<td/><td>5</td><td class="a" /><td>6</td>' * 3 + "</tr>"
    assert cells(f"<table>{row * 4}</table>")[:5] == ["自然人", "", "5", "", "6"]
    assert mark_damage(row.encode(), complaints=True).decode() == row


@pytest.mark.parametrize(
    ("attribute", "marked"), [("cd", True), ("nowrap", False), ("x:num", False), ("data-v-5a", False)]
)
def test_a_cell_with_an_attribute_that_says_nothing_is_marked(attribute: str, *, marked: bool) -> None:
    """What is left of ``colspan="3">79</td></tr><tr><td``, and of the cell before it."""
    page = f"<table><tr><td>自然人</td><td {attribute}></td><td>26</td></tr></table>"
    assert ("\ufffd".encode() in mark_damage(page.encode(), complaints=True)) is marked


@pytest.mark.parametrize(
    "columns",
    [
        "<col><col style='visibility:collapse'><col>",
        "<col>\n<col width=0 style='display:none;mso-width-source:userset;mso-width-alt:0'><col>",
        "<colgroup><col></colgroup><colgroup span=1 class=x></colgroup><col>",
    ],
)
def test_columns_that_are_hidden_as_a_whole_do_not_count(columns: str) -> None:
    row = "<tr><td>规章</td><td>9</td><td>1</td></tr><tr><td colspan=2>合计</td><td>2</td></tr><tr><td>a</td><td colspan=2>b</td></tr>"
    page = read_html(f"<style>.x{{display:none}}</style><table>{columns}{row}</table>".encode(), path="a")
    (grid,) = page.grids
    places = [(cell.text, cell.column, cell.colspan) for cell in grid.cells]
    assert places == [("规章", 0, 1), ("1", 1, 1), ("合计", 0, 1), ("2", 1, 1), ("a", 0, 1), ("b", 1, 1)]
    assert grid.columns == 2


def test_the_head_of_a_table_shows_first_and_its_foot_last() -> None:
    head, foot = (f"<{tag}><tr><td rowspan=9>{tag}</td><td>1</td></tr></{tag}>" for tag in ("thead", "tfoot"))
    body = "<tbody><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></tbody>"
    page = read_html(f"<table>{foot}{body}{head}</table>".encode(), path="a")
    (grid,) = page.grids
    assert [(cell.text, cell.row, cell.column) for cell in grid.cells] == [
        *(("thead", 0, 0), ("1", 0, 1), ("a", 1, 0), ("b", 1, 1), ("c", 2, 1), ("tfoot", 3, 0), ("1", 3, 1)),
    ]
    root = etree.fromstring(f"<table>{foot}{body}{head}</table>", etree.HTMLParser())
    for cell in grid.cells:
        (element,) = root.xpath(cell.where.xpath or "")
        assert element.text == cell.text


def test_typed_text_keeps_its_lines_and_spaces() -> None:
    page = read_html(b"<p>a\n b</p><pre>\n1|<b>2</b>||\t3<br>4\n</pre>c<pre>d  e</pre>", path="a")
    assert [(block.text, block.where.xpath) for block in page.blocks if isinstance(block, TextBlock)] == [
        ("a b", "/html/body[1]/p[1]"),
        ("1|2||\t3\n4", "/html/body[1]/pre[1]"),
        ("c", "/html/body[1]"),
        ("d e", "/html/body[1]/pre[2]"),
    ]


@pytest.mark.parametrize(
    "inner", ["<del>3</del>", "<i style='display:none'>3</i>", "<b class='sr-only'>3</b>", "<p>3</p>"]
)
def test_typed_text_with_more_than_words_in_it_is_read_as_any_other(inner: str) -> None:
    assert "\n5" not in "".join(texts(f"<pre>4\n{inner}5\n6</pre>"))


def test_what_is_hidden_within_a_page_that_is_hidden_stays_so() -> None:
    inner = "".join(f"<p>{'全年信息公开情况良好。' * 5}{number}</p>" for number in range(20))
    page = f"<div style='visibility:hidden;opacity:0'>{inner}<p>收到<b style='display:none'>3</b>5件</p></div>"
    assert texts(page)[-1] == "收到5件"


def test_a_table_drawn_in_typed_text_is_a_grid() -> None:
    rule = "+------+------+"
    lines = [rule, "| 规章 | 12   |", rule, "| 许可 | 3    |", rule]
    page = read_html(("<pre>" + "\n".join(lines) + "</pre>").encode(), path="a")
    assert [cell.text for cell in page.grids[0].cells] == ["规章", "12", "许可", "3"]
    assert {cell.where.xpath for cell in page.grids[0].cells} == {"/html/body[1]/pre[1]"}


def test_a_row_of_blocks_counts_those_that_have_lost_their_style() -> None:
    row = "<b>a</b><b>1</b><div stywe='display:table-cell'></div><b>2</b>".replace(
        "<b>", "<b style='display:table-cell'>"
    )
    table = f"<div style='display:table'><div style='display:table-row'>{row}</div></div>"
    assert cells(table) == ["a", "1", "", "2"]


def test_a_number_set_apart_in_prose_stays_in_its_line() -> None:
    style = "style='display:inline-block;position:relative;top:1px'"
    assert texts(f"<p>收到申请<span {style}>5</span>件</p>") == ["收到申请5件"]


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_is_struck_out_is_no_prose(tag: str) -> None:
    assert texts(f"<p>收到申请<{tag}>3</{tag}>5件</p>") == ["收到申请5件"]


def test_tables_of_one_row_each_are_the_rows_of_one() -> None:
    rows = [f"<table><tr><td>{name}</td><td>{number}</td></tr></table>" for number, name in enumerate("abc")]
    page = read_html(f"<p>x</p>{'<br>'.join(rows)}<p>y</p>".encode(), path="a")
    (grid,) = page.grids
    assert [[cell.text for cell in row] for row in grid.by_row] == [["a", "0"], ["b", "1"], ["c", "2"]]
    assert grid.cells[4].where.xpath == "/html/body[1]/table[3]/tr[1]/td[1]"
    assert len(read_html("<p>x</p>".join(rows).encode(), path="a").grids) == 3
    assert len(read_html(("".join(rows[:2]) + rows[2].replace("<td>2", "<td><td>2")).encode(), path="a").grids) == 3


@pytest.mark.parametrize(("lost", "doubted"), [(5, True), (60, False)])
def test_ends_of_spans_without_a_beginning_are_damage_unless_they_are_a_habit(lost: int, *, doubted: bool) -> None:
    """``<span>34</span><span>0</span>`` that has lost ``<span>34</span><span>`` reads as 0."""
    filled = [f"<td>{'' if number < lost else '<span>'}{number}</span></td>" for number in range(200)]
    rows = "".join(f"<tr>{''.join(filled[at : at + 10])}</tr>" for at in range(0, 200, 10))
    marked = mark_damage(f"<table><tr><td>第二十条</td></tr>{rows}</table>总计".encode(), complaints=True)
    assert ("\ufffd" in marked.decode()) is doubted
