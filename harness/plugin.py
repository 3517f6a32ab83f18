"""The pytest plugin: `odoo` is a fake Odoo on a real port, fresh in every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fauxdoo.mockserver import FakeOdoo, Settings

__all__ = ["odoo", "odoo_settings"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a fake Odoo."""
    group = parser.getgroup("fauxdoo", "Fauxdoo")
    group.addoption(
        "--fauxdoo-contract",
        metavar="FILE",
        help="write what the tests' clients use of Odoo, for `fauxdoo contract verify FILE --url …`",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Bring in what the options ask for."""
    if path := config.getoption("--fauxdoo-contract"):
        from fauxdoo.harness.contract.hooks import UsageHooks

        config.pluginmanager.register(UsageHooks(Path(path)), "fauxdoo-contract")


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
