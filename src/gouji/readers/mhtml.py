"""Pages saved as MHTML (``.mht``), and mails: the page itself, or the one document that is attached."""

from __future__ import annotations

import email.policy
from dataclasses import replace
from email.parser import BytesParser

from gouji.errors import ReadError
from gouji.model.raw import RawDocument
from gouji.readers import read
from gouji.readers.archive import MAX_ENTRIES, MAX_UNPACKED, Entry, read_entry
from gouji.readers.html import read_html
from gouji.readers.sniff import Format, sniff

_ATTACHED = (Format.PDF, Format.DOCX, Format.OFD, Format.LEGACY, Format.ZIP)


def read_mail(data: bytes, *, path: str) -> RawDocument:
    r"""Read a saved page or a mail.

    The root page of an MHTML file is read like any page. Of a mail, the attached document is read if there is one, else
    its HTML text, else its plain text.

    Raises:
        ReadError: There is no text in it, or several documents are attached.

    >>> page = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>a</p><p>b</p>"
    >>> [block.text for block in read_mail(page, path="a.mht").blocks]
    ['a', 'b']
    """
    if len(data) > MAX_UNPACKED:
        raise ReadError(f"the file is larger than {MAX_UNPACKED >> 20} MB", code="READ-TOO-LARGE", where=path)
    pages: list[bytes] = []
    texts: list[bytes] = []
    attached: list[Entry] = []
    for name, kind, payload in _parts(data, path):
        if kind == "text/html":
            pages.append(payload)
        elif sniff(payload) in _ATTACHED:
            attached.append(Entry(name or f"part{len(attached) + 1}", payload, sniff(payload)))
        elif kind == "text/plain":
            texts.append(payload)
    if attached:
        return read_entry(attached, path=path)
    if pages:
        # The first page is the root; further ones are its frames.
        main = max(pages, key=len) if len(pages) > 1 and len(pages[0]) * 4 < max(map(len, pages)) else pages[0]
        document = read_html(main, path=path)
        return replace(document, source=replace(document.source, media_type="multipart/related"))
    if texts:
        return read(texts[0], path=path)
    raise ReadError("the mail holds neither text nor a document", code="READ-FORMAT", where=path)


def _parts(data: bytes, path: str) -> list[tuple[str | None, str, bytes]]:
    """File name, media type and content of the leaves of a mail."""
    try:
        message = BytesParser(policy=email.policy.compat32).parsebytes(data)
        found: list[tuple[str | None, str, bytes]] = []
        for part in message.walk():
            if len(found) >= MAX_ENTRIES:
                break
            payload = None if part.is_multipart() else part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                found.append((part.get_filename(), part.get_content_type(), payload))
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError, KeyError) as error:
        raise ReadError(f"the mail is damaged: {error}", code="READ-DAMAGED", where=path) from error
    return found
