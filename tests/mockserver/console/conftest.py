"""A caller of the admin API on the same machine."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from fauxdoo.mockserver import FakeOdoo


@pytest.fixture
def client(odoo: FakeOdoo) -> Client:
    """A caller on the same machine."""
    return Client(odoo.wsgi_app)
