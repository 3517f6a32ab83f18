"""What the tests of webhooks share: a server whose clock stands, and a receiver."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.harness.receiver import WebhookReceiver
from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="module")
def _server() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo()
    yield odoo
    odoo.close()


@pytest.fixture
def odoo(_server: FakeOdoo) -> FakeOdoo:
    """A server as just started, whose clock stands: what is tried again is tried when the clock moves."""
    _server.reset()
    _server.clock.freeze()
    return _server


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    """A receiver on a real port."""
    with WebhookReceiver() as receiver:
        yield receiver
