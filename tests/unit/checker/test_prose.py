"""Claims found in prose, and those the tables contradict."""

import time
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from gouji.checker.prose import check_prose, find_claims
from gouji.checker.prose_lexicon import lexicon, tokens_of
from gouji.checker.prose_readings import describe
from gouji.forms.load import editions
from gouji.model.finding import Number, Severity
from gouji.model.report import Metadata, Report, Section, State, Status, Value
from gouji.model.source import Source, Where
from tests.bench.bench_prose import cases, measure

COUNTS: dict[str, Number] = {
    "requests.received.total": 46, "requests.received.natural_person": 41, "requests.received.business": 5,
    "requests.carried_in.total": 3, "requests.granted.total": 20, "requests.partly_granted.total": 9,
    "requests.outcome_total.total": 47, "requests.carried_over.total": 2, "review.review.total": 2,
    "disclosure.fees.amount": Decimal("12.5"),
}  # fmt: skip


PLACES = (Where(line=11, column=3), Where(line=14, column=5))


@cache
def ids() -> tuple[str, ...]:
    return tuple(slot for table in editions()["2021"].tables for slot in table.slots)


def report(
    text: str, *, number: int = 1, agency: str = "清河县自然资源局", changes: dict[str, Value] | None = None
) -> Report:
    cells = {key: Value(value=COUNTS.get(key, 0), state=State.REPORTED) for key in ids()}
    cells.update({key.replace("__", "."): value for key, value in (changes or {}).items()})
    return Report(
        source=Source(path="x", sha256="", media_type="text/plain"),
        status=Status.OK,
        meta=Metadata(agency=agency, year=2023),
        cells=cells,
        sections=(Section(number=number, heading="一、总体情况", text=text, where=Where(line=10), places=PLACES),),
    )


def rules(text: str, **changes: Value) -> list[str]:
    return [finding.rule for finding in check_prose(report(text, changes=changes))]


def test_a_false_count_is_shown_with_its_place_and_what_the_table_says() -> None:
    (finding,) = check_prose(report("总的情况如下。\n2023年，共收到政府信息公开申请 64 件。"))
    assert (finding.rule, finding.severity, finding.left, finding.right) == ("PROSE-COUNT", Severity.REVIEW, 64, 46)
    assert finding.where == Where(line=14, column=14)
    assert finding.cells == ("requests.received.total",)
    assert "政府信息公开申请64件" in finding.message.zh
    assert "46 / 49 / 47" in finding.message.zh
    assert "64" in finding.message.en


def test_without_places_the_section_must_do() -> None:
    section = report("未收到政府信息公开申请。").sections[0]
    (finding,) = check_prose(replace(report(""), sections=(replace(section, places=()),)))
    assert finding.where == Where(line=10)


@pytest.mark.parametrize("number", [46, 49, 47])
def test_every_admissible_reading_is_accepted(number: int) -> None:
    assert rules(f"共收到政府信息公开申请{number}件。") == []


def test_newly_received_has_one_reading() -> None:
    assert rules("新收政府信息公开申请49件。") == ["PROSE-COUNT"]


def test_said_to_be_none() -> None:
    assert rules("本年度未收到政府信息公开申请。") == ["PROSE-NONE"]
    assert rules("本年度未发生因政府信息公开引起的行政诉讼。") == []


def test_shares_follow_from_the_table_or_not() -> None:
    assert rules("予以公开20件，占43.48%。") == []
    assert rules("予以公开20件，占43.47%。") == []  # cut, not rounded
    assert rules("予以公开20件，占53.04%。") == ["PROSE-SHARE"]
    assert rules("予以公开和部分公开29件，占63.04%。") == []


def test_money_is_compared_to_the_digits_printed() -> None:
    assert rules("行政事业性收费12.5万元。") == []
    assert rules("行政事业性收费125000元。") == []
    assert rules("行政事业性收费15万元。") == ["PROSE-COUNT"]


