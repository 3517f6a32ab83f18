"""A server and a caller of its admin API on the same machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture(scope="package")
def _shared() -> Iterator[FakeOdoo]:
    odoo = FakeOdoo()
    yield odoo
    odoo.close()


@pytest.fixture
def odoo(_shared: FakeOdoo) -> FakeOdoo:
    """A server as just started."""
    _shared.reset()
    return _shared


@pytest.fixture
def client(odoo: FakeOdoo) -> Client:
    """A caller on the same machine."""
    return Client(odoo.wsgi_app)
