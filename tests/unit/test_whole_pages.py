"""Agency, year, dates and telephone of whole pages, with what sites print around a report."""

from typing import Any

import pytest

from gouji import pipeline

BODY = """一、总体情况
2023年，我局认真贯彻落实条例，主动公开信息12条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
存在一些问题，下一步改进。
六、其他需要报告的事项
无其他需要报告的事项。
"""

CASES: list[tuple[str, str, dict[str, Any]]] = [
    (
        (
            "当前位置：首页 > 政府信息公开年报 > 2023年\n【字体：大 中 小】\n蒙自市水务局2023年政府信息公开工作年度报告\n"
            "发布时间：2024-01-18 16:20  来源：蒙自市水务局  浏览次数：120\n"
        ),
        (
            "蒙自市水务局\n2024年1月18日\n扫一扫在手机打开当前页\n上一篇：蒙自市水务局2022年政府信息公开工作年度报告\n"
            "主办：蒙自市人民政府 联系电话：0873-3722222\n"
        ),
        {"agency": "蒙自市水务局", "year": 2023, "signed": "2024-01-18", "published": "2024-01-18", "phone": None},
    ),
    (
        (
            "索 引 号： 000014349/2024-00012\n发布机构： 甲省教育厅\n成文日期： 2024年01月31日\n"
            "名　　称： 2023年甲省教育厅政府信息公开工作年度报告\n2023年甲省教育厅政府信息公开工作年度报告\n"
        ),
        "",
        {"agency": "甲省教育厅", "year": 2023, "signed": "2024-01-31", "published": None},
    ),
    (
        "甲县人民政府2023年政府信息公开工作年度报告\n（2024年1月30日）\n",
        "",
        {"agency": "甲县人民政府", "signed": "2024-01-30"},
    ),
    (
        "甲县乙镇2023年度政府信息公开工作报告\n",
        "甲县乙镇人民政府\n二〇二四年一月十日\n",
        {"agency": "甲县乙镇人民政府", "signed": "2024-01-10"},
    ),
    (
        "甲市乙区丙街道办事处\n2023年政府信息公开工作年度报告\n",
        "丙街道办事处\n2024年1月12日\n",
        {"agency": "甲市乙区丙街道办事处"},
    ),
    (
        "甲市水利局2023年政府信息公开工作年度报告\n统计期限自2022年1月1日起，至2022年12月31日止。\n",
        "甲市水利局\n2024年1月20日",
        {"year": 2023, "period": ("2022-01-01", "2022-12-31"), "notes": ["YEAR-CONFLICT"]},
    ),
    (
        "甲市水利局2024年政府信息公开工作年度报告\n统计期限为2023年1月1日至2023年12月31日。\n",
        "甲市水利局\n2024年1月20日",
        {"year": 2023, "notes": ["YEAR-CONFLICT"]},
    ),
    ("甲市人民政府门户网站 2023年 甲市乙局政府信息公开工作年度报告 - 甲市人民政府\n", "", {"agency": "甲市乙局"}),
    (
        (
            "根据《条例》，现公布2023年度政府信息公开年度报告。如有疑问，请与甲市应急管理局办公室联系（地址：某路1号，"
            "邮编：100000，电话：010—12345678，传真：010-87654321）。\n"
        ),
        "",
        {"agency": "甲市应急管理局", "year": 2023, "phone": "010-12345678"},
    ),
    (
        "甲市水利局2023年政府信息公开工作年度报告\n",
        "2024-01-20\n打印本页 关闭窗口\n版权所有：甲市水利局 京ICP备12345678号\n网站标识码：1234567890\n",
        {"agency": "甲市水利局", "signed": "2024-01-20", "phone": None},
    ),
    ("2023年度甲市乙区丙镇人民政府信息公开工作年度报告\n", "", {"agency": "甲市乙区丙镇人民政府", "year": 2023}),
    ("XX市X局2023年政府信息公开工作年度报告\n", "", {"agency": "XX市X局"}),
    ("甲海关2023年政府信息公开工作年度报告\n", "甲海关\n2024年1月31日", {"agency": "甲海关", "signed": "2024-01-31"}),
    ("甲市互联网信息办公室2023年政府信息公开工作年度报告\n", "", {"agency": "甲市互联网信息办公室"}),
    ("甲市水利局2023年政府信息公开工作年度报\n告\n", "", {"agency": "甲市水利局", "year": 2023}),
    (
        "甲市水利局2023年政府信息公开工作年度报告\n所列数据的统计期限为2023\n年1月1日至2023年12月31日。\n",
        "",
        {"period": ("2023-01-01", "2023-12-31")},
    ),
]


@pytest.mark.parametrize(("head", "tail", "expected"), CASES)
def test_whole_pages(head: str, tail: str, expected: dict[str, Any]) -> None:
    report = pipeline.parse_bytes((head + BODY + tail).encode(), check=False)
    got = {name: getattr(report.meta, name) for name in expected if name != "notes"}
    if "notes" in expected:
        got["notes"] = [note.code for note in report.notes if note.code != "TABLE-MISSING"]
    assert got == expected
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.sections[-1].text == "无其他需要报告的事项。"
