"""`xmlrpc.client` of the standard library, over a real socket."""

from __future__ import annotations

from typing import Any
from xmlrpc.client import Fault, ServerProxy

import pytest

from fauxdoo.mockserver import FakeOdoo

PATHS = ["/xmlrpc/2", "/xmlrpc"]


class _Client:
    """Two proxies and the credentials, as every tutorial writes them."""

    def __init__(self, odoo: FakeOdoo, path: str, password: str | None = None) -> None:
        self.common = ServerProxy(f"{odoo.url}{path}/common", allow_none=True)
        self.models = ServerProxy(f"{odoo.url}{path}/object", allow_none=True)
        self.password = password or odoo.password
        self.db = odoo.db
        self.uid = self.common.authenticate(odoo.db, odoo.login, self.password, {})

    def __call__(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        return self.models.execute_kw(self.db, self.uid, self.password, model, method, list(args), kwargs)


@pytest.fixture(params=PATHS)
def call(odoo: FakeOdoo, request: pytest.FixtureRequest) -> _Client:
    """A logged-in administrator, at both versions of the endpoint."""
    return _Client(odoo, request.param)


@pytest.mark.parametrize("path", PATHS)
def test_version(odoo: FakeOdoo, path: str) -> None:
    """The server says it is Odoo 19."""
    version = ServerProxy(f"{odoo.url}{path}/common").version()
    assert version["server_serie"] == "19.0"
    assert version["protocol_version"] == 1


@pytest.mark.parametrize("path", PATHS)
def test_login(odoo: FakeOdoo, path: str) -> None:
    """The administrator logs in with the password or with the API key; a wrong password gives false."""
    common = ServerProxy(f"{odoo.url}{path}/common")
    assert common.login(odoo.db, odoo.login, odoo.password) == 2
    assert common.authenticate(odoo.db, odoo.login, odoo.api_key, {}) == 2
    assert common.authenticate(odoo.db, odoo.login, "wrong", {}) is False


@pytest.mark.parametrize("path", PATHS)
def test_databases(odoo: FakeOdoo, path: str) -> None:
    """The database service lists the database."""
    assert ServerProxy(f"{odoo.url}{path}/db").list() == [odoo.db]


def test_create_read_write_unlink(call: _Client) -> None:
    """A partner's life."""
    id_ = call("res.partner", "create", {"name": "Azure", "email": "azure@example.com"})
    assert call("res.partner", "read", [id_], ["name", "email"]) == [
        {"id": id_, "name": "Azure", "email": "azure@example.com"}
    ]
    assert call("res.partner", "write", [id_], {"name": "Azure Interior"}) is True
    assert call("res.partner", "search_read", [["id", "=", id_]], fields=["name"]) == [
        {"id": id_, "name": "Azure Interior"}
    ]
    assert call("res.partner", "unlink", [id_]) is True
    assert call("res.partner", "search_count", [["id", "=", id_]]) == 0


def test_execute(odoo: FakeOdoo, call: _Client) -> None:
    """`execute` takes positional arguments without a list around them."""
    ids = call.models.execute(odoo.db, call.uid, odoo.password, "res.partner", "search", [["id", "=", 1]])
    assert ids == [1]


def test_many2one_comes_with_its_name(call: _Client) -> None:
    """A many2one reads as id and display name, an empty one as false."""
    us = call("res.country", "search", [["code", "=", "US"]])[0]
    id_ = call("res.partner", "create", {"name": "A", "country_id": us})
    (row,) = call("res.partner", "read", [id_], ["country_id", "parent_id"])
    assert row == {"id": id_, "country_id": [us, "United States"], "parent_id": False}


@pytest.mark.parametrize(("method", "args"), [("nope", []), ("_compute_display_name", [[1]])])
def test_methods_that_cannot_be_called(call: _Client, method: str, args: list[Any]) -> None:
    """An unknown or private method is a fault."""
    with pytest.raises(Fault, match=method):
        call("res.partner", method, *args)


@pytest.mark.parametrize(
    ("model", "method", "args", "code"),
    [
        ("res.partner", "create", [{"name": False}], 2),
        ("res.partner", "write", [[999999], {"name": "A"}], 2),
        ("res.partner", "search", [[["nope", "=", 1]]], 1),
        ("no.model", "search", [[]], 2),
    ],
)
def test_fault_codes(odoo: FakeOdoo, model: str, method: str, args: list[Any], code: int) -> None:
    """Version 2 numbers its faults: 2 for what Odoo refuses, 1 for what breaks."""
    with pytest.raises(Fault) as caught:
        _Client(odoo, "/xmlrpc/2")(model, method, *args)
    assert caught.value.faultCode == code


def test_wrong_password_is_a_fault_of_its_own(odoo: FakeOdoo) -> None:
    """Version 2 answers fault 3 to a wrong password, version 1 the words AccessDenied."""
    codes = []
    for path in PATHS:
        models = ServerProxy(f"{odoo.url}{path}/object")
        with pytest.raises(Fault) as caught:
            models.execute_kw(odoo.db, 2, "wrong", "res.partner", "search", [[]])
        codes.append(caught.value.faultCode)
    assert codes == [3, "AccessDenied"]


def test_nothing_of_a_failed_call_stays(call: _Client) -> None:
    """A call that fails leaves no record behind."""
    before = call("res.partner", "search_count", [])
    with pytest.raises(Fault):
        call("res.partner", "create", [{"name": "kept?"}, {"name": "B", "nope": 1}])
    assert call("res.partner", "search_count", []) == before
