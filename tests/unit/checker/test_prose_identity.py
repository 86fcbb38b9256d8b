"""Another year or another body in a report's own prose."""

import pytest

from gouji.checker.prose import check_prose
from gouji.model.report import Metadata, Report, Section, Status
from gouji.model.source import Source


def rules(text: str, *, agency: str = "清河县教育局", number: int = 1, **meta: object) -> list[str]:
    known = {"year": 2023, "agency": agency} | meta
    report = Report(
        source=Source(path="x", sha256="", media_type="text/plain"),
        status=Status.OK,
        meta=Metadata(**known),  # type: ignore[arg-type]
        sections=(Section(number=number, heading="", text=text),),
    )
    return [finding.rule for finding in check_prose(report)]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，我局认真贯彻落实条例要求，扎实推进政务公开。",
        "（二）依申请公开情况。2022年我局收到政府信息公开申请0件。",
        "（一）主动公开情况。2022年，我局通过网站公开信息20条。",
        "二是依申请公开。2022年度，全镇收到政府信息公开申请3件，均已答复。",
    ],
)
def test_last_year_used_again(text: str) -> None:
    assert rules(text)[:1] == ["PROSE-YEAR"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，我局认真贯彻落实条例要求。",
        "2022年，我局收到申请4件，2023年收到申请6件。",
        "2023年收到政府信息公开申请6件，比2022年增加2件。",
        "2022年以来，我局持续推进政务公开。",
        "根据《关于做好2022年政府信息公开工作年度报告的通知》（国办发〔2019〕54号）要求编制。",
        "2022年12月，我局印发工作方案；2023年收到政府信息公开申请6件。",
        "2022年结转申请2件，已于年初办结。",
        "2022年，我局被评为先进单位。",
        "2024年，我局将继续完善制度。",
    ],
)
def test_other_years_with_good_reason(text: str) -> None:
    assert "PROSE-YEAR" not in rules(text)


def test_one_sentence_is_told_once() -> None:
    assert rules("2022年我局收到申请0件，予以公开0件。") == ["PROSE-YEAR"]


def test_plans_stand_in_the_fifth_section() -> None:
    assert rules("2022年，我局还有不足。2024年，我局将加强培训。", number=5) == []


def test_title_and_period() -> None:
    assert rules("", title="清河县教育局2022年政府信息公开工作年度报告") == ["PROSE-YEAR"]
    assert rules("", title="清河县教育局2023年政府信息公开工作年度报告") == []
    assert rules("", period=("2022-01-01", "2022-12-31")) == ["PROSE-YEAR"]
    assert rules("", period=("2023-01-01", "2023-12-31")) == []


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("清河县教育局", "2023年，洪山县教育局认真贯彻落实条例。"),
        ("双桥镇人民政府", "2023年，石门镇认真落实各项要求。"),
        ("武汉市青山区教育局", "2023年，洪山区教育局坚持以公开为常态。"),
        ("国家税务总局清河县税务局", "2023年，国家税务总局南河县税务局主动公开信息20条。"),
        ("城东街道办事处", "2023年，城西街道按照要求推进政务公开。"),
    ],
)
def test_a_neighbours_text(agency: str, text: str) -> None:
    assert rules(text, agency=agency) == ["PROSE-BODY"]


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("清河县教育局", "2023年，清河县教育局认真贯彻落实条例。"),
        ("清河县教育局", "2023年，县教育局认真贯彻落实条例。"),
        ("武汉市青山区教育局", "2023年，青山区教育局坚持以公开为常态。"),
        ("武汉市青山区教育局", "2023年，武汉市教育局在我区开展检查。"),
        ("青山区教育局", "2023年，武汉市青山区教育局坚持以公开为常态。"),
        ("双桥镇人民政府", "2023年，全镇认真落实各项要求。双桥镇坚持公开。"),
        ("双桥镇人民政府", "2023年，双桥镇在各村镇共设公开栏12个。"),
        ("国家税务总局清河县税务局", "2023年，清河县税务局主动公开信息20条。"),
        ("临江市人民政府", "市政府办公厅代表市政府共受理申请8件。"),
        ("清河县人民政府", "2023年，清河县以习近平新时代中国特色社会主义思想为指导。"),
        ("清河县教育局", "2023年，按照省、市、县教育局在年初的部署，组织培训。"),
    ],
)
def test_the_body_itself_and_its_superiors(agency: str, text: str) -> None:
    assert rules(text, agency=agency) == []


def test_without_metadata_there_is_nothing_to_compare() -> None:
    assert rules("2022年，洪山县教育局认真落实。", agency="", year=None) == []