@pytest.mark.parametrize("state", [State.AMBIGUOUS, State.ABSENT, State.UNREADABLE])
def test_what_is_not_known_contradicts_nothing(state: State) -> None:
    unknown = Value(value=None, state=state)
    assert rules("予以公开30件。", requests__granted__total=unknown) == []
    assert rules("新收政府信息公开申请30件。", requests__received__total=unknown) == []


def test_a_blank_is_no_zero_but_allows_none() -> None:
    blank = Value(value=None, state=State.BLANK)
    assert rules("未收到政府信息公开申请。", requests__received__total=blank, requests__carried_in__total=blank) == []
    assert rules("结转下年度2件。", requests__carried_over__total=blank) == []


def test_a_sum_with_an_unknown_term_still_has_a_lower_bound() -> None:
    unknown = Value(value=None, state=State.ABSENT)
    assert rules("予以公开和部分公开共12件。", requests__partly_granted__total=unknown) == ["PROSE-COUNT"]
    assert rules("予以公开和部分公开共32件。", requests__partly_granted__total=unknown) == []


def test_whole_territory_is_the_body_only_for_a_government() -> None:
    text = "全县共收到政府信息公开申请64件。"
    assert [finding.rule for finding in check_prose(report(text, agency="清河县人民政府"))] == ["PROSE-COUNT"]
    assert check_prose(report(text, agency="清河县教育局")) == ()


def test_places_survive_folding_and_line_wraps() -> None:
    text = "（二）依申请公开。全年收到政府\n信息公开申　请 ６４ 件。"
    (claim,) = find_claims(report(text).sections, year=2023)
    assert claim.value == 64
    assert text[claim.start : claim.end].replace("\n", "").startswith("政府信息公开申")
    assert text[claim.start : claim.end].endswith("６４ 件")


def test_without_a_year_a_dated_sentence_is_not_certain() -> None:
    section = Section(number=1, heading="", text="2022年收到政府信息公开申请4件。")
    assert [claim.certain for claim in find_claims([section])] == [False]
    assert [claim.certain for claim in find_claims([section], year=2022)] == [True]
    assert [claim.certain for claim in find_claims([section], year=2023)] == [False]


def test_table_text_among_the_prose_is_passed_over() -> None:
    assert find_claims([Section(number=3, heading="", text="（一）予以公开 | 5件 | 0 | 5件 |\n结转\t3件\t0")]) == ()


def test_every_word_of_the_lexicon_is_read_as_itself() -> None:
    senses = lexicon().senses
    read = {word: [token.text for token in tokens_of(word)] for word in senses}
    assert {word: texts for word, texts in read.items() if texts != [word]}.keys() <= DATES


DATES = {"上半年", "十三五", "结转", "一季度", "二季度", "三季度", "四季度"}


def test_quantities_have_names() -> None:
    assert describe("granted+partly_granted", language="zh") == "予以公开 + 部分公开"
    assert describe("suit@upheld", language="en") == "lawsuits (upheld)"


def test_the_corpus_is_large_and_every_kind_is_there() -> None:
    listed = list(cases())
    assert len({case.text for case in listed}) == len(listed) >= 240
    assert sum(case.split == "score" for case in listed) > len(listed) // 4
    assert sum(not case.claims for case in listed) >= 80


def test_precision_and_recall_do_not_fall() -> None:
    for tally in measure().values():
        for counts in (tally.claims, tally.findings):
            assert counts["wrong"] <= 0.02 * counts["right"]
            assert counts["missed"] <= 0.05 * counts["right"]


def claims(text: str, *, number: int = 1) -> list[tuple[str, object]]:
    found = find_claims([Section(number=number, heading="", text=text)], year=2023, agency="清河县自然资源局")
    return [(claim.quantity, claim.value) for claim in found if claim.certain]


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请，土地征收类6件，规划类3件。",  # topics
        "其中20件为申请公开招生信息。",
        "剩余3件申请尚在办理期限内。",
        "依申请公开方面，目前有3件申请正在办理。",
        "依申请公开3项制度全部落实。",
        "修订政府信息公开申请答复书模板4份。",
        "结转政府信息公开行政复议案件2件。",
        "没有出现应公开而不予公开的情况。",
        "办理不予行政处罚案件1件。",
        "因政府信息公开引起的行政复议答复3件。",
        "本年新收政府信息公开申请数量 41 5 0 0 0 46",
        "一、本年新收政府信息公开申请数量\n41\n5\n0\n46",
        "自收到申请之日起二十个工作日内答复。",
        "全县依申请公开一件一策，两次催办。",
        "不予公开、不予处理等5件。",
        "未发生因违反政府信息公开工作规定而出现的行政复议。",
        "全年办理行政复议案件12件、行政诉讼案件8件。",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert claims("（二）依申请公开。" + text) == []


