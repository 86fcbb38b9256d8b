"""From what the user names to single documents: folders, lists, archives, web archives; always in the same order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

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

    Hidden files and folders (``.git``, ``.DS_Store``) are left out, unless named themselves. A folder behind a link and
    one that cannot be listed come as if they were files: whoever opens them learns why they were not entered.

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
    closed: list[OSError] = []
    all_but_excluded = replace(settings, include=())
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (own is None or Path(place, name).resolve() != own)
        )
        linked = [name for name in folders if Path(place, name).is_symlink()]
        for name in sorted([*files, *linked]):
            path = os.path.normpath(os.path.join(place, name))  # noqa: PTH118 - a Path a file is too slow for millions
            chosen = all_but_excluded if name in linked else settings
            if not name.startswith(".") and is_wanted(path, settings=chosen):
                yield path
        while closed:
            yield str(closed.pop().filename)
    yield from (str(error.filename) for error in closed)


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


def open_regular(path: str, *, base: str = "") -> BinaryIO:
    """Open a file; ``base`` is where a relative path begins.

    Raises:
        OSError: It cannot be opened, or is a pipe or a device, which may have no end.
        ValueError: No file can have such a name.
    """
    place = os.path.join(base, path)  # noqa: PTH118 - a Path a file is too slow for millions
    mode = os.stat(place).st_mode  # noqa: PTH116 - likewise
    if stat.S_ISDIR(mode):
        if Path(place).is_symlink():
            raise IrregularError("is a link to a folder, which is not followed; name it to have it read")
        os.scandir(place).close()
    if not stat.S_ISREG(mode):
        raise IrregularError("is no regular file")
    return open(place, "rb")  # noqa: PTH123 - likewise; the caller closes it


class IrregularError(OSError):
    """A folder, a pipe, a device: opening it may wait for ever."""


def read_item(stream: BinaryIO, *, path: str, settings: Settings) -> Item:
    """An open file as an item; ``path`` is its name in the data set."""
    limit, size = settings.max_size * _MEGABYTE, os.fstat(stream.fileno()).st_size
    data = stream.read(min(size, limit) + 1)  # asked for the limit, Python would set so much memory aside each time
    if len(data) > size:  # it has grown, or its size cannot be known
        data += stream.read(max(0, limit + 1 - len(data)))
    return fit_item(Item(path=path, data=data), settings=settings)


def unreadable(path: str, error: OSError | ValueError) -> Item:
    """An item that says why a file cannot be read."""
    if isinstance(error, IrregularError):
        return Item(path=path, code="READ-FILE", reason=str(error))
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Item(path=path, code="READ-FILE", reason=f"cannot open it: {reason}")


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
