"""From what the user names to single documents: folders, lists, archives, web archives; always in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from gouji.batches.settings import Settings
from gouji.errors import ReadError

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document to be.

    Attributes:
        path: Its name in the data set.
        data: Its bytes; empty when it cannot be read.
        code: For what cannot be read: code and reason.
        reason: See ``code``.
        url: Address, for records of a web archive.
        fetched: Date of capture, for records of a web archive.
    """

    path: str
    data: bytes = b""
    code: str = ""
    reason: str = ""
    url: str | None = None
    fetched: str | None = None


def find_files(sources: Iterable[str | Path], *, settings: Settings, without: Path | None = None) -> Iterator[str]:
    """The files named by the user, those in a folder sorted; a file named twice comes once for each time.

    Hidden files and folders (``.git``, ``.DS_Store``) are left out, unless named themselves.

    Args:
        sources: Files and folders.
        settings: Their ``include`` and ``exclude`` choose.
        without: A folder to leave out: the data set's own.

    Raises:
        ReadError: There is no such file or folder.
    """
    own = None if without is None else without.resolve()
    for source in sources:
        path = os.path.normpath(source)
        if Path(path).is_dir():
            yield from _walk(path, settings=settings, own=own)
        elif os.path.lexists(path):
            yield path
        else:
            raise ReadError("there is no such file or folder", code="READ-FILE", where=str(source))


def _walk(folder: str, *, settings: Settings, own: Path | None) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (own is None or Path(place, name).resolve() != own)
        )
        for name in sorted(files):
            path = os.path.normpath(os.path.join(place, name))  # noqa: PTH118 - a Path a file is too slow for millions
            if not name.startswith(".") and is_wanted(path, settings=settings):
                yield path


def is_wanted(path: str, *, settings: Settings) -> bool:
    """Whether ``include`` and ``exclude`` let a path through.

    >>> is_wanted("a/b.pdf", settings=Settings(include=("*.pdf",)))
    True
    """
    if settings.include and not any(fnmatch(path, pattern) for pattern in settings.include):
        return False
    return not any(fnmatch(path, pattern) for pattern in settings.exclude)


def read_list(text: str) -> Iterator[str]:
    r"""The paths of a list: one a line, or divided by NUL; empty lines and lines that begin with ``#`` are none.

    >>> list(read_list("a.html\n# old\nb.pdf\n"))
    ['a.html', 'b.pdf']
    """
    for line in text.split("\0") if "\0" in text else text.splitlines():
        path = line.strip("\ufeff\r\n")
        if path.strip() and not path.startswith("#"):
            yield path


def show_path(path: str) -> str:
    """A path as text that any file can hold: a name whose bytes are no UTF-8 is shown with escapes.

    >>> show_path("a/b.html")
    'a/b.html'
    """
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return shown.replace(os.sep, "/")


def read_item(path: str, *, settings: Settings, base: str = "") -> Item:
    """Read one file. What cannot be read is an item that says why; ``base`` is where a relative path begins."""
    shown = show_path(path)
    try:
        file = Path(base, path)
        if not file.is_file():
            return Item(path=shown, code="READ-FILE", reason="is no regular file")
        with file.open("rb") as stream:
            data = stream.read(settings.max_size * _MEGABYTE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Item(path=shown, code="READ-FILE", reason=f"cannot open the file: {reason}")
    return fit_item(Item(path=shown, data=data), settings=settings)


def fit_item(item: Item, *, settings: Settings) -> Item:
    """The item, or one that says that it is too large."""
    if len(item.data) <= settings.max_size * _MEGABYTE:
        return item
    return Item(
        path=item.path,
        code="BATCH-SIZE",
        reason=f"is larger than {settings.max_size} MB",
        url=item.url,
        fetched=item.fetched,
    )
