"""TOML to :class:`~gouji.forms.spec.Form`. Every mistake is named by its path in the file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gouji.errors import FormError, UnknownEditionError
from gouji.forms.spec import Block, Column, Form, Kind, Row, Rule, SectionSpec, TableSpec
from gouji.model.finding import Severity

_BUILT_IN = ("2019", "2021")
_REQUIRED = object()


def load_form(path: str | Path) -> Form:
    """Read a form of your own.

    Args:
        path: A TOML file; see ``forms/data/2021.toml`` for the shape.

    Raises:
        FormError: The file cannot be read, or has a mistake; ``where`` names it by its path in the file.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(f"cannot read the form: {error}", where=str(path)) from error
    return read_form(text, name=path.name)


@cache
def editions() -> dict[str, Form]:
    """The built-in editions by name, oldest first."""
    data = files("gouji.forms") / "data"
    return {
        name: read_form((data / f"{name}.toml").read_text(encoding="utf-8"), name=f"{name}.toml") for name in _BUILT_IN
    }


def find_edition(name: str) -> Form:
    """One built-in edition.

    Raises:
        UnknownEditionError: There is none of that name.
    """
    try:
        return editions()[name]
    except KeyError:
        raise UnknownEditionError(f"no edition {name!r}; known are {', '.join(_BUILT_IN)}") from None


