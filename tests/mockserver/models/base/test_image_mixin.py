"""Images of records."""

from __future__ import annotations

import base64

import pytest

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.orm.environment import Environment

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.mark.parametrize(
    ("image", "message"),
    [
        ("notanimage", "Image is not encoded in base64."),
        ("aGVsbG8=", "This file could not be decoded as an image file."),
        ("$$$", None),
        (PIXEL, None),
        (False, None),
    ],
)
def test_only_images_are_taken(env: Environment, image: str | bool, message: str | None) -> None:
    """Text that is no base64 at all passes, as in Odoo (recorded in field/image)."""
    partner = env["res.partner"].create([{"name": "A"}])
    if message is None:
        assert partner.write({"image_1920": image}) is True
    else:
        with pytest.raises(UserError) as caught:
            partner.write({"image_1920": image})
        assert str(caught.value) == message


def test_smaller_images_show_the_same(env: Environment) -> None:
    """Sizes are not changed."""
    partner = env["res.partner"].create([{"name": "A", "image_1920": PIXEL}])
    assert partner.read(["image_128"])[0]["image_128"] == PIXEL


def test_a_record_without_an_image_has_a_drawing(env: Environment) -> None:
    """Its letter; once there is an image, that one."""
    contact = env["res.partner"].create({"name": "émile"})
    drawing = base64.b64decode(contact.read(["avatar_128"])[0]["avatar_128"]).decode()
    assert drawing.startswith("<svg")
    assert ">É</text>" in drawing
    pixel = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    contact.image_1920 = pixel
    assert contact.read(["avatar_1920"])[0]["avatar_1920"] == pixel
    employee = env["hr.employee"].create({"name": "<b>"})
    assert ">&lt;</text>" in base64.b64decode(employee.avatar_256).decode()
