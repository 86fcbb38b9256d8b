"""Containers of Word documents: variants that must be read, and each refusal."""

import io
import zipfile

import pytest

from gouji.errors import ReadError
from gouji.model.raw import RawDocument
from gouji.readers import parts
from gouji.readers.docx import read_docx
from tests.unit.readers.word_builder import NAMESPACES, W, cell, document, docx, package, paragraph, row, run, table

BODY = paragraph("一、总体情况") + table(row(cell("a", span=2)), row(cell("1"), cell("2")))


def summary(read: RawDocument) -> tuple[str, int]:
    return read.text(), len(read.grids)


EXPECTED = ("一、总体情况\na\n1 | 2", 1)


def test_plain() -> None:
    read = read_docx(docx(BODY), path="a.docx")
    assert summary(read) == EXPECTED
    assert read.source.path == "a.docx"
    assert len(read.source.sha256) == 64
    assert read.positions


def test_strict_namespace() -> None:
    body = document(BODY).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert summary(read_docx(docx("", more={"word/document.xml": body}), path="a")) == EXPECTED


def test_names_with_backslashes_and_without_relationships() -> None:
    assert summary(read_docx(package({"word\\document.xml": document(BODY)}), path="a")) == EXPECTED


def test_flat_opc() -> None:
    flat = (
        '<?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
        + document(BODY).partition("?>")[2]
        + "</pkg:xmlData></pkg:part></pkg:package>"
    )
    assert summary(read_docx(flat.encode(), path="a.xml")) == EXPECTED


def test_word_2003_xml() -> None:
    aml = "http://schemas.microsoft.com/aml/2001/core"
    hint = "http://schemas.microsoft.com/office/word/2003/auxHint"
    insertion = f'<aml:annotation w:type="Word.Insertion"><aml:content>{run("7")}</aml:content></aml:annotation>'
    deletion = f'<aml:annotation w:type="Word.Deletion"><aml:content>{run("8")}</aml:content></aml:annotation>'
    listed = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/></w:listPr>'
    shown = '<w:listPr><wx:t wx:val="（二）"/></w:listPr>'
    lists = (
        '<w:lists><w:listDef w:listDefId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
    )
    body = paragraph("总体", properties=listed) + table(
        row(
            '<w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p/></w:tc>',
            cell(inside=paragraph(inside=insertion + deletion)),
        ),
        row("<w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc>", cell("2")),
    )
    xml = f'<w:wordDocument {NAMESPACES} xmlns:aml="{aml}" xmlns:wx="{hint}">{lists}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>'
    xml = xml.replace(W, "http://schemas.microsoft.com/office/word/2003/wordml")
    read = read_docx(xml.encode(), path="a.xml")
    assert read.text() == "一、总体\n | 7\n | 2"
    assert read.grids[0].cells[0].rowspan == 2
    assert "wx:t" in shown


