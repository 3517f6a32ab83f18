"""The pytest plugin in suites of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

pytest_plugins = ["pytester"]

INSTALLED = bool(entry_points(group="pytest11", name="fauxdoo"))


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with the plugin, be it installed or not."""
    if not INSTALLED:
        pytester.makeconftest('pytest_plugins = ["fauxdoo.harness.plugin"]')
    return pytester


def _passes(suite: pytest.Pytester, tests: int, *options: str) -> None:
    suite.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", *options).assert_outcomes(passed=tests)


def test_first_test(suite: pytest.Pytester) -> None:
    """The fixture gives a server with everything a client needs."""
    suite.makepyfile(
        """
        from xmlrpc.client import ServerProxy

        def test_sync(odoo):
            common = ServerProxy(f"{odoo.url}/xmlrpc/2/common")
            assert common.authenticate(odoo.db, odoo.login, odoo.password, {}) == 2
            assert odoo.api_key
            partner = odoo.env["res.partner"].create({"name": "Azure"})
            assert partner.name == "Azure"
        """
    )
    _passes(suite, 1)


def test_every_test_is_fresh(suite: pytest.Pytester) -> None:
    """What one test made, the next does not see, on the same server."""
    suite.makepyfile(
        """
        import pytest

        urls = set()

        @pytest.mark.parametrize("turn", range(3))
        def test_partner(odoo, turn):
            partners = odoo.env["res.partner"]
            assert not partners.search([("name", "=", "Azure")])
            partners.create({"name": "Azure"})
            urls.add(odoo.url)
            assert len(urls) == 1
        """
    )
    _passes(suite, 3)


def test_workers_do_not_share_state(suite: pytest.Pytester) -> None:
    """Under xdist every worker has its own server."""
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("turn", range(6))
        def test_partner(odoo, turn):
            before = odoo.env["res.partner"].search_count([])
            odoo.env["res.partner"].create([{"name": "Azure"}] * 5)
            assert odoo.env["res.partner"].search_count([]) == before + 5
        """
    )
    _passes(suite, 6, "-n", "2")


def test_settings(suite: pytest.Pytester) -> None:
    """A suite sets its Odoo up with a fixture."""
    suite.makepyfile(
        """
        import pytest
        from fauxdoo.mockserver import Settings

        @pytest.fixture(scope="session")
        def odoo_settings():
            return Settings(db="shop", login="root", dialect="odoo")

        def test_db(odoo):
            assert (odoo.db, odoo.login, odoo.dialect.name) == ("shop", "root", "odoo")
            assert odoo.env["res.users"].browse(2).login == "root"
        """
    )
    _passes(suite, 1)


def test_unused_plugin_is_cheap() -> None:
    """Importing the plugin imports no server: suites that do not use it do not wait for it."""
    code = (
        "import pytest, sys, time; started = time.perf_counter(); import fauxdoo.harness.plugin;"
        "print(time.perf_counter() - started, 'fauxdoo.mockserver' in sys.modules)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", code], text=True).split() for _ in range(3)]
    assert min(float(seconds) for seconds, _ in runs) < 0.01
    assert {imported for _, imported in runs} == {"False"}
