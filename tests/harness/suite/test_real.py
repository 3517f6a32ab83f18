"""The same tests against a server they did not start: a fake Odoo stands in for the real one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from fauxdoo.harness.suite import serving
from fauxdoo.mockserver import FakeOdoo

pytest_plugins = ["pytester"]

TESTS = """
import xmlrpc.client
import pytest
from fauxdoo.mockserver.errors import ValidationError

def test_order(odoo):
    partner = odoo.env["res.partner"].create({"name": "Ada", "category_id": [(0, 0, {"name": "VIP"})]})
    product = odoo.env["product.product"].create({"name": "Desk", "type": "consu"})
    order = odoo.env["sale.order"].create({"partner_id": partner, "order_line": [(0, 0, {"product_id": product.id})]})
    order.action_confirm()
    assert (order.state, order.order_line.product_id) == ("sale", product)
    with pytest.raises(ValidationError):
        partner.name = False

def test_client(odoo):
    object = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/object")
    uid = xmlrpc.client.ServerProxy(f"{odoo.url}/xmlrpc/2/common").authenticate(odoo.db, odoo.login, odoo.password, {})
    made = object.execute_kw(odoo.db, uid, odoo.password, "res.partner", "create", [{"name": "Eve"}])
    assert odoo.env["res.partner"].browse(made).name == "Eve"

@pytest.mark.fauxdoo(seed="shop.json", modules="sale", dialect="odoo")
def test_seed(odoo):
    assert odoo.env.ref("shop.ada").country_id.code == "BE"

def test_reading(odoo):
    assert odoo.env.ref("base.be").code == "BE"
    assert not odoo.env["res.partner"].search([("name", "in", ["Ada", "Eve"])])
"""
ONLY_FAKE = """
import pytest

def test_clock(odoo): odoo.clock

def test_snapshot(odoo): odoo.snapshot()

def test_make(make_odoo): make_odoo()

@pytest.mark.fauxdoo(dialect="guide")
def test_dialect(odoo): pass

@pytest.mark.fauxdoo(modules="sale,documents")
def test_modules(odoo): pass

@pytest.mark.fauxdoo(lang="de_DE")
def test_lang(odoo): pass
"""


@pytest.fixture(scope="module")
def _server() -> Iterator[FakeOdoo]:
    with FakeOdoo(dialect="odoo", api_key="key") as odoo:
        yield odoo


@pytest.fixture
def server(_server: FakeOdoo) -> FakeOdoo:
    """The server that stands in for the real one."""
    _server.reset()
    return _server


@pytest.fixture
def neutral(server: FakeOdoo) -> FakeOdoo:
    """The same with a neutralized database."""
    server.env["ir.config_parameter"].set_param("database.is_neutralized", "True")
    return server


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with the plugin, be it installed or not."""
    if not entry_points(group="pytest11", name="fauxdoo"):
        pytester.makeconftest('pytest_plugins = ["fauxdoo.harness.plugin"]')
    pytester.makefile(".json", shop='{"res.partner": {"ada": {"name": "Ada", "country_id": "base.be"}}}')
    return pytester


def _run(suite: pytest.Pytester, server: FakeOdoo, *options: str) -> pytest.RunResult:
    where = ("--fauxdoo-url", server.url, "--fauxdoo-db", server.db, "--fauxdoo-api-key", "key")
    return suite.runpytest("-p", "no:cacheprovider", "-n", "0", *where, *options)


def _counts(server: FakeOdoo) -> dict[str, int]:
    models = ("res.partner", "res.partner.category", "product.template", "sale.order", "stock.picking", "ir.model.data")
    return {model: server.env[model].with_context(active_test=False).search_count([]) for model in models}


def test_the_same_tests(suite: pytest.Pytester, neutral: FakeOdoo) -> None:
    """They pass in both modes, in any order; on the real server nothing they made is left, by whichever door."""
    suite.makepyfile(TESTS)
    before = _counts(neutral)
    suite.runpytest("-p", "no:cacheprovider", "-n", "0").assert_outcomes(passed=4)
    _run(
        suite, neutral, "--fauxdoo-allow-writes", "--fauxdoo-block-network", "-W", "error::UserWarning"
    ).assert_outcomes(passed=4)
    assert _counts(neutral) == before


