"""What every code means - rules, notes, errors - for ``gouji explain`` and the reference pages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gouji.forms import Form, Rule, editions
from gouji.model.finding import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a code means.

    Attributes:
        code: Stable for ever.
        kind: ``"rule"`` (what was published does not add up), ``"note"`` (our reading is doubtful) or ``"error"``.
        message: The explanation.
        basis: For rules: the words of the form, with the edition they stand in.
        terms: For sums: both sides, as printed.
        severity: For rules of the form.
    """

    code: str
    kind: str
    message: Message
    basis: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    severity: str | None = None


def explain(code: str) -> Explanation:
    """What a code means.

    Raises:
        KeyError: There is no such code.

    >>> explain("REQ-ROW").severity, explain("req-row").terms
    ('error', ('自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计',))
    """
    return explanations()[code.upper()]


@cache
def explanations() -> dict[str, Explanation]:
    """Every code: the rules of the forms in their order, then the others as the file has them."""
    stated = tomllib.loads((files("gouji.exporters") / "explanations.toml").read_text(encoding="utf-8"))
    found: dict[str, Explanation] = {}
    for explanation in _rules():
        before = found.get(explanation.code)
        found[explanation.code] = _both(before, explanation) if before else explanation
    for code, entry in stated.items():
        message = Message(zh=entry["zh"], en=entry["en"])
        rule = found.get(code)
        if rule is not None:
            message = Message(zh=f"{rule.message.zh}。{message.zh}", en=f"{rule.message.en}. {message.en}")
        found[code] = Explanation(
            code=code,
            kind=entry["kind"],
            message=message,
            basis=rule.basis if rule else (),
            terms=rule.terms if rule else (),
            severity=rule.severity if rule else entry.get("severity"),
        )
    return found


def _rules() -> Iterator[Explanation]:
    for form in editions().values():
        for table in form.tables:
            for rule in table.rules:
                yield Explanation(
                    code=rule.code,
                    kind="rule",
                    message=Message(zh=rule.zh, en=rule.en),
                    basis=(f"{rule.basis}（{form.source}）",),
                    terms=_terms(rule, form) if rule.kind == "sum" else (),
                    severity=rule.severity.value,
                )


def _terms(rule: Rule, form: Form) -> tuple[str, ...]:
    """The two sides of a sum with the printed labels; one line a set of labels."""
    labels: dict[str, str] = {}
    for table in form.tables:
        if rule in table.rules:
            for block in table.blocks:
                items = block.columns if rule.each == "row" else block.rows
                labels.update((item.key, item.label[-1]) for item in items)
    sides = (" + ".join(labels[key] for key in side if key in labels) for side in (rule.left, rule.right))
    return (" = ".join(sides),)


def _both(first: Explanation, second: Explanation) -> Explanation:
    """One rule of two editions."""
    return Explanation(
        code=second.code,
        kind="rule",
        message=second.message,
        basis=tuple(dict.fromkeys(first.basis + second.basis)),
        terms=tuple(dict.fromkeys(first.terms + second.terms)),
        severity=second.severity,
    )
