"""The directory of an OLE container (.doc, .wps, .xls, encrypted Office files): which streams it holds."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
_ENTRY = 128
_MAX_SECTORS = 100_000
_FIB = b"\xec\xa5"
_FIB_ENCRYPTED = 0x0100


def list_streams(data: bytes) -> dict[str, int]:
    """Names of all streams and storages, with the first sector of each; as many as a damaged file still tells.

    >>> list_streams(b"not OLE")
    {}
    """
    if not data.startswith(MAGIC) or len(data) < 512:
        return {}
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    chain = _follow(data, size, struct.unpack_from("<I", data, 48)[0])
    found: dict[str, int] = {}
    for sector in chain:
        start = (sector + 1) * size
        for at in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if 2 <= length <= 64 and data[at + 66]:
                name = data[at : at + length - 2].decode("utf-16-le", "replace")
                found[name] = struct.unpack_from("<I", data, at + 116)[0]
    return found


def is_encrypted(data: bytes, streams: dict[str, int]) -> bool:
    """Whether the document in the container needs a password: a modern package, or the flag in Word's first block."""
    if "EncryptedPackage" in streams:
        return True
    if "WordDocument" not in streams or len(data) < 512:
        return False
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    at = (streams["WordDocument"] + 1) * size
    if data[at : at + 2] != _FIB or at + 12 > len(data):
        return False
    return bool(struct.unpack_from("<H", data, at + 10)[0] & _FIB_ENCRYPTED)


def _follow(data: bytes, size: int, sector: int) -> list[int]:
    """The sectors of a chain. Only the part of the allocation table that the header names is used: enough here."""
    tables = [entry for entry in struct.unpack_from("<109I", data, 76) if entry < _END]
    chain: list[int] = []
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(chain) < _MAX_SECTORS:
        seen.add(sector)
        chain.append(sector)
        table, place = divmod(sector, size // 4)
        at = (tables[table] + 1) * size + 4 * place if table < len(tables) else len(data)
        if at + 4 > len(data):
            break
        sector = struct.unpack_from("<I", data, at)[0]
    return chain
