"""The adversary: what it does to deliveries, and that it does the same again with the same seed."""

from __future__ import annotations

from typing import Any

import pytest

from fauxdoo.harness.receiver import WebhookReceiver
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.webhooks import Adversary


def _run(odoo: FakeOdoo, receiver: WebhookReceiver, count: int = 1, **chances: Any) -> list[str]:
    """Names of partners in the order in which their creation arrives."""
    odoo.webhooks.register("res.partner", "create", receiver.url, secret=receiver.secret, fields=["name"])
    odoo.webhooks.adversary(**chances)
    for number in range(count):
        odoo.env["res.partner"].create({"name": str(number)})
    odoo.webhooks.flush()
    return [each.payload["fields"]["name"] for each in receiver.received]


def test_duplicate(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """It arrives twice, with the same delivery id."""
    assert _run(odoo, receiver, duplicate=1) == ["0", "0"]
    assert len({each.payload["delivery"] for each in receiver.received}) == 1


def test_drop(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """It never arrives, and the server believes it did."""
    assert _run(odoo, receiver, drop=1) == []
    assert [each.state for each in odoo.webhooks.deliveries] == ["done"]


def test_delay(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """It arrives so much later."""
    assert _run(odoo, receiver, delay=1, delay_seconds=30) == []
    odoo.clock.move(seconds=29)
    assert receiver.received == []
    odoo.clock.move(seconds=2)
    assert len(receiver.received) == 1


def test_reorder(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """One that is held back is overtaken by later ones of the same record."""
    odoo.webhooks.register("res.partner", "write", receiver.url, fields=["name"])
    partner = odoo.env["res.partner"].create({"name": "0"})
    odoo.webhooks.adversary(reorder=1)
    partner.name = "1"
    odoo.webhooks.adversary()
    partner.name = "2"
    odoo.webhooks.flush()
    odoo.clock.move(seconds=2)
    assert [each.payload["fields"]["name"] for each in receiver.received] == ["2", "1"]


def test_bad_signature(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """It is signed with another secret."""
    _run(odoo, receiver, bad_signature=1)
    assert [each.signed for each in receiver.received] == [False]


@pytest.mark.parametrize(("chance", "arrivals"), [("down", 1), ("late_retry", 2)])
def test_the_first_attempt_fails(odoo: FakeOdoo, receiver: WebhookReceiver, chance: str, arrivals: int) -> None:
    """Down: it arrives at the second attempt. Late retry: it arrives, its answer is lost, it arrives again."""
    _run(odoo, receiver, **{chance: 1})
    odoo.clock.move(seconds=2)
    assert len(receiver.received) == arrivals
    assert [each.state for each in odoo.webhooks.deliveries] == ["done"]


def test_the_same_seed(odoo: FakeOdoo, receiver: WebhookReceiver) -> None:
    """Gives the same fate; chances between 0 and 1 strike some."""
    first = _run(odoo, receiver, 20, duplicate=0.3, drop=0.3, seed=7)
    receiver.clear()
    odoo.reset()
    odoo.clock.freeze()
    assert _run(odoo, receiver, 20, duplicate=0.3, drop=0.3, seed=7) == first
    assert sorted(set(first), key=int) != [str(number) for number in range(20)]


@pytest.mark.parametrize("chance", [-0.1, 1.5])
def test_chances(chance: float) -> None:
    """Are probabilities."""
    with pytest.raises(ValueError, match="from 0 to 1"):
        Adversary(drop=chance)
