"""What recordsets can do wherever their records are: in the test's own process, or behind RPC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from fauxdoo.harness.clients import Target
from fauxdoo.harness.remote import Connection, RemoteEnvironment
from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import AccessError, MissingError, UserError, ValidationError
from fauxdoo.mockserver.records import Records, RecordsEnvironment


@pytest.fixture(scope="module")
def odoo() -> Iterator[FakeOdoo]:
    """A fake Odoo that listens."""
    with FakeOdoo(dialect="odoo") as fake:
        yield fake


@pytest.fixture(params=["local", "remote"])
def env(odoo: FakeOdoo, request: pytest.FixtureRequest) -> Iterator[RecordsEnvironment]:
    """The administrator's environment, fresh, in either place."""
    odoo.reset()
    if request.param == "local":
        yield odoo.env
    else:
        connection = Connection(Target(odoo.url, odoo.db, password=odoo.api_key))
        yield RemoteEnvironment(connection)
        connection.close()


@pytest.fixture
def people(env: RecordsEnvironment) -> Records:
    """Eve of Ghent, Ada of London and Bob without a city, in this order."""
    belgium, england = env.ref("base.be").id, env.ref("base.uk")
    records = env["res.partner"].create(
        [
            {"name": "Eve", "city": "Ghent", "country_id": belgium, "color": 2},
            {"name": "Ada", "city": "London", "country_id": england, "color": 1},
            {"name": "Bob", "country_id": belgium, "color": 2},
        ]
    )
    assert isinstance(records, Records)
    return records


def test_mapped(people: Records) -> None:
    """Values of fields, paths and functions; records are united; nothing of nothing."""
    assert people.mapped("name") == ["Eve", "Ada", "Bob"]
    assert people.mapped("country_id.code") == ["BE", "GB"]
    assert people.mapped("country_id") == people.env["res.country"].search([("code", "in", ["BE", "GB"])])
    assert people.mapped(lambda partner: partner.color * 2) == [4, 2, 4]
    assert people.browse().mapped("name") == []
    assert not people.browse().mapped("country_id.currency_id").ids


def test_filtered(people: Records) -> None:
    """By a field, a path or a function."""
    assert people.filtered("city").mapped("name") == ["Eve", "Ada"]
    assert people.filtered("country_id.code") == people
    assert people.filtered(lambda partner: partner.name < "C").mapped("name") == ["Ada", "Bob"]


def test_sorted(people: Records) -> None:
    """By fields, by a function, downwards, or as the model does; unset values come first."""
    assert people.sorted("name").mapped("name") == ["Ada", "Bob", "Eve"]
    assert people.sorted("color desc, name").mapped("name") == ["Bob", "Eve", "Ada"]
    assert people.sorted("city").mapped("name") == ["Bob", "Eve", "Ada"]
    assert people.sorted(lambda partner: partner.name, reverse=True).mapped("name") == ["Eve", "Bob", "Ada"]
    assert people.sorted().mapped("name") == ["Ada", "Bob", "Eve"]
    assert people.sorted("name", reverse=True).mapped("name") == ["Eve", "Bob", "Ada"]


def test_grouped(people: Records) -> None:
    """By a field, records as keys too."""
    belgium = people.env.ref("base.be")
    assert people.grouped("country_id")[belgium].mapped("name") == ["Eve", "Bob"]
    assert set(people.grouped(lambda partner: partner.name[0])) == {"A", "B", "E"}


def test_sets(people: Records) -> None:
    """Union, sum, intersection, difference, membership, slices; never across models."""
    eve, ada, bob = people
    assert (eve | ada | eve).ids == [eve.id, ada.id]
    assert (eve + eve).ids == [eve.id] * 2
    assert (people & bob, people - bob, people[:2]) == (bob, eve | ada, eve | ada)
    assert ada in people
    assert bob not in people[:2]
    with pytest.raises(TypeError, match="inconsistent models"):
        eve | people.env.user


