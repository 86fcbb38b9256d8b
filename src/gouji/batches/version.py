"""The version of the parser: it changes when anything changes that a result may depend on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from gouji.batches.inputs import Item
from gouji.batches.journal import InputRecord
from gouji.batches.settings import Settings

ENGINES = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "lxml",
    "beautifulsoup4",
    "regex",
    "rapidocr",
    "onnxruntime",
    "opencv-python-headless",
)
"""Packages that a result may depend on, installed or not."""

TOOLS = ("soffice", "libreoffice")
"""Programs that a result may depend on, installed or not."""

_NOT_THE_PARSER = {"batches", "cli", "datasets", "renderers"}
_ROWS = ("rows", "columns", "limits")
"""Modules of ``datasets`` that write what the journal keeps of a report."""


@cache
def parser_version() -> str:
    """Version of gouji and a digest of its code, forms and engines: ``0.1.0+1f3a5b7c9d``."""
    digest = sha256()
    for name, data in _sources(files("gouji")):
        digest.update(f"{name}:{len(data)}:".encode() + data)
    for module in _ROWS:
        digest.update((files("gouji") / "datasets" / f"{module}.py").read_bytes())
    digest.update(",".join(tool for tool in TOOLS if shutil.which(tool)).encode())
    for engine in ENGINES:
        digest.update(f"{engine}={_version(engine)};".encode())
    return f"{_version('gouji')}+{digest.hexdigest()[:10]}"


def result_key(content: str, *, settings: Settings) -> str:
    """What a result depends on: the content's SHA-256, the parser, and the settings that change what is read."""
    return f"{content}:{parser_version()}:{_reading(settings)}"


@cache
def _reading(settings: Settings) -> str:
    forms = [sha256(Path(path).read_bytes()).hexdigest() for path in settings.forms]
    text = json.dumps([settings.profile, settings.check, forms, settings.max_size])
    return sha256(text.encode()).hexdigest()[:10]


def _sources(folder: Any, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: str(item.name)):
        if item.is_dir():
            if not (prefix == "" and item.name in _NOT_THE_PARSER) and item.name != "__pycache__":
                yield from _sources(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".py", ".toml")):
            yield prefix + item.name, item.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def identify(item: Item, *, settings: Settings) -> InputRecord:
    """The journal's record of an item. What cannot be read is known by its reason."""
    digest = "" if item.code else sha256(item.data).hexdigest()
    content = f"{item.code}: {item.reason}" if item.code else digest
    return InputRecord(
        path=item.path,
        key=result_key(content, settings=settings),
        sha256=digest,
        size=len(item.data),
        url=item.url,
        fetched=item.fetched,
    )
