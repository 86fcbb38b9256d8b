"""Read China's government-information-disclosure annual reports as data, and check their figures.

>>> import gouji
>>> gouji.parse("fixtures/seed-2023.txt").agency
'乌鲁木齐市招商服务局'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gouji.batches.run import batch
    from gouji.checker.run import check
    from gouji.checker.series import check_series
    from gouji.datasets.dataset import Dataset, open_dataset
    from gouji.errors import FormError, GoujiError, MissingToolError, NotAReportError, ReadError, UnknownEditionError
    from gouji.exporters.json import read_json_lines, write_json_lines
    from gouji.forms import editions, load_form
    from gouji.model.causes import Cause, find_causes
    from gouji.model.finding import Finding, Message, Note, Severity, Suspect
    from gouji.model.report import Leftover, Metadata, Report, Section, State, Status, Value
    from gouji.model.series import SeriesFinding
    from gouji.model.source import Source, Where
    from gouji.pipeline import outcome, parse

__all__ = [
    "Cause",
    "Dataset",
    "Finding",
    "FormError",
    "GoujiError",
    "Leftover",
    "Message",
    "Metadata",
    "MissingToolError",
    "NotAReportError",
    "Note",
    "ReadError",
    "Report",
    "Section",
    "SeriesFinding",
    "Severity",
    "Source",
    "State",
    "Status",
    "Suspect",
    "UnknownEditionError",
    "Value",
    "Where",
    "__version__",
    "batch",
    "check",
    "check_series",
    "editions",
    "find_causes",
    "load_form",
    "open_dataset",
    "outcome",
    "parse",
    "read_json_lines",
    "write_json_lines",
]

__version__: str

_MODULES = {
    "gouji.batches.run": ("batch",),
    "gouji.datasets.dataset": ("Dataset", "open_dataset"),
    "gouji.checker.run": ("check",),
    "gouji.checker.series": ("check_series",),
    "gouji.errors": (
        "FormError",
        "GoujiError",
        "MissingToolError",
        "NotAReportError",
        "ReadError",
        "UnknownEditionError",
    ),
    "gouji.exporters.json": ("read_json_lines", "write_json_lines"),
    "gouji.forms": ("editions", "load_form"),
    "gouji.model.causes": ("Cause", "find_causes"),
    "gouji.model.series": ("SeriesFinding",),
    "gouji.model.finding": ("Finding", "Message", "Note", "Severity", "Suspect"),
    "gouji.model.report": ("Leftover", "Metadata", "Report", "Section", "State", "Status", "Value"),
    "gouji.model.source": ("Source", "Where"),
    "gouji.pipeline": ("outcome", "parse"),
}
"""Where the public names are; each is imported when first used, so that ``import gouji`` stays light."""
_LAZY = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name, or read the version, when it is first asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("gouji")
    if name in _LAZY:
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_LAZY[name]), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