def read_form(text: str, *, name: str) -> Form:
    """Read a form from TOML text; ``name`` is the file's name for messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"not valid TOML: {error}", where=name) from error
    return _Reader(name).form(data)


class _Reader:
    """Walks the TOML tree and knows at any moment the path it is at."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, path: str, message: str) -> FormError:
        return FormError(message, where=f"{self.name}: {path}")

    def take(self, data: dict[str, Any], key: str, kind: type, *, path: str, default: Any = _REQUIRED) -> Any:
        if key not in data:
            if default is _REQUIRED:
                raise self.fail(path, f"needs {key!r}")
            return default
        value = data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(f"{path}.{key}", f"must be of type {kind.__name__}, is {type(value).__name__}")
        return value

    def only(self, data: dict[str, Any], allowed: str, *, path: str) -> None:
        unknown = sorted(set(data) - set(allowed.split()))
        if unknown:
            raise self.fail(f"{path}.{unknown[0]}", f"is not known here; allowed: {allowed}")

    def items(self, data: dict[str, Any], key: str, *, path: str) -> list[tuple[str, dict[str, Any]]]:
        found = self.take(data, key, list, path=path)
        if not found:
            raise self.fail(f"{path}.{key}", "must not be empty")
        for index, item in enumerate(found):
            if not isinstance(item, dict):
                raise self.fail(f"{path}.{key}[{index}]", "must be a table")
        return [(f"{path}.{key}[{index}]".lstrip("."), item) for index, item in enumerate(found)]

    def texts(self, data: dict[str, Any], key: str, *, path: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        found = self.take(data, key, list, path=path, default=default)
        if not all(isinstance(item, str) and item for item in found):
            raise self.fail(f"{path}.{key}", "must be a list of texts, none empty")
        return tuple(found)

    def form(self, data: dict[str, Any]) -> Form:
        self.only(data, "form section table", path="")
        head = self.take(data, "form", dict, path="")
        self.only(head, "edition source first_year last_year", path="form")
        form = Form(
            edition=self.take(head, "edition", str, path="form"),
            source=self.take(head, "source", str, path="form"),
            first_year=self.take(head, "first_year", int, path="form"),
            last_year=self.take(head, "last_year", int, path="form", default=None),
            sections=tuple(self.section(item, path=path) for path, item in self.items(data, "section", path="")),
            tables=tuple(self.table(item, path=path) for path, item in self.items(data, "table", path="")),
        )
        self.unique([table.key for table in form.tables], path="table")
        return form

    def section(self, data: dict[str, Any], *, path: str) -> SectionSpec:
        self.only(data, "number heading en", path=path)
        return SectionSpec(
            number=self.take(data, "number", int, path=path),
            heading=self.take(data, "heading", str, path=path),
            en=self.take(data, "en", str, path=path),
        )

    def table(self, data: dict[str, Any], *, path: str) -> TableSpec:
        self.only(data, "key section title en layout head group block rule", path=path)
        layout = self.take(data, "layout", str, path=path, default="rows")
        if layout not in ("rows", "across"):
            raise self.fail(f"{path}.layout", f"must be 'rows' or 'across', is {layout!r}")
        blocks = tuple(self.block(item, path=where) for where, item in self.items(data, "block", path=path))
        self.unique([row.key for block in blocks for row in block.rows], path=f"{path}.block.rows")
        rules = self.items(data, "rule", path=path) if data.get("rule") else []
        return TableSpec(
            key=self.take(data, "key", str, path=path),
            section=self.take(data, "section", int, path=path),
            title=self.take(data, "title", str, path=path),
            en=self.take(data, "en", str, path=path),
            layout=layout,
            blocks=blocks,
            rules=tuple(self.rule(item, blocks=blocks, path=where) for where, item in rules),
            head=self.take(data, "head", str, path=path, default=None),
            group=self.take(data, "group", str, path=path, default=None),
        )

    def block(self, data: dict[str, Any], *, path: str) -> Block:
        self.only(data, "title stub en columns rows", path=path)
        block = Block(
            title=self.take(data, "title", str, path=path, default=None),
            stub=self.take(data, "stub", str, path=path, default=None),
            en=self.take(data, "en", str, path=path),
            columns=tuple(self.column(item, path=where) for where, item in self.items(data, "columns", path=path)),
            rows=tuple(self.row(item, path=where) for where, item in self.items(data, "rows", path=path)),
        )
        self.unique([column.key for column in block.columns], path=f"{path}.columns")
        return block

    def row(self, data: dict[str, Any], *, path: str) -> Row:
        self.only(data, "key label en", path=path)
        return Row(
            key=self.take(data, "key", str, path=path),
            label=self.label(data, path=path),
            en=self.take(data, "en", str, path=path),
        )

    def column(self, data: dict[str, Any], *, path: str) -> Column:
        self.only(data, "key label en unit kind", path=path)
        kind = self.take(data, "kind", str, path=path, default="count")
        if kind not in tuple(Kind):
            raise self.fail(f"{path}.kind", f"must be one of {', '.join(Kind)}, is {kind!r}")
        return Column(
            key=self.take(data, "key", str, path=path),
            label=self.label(data, path=path),
            en=self.take(data, "en", str, path=path),
            unit=self.take(data, "unit", str, path=path, default="件"),
            kind=Kind(kind),
        )

    def label(self, data: dict[str, Any], *, path: str) -> tuple[str, ...]:
        label = self.texts(data, "label", path=path)
        if not label:
            raise self.fail(f"{path}.label", "must not be empty")
        return label

    def rule(self, data: dict[str, Any], *, blocks: tuple[Block, ...], path: str) -> Rule:
        self.only(data, "code kind each severity left right zh en basis", path=path)
        kind = self.take(data, "kind", str, path=path)
        if kind not in ("sum", "not_negative"):
            raise self.fail(f"{path}.kind", f"must be 'sum' or 'not_negative', is {kind!r}")
        severity = self.take(data, "severity", str, path=path, default="error")
        if severity not in tuple(Severity):
            raise self.fail(f"{path}.severity", f"must be one of {', '.join(Severity)}, is {severity!r}")
        rule = Rule(
            code=self.take(data, "code", str, path=path),
            kind=kind,
            each=self.take(data, "each", str, path=path, default="" if kind != "sum" else _REQUIRED),
            left=self.texts(data, "left", path=path, default=_REQUIRED if kind == "sum" else []),
            right=self.texts(data, "right", path=path, default=_REQUIRED if kind == "sum" else []),
            severity=Severity(severity),
            zh=self.take(data, "zh", str, path=path),
            en=self.take(data, "en", str, path=path),
            basis=self.take(data, "basis", str, path=path),
        )
        if kind == "sum":
            self.terms(rule, blocks=blocks, path=path)
        return rule

    def terms(self, rule: Rule, *, blocks: tuple[Block, ...], path: str) -> None:
        if rule.each not in ("row", "column"):
            raise self.fail(f"{path}.each", f"must be 'row' or 'column', is {rule.each!r}")
        items = (item for block in blocks for item in (block.columns if rule.each == "row" else block.rows))
        known = {item.key for item in items}
        for side, terms in (("left", rule.left), ("right", rule.right)):
            for index, term in enumerate(terms):
                if term not in known:
                    other = "column" if rule.each == "row" else "row"
                    raise self.fail(f"{path}.{side}[{index}]", f"no {other} has the key {term!r}")

    def unique(self, keys: list[str], *, path: str) -> None:
        for key in keys:
            if keys.count(key) > 1:
                raise self.fail(path, f"the key {key!r} stands twice")