def test_figures_of_others_go_on_into_the_next_sentence() -> None:
    assert claims("全县各部门共收到政府信息公开申请512件。予以公开300件。") == []
    assert claims("根据全县各部门统一部署。本机关收到政府信息公开申请46件。") == [("received", 46)]


def test_a_part_of_what_was_answered_is_no_total() -> None:
    assert claims("全年办结政府信息公开申请47件，其中按期办结46件。") == [("answered", 47)]
    assert claims("全年办结政府信息公开申请47件，其中按期办结47件。") == [("answered", 47), ("answered", 47)]


def test_all_of_one_kind() -> None:
    assert claims("全年办理政府信息公开申请9件，全部为自然人申请。")[1] == ("received@natural_person", 9)


def test_not_one() -> None:
    assert claims("未发生一起因政府信息公开引起的行政复议、行政诉讼。") == [("review", 0), ("suit", 0)]
    assert claims("未发生1起政府信息公开行政诉讼。") == [("suit", 0)]


def test_several_negations_in_a_row() -> None:
    assert claims("未受理依申请公开申请，无行政复议、无提起行政诉讼情况。") == [
        ("received", 0),
        ("review", 0),
        ("suit", 0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1.予以公开20件；2.部分公开9件；3.不予公开3件。",
        "①予以公开20件②部分公开9件③不予公开3件",
        "（1）予以公开：20件；（2）部分公开：9件；（3）不予公开：3件。",
        "予以公开（20件）、部分公开（9件）、不予公开（3件）。",
        "20件予以公开，9件予以部分公开，3件作出不予公开决定。",
        "予以公开、部分公开、不予公开的分别是20件、9件和3件。",
    ],
)
def test_ways_of_listing(text: str) -> None:
    assert claims("（二）依申请公开。" + text) == [("granted", 20), ("partly_granted", 9), ("refused", 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制发规范性文件3件（其中以局名义制发2件，联合制发1件）。", [("normative_documents@issue", 3)]),
        ("出台规范性文件3份，保留规范性文件14份。", [("normative_documents@issue", 3)]),
        ("全年办理行政许可12件，行政处罚36件。", [("licensing", 12), ("penalties", 36)]),
        ("受理、办结政府信息公开申请46件。", [("handled", 46)]),
        ("市局机关受理45件。", []),
        ("依申请公开方面，无下年度结转。", [("carried_over", 0)]),
        ("2022年度结转至2023年办理3件。", [("carried_in", 3)]),
        ("结转2024年度2件，自2022年结转3件。", [("carried_over", 2), ("carried_in", 3)]),
    ],
)
def test_deeds_and_their_objects(text: str, expected: list[tuple[str, int]]) -> None:
    assert claims(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "（（（",
        "））））",
        "件件件",
        "占占占%",
        "，、；：",
        "二〇二三",
        "申请" * 50,
        "未未未无无无",
        "9" * 300 + "件申请",
        "分别为、件",
    ],
)
def test_nonsense_does_no_harm(text: str) -> None:
    claims(text, number=3)


def test_time_grows_with_the_length_only() -> None:
    def seconds(text: str) -> float:
        begin = time.process_time()
        find_claims([Section(number=1, heading="", text=text)], year=2023)
        return time.process_time() - begin

    for piece in ("收到申请、", "9", "，其中", "政府信息公开", "一" * 3, "（", "未"):
        seconds(piece * 50)
        assert seconds(piece * 8000) < 60 * max(seconds(piece * 800), 0.005)
