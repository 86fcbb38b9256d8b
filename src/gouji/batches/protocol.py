"""What a worker and its master say to each other: frames of a small JSON head and raw bytes, never pickles.

A worker reads files that anyone may have made; should one of them ever take it over, it can send wrong results but
nothing that the master would execute.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

from gouji.errors import GoujiError

_SIZES = struct.Struct(">II")
_SMALL = 2**16


class WorkerLost(GoujiError):  # noqa: N818 - an event, as in KeyboardInterrupt
    """The other side is gone, or says what cannot be understood."""

    code = "WORKER"


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one frame.

    Raises:
        WorkerLost: The other side is gone.
    """
    packed = json.dumps(head).encode()
    try:
        sizes = _SIZES.pack(len(packed), len(body))
        if len(body) <= _SMALL:  # in one piece, so that the other side is woken once
            packed, body = packed + body, b""
        stream.write(sizes + packed)
        stream.write(body)
        stream.flush()
    except (OSError, ValueError) as error:
        raise WorkerLost("the other side is gone") from error


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Wait for one frame.

    Raises:
        WorkerLost: The other side is gone, or sent no frame.
    """
    head_size, body_size = _SIZES.unpack(_read(stream, _SIZES.size))
    try:
        head = json.loads(_read(stream, head_size))
    except ValueError as error:
        raise WorkerLost("not a frame") from error
    if not isinstance(head, dict):
        raise WorkerLost("not a frame")
    return head, _read(stream, body_size)


def _read(stream: BinaryIO, size: int) -> bytes:
    try:
        data = stream.read(size)
    except (OSError, ValueError) as error:
        raise WorkerLost("the other side is gone") from error
    if len(data) < size:
        raise WorkerLost("the other side is gone")
    return data
