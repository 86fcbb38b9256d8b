"""Every package that is imported is declared in pyproject.toml: a shared or old environment may hold more than a new one."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = {"gouji", "tests", "_typeshed"}
NOT_INSTALLED_HERE = {"cv2": "opencv-python-headless", "onnxruntime": "onnxruntime", "rapidocr": "rapidocr"}
"""Import name to distribution, for extras that an environment for development may lack."""


def canonical(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def declared(*extras: str) -> set[str]:
    requirements = [*PROJECT["dependencies"]]
    for extra in extras:
        requirements += PROJECT["optional-dependencies"][extra]
    return {canonical(requirement) for requirement in requirements}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - OURS


DISTRIBUTIONS = packages_distributions()
EXTRAS = set(PROJECT["optional-dependencies"])


def undeclared(folder: str, allowed: set[str]) -> dict[str, set[str]]:
    found = {}
    for path in (ROOT / folder).rglob("*.py"):
        strange = {
            name
            for name in imported(path)
            if not {canonical(d) for d in DISTRIBUTIONS.get(name, [NOT_INSTALLED_HERE.get(name, name)])} & allowed
        }
        if strange:
            found[path.relative_to(ROOT).as_posix()] = strange
    return found


@pytest.mark.parametrize(
    ("folder", "extras"), [("src", EXTRAS - {"dev"}), ("tests", EXTRAS), ("docs", EXTRAS), ("tools", EXTRAS)]
)
def test_imports_are_declared(folder: str, extras: set[str]) -> None:
    assert undeclared(folder, declared(*extras)) == {}
