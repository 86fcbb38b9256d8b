"""Every kind of input, always in the same order, nothing twice and nothing lost."""

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from gouji.batches.archives import open_source
from gouji.batches.inputs import Item, find_files, read_list, show_path
from gouji.batches.journal import ContainerRecord
from gouji.batches.settings import Settings, SettingsError, read_settings
from gouji.batches.warc import may_be_report
from gouji.errors import ReadError

SETTINGS = Settings(max_size=1)
PAGE = "<html><body>政府信息公开工作年度报告</body></html>"


def opened(path: Path, settings: Settings = SETTINGS) -> tuple[list[Item], list[ContainerRecord]]:
    found = list(open_source(str(path), settings=settings))
    items = [item for item in found if isinstance(item, Item)]
    return items, [item for item in found if isinstance(item, ContainerRecord)]


def names(items: list[Item]) -> list[str]:
    return [item.path.partition("!")[2] for item in items]


def test_a_folder_is_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.html", "a.pdf", ".hidden/x.html", "b/.DS_Store", "out/gouji.duckdb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = find_files([tmp_path], settings=SETTINGS, without=tmp_path / "out")
    assert [os.path.relpath(path, tmp_path) for path in found] == ["a.pdf", "b/1.html", "b/2.html"]
    only = find_files([tmp_path], settings=Settings(include=("*.html",), exclude=("*/2.html",)))
    assert [Path(path).name for path in only] == ["1.html"]
    with pytest.raises(ReadError, match="no such file"):
        list(find_files([tmp_path / "c"], settings=SETTINGS))


def test_lists() -> None:
    assert list(read_list("\ufeffa b.html\r\n\r\n#x\nc.html")) == ["a b.html", "c.html"]
    assert list(read_list("a\nb\0c\0")) == ["a\nb", "c"]


def test_names_that_are_no_utf8_are_shown(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "报告".encode("gb18030") + b".txt"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    (path,) = find_files([tmp_path], settings=SETTINGS)
    shown = show_path(path)
    shown.encode("utf-8")
    assert shown.endswith(r"\xb1\xa8\xb8\xe6.txt")


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    large, pipe, link = tmp_path / "large", tmp_path / "pipe", tmp_path / "link"
    large.write_bytes(b"x" * (2**20 + 1))
    os.mkfifo(pipe)
    link.symlink_to("nowhere")
    for path, code, reason in (
        (large, "BATCH-SIZE", "larger than 1 MB"),
        (pipe, "READ-FILE", "no regular file"),  # to open it would be to wait for ever
        (link, "READ-FILE", "No such file"),
    ):
        (item,), _ = opened(path)
        assert (item.path, item.code) == (str(path), code)
        assert reason in item.reason


def test_a_file_whose_size_the_system_does_not_tell_is_read_to_its_end() -> None:
    (item,), _ = opened(Path("/proc/self/status"))
    assert item.data.startswith(b"Name:")
    assert len(item.data) > 100


def test_zip_with_chinese_names_twice_the_same_name_and_a_zip_inside(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("内.html", PAGE)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("报告.html", PAGE)
        archive.writestr("x.html", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("x.html", "2")
        archive.writestr("__MACOSX/._x.html", "3")
        archive.writestr("inner.zip", inner.getvalue())
    items, containers = opened(path)
    assert names(items) == ["报告.html", "x.html", "x.html#2", "inner.zip!内.html"]
    assert [item.data for item in items[1:3]] == [b"1", b"2"]
    assert [(one.members, one.taken) for one in containers] == [(1, 1), (5, 4)]


def test_zip_names_in_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AAAA.html", PAGE)
    path.write_bytes(path.read_bytes().replace(b"AAAA", "报告".encode("gb18030")))
    assert names(opened(path)[0]) == ["报告.html"]


def test_a_word_file_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    items, containers = opened(path)
    assert [item.path for item in items] == [str(path)]
    assert containers == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"Rar!\x1a\x07\x01\x00abc", "RAR"), (b"7z\xbc\xaf\x27\x1cabc", "7z"), (b"\x28\xb5\x2f\xfd", "Zstandard")],
)
def test_an_archive_that_is_not_opened_says_so(tmp_path: Path, data: bytes, kind: str) -> None:
    single, within = tmp_path / "a", tmp_path / "b.zip"
    single.write_bytes(data)
    with zipfile.ZipFile(within, "w") as archive:
        archive.writestr("c", data)
    for item in (*opened(single)[0], *opened(within)[0]):
        assert (item.code, item.reason) == (
            "BATCH-ARCHIVE",
            f"is a {kind} archive, which is not opened: unpack it first",
        )


