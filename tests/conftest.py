"""What every test may use: Hypothesis profiles, the shared specimens, skipping by what is installed."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

# The same examples in every run, so that a landing fails for what it changed; `make prop` looks for new ones.
settings.register_profile("default", deadline=None, max_examples=50, derandomize=True)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--golden-update``."""
    parser.addoption("--golden-update", action="store_true", help="rewrite the expected results in fixtures/corpus")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked ``ocr`` or ``soffice`` where those are not installed."""
    has = {
        "ocr": all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime")),
        "soffice": bool(shutil.which("soffice")),
    }
    for item in items:
        for name, installed in has.items():
            if not installed and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"{name} is not installed"))


@pytest.fixture(scope="session")
def golden_update(pytestconfig: pytest.Config) -> bool:
    """Tell whether the expected results are to be rewritten (``make golden``)."""
    return bool(pytestconfig.getoption("--golden-update"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of specimens beside the repository, or skip: a plain clone does not have it."""
    for folder in (ROOT.parent / "shared", ROOT.parent.parent / "shared"):
        if (folder / "ids.tsv").is_file():
            return folder
    pytest.skip("no ../shared beside the repository")
