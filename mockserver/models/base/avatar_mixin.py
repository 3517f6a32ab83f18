"""avatar.mixin: a picture for records that have none."""

from __future__ import annotations

import base64
from html import escape
from typing import Any
from zlib import crc32

from fauxdoo.mockserver import api, models

__all__ = ["AvatarMixin"]

_SIZES = ("1920", "1024", "512", "256", "128")
_SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='180' height='180'>"
    "<rect fill='hsl({hue}, 45%, 45%)' width='180' height='180'/>"
    "<text fill='#ffffff' font-size='96' font-family='sans-serif' text-anchor='middle' x='90' y='125'>{letter}</text>"
    "</svg>"
)


class AvatarMixin(models.AbstractModel):
    """The image of a record, else the first letter of its name on a colour of its own."""

    _inherit = "avatar.mixin"

    @api.compute(*(f"avatar_{size}" for size in _SIZES))
    def _compute_avatars(self) -> None:
        for record in self:
            drawn = _drawing(record.display_name)
            for size in _SIZES:
                record[f"avatar_{size}"] = record[f"image_{size}"] or drawn


def _drawing(name: Any) -> bytes:
    letter = str(name or "?")[0].upper()
    text = _SVG.format(hue=crc32(str(name).encode()) % 360, letter=escape(letter))
    return base64.b64encode(text.encode())
