"""What recordsets can do wherever their records are; shown on those of the test's own process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.records import Records


@pytest.fixture(scope="module")
def _fake() -> Iterator[FakeOdoo]:
    fake = FakeOdoo()
    yield fake
    fake.close()


@pytest.fixture
def odoo(_fake: FakeOdoo) -> FakeOdoo:
    """A fake Odoo that no server listens for."""
    _fake.reset()
    return _fake


@pytest.fixture
def people(odoo: FakeOdoo) -> Records:
    """Eve of Ghent, Ada of London and Bob without a city, in this order."""
    belgium, england = odoo.env.ref("base.be").id, odoo.env.ref("base.uk").id
    records = odoo.env["res.partner"].create(
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
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        people.nonsense  # noqa: B018


def test_environments(odoo: FakeOdoo, people: Records) -> None:
    """Another user, context or company; within a transaction they share it."""
    with odoo.transaction():
        people[0].name = "Eva"
        assert people.with_context(lang="en_US")[0].name == "Eva"
        assert people.with_user(odoo.env.ref("base.user_root"))[0].name == "Eva"
    company = odoo.env["res.company"].create({"name": "Other"})
    odoo.env.user.company_ids = (odoo.env.company | company).ids
    assert people.with_company(company).env.company == company
