"""Names of public bodies in folded text. Knows what such a name looks like, not which bodies there are."""

from __future__ import annotations

import re

_BODY = (
    "局|委员会|委|厅|部|政府|人民政府|办公室|办事处|管委会|政务中心|中心|法院|检察院|国务院|科学院|研究院|医院|学院|"
    "学校|中学|小学|大学|公署|行署|总署|署|站|所|大队|支队|总队|队|总会|协会|学会|联合会|妇联|残联|总工会|工会|公司|集团|"
    "银行|分行|支行|馆|社|处|办|区|园|街道|镇|乡|苏木|县|市|省|州|盟|旗|团|院|海关|监狱|台|场|村|组|师|兵团|党校|基地|指挥部|气象局|所"
)
_NAME = re.compile(rf"[\u3400-\u9fff()·、\"0-9A-Za-z*×]{{1,38}}(?:{_BODY})(?:\([^()]{{1,12}}\))?")
_LEADING = re.compile(r"^.*?(?:局|委员会|委|厅|政府|办事处|管委会|中心|学院|大学|医院|公司|总队|支队)(?!会)")
_NOT_A_NAME = re.compile(
    r"网站|门户|^(?:我|本|该|各|全|以下|其他|本级|上述)|[的是有为了与和及]$|[,。;:?!]|公开|报告|情况|年度|联系|信息(?:名称|内容|分类|来源|索引)|首页|版权|主办|承办"
)
_PLACES = ("省", "自治区", "市", "县", "区", "镇", "乡", "街道", "旗", "盟", "州", "苏木")
_SHORT = re.compile(r"^(?:市|县|区|省|州|局|镇|乡|街道|自治区|自治州)")


def is_agency(folded: str) -> bool:
    """Whether a folded text could be the name of a public body.

    >>> is_agency("乌鲁木齐市招商服务局"), is_agency("某市工业和信息化局"), is_agency("本机关"), is_agency("公开情况")
    (True, True, False, False)
    """
    if not 3 <= len(folded) <= 40 or not _NAME.fullmatch(folded):
        return False
    return _NOT_A_NAME.search(folded) is None


def is_place(folded: str) -> bool:
    """Whether a name is that of a place, whose government it stands for.

    >>> is_place("甲县乙镇"), is_place("甲县乙镇人民政府")
    (True, False)
    """
    return folded.endswith(_PLACES)


def is_relative(folded: str) -> bool:
    """Whether a name leaves out whose it is.

    >>> is_relative("市招商服务局"), is_relative("乌鲁木齐市招商服务局")
    (True, False)
    """
    return _SHORT.match(folded) is not None


def without_department(folded: str) -> str:
    """The body, without the department of it that answers the telephone.

    >>> without_department("乌鲁木齐市招商服务局党政办公室"), without_department("某市人民政府办公室")
    ('乌鲁木齐市招商服务局', '某市人民政府办公室')
    """
    match = _LEADING.match(folded)
    if match is None or match.end() < 4 or match[0].endswith("政府"):
        return folded
    return match[0]
