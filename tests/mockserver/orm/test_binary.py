"""Binary fields kept as attachments."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.mockserver.errors import UserError

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def partner(env: Any) -> Any:
    """A partner with a picture."""
    return env["res.partner"].create({"name": "P", "image_1920": PIXEL})


def attachments(partner: Any) -> Any:
    """Those that hold the partner's picture."""
    about = [("res_model", "=", "res.partner"), ("res_id", "=", partner.id), ("res_field", "=", "image_1920")]
    return partner.env["ir.attachment"].search(about)


def test_a_picture_is_an_attachment(partner: Any) -> None:
    """The bytes are an attachment that names the field; smaller sizes follow."""
    assert attachments(partner).datas == PIXEL.encode()
    assert partner.read(["image_1920", "image_128"]) == [
        {"id": partner.id, "image_1920": PIXEL, "image_128": PIXEL},
    ]


def test_ordinary_searches_do_not_show_it(env: Any, partner: Any) -> None:
    """Attachments of fields stay out of searches that do not ask for them."""
    assert not env["ir.attachment"].search([("res_model", "=", "res.partner"), ("name", "=", "image_1920")])


def test_a_domain_knows_whether_it_is_set(env: Any, partner: Any) -> None:
    """`!= False` finds the records that have one."""
    other = env["res.partner"].create({"name": "Q"})
    both = [("id", "in", (partner | other).ids)]
    assert env["res.partner"].search([*both, ("image_1920", "!=", False)]) == partner
    assert env["res.partner"].search([*both, ("image_1920", "=", False)]) == other


def test_emptying_it_deletes_the_attachment(partner: Any) -> None:
    """False takes the attachment, and the smaller sizes, away."""
    partner.image_1920 = False
    assert not attachments(partner)
    assert not partner.image_128


def test_a_copy_has_its_own(partner: Any) -> None:
    """Copying a record copies its attachments."""
    copy = partner.copy()
    assert attachments(copy).datas == PIXEL.encode()
    assert attachments(copy) != attachments(partner)


def test_it_goes_with_its_record(env: Any, partner: Any) -> None:
    """Deleting a record deletes the attachments of its fields."""
    kept = attachments(partner)
    partner.unlink()
    assert not kept.exists()


@pytest.mark.parametrize(("value", "message"), [("notanimage", "not encoded in base64"), ("aGVsbG8=", "image file")])
def test_what_is_no_image_is_refused(partner: Any, value: str, message: str) -> None:
    """Text that is no base64, and bytes that are no image."""
    with pytest.raises(UserError, match=message):
        partner.image_1920 = value
