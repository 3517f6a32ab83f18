"""image.mixin: what may be an image."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["ImageMixin"]

_PNG, _JPEG, _GIF, _WEBP, _BMP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM"
_TIFF, _ICON, _SVG = (b"II*\x00", b"MM\x00*"), b"\x00\x00\x01\x00", (b"<svg", b"<?xml")
_BEGINNINGS = (_PNG, _JPEG, _GIF, _WEBP, _BMP, *_TIFF, _ICON, *_SVG)
"""How the files begin that pass for images."""


class ImageMixin(models.AbstractModel):
    """Five sizes of an image. They hold the same bytes here: nothing is scaled."""

    _inherit = "image.mixin"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records; what is no image is refused."""
        for vals in vals_list:
            _check_images(vals)
        return super().create(vals_list)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; what is no image is refused."""
        _check_images(vals)
        return super().write(vals)


def _check_images(vals: Mapping[str, Any]) -> None:
    for name, value in vals.items():
        if value and name.startswith("image_"):
            _check_image(value)


def _check_image(value: Any) -> None:
    try:
        content = base64.b64decode(value)
    except (binascii.Error, ValueError, TypeError):
        raise UserError("Image is not encoded in base64.") from None
    if content and not content.startswith(_BEGINNINGS):
        raise UserError("This file could not be decoded as an image file.")
