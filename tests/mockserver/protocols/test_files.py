"""Downloads of attachments, binary fields and images."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def _shared() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo(dialect="odoo")
    yield odoo
    odoo.close()


@pytest.fixture
def fake(_shared: FakeOdoo) -> FakeOdoo:
    """A server with models, as just started."""
    _shared.reset()
    return _shared


@pytest.fixture
def admin(fake: FakeOdoo) -> Client:
    """A caller who is logged in."""
    client = Client(fake.wsgi_app)
    client.post("/web/session/authenticate", json={"params": {"db": "odoo", "login": "admin", "password": "admin"}})
    return client


def _create(fake: FakeOdoo, model: str, values: dict[str, Any]) -> int:
    id: int = fake.dispatch.call_kw(Call("jsonrpc", "odoo", 2, model, "create", [values]))
    return id


def test_content(fake: FakeOdoo, admin: Client) -> None:
    """The bytes of an attachment with its type, shown or saved."""
    id = _create(fake, "ir.attachment", {"name": "ü.txt", "raw": "hello"})
    reply = admin.get(f"/web/content/{id}")
    assert (reply.status_code, reply.mimetype, reply.data) == (200, "text/plain", b"hello")
    assert reply.headers["Content-Disposition"].startswith("inline")
    reply = admin.get(f"/web/content/{id}?download=true")
    assert reply.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%BC.txt"


def test_an_unchanged_file_is_not_sent_again(fake: FakeOdoo, admin: Client) -> None:
    """Its ETag says so."""
    id = _create(fake, "ir.attachment", {"name": "a.txt", "raw": "hello"})
    tag = admin.get(f"/web/content/{id}").headers["ETag"]
    reply = admin.get(f"/web/content/{id}", headers={"If-None-Match": tag})
    assert (reply.status_code, reply.data) == (304, b"")


@pytest.mark.parametrize("path", ["ID/image_1920", "ID/image_128", "ID/image_1920/logo.png", "ID/image_128/64x64"])
def test_images(fake: FakeOdoo, admin: Client, path: str) -> None:
    """An image field of a record, whatever the size asked for."""
    id = _create(fake, "res.partner", {"name": "Ada", "image_1920": PNG})
    for kind in ("image", "content"):
        if "x64" in path and kind == "content":
            continue
        reply = admin.get(f"/web/{kind}/res.partner/{path.replace('ID', str(id))}")
        assert (reply.status_code, reply.mimetype, reply.data) == (200, "image/png", base64.b64decode(PNG))


@pytest.mark.parametrize("path", ["res.partner/999/image_128", "999", "no.xmlid", "no.model/1/x", "res.partner/1/name"])
def test_what_is_not_there(admin: Client, path: str) -> None:
    """A file that is not there is not found; an image is a placeholder unless it is to be saved."""
    assert admin.get(f"/web/content/{path}").status_code == 404
    reply = admin.get(f"/web/image/{path}")
    assert (reply.status_code, reply.mimetype) == (200, "image/png")
    assert admin.get(f"/web/image/{path}?download=1").status_code == 404


def test_nobody_reads_without_a_right(fake: FakeOdoo) -> None:
    """Without a session only what is public, or what one has the token of."""
    id = _create(fake, "ir.attachment", {"name": "secret.txt", "raw": "hello"})
    (token,) = fake.dispatch.call_kw(Call("jsonrpc", "odoo", 2, "ir.attachment", "generate_access_token", [[id]]))
    client = Client(fake.wsgi_app)
    assert client.get(f"/web/content/{id}").status_code == 404
    assert client.get(f"/web/content/{id}?access_token=wrong").status_code == 404
    assert client.get(f"/web/content/{id}?access_token={token}").data == b"hello"


def test_company_logo(fake: FakeOdoo, admin: Client) -> None:
    """The logo, or a placeholder."""
    for client in (Client(fake.wsgi_app), admin):
        reply = client.get("/web/binary/company_logo")
        assert (reply.status_code, reply.mimetype) == (200, "image/png")


def test_upload_wants_the_web_clients_token(fake: FakeOdoo, admin: Client) -> None:
    """Refused with a session, sent to the login page without one (recording io/upload-attachment-http)."""
    assert admin.post("/web/binary/upload_attachment", data={"a": "b"}).status_code == 400
    assert Client(fake.wsgi_app).post("/web/binary/upload_attachment", data={"a": "b"}).status_code == 303
