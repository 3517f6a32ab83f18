"""Images of records: checked when they are set."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Self

from fauxdoo.mockserver import api, models
from fauxdoo.mockserver.errors import UserError

__all__ = ["ImageMixin"]

_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"<svg", b"<?xml", b"\x00\x00\x01\x00")


class ImageMixin(models.AbstractModel):
    """What is no image is refused; sizes are not changed, all `image_*` fields show the same bytes."""

    _name = "image.mixin"

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> Self:
        """Make records, whose images are images."""
        for vals in vals_list:
            _check_image(vals)
        return super().create(vals_list)

    def write(self, vals: dict[str, Any]) -> bool:
        """Set values; an image is an image."""
        if self and isinstance(vals, dict):
            _check_image(vals)
        return bool(super().write(vals))


def _check_image(vals: Any) -> None:
    """Raise UserError for text that is no base64, and for bytes that are no image (recorded in field/image)."""
    value = vals.get("image_1920") if isinstance(vals, dict) else None
    if not isinstance(value, (str, bytes)) or not value:
        return
    try:
        content = base64.b64decode(value)
    except (binascii.Error, ValueError):
        raise UserError("Image is not encoded in base64.") from None
    if content and not content.lstrip().startswith(_MAGIC):
        raise UserError("This file could not be decoded as an image file.")
