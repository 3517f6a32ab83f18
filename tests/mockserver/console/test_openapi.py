"""The description of the admin API."""

from __future__ import annotations

from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.app import App
from fauxdoo.mockserver.console import Console


def test_everything_served_is_described(odoo: FakeOdoo, client: Client) -> None:
    """Each route stands in the document, and each of its verbs is answered as described."""
    paths = (client.get("/_fauxdoo/openapi.json").json or {})["paths"]
    assert len(paths) == len(list(Console(odoo).routes()))
    for path, verbs in paths.items():
        if "{" not in path:
            assert client.open(path, method="PATCH").status_code == 405
            assert {verb.upper() for verb in verbs} == client.open(path, method="PATCH").allow


def test_an_operation_says_what_it_takes_and_answers(client: Client) -> None:
    """As JSON Schemas, with a name that generators of clients can use."""
    operation = (client.get("/_fauxdoo/openapi.json").json or {})["paths"]["/_fauxdoo/restore"]["post"]
    assert (operation["operationId"], operation["tags"]) == ("post_restore", ["state"])
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert (schema["required"], sorted(schema["properties"])) == (["name"], ["db", "name"])
    assert operation["responses"]["200"]["content"]["application/json"]["schema"]["required"] == ["status"]


def test_names_in_paths_are_parameters(client: Client) -> None:
    """Written as OpenAPI does."""
    paths = (client.get("/_fauxdoo/openapi.json").json or {})["paths"]
    (parameter,) = paths["/_fauxdoo/databases/{name}"]["delete"]["parameters"]
    assert (parameter["name"], parameter["in"], parameter["required"]) == ("name", "path", True)


def test_operation_ids_are_unique(client: Client) -> None:
    """A generated client has a function for each."""
    paths = (client.get("/_fauxdoo/openapi.json").json or {})["paths"]
    ids = [operation["operationId"] for verbs in paths.values() for operation in verbs.values()]
    assert len(ids) == len(set(ids))


def test_a_token_is_described_where_one_is_set() -> None:
    """Whoever reads the document, which is open to all, learns where to send it."""
    client = Client(App(FakeOdoo(admin_token="t0ken")))
    paths = (client.get("/_fauxdoo/openapi.json").json or {})["paths"]
    assert paths["/_fauxdoo/reset"]["post"]["security"] == [{"token": []}]
    assert "security" not in paths["/_fauxdoo/health"]["get"]
