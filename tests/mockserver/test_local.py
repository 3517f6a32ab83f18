"""Recordsets in the test's own process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fauxdoo.mockserver import FakeOdoo
from fauxdoo.mockserver.errors import AccessError, DatabaseError, MissingError


@pytest.fixture
def odoo() -> Iterator[FakeOdoo]:
    """A fake Odoo that no server listens for."""
    fake = FakeOdoo()
    yield fake
    fake.close()


def test_records_keep_between_calls(odoo: FakeOdoo) -> None:
    """Each call is a transaction of its own, its result lasts."""
    partner = odoo.env["res.partner"].create({"name": "Ada", "country_id": odoo.env.ref("base.be").id})
    partner.city = "Ghent"
    assert odoo.env["res.partner"].search([("city", "=", "Ghent")]) == partner
    assert partner.country_id.code == "BE"
    partner.unlink()
    with pytest.raises(MissingError):
        partner.name  # noqa: B018


def test_a_transaction_groups_calls(odoo: FakeOdoo) -> None:
    """An error within the block undoes all of it."""

    def fail_late() -> None:
        with odoo.transaction():
            odoo.env["res.partner"].create({"name": "Ada"})
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail_late()
    assert not odoo.env["res.partner"].search([("name", "=", "Ada")])


def test_another_user_has_other_rights(odoo: FakeOdoo) -> None:
    """`as_user` works with that user's rights."""
    odoo.env["res.users"].create(
        {"name": "U", "login": "u", "group_ids": [(6, 0, [odoo.env.ref("base.group_user").id])]}
    )
    with pytest.raises(AccessError):
        odoo.as_user("u")["res.users"].create({"name": "V", "login": "v"})


def test_threads_have_transactions_of_their_own(odoo: FakeOdoo) -> None:
    """Several threads work with the same environment, one after the other."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: odoo.env["res.partner"].create({"name": f"T{n}"}).id, range(40)))
    assert len(set(made)) == 40
    assert len(odoo.env["res.partner"].search([("name", "=like", "T%")])) == 40


def test_calls_are_journalled(odoo: FakeOdoo) -> None:
    """What a test does itself stands in the journal as protocol `python`."""
    odoo.env["res.partner"].create({"name": "Ada"})
    (entry,) = odoo.journal.calls("res.partner", "create")
    assert (entry.protocol, entry.user, entry.error) == ("python", 2, None)


def test_a_reset_forgets(odoo: FakeOdoo) -> None:
    """Records, journal and databases are as just started."""
    odoo.env["res.partner"].create({"name": "Ada"})
    odoo.databases.create("other")
    odoo.reset()
    assert not odoo.env["res.partner"].search([("name", "=", "Ada")])
    assert list(odoo.databases) == ["odoo"]
    assert not odoo.journal.calls("res.partner", "create")


def test_a_file_keeps_its_records(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A store in a file is opened again with what it holds; ids go on."""
    path = str(tmp_path_factory.mktemp("store") / "odoo.db")
    with FakeOdoo(store=path) as first:
        made = first.env["res.partner"].create({"name": "Ada"}).id
    with FakeOdoo(store=path) as second:
        assert second.env["res.partner"].search([("name", "=", "Ada")]).ids == [made]
        assert second.env["res.partner"].create({"name": "Eve"}).id > made


def test_a_model_without_a_table_cannot_be_searched(odoo: FakeOdoo) -> None:
    """An abstract model answers what PostgreSQL says of a table that is not there."""
    with pytest.raises(DatabaseError, match='relation "calendar_alarm_manager" does not exist'):
        odoo.env["calendar.alarm_manager"].search([])
