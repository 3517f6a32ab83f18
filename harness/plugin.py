"""The pytest plugin: `odoo` is a fake Odoo on a real port, fresh in every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fauxdoo.mockserver import FakeOdoo, Settings

__all__ = ["odoo", "odoo_settings"]


@pytest.fixture(scope="session")
def odoo_settings() -> Settings:
    """How the fake Odoo of this session is set up; override it in a conftest.py to change that."""
    from fauxdoo.mockserver import Settings

    return Settings()


@pytest.fixture(scope="session")
def _odoo_server(odoo_settings: Settings) -> Iterator[FakeOdoo]:
    from fauxdoo.mockserver import FakeOdoo

    with FakeOdoo(odoo_settings) as server:
        yield server


@pytest.fixture
def odoo(_odoo_server: FakeOdoo) -> FakeOdoo:
    """A fake Odoo in its initial state: `odoo.url`, `odoo.db`, `odoo.login`, `odoo.password`, `odoo.api_key`,
    `odoo.env["res.partner"]`. One server per session (under xdist per worker) on a free port."""
    _odoo_server.reset()
    return _odoo_server
