"""Old Word files: through LibreOffice where it is, with a clear message where it is not."""

import shutil
import struct
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from gouji.errors import MissingToolError, ReadError
from gouji.readers import legacy
from gouji.readers.legacy import read_legacy
from gouji.readers.ole import MAGIC, is_encrypted, list_streams
from gouji.readers.sniff import Format, sniff
from tests.unit.readers.word_builder import NAMESPACES, run


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container of 512-byte sectors: allocation table, directory, then each stream in one sector."""
    directory = b""
    for number, name in enumerate(["Root Entry", *streams]):
        encoded = name.encode("utf-16-le")
        first = number + 1 if number else 0xFFFFFFFE
        entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, 5 if not number else 2, 1)
        directory += entry.ljust(116, b"\0") + struct.pack("<IQ", first, 512)
    sectors = [struct.pack("<128I", 0xFFFFFFFD, *([0xFFFFFFFE] * 127)), directory.ljust(512, b"\0")]
    sectors += [content.ljust(512, b"\0") for content in streams.values()]
    head = bytearray(MAGIC.ljust(512, b"\0"))
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<109I", head, 76, 0, *([0xFFFFFFFF] * 108))
    return bytes(head) + b"".join(sectors)


FIB = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0)
LOCKED = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100)


def test_streams() -> None:
    data = ole({"WordDocument": FIB, "1Table": b""})
    assert list(list_streams(data)) == ["Root Entry", "WordDocument", "1Table"]
    assert not is_encrypted(data, list_streams(data))
    assert list_streams(MAGIC) == {}
    assert list_streams(data[:1300])["Root Entry"] is not None


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_legacy(data, path="a.doc")
    assert caught.value.where == "a.doc"
    return caught.value


def test_refusals() -> None:
    assert refused(ole({"WordDocument": LOCKED})).code == "READ-ENCRYPTED"
    assert refused(ole({"EncryptedPackage": b""})).code == "READ-ENCRYPTED"
    assert "Excel" in str(refused(ole({"Workbook": b""})))
    assert refused(MAGIC + b"\xff" * 600).code == "READ-DAMAGED"


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    error = refused(ole({"WordDocument": FIB}))
    assert isinstance(error, MissingToolError)
    assert "apt-get install libreoffice-writer-nogui" in str(error)


def fake(folder: Path, code: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{code}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_it_is_stopped_when_it_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = fake(tmp_path, "import time; time.sleep(60)")
    monkeypatch.setattr(legacy, "find_soffice", lambda: program)
    monkeypatch.setattr(legacy, "TIME_LIMIT", 0.3)
    assert refused(ole({"WordDocument": FIB})).code == "READ-TIME"


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_what_it_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = fake(tmp_path, "print('Error: source file could not be loaded')")
    monkeypatch.setattr(legacy, "find_soffice", lambda: program)
    error = refused(ole({"WordDocument": FIB}))
    assert error.code == "READ-DAMAGED"
    assert "could not be loaded" in str(error)


def test_word_2003_xml_needs_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    xml = f"<w:wordDocument {NAMESPACES}><w:body><w:p>{run('一、总体情况')}</w:p></w:body></w:wordDocument>"
    document = read_legacy(xml.encode(), path="a.doc")
    assert document.text() == "一、总体情况"
    assert document.source.media_type == "application/msword"


def write_docx(target: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一、总体情况")
    grid = document.add_table(rows=2, cols=3, style="Table Grid")
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "规章"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "本年"
    grid.cell(1, 1).text, grid.cell(1, 2).text = "1", "23"
    document.add_paragraph("二、")
    document.save(str(target))


@pytest.mark.soffice
@pytest.mark.parametrize(
    ("suffix", "kind"), [(".doc", "doc:MS Word 97"), (".rtf", "rtf:Rich Text Format"), (".odt", "odt")]
)
def test_round_trip(tmp_path: Path, suffix: str, kind: str) -> None:
    source = tmp_path / "a.docx"
    write_docx(source)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    data = (tmp_path / "out" / f"a{suffix}").read_bytes()
    assert sniff(data) is Format.LEGACY
    document = read_legacy(data, path=f"a{suffix}")
    (grid,) = document.grids
    assert document.blocks[0].text == "一、总体情况"  # type: ignore[union-attr]
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == [
        ("规章", 0, 0, 2, 1),
        ("本年", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("23", 1, 2, 1, 1),
    ]
