"""Modules and functions stay small enough to read at one sitting; the exceptions are named here, each with its reason."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
MODULES = sorted(SOURCE.rglob("*.py"))

MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60  # from `def` to the last line, without the docstring

LONG_MODULES: dict[str, str] = {}
"""Path below src/ to the reason, e.g. ``"gouji/locator/align.py": "one algorithm, ADR 0004"``."""

LONG_FUNCTIONS: dict[str, str] = {}
"""``path::qualified name`` to the reason."""


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def functions(tree: ast.AST, prefix: str = "") -> list[tuple[str, int]]:
    found = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((prefix + node.name, code_lines(node)))
            found += functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.ClassDef):
            found += functions(node, f"{prefix}{node.name}.")
        else:
            found += functions(node, prefix)
    return found


def long_modules() -> set[str]:
    return {
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        if len(path.read_text("utf-8").splitlines()) > MAX_MODULE_LINES
    }


def long_functions() -> set[str]:
    return {
        f"{path.relative_to(SOURCE).as_posix()}::{name}"
        for path in MODULES
        for name, lines in functions(ast.parse(path.read_text("utf-8")))
        if lines > MAX_FUNCTION_LINES
    }


def test_modules_are_short() -> None:
    assert long_modules() == set(LONG_MODULES), "split the module, or name it (or no longer) in LONG_MODULES"


def test_functions_are_short() -> None:
    assert long_functions() == set(LONG_FUNCTIONS), "split the function, or name it (or no longer) in LONG_FUNCTIONS"


@pytest.mark.parametrize("allowed", [LONG_MODULES, LONG_FUNCTIONS])
def test_exceptions_have_reasons(allowed: dict[str, str]) -> None:
    assert [name for name, reason in allowed.items() if len(reason) < 10] == []