def test_a_damaged_member_is_an_outcome(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.html", PAGE)
        archive.writestr("bad.html", "x" * 100)
    path.write_bytes(path.read_bytes().replace(b"x" * 100, b"y" * 100))
    items, _ = opened(path)
    assert [(item.code, bool(item.data)) for item in items] == [("", True), ("BATCH-ARCHIVE", False)]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_tar(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.bin"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name in ("b.html", "目录/a.html"):
            info = tarfile.TarInfo(name)
            info.size = len(PAGE.encode())
            archive.addfile(info, io.BytesIO(PAGE.encode()))
    items, containers = opened(path)
    assert names(items) == ["b.html", "目录/a.html"]
    assert containers[0].kind == "tar"


def test_a_truncated_tar_keeps_what_was_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.bin")
            info.size = 60_000
            archive.addfile(info, io.BytesIO(os.urandom(60_000)))
    path.write_bytes(path.read_bytes()[:100_000])
    items, _ = opened(path)
    assert names(items[:1]) == ["0.bin"]
    assert (items[-1].path, items[-1].code) == (str(path), "BATCH-ARCHIVE")


def write_warc(path: Path, bodies: list[tuple[str, str, bytes]]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, status, body in bodies:
            headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_of_a_web_archive_only_what_can_be_a_report_is_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_warc(
        path,
        [
            ("http://a.cn/1", "200 OK", PAGE.encode()),
            ("http://a.cn/1", "200 OK", PAGE.encode("gb18030")),
            ("http://a.cn/2", "404 Not Found", PAGE.encode()),
            ("http://a.cn/3", "200 OK", b"<p>weather"),
            ("http://a.cn/4.png", "200 OK", b"\x89PNG" + PAGE.encode()),
            ("http://a.cn/5.pdf", "200 OK", b"%PDF-1.4 ..."),
        ],
    )
    items, containers = opened(path)
    assert [item.url for item in items] == ["http://a.cn/1", "http://a.cn/1", "http://a.cn/5.pdf"]
    assert len({item.path for item in items}) == 3
    assert all(item.fetched for item in items)
    assert (containers[0].members, containers[0].taken, containers[0].passed_over) == (6, 3, 3)


def test_a_truncated_web_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    write_warc(path, [("http://a.cn/1", "200 OK", PAGE.encode() + os.urandom(3000)) for _ in range(3)])
    path.write_bytes(path.read_bytes()[:-1000])
    items, containers = opened(path)
    assert len([item for item in items if item.data]) >= 2
    assert len(containers) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_the_words_are_found_in_every_encoding(encoding: str) -> None:
    assert may_be_report(PAGE.encode(encoding))
    assert not may_be_report("<p>天气预报，信息公开</p>".encode(encoding))


def test_the_words_are_found_as_entities() -> None:
    page = "".join(f"&#x{ord(character):X};" for character in "政府信息公开年度报告")
    assert may_be_report(page.encode())


def test_a_single_compressed_page_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(PAGE.encode()))
    items, containers = opened(path)
    assert [item.path for item in items] == [str(path)]
    assert containers == []


def test_settings_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "gouji.toml"
    path.write_text('[batch]\nworkers = 3\ntimeout = 5\nexclude = ["*.css"]\n', encoding="utf-8")
    assert read_settings(path) == Settings(workers=3, timeout=5.0, exclude=("*.css",))
    for text, said in (
        ("[batch]\nworker = 3\n", "no setting 'worker'"),
        ('[batch]\nworkers = "3"\n', "workers must be int"),
        ("[batch]\ntimeout = 0\n", "timeout must be at least"),
        ("[batch]\nworkers = true\n", "workers must be int"),
        ('[batch]\nprofile = "x"\n', "profile must be"),
        ("batch = 3\n", "batch must be a table"),
        ("[batch\n", "cannot read the settings"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            read_settings(path)
