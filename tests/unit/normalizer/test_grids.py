from pathlib import Path

import pytest

from gouji.forms import editions
from gouji.model.report import State
from gouji.normalizer.grids import read_grids
from gouji.readers.html import read_html

FORMS = tuple(editions().values())
FEES = (
    "<table><tr><td colspan=2>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额（单位：{unit}）</td></tr>"
    "<tr><td>行政事业性收费</td><td>{fee}</td></tr></table>"
)


@pytest.mark.parametrize(("unit", "fee", "value"), [("万元", "19.8", "19.8"), ("元", "198000", "19.8")])
def test_the_unit_stands_in_the_header(unit: str, fee: str, value: str) -> None:
    page = read_html(FEES.format(unit=unit, fee=fee).encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert str(reading.cells["disclosure.fees.amount"].value) == value


def test_digits_apart_are_ambiguous() -> None:
    page = read_html(FEES.format(unit="万元", fee="1 2").encode(), path="a")
    (reading,) = read_grids(page, FORMS)
    assert reading.cells["disclosure.fees.amount"].state is State.AMBIGUOUS


def test_samples(request: pytest.FixtureRequest) -> None:
    folder = Path(request.config.rootpath).parent / "shared/samples/html"
    if not folder.is_dir():
        pytest.skip("no ../shared")
    page = read_html((folder / "201-2021-official-slash.html").read_bytes(), path="a")
    assert [reading.table for reading in read_grids(page, FORMS)] == ["disclosure", "requests", "review"]