def test_headings_and_meta() -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="2"><w:name w:val="正文"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="r"><w:basedOn w:val="r"/></w:style>'
    )
    body = "".join(paragraph(name, properties=f'<w:pStyle w:val="{name}"/>') for name in "12trx")
    body += paragraph("o", properties='<w:outlineLvl w:val="2"/>')
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>年度报告</dc:title><dc:creator> </dc:creator></cp:coreProperties>'
    )
    relation = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = (
        f'<Relationships xmlns="{relation}"><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{relation}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    )
    read = read_docx(docx(body, styles=styles, more={"docProps/core.xml": core, "_rels/.rels": rels}), path="a")
    assert [getattr(block, "level", None) for block in read.blocks] == [1, None, 1, None, None, 3]
    assert [(field.name, field.value) for field in read.meta] == [("title", "年度报告")]


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_docx(data, path="a.docx")
    assert caught.value.where.startswith("a.docx")
    return caught.value.code


def test_refusals() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    whole = docx(BODY)
    assert refused(ole + "EncryptedPackage".encode("utf-16-le")) == "READ-ENCRYPTED"
    assert refused(ole + b"\0" * 100) == "READ-FORMAT"
    assert refused(whole[: len(whole) // 2]) == "READ-DAMAGED"
    assert refused(package({"a.txt": "x"})) == "READ-DAMAGED"
    assert refused(package({"xl/workbook.xml": "<a/>"})) == "READ-FORMAT"
    assert refused(docx("", more={"word/document.xml": "<w:document"})) == "READ-DAMAGED"
    assert refused(docx("", more={"word/document.xml": f"<w:document {NAMESPACES}/>"})) == "READ-DAMAGED"
    assert refused(b"<a/>") == "READ-FORMAT"
    assert refused(b"") == "READ-DAMAGED"


def test_entity_bomb() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]>' + document(paragraph("&y;")).partition("?>")[2]
    assert refused(docx("", more={"word/document.xml": bomb})) == "READ-BOMB"


def test_zip_bomb_by_ratio() -> None:
    assert refused(docx("", more={"word/document.xml": document("<!--" + " " * (9 << 20) + "-->")})) == "READ-BOMB"


def test_zip_bomb_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_PART", 1000)
    assert refused(docx(BODY * 20)) == "READ-BOMB"


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_MAX_PARTS", 3)
    assert refused(docx(BODY)) == "READ-BOMB"


def test_a_damaged_part() -> None:
    data = bytearray(docx(BODY))
    at = data.index(b"word/document.xml") + 30
    data[at : at + 20] = b"\xff" * 20
    assert refused(bytes(data)) == "READ-DAMAGED"


def test_an_encrypted_part() -> None:
    out = io.BytesIO(docx(BODY))
    with zipfile.ZipFile(out) as archive:
        entries = archive.infolist()
    data = bytearray(out.getvalue())
    for at in [entry.header_offset for entry in entries]:
        data[at + 6] |= 1
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    assert refused(bytes(data)) == "READ-ENCRYPTED"


CHUNK = '<w:altChunk r:id="rId9"/>'


def with_part(body: str, content: bytes, *, kind: str) -> bytes:
    from tests.unit.readers.word_builder import OFFICE, RELATIONSHIPS

    rels = (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="inside/part.bin"/>'
        "</Relationships>"
    )
    return docx(body, more={"word/_rels/document.xml.rels": rels, "word/inside/part.bin": content})


def test_a_web_page_put_in_whole_is_read_in_its_place() -> None:
    page = "<html><body><p>一、总体情况</p><table><tr><td>a</td><td>1</td></tr></table></body></html>".encode()
    read = read_docx(with_part(paragraph("前") + CHUNK + paragraph("后"), page, kind="aFChunk"), path="a")
    assert read.text().split("\n") == ["前", "一、总体情况", "a | 1", "后"]


def test_an_insert_that_cannot_be_read_is_noted() -> None:
    read = read_docx(with_part(paragraph("前") + CHUNK, b"\x00\x01\x02\xff" * 50, kind="aFChunk"), path="a")
    assert [note.code for note in read.notes] == ["INSERT-UNREAD"]
    assert read.text() == "前"


PICTURE = '<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>'


def test_a_picture_that_cannot_be_read_is_noted() -> None:
    read = read_docx(with_part(paragraph("前", inside=PICTURE), b"no picture", kind="image"), path="a")
    assert [note.code for note in read.notes] == ["INSERT-UNREAD"]


def test_pictures_of_a_document_with_tables_are_not_touched() -> None:
    body = paragraph("前", inside=PICTURE) + table(*(row(*(cell(str(n)) for n in range(20))) for _ in range(8)))
    assert read_docx(with_part(body, b"no picture", kind="image"), path="a").notes == ()


@pytest.mark.ocr
def test_a_table_that_is_a_picture() -> None:
    pytest.importorskip("cv2")
    from tests.unit.readers.test_ocr import EXPECTED, picture, png

    body = paragraph("前", inside=PICTURE) + paragraph("后")
    read = read_docx(with_part(body, png(picture(), dpi=(200, 200)), kind="image"), path="a")
    assert [[cell.text for cell in row] for row in read.grids[0].by_row] == EXPECTED
    assert [type(block).__name__ for block in read.blocks] == ["TextBlock", "Grid", "TextBlock"]
    assert [note.code for note in read.notes] == ["OCR"]
