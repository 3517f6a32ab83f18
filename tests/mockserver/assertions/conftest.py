"""A server whose calls are spoken about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
