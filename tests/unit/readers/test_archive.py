import gzip
import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

import pytest

from gouji.errors import ReadError
from gouji.readers import archive, read

PAGE = "<html><body><p>一、总体情况</p><p>全年公开信息。</p></body></html>".encode()


def zipped(files: Mapping[str, bytes], *, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", level) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def test_the_one_document_of_a_zip_is_read() -> None:
    document = read(
        zipped({"年度报告.html": PAGE, "__MACOSX/a.html": PAGE, "说明.txt": "见附件".encode()}), path="a.zip"
    )
    assert document.source.path == "a.zip!年度报告.html"
    assert document.source.media_type == "text/html"


def test_a_book_is_read_as_one_page_in_its_own_order() -> None:
    package = (
        b'<package><manifest><item id="n" href="nav.xhtml"/><item href="b%20b.xhtml" id="b"/><item id="a" href="a.xhtml"/>'
        b'</manifest><spine><itemref idref="b"/><itemref linear="yes" idref="a"/><itemref idref="gone"/></spine></package>'
    )
    chapter = "<html><body class='c'><p>{}</p></body></html>"
    files = {"mimetype": b"application/epub+zip", "OEBPS/content.opf": package, "OEBPS/nav.xhtml": PAGE}
    files |= {
        f"OEBPS/{name}.xhtml": chapter.format(text).encode() for name, text in (("a", "第二章"), ("b b", "第一章"))
    }
    document = read(zipped(files), path="a.epub")
    assert document.text() == "第一章\n第二章"
    assert document.source.path == "a.epub"
    with pytest.raises(ReadError):
        read(zipped({"mimetype": b"application/epub+zip", "a.xml": b"<a/>"}), path="a.epub")


def test_of_several_documents_the_one_named_as_a_report_is_read() -> None:
    document = read(zipped({"通知.html": PAGE, "2023年度报告.html": PAGE}), path="a.zip")
    assert document.source.path.endswith("2023年度报告.html")


def test_several_reports_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read(zipped({"甲局年度报告.html": PAGE, "乙局年度报告.html": PAGE}), path="a.zip")
    assert caught.value.code == "READ-SEVERAL"


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 10_000)
    for data in (zipped({"a.html": b"<p>" * 10_000}), gzip.compress(b"<p>" * 10_000)):
        with pytest.raises(ReadError) as caught:
            read(data, path="a")
        assert caught.value.code == "READ-TOO-LARGE"


def test_zips_in_zips_end() -> None:
    data = PAGE
    for _ in range(6):
        data = zipped({"a.zip": data}) if data is not PAGE else zipped({"a.html": PAGE})
    with pytest.raises(ReadError):
        read(data, path="a.zip")


def test_damaged_and_empty_archives_are_refused() -> None:
    good = zipped({"a.html": PAGE})
    for data in (good[: len(good) // 2], zipped({}), zipped({"a/": b""}), gzip.compress(PAGE)[:-12]):
        with pytest.raises(ReadError):
            read(data, path="a")


def test_gzip() -> None:
    assert read(gzip.compress(PAGE), path="a.html.gz").source.media_type == "text/html"


def test_a_saved_page() -> None:
    body = "<html><body><p>一、总体情况</p><p>b</p></body></html>".encode("gb18030")
    message = EmailMessage()
    message["Subject"] = "page"
    message.set_content(body, maintype="text", subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_related(b"\x89PNG\r\n\x1a\n0000", maintype="image", subtype="png")
    document = read(bytes(message), path="a.mht")
    assert document.text().startswith("一、总体情况")
    assert document.source.encoding == "gb18030"


def test_the_document_attached_to_a_mail() -> None:
    message = EmailMessage()
    message["Subject"] = "report"
    message.set_content("see the attachment")
    message.add_attachment(zipped({"a.html": PAGE}), maintype="application", subtype="zip", filename="a.zip")
    assert read(bytes(message), path="m.eml").source.path == "m.eml!a.zip!a.html"


def test_a_mail_without_a_document_is_its_text() -> None:
    message = EmailMessage()
    message["Subject"] = "report"
    message.set_content("一、总体情况\n")
    assert "总体情况" in read(bytes(message), path="m.eml").text()
