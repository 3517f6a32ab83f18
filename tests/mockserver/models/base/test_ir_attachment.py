"""Attachments: content, what is derived of it, and who may see it."""

from __future__ import annotations

import binascii
from typing import Any

import pytest

from fauxdoo.mockserver.errors import AccessError
from fauxdoo.mockserver.orm.environment import Environment

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _attachment(env: Environment, **values: Any) -> Any:
    return env["ir.attachment"].create([{"name": "a", **values}])


def test_content_and_what_is_derived(env: Environment) -> None:
    """Size, checksum, media type and index come from the content (recorded in io/attachment-datas)."""
    attachment = _attachment(env, name="hello.txt", datas="aGVsbG8gd29ybGQ=")
    assert (attachment.raw, attachment.datas) == (b"hello world", b"aGVsbG8gd29ybGQ=")
    assert (attachment.file_size, attachment.mimetype) == (11, "text/plain")
    assert attachment.checksum == "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed"
    assert attachment.index_content == "hello world"


def test_raw_wins_over_datas(env: Environment) -> None:
    """Both given, `raw` counts (recorded in io/attachment-mimetype)."""
    assert _attachment(env, raw="from raw", datas="ZnJvbSBkYXRhcw==").raw == b"from raw"


@pytest.mark.parametrize(
    ("values", "mimetype"),
    [
        ({"name": "a.pdf", "raw": "not really"}, "application/pdf"),
        ({"name": "b.csv", "raw": "a,b"}, "text/csv"),
        ({"name": "noext", "raw": "text"}, "text/plain"),
        ({"name": "noext", "datas": PIXEL}, "image/png"),
        ({"name": "e.svg", "raw": "<svg/>"}, "image/svg+xml"),
        ({"name": "g.xlsx", "raw": "x", "mimetype": "application/x-mine"}, "application/x-mine"),
        ({"name": "empty.txt"}, "text/plain"),
        ({"name": "one", "raw": "x"}, "application/octet-stream"),
        ({"name": "bytes", "datas": "/wD+"}, "application/octet-stream"),
    ],
)
def test_media_types(env: Environment, values: dict[str, Any], mimetype: str) -> None:
    """What is given, else what the name says, else what the content shows (recorded in io/attachment-mimetype)."""
    assert _attachment(env, **values).mimetype == mimetype


def test_what_a_browser_would_run_is_plain_text_for_most(env: Environment) -> None:
    """HTML of users who may not write views is text (recorded in io/attachment-search-and-access)."""
    user = env["res.users"].create([{"name": "U", "login": "u"}])
    mine = env(user=user.id, su=False)
    assert _attachment(mine, name="h.html", raw="<html></html>").sudo().mimetype == "text/plain"


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"datas": "aGk"}, binascii.Error, "Incorrect padding"),
        ({"datas": "é"}, ValueError, "string argument should contain only ASCII characters"),
        ({"datas": 5}, TypeError, "argument should be a bytes-like object or ASCII string, not 'int'"),
        ({"raw": "text"}, TypeError, "`bin_data` must be bytes or bytearray"),
    ],
)
def test_content_that_is_refused(
    env: Environment, values: dict[str, Any], error: type[Exception], message: str
) -> None:
    """Python's own words, as in Odoo (recorded in field/binary)."""
    attachment = _attachment(env, raw="hi")
    with pytest.raises(error) as caught:
        attachment.write(values)
    assert str(caught.value) == message
    assert attachment.raw == b"hi"


def test_emptied_content_reads_as_an_empty_text(env: Environment) -> None:
    """`datas` False leaves the checksum of nothing (recorded in io/attachment-datas)."""
    attachment = _attachment(env, name="hello.txt", raw="x")
    attachment.write({"datas": False})
    row = attachment.read(["datas", "file_size", "checksum", "mimetype"])[0]
    assert (row["datas"], row["file_size"]) == ("", 0)
    assert row["checksum"] == "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert row["mimetype"] == "application/octet-stream"


def test_derived_values_are_not_written(env: Environment) -> None:
    """Checksum and size of a client are ignored."""
    attachment = _attachment(env, raw="hi")
    attachment.write({"checksum": "x", "file_size": 99})
    assert attachment.file_size == 2


def test_copies_hold_the_content(env: Environment) -> None:
    """The bytes are copied, too."""
    assert _attachment(env, raw="hi").copy().raw == b"hi"


def test_it_shows_the_name_of_its_record_and_goes_with_it(env: Environment) -> None:
    """`res_name` is the record's name; deleting the record deletes the file (crud/unlink-attachments-follow-record)."""
    partner = env["res.partner"].create([{"name": "A"}])
    attachment = _attachment(env, raw="hi", res_model="res.partner", res_id=partner.id)
    assert attachment.res_name == "A"
    partner.unlink()
    assert not attachment.exists()


def test_who_sees_the_record_sees_its_files(env: Environment) -> None:
    """Files of hidden records and of others are hidden, public ones are not (access/attachment-follows-record)."""
    group = env.ref("sales_team.group_sale_salesman").id
    user = env["res.users"].create([{"name": "U", "login": "u", "group_ids": [(4, group)]}])
    mine = env(user=user.id, su=False)["ir.attachment"]
    own = env["crm.lead"].create([{"name": "own", "user_id": user.id, "type": "opportunity"}])
    other = env["crm.lead"].create([{"name": "other", "user_id": 2, "type": "opportunity"}])
    seen = _attachment(env, name="zq seen", res_model="crm.lead", res_id=own.id)
    hidden = _attachment(env, name="zq hidden", res_model="crm.lead", res_id=other.id)
    foreign = _attachment(env, name="zq foreign")
    assert mine.search([("name", "ilike", "zq")]).ids == [seen.id]
    for attachment in (hidden, foreign):
        with pytest.raises(AccessError, match="doesn't have 'read' access to:\n- Attachment"):
            mine.browse(attachment.id).read(["name"])
    foreign.write({"public": True})
    assert mine.browse(foreign.id).read(["name"])[0]["name"] == "zq foreign"
    with pytest.raises(AccessError, match=r"\(Operation: write\)"):
        mine.browse(hidden.id).write({"name": "x"})
    with pytest.raises(AccessError, match=r"^Sorry, you are not allowed to access this document\.$"):
        mine.create([{"name": "x", "res_model": "crm.lead", "res_id": other.id}])


@pytest.mark.parametrize(("model", "id"), [("res.partner", 999999999), ("no.model", 1)])
def test_a_file_of_nothing_is_refused(env: Environment, model: str, id: int) -> None:
    """A record that does not exist takes no files (recorded in crud/attachment-linked)."""
    admin = env(user=2, su=False)
    with pytest.raises(AccessError):
        _attachment(admin, res_model=model, res_id=id)


def test_tokens_are_made_once(env: Environment) -> None:
    """The token of an attachment stays."""
    attachment = _attachment(env)
    assert attachment.generate_access_token() == attachment.generate_access_token()
