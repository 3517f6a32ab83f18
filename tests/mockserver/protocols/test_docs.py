"""The documentation of models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.calls import Call


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeOdoo]:
    """A server with models."""
    odoo = FakeOdoo(dialect="guide")
    yield odoo
    odoo.close()


def _get(fake: FakeOdoo, path: str) -> Any:
    return Client(fake.wsgi_app).get(path, headers={"Authorization": f"Bearer {fake.api_key}"})


def test_index(fake: FakeOdoo) -> None:
    """Names all models and the installed modules."""
    index = _get(fake, "/doc-bearer/index.json").json
    assert {"model": "res.partner", "name": "Contact"} in index["models"]
    assert "sale" in index["modules"]


def test_a_model(fake: FakeOdoo) -> None:
    """Clients read the parameters in order, and whether ids come first."""
    described = _get(fake, "/doc-bearer/res.partner.json").json
    methods = described["methods"]
    assert list(methods["search"]["parameters"]) == ["domain", "offset", "limit", "order"]
    assert methods["search"]["parameters"]["offset"] == {"kind": "POSITIONAL_OR_KEYWORD", "default": 0}
    assert (methods["search"]["api"], methods["read"]["api"]) == (["model"], [])
    assert described["fields"]["name"]["type"] == "char"
    assert not {"browse", "_search", "sudo", "mapped"}.intersection(methods)


def test_methods_that_classes_add(fake: FakeOdoo) -> None:
    """What the catalogue does not know is read from the code."""
    added = _get(fake, "/doc-bearer/res.partner.json").json["methods"]["create_multi"]
    assert (list(added["parameters"]), added["api"]) == (["vals_list"], ["model"])


def test_who_may_read_it(fake: FakeOdoo) -> None:
    """Members of a group; others get HTTP 403 (recording protocol/doc-needs-group)."""
    values = {"name": "Una", "login": "una", "password": "pw"}
    uid = fake.dispatch.call_kw(Call("jsonrpc", "odoo", 2, "res.users", "create", [values]))
    key = fake.auth.make_key("odoo", uid, "k")
    client = Client(fake.wsgi_app)
    reply = client.get("/doc-bearer/index.json", headers={"Authorization": f"Bearer {key}"})
    assert (reply.status_code, reply.mimetype) == (403, "application/json")
    assert client.get("/doc-bearer/index.json").status_code == 401
    assert client.get("/doc").status_code == 303


def test_unknown_model(fake: FakeOdoo) -> None:
    """HTTP 404 as JSON."""
    reply = _get(fake, "/doc-bearer/no.model.json")
    assert (reply.status_code, reply.json["name"]) == (404, "werkzeug.exceptions.NotFound")
