"""True sentences about any consistent table raise nothing; a wrong number in them does."""

from hypothesis import given
from hypothesis import strategies as st

from gouji.checker.prose import check_prose
from gouji.forms.load import editions
from gouji.model.report import Metadata, Report, Section, State, Status, Value
from gouji.model.source import Source

OUTCOMES = {
    "granted": "予以公开", "partly_granted": "部分公开", "refused.internal_affairs": "不予公开", "unavailable.not_held": "无法提供",
    "not_processed.repeated": "不予处理", "other.misc": "其他处理",
}  # fmt: skip
counts = st.integers(0, 4000)


def report(rows: dict[str, int], text: str) -> Report:
    ids = (slot for table in editions()["2021"].tables for slot in table.slots)
    cells = {key: rows.get(key.removeprefix("requests.").removesuffix(".total"), 0) for key in ids}
    return Report(
        source=Source(path="x", sha256="", media_type="text/plain"),
        status=Status.OK,
        meta=Metadata(agency="清河县教育局", year=2023),
        cells={key: Value(value=value, state=State.REPORTED) for key, value in cells.items()},
        sections=(Section(number=1, heading="", text=text),),
    )


def prose(rows: dict[str, int], *, grouped: bool, mark: str) -> str:
    def number(row: str) -> str:
        return f"{rows[row]:,}" if grouped else str(rows[row])

    whole = rows["outcome_total"]
    listed = mark.join(
        f"{label}{number(row)}件" + (f"（占{100 * rows[row] / whole:.1f}%）" if whole else "")
        for row, label in OUTCOMES.items()
    )
    return (
        f"2023年，我局新收政府信息公开申请{number('received')}件，上年结转{number('carried_in')}件。"
        f"全年办结{number('outcome_total')}件，其中{listed}。结转下年度{number('carried_over')}件。"
    )


@given(
    outcomes=st.tuples(*[counts] * len(OUTCOMES)),
    carried_in=st.integers(0, 300),
    carried_over=st.integers(300, 600),
    grouped=st.booleans(),
    mark=st.sampled_from("，；、"),
    wrong=st.sampled_from(["", *OUTCOMES]),
)
def test_true_sentences_and_one_that_is_not(
    outcomes: tuple[int, ...], carried_in: int, carried_over: int, grouped: bool, mark: str, wrong: str
) -> None:
    total = sum(outcomes)
    rows = dict(zip(OUTCOMES, outcomes, strict=True))
    rows |= {"outcome_total": total, "carried_in": carried_in, "carried_over": carried_over}
    rows["received"] = total + carried_over - carried_in
    said = rows | ({wrong: rows[wrong] + 5000} if wrong else {})
    found = [finding.rule for finding in check_prose(report(rows, prose(said, grouped=grouped, mark=mark)))]
    assert found.count("PROSE-COUNT") == bool(wrong)
