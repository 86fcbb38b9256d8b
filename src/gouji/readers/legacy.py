"""Read old Word files (.doc, .wps, .rtf) and OpenDocument texts (.odt) through LibreOffice, a separate program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from functools import cache
from hashlib import sha256
from multiprocessing.util import Finalize
from pathlib import Path

from gouji.errors import MissingToolError, ReadError
from gouji.model.raw import RawDocument
from gouji.readers.docx import read_docx
from gouji.readers.ole import MAGIC, is_encrypted, list_streams

MEDIA_TYPE = "application/msword"
TIME_LIMIT = 120.0
"""Seconds for one conversion; it takes one."""
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_INSTALL = "install LibreOffice, e.g. `apt-get install libreoffice-writer-nogui`"
_OTHER_PROGRAMS = {"Workbook": "Excel", "Book": "Excel", "PowerPoint Document": "PowerPoint", "VisioDocument": "Visio"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
"""No macros, and nothing fetched that a document links to."""


def read_legacy(data: bytes, *, path: str) -> RawDocument:
    """Read a .doc, .wps, .rtf or .odt by way of .docx; Word 2003 XML directly.

    Args:
        data: The bytes of the file.
        path: For messages and the source.

    Raises:
        MissingToolError: LibreOffice is not installed; the message says what to install.
        ReadError: Encrypted, not a text document, or LibreOffice cannot read it in time.
    """
    if data.startswith(MAGIC):
        _refuse_others(data, path)
        document = read_docx(convert_to_docx(data, path=path), path=path)
    elif data.lstrip()[:5] == b"{\\rtf":
        document = read_docx(convert_to_docx(data, path=path, suffix=".rtf"), path=path)
    elif data.startswith(b"PK"):
        document = read_docx(convert_to_docx(data, path=path, suffix=".odt"), path=path)
    else:
        document = read_docx(data, path=path)
    source = replace(document.source, sha256=sha256(data).hexdigest(), media_type=MEDIA_TYPE)
    return replace(document, source=source)


def _refuse_others(data: bytes, path: str) -> None:
    streams = list_streams(data)
    if is_encrypted(data, streams):
        raise ReadError("the document is encrypted: a password is needed", code="READ-ENCRYPTED", where=path)
    for stream, program in _OTHER_PROGRAMS.items():
        if stream in streams:
            raise ReadError(f"a file of {program}, not a text document", code="READ-FORMAT", where=path)
    if not streams:
        raise ReadError("the old Word file is damaged", code="READ-DAMAGED", where=path)


def find_soffice() -> str | None:
    """The program of LibreOffice, ``None`` when it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert_to_docx(data: bytes, *, path: str, suffix: str = ".doc") -> bytes:
    """Let LibreOffice write the document as .docx: private profile, no macros, time limit.

    Raises:
        MissingToolError: LibreOffice is not installed.
        ReadError: It failed, or took too long.
    """
    program = find_soffice()
    if program is None:
        raise MissingToolError(f"an old Word or OpenDocument file needs LibreOffice to be read: {_INSTALL}", where=path)
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        source = Path(folder, f"in{suffix}")
        source.write_bytes(data)
        said = _run(_command(program, source), path)
        try:
            return (source.parent / "out" / "in.docx").read_bytes()
        except FileNotFoundError as error:
            raise ReadError(f"LibreOffice cannot read it: {said}", code="READ-DAMAGED", where=path) from error


def _command(program: str, source: Path) -> list[str]:
    profile = _profile(os.getpid())
    options = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
    convert = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent / "out"), str(source)]
    return [program, f"-env:UserInstallation={profile.as_uri()}", *options, *convert]


def _run(command: list[str], path: str) -> str:
    """Run to the end or to the time limit, then end it with all the processes it started."""
    process = subprocess.Popen(  # noqa: S603 - the program found, and names of our own making
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
    )
    try:
        output, _ = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"LibreOffice was still not done after {TIME_LIMIT:g} s", code="READ-TIME", where=path
        ) from error
    finally:
        _end(process)
    return " ".join(output.decode("utf-8", "replace").split())[-300:]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (AttributeError, ProcessLookupError):  # Windows has no process groups
            process.kill()
        process.communicate()


@cache
def _profile(process: int) -> Path:
    """A LibreOffice profile of this process alone: two at once in one profile wait for each other, or fail."""
    folder = Path(tempfile.mkdtemp(prefix=f"gouji-soffice-{process}-"))
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=0)
    return folder
