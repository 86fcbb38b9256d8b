"""Agency, year, period, dates and telephone, each by evidence."""

import pytest

from gouji.model.raw import MetaField
from gouji.normalizer.metadata import Evidence, read_metadata


def evidence(*head: str, **more: object) -> Evidence:
    return Evidence(head=head, levels=[None] * len(head), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("乌鲁木齐市招商服务局2023年政府信息公开工作年度报告", "乌鲁木齐市招商服务局", 2023),
        ("# 乌鲁木齐市招商服务局2023年政府信息公开工作年度报告", "乌鲁木齐市招商服务局", 2023),
        ("甲市水利局 2023 年政府信息公开工作年度报告", "甲市水利局", 2023),
        ("甲市水利局二〇二三年度政府信息公开工作年度报告", "甲市水利局", 2023),
        ("2023年甲市水利局政府信息公开工作年度报告", "甲市水利局", 2023),
        ("甲市水利局政府信息公开2023年度报告", "甲市水利局", 2023),
        ("甲市水利局政府信息公开工作年度报告（2023年）", "甲市水利局", 2023),
        ("甲市水利局关于2023年政府信息公开工作的报告", "甲市水利局", 2023),
        ("关于甲市水利局2023年政府信息公开工作年度报告", "甲市水利局", 2023),
        ("【年报】甲市水利局2023年政府信息公开工作年报", "甲市水利局", 2023),
        ("甲市水利局2023年度政务公开工作报告", "甲市水利局", 2023),
        ("甲市工业和信息化局2023年政府信息公开工作年度报告", "甲市工业和信息化局", 2023),
        ("甲市司法局2023年度法治政府建设与政府信息公开工作年度报告", "甲市司法局", 2023),
        ("甲鄉人民政府2023年政府信息公開工作年度報告", "甲鄉人民政府", 2023),
        ("国家税务总局甲县税务局2023年政府信息公开工作年度报告", "国家税务总局甲县税务局", 2023),
        ("甲县乙镇2023年政府信息公开工作年度报告", "甲县乙镇", 2023),
        ("2023年政府信息公开工作年度报告", None, 2023),
    ],
)
def test_titles(title: str, agency: str | None, year: int) -> None:
    meta, notes = read_metadata(evidence("首页", title, "根据条例编制。"))
    assert (meta.agency, meta.year, notes) == (agency, year, [])


@pytest.mark.parametrize(
    "head",
    [
        ("甲市水利局", "2023年政府信息公开工作年度报告"),
        ("甲市水利局", "", "2023年政府信息公开工作", "年度报告"),
        ("甲市水利局2023年政府信息公开", "工作年度报告"),
        ("2022年政府信息公开工作年度报告", "首页", "甲市水利局2023年政府信息公开工作年度报告", "发布日期：2024-01-26"),
    ],
)
def test_titles_over_several_lines_and_among_links(head: tuple[str, ...]) -> None:
    meta, _ = read_metadata(evidence(*head))
    assert (meta.agency, meta.year) == ("甲市水利局", 2023)


def test_a_relative_name_is_completed_by_the_signature() -> None:
    meta, notes = read_metadata(evidence("市水利局2023年政府信息公开工作年度报告", signer="甲市水利局"))
    assert (meta.agency, notes) == ("甲市水利局", [])


def test_a_place_is_completed_by_the_signature() -> None:
    meta, _ = read_metadata(evidence("甲市2023年政府信息公开工作年度报告", signer="甲市人民政府"))
    assert meta.agency == "甲市人民政府"


def test_another_body_signs() -> None:
    meta, notes = read_metadata(evidence("甲市水利局2023年政府信息公开工作年度报告", signer="乙县教育委员会"))
    assert meta.agency == "甲市水利局"
    assert [note.code for note in notes] == ["AGENCY-CONFLICT"]


def test_without_a_title_the_signature_then_the_contact_sentence() -> None:
    contact = "如有疑问，请与甲市水利局办公室联系（电话：0991-8805281）。"
    assert read_metadata(evidence(contact))[0].agency == "甲市水利局"
    assert read_metadata(evidence(contact, signer="乙市水利局"))[0].agency == "乙市水利局"


def test_what_the_page_states() -> None:
    fields = (
        MetaField(name="SiteName", value="甲市人民政府"),
        MetaField(name="ArticleTitle", value="甲市水利局2023年政府信息公开工作年度报告"),
        MetaField(name="PubDate", value="2024-01-26 10:20:00"),
        MetaField(name="title", value="甲市水利局2023年政府信息公开工作年度报告_甲市人民政府"),
    )
    meta, _ = read_metadata(evidence("首页", fields=fields))
    assert (meta.agency, meta.year, meta.published) == ("甲市水利局", 2023, "2024-01-26")
    assert meta.title == "甲市水利局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "text",
    [
        "所列数据的统计期限为2023年1月 1日至2023年12月31日。",
        "统计期限自2023年1月1日起至2023年12月31日止",
        "统计期限为2023年1月1日至12月31日",
        "统计期限为二〇二三年一月一日至二〇二三年十二月三十一日",
        "（2023.1.1-2023.12.31）",
        "（2023.01.01—2023.12.31）",
        "数据统计期限为2023-01-01至2023-12-31",
        "２０２３年１月１日－２０２３年１２月３１日",
        "数据统计期限为2023年度。",
        "数据统计期限为2023年1月至12月。",
        "统计时间为2023年1月1日—12月31日",
    ],
)
def test_periods(text: str) -> None:
    meta, _ = read_metadata(evidence("本报告" + text))
    assert (meta.period, meta.year) == (("2023-01-01", "2023-12-31"), 2023)


def test_years_that_contradict_each_other_are_noted() -> None:
    title = "甲市水利局2023年政府信息公开工作年度报告"
    period = "统计期限为2022年1月1日至2022年12月31日"
    meta, notes = read_metadata(evidence(title, period, signed="2024-01-25"))
    assert (meta.year, [note.code for note in notes]) == (2023, ["YEAR-CONFLICT"])
    meta, notes = read_metadata(evidence(title, period, signed="2023-01-25"))
    assert (meta.year, [note.code for note in notes]) == (2022, ["YEAR-CONFLICT"])


def test_the_signature_alone_gives_the_year_before() -> None:
    assert read_metadata(evidence("前言", signed="2024-01-25"))[0].year == 2023


def test_nothing_is_made_up() -> None:
    meta, notes = read_metadata(evidence("首页", "新闻中心", "版权所有"))
    assert (meta.agency, meta.title, meta.year, meta.period, meta.signed, meta.phone) == (None,) * 6
    assert notes == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("联系电话：0991-8805281", "0991-8805281"),
        ("联系电话：（0991）8805281", "0991-8805281"),
        ("电话：0991—8805281", "0991-8805281"),
        ("电话：0991 8805281", "0991-8805281"),
        ("联系人：马某 13812345678", "13812345678"),
        ("电话：010-88050000转8012", "010-88050000-8012"),
        ("咨询电话：400-810-0000", "400-810-0000"),
        ("办公电话：88052810", "88052810"),
        ("邮编：830002，传真：0991-8805282，电话：0991-8805281", "0991-8805281"),
        ("备案号：12345678号", None),
    ],
)
def test_telephones(text: str, phone: str | None) -> None:
    assert read_metadata(evidence(text))[0].phone == phone