def test_only_a_fake_can(suite: pytest.Pytester, neutral: FakeOdoo) -> None:
    """Tests of what the server cannot do or does not have are skipped, with the reason."""
    suite.makepyfile(ONLY_FAKE)
    result = _run(suite, neutral, "--fauxdoo-allow-writes", "-p", "no:randomly", "-rs")
    result.assert_outcomes(skipped=6)
    reasons = ("only a fake Odoo has odoo.clock", "only a fake Odoo has odoo.snapshot", "a real Odoo cannot be made*")
    result.stdout.fnmatch_lines_random([f"SKIPPED*{reason}" for reason in reasons])
    absent = ("dialect='guide'", "the apps documents", "the language de_DE")
    result.stdout.fnmatch_lines_random([f"SKIPPED*does not have {each}" for each in absent])


def test_writing_needs_leave(suite: pytest.Pytester, neutral: FakeOdoo) -> None:
    """Without `--fauxdoo-allow-writes` tests may read; neither they nor their client get to write."""
    suite.makepyfile(TESTS)
    before = _counts(neutral)
    result = _run(suite, neutral)
    result.assert_outcomes(passed=1, failed=2, errors=1)
    result.stdout.fnmatch_lines(["*this needs --fauxdoo-allow-writes"])
    assert _counts(neutral) == before


def test_writing_needs_a_neutralized_database(suite: pytest.Pytester, server: FakeOdoo) -> None:
    """A database that people may work in is never written to, unless it says that it is for tests."""
    suite.makepyfile(TESTS)
    before = _counts(server)
    result = _run(suite, server, "--fauxdoo-allow-writes")
    result.assert_outcomes(errors=4)
    result.stdout.fnmatch_lines(["*neutralize it, or set its system parameter fauxdoo.test_database to True*"])
    assert _counts(server) == before
    server.env["ir.config_parameter"].set_param("fauxdoo.test_database", "True")
    _run(suite, server, "--fauxdoo-allow-writes", "-k", "client").assert_outcomes(passed=1, deselected=3)


def test_what_stays_is_told(suite: pytest.Pytester, neutral: FakeOdoo) -> None:
    """A record that cannot be removed is named, with the server's reason."""
    suite.makepyfile(
        """
        def test_partner(odoo):
            group = odoo.env.ref("base.group_user").id
            odoo.env["res.users"].create({"name": "U", "login": "u", "group_ids": [(6, 0, [group])]})
        """
    )
    stub = neutral.stub("res.users", "unlink", calls=_refuse)
    with stub:
        result = _run(suite, neutral, "--fauxdoo-allow-writes")
    result.assert_outcomes(passed=1, warnings=2)
    result.stdout.fnmatch_lines(["*could not be removed from*res.users(*): Users stay*"])


def _refuse(_users: object) -> None:
    from fauxdoo.mockserver.errors import UserError

    raise UserError("Users stay")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--fauxdoo-api-key", "wrong"), "*does not let the API key into the database 'odoo': * Invalid apikey*"),
        (("--fauxdoo-api-key", "", "--fauxdoo-api-key-env", "NO_SUCH"), "the environment has no variable NO_SUCH"),
        (("--fauxdoo-db", ""), "--fauxdoo-url needs --fauxdoo-db, and --fauxdoo-api-key or --fauxdoo-api-key-env"),
        (("--fauxdoo-url", "http://127.0.0.1:1"), "http://127.0.0.1:1 does not let*"),
    ],
)
def test_no_way_in(suite: pytest.Pytester, server: FakeOdoo, options: tuple[str, ...], message: str) -> None:
    """A server that is not there, or does not let us in, is told in a line."""
    suite.makepyfile("def test_nothing(odoo): pass")
    result = _run(suite, server, *options)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])


def test_workers(suite: pytest.Pytester, neutral: FakeOdoo) -> None:
    """Several workers would remove each other's records."""
    where = ("--fauxdoo-url", neutral.url, "--fauxdoo-db", neutral.db, "--fauxdoo-api-key", "key")
    config = suite.parseconfig(*where, "--fauxdoo-allow-writes")
    config.workerinput = {"workercount": 2}  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="cannot run in parallel: use -n 1"):
        serving.real_server(config)


def test_examples(pytester: pytest.Pytester, neutral: FakeOdoo) -> None:
    """The snippet of the README runs against the server as it stands."""
    source = Path(__file__).parents[2] / "examples" / "test_sync.py"
    pytester.makepyfile(test_sync=source.read_text("utf-8"))
    _run(pytester, neutral, "--fauxdoo-allow-writes").assert_outcomes(passed=1)
