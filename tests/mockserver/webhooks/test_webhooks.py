"""The guide's webhooks: what is sent when, signed how, tried again, and what is not sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from fauxdoo.harness.receiver import Answer, WebhookReceiver
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import AccessError, ValidationError


def _came(receiver: WebhookReceiver) -> list[tuple[str, int, Any]]:
    return [(each.event, each.id, each.payload["fields"].get("name")) for each in receiver.received]


@pytest.fixture
def watch(odoo: FakeOdoo, receiver: WebhookReceiver) -> Callable[..., int]:
    """Registers a webhook of partners that sends their name."""

    def register(trigger: str, **values: Any) -> int:
        return odoo.webhooks.register(
            "res.partner", trigger, receiver.url, secret=receiver.secret, fields=["name"], **values
        )

    return register


def test_a_life(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """Creation, change and deletion, each with the values as they were then."""
    for trigger in ("create", "write", "unlink"):
        watch(trigger)
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    partner.name = "Ada L."
    id = partner.id
    partner.unlink()
    odoo.webhooks.flush()
    assert _came(receiver) == [("create", id, "Ada"), ("write", id, "Ada L."), ("unlink", id, "Ada L.")]


def test_the_request(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """Its body, its headers, and a signature that fits."""
    fields = ["name", "country_id", "category_id", "active"]
    odoo.webhooks.register("res.partner", "create", receiver.url, secret=receiver.secret, fields=fields)
    partner = odoo.env["res.partner"].create({"name": "Ada", "country_id": 75})
    odoo.webhooks.flush()
    (received,) = receiver.received
    assert received.signed
    assert received.headers["content-type"] == "application/json"
    (delivery,) = odoo.webhooks.deliveries
    moment = odoo.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    values = {"name": "Ada", "country_id": 75, "category_id": [], "active": True}
    about = {"event": "create", "model": "res.partner", "id": partner.id, "db": "odoo", "timestamp": moment}
    assert received.payload == {**about, "delivery": delivery.id, "fields": values}


def test_methods(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """A method that is called on a record, with what it changed."""
    odoo.webhooks.register("sale.order", "action_confirm", receiver.url, fields=["state"])
    product = odoo.env["product.product"].create({"name": "Bell"})
    order = odoo.env["sale.order"].create({"partner_id": 3, "order_line": [(0, 0, {"product_id": product.id})]})
    order.action_confirm()
    odoo.webhooks.flush()
    (received,) = receiver.received
    assert (received.event, received.payload["fields"]) == ("action_confirm", {"state": "sale"})


def test_one_event_per_transaction(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """Several changes of a record in one transaction are one event, with the last values."""
    watch("write")
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    with odoo.transaction():
        partner.name = "B"
        partner.name = "C"
    odoo.webhooks.flush()
    assert _came(receiver) == [("write", partner.id, "C")]


def test_nothing_of_work_that_is_undone(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """Neither of a transaction nor of a savepoint that was rolled back."""
    watch("create")
    with pytest.raises(ZeroDivisionError), odoo.transaction():
        odoo.env["res.partner"].create({"name": "never"})
        raise ZeroDivisionError
    with odoo.databases[odoo.db].transaction(2) as env:
        env["res.partner"].create({"name": "kept"})
        with pytest.raises(ZeroDivisionError), env.cr.savepoint():
            env["res.partner"].create({"name": "undone"})
            raise ZeroDivisionError
    odoo.webhooks.flush()
    assert [name for _event, _id, name in _came(receiver)] == ["kept"]


def test_domain(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """Only records that it lets through."""
    watch("create", domain=[("city", "=", "Turin")])
    odoo.env["res.partner"].create([{"name": "a", "city": "Turin"}, {"name": "b", "city": "Rome"}])
    odoo.webhooks.flush()
    assert [name for _event, _id, name in _came(receiver)] == ["a"]


def test_inactive(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """An archived webhook is told nothing."""
    odoo.env["ir.webhook"].browse(watch("create")).active = False
    odoo.env["res.partner"].create({"name": "a"})
    odoo.webhooks.flush()
    assert receiver.received == []


def test_tried_again_until_it_works(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """Later and later, with the same body."""
    watch("create")
    receiver.answer(Answer(drop=True), 500, 302)
    odoo.env["res.partner"].create({"name": "a"})
    odoo.webhooks.flush()
    assert [each.state for each in odoo.webhooks.deliveries] == ["pending"]
    for seconds in (2, 4, 8):
        odoo.clock.move(seconds=seconds)
    (delivery,) = odoo.webhooks.deliveries
    assert (delivery.state, delivery.attempts, delivery.status) == ("done", 4, 200)
    assert len({each.body for each in receiver.received}) == 1


def test_not_before_it_is_due(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """A failed attempt is not repeated at once."""
    watch("create")
    receiver.answer(usually=500)
    odoo.env["res.partner"].create({"name": "a"})
    for _ in range(3):
        odoo.webhooks.flush()
    assert len(receiver.received) == 1


def test_given_up(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """After the last attempt it is dead, and what comes later goes on."""
    watch("write", max_attempts=2)
    partner = odoo.env["res.partner"].create({"name": "a"})
    receiver.answer(500, 500)
    partner.name = "b"
    odoo.webhooks.flush()
    partner.name = "c"
    odoo.clock.move(seconds=2)
    assert [(each.state, each.attempts) for each in odoo.webhooks.deliveries] == [("dead", 2), ("done", 1)]


def test_order_per_record(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """A later change waits for an earlier one, other records do not."""
    watch("write")
    one, other = odoo.env["res.partner"].create([{"name": "one"}, {"name": "other"}])
    receiver.answer(500)
    one.name = "one 1"
    odoo.webhooks.flush()
    one.name = "one 2"
    other.name = "other 1"
    odoo.webhooks.flush()
    assert [name for _e, _i, name in _came(receiver)] == ["one 1", "other 1"]
    odoo.clock.move(seconds=2)
    assert [name for _e, _i, name in _came(receiver)][2:] == ["one 1", "one 2"]


def test_sent_without_being_asked(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """A thread of its own sends after the commit."""
    watch("create")
    partner = odoo.env["res.partner"].create({"name": "a"})
    assert receiver.wait_for(model="res.partner", event="create").id == partner.id


def test_resend_and_trigger(odoo: FakeOdoo, receiver: WebhookReceiver, watch: Any) -> None:
    """By hand: a delivery again, an event that did not happen."""
    watch("create")
    partner = odoo.env["res.partner"].create({"name": "a"})
    odoo.webhooks.flush()
    odoo.webhooks.resend(odoo.webhooks.deliveries[0].id)
    odoo.webhooks.flush()
    assert odoo.webhooks.trigger("res.partner", "create", partner.id) == 1
    odoo.webhooks.flush()
    assert len(receiver.received) == 3
    with pytest.raises(KeyError):
        odoo.webhooks.resend(4711)


@pytest.mark.parametrize(
    "values",
    [
        {"model": "no.such"},
        {"url": "ftp://x"},
        {"url": "http://"},
        {"trigger": "method", "method": False},
        {"fields": "name, nope"},
        {"domain": "[('nope', '=', 1)]"},
        {"domain": "__import__('os')"},
        {"max_attempts": 0},
        {"timeout": 600},
    ],
)
def test_nonsense_is_refused(odoo: FakeOdoo, values: dict[str, Any]) -> None:
    """With what is wrong."""
    vals = {"model": "res.partner", "trigger": "create", "url": "http://127.0.0.1/", **values}
    with pytest.raises(ValidationError, match="Webhook: "):
        odoo.env["ir.webhook"].create(vals)


def test_secrets_are_not_read_back(odoo: FakeOdoo, watch: Any) -> None:
    """Not by any way of reading, and not from the journal."""
    id = watch("create")
    webhooks = odoo.env["ir.webhook"]
    row = webhooks.browse(id).read()[0]
    assert row["secret"] == "********"
    assert "'secret'" not in json.dumps(webhooks.browse(id).export_data(["secret", "name"]))
    assert webhooks.search_count([("name", "=", row["name"])]) == 1
    odoo.env["ir.webhook"].create({"model": "res.partner", "url": "http://127.0.0.1/", "secret": "topsecret"})
    assert "topsecret" not in str([entry.as_dict() for entry in odoo.journal])


def test_only_administrators(odoo: FakeOdoo) -> None:
    """Others see neither webhooks nor deliveries."""
    odoo.env["res.users"].create({"name": "Una", "login": "una"})
    for model in ("ir.webhook", "ir.webhook.delivery"):
        with pytest.raises(AccessError):
            odoo.as_user("una")[model].search([])


def test_a_real_odoo_has_none() -> None:
    """In its dialect the models do not exist, and registering says so."""
    odoo = FakeOdoo(dialect="odoo")
    assert "ir.webhook" not in odoo.env
    with pytest.raises(ValueError, match="no signed webhooks"):
        odoo.webhooks.register("res.partner", "create", "http://127.0.0.1/")
    odoo.close()
