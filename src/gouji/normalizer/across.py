"""The review table: all its rows side by side in one printed row."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.raw import Lines
from gouji.normalizer.chain import Found, Stream
from gouji.normalizer.reading import TableReading
from gouji.normalizer.vocabulary import Vocabulary


def read_across(
    stream: Stream, chain: Sequence[Found], vocabulary: Vocabulary, default: str, lines: Lines
) -> TableReading | None:
    return None
