"""Where in a source something stands, and what the source is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Where(NamedTuple):
    """A place in a document. Every number is 1-based; what a format does not have is ``None``.

    A named tuple, as :class:`gouji.model.report.Value` is: a report has hundreds, and these are made five times faster
    than frozen dataclasses. Name its fields when you make one.

    Attributes:
        line: Line of the text.
        column: For text, the character in the line; in a table, the grid column.
        xpath: Path of the element in the HTML tree.
        page: Page of a paged document.
        bbox: x0, top, x1, bottom in PDF points from the top left of the page.
        table: Table of the document, in reading order.
        row: Row of that table.
        paragraph: Paragraph of a word-processor document.
    """

    line: int | None = None
    column: int | None = None
    xpath: str | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    table: int | None = None
    row: int | None = None
    paragraph: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """What is known, as JSON types."""
        known: dict[str, Any] = {}
        for name in _WHERE_FIELDS:
            value = getattr(self, name)
            if value is not None:
                known[name] = list(value) if name == "bbox" else value
        return known

    def __repr__(self) -> str:
        """Only what is known."""
        return f"Where({', '.join(f'{name}={value!r}' for name, value in self.to_dict().items())})"

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Where:
        """The inverse of :meth:`to_dict`."""
        bbox = data.get("bbox")
        return cls(**{**data, "bbox": tuple(bbox) if bbox else None})


_WHERE_FIELDS = ("line", "column", "xpath", "page", "bbox", "table", "row", "paragraph")

NOWHERE = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was read.

    Attributes:
        path: As the caller gave it; ``"<bytes>"`` when there was none. ``outer.zip!inner.pdf`` inside an archive.
        sha256: Of the bytes read.
        media_type: Of the content, not of the name.
        encoding: Of text, as decided by evidence; ``None`` for binary formats.
    """

    path: str
    sha256: str
    media_type: str
    encoding: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in the JSON contract."""
        return {"path": self.path, "sha256": self.sha256, "media_type": self.media_type, "encoding": self.encoding}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Source:
        """The inverse of :meth:`to_dict`."""
        return cls(**data)
