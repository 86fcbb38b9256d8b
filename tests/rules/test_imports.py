"""What `import gouji` may cost, and how modules may be called. The layers themselves are checked by import-linter."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"

HEAVY = {
    "bs4", "cv2", "dask", "docx", "duckdb", "lxml", "matplotlib", "numpy", "onnxruntime", "openpyxl", "pandas", "pdfminer",
    "pdfplumber", "polars", "pyarrow", "pypdfium2", "pyreadstat", "rapidocr", "rich", "scipy", "sphinx", "warcio",
}  # fmt: skip

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}


def imported_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(SOURCE)}
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "also_banned"),
    [("import gouji", {"click", "regex"}), ("import gouji.cli", set())],
)
def test_import_is_light(statement: str, also_banned: set[str]) -> None:
    assert imported_by(statement) & (HEAVY | also_banned) == set()


def test_no_module_is_called_after_nothing() -> None:
    names = {path.stem for path in SOURCE.rglob("*.py")} | {path.name for path in SOURCE.rglob("*") if path.is_dir()}
    assert names & BANNED_NAMES == set()


def test_every_package_has_an_init() -> None:
    folders = {path.parent for path in (SOURCE / "gouji").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


PURE: dict[str, set[str]] = {"errors": set(), "model": set(), "text": {"regex"}, "forms": {"regex"}}
"""Layers that need only the standard library, what is below them, and the third-party packages named here."""


def third_party(path: Path) -> set[str]:
    """Return the packages that a module imports anywhere, functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"gouji"}


@pytest.mark.parametrize("layer", PURE)
def test_the_lower_layers_need_only_the_standard_library(layer: str) -> None:
    package = SOURCE / "gouji"
    modules = [package / f"{layer}.py", *(package / layer).rglob("*.py")]
    foreign = {path.name: third_party(path) - PURE[layer] for path in modules if path.is_file()}
    assert {name: names for name, names in foreign.items() if names} == {}
