"""The ORM's tests run over every kind of store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.stores import MEMORY


@pytest.fixture(scope="session", params=["memory", "postgresql"])
def _fake(request: pytest.FixtureRequest) -> Iterator[FakeOdoo]:
    place = MEMORY if request.param == "memory" else request.getfixturevalue("postgresql")
    fake = FakeOdoo(dialect="odoo", store=place, backoff=0)
    yield fake
    fake.close()
