"""The pytest plugin: `odoo` is a fake Odoo on a real port, fresh in every test, or with `--fauxdoo-url` a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from fauxdoo.harness.receiver import WebhookReceiver
    from fauxdoo.harness.suite.pool import Pool
    from fauxdoo.harness.suite.real import RealServer
    from fauxdoo.harness.suite.serving import Servers
    from fauxdoo.mockserver import FakeOdoo, Settings
    from fauxdoo.mockserver.clock import Clock
    from fauxdoo.mockserver.faults import Faults

__all__ = ["make_odoo", "odoo", "odoo_clock", "odoo_config", "odoo_faults", "odoo_webhooks"]

_MARKER = (
    "fauxdoo(dialect, modules, seed, demo, lang, …): how the fake Odoo of a test is set up; any setting has its name."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and ini values, all of which begin with `fauxdoo`."""
    from fauxdoo.harness.suite.options import add_options

    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """The marker; the report and the network guard, where they are asked for."""
    from fauxdoo.harness.suite.options import flag, option

    config.addinivalue_line("markers", _MARKER)
    if flag(config, "block_network"):
        from fauxdoo.harness.suite.network import NetworkGuard

        guard = NetworkGuard(option(config, "url"))
        guard.start()
        config.add_cleanup(guard.stop)
    if path := option(config, "report"):
        from fauxdoo.harness.suite.reports import Reporter, Witness

        config.pluginmanager.register(Witness(), "fauxdoo-witness")
        if not hasattr(config, "workerinput"):
            config.pluginmanager.register(Reporter(config.invocation_params.dir / path), "fauxdoo-reporter")
    if path := config.getoption("--fauxdoo-contract"):
        from fauxdoo.harness.contract.hooks import UsageHooks

        config.pluginmanager.register(UsageHooks(Path(path)), "fauxdoo-contract")
    if flag(config, "advice") or flag(config, "strict"):
        from fauxdoo.harness.advice.hooks import AdviceHooks

        hooks = AdviceHooks(config.getini("fauxdoo_advice_ignore"), strict=flag(config, "strict"))
        config.pluginmanager.register(hooks, "fauxdoo-advice")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test whose traffic does not keep to the contract, where its server looks (`validate`)."""
    yield
    if "_fauxdoo_servers" in getattr(item, "fixturenames", ()):
        from fauxdoo.harness.suite.serving import VIOLATIONS

        for violations in item.stash.get(VIOLATIONS, ()):
            if len(violations):
                pytest.fail(str(violations), pytrace=False)


@pytest.fixture(scope="session")
def odoo_config(pytestconfig: pytest.Config) -> Settings:
    """How fake Odoos are set up, by command line and ini file; override it in a module or in a conftest.py."""
    from fauxdoo.harness.suite.collection import paused_collection

    with paused_collection():  # the first import of the server
        from fauxdoo.harness.suite.configured import settings_of
        from fauxdoo.harness.suite.serving import reporting_errors

    with reporting_errors():
        return settings_of(pytestconfig)


@pytest.fixture(scope="session")
def _fauxdoo_pool() -> Iterator[Pool]:
    from fauxdoo.harness.suite.pool import Pool

    pool = Pool()
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def _fauxdoo_real(pytestconfig: pytest.Config) -> Iterator[RealServer | None]:
    from fauxdoo.harness.suite.serving import real_server, reporting_errors

    with reporting_errors():
        real = real_server(pytestconfig)
    yield real
    if real is not None:
        real.close()


@pytest.fixture
def _fauxdoo_servers(
    request: pytest.FixtureRequest, odoo_config: Settings, _fauxdoo_pool: Pool, _fauxdoo_real: RealServer | None
) -> Iterator[Servers]:
    from fauxdoo.harness.suite.serving import Servers, reporting_errors

    with reporting_errors():
        servers = Servers(request, odoo_config, _fauxdoo_pool, _fauxdoo_real)
    yield servers
    servers.give_back()


@pytest.fixture
def odoo(_fauxdoo_servers: Servers) -> FakeOdoo:
    """A fake Odoo in its initial state: `odoo.url`, `odoo.db`, `odoo.login`, `odoo.password`, `odoo.api_key`,
    `odoo.env["res.partner"]`. With `--fauxdoo-url` these are of a real Odoo. Servers are kept for the session (under
    xdist per worker) on free ports."""
    from fauxdoo.harness.suite.serving import reporting_errors

    with reporting_errors():
        return _fauxdoo_servers.own()  # type: ignore[return-value]


@pytest.fixture
def make_odoo(_fauxdoo_servers: Servers) -> Callable[..., FakeOdoo]:
    """Makes further fake Odoos: `make_odoo(dialect="odoo", seed="shop.yaml")` takes what the marker takes, or
    `Settings`. Each listens on a port of its own until the test ends."""
    from fauxdoo.harness.suite.serving import reporting_errors

    def make(settings: Settings | None = None, **changes: Any) -> FakeOdoo:
        with reporting_errors():
            return _fauxdoo_servers.make(settings, changes)

    return make


@pytest.fixture
def odoo_clock(odoo: FakeOdoo) -> Clock:
    """The time of `odoo`: `odoo_clock.freeze(moment)`, `.move(days=1)`, `.run()`."""
    return odoo.clock


@pytest.fixture
def odoo_faults(odoo: FakeOdoo) -> Faults:
    """What goes wrong on `odoo`: `odoo_faults.add("page", status=504, count=1)`, `.interleave(…)`, `.audit()`."""
    return odoo.faults


@pytest.fixture
def odoo_webhooks() -> Iterator[WebhookReceiver]:
    """A receiver of webhooks on a real port: `odoo_webhooks.url`, `.secret`, `.received`, `.wait_for(model=…)`."""
    from fauxdoo.harness.receiver import WebhookReceiver

    with WebhookReceiver() as receiver:
        yield receiver
