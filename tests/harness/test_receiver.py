"""The receiver of webhooks: what it keeps, how it answers, what it says when nothing comes."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

import pytest

from fauxdoo.harness.receiver import Answer, WebhookReceiver
from fauxdoo.mockserver.webhooks.signing import signature

EVENT = {"event": "write", "model": "res.partner", "id": 5, "fields": {}}
NATIVE = {"_action": "Send(#7)", "_model": "res.partner", "_id": 5, "id": 5}


def _post(receiver: WebhookReceiver, payload: Any, **headers: str) -> int:
    connection = HTTPConnection(urlsplit(receiver.url).netloc, timeout=10)
    try:
        connection.request("POST", "/", json.dumps(payload), headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(("payload", "event"), [(EVENT, "write"), (NATIVE, "Send(#7)")])
def test_both_kinds(payload: Any, event: str) -> None:
    """The guide's webhooks and a real Odoo's."""
    with WebhookReceiver() as receiver:
        assert _post(receiver, payload) == 200
        received = receiver.wait_for(model="res.partner", id=5)
    assert (received.event, received.payload) == (event, payload)


@pytest.mark.parametrize(("secret", "signed"), [("secret", True), ("other", False), ("", False)])
def test_signatures(secret: str, signed: bool) -> None:
    """Fit the body and the secret, or not."""
    header = {"X-Odoo-Signature": signature(secret, json.dumps(EVENT).encode())} if secret else {}
    with WebhookReceiver() as receiver:
        _post(receiver, EVENT, **header)
        assert receiver.received[0].signed is signed


def test_answers() -> None:
    """One after the other, then as usual."""
    with WebhookReceiver() as receiver:
        receiver.answer(500, Answer(drop=True), usually=204)
        assert _post(receiver, EVENT) == 500
        with pytest.raises((HTTPException, OSError)):
            _post(receiver, EVENT)
        assert _post(receiver, EVENT) == 204


def test_nothing_comes() -> None:
    """The error says what was waited for and what came instead."""
    with WebhookReceiver() as receiver:
        _post(receiver, EVENT)
        with pytest.raises(AssertionError, match=r"no webhook with event='create' .*\n.*res.partner.write of 5"):
            receiver.wait_for(event="create", timeout=0.05)


def test_nonsense() -> None:
    """Is kept as it came."""
    with WebhookReceiver() as receiver:
        _post(receiver, [1, 2])
        assert (receiver.received[0].body, receiver.received[0].payload) == (b"[1, 2]", {})
