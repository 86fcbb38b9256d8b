"""What is printed in a document and was not read, said in a note: struck through, not seen, a watermark."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.model.finding import Message, Note
from gouji.model.source import Where

_SOME = 5


def left_out_note(code: str, texts: Iterable[str], *, page: int, zh: str, en: str) -> Note:
    """A note that texts of a page were left out.

    Args:
        code: Of the note.
        texts: The first few different ones are named.
        page: Its number (1-based).
        zh: What they are, in Chinese.
        en: The same in English.

    >>> left_out_note("TEXT-STRUCK", ["12", "12", "3"], page=2, zh="删除线文字", en="struck-through text").message.en
    'page 2: struck-through text was left out: 12; 3'
    """
    some = "; ".join(list(dict.fromkeys(texts))[:_SOME])
    message = Message(zh=f"第{page}页有{zh}，未读入：{some}", en=f"page {page}: {en} was left out: {some}")
    return Note(code=code, where=Where(page=page), message=message)
