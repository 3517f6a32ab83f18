"""The pytest plugin in suites of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from fauxdoo.harness.suite import serving  # noqa: F401  (imported before suites run in this process)
from fauxdoo.harness.suite.options import add_options

pytest_plugins = ["pytester"]

INSTALLED = bool(entry_points(group="pytest11", name="fauxdoo"))


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with the plugin, be it installed or not."""
    if not INSTALLED:
        pytester.makeconftest('pytest_plugins = ["fauxdoo.harness.plugin"]')
    return pytester


def _passes(suite: pytest.Pytester, tests: int, *options: str) -> None:
    suite.runpytest("-p", "no:cacheprovider", "-n", "0", *options).assert_outcomes(passed=tests)


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
    suite.runpytest_subprocess("-p", "no:cacheprovider", "-n", "2").assert_outcomes(passed=6)


def test_settings(suite: pytest.Pytester) -> None:
    """A module sets its Odoo up with a fixture, a class or a test with the marker; the nearest wins."""
    suite.makefile(".json", shop='{"res.partner": {"ada": {"name": "Ada"}}}')
    suite.makepyfile(
        """
        import pytest
        from fauxdoo.mockserver import Settings, User

        @pytest.fixture(scope="module")
        def odoo_config():
            return Settings(db="shop", login="root", dialect="odoo")

        def test_config(odoo):
            assert (odoo.db, odoo.login, odoo.dialect.name) == ("shop", "root", "odoo")
            assert odoo.env["res.users"].browse(2).login == "root"

        @pytest.mark.fauxdoo(dialect="guide", seed="shop.json", modules="sale, stock", lang="fr_FR")
        class TestMarked:
            def test_class(self, odoo):
                assert (odoo.db, odoo.dialect.name, odoo.env.ref("shop.ada").name) == ("shop", "guide", "Ada")
                assert odoo.env.user.lang == "fr_FR"
                assert "purchase.order" not in odoo.env

            @pytest.mark.fauxdoo(dialect="odoo", seed=[lambda env: {"eve": env["res.partner"].create({"name": "Eve"})}])
            def test_nearest(self, odoo):
                assert odoo.dialect.name == "odoo"
                assert odoo.env.ref("<lambda>.eve").name == "Eve"
                with pytest.raises(ValueError):
                    odoo.env.ref("shop.ada")

        @pytest.mark.fauxdoo(users=[User("clerk")])
        def test_users(odoo):
            assert odoo.as_user("clerk").user.login == "clerk"

        def test_several(odoo, make_odoo):
            same, other = make_odoo(), make_odoo(demo=True, db="other")
            assert len({odoo.url, same.url, other.url}) == 3
            assert (same.db, other.db) == ("shop", "other")
            same.env["res.partner"].create({"name": "Ada"})
            assert not odoo.env["res.partner"].search([("name", "=", "Ada")])
            assert other.env.ref("demo.partner_kettenhof")
        """
    )
    _passes(suite, 5)


def test_options(suite: pytest.Pytester) -> None:
    """The ini file sets up all Odoos, the command line goes before it; seeds lie beside whoever names them."""
    suite.mkdir("seeds").joinpath("shop.json").write_text('{"res.partner": {"ada": {"name": "Ada"}}}')
    suite.makeini("[pytest]\nfauxdoo_dialect = odoo\nfauxdoo_seed = seeds/shop.json\nfauxdoo_block_network = true")
    suite.makepyfile(
        """
        import socket
        import pytest
        from fauxdoo.harness.suite.network import NetworkBlocked

        def test_dialect(odoo, pytestconfig):
            given = pytestconfig.getoption("fauxdoo_dialect")
            assert odoo.dialect.name == (given or "odoo")
            assert odoo.env.ref("shop.ada")
            with pytest.raises(NetworkBlocked, match="198.51.100.1:80"):
                socket.create_connection(("198.51.100.1", 80))
        """
    )
    _passes(suite, 1)
    _passes(suite, 1, "--fauxdoo-dialect", "guide")


def test_mistakes(suite: pytest.Pytester) -> None:
    """What is wrong with a marker or a seed is said in one line, without a traceback."""
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.fauxdoo(dialekt="odoo")
        def test_name(odoo): pass

        @pytest.mark.fauxdoo("odoo")
        def test_positional(odoo): pass

        @pytest.mark.fauxdoo(dialect="odo")
        def test_value(odoo): pass

        @pytest.mark.fauxdoo(seed=3)
        def test_seed(odoo): pass

        @pytest.mark.fauxdoo(seed="nowhere.json")
        def test_file(odoo): pass

        @pytest.mark.fauxdoo(modules="sail")
        def test_module(odoo): pass
        """
    )
    result = suite.runpytest("-p", "no:randomly", "-p", "no:cacheprovider", "-n", "0")
    result.assert_outcomes(errors=6)
    result.stdout.fnmatch_lines(
        [
            "Fauxdoo has no setting 'dialekt'; is it dialect?",
            "@pytest.mark.fauxdoo takes named arguments only*",
            "there is no dialect 'odo', but guide and odoo",
            "a seed is a file, 'module:function' or a function, not 3",
            "nowhere.json: No such file or directory",
            "*sail*",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_names_are_its_own() -> None:
    """Every option begins with `--fauxdoo-`, every ini value with `fauxdoo_`: pytest-odoo owns `--odoo-…`, Locust's
    own plugin `--host`."""
    parser = pytest.Parser(_ispytest=True)
    add_options(parser)
    (group,) = (group for group in parser._groups if group.name == "fauxdoo")
    names = {name for option in group.options for name in option.names()} | set(parser._inidict)
    assert "--fauxdoo-url" in names
    assert {name.lstrip("-").replace("_", "-")[:8] for name in names} == {"fauxdoo-"}


def test_unused_plugin_is_cheap() -> None:
    """Importing the plugin imports no server: suites that do not use it do not wait for it."""
    code = (
        "import pytest, sys, time; started = time.perf_counter(); import fauxdoo.harness.plugin;"
        "print(time.perf_counter() - started, 'fauxdoo.mockserver' in sys.modules)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", code], text=True).split() for _ in range(3)]
    assert min(float(seconds) for seconds, _ in runs) < 0.01
    assert {imported for _, imported in runs} == {"False"}


def test_validate(suite: pytest.Pytester) -> None:
    """A test whose client breaks the contract fails with what is wrong, unless it deals with it itself."""
    suite.makepyfile(
        """
        import requests

        def _create(odoo, **values):
            headers = {"Authorization": f"Bearer {odoo.api_key}"}
            url = f"{odoo.url}/json/2/res.partner/create"
            assert requests.post(url, json={"vals_list": [values]}, headers=headers).ok

        def test_good(odoo):
            _create(odoo, name="Ada")

        def test_bad(odoo):
            _create(odoo, name=7)

        def test_known(odoo):
            _create(odoo, name=7)
            assert [each.pointer for each in odoo.violations] == ["/arguments/vals_list/0/name"]
            odoo.violations.clear()
        """
    )
    result = suite.runpytest("--fauxdoo-validate")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        ["*1 violations of the contract:", "*request json2 res.partner.create /arguments/vals_list/0/name: 7 is not*"]
    )
