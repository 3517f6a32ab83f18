"""A database as bytes: the pages SQLite keeps, with the next id before them."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing

__all__ = ["packed", "unpacked"]

_HEAD = struct.Struct(">8sQ")
_MAGIC = b"fauxdoo1"


def packed(image: bytes, next_id: int) -> bytes:
    """The dump of a database image."""
    return _HEAD.pack(_MAGIC, next_id) + image


def unpacked(dump: bytes) -> tuple[bytes, int]:
    """Image and next id of a dump. Raises ValueError for bytes that are none, or damaged."""
    magic, next_id = _HEAD.unpack_from(dump) if len(dump) > _HEAD.size else (b"", 0)
    image = bytes(dump[_HEAD.size :])
    if magic != _MAGIC or not _is_sound(image):
        raise ValueError("not a dump of a Fauxdoo database")
    return image, next_id


def _is_sound(image: bytes) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(image)
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except sqlite3.Error:
            return False