def test_one_record(people: Records) -> None:
    """Fields of several records are refused, relations are united."""
    with pytest.raises(ValueError, match="Expected singleton"):
        people.name  # noqa: B018
    assert len(people.country_id) == 2
    assert (people.browse().id, people.browse().name) == (False, False)
    with pytest.raises(AttributeError, match="nonsense"):
        people.nonsense()
    with pytest.raises(KeyError):
        people["nonsense"]


def test_values(env: RecordsEnvironment) -> None:
    """Dates, relations, references, binaries and what is unset come as Odoo's own code has them."""
    partner = env["res.partner"].create({"name": "Ada", "category_id": [(0, 0, {"name": "VIP"})]})
    order = env["sale.order"].create({"partner_id": partner, "validity_date": date(2026, 2, 1)})
    order.date_order = datetime(2026, 1, 2, 10)
    note = env["ir.attachment"].create({"name": "n", "datas": b"bm90ZQ==", "res_model": "res.partner"})
    assert (order.date_order, order.validity_date) == (datetime(2026, 1, 2, 10), date(2026, 2, 1))
    assert (partner.category_id.name, partner.parent_id.ids, partner.city, partner.color) == ("VIP", [], False, 0)
    assert (note.datas, note.res_id) == (b"bm90ZQ==", 0)
    assert (partner.browse().name, partner.browse().color, len(partner.browse().child_ids)) == (False, 0, 0)
    partner.category_id = env["res.partner.category"].create({"name": "New"})
    assert partner.mapped("category_id.name") == ["New"]


def test_methods(env: RecordsEnvironment, people: Records) -> None:
    """Methods of the model and of records; recordsets come back as such, values as they are."""
    eve, ada, _bob = people
    assert env["res.partner"].search([("id", "in", people.ids)], order="id desc", limit=1).name == "Bob"
    assert env["res.partner"].search_count([("id", "in", people.ids)]) == 3
    assert eve.read(["name"]) == [{"id": eve.id, "name": "Eve"}]
    assert ada.copy({"name": "Adele"}).name == "Adele"
    assert eve.unlink() is True
    assert people.exists() == people[1:]
    assert people.browse().exists().ids == []
    assert people[1:].filtered_domain([("city", "!=", False)]) == ada


def test_errors(env: RecordsEnvironment, people: Records) -> None:
    """Odoo's errors are raised as such, Python's too."""
    with pytest.raises(ValidationError, match="Contacts require a name"):
        people[0].name = False
    with pytest.raises(MissingError):
        people.browse(99999999).name  # noqa: B018
    with pytest.raises(ValueError, match="nonsense"):
        env["res.partner"].search([("nonsense", "=", 1)])
    with pytest.raises(ValueError, match="External ID not found in the system: base.nonsense"):
        env.ref("base.nonsense")
    with pytest.raises(KeyError):
        env["no.such.model"]
    with pytest.raises(UserError):
        env["res.lang"].search([("code", "=", "en_US")]).active = False


def test_environments(env: RecordsEnvironment, people: Records) -> None:
    """A context or a company for some calls."""
    assert people.with_context(active_test=False).env.context == {"active_test": False}
    company = env["res.company"].create({"name": "Other"})
    env.user.company_ids = env.company | company
    assert people.with_company(company).env.company == company
    assert env.company.id == 1


def test_users(odoo: FakeOdoo, env: RecordsEnvironment, people: Records) -> None:
    """Another user works within the process only: RPC needs that user's key."""
    root = env.ref("base.user_root")
    if isinstance(env, RemoteEnvironment):
        with pytest.raises(AccessError, match="only the user who owns the key"):
            people.with_user(root)
        assert people.with_user(env.user) == people
        return
    with odoo.transaction():
        people[0].name = "Eva"
        assert people.with_context(lang="en_US")[0].name == "Eva"
        assert people.with_user(root)[0].name == "Eva"
