"""Tables in a shape of their own, read value by value."""

import pytest

from gouji.forms import editions
from gouji.model.report import State
from gouji.normalizer.grids import read_grids
from gouji.readers.html import read_html

FORMS = tuple(editions().values())
LIST = (
    "<tr><td>条款</td><td>信息内容</td><td>指标</td><td>数量</td></tr>"
    "<tr><td rowspan=3>第二十条第（一）项</td><td rowspan=3>规章</td><td>本年制发件数</td><td>{0}</td></tr>"
    "<tr><td>本年废止件数</td><td>{1}</td></tr><tr><td>现行有效件数</td><td>{2}</td></tr>"
    "<tr><td>第二十条第（五）项</td><td>行政许可</td><td>本年处理决定数量</td><td>{3}</td></tr>"
    "<tr><td>第二十条第（八）项</td><td>行政事业性收费</td><td>本年收费金额（单位：元）</td><td>{4}</td></tr>"
)
TURNED = (
    "<tr><td colspan=3>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>规章</td><td>行政规范性文件</td></tr>"
    "<tr><td>本年制发件数</td><td>{0}</td><td>1</td></tr><tr><td>本年废止件数</td><td>{1}</td><td>2</td></tr>"
    "<tr><td>现行有效件数</td><td>{2}</td><td>3</td></tr>"
    "<tr><td colspan=3>第二十条第（五）项</td></tr><tr><td>信息内容</td><td colspan=2>行政许可</td></tr>"
    "<tr><td>本年处理决定数量</td><td colspan=2>{3}</td></tr>"
    "<tr><td colspan=3>第二十条第（八）项</td></tr><tr><td>信息内容</td><td colspan=2>行政事业性收费</td></tr>"
    "<tr><td>本年收费金额（单位：元）</td><td colspan=2>{4}</td></tr>"
)


def values(table: str, *figures: str) -> dict[str, str]:
    page = read_html(f"<table>{table.format(*figures)}</table>".encode(), path="a")
    return {
        name.removeprefix("disclosure."): str(value.value)
        for reading in read_grids(page, FORMS)
        for name, value in reading.cells.items()
        if value.value is not None
    }


@pytest.mark.parametrize("table", [LIST, TURNED, LIST.replace("</tr>", "<td></td></tr>")])
def test_every_value_takes_the_labels_around_it(table: str) -> None:
    assert {
        name: value for name, value in values(table, "5", "0", "64", "12", "35000").items() if "norm" not in name
    } == {
        "regulations.issued": "5",
        "regulations.repealed": "0",
        "regulations.in_force": "64",
        "licensing.decisions": "12",
        "fees.amount": "3.5",
    }


@pytest.mark.parametrize("table", [LIST, TURNED])
def test_such_values_are_inferred(table: str) -> None:
    page = read_html(f"<table>{table.format(*'12345')}</table>".encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert {(value.state, value.evidence) for value in reading.cells.values()} == {(State.INFERRED, "labels")}


@pytest.mark.parametrize(
    "spoilt",
    [
        LIST.replace("<td>规章", "<td>规程").replace("rowspan=3>规章", "rowspan=3>规程"),  # a number without a row
        LIST.replace("本年废止件数", "本年制发件数"),  # two of one place
        LIST.replace("<td>行政许可</td>", "<td>行政许可</td><td>行政处罚</td>"),  # a number of two rows
        TURNED.replace("<td>{1}</td>", "<td rowspan=2>{1}</td>"),
        TURNED.replace("现行有效件数", "其他"),
        LIST.replace("<td>{1}</td>", "<td></td><td>{1}</td>"),  # a remark, perhaps
    ],
)
def test_one_number_without_just_one_place_spoils_all(spoilt: str) -> None:
    assert values(spoilt, "5", "0", "64", "12", "35000") == {}
