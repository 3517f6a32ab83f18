"""The OpenAPI description of REST: valid, filtered by model, true of types and of what must be given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import ratings
from openapi_spec_validator import validate
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A server with a model of its own."""
    odoo = FakeOdoo(extensions=(ratings,))
    yield odoo
    odoo.close()


@pytest.fixture(scope="module")
def description(odoo: FakeOdoo) -> Any:
    """That of a few models."""
    return Client(odoo.wsgi_app).get("/api/openapi.json?models=sale.order,shop.rating,res.users").json


def test_is_valid(description: Any) -> None:
    """The validator of the specification finds nothing."""
    validate(description)
    assert description["openapi"] == "3.0.3"


def test_models_are_filtered(description: Any) -> None:
    """What was asked for, and nothing else."""
    assert {path.split("/")[2] for path in description["paths"] if path != "/api"} == {
        "sale.order",
        "shop.rating",
        "res.users",
    }


def test_all_models(odoo: FakeOdoo) -> None:
    """Without a filter every model that has records; mixins have none."""
    names = Client(odoo.wsgi_app).get("/api/openapi/models.json").json
    assert names == sorted(names or [])
    assert {"res.partner", "shop.rating"} <= set(names or [])
    assert "mail.thread" not in (names or [])


def test_an_unknown_model(odoo: FakeOdoo) -> None:
    """Is refused by name."""
    reply = Client(odoo.wsgi_app).get("/api/openapi.json?models=no.such")
    assert (reply.status_code, "no.such" in reply.text) == (404, True)


@pytest.mark.parametrize(
    ("schema", "field", "kinds"),
    [
        ("sale.order", "partner_id", ["array", "boolean"]),
        ("sale.order", "order_line", ["array", "boolean"]),
        ("sale.order", "amount_total", ["number", "boolean"]),
        ("sale.order-changes", "date_order", ["string"]),
        ("sale.order-changes", "note", ["string", "boolean"]),
        ("sale.order-changes", "tag_ids", ["array", "boolean"]),
    ],
)
def test_types(description: Any, schema: str, field: str, kinds: list[str]) -> None:
    """What a field holds when it is read, and what it takes."""
    found = description["components"]["schemas"][schema]["properties"][field]
    assert [kind["type"] for kind in found.get("anyOf", [found])] == kinds


def test_enums_labels_relations(description: Any) -> None:
    """Selections list their values, relational fields name their model, read-only ones say so."""
    fields = description["components"]["schemas"]["sale.order"]["properties"]
    assert fields["state"]["anyOf"][0]["enum"] == ["cancel", "draft", "sale", "sent"]
    assert fields["partner_id"]["x-relation"] == "res.partner"
    assert fields["amount_total"]["readOnly"] is True
    assert fields["note"]["title"] == "Terms and conditions"


def test_required(description: Any) -> None:
    """Only what nothing else would fill in, and only in new records."""
    schemas = description["components"]["schemas"]
    assert schemas["sale.order-new"]["required"] == ["partner_id"]
    assert schemas["shop.rating-new"]["required"] == ["product_id"]
    assert "required" not in schemas["sale.order-changes"]


def test_errors_are_described(description: Any) -> None:
    """Every operation says which refusals it knows, all of one form."""
    responses = description["paths"]["/api/sale.order/{id}"]["patch"]["responses"]
    assert set(responses) == {"200", "400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429"}


def test_methods(description: Any) -> None:
    """Those that are simulated, by name; private ones are not among them."""
    (method,) = (
        each for each in description["paths"]["/api/sale.order/{id}/{method}"]["parameters"] if each["name"] == "method"
    )
    assert {"action_confirm", "message_post"} <= set(method["schema"]["enum"])
    assert "search_fetch" not in method["schema"]["enum"]
