"""The servers that the fixtures of one test use: fake ones of the pool, or the real one."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from fauxdoo.harness.permission import NotPermitted
from fauxdoo.harness.suite.configured import changed, marked
from fauxdoo.harness.suite.options import api_key, located, option
from fauxdoo.harness.suite.pool import Pool
from fauxdoo.harness.suite.reports import JOURNALS
from fauxdoo.mockserver import FakeOdoo, Settings

if TYPE_CHECKING:
    from fauxdoo.harness.suite.real import RealOdoo, RealServer
    from fauxdoo.mockserver.validation import Violations

__all__ = ["VIOLATIONS", "Servers", "real_server", "reporting_errors"]

VIOLATIONS: pytest.StashKey[list[Violations]] = pytest.StashKey()
"""Of the servers of a test that validate."""


@contextmanager
def reporting_errors() -> Iterator[None]:
    """What is wrong with settings, seeds or permissions fails the test with its message alone."""
    try:
        yield
    except (ValueError, NotPermitted) as error:
        pytest.fail(str(error), pytrace=False)


def real_server(config: pytest.Config) -> RealServer | None:
    """The server of `--fauxdoo-url`, None without one. Raises NotPermitted, ValueError."""
    if not (url := option(config, "url")):
        return None
    from fauxdoo.harness.suite.real import RealServer

    key, db, writes = api_key(config), option(config, "db"), config.getoption("fauxdoo_allow_writes")
    if not (key and db):
        raise ValueError("--fauxdoo-url needs --fauxdoo-db, and --fauxdoo-api-key or --fauxdoo-api-key-env")
    if writes and getattr(config, "workerinput", {}).get("workercount", 1) > 1:
        raise ValueError("tests that write to one real database cannot run in parallel: use -n 1")
    return RealServer(url, db, key, writes=writes)


class Servers:
    """Servers for one test, given back after it."""

    def __init__(self, request: pytest.FixtureRequest, settings: Settings, pool: Pool, real: RealServer | None) -> None:
        self._request, self._pool, self._real = request, pool, real
        self._marked = marked(request)
        self._settings = settings
        self._taken: list[FakeOdoo] = []
        request.node.stash[JOURNALS] = []
        request.node.stash[VIOLATIONS] = []

    def own(self) -> FakeOdoo | RealOdoo:
        """The server of the fixture `odoo`."""
        if self._real is None:
            return self.make(None, {})
        return self._prepared(self._real)

    def make(self, settings: Settings | None, changes: dict[str, Any]) -> FakeOdoo:
        """Another server: these settings, or the test's own, with changes."""
        if self._real is not None:
            pytest.skip("a real Odoo cannot be made: only fake ones")
        base = settings or changed(self._settings, self._marked, self._request.path.parent)
        odoo = self._pool.take(changed(base, changes, self._request.path.parent))
        self._taken.append(odoo)
        if hooks := self._request.config.pluginmanager.get_plugin("fauxdoo-advice"):
            hooks.watch(odoo)
        self._request.node.stash[JOURNALS].append(odoo.journal)
        if odoo.settings.validate:
            self._request.node.stash[VIOLATIONS].append(odoo.violations)
        return odoo

    def _prepared(self, real: RealServer) -> RealOdoo:
        changed(self._settings, self._marked, self._request.path.parent)  # a wrong marker is wrong here too
        if missing := real.missing(self._marked):
            pytest.skip(f"the server at {real.target.url} does not have {missing}")
        odoo = real.odoo(pytest.skip)
        seeds = self._marked.get("seed", self._settings.seeds)
        for seed in seeds if isinstance(seeds, (list, tuple)) else [seeds]:
            real.plant(seed if callable(seed) else located(str(seed), self._request.path.parent))
        return odoo

    def give_back(self) -> None:
        """Nobody uses them any more; what a test left on a real server goes."""
        for odoo in self._taken:
            for fault in odoo.faults.unused:
                warnings.warn(f"a fault never hit: {fault.spec}", stacklevel=1)
            self._pool.give_back(odoo)
        if self._real is not None:
            for left in self._real.clean():
                warnings.warn(f"could not be removed from {self._real.target.url}: {left}", stacklevel=1)
